"""A number that is taken up again: 公开信息18452条。在这18452条信息中 · 发出通知书37份。上述37份通知书."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractor.narrative.claims.changes import is_difference
from extractor.narrative.claims.mentions import Mention, earlier
from extractor.narrative.claims.misprints import is_mended
from extractor.narrative.claims.phrases import is_alike
from extractor.result.narrative import Approximation, Relation, RelationKind

TAKEN_UP = re.compile(r"(?:这|上述|前述|以上)(?:些|批)?的?$|[在对](?:全部|所有)的?$")
_ALL = re.compile("(?:全部|所有)的?$")
# What differs by more per cent may be something else that the sentence before lists.
_NEAR = 10
_NAME = 2


def taken_up(mentions: Sequence[Mention]) -> Iterator[Relation]:
    """The counts that words like 这 or 上述 refer back with, where one before them must be meant and differs.

    Args:
        mentions: of a stretch of text, in order.
    """
    for mention in mentions:
        if not mention.is_count or not _is_exact(mention) or not TAKEN_UP.search(mention.lead):
            continue
        before = [
            one
            for one in earlier(mentions, mention)
            if one.is_count and is_alike(one, mention) and not is_difference(one)
        ]
        meant = _meant(mention, before)
        if meant is not None:
            yield Relation(RelationKind.SAME, mention.index, (meant.index,))


def _meant(mention: Mention, before: Sequence[Mention]) -> Mention | None:
    """The one of some counts that is taken up: the same, or the one that is misprinted."""
    value = mention.quantity.value
    same = next((one for one in before if one.quantity.value == value), None)
    if same is not None or _is_sum(value, before):
        return same
    if len(mention.behind) < _NAME:
        return None
    named = [one for one in before if _is_exact(one) and mention.behind[:_NAME] in one.lead + one.behind]
    return _misprinted(mention, named, is_only=len(before) == 1)


def _misprinted(mention: Mention, named: Sequence[Mention], *, is_only: bool) -> Mention | None:
    """The one of some counts of the same name that is taken up with a misprint."""
    value = mention.quantity.value
    exchanged = [one for one in named if is_mended(Decimal(value), Decimal(one.quantity.value) - value)]
    if exchanged or not named or not is_only or _ALL.search(mention.lead):
        return next(iter(exchanged), None)
    meant = Decimal(named[0].quantity.value)
    return named[0] if abs(meant - value) * 100 <= meant * _NEAR else None


def _is_exact(mention: Mention) -> bool:
    return mention.quantity.approximation is Approximation.EXACT


def _is_sum(value: int | Decimal, before: Sequence[Mention]) -> bool:
    """Whether some counts beside each other make up a number together, or one less another does."""
    numbers = [one.quantity.value for one in before]
    sums = (
        sum(numbers[first:end]) for first in range(len(numbers)) for end in range(first + 2, len(numbers) + 1)
    )
    return value in sums or any(one - other == value for one in numbers for other in numbers)
