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

from extractor.narrative.claims.changes import is_difference
from extractor.narrative.claims.complete_lists import are_of_each
from extractor.narrative.claims.doubt import (
    EACH_IN_TURN,
    RESIDUAL,
    begins_answer,
    fitting,
    is_exhaustive,
    is_of_both,
    is_of_something_else,
    is_sibling,
    may_have_parts,
    overlaps,
    summed_up,
    whole_above,
)
from extractor.narrative.claims.mentions import Mention, earlier, later
from extractor.narrative.claims.misprints import is_misprinted
from extractor.narrative.claims.shares import SHARE_WORDS, Shares
from rules.interval import share_agrees

_LISTS = re.compile(
    r"其中|分别|依次(?=[为是])|(?<=[,;(])即(?![时将日使可办])|包括|包含|[(（]含|[构组]成(?=(?:情况|比例)?(?:如下|[为是:]))|(?<=[,;(])具体(?=[为是:])"
)
# 从申请方式看,网上… · 收到的120件申请中,自然人…
_VIEWED = re.compile(
    r"[从按](?:照)?[^,;:()]{1,10}?(?:看|分|划分|统计|来看)[,:]|(?:^|[\u4e00-\u9fff)])[中内里][,:]"
)
_NEW_STATEMENT = re.compile(
    r"另有|另外|此外|还有|除此|加上|连同|20\d\d年|累计|共计|合计|总计|全年|[共并](?=收到|开展|举办|召开)|共(?=办[结理]|答复|处理)|同时|截至|截止"
)
# 其中2022年100件、2023年120件 are parts, each of a year.
_OF_A_YEAR = re.compile(r"(?:^[,、和]|其中:?)20\d\d年(?=[\u4e00-\u9fff]{0,6}$)")
_TOTAL = re.compile(r"^[,、;]?(?:以上)?(?:共计|合计|总计)")
_OUTCOMES = (
    re.compile(r"予以(?:全部)?公开|同意(?:全部)?公开|全部公开"),
    re.compile(r"部分公开"),
    re.compile(r"不予公开|不同意公开"),
    re.compile(r"无法提供"),
    re.compile(r"不予处理"),
    re.compile(r"其他处理"),
)
_RESULTS = tuple(
    re.compile(words) for words in ("维持", "纠正|撤销|变更", "其他结果|其他", "尚未审结|未审结|审理中")
)
_CARRIED_IN = re.compile(r"[上去]一?年度?结转")
_COME = re.compile(r"(?:收到|新收|受理|接收)[^,;]{0,10}申请")
_CARRIED, _ANSWERED = re.compile(r"结转|顺延"), re.compile(r"答复|办结")
_TAGS = {
    "outcome": re.compile(r"公开|无法提供|不予处理|其他处理|不属于|不掌握|不存在|结转"),
    "channel": re.compile(r"网络|网上|信函|来信|当面|现场|传真|邮寄|邮件|窗口|平台申请"),
    "applicant": re.compile(r"自然人|公民|法人|企业|组织|机构|个人|律师|代理"),
    "subject": re.compile(r"涉及|关于|有关|领域"),
}
# What is published is told apart by names that hold such words, too: 组织机构类信息, 政府信息公开指南.
_CATEGORY = re.compile(
    r"类(?:政府|政务|别)*(?:信息|文件)?$|(?:机构|组织|人事)(?:职能|设置|概况|信息|简介|领导)|信息公开|政务公开"
    r"|(?:目录|指南|年报|报告|动态|公告|公报|文件|概况)(?:类|信息)*$"
)
# Words in brackets behind a part say something of it: (含区分处理).
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_AMONG = re.compile(r"[\u4e00-\u9fff]{0,6}[中里](?=[,\u4e00-\u9fff])")
_MOST_PARTS = 100
# A list that nothing is left out of is of something else where it has more than so many times its whole.
_MOST_TIMES = 3
_LONGEST_NAME = 60
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
# What begins another statement behind a list: …、协办39件；办理提案48件.
_OWN_VERB = re.compile(
    r"[为是,;]?(?:收到|受理|承办|办理|接收|召开|举办|举行|组织|开展|印发|制发|回复|接待|新增|注销|关停)"
)
# What has been read or visited is no part of what was published.
_REACH = re.compile(r"[阅点访浏下观播转][读击问览载看放发](?:总?量|次数|人次)|粉丝|关注|人数")
# 受理120件;予以公开、部分公开分别为60件和8件
_BEHIND_SEMICOLON = re.compile(r";(?!分别|依次)(?!.*其中)")
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
        trigger = _trigger(mention)
        partition = None
        if trigger is not None:
            partition = _announced(mentions, shares, mention, trigger, result, are_apart)
        elif _TOTAL.match(mention.gap):
            partition = _summed_up(mentions, shares, mention)
        elif _OUTCOMES[0].search(mention.lead) and mention.before == mention.gap:
            partition = _all_outcomes(mentions, shares, mention)
        elif mention.index > last:
            partition = _bare(mentions, shares, mention)
        if partition is not None:
            result.append(partition)
            used.update(part.index for part in partition.parts)
            rest = _second_list(mentions, shares, partition)
            if rest is not None:
                result.append(rest)
                used.update(part.index for part in rest.parts)
            last = max(last, *(part.index for part in (rest or partition).parts))
    return tuple(result)


def _trigger(mention: Mention) -> str | None:
    """The words that announce parts, in front of the first of them."""
    words: list[str] = _LISTS.findall(mention.gap) or _VIEWED.findall(mention.gap)
    return words[-1] if words else None


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
    if wholes[0].sentence < first.sentence and not first.gap.startswith("其中"):
        # 其中 that isn't the first word of its sentence speaks of something in that sentence.
        return None
    first, *others = _parts(mentions, first)
    # What the form has in a row apart is stated for itself: 借出1200册，其中少儿450册；续借300册.
    parts: Sequence[Mention] = [first, *takewhile(lambda part: not are_apart(wholes[0], part), others)]
    whole = _whole(wholes, parts, known)
    if whole is None:
        return None
    parts = fitting(shares, whole, parts)
    if _is_of_another_whole(trigger, whole, parts) or _is_sibling(first, whole, parts):
        return None
    is_closed = is_exhaustive(first.gap, trigger) and not parts[-1].behind.startswith("等")
    return _made(shares, whole, parts, is_closed=is_closed)


def _is_of_another_whole(trigger: str, whole: Mention, parts: Sequence[Mention]) -> bool:
    """Whether a list is of what its own words name: 对照38项任务,各季度发布量分别为1104条、1236条."""
    is_too_much = trigger in EACH_IN_TURN and _sum(parts) > whole.quantity.value * _MOST_TIMES
    # 参训415人次,各期人数分别为96人次… counts persons, too.
    is_of_readers = any(_REACH.search(part.lead) for part in parts) and whole.unit not in _PERSONS
    return is_too_much or (is_of_readers and not _REACH.search(whole.lead))


def _is_sibling(first: Mention, whole: Mention, parts: Sequence[Mention]) -> bool:
    """Whether a list is told behind a count and not of it: 二季度30件;三、四季度分别36件、30件."""
    total = _sum(parts)
    are_times = _TIMES.search(first.gap) is not None and _TIMES.search(whole.lead) is not None
    if _BEHIND_SEMICOLON.search(first.gap):
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
        above = [whole for whole in wholes_of_it if total <= whole.quantity.value]
        before = [
            count
            for count in wholes[1:]
            if count.sentence == nearest.sentence and total == count.quantity.value
        ]
        fits = next(iter([*above, *before]), None) or whole_above(wholes, total, _tags(parts[0]))
        return fits or (None if is_of_both(wholes, total) else nearest)
    return nearest


def _parts(mentions: Sequence[Mention], first: Mention) -> list[Mention]:
    """The counts that follow each other as a list."""
    parts = [first]
    tags = _tags(first)
    for mention in later(mentions, first):
        if len(parts) > _MOST_PARTS or (mention.is_percentage and not SHARE_WORDS.search(mention.gap)):
            break
        if mention.is_percentage or _is_beside(mention, first) or _is_frame(mentions, mention, first):
            continue
        own = _tags(mention)
        if not _is_like(mention, first) or _begins_statement(mention, first):
            break
        if tags and own and tags.isdisjoint(own):
            break
        parts.append(mention)
        tags = tags | own if tags else own
    return parts


def _is_beside(mention: Mention, first: Mention) -> bool:
    """Whether a number in a list explains the part before it: it stands in brackets, or is a difference."""
    return mention.depth > first.depth or (is_difference(mention) and not is_difference(first))


def _is_frame(mentions: Sequence[Mention], mention: Mention, first: Mention) -> bool:
    """Whether a number says what the next is among: 本年新收的120件中办结114件."""
    behind = mentions[mention.index + 1 : mention.index + 2]
    return _AMONG.match(mention.following) is not None and all(_is_like(one, first) for one in behind)


def _is_like(mention: Mention, first: Mention) -> bool:
    """Whether a number counts what the first part of a list does, at its depth."""
    return mention.is_count and mention.unit == first.unit and mention.depth >= first.depth


def _begins_statement(mention: Mention, first: Mention) -> bool:
    """Whether the words before a number begin something else than the next part of a list."""
    gap = _IN_BRACKETS.sub("", mention.gap)
    if len(gap) > _LONGEST_NAME or _LISTS.search(gap):
        return True
    if _NEW_STATEMENT.search(gap) and not (_OF_A_YEAR.match(gap) and _OF_A_YEAR.search(first.gap)):
        return True
    if begins_answer(mention, first):
        return True
    # A verb begins another statement, unless the list itself began with one; 镇(街道)受理 begins with a name.
    name = mention.lead if gap == mention.gap else gap
    return _OWN_VERB.match(name) is not None and not _OWN_VERB.match(_LISTS.sub("", first.lead))


def _tags(mention: Mention) -> frozenset[str]:
    words = mention.lead + mention.behind
    if _CATEGORY.search(words):
        return frozenset()
    tags = frozenset(tag for tag, pattern in _TAGS.items() if pattern.search(words))
    return tags if len(tags) == 1 else frozenset()


def _second_list(mentions: Sequence[Mention], shares: Shares, partition: Partition) -> Partition | None:
    """Another list of the same whole, right behind the first: by channel, then by outcome."""
    last = partition.parts[-1]
    following = _next_count(mentions, last)
    if (
        following is None
        or not following.is_count
        or following.unit != last.unit
        or not _tags(following)
        or not _tags(last)
        or not _tags(following).isdisjoint(_tags(last))
        or _LISTS.search(following.gap)
        or _NEW_STATEMENT.search(following.gap)
        or _CARRIED_IN.search(following.gap)
    ):
        return None
    parts = fitting(shares, partition.whole, _parts(mentions, following))
    return _made(shares, partition.whole, parts, is_closed=False)


def _summed_up(mentions: Sequence[Mention], shares: Shares, whole: Mention) -> Partition | None:
    """Parts first, then 共计 and their sum."""
    parts: list[Mention] = []
    for mention in earlier(mentions, whole):
        if mention.is_percentage and mention.sentence == whole.sentence:
            continue
        if (
            mention.sentence != whole.sentence
            or not mention.is_count
            or mention.unit != whole.unit
            or mention.depth != whole.depth
            or _TOTAL.match(mention.gap)
        ):
            break
        parts.insert(0, mention)
        if _NEW_STATEMENT.search(mention.gap) or _LISTS.search(mention.gap):
            break
    if len(parts) < 2 or are_of_each(parts) or any(_LISTS.search(part.gap) for part in parts):
        return None
    summands = summed_up(whole, parts, _TOTAL.sub("", whole.gap))
    return _made(shares, whole, summands, is_closed=True) if summands else None


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
    partition = _made(shares, wholes[0], _parts(mentions, first), is_closed=False)
    return partition if partition.is_closed else None


def _bare(mentions: Sequence[Mention], shares: Shares, whole: Mention) -> Partition | None:
    """Parts that nothing announces: 公开信息8727条，概况类492条，政务动态类1580条."""
    first = _next_count(mentions, whole)
    if first is None or not _can_begin_bare_list(first, whole):
        return None
    if whole.index in shares and first.gap[0] not in _OPENS:
        # 保留40件,占69%,修改10件、废止8件: what has a share of its own is listed with the others.
        return None
    parts = fitting(shares, whole, _parts(mentions, first))
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
    is_come = _COME.search(whole.lead) is not None and not _tags(whole)
    return is_come and all("outcome" in _tags(part) for part in parts[:-1])


def _next_count(mentions: Sequence[Mention], mention: Mention) -> Mention | None:
    """The number behind one in its sentence; percentages are passed over."""
    return next((number for number in later(mentions, mention) if not number.is_percentage), None)


def _can_begin_bare_list(first: Mention, whole: Mention) -> bool:
    """Whether a number can be the first of parts that nothing announces."""
    if first.unit != whole.unit or not first.is_count or first.gap[:1] not in _LEADS_ON:
        return False
    return not (_LISTS.search(first.gap) or _NEW_STATEMENT.search(first.gap) or _TOTAL.match(first.gap))


def _can_be_bare_part(part: Mention, whole: Mention) -> bool:
    """Whether a number can be one of parts that nothing announces: a short name without a verb, and less."""
    name = part.lead
    is_name = 0 < len(name) <= _LONGEST_BARE_NAME and _STATEMENT.search(name) is None
    return is_name and part.quantity.value < whole.quantity.value


def _made(shares: Shares, whole: Mention, parts: Sequence[Mention], *, is_closed: bool) -> Partition:
    names = [part.lead + part.behind for part in parts]
    exhausted = any(
        all(any(pattern.search(name) for name in names) for pattern in all_of)
        for all_of in (_OUTCOMES, _RESULTS)
    )
    is_residual = len(parts) > 1 and RESIDUAL.search(parts[-1].lead) is not None
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
