"""The numbers around a claim in its sentence."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import permutations
from typing import NamedTuple

from extractor.narrative.checks.contract import ReportText
from extractor.narrative.checks.numbers import rounded_quantity
from extractor.narrative.claims.units import are_alike, summed_unit
from extractor.result.narrative import Claim, Measure
from rules.claims import AtLeast
from rules.interval import Interval, exactly

_SENTENCE_END = re.compile(r"[。！？!?\n]")
# What stands further away in a text without full stops belongs to something else.
_FURTHEST = 500
# Among more numbers than these, some fit anything.
_MOST = 16


class Number(NamedTuple):
    """A count of a passage.

    Attributes:
        place: the index of its claim.
        claim: the count.
        value: all that it can stand for, as it is printed.
    """

    place: int
    claim: Claim
    value: Interval

    @property
    def exact(self) -> int | None:
        """Its value, if it is a whole number that isn't rounded."""
        is_exact = self.value.low == self.value.high and isinstance(self.claim.value, int)
        return int(self.claim.value) if is_exact else None


class Passage(NamedTuple):
    """The sentence of a claim.

    Attributes:
        claims: the indexes of all that it states.
        numbers: the counts among them but for the claim itself; none if there are too many.
    """

    claims: range
    numbers: Sequence[Number]

    def pairs(self) -> Iterator[tuple[Number, Number]]:
        """Each two of its counts that are counted alike, in both orders."""
        return ((one, two) for one, two in permutations(self.numbers, 2) if alike(one.claim, two.claim))


def alike(one: Claim, other: Claim) -> bool:
    """Whether two claims count one thing, as far as their units tell."""
    return are_alike(summed_unit(one.unit), summed_unit(other.unit))


def passage_of(text: ReportText, index: int) -> Passage:
    """The sentence of a claim.

    Args:
        text: of the report.
        index: of the claim.
    """
    start, end = text.claims[index].span
    words = text.document.text
    ends = [one.end() for one in _SENTENCE_END.finditer(words, max(0, start - _FURTHEST), start)]
    first = ends[-1] if ends else max(0, start - _FURTHEST)
    behind = _SENTENCE_END.search(words, end, end + _FURTHEST)
    last = behind.start() if behind is not None else end + _FURTHEST
    claims = range(*(bisect_left(text.claims, place, key=_start) for place in (first, last)))
    counts = [place for place in claims if place != index and text.claims[place].measure is Measure.COUNT]
    return Passage(claims, list(_numbers(text, counts)) if len(counts) <= _MOST else [])


def _start(claim: Claim) -> int:
    return claim.span.start


def _numbers(text: ReportText, places: Sequence[int]) -> Iterator[Number]:
    for place in places:
        claim = text.claims[place]
        value = rounded_quantity(text.document, claim)
        if value is not None and not isinstance(value, AtLeast):
            yield Number(place, claim, value if isinstance(value, Interval) else exactly(value))
