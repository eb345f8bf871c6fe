"""Rates by their names: 办结率 is what was handled, of what was received."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache

from extractor.narrative.claims.mentions import Mention, earlier, later
from extractor.narrative.claims.phrases import is_alike
from extractor.result.narrative import Measure, Relation, RelationKind
from rules.phrases import Rate, phrase_book

_WHOLE = 100
# Percentage points.
_FAR = 25
_PARTLY = re.compile(r"部分|基本|较")
_ALL_RATES = re.compile(r"率|度")


def rates(mentions: Sequence[Mention]) -> Iterator[Sequence[Relation]]:
    """What each rate can be of, the likeliest first.

    Args:
        mentions: of a stretch of text, in order.
    """
    for mention in mentions:
        if mention.quantity.measure is not Measure.SHARE or not _ALL_RATES.search(mention.lead):
            continue
        rate = next((one for one in phrase_book().rates if one.patterns[0].search(mention.lead)), None)
        if rate is not None:
            readings = [one for one in _readings(mentions, mention, rate) if _is_near(mentions, one)]
            if mention.quantity.value == _WHOLE:
                # 100 % is said of what was due, too.
                readings = [one for one in readings if not _is_less(mentions, one)]
            if readings:
                yield readings


def _is_near(mentions: Sequence[Mention], reading: Relation) -> bool:
    """Whether a rate comes near what a reading gives: else it is of something else."""
    part, *wholes = (mentions[index].quantity.value for index in reading.others)
    rate = mentions[reading.claim].quantity.value
    whole = sum(wholes)
    return whole > 0 and abs(Decimal(part) * _WHOLE / Decimal(whole) - Decimal(rate)) <= _FAR


def _is_less(mentions: Sequence[Mention], reading: Relation) -> bool:
    part, *wholes = (mentions[index].quantity.value for index in reading.others)
    return part < sum(wholes)


@cache
def _narrowed() -> re.Pattern[str]:
    return re.compile(phrase_book().narrowed)


def _readings(mentions: Sequence[Mention], claim: Mention, rate: Rate) -> list[Relation]:
    is_narrowed = _narrowed().search(claim.lead) is not None
    before = [one for one in earlier(mentions, claim) if one.is_count and one.sentence == claim.sentence]
    counts = [*before, *(one for one in later(mentions, claim) if one.is_count)]
    parts = [one for one in before if _is_part(one, rate, is_narrowed=is_narrowed)]
    result: list[Relation] = []
    if any(_PARTLY.search(part.lead) for part in parts):
        # What was taken up in part may count as well.
        return result
    for part in parts:
        result += _of_part(claim, part, [one for one in counts if one is not part and is_alike(one, part)])
    return result


def _is_part(count: Mention, rate: Rate, *, is_narrowed: bool) -> bool:
    """Whether a count is named as the part that a rate is of."""
    _, words, exclude = rate.patterns
    if not words.search(count.lead + count.behind) or (exclude and exclude.search(count.lead)):
        return False
    return is_narrowed == (_narrowed().search(count.lead) is not None)


def _of_part(claim: Mention, part: Mention, others: Sequence[Mention]) -> Iterator[Relation]:
    """What the rate of a part can be: of a count before it, of itself and another, of two others."""
    in_front = [one for one in others if one.index < part.index]
    behind = [one for one in others if one.index > part.index]
    wholes: list[tuple[int, ...]] = [(one.index,) for one in in_front]
    wholes += [(part.index, one.index) for one in behind]
    if in_front:
        wholes += [(one.index, two.index) for one in in_front for two in others if one.index < two.index]
        wholes += [(one.index,) for one in behind]
    for whole in wholes:
        yield Relation(RelationKind.SHARE, claim.index, (part.index, *whole))
