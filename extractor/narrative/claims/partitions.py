"""Wholes and their parts, as sentences list them: 共125件，其中…72件，…40件，…13件。

A list is closed where its words say that nothing is left out: 分别, a rest (其他方式), printed shares that
make a hundred, or all outcomes that the official form knows. 其中 alone leaves it open.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import takewhile
from typing import NamedTuple, TypeAlias

from extractor.narrative.claims.complete_lists import are_of_each
from extractor.narrative.claims.doubt import (
    EACH_IN_TURN,
    ONE_BY_ONE,
    fitting,
    is_exhaustive,
    is_of_both,
    is_of_something_else,
    is_rest,
    is_sibling,
    may_have_parts,
    overlaps,
    summed_up,
    whole_above,
)
from extractor.narrative.claims.listed import (
    LISTS,
    NEW_STATEMENT,
    OUTCOMES,
    VIEWED,
    VIEWED_OTHERWISE,
    listed_from,
    tags_of,
)
from extractor.narrative.claims.mentions import Mention, earlier, later, tells_class
from extractor.narrative.claims.misprints import is_misprinted
from extractor.narrative.claims.shares import Shares
from rules.interval import share_agrees

_AMONG = re.compile("[\u4e00-\u9fff]{0,8}?(?P<word>当中|之中|里面?|中)(?=[\u4e00-\u9fff])")
# 其中… and 按主体分,… may begin a sentence behind that of their whole.
_BEGINS_SENTENCE = re.compile("其中|[按从](?:照)?[^,;:()]{1,8}(?:分|划分)[,:]")
_TOTAL = re.compile(r"^[,、;]?(?:以上)?(?:共计|合计|总计)")
_RESULTS = tuple(
    re.compile(words) for words in ("维持", "纠正|撤销|变更", "其他结果|其他", "尚未审结|未审结|审理中")
)
_CARRIED_IN = re.compile(r"[上去]一?年度?结转")
_COME = re.compile(r"(?:收到|新收|受理|接收)[^,;]{0,10}申请")
_CARRIED, _ANSWERED = re.compile(r"结转|顺延"), re.compile(r"答复|办结")
# A list that nothing is left out of is of something else where it has more than so many times its whole.
_MOST_TIMES = 3
_LONGEST_BARE_NAME = 24
_ALL = Decimal(100)
# What stands between a whole and parts that nothing announces.
_LEADS_ON = frozenset(",:(")
# Of these, what says that a list follows; with 其中 or without.
_OPENS = frozenset(":(")
# What tells a clause with a verb of its own, in a list that nothing announces.
_STATEMENT = re.compile(
    r"[举召]办|举行|召开|开展|组织|印发|收到|回复|办理|答复|完成|发布|参加|参训|培训|处理|制[定发作]|编[发制]|建[立成]|开通|关停|注销|新增"
)
# What has been read or visited is no part of what was published.
_REACH = re.compile(r"[阅点访浏下观播转][读击问览载看放发](?:总?量|次数|人次)|粉丝|关注|人数")
# 受理120件;予以公开、部分公开分别为60件和8件
_BEHIND_SEMICOLON = re.compile(r";(?!分别|依次)(?!.*其中)")
_MORE = re.compile("[^,;]{0,6}[,;](?:还有|另有|另外|此外|另)")
_TIMES = re.compile("季度|[上下]半年|[\\d一二三四五六七八九十]月")
_PERSONS = frozenset({"人", "人次", "名"})

# Whether two counts are of rows of the tables that have nothing to do with each other.
AreApart: TypeAlias = Callable[[Mention, Mention], bool]


class Partition(NamedTuple):
    """A whole and its parts.

    Attributes:
        whole: the mention of the whole.
        parts: those of the parts.
        is_closed: whether the parts must sum to the whole.
        may_overlap: whether they may be right though they sum to more.
    """

    whole: Mention
    parts: tuple[Mention, ...]
    is_closed: bool
    may_overlap: bool

    @property
    def total(self) -> int | Decimal:
        """The sum of the parts."""
        return _sum(self.parts)


def _sum(parts: Sequence[Mention]) -> int | Decimal:
    return sum(part.quantity.value for part in parts)


def partitions(mentions: Sequence[Mention], shares: Shares, are_apart: AreApart) -> tuple[Partition, ...]:
    """The wholes of one stretch of text and their parts.

    Args:
        mentions: its mentions, in order.
        shares: of its counts.
        are_apart: whether two counts are of rows of the tables that have nothing to do with each other.
    """
    result: list[Partition] = []
    used: set[int] = set()
    last = -1
    for mention in mentions:
        if not mention.is_count or mention.index in used:
            continue
        trigger = _trigger(mentions, mention)
        partition = None
        if trigger is not None:
            partition = _announced(mentions, shares, mention, trigger, result, are_apart)
        elif _TOTAL.match(mention.gap):
            partition = _summed_up(mentions, shares, mention)
        elif OUTCOMES[0].search(mention.lead) and mention.before == mention.gap:
            partition = _all_outcomes(mentions, shares, mention)
        elif mention.index > last:
            partition = _bare(mentions, shares, mention)
        if partition is not None:
            result.append(_with_more(mentions, partition))
            used.update(part.index for part in partition.parts)
            rest = _second_list(mentions, shares, partition)
            if rest is not None:
                result.append(rest)
                used.update(part.index for part in rest.parts)
            last = max(last, *(part.index for part in (rest or partition).parts))
    return tuple(result)


def _with_more(mentions: Sequence[Mention], partition: Partition) -> Partition:
    """A list with what is told beside it, where that is all it lacks: 77份、45份、18份,还有1份."""
    more = _next_count(mentions, partition.parts[-1])
    if more is None or partition.is_closed or more.unit != partition.whole.unit or not _MORE.match(more.gap):
        return partition
    if partition.total + more.quantity.value != partition.whole.quantity.value:
        return partition
    return partition._replace(parts=(*partition.parts, more))


def _trigger(mentions: Sequence[Mention], first: Mention) -> str | None:
    """The words that announce parts, in front of the first of them."""
    words: list[str] = LISTS.findall(first.gap) or VIEWED.findall(first.gap)
    return words[-1] if words else _among(mentions, first)


def _among(mentions: Sequence[Mention], first: Mention) -> str | None:
    """The word behind a count that makes what follows some of it: 46件当中自然人提出39件.

    Only where one thing can't be several of what follows, as villages can: 48个村中建站30个、设栏25个. What
    was done may have been done with others, too: 120件中办结114件,上年的5件也已办结.
    """
    whole = mentions[first.index - 1] if first.index else None
    among = _AMONG.match(first.gap)
    if whole is None or among is None or not whole.is_count or whole.unit != first.unit:
        return None
    is_told_apart = tags_of(first) and not _ANSWERED.search(first.gap)
    return among["word"] if is_told_apart else None


def _announced(
    mentions: Sequence[Mention],
    shares: Shares,
    first: Mention,
    trigger: str,
    known: Sequence[Partition],
    are_apart: AreApart,
) -> Partition | None:
    wholes = [
        count
        for count in earlier(mentions, first)
        if count.is_count
        and count.unit == first.unit
        and count.depth <= first.depth
        and may_have_parts(count, first)
    ]
    if not wholes or is_of_something_else(first.gap, trigger):
        return None
    if wholes[0].sentence < first.sentence and not _BEGINS_SENTENCE.match(first.gap):
        # 其中 that isn't the first word of its sentence speaks of something in that sentence.
        return None
    first, *others = listed_from(mentions, first)
    # What the form has in a row apart is stated for itself: 借出1200册，其中少儿450册；续借300册.
    parts: Sequence[Mention] = [first, *takewhile(lambda part: not are_apart(wholes[0], part), others)]
    whole = _whole(wholes, parts, known)
    if whole is None:
        return None
    parts = fitting(shares, whole, parts)
    if _is_of_another_whole(trigger, whole, parts) or _is_sibling(first, whole, parts):
        return None
    is_closed = is_exhaustive(first.gap, trigger) and not _is_of_some(mentions, whole, parts)
    return _made(shares, whole, parts, is_closed=is_closed)


def _is_of_some(mentions: Sequence[Mention], whole: Mention, parts: Sequence[Mention]) -> bool:
    """Whether a list leaves something out, by 等 or by its sum: 140个,甲20个、乙30个,合计50个."""
    following = _next_count(mentions, parts[-1])
    is_summed_up = (
        following is not None
        and _TOTAL.match(following.gap) is not None
        and following.quantity.value == _sum(parts) != whole.quantity.value
    )
    return is_summed_up or parts[-1].behind.startswith("等")


def _is_of_another_whole(trigger: str, whole: Mention, parts: Sequence[Mention]) -> bool:
    """Whether a list is of what its own words name: 对照38项任务,各季度发布量分别为1104条、1236条."""
    if trigger in ONE_BY_ONE and not all(part.gap.startswith("、") for part in parts[1:]):
        # 逐件登记,办结114件,公开60件 tells one thing after the other.
        return True
    is_too_much = trigger in EACH_IN_TURN and _sum(parts) > whole.quantity.value * _MOST_TIMES
    # 参训415人次,各期人数分别为96人次… counts persons, too.
    is_of_readers = any(_REACH.search(part.lead) for part in parts) and whole.unit not in _PERSONS
    return is_too_much or (is_of_readers and not _REACH.search(whole.lead))


def _is_sibling(first: Mention, whole: Mention, parts: Sequence[Mention]) -> bool:
    """Whether a list is told behind a count and not of it: 二季度30件;三、四季度分别36件、30件."""
    total = _sum(parts)
    are_times = _TIMES.search(first.gap) is not None and _TIMES.search(whole.lead) is not None
    if _BEHIND_SEMICOLON.search(first.gap) and not VIEWED_OTHERWISE.search(first.gap):
        return total != whole.quantity.value
    return are_times and total > whole.quantity.value


def _whole(wholes: Sequence[Mention], parts: Sequence[Mention], known: Sequence[Partition]) -> Mention | None:
    """What the parts are of: the count before them, or one that it is a part of; None if that isn't clear."""
    nearest = wholes[0]
    total = _sum(parts)
    if total > nearest.quantity.value:
        wholes_of_it = [partition.whole for partition in known if nearest in partition.parts]
        if "其中" in parts[0].gap and "其中" not in nearest.gap:
            # 120件申请里,涉农的52件,其中征地类31件: the first 其中 is of what is told right before it.
            wholes_of_it = []
        above = [one for one in wholes_of_it if _is_above(one, total, parts[0])]
        before = [
            count
            for count in wholes[1:]
            if count.sentence == nearest.sentence and total == count.quantity.value
        ]
        fits = next(iter([*above, *before]), None) or whole_above(wholes, total, tags_of(parts[0]))
        return fits or (None if is_of_both(wholes, parts[0], total) else nearest)
    return nearest


def _is_above(whole: Mention, total: int | Decimal, first: Mention) -> bool:
    """Whether a list behind that of a whole is of it, too: by its sum, or as it is told apart otherwise."""
    return total <= whole.quantity.value or VIEWED_OTHERWISE.search(first.gap) is not None


def _second_list(mentions: Sequence[Mention], shares: Shares, partition: Partition) -> Partition | None:
    """Another list of the same whole, right behind the first: by channel, then by outcome."""
    last = partition.parts[-1]
    following = _next_count(mentions, last)
    if (
        following is None
        or not following.is_count
        or following.unit != last.unit
        or not tags_of(following)
        or not tags_of(last)
        or not tags_of(following).isdisjoint(tags_of(last))
        or LISTS.search(following.gap)
        or NEW_STATEMENT.search(following.gap)
        or _CARRIED_IN.search(following.gap)
    ):
        return None
    parts = fitting(shares, partition.whole, listed_from(mentions, following))
    return _made(shares, partition.whole, parts, is_closed=False)


def _summed_up(mentions: Sequence[Mention], shares: Shares, whole: Mention) -> Partition | None:
    """Parts first, then 共计 and their sum."""
    parts: list[Mention] = []
    for mention in earlier(mentions, whole):
        if _is_beside_sum(mentions, mention, whole, parts):
            continue
        is_part = mention.is_count and mention.unit == whole.unit and mention.depth == whole.depth
        if mention.sentence != whole.sentence or not is_part or _TOTAL.match(mention.gap):
            break
        parts.insert(0, mention)
        if NEW_STATEMENT.search(mention.gap) or LISTS.search(mention.gap):
            break
    if len(parts) < 2 or _are_of_a_list(parts):
        return None
    summands = summed_up(whole, parts, _TOTAL.sub("", whole.gap))
    return _made(shares, whole, summands, is_closed=True) if summands else None


def _is_beside_sum(
    mentions: Sequence[Mention], mention: Mention, whole: Mention, parts: Sequence[Mention]
) -> bool:
    """Whether a number in front of parts of a sum is a share, or tells which the first of them are."""
    is_share = mention.is_percentage and mention.sentence == whole.sentence
    return is_share or (bool(parts) and tells_class(mentions, mention, parts[0]))


def _are_of_a_list(parts: Sequence[Mention]) -> bool:
    """Whether one of some counts is told of another number, or of each of several: no sum is of these."""
    return are_of_each(parts) or any(LISTS.search(part.gap) for part in parts)


def _all_outcomes(mentions: Sequence[Mention], shares: Shares, first: Mention) -> Partition | None:
    """A sentence that lists all outcomes of the form, behind one that states how many there were."""
    wholes = [
        count
        for count in earlier(mentions, first)
        if count.is_count
        and count.unit == first.unit
        and count.depth == 0
        and first.sentence - count.sentence == 1
    ]
    if not wholes or "申请" not in wholes[0].lead + wholes[0].behind or _CARRIED.search(wholes[0].lead):
        return None
    if _CARRIED.search(wholes[0].before) and not _ANSWERED.search(wholes[0].lead):
        # What was carried over is handled as well, so that the outcomes sum to something else.
        return None
    partition = _made(shares, wholes[0], listed_from(mentions, first), is_closed=False)
    return partition if partition.is_closed else None


def _bare(mentions: Sequence[Mention], shares: Shares, whole: Mention) -> Partition | None:
    """Parts that nothing announces: 公开信息8727条，概况类492条，政务动态类1580条."""
    first = _next_count(mentions, whole)
    if first is None or not _can_begin_bare_list(shares, first, whole):
        return None
    parts = fitting(shares, whole, listed_from(mentions, first))
    following = _next_count(mentions, parts[-1])
    if following is not None and _TOTAL.match(following.gap):
        # 共计 behind a list sums it up, its first number included.
        return None
    if len(parts) < 2 or not all(_can_be_bare_part(part, whole) for part in parts):
        return None
    made = _made(shares, whole, parts, is_closed=False)
    if first.gap[0] in _OPENS and may_have_parts(whole, first):
        return made
    # Nothing says that these are parts, so only what fits is taken for them.
    if made.is_closed:
        return None if is_sibling(whole, made.total) and not _are_outcomes(whole, made.parts) else made
    return made if made.total <= whole.quantity.value else None


def _are_outcomes(whole: Mention, parts: Sequence[Mention]) -> bool:
    """Whether parts say what came of what their whole says has come, and are none of its siblings."""
    is_come = _COME.search(whole.lead) is not None and not tags_of(whole)
    return is_come and all("outcome" in tags_of(part) for part in parts[:-1])


def _next_count(mentions: Sequence[Mention], mention: Mention) -> Mention | None:
    """The number behind one in its sentence; percentages are passed over."""
    return next((number for number in later(mentions, mention) if not number.is_percentage), None)


def _can_begin_bare_list(shares: Shares, first: Mention, whole: Mention) -> bool:
    """Whether a number can be the first of parts that nothing announces."""
    if first.unit != whole.unit or not first.is_count or first.gap[:1] not in _LEADS_ON:
        return False
    if whole.depth and ")" in whole.following:
        # 网站合格率98.5%(抽查65个、合格64个),新媒体合格率97.8%(抽查46个): brackets end what is in them.
        return False
    if whole.index in shares and first.gap[0] not in _OPENS:
        # 保留40件,占69%,修改10件、废止8件: what has a share of its own is listed with the others.
        return False
    return not (LISTS.search(first.gap) or NEW_STATEMENT.search(first.gap) or _TOTAL.match(first.gap))


def _can_be_bare_part(part: Mention, whole: Mention) -> bool:
    """Whether a number can be one of parts that nothing announces: a short name without a verb, and less."""
    name = part.lead
    # 新收120件,上年结转5件,除6件结转外,其余119件: what is left out of others is no part beside them.
    is_name = 0 < len(name) <= _LONGEST_BARE_NAME and not (_STATEMENT.search(name) or name.startswith("除"))
    return is_name and part.quantity.value < whole.quantity.value


def _made(shares: Shares, whole: Mention, parts: Sequence[Mention], *, is_closed: bool) -> Partition:
    names = [part.lead + part.behind for part in parts]
    exhausted = any(
        all(any(pattern.search(name) for name in names) for pattern in all_of)
        for all_of in (OUTCOMES, _RESULTS)
    )
    is_residual = len(parts) > 1 and is_rest(parts[-1])
    closed = (
        (is_closed and len(parts) > 1)
        or exhausted
        or is_residual
        or _shares_make_a_hundred(shares, whole, parts)
    )
    if is_misprinted(whole, parts):
        return Partition(whole, tuple(parts), is_closed=True, may_overlap=False)
    return Partition(whole, tuple(parts), closed, overlaps(whole, parts))


def _shares_make_a_hundred(shares: Shares, whole: Mention, parts: Sequence[Mention]) -> bool:
    """Whether the printed shares of all parts say that there are no others."""
    printed_shares = [shares[part.index] for part in parts if part.index in shares]
    if len(parts) < 2 or len(printed_shares) < len(parts) or not whole.quantity.value:
        return False
    rates = [Decimal(share.quantity.value) for share in printed_shares]
    slack = sum((Decimal(1).scaleb(min(0, int(rate.as_tuple().exponent))) / 2 for rate in rates), Decimal(0))
    if abs(sum(rates) - _ALL) > slack:
        return False
    # Right shares of parts that sum to less may come near a hundred by rounding.
    is_short = _sum(parts) < whole.quantity.value
    return not is_short or any(
        not share_agrees(part.quantity.value, whole.quantity.value, rate)
        for part, rate in zip(parts, rates, strict=True)
    )
