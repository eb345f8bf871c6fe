"""Two things that are counted in turn: 区级4场、386人次,镇街7场、529人次,共11场、915人次.

Where the one adds up, the list leaves nothing out, and the other has to add up, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from operator import attrgetter

from extractor.narrative.claims.changes import is_difference
from extractor.narrative.claims.complete_lists import OTHER, is_near
from extractor.narrative.claims.mentions import Mention
from extractor.narrative.claims.phrases import is_alike
from extractor.result.narrative import Relation, RelationKind

_SUM = re.compile(r"^\)?[,;、].*(?:共计?|[合总累]计|总[数量]?)(?:达到?|有|为|培训|参训|覆盖)*$|^、$")
_LIST = re.compile(r"其中|分别|[:(]")
_PART = re.compile(r"^\)?[,;、]|^和|^及")
_THINGS, _FEWEST = 2, 2
# What adds up to less may do so by chance.
_MANY = 20


def counted_in_turn(mentions: Sequence[Mention]) -> Iterator[Sequence[Relation]]:
    """The wholes of the lists of each sentence that count two things of every part.

    Args:
        mentions: of a stretch of text, in order.
    """
    for _, group in groupby(mentions, key=attrgetter("sentence")):
        counts = [one for one in group if not one.is_percentage]
        place = 0
        while place + _THINGS * _FEWEST <= len(counts):
            parts = _in_turn(counts, place)
            if len(parts) < _FEWEST * _THINGS:
                place += 1
                continue
            yield from ([one] for one in (*_leading(parts), *_closed(counts, place, parts)))
            place += len(parts)


def _in_turn(counts: Sequence[Mention], first: int) -> Sequence[Mention]:
    """The numbers from one on that count two things in turn, up to their sums."""
    one, other = counts[first : first + _THINGS]
    if not _are_listed(one, other) or is_alike(one, other):
        return ()
    parts: list[Mention] = []
    for place in range(first, len(counts) - 1, _THINGS):
        pair = counts[place : place + _THINGS]
        is_next = not parts or _continues(pair[0])
        if not is_next or not _are_listed(*pair) or not (is_alike(one, pair[0]) and is_alike(other, pair[1])):
            break
        parts += pair
    return parts


def _continues(part: Mention) -> bool:
    """Whether a number goes on with a list, and neither sums it up nor begins another."""
    return not _SUM.match(part.gap) and _PART.match(part.gap) is not None and _LIST.search(part.gap) is None


def _are_listed(one: Mention, other: Mention) -> bool:
    """Whether the second of two counts stands right behind the first, and neither is a change."""
    is_list = not other.gap or (_PART.match(other.gap) is not None and _LIST.search(other.gap) is None)
    return (
        is_list
        and one.depth == other.depth
        and all(
            part.is_count and not is_difference(part) and not OTHER.search(part.gap) for part in (one, other)
        )
    )


def _closed(counts: Sequence[Mention], first: int, parts: Sequence[Mention]) -> Iterator[Relation]:
    """The wholes behind a list, and those in front of one that leaves nothing out."""
    found: list[tuple[Mention, Sequence[Mention]]] = []
    is_announced = _LIST.search(parts[0].gap) is not None
    around = [*counts[first + len(parts) :][:_THINGS]]
    around = [one for one in around if _SUM.match(one.gap)]
    around += counts[max(0, first - _THINGS) : first] if is_announced else []
    for thing in range(_THINGS):
        own = parts[thing::_THINGS]
        whole = next((one for one in around if one.is_count and is_alike(one, own[0])), None)
        if whole is not None and is_near(whole, own):
            found.append((whole, own))
    is_all = any(whole.index > parts[-1].index or whole.quantity.value == _sum(own) for whole, own in found)
    for whole, own in found if is_all else ():
        yield Relation(RelationKind.CLOSED, whole.index, tuple(part.index for part in own))


def _leading(parts: Sequence[Mention]) -> Iterator[Relation]:
    """The first two as wholes of the others, if one adds up: 18批、206亩,东7批、62亩,西11批、144亩."""
    if len(parts) <= _FEWEST * _THINGS:
        return
    found = [(parts[thing], parts[_THINGS + thing :: _THINGS]) for thing in range(_THINGS)]
    adds_up = any(whole.quantity.value == _sum(own) > _MANY for whole, own in found)
    for whole, own in found if adds_up else ():
        if is_near(whole, own):
            yield Relation(RelationKind.CLOSED, whole.index, tuple(part.index for part in own))


def _sum(parts: Sequence[Mention]) -> int | Decimal:
    return sum(part.quantity.value for part in parts)
