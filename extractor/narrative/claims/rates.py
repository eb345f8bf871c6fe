"""Rates by their names: 办结率 is what was handled, of what was received."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from itertools import takewhile
from typing import NamedTuple

from extractor.narrative.claims.changes import is_difference, repeats
from extractor.narrative.claims.mentions import Mention, earlier, later
from extractor.narrative.claims.phrases import is_alike
from extractor.narrative.claims.rate_wholes import (
    AMONG,
    IN_ALL,
    MEASURES,
    TO_DO,
    is_of_all_listed,
    list_of,
    of_part,
    per_cent,
)
from extractor.result.narrative import Relation, RelationKind
from rules.interval import share_agrees
from rules.phrases import phrase_book

_WHOLE = 100
# Percentage points; a part that is told to be narrower than its rate comes nearer.
_FURTHEST, _FAR, _NEAR_ENOUGH, _NEAR = 60, 25, 12, 5
_FEW = 2
# 满意及基本满意 leaves none of them out.
_PARTLY = re.compile(r"部分|(?<![和及与或、])(?:基本|比较|(?<!比)较)")
_PART_OF_IT = re.compile("部分")
_NAMED = re.compile(
    r"(?:(?P<core>[\u4e00-\u9fff]{2})(?:率|比例|比率)|(?P<kind>[A-Z\u4e00-\u9fff][\u4e00-\u9fff]{1,7}?)占(?:比|(?:总[数量]|(?:全部|所有|全年|总)[\u4e00-\u9fff]{0,8}?|比例)的?)?)(?:均|都|分别|保持在|稳定在)?(?:为|达到?|是|约|近|超过?|:|了|[(])*$"
)
_LONG_NAME = re.compile(r"(?:^|[,;])(?P<name>[\u4e00-\u9fff]{2,6})率(?:均|都)?(?:为|达到?|是|约)*$")
# Rates of how many have done something; one of how well it was done (满意率) is of something else.
_OF_WHAT_IS_DONE = re.compile(
    "[覆复]盖|参[与加考训会]|出席|到[场会课]|公[开示]|开[设通]|建成|完成|使用|更新|发布|上线|落实|配备|设[置立]|发现|问题"
)
# Rates of change, and what is called a rate and is no part of a whole.
_NO_PART = re.compile(
    r"增长|下降|上升|增加|减少|增幅|降幅|变化|变动|点击|浏览|压缩|精简|节约|提[高升]|溢价|增值|[概效利频汇税功]$"
)
_NEGATED = "(?<![未不无没应需须待])"
_ALL_OF = re.compile(r"(?:均|全部|都)(?:[已予获被依法准按时期]{0,4})$")
# What is due: a rate of all of it says so.
_DUE = re.compile(r"应|需")
_OUT_OF = re.compile("[\u4e00-\u9fff]{0,6}[中里]的?")
# 已审结案件纠错率
_OF_DECIDED = re.compile("(?:已|所|按)审结(?:的)?[^,;未]{0,6}率[^率]{0,4}$")
_TOLD_BEHIND = re.compile(r"(?P<name>[^,;:()]{2,12}率)[(](?P<more>[^()\d]{2,12})[)](?:为|达到?|是|约)*$")
_DECISION = re.compile("维持|纠正|纠错|撤销|驳回|变更|其他(?:结果)?|终止|调解|确认")
_DECIDED = re.compile("(?<!未)审结")
_OF_ALL_TOGETHER = re.compile("总体|综合|整体|平均")
# 专职人员 are told by 专职.
_CALLED = re.compile("(?<=..)(?:人员|队伍|单位|申请|渠道|途径|方式)$")


class _Named(NamedTuple):
    """A rate that a text names.

    Attributes:
        part: what tells its part.
        exclude: what tells that a count is none.
        of_all: whether 100 % is of all that there are, and not of what was due.
        kind: what is said to make up so much; empty for a rate.
    """

    part: re.Pattern[str]
    exclude: re.Pattern[str] | None
    of_all: bool = False
    kind: str = ""


def rates(mentions: Sequence[Mention]) -> Iterator[Sequence[Relation]]:
    """What each rate can be of, the likeliest first.

    Args:
        mentions: of a stretch of text, in order.
    """
    for mention in mentions:
        rate = _named(_name_of(mention)) if mention.quantity.measure in MEASURES else None
        if rate is None:
            continue
        readings = _readings(mentions, mention, rate)
        if per_cent(mention) == _WHOLE and not rate.of_all:
            # 100 % is said of what was due, too.
            readings = [one for one in readings if not _is_less(mentions, one, rate)]
        if readings:
            yield readings
        elif (beside := _of_two_before(mentions, mention)) is not None:
            yield [beside]
        elif (count := _of_all(mentions, mention, rate)) is not None:
            yield [Relation(RelationKind.SHARE, mention.index, (count.index, count.index))]


def _named(lead: str) -> _Named | None:
    """The rate that words in front of a percentage name: one of those that are listed, else by its verb."""
    for rate in phrase_book().rates:
        name, part, exclude = rate.patterns
        if (told := name.search(lead)) is not None:
            return _Named(rate.denied, None) if told["denied"] else _Named(part, exclude, rate.of_all)
    named = _NAMED.search(lead)
    if named is None or _NO_PART.search(named[0]):
        return None
    # 企业占比16.7% is of what is called 企业.
    kind = _CALLED.sub("", named["kind"] or "")
    return _by_verb(named["core"] or kind)._replace(kind=kind)


def _name_of(rate: Mention) -> str:
    """What names a rate, with what brackets behind its name say of it in front: 纠错率(按审结数计)."""
    told = _TOLD_BEHIND.search(rate.gap)
    return rate.lead if told is None else f"{told['more']}{told['name']}"


def _of_two_before(mentions: Sequence[Mention], claim: Mention) -> Relation | None:
    """The rate of the last of two counts, which the words make a part of the first.

    抽查640户,查出问题的96户,问题发现率15% · 28个部门中26个已开设,覆盖率92.9% · 应考320人,实考304人,参考率95%.
    """
    named = _LONG_NAME.search(claim.lead) if claim.index >= _FEW else None
    if named is None or _NO_PART.search(named[0]) or _is_narrowed(claim):
        return None
    *before, whole, part = mentions[max(0, claim.index - _FEW - 1) : claim.index]
    if not _are_whole_and_part(whole, part, claim) or any(_is_beside(one, part) for one in before):
        return None
    is_of_what_is_done = _OF_WHAT_IS_DONE.search(named["name"]) is not None
    is_due = is_of_what_is_done and _DUE.search(whole.lead) is not None and "实" in part.lead
    is_among = is_of_what_is_done and AMONG.search(part.gap) is not None
    if not any((is_due, is_among, named["name"][:_FEW] in part.lead)):
        return None
    reading = Relation(RelationKind.SHARE, claim.index, (part.index, whole.index))
    # 应上网20件,实际上网15件,公开率76% can be of nothing else.
    most = _FAR if is_due else _NEAR
    return reading if _is_near(mentions, reading, most) else None


def _are_whole_and_part(whole: Mention, part: Mention, claim: Mention) -> bool:
    """Whether two counts in the sentence of a rate can be a whole and a part of it."""
    is_list = whole.is_count and part.is_count and is_alike(whole, part) and whole.sentence == claim.sentence
    return is_list and not _PARTLY.search(part.lead) and part.quantity.value <= whole.quantity.value


def _is_beside(one: Mention, part: Mention) -> bool:
    """Whether another count stands in the sentence of a part, which the rate may be of, too."""
    return one.sentence == part.sentence and is_alike(one, part)


@cache
def _by_verb(core: str) -> _Named:
    # 网办率 is of what is 网上办理.
    words = "[\u4e00-\u9fff]{0,2}".join(map(re.escape, core)) if len(core) == _FEW else re.escape(core)
    return _Named(re.compile(_NEGATED + words), None)


def _is_near(mentions: Sequence[Mention], reading: Relation, most: int) -> bool:
    """Whether a rate comes near what a reading gives: else it is of something else."""
    part, *wholes = (mentions[index].quantity.value for index in reading.others)
    rate = per_cent(mentions[reading.claim])
    whole = sum(wholes)
    return whole > 0 and abs(Decimal(part) * _WHOLE / Decimal(whole) - rate) <= most


def _is_less(mentions: Sequence[Mention], reading: Relation, rate: _Named) -> bool:
    """Whether a part is less than all, unless that was due, or was done, and the part in time."""
    part, *wholes = (mentions[index] for index in reading.others)
    whole = wholes[0].lead
    is_done_in_time = "其中" in part.gap and _is_narrowed(part) and rate.part.search(whole) is not None
    is_due = len(wholes) == 1 and (_DUE.search(whole) is not None or is_done_in_time)
    return not is_due and part.quantity.value < sum(one.quantity.value for one in wholes)


@cache
def _narrowed() -> re.Pattern[str]:
    return re.compile(phrase_book().narrowed)


def _readings(mentions: Sequence[Mention], claim: Mention, rate: _Named) -> list[Relation]:
    before, behind = _counts_around(mentions, claim)
    named = _of_those_among(mentions, _named_so(before, rate, is_of_all=_is_of_all_together(claim)))
    if _OF_DECIDED.search(_name_of(claim)):
        return list(_of_decided(claim, named, before))
    if not named:
        behind = _parts_behind(mentions, claim)
        named = _named_so(behind, rate, is_of_all=_is_of_all_together(claim))
    named = named or _called_alike(before, rate.kind)
    if any(_PARTLY.search(part.lead) for part in named):
        # What was taken up in part may count as well.
        return []
    parts = [one for one in named if _is_narrowed(one) == _is_narrowed(claim)]
    if _is_of_several(claim, parts, [*before, *behind], rate):
        return []
    # Of two counts alone it can be nothing else.
    most = _FURTHEST if len(before) == _FEW and len(parts) == 1 else _FAR
    if not parts and not _is_narrowed(claim):
        parts, most = named, _NEAR
    return list(_of_parts(mentions, claim, parts, [*before, *behind], most))


def _called_alike(counts: Sequence[Mention], kind: str) -> list[Mention]:
    """The one count whose words hold all characters of a kind: 网上平台提交91件,网上提交占75.8%."""
    alike = [one for one in counts if repeats(kind, one.lead + one.behind.partition("、")[0])]
    return alike if len(kind) > _FEW and len(alike) == 1 else []


def _parts_behind(mentions: Sequence[Mention], claim: Mention) -> list[Mention]:
    """The counts behind a rate that can be its part: in 办理1500件,网办率八成,其中甲局办理1126件 none can."""
    # 2022年完成率96%,2023年为100%,其中32项超额完成: between a rate and its part stands no other rate.
    behind = [*takewhile(lambda one: one.is_count, later(mentions, claim))]
    is_of_whole_before = bool(behind) and "其中" in behind[0].gap
    return [] if is_of_whole_before else behind


def _is_of_several(claim: Mention, parts: Sequence[Mention], counts: Sequence[Mention], rate: _Named) -> bool:
    """Whether several parts make up a rate together, with those that are parts only in part or without.

    省级采用18期、市级采用42期,采用率25% is of both; so is 获奖率, of 获省级3篇、市级5篇, and 公开率,
    of 予以公开 and 部分公开.
    """
    partly = [one for one in counts if one not in parts and _is_partly(one, rate)]
    listed = list_of(parts[0], [one for one in counts if one is not parts[0]]) if parts else ()
    together = [listed[:end] for end in range(_FEW, len(listed) + 1)]
    return any(_make_up_rate(claim, made_of, counts) for made_of in (parts, [*parts, *partly], *together))


def _of_decided(claim: Mention, parts: Sequence[Mention], before: Sequence[Mention]) -> Iterator[Relation]:
    """What a rate of the cases that were decided can be of: their number, or else all results together."""
    wholes = [one for one in before if _DECIDED.search(one.lead) and one not in parts]
    results = [one for one in before if _DECISION.search(one.lead) and not _DECIDED.search(one.lead)]
    for part in parts[:1]:
        if wholes:
            yield Relation(RelationKind.SHARE, claim.index, (part.index, wholes[0].index))
        elif len(results) > 1:
            yield Relation(RelationKind.SHARE, claim.index, (part.index, *(one.index for one in results)))


def _is_partly(count: Mention, rate: _Named) -> bool:
    """Whether a count is of what is a part only in part: 部分公开, which 公开率 may hold."""
    return _PART_OF_IT.search(count.lead) is not None and rate.part.search(count.lead) is not None


def _of_those_among(mentions: Sequence[Mention], named: Sequence[Mention]) -> list[Mention]:
    """Counts that are named as a part; of what it is among, the count behind it: 完成50项中的47项."""
    behind = [*mentions[1:], *mentions[:1]]
    return [behind[one.index] if _OUT_OF.fullmatch(behind[one.index].gap) else one for one in named]


def _counts_around(mentions: Sequence[Mention], claim: Mention) -> tuple[list[Mention], list[Mention]]:
    """The counts of a rate's sentence before it, from it on back, and those behind it."""
    before = [one for one in earlier(mentions, claim) if one.sentence == claim.sentence]
    around = (before, later(mentions, claim))
    counts, behind = ([one for one in side if one.is_count and not is_difference(one)] for side in around)
    return counts, behind


def _make_up_rate(claim: Mention, parts: Sequence[Mention], counts: Sequence[Mention]) -> bool:
    """Whether several parts make up a rate together."""
    made_up = sum(part.quantity.value for part in parts)
    return len(parts) > 1 and any(
        share_agrees(made_up, one.quantity.value, per_cent(claim))
        for one in counts
        if one not in parts and one.quantity.value and all(is_alike(one, part) for part in parts)
    )


def _is_of_all_together(claim: Mention) -> bool:
    """Whether a rate is told to be of several parts together: 公开建议48件、公开提案81件,总体公开率86%."""
    return _OF_ALL_TOGETHER.search(claim.lead) is not None


def _named_so(counts: Sequence[Mention], rate: _Named, *, is_of_all: bool) -> list[Mention]:
    """The counts that are named as a rate's part; of several together, those that sum them up."""
    return [one for one in counts if _is_part(one, rate) and (not is_of_all or IN_ALL.search(one.gap))]


def _of_parts(
    mentions: Sequence[Mention],
    claim: Mention,
    parts: Sequence[Mention],
    counts: Sequence[Mention],
    most: int,
) -> Iterator[Relation]:
    for part in parts:
        others = [one for one in counts if one is not part and is_alike(one, part)]
        if not others and len(counts) == _FEW:
            # 开庭6,800件,直播5,440场,直播率80%: what is done of each is counted otherwise.
            others, most = [one for one in counts if one is not part and one.index < part.index], _NEAR_ENOUGH
        furthest = _FURTHEST if is_of_all_listed(claim, part, others) else most
        yield from (
            one for one in of_part(mentions, claim, part, others) if _is_near(mentions, one, furthest)
        )


def _is_narrowed(mention: Mention) -> bool:
    """Whether a rate, or what it is of, is that of what was done in time, or otherwise as it should be."""
    return _narrowed().search(mention.lead + mention.behind) is not None


def _is_part(count: Mention, rate: _Named) -> bool:
    """Whether a count is named as the part that a rate is of; 整合为6个 is what is left of others."""
    if any(phrase_book().compared["reached"].search(words) for words in (count.lead, count.behind)):
        return False
    if rate.exclude is not None and rate.exclude.search(count.lead):
        return False
    # 基本满意14家、不满意6家: what stands behind 、 names the next.
    words = count.lead + count.behind.partition("、")[0]
    return rate.part.search(words) is not None and not TO_DO.search(count.lead)


def _of_all(mentions: Sequence[Mention], claim: Mention, rate: _Named) -> Mention | None:
    """The count before a rate of which all is said to be of the part: 审结5件,均予维持,维持率100%."""
    before = mentions[claim.index - 1] if claim.index else None
    if before is None or not before.is_count or before.sentence != claim.sentence:
        return None
    *said, _ = claim.gap.split(",")
    is_said = any(
        _ALL_OF.search(clause[: part.start()]) for clause in said for part in rate.part.finditer(clause)
    )
    return before if is_said and not _is_narrowed(claim) else None
