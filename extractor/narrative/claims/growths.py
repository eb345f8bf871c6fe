"""Growth: which count each percentage of growth is of.

A growth is that of the count before it in its sentence; behind a list of parts it is that of their whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from decimal import Decimal

from extractor.narrative.claims.changes import is_compared, is_difference, is_growth_of, is_next
from extractor.narrative.claims.mentions import Mention, earlier, later
from extractor.result.narrative import Approximation, Claim, Measure, Relation, RelationKind
from rules.claims import growth as judge_growth
from rules.confront import Outcome

# A growth in a list of growths that go up and down.
_NEXT_CHANGE = re.compile(
    r"(?:[、,]|和|及|与|以及)(?:同比)?(?:增加|增长|减少|下降|上升|提高|降低)(?:了|百分之)*"
)
# Amounts, times and averages needn't be whole numbers.
_MEASURES = re.compile(r"元|小时|分钟|工作日|天|公里|千米|平方|立方|公斤|公顷|亩|吨|米|秒|岁")
_AVERAGE = re.compile(r"平均|[日周月年人户场期次件篇家点处校村]均|每[天日周月年人]")
# One case is counted in either.
_CASES = frozenset({"件", "起"})
_OTHER_YEAR = re.compile(r"^(?:20\d\d年|[上去前]一?年|历年)")

# 月报12期,年均浓度29微克/立方米,同比下降6.5%: what counts nothing may have grown, too.
_OTHER_NUMBER = re.compile(r"(?<![\dA-Za-z.,])\d[\d.,]*(?![\d.,%年月日号季])")


def growths(
    mentions: Sequence[Mention], claims: Sequence[Claim], text: str, wholes: Mapping[int, Mention]
) -> Iterator[Relation]:
    """The relations of growths to the counts that they are of.

    Args:
        mentions: of a stretch of text, in order.
        claims: the claim of each of them.
        text: the stretch, folded.
        wholes: the whole of every part, by the part's index.
    """
    grown: set[int] = set()
    for run in _runs(mentions, claims):
        if (last_year := _last_year(mentions, run[0])) is not None:
            yield from _growth_from(mentions, run[0], last_year)
            continue
        counts = _counts_of(mentions, claims, run)
        if len(run) == 1 and len(counts) == 1:
            counts = [_whole_or_part(counts[0], claims[run[0].index], wholes, grown)]
        if len(counts) < len(run):
            continue
        for count, growth in zip(counts, run, strict=True):
            between = text[count.quantity.after : growth.quantity.start]
            is_exact = growth.quantity.approximation is Approximation.EXACT
            is_its = is_growth_of(count, between) and not any(
                _OTHER_NUMBER.search(one.gap) for one in mentions[count.index + 1 : growth.index + 1]
            )
            if is_exact and (len(run) > 1 or is_its):
                grown.add(count.index)
                yield Relation(RelationKind.GROWTH, growth.index, (count.index,))


def _runs(mentions: Sequence[Mention], claims: Sequence[Claim]) -> Iterator[list[Mention]]:
    """The growths, those that are listed together: 分别增长5%、6%.

    Lists that go up and down (分别增长5%、下降6%) are left out, as their growths are told apart otherwise.
    """
    # The last growth of a list that goes up and down.
    up_and_down = -2
    for mention in mentions:
        if claims[mention.index].measure is not Measure.GROWTH or is_next(mention):
            continue
        run = [mention, *_listed_behind(mentions, claims, mention)]
        following = mentions[run[-1].index + 1 : run[-1].index + 2]
        if up_and_down == mention.index - 1 and _NEXT_CHANGE.fullmatch(mention.gap):
            up_and_down = mention.index
        elif _last_year(mentions, mention) is not None:
            yield run
        elif "分别" in mention.gap and any(_NEXT_CHANGE.fullmatch(change.gap) for change in following):
            up_and_down = run[-1].index
        else:
            yield run


def _listed_behind(mentions: Sequence[Mention], claims: Sequence[Claim], first: Mention) -> Iterator[Mention]:
    for following in later(mentions, first):
        if claims[following.index].measure is not Measure.GROWTH or not is_next(following):
            return
        yield following


def _last_year(mentions: Sequence[Mention], growth: Mention) -> Mention | None:
    """The number of last year that stands before a growth: 比2022年(31起)下降29%."""
    before = mentions[growth.index - 1] if growth.index else None
    return before if before is not None and is_compared(growth, before) else None


def _growth_from(mentions: Sequence[Mention], growth: Mention, last_year: Mention) -> Iterator[Relation]:
    """A growth beside last year's number: that of the one count before both in its sentence."""
    counts = [
        count
        for count in earlier(mentions, last_year)
        if count.sentence == growth.sentence and count.is_count and count.depth <= growth.depth
    ]
    names = growth.gap.lstrip(")")
    if len(counts) == 1 and _is_one_unit(counts[0], last_year) and is_growth_of(counts[0], names):
        yield Relation(RelationKind.GROWTH, growth.index, (counts[0].index, last_year.index))


def _is_one_unit(one: Mention, other: Mention) -> bool:
    return one.unit == other.unit or {one.unit, other.unit} <= _CASES


def _counts_of(mentions: Sequence[Mention], claims: Sequence[Claim], run: Sequence[Mention]) -> list[Mention]:
    """The counts in front of some growths in their sentence, as many, but for those of other years."""
    counts: list[Mention] = []
    for count in earlier(mentions, run[0]):
        if count.sentence != run[0].sentence or len(counts) == len(run):
            break
        if (
            count.is_count
            and count.depth <= run[0].depth
            and not _OTHER_YEAR.search(claims[count.index].period or "")
            and not is_difference(count)
        ):
            counts.insert(0, count)
    return [count for count in counts if _is_whole_number(count)]


def _is_whole_number(count: Mention) -> bool:
    """Whether what is counted comes in whole numbers, so that last year's was one."""
    return _MEASURES.search(count.unit or "") is None and _AVERAGE.search(count.lead) is None


def _whole_or_part(
    counted: Mention, growth: Claim, wholes: Mapping[int, Mention], grown: Set[int]
) -> Mention:
    """What has grown, where a growth stands behind the last of a list of parts."""
    whole = wholes.get(counted.index)
    if whole is None or whole.index in grown:
        return counted
    parts = {index for index, other in wholes.items() if other is whole}
    if len(parts) < 2 or parts & grown or counted.index < max(parts):
        return counted
    rate = Decimal(growth.value)
    of_whole, of_part = (judge_growth(rate, count.quantity.value).outcome for count in (whole, counted))
    return counted if of_whole is Outcome.VIOLATED and of_part is not Outcome.VIOLATED else whole
