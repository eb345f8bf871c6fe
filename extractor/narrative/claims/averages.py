"""Averages over what a sentence counts: 4期,培训260人次,平均每期65人次 · 30人,人均40条,共1200条."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from operator import attrgetter

from extractor.narrative.claims.changes import is_next
from extractor.narrative.claims.mentions import Mention, earlier, later
from extractor.narrative.claims.phrases import is_alike, is_comparable
from extractor.narrative.claims.units import MONEY
from extractor.result.narrative import Relation, RelationKind
from rules.phrases import phrase_book

_EACH = re.compile(
    r"平均(?:每一?|一)(?P<each>[期场次批届件项条份篇人名位家户个处类轮套](?![月年日天周季]))(?P<noun>[\u4e00-\u9fff]{0,2})|(?P<per>[场期人户次篇家批条件部个项])均(?![参由已未属获被按实完通进入合列可能])"
    r"|每(?P<one>[期场次批届件项条份篇人名位家户]次?)(?:平均|约)"
    r"|(?P<body>[村镇校站县局](?=均)|(?<=平均每)(?:[村镇校站]|社区|部门|单位|乡镇|镇街|街道)|(?:部门|单位|乡镇|镇街|街道)(?=平均(?!每)))"
)
_SAME = (frozenset("人名位"), frozenset("个家"), frozenset("件条项篇份"))
_BODIES = frozenset("个家所")
_EXTREME = re.compile("最[长短高低多少快慢大小早晚]")
_SUM = re.compile("^(?:一|总|合)?共计?$|^[合总]计$")
_MOST_WHOLES = 2
# So many times what it should be an average can be by a misprint; else it is of something else.
_LOOSELY, _AT_MOST = 2, 5
_IN_TURN = re.compile("分别|依次")
# Behind a list: 平均97分, 五年年均72件.
_OF_LIST = re.compile(
    r"[,;](?:[\u4e00-\u9fff]{0,4}[次期场轮个季年月家项])?(?:总体|整体)?(?:平均(?:得分|成绩|分|值|数)?|(?P<time>[年季月])度?均)(?:约|为|达|是)*"
)
# What a list of years, quarters or months is told with.
_TIMES = {
    "年": r"[三四五六七八九十]年|20\d\d年.*20\d\d年|历年|各年|逐年",
    "季": "季度|各季",
    "月": r"[三四五六七八九十]个月|月份|[\d一二三四五六七八九十]月.*[\d一二三四五六七八九十]月|各月|逐月",
}
_FEWEST_LISTED = 3
_OVER_TIME = re.compile("[日天周月季年]度?均(?!衡)")
# By what a wrong unit (万 for 千) makes a number greater, and how far rounding takes it, as a part of it.
_POWERS, _ROUNDED = (10, 100, 1000, 10_000), Decimal("0.02")


def averages(mentions: Sequence[Mention]) -> Iterator[Sequence[Relation]]:
    """What each average can be of, the likeliest first.

    Args:
        mentions: of a stretch of text, in order.
    """
    for mention in mentions:
        each = (
            _EACH.search(mention.lead)
            if mention.is_count and ("均" in mention.lead or "每" in mention.lead)
            else None
        )
        if each is not None and (readings := _readings(mentions, mention, each)):
            yield readings
        elif each is None and (listed := _list_before(mentions, mention)):
            yield [Relation(RelationKind.AVERAGE, mention.index, tuple(one.index for one in listed))]


def _list_before(mentions: Sequence[Mention], average: Mention) -> Sequence[Mention]:
    """The list right in front of an average of its numbers; empty if there is none, or it is of other times.

    四个季度得分依次为96.5分、97分、95.5分和98分,平均96.75分 · 近三年分别为80件、99件、121件,年均100件.
    """
    told = _OF_LIST.fullmatch(average.gap) if average.is_count else None
    if told is None:
        return ()
    before = [one for one in earlier(mentions, average) if one.sentence == average.sentence]
    listed = _in_turn([one for one in before if one.quantity.unit == average.quantity.unit])
    is_beside = len(listed) >= _FEWEST_LISTED and listed[-1].index == average.index - 1
    if not is_beside or not all(one.is_count for one in listed) or not _is_between(average, listed):
        return ()
    time = told["time"]
    return listed if time is None or re.search(_TIMES[time], listed[0].before) else ()


def _is_between(average: Mention, listed: Sequence[Mention]) -> bool:
    """Whether an average is no more than so many times what it should be, and no less than such a part."""
    total = sum(Decimal(one.quantity.value) for one in listed)
    told = Decimal(average.quantity.value) * len(listed)
    return total <= _LOOSELY * told and told <= total * _LOOSELY


def _readings(mentions: Sequence[Mention], average: Mention, each: re.Match[str]) -> Sequence[Relation]:
    """What an average can be of, the likeliest first."""
    before = [one for one in earlier(mentions, average) if one.sentence == average.sentence]
    stated = [*before, *later(mentions, average)]
    # 第一轮31个、问题118个;第二轮31个、问题62个,平均2个: what no semicolon parts from it is meant.
    beside = [one for one in stated if not _is_parted(mentions, one, average)]
    for around in (beside, stated):
        if found := list(_of_counts([one for one in around if _can_be_counted(one, average)], average, each)):
            return found
    return []


def _is_parted(mentions: Sequence[Mention], one: Mention, average: Mention) -> bool:
    """Whether a semicolon stands between two numbers."""
    first, last = sorted((one.index, average.index))
    return any(";" in between.gap for between in mentions[first + 1 : last + 1])


def _can_be_counted(count: Mention, average: Mention) -> bool:
    """Whether an average can be of a number, which is no average itself, nor of each, nor in brackets."""
    return (
        count.is_count
        and count.depth <= average.depth
        and "每" not in count.lead
        # 账号由年初的46个减至38个
        and not phrase_book().compared["started"].search(count.lead)
        # 开设专栏14个,平均每个专栏120条,比上年的12个专栏增加2个
        and not phrase_book().compared["against"].search(count.gap)
        and not _EACH.search(count.lead)
        and not _OVER_TIME.search(count.lead)
    )


def _of_counts(counts: Sequence[Mention], average: Mention, each: re.Match[str]) -> Iterator[Relation]:
    """What an average can be of among some counts."""
    told = _numbers(counts, each)
    numbers = _of_all(told)
    if len(numbers) != 1:
        return
    (number,) = numbers
    in_turn = _in_turn([one for one in counts if is_alike(one, average)])
    if number.quantity.value == len(in_turn):
        # 3场,分别有25人、32人和27人,平均每场28人
        others = (*(one.index for one in in_turn), number.index)
        yield Relation(RelationKind.AVERAGE, average.index, others)
        return
    wholes = [one for one in counts if one is not number and _is_whole(one, average)]
    if len(wholes) > _MOST_WHOLES:
        wholes = list(_of_all(sorted(wholes, key=attrgetter("index"))))
    # Of many it may be another that the average is of.
    for whole in wholes if len(wholes) <= _MOST_WHOLES else ():
        if _is_near(whole, number, average, each) and not (each["body"] and _has_parts(counts, whole)):
            yield from _shared_out(average, whole, number, told)


def _shared_out(
    average: Mention, whole: Mention, number: Mention, told: Sequence[Mention]
) -> Iterator[Relation]:
    """An average of a whole over all, then over those right before it: 12批次,其中上半年8批次、检查160户."""
    yield Relation(RelationKind.AVERAGE, average.index, (whole.index, number.index))
    for part in told:
        if number.index < part.index == whole.index - 1:
            yield Relation(RelationKind.AVERAGE, average.index, (whole.index, part.index))


def _numbers(counts: Sequence[Mention], each: re.Match[str]) -> Sequence[Mention]:
    """The counts of what an average can be over, in order."""
    told = [one for one in counts if _is_number(one, each)]
    return sorted(_meant(told, each) or told, key=attrgetter("index"))


def _meant(told: Sequence[Mention], each: re.Match[str]) -> Sequence[Mention]:
    """Those of some counts that the words of an average mean; none if they don't tell."""
    # 30家,问题45个,平均每家1.5个: what is counted as the words say is meant.
    same = [one for one in told if one.quantity.unit == (each["each"] or each["per"] or each["one"])]
    # 34名工作人员,培训102人次,人均学时12小时: those that are counted, and not how often.
    same = same or [one for one in told if not (one.quantity.unit or "").endswith("次")]
    # 各镇街设置33个,平均每个镇街3个,11个镇街: what is called so right behind its unit.
    return [one for one in same if each["noun"] and one.behind.startswith(each["noun"])] or same


def _in_turn(wholes: Sequence[Mention]) -> Sequence[Mention]:
    """The list of which 分别 or the like says that it tells of each in turn; empty if there is none."""
    listed = sorted(wholes, key=attrgetter("index"))
    first = next((place for place, one in enumerate(listed) if _IN_TURN.search(one.gap)), None)
    if first is None:
        return ()
    end = first + 1
    while end < len(listed) and listed[end].index == listed[end - 1].index + 1 and is_next(listed[end]):
        end += 1
    return listed[first:end]


def _is_near(whole: Mention, number: Mention, average: Mention, each: re.Match[str]) -> bool:
    """Whether an average is no more than so many times what two counts give, and no less than such a part."""
    # 每期约80人,我局参训95人 · 26个领域事项1,024项,11个街道平均认领212项
    most = _LOOSELY if each["one"] or each["body"] else _AT_MOST
    shared = _amount(whole)
    told = _amount(average) * number.quantity.value
    if shared <= most * told and told <= most * shared:
        return True
    if not each["each"] and average.quantity.unit not in MONEY:
        return False
    # 240条,播放1.2亿次,平均每条500万次: right, but for its unit.
    return any(_agree(shared * power, told) or _agree(shared, told * power) for power in _POWERS)


def _has_parts(counts: Sequence[Mention], whole: Mention) -> bool:
    """Whether parts of a whole stand behind it: 1,058期,其中镇级98期,平均每村40期 is of the others."""
    return any(one.index == whole.index + 1 and "其中" in one.gap for one in counts)


def _agree(one: Decimal, other: Decimal) -> bool:
    """Whether two amounts are the same, but for their rounding."""
    return abs(one - other) <= max(one, other) * _ROUNDED


def _amount(count: Mention) -> Decimal:
    """What a number counts, money in yuan."""
    return Decimal(count.quantity.value) * MONEY.get(count.quantity.unit or "", 1)


def _of_all(numbers: Sequence[Mention]) -> Sequence[Mention]:
    """Of several numbers the one that the others are parts of: 9场,其中区级3场、镇街6场 · 3场、8场,共11场."""
    if len(numbers) > 1 and "其中" in numbers[1].gap:
        return numbers[:1]
    return [one for one in numbers if _SUM.search(one.lead)] or numbers


def _is_whole(count: Mention, average: Mention) -> bool:
    """Whether a count can be what is shared out; the longest of some times isn't."""
    is_less = _amount(count) < _amount(average)
    is_counted_so = is_comparable(count, average)
    # 60家次,平均每次15家
    is_counted_so |= count.quantity.unit == f"{average.quantity.unit}次"
    return is_counted_so and not is_less and _EXTREME.search(count.lead) is None


def _is_number(count: Mention, each: re.Match[str]) -> bool:
    """Whether a count is of those that an average is over."""
    if each["body"]:
        return count.quantity.unit in _BODIES and each["body"] in count.lead + count.behind
    unit = each["each"] or each["per"] or each["one"][0]
    printed = count.quantity.unit or ""
    # 5个批次,平均每批224户
    # 抽查96批次,平均每批次20户
    is_other = printed not in (unit, f"{unit}次") and not any({printed, unit} <= same for same in _SAME)
    if is_other and not (printed == "个" and count.behind.startswith(unit)):
        return False
    # 平均每个部门: the things counted must be these.
    return unit != "个" or each["noun"] in count.lead + count.behind
