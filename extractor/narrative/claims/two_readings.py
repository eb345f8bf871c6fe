"""Two readings of the free text, a model's and that without one: what they agree on, and what they don't.

Every relation that either of them read is kept, with its readers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from operator import attrgetter

from extractor.result.narrative import Relation, RelationKind
from rules.confront import Outcome


def united(first: Sequence[Relation], second: Sequence[Relation]) -> tuple[Relation, ...]:
    """The relations of two readers; one that both have names both of them.

    Where they take a list of parts for closed and for open, it is open: less follows from that.

    Args:
        first: those of the reader that needs no model.
        second: the model's.
    """
    found: dict[tuple[object, ...], Relation] = {_key(one): one for one in first}
    for one in second:
        known = found.get(_key(one))
        if known is None:
            found[_key(one)] = one
        else:
            kind = known.kind if known.kind is one.kind else RelationKind.OPEN
            readers = (*known.readers, *(name for name in one.readers if name not in known.readers))
            found[_key(one)] = replace(known, kind=kind, readers=readers)
    return tuple(sorted(found.values(), key=attrgetter("order")))


def _key(relation: Relation) -> tuple[object, ...]:
    """What makes two relations the same: an open and a closed list of the same parts are."""
    is_list = relation.kind in (RelationKind.CLOSED, RelationKind.OPEN)
    rows = frozenset(address.rpartition(".")[0] for address in relation.addresses)
    kind = RelationKind.OPEN if is_list else relation.kind
    return kind, relation.claim, frozenset(relation.others), rows


def contradicted(relations: Sequence[Relation]) -> frozenset[int]:
    """The places of violated relations that the other reader reads otherwise, so that they hold.

    Args:
        relations: judged.
    """
    held = {
        (one.kind, one.claim): one.readers
        for one in relations
        if one.outcome is Outcome.SATISFIED and one.kind is not RelationKind.CELL
    }
    return frozenset(
        place
        for place, one in enumerate(relations)
        if one.outcome is Outcome.VIOLATED and (one.kind, one.claim) in held
    )
