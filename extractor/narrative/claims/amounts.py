"""Amounts of money in several units and the whole that they are of: 128万元,其中86万元、培训费420,000元."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractor.narrative.claims.doubt import is_rest
from extractor.narrative.claims.mentions import Mention, later
from extractor.narrative.claims.units import MONEY
from extractor.result.narrative import Relation, RelationKind

_LISTED = re.compile("[,;:(]?其中[^;]*")
_NEXT = re.compile("[,、](?!其中)[^,;、()]*")
# What each of several gets is no part, nor is what was saved, changed or planned beside it.
_OTHER = re.compile("均|每|标准|增|减|节|较|比|另|此外|累计|带动|撬动")
# What is more, in per cent, is of something else.
_ALL, _FURTHEST = 100, 150
_FEWEST = 2


def amounts(mentions: Sequence[Mention]) -> Iterator[Sequence[Relation]]:
    """The wholes of which amounts in several units are listed.

    Args:
        mentions: of a stretch of text, in order.
    """
    for mention in mentions:
        parts = _parts(mentions, mention) if _is_money(mention) else []
        units = {one.quantity.unit for one in (mention, *parts)}
        if len(parts) >= _FEWEST and len(units) > 1 and _is_near(mention, parts):
            is_closed = is_rest(parts[-1])
            kind = RelationKind.CLOSED if is_closed else RelationKind.OPEN
            yield [Relation(kind, mention.index, tuple(one.index for one in parts))]


def _is_money(mention: Mention) -> bool:
    return mention.is_count and mention.quantity.unit in MONEY and _OTHER.search(mention.lead) is None


def _parts(mentions: Sequence[Mention], whole: Mention) -> Sequence[Mention]:
    """The amounts that are listed behind 其中."""
    parts: list[Mention] = []
    for mention in later(mentions, whole):
        is_next = _NEXT.fullmatch(mention.gap) if parts else _LISTED.fullmatch(mention.gap)
        if is_next is None or not _is_money(mention) or mention.depth != whole.depth:
            break
        parts.append(mention)
    return parts


def _is_near(whole: Mention, parts: Sequence[Mention]) -> bool:
    """Whether amounts are no more than their whole by more than a misprint makes it."""
    total, stated = sum(map(_yuan, parts), Decimal(0)), _yuan(whole)
    return total * _ALL <= stated * _FURTHEST


def _yuan(amount: Mention) -> Decimal:
    return Decimal(amount.quantity.value) * MONEY[amount.quantity.unit or ""]
