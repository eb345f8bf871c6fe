"""What the part of a rate can be of: a count beside it, two of them, or all of a list that it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from operator import attrgetter

from extractor.narrative.claims.mentions import Mention, earlier, later
from extractor.result.narrative import Approximation, Measure, Relation, RelationKind
from rules.interval import share_agrees

# What was counted among them, too.
_HELD = re.compile(r"[)%]*[(](?:其中)?(?:含|包[括含])")
_RATE = re.compile("率(?!先)")
_BASE = re.compile("[^,;()]{0,6}[为是作](?:计算)?(?:基数|基准|分母)")
_IN_LIST = re.compile("[、和及与][^,;。]{0,12}$")
TO_DO = re.compile(r"^应|应(?:当|予)?(?:办|答|处理|回|公开)|^需")
# 新增860条,累计达3440条
IN_ALL = re.compile(r"累计|总[数量计]|[合共]计|[也同][是为](?:了|约)*$")
AMONG = re.compile("其中|^[\u4e00-\u9fff]{0,6}[中里]")
MEASURES = frozenset({Measure.SHARE, Measure.TENTHS})
_TENTH = 10
_FEW = 2


def per_cent(rate: Mention) -> Decimal:
    """A rate in per cent; 四成 is 40.

    Args:
        rate: a percentage, or a number of tenths.
    """
    value = Decimal(rate.quantity.value)
    return value * _TENTH if rate.quantity.measure is Measure.TENTHS else value


def is_of_all_listed(claim: Mention, part: Mention, others: Sequence[Mention]) -> bool:
    """Whether a rate can be of nothing but all that its part is listed with, however far off it is.

    142件,其中主动98件、依申请17件、不予27件,主动公开率69%

    Args:
        claim: the rate.
        part: a count that it is called after.
        others: those that are counted alike.
    """
    total = sum(one.quantity.value for one in list_of(part, others))
    are_all = any(one.quantity.value == total > part.quantity.value for one in others)
    return are_all or _is_behind_list(claim, part, others)


def _is_behind_list(claim: Mention, part: Mention, others: Sequence[Mention]) -> bool:
    """Whether a rate stands right behind a list of which its part is one, and nothing but a whole before it.

    120件中,网络94件、信函18件、现场8件,网络占78.3% is of nothing but all of them.
    """
    counts = sorted((part, *others), key=attrgetter("index"))
    listed = list_of(part, others)
    is_whole_before = len(listed) > 1 and len(counts) == len(listed) + 1 and counts[1] is listed[0]
    return is_whole_before and AMONG.search(listed[0].gap) is not None and claim.index == counts[-1].index + 1


def list_of(part: Mention, others: Sequence[Mention]) -> Sequence[Mention]:
    """The counts that 、 or a word like 和 parts from each other, and a part among them; in order.

    Args:
        part: one of them.
        others: counts, in any order.
    """
    counts = sorted((part, *others), key=attrgetter("index"))
    place = counts.index(part)
    first = last = place
    while first and _IN_LIST.match(counts[first].gap):
        first -= 1
    while last + 1 < len(counts) and _IN_LIST.match(counts[last + 1].gap):
        last += 1
    return counts[first : last + 1]


def of_part(
    mentions: Sequence[Mention], claim: Mention, part: Mention, others: Sequence[Mention]
) -> Iterator[Relation]:
    """What the rate of a part can be: of a count before it, of itself and another, of two others.

    Args:
        mentions: of a stretch of text, in order.
        claim: the rate.
        part: a count that it is called after.
        others: those that it can be of.
    """
    base = [one for one in others if _BASE.match(one.following)]
    if base:
        # 公开率57.1%(以办结119件为基数)
        yield Relation(RelationKind.SHARE, claim.index, (part.index, base[0].index))
        return
    wholes = [*_single_or_double(part, others)]
    listed = list_of(part, others)
    if len(listed) > _FEW:
        # 网络78件、邮寄36件、当面6件,邮寄占三成: what stands beside a part is in its whole with all of them.
        within = {one.index for one in listed}
        wholes = [one for one in wholes if within.isdisjoint(one)]
        if _is_whole_list(claim, listed, mentions) or claim.quantity.approximation is Approximation.ABOUT:
            wholes.append(tuple(one.index for one in listed))
    for whole in wholes:
        yield Relation(RelationKind.SHARE, claim.index, (part.index, *whole))


def _single_or_double(part: Mention, others: Sequence[Mention]) -> Iterator[tuple[int, ...]]:
    """What a part can be of, the likeliest first: one count or two; none that the part itself sums up."""
    in_front = [one for one in others if one.index < part.index]
    behind = [one for one in others if one.index > part.index]
    yield from ((one.index,) for one in in_front)
    yield from _wholes_behind(part, behind)
    for one in in_front:
        for two in others:
            # 60件和90件,合计公开150件,总体公开率83.3%
            is_summed_up = one.quantity.value + two.quantity.value == part.quantity.value
            if one.index < two.index and not is_summed_up:
                yield one.index, two.index
    if in_front:
        yield from ((one.index,) for one in behind)


def _wholes_behind(part: Mention, behind: Sequence[Mention]) -> Iterator[tuple[int, ...]]:
    """What a part and one count behind it can be together, and what such a count can be by itself."""
    is_listed = any("其中" in one.gap and one.index == part.index + 1 for one in behind)
    if not is_listed:
        if len(behind) > 1:
            yield (part.index, *(one.index for one in behind))
        yield from ((part.index, one.index) for one in behind if not _is_of_another_rate(one))
    yield from ((one.index,) for one in behind if _is_all(one))


def _is_of_another_rate(count: Mention) -> bool:
    """Whether a count behind a rate is held by its part, or is what the words before it call a rate of.

    办结率99.5%,满意率98.2%,满意率以回访的350件为基数 says nothing of what wasn't done.
    """
    return _HELD.match(count.gap) is not None or _RATE.search(count.gap) is not None


def _is_all(count: Mention) -> bool:
    """Whether the words before a count say that it is of all, or of what should be."""
    return IN_ALL.search(count.gap) is not None or TO_DO.search(count.lead) is not None


def _is_whole_list(claim: Mention, listed: Sequence[Mention], mentions: Sequence[Mention]) -> bool:
    """Whether a list leaves nothing out, as a rate of its sentence is one of all that it lists."""
    total = sum(one.quantity.value for one in listed)
    beside = [*earlier(mentions, claim), claim, *later(mentions, claim)]
    stated = [one for one in beside if one.quantity.measure in MEASURES and one.sentence == claim.sentence]
    return total > 0 and any(
        share_agrees(one.quantity.value, total, per_cent(rate)) for one in listed for rate in stated
    )
