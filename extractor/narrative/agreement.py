"""Two readings of the free text, a model's and that without one: what they agree on, and what they don't.

Every relation that either of them read is kept, with its readers. A model names numbers of the text and
can't change them; what it says of numbers that can't stand in such a relation is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from extractor.extraction import Cell
from extractor.llm.relations import ROWS, RelationsReply
from extractor.narrative.cells import addresses_of
from extractor.narrative.claims import Claim, Measure, Relation, RelationKind
from rules.confront import Outcome

_PERCENTAGES = frozenset({Measure.SHARE, Measure.GROWTH})


def proposed(
    reply: RelationsReply, claims: Sequence[Claim], cells: Mapping[str, Cell], reader: str
) -> tuple[Relation, ...]:
    """What a model says, as far as the numbers that it names can stand in such a relation.

    Args:
        reply: with the numbers of claims, counted from 1.
        claims: of the free text.
        cells: of the tables, by address.
        reader: what the model is called.
    """
    numbered = range(1, len(claims) + 1)
    return tuple(
        replace(relation, readers=(reader,))
        for relation in _relations(reply, cells)
        if {relation.claim + 1, *(other + 1 for other in relation.others)}.issubset(numbered)
        and _can_be(relation, claims)
    )


def _relations(reply: RelationsReply, cells: Mapping[str, Cell]) -> Iterator[Relation]:
    for one in reply.wholes:
        kind = RelationKind.CLOSED if one.all else RelationKind.OPEN
        yield Relation(kind, one.whole - 1, tuple(part - 1 for part in one.parts))
    for share in reply.shares:
        yield Relation(RelationKind.SHARE, share.share - 1, (share.part - 1, share.whole - 1))
    for growth in reply.growths:
        yield Relation(RelationKind.GROWTH, growth.growth - 1, (growth.of - 1,))
    for cell in reply.cells:
        rows = [row for name in cell.rows for row in ROWS[name][1]]
        addresses = addresses_of(rows, cells)
        if addresses:
            yield Relation(RelationKind.CELL, cell.number - 1, addresses=addresses)


def _can_be(relation: Relation, claims: Sequence[Claim]) -> bool:
    """Whether the numbers are of the kinds that such a relation is between."""
    own = claims[relation.claim]
    others = [claims[other] for other in relation.others]
    if len({relation.claim, *relation.others}) != len(others) + 1:
        return False
    if relation.kind in (RelationKind.SHARE, RelationKind.GROWTH):
        return own.measure in _PERCENTAGES and all(one.measure is Measure.COUNT for one in others)
    is_counted = all(one.measure is Measure.COUNT for one in (own, *others))
    return is_counted and (bool(others) or relation.kind is RelationKind.CELL)


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
    return tuple(sorted(found.values(), key=lambda one: (one.claim, one.kind, one.others)))


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
