"""Shares that are told together: 分别占50.4%和6.7%,两项合计占57.1%."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractor.narrative.claims.changes import is_next
from extractor.narrative.claims.mentions import Mention, earlier
from extractor.result.narrative import Measure, Relation, RelationKind
from extractor.text.numerals import value_of

_TOGETHER = re.compile(
    r"(?:[两二三四五六](?P<kinds>[项者类种个])|以上|上述|[合共总]计|加起来|一共)(?:[两二三四五六]?[项者类种个])?(?:[合共总]计|一共|加起来)?"
    r"(?:[^,;()\d]{0,8}?)占(?:比|[^,;()\d占]{0,10}?的)?(?:为|达到?|了|约|近|超过?)*"
)
# 公民81.3%,企业12.5%,组织6.2%,合计100%
_SUM, _ALL = re.compile("[,、;](?:[合总共]计|总和)(?:为|达)?"), 100
_FEWEST, _MOST = 2, 6


def shares_together(mentions: Sequence[Mention]) -> Iterator[Sequence[Relation]]:
    """The shares that each one which is told to be of several things is the sum of.

    Args:
        mentions: of a stretch of text, in order.
    """
    for mention in mentions:
        if mention.quantity.measure is not Measure.SHARE:
            continue
        before = mentions[mention.index - 1] if mention.index else None
        # 分别占71.2%和25.6%,合计96.8%
        is_listed = before is not None and before.quantity.measure is Measure.SHARE and is_next(before)
        is_all = (is_listed or mention.quantity.value == _ALL) and _SUM.fullmatch(mention.gap) is not None
        told = _TOGETHER.fullmatch("合计占" if is_all else mention.lead)
        parts = _shares_before(mentions, mention) if told is not None else []
        if told is None or not _FEWEST <= len(parts) <= _MOST:
            continue
        number = value_of(mention.lead[0]) if told["kinds"] else len(parts)
        if number == len(parts):
            yield [Relation(RelationKind.CLOSED, mention.index, tuple(part.index for part in parts))]


def _shares_before(mentions: Sequence[Mention], whole: Mention) -> list[Mention]:
    """The shares in front of another in its sentence, one for each count that is told with them."""
    before = [one for one in earlier(mentions, whole) if one.sentence == whole.sentence]
    shares = [one for one in reversed(before) if one.quantity.measure is Measure.SHARE]
    return shares if all("增" not in one.gap and "降" not in one.gap for one in shares) else []
