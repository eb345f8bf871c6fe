"""A stock that has changed: 原有栏目126个,撤并31个,新增8个,现有103个, in whatever order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter

from extractor.narrative.claims.changes import is_difference
from extractor.narrative.claims.mentions import Mention
from extractor.result.narrative import Relation, RelationKind
from rules.phrases import phrase_book

_FEWEST, _MOST = 3, 4


def stocks(mentions: Sequence[Mention]) -> Iterator[Sequence[Relation]]:
    """What each sentence says that there was, came, went, and is.

    Args:
        mentions: of a stretch of text, in order.
    """
    for _, group in groupby(mentions, key=attrgetter("sentence")):
        counts = [mention for mention in group if mention.is_count]
        roles = _roles(_of_one_unit(counts))
        if (change := _change(roles)) is not None:
            yield [change]


def _of_one_unit(counts: Sequence[Mention]) -> Sequence[Mention]:
    """The counts in the unit of the one that says what there was."""
    opening = phrase_book().stocked["opening"]
    first = next((one for one in counts if opening.search(one.lead)), None)
    return [one for one in counts if first is not None and one.unit == first.unit]


def _roles(counts: Sequence[Mention]) -> Mapping[str, Mention]:
    """What each count is; nothing unless each of them is told, and is told once."""
    if not _FEWEST <= len(counts) <= _MOST:
        return {}
    roles: dict[str, Mention] = {}
    for one in counts:
        role = next((name for name, told in phrase_book().stocked.items() if told.search(one.lead)), None)
        if role is None or role in roles or one.depth or "其中" in one.gap or is_difference(one):
            return {}
        roles[role] = one
    return roles


def _change(roles: Mapping[str, Mention]) -> Relation | None:
    number = {name: mention.index for name, mention in roles.items()}
    if not {"opening", "closing"} <= number.keys():
        return None
    opening, closing = number["opening"], number["closing"]
    added, removed = number.get("added"), number.get("removed")
    if added is not None and removed is not None:
        return Relation(RelationKind.BALANCE, opening, (added, removed, closing))
    if removed is not None:
        return Relation(RelationKind.CLOSED, opening, (removed, closing))
    return None if added is None else Relation(RelationKind.CLOSED, closing, (opening, added))
