"""The numbers of a sentence that count or measure something: value, unit, how exactly they are meant.

Years, dates, ordinals, numbers of articles, documents, telephones and streets count nothing, and neither
do the numerals inside set phrases (三审三校, 一网通办).
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from decimal import Decimal
from itertools import chain, islice
from typing import NamedTuple

from extractor.result.narrative import Approximation, Measure
from extractor.text.numerals import CHINESE, value_of

_COMPOUND = (
    "个百分点 百分点 人次 件次 轮次 站次 篇次 场次 户次 批次 条次 家次 班次 台次 点击量次 "
    "个工作日 工作日 个小时 小时 学时 课时 分钟 公里 千米 平方米 平方公里 立方米 公斤 公顷 万元 亿元 千元 元"
)
_SIMPLE = "条件项份次个篇场期人名家宗起例位张幅种类处所台套辆批则户册本部间"
_RARE = "座栋字天倍级版页块组支只门对款岁亩吨米秒辑集幢通封卷课讲轮问"
# 92.5分 of an assessment; 分别 and 分类 are words of their own.
_POINTS = (
    r"分(?=[,。;、)!?\n]|$|[和与及]\d|提[高升]|[高低上增升降跌]|下降|回落|减少|[,(]|以上|左右|的|相差|差距)"
)
# 8,640单 are orders; 单位 and 单项 are words of their own.
_ORDERS = "单(?=[,。;、)(!?\n]|$|的|以上|左右)"
_UNIT = "|".join([*_COMPOUND.split(), f"[{_SIMPLE}{_RARE}]", _POINTS, _ORDERS])
# An expression that begins with a set of characters, and with no choice, skips the rest of a text quickly.
_NUMBER = r"\d(?:\d{0,2}(?:,\d{3})+|\d*)(?:\.\d+)?"
_PERCENT = re.compile(r"%|个?百分(?P<points>点)")
_SIGNS = frozenset("%个百")
# A count in a list that lost its unit, between two that have it: 公开966件;部分公开67;不予公开81件.
_LOST = re.compile(
    r"(?<=[件条项])(?P<mark>[;,、])[\u4e00-\u9fff]{2,12}(?P<number>[1-9]\d{0,5}|0)"
    r"(?=(?P=mark)[\u4e00-\u9fff]{2,16}\d{1,6}(?P<unit>[件条项]))"
)
# The last of a list that did is known by the outcomes of the form.
_LAST_LOST = re.compile(
    r"(?P<unit>[件条项])[;,、](?:予以公开|部分公开|不予公开|无法提供|不予处理|其他处理)(?:的)?(?P<number>[1-9]\d{0,5}|0)"
    r"(?=[。;\n]|$)"
)
# 制发件数为3: what is counted stands in front of the number.
_OF_NUMBER = re.compile(
    r"(?P<unit>[件条项篇场期次人])数(?:量)?(?:为|是|:)(?P<number>[1-9]\d{0,5}|0)(?=[,;。、)\n]|$)"
)
# Those of a list that state it behind the last only: 分别为68、72、110和50人次.
_SHARED = re.compile(
    rf"(?:分别|依次)[\u4e00-\u9fff]{{0,6}}(?<!第)(?P<numbers>{_NUMBER}(?:、{_NUMBER})*)"
    rf"(?=(?:、|和|及|与|以及){_NUMBER}(?P<unit>{_UNIT}))"
)
_ONE = re.compile(_NUMBER)
# 第20、21和22条
_ORDINAL, _ORDINAL_MARKS = re.compile(r"第[\d、和及至]*$"), frozenset("第、和及至")
_LONGEST_ORDINAL = 12
_NO_COUNT = re.compile(r"第|编号|电话|邮编|年|月|号")
_PERCENT_IN_WORDS = re.compile(rf"百分之(?P<number>[{CHINESE}]+(?:点[{CHINESE}]+)?|{_NUMBER})")
_ARABIC = re.compile(
    rf"(?P<number>{_NUMBER}(?:[十百千万亿](?!元)){{0,2}})"
    rf"(?P<more>[余多几]|\+)?(?P<scale>[万亿](?=[^元]))?(?P<unit>{_UNIT})?"
)
# A numeral begins where no other stands before it: in a long run of them, one start is tried, and not each.
_HAN = re.compile(
    rf"(?P<number>[{CHINESE}](?<![{CHINESE}]{{2}})[{CHINESE}]*)(?P<more>[余多])?(?P<scale>[万亿])?(?P<unit>{_UNIT})"
)
# The free text of the longest report seen states a tenth as many numbers; each takes a kilobyte and more.
MOST = 10_000
# What a number is a piece of when it stands right behind it.
_BLANKS = frozenset(" \n")
_LETTERS = frozenset(string.ascii_letters + string.digits)
_GLUED = _LETTERS | frozenset(".+-/_[=&@#×")
# 三点五 is one number, and 要点一份 states one.
_IN_FRONT_OF_PIECE = re.compile(rf"[A-Za-z0-9第{CHINESE}]$|[{CHINESE}\d]点$")
# Of 翻一番还多 nothing follows.
_DOUBLED = re.compile(r"翻了?(?P<number>[一二两三四])番(?!还?多|以上|有余)")
# 实现翻番; 八成以上为自然人, 增长三成.
_DOUBLED_ONCE = re.compile(r"翻(?P<number>番)")
_IN_TENTHS = re.compile(
    r"(?<![零〇一二两三四五六七八九十百千万亿第\d])(?P<number>[一二两三四五六七八九])成(?P<decimal>[一二三四五六七八九半])?"
    r"(?=以上|多|左右|[,。;、)!?\n]|$|的|为|是|信息|申请|来自|由|通过|涉及|属|以?下)"
)
# 四分之一 is two and a half tenths.
_FRACTION = re.compile(
    r"(?P<whole>[二三四五六七八九十])分之(?P<part>[一二两三四五六七八九])(?=[,。;、()!?\n的]|$|以上|左右|为|是|即)"
)
# 增加一半, 占一半以上
_HALF = re.compile(
    r"(?<=[加长少降减升占半了近约过的])(?P<part>一半)(?=[,。;、)!?\n的]|$|以上|左右|多)|(?<=减)半(?=[,。;)!?\n]|$)"
)
_CALENDAR = re.compile(r"年|月|日|[号届]|时(?![候])|点(?!击)")
# What a Chinese numeral and its unit must stand behind, or be followed by, to state a figure.
_STATES = re.compile(
    r"(?:[共计达为有了]|全年|年内|收到|受理|接收|办理|办结|答复|处理|召开|举办|开展|组织|印发|发布|公开|制定|制发|出台|新增|完成|"
    r"配备|安排|发放|拨付|巡查|督查|抽查|走访|观摩|测评|宣讲|分[为成]|设立|建立|建成|报送|编发|刊发|开通|关停|注销|接待|回复|回应|解读|培训|检查|复议|诉讼|申请|维持|"
    r"纠正|结转|公布|撤销|责令|驳回|会议|活动|讲座|通报|半年|季度|增加|减少|超过?|近|约|逾|余)$"
)
_COUNTED = re.compile(
    r"(?:文件|信息|材料|建议|提案|专栏|报告|案件|留言|稿件|事项|公报|账号|指南|目录|会|班|直播)$"
)
_APPOINTS = re.compile(r"(?:明确|配备|指定|确定|安排|设立|抽调)$")
_CLOSES = re.compile(
    r"[,。;、)!?\n]|$|以上|左右|[和及与或]|,|增[加长至到]|减少|[上下][升涨降跌]|下降|提[高升]|扩[大展]|(?:[升降涨跌减回扩跃]|攀升|发展)[至到]|变[为成]"
)
# 日均受理0.33件
_AVERAGED = re.compile(
    r"(?:(?:[日天月周人户]均|平均)[^,;。:\n\d]{0,6}|每(?:十万|百万|[百千万])[件人名户条份个][^,;。:\n\d]{0,12})$"
)
_BEFORE_ORDINAL = re.compile(r"(?:^|[\n。;:])[(]?$")
_COUNTABLE = frozenset(_SIMPLE + _RARE) - set("倍元吨米秒亩天级")
_DOUBLES = 2
_FIVE = 5
# 二十三个部门 states a number; 十四五期末 doesn't.
_LONG_NUMERAL = re.compile(r"(?!十[一二三四]五$)(?=.*[十百千]).{2,}")
# 其中20个工作日内答复107件 says how many were answered in time.
_TIME = frozenset({"个工作日", "工作日", "天", "个小时", "小时"})
_DEADLINE = re.compile("[之以]?内(?=[办答回处完公反])")
_OF_DEADLINE = re.compile(r"(?:其中|[在于]|法定|[,;:、(。\n]|^)$")
# 三项之和 counts what was listed.
_OF_LIST = re.compile(r"之和|[合总共]计|相加|加总|总和")
# 维持六件、纠正一件
_IN_LIST = re.compile(r"[、和及][\u4e00-\u9fff]{1,10}$")
_NEXT = re.compile(r",[\u4e00-\u9fff]{1,10}")
_NUMERALS = frozenset(CHINESE)
# 二十三个部门、七个街道
_LISTED_UNITS = frozenset("个家")
# What says how large a number is, and no more.
_ROUND_NUMERALS = frozenset("百千万亿零〇")


class Quantity(NamedTuple):
    """A number in folded text.

    Attributes:
        start, end: the number itself.
        after: where its unit and words like 余 end.
        value, unit, approximation: as a claim has them.
        measure: ``count``, ``share`` (any percentage), ``points``, ``multiple`` or ``tenths``.
        other_unit: the second of two units that are printed: 158个(篇).
    """

    start: int
    end: int
    after: int
    value: int | Decimal
    unit: str | None
    approximation: Approximation
    measure: Measure
    other_unit: str | None = None


def quantities(text: str) -> tuple[Quantity, ...]:
    """The quantities of a folded text, in order; of more than :data:`MOST`, only so many that this shows.

    Args:
        text: folded (see :mod:`extractor.narrative.text.prose`).
    """
    found: dict[int, Quantity] = {}
    taken = 0
    every = chain(
        _arabic(text), _in_words(text), _chinese(text), _without_unit(text), _with_shared_unit(text)
    )
    for one in sorted(islice(every, 4 * (MOST + 1)), key=lambda q: (q.start, -q.after)):
        if one.start >= taken:
            found[one.start] = one
            taken = one.after
    return tuple(found.values())


def _without_unit(text: str) -> Iterator[Quantity]:
    """Numbers whose unit stands in front of them, or beside their neighbours in a list."""
    for pattern in (_LOST, _LAST_LOST, _OF_NUMBER):
        for match in pattern.finditer(text):
            start, end = match.span("number")
            unit = match["unit"]
            if not _NO_COUNT.search(match[0]):
                yield Quantity(
                    start, end, end, int(match["number"]), unit, Approximation.EXACT, Measure.COUNT
                )


def _with_shared_unit(text: str) -> Iterator[Quantity]:
    """The items of a list of which only the last states the unit of all."""
    for match in _SHARED.finditer(text) if "分别" in text or "依次" in text else ():
        for one in _ONE.finditer(text, *match.span("numbers")):
            value = value_of(one[0])
            if value is not None:
                yield Quantity(
                    one.start(),
                    one.end(),
                    one.end(),
                    value,
                    match["unit"],
                    Approximation.EXACT,
                    Measure.COUNT,
                )


def _in_words(text: str) -> Iterator[Quantity]:
    """Percentages and doublings in words: 百分之五, 翻一番."""
    for match in _PERCENT_IN_WORDS.finditer(text):
        yield from _percentage(text, match["number"], match.start("number"), match.end(), is_points=False)
    if "成" in text:
        yield from _in_tenths(text)
    if "分之" in text:
        yield from _fractions(text)
    if "一半" in text or "减半" in text:
        yield from _halves(text)
    for match in _DOUBLED_ONCE.finditer(text) if "番" in text else ():
        start, end = match.span("number")
        yield Quantity(start, end, end, _DOUBLES, "番", Approximation.EXACT, Measure.MULTIPLE)
    for match in _DOUBLED.finditer(text) if "番" in text else ():
        times = value_of(match["number"])
        if isinstance(times, int):
            start, end = match.span("number")
            yield Quantity(
                start, end, match.end(), _DOUBLES**times, "番", Approximation.EXACT, Measure.MULTIPLE
            )


def _in_tenths(text: str) -> Iterator[Quantity]:
    """Shares and growths in tenths: 八成以上, 三成."""
    for match in _IN_TENTHS.finditer(text):
        value = value_of(match["number"])
        if value is not None:
            start, end = match.span("number")
            if match["decimal"]:
                # 七成五 is 75 %.
                value += Decimal(_FIVE if match["decimal"] == "半" else value_of(match["decimal"]) or 0) / 10
            approximation = _approximation(
                text, start, end, match.end(), more=text.startswith("多", match.end())
            )
            yield Quantity(start, end, match.end(), value, "成", approximation, Measure.TENTHS)


def _fractions(text: str) -> Iterator[Quantity]:
    """Shares as fractions, in tenths: 四分之一."""
    for match in _FRACTION.finditer(text):
        part, whole = value_of(match["part"]), value_of(match["whole"])
        if part is not None and whole is not None and part < whole:
            value = (Decimal(part) * 10 / Decimal(whole)).quantize(Decimal("0.01")).normalize()
            start, end = match.span()
            yield Quantity(
                start, end, end, value, "成", _approximation(text, start, end, end), Measure.TENTHS
            )


def _halves(text: str) -> Iterator[Quantity]:
    """Shares and changes of a half, in tenths: 增加一半."""
    for match in _HALF.finditer(text):
        start, end = match.span()
        approximation = _approximation(text, start, end, end, more=text.startswith("多", end))
        yield Quantity(start, end, end, _FIVE, "成", approximation, Measure.TENTHS)


def _percentage(text: str, printed: str, start: int, after: int, *, is_points: bool) -> Iterator[Quantity]:
    value = value_of(printed)
    if value is not None:
        end = start + len(printed)
        measure, unit = (Measure.POINTS, "个百分点") if is_points else (Measure.SHARE, "%")
        yield Quantity(start, end, after, value, unit, _approximation(text, start, end, after), measure)


def _arabic(text: str) -> Iterator[Quantity]:
    """Quantities in digits: percentages, and numbers with a unit or, in ten thousands, without."""
    for match in _ARABIC.finditer(text):
        start, end = match.span("number")
        sign = _PERCENT.match(text, end) if text[end : end + 1] in _SIGNS else None
        if sign is not None or text.startswith("%", match.end()):
            if sign is not None and match["number"][-1].isdigit():
                is_points = sign["points"] is not None
                yield from _percentage(text, match["number"], start, sign.end(), is_points=is_points)
        elif not _is_piece(text, start) and _counts(text, match):
            yield from _counted(text, match)


def _is_piece(text: str, start: int) -> bool:
    """Whether what begins here is the rest of something longer.

    3 0 may be 30, or not: a number that only a blank parts from another is none.
    """
    before = text[start - 1 : start]
    return before in _GLUED or (before in _BLANKS and text[start - 2 : start - 1].isdigit())


def _counts(text: str, match: re.Match[str]) -> bool:
    """Whether a number in digits counts something, and is no year, date, or ordinal."""
    if match["unit"] is None and not _stands_for_itself(text, match):
        return False
    start, end = match.span("number")
    if match["unit"] in _TIME and _DEADLINE.match(text, match.end()) and _OF_DEADLINE.search(text, 0, start):
        return False
    is_ordinal = text[start - 1 : start] in _ORDINAL_MARKS and _ORDINAL.search(
        text, max(0, start - _LONGEST_ORDINAL), start
    )
    return not is_ordinal and _CALENDAR.match(text, end) is None


def _counted(text: str, match: re.Match[str]) -> Iterator[Quantity]:
    """The quantity of a number in digits with what stands behind it; none if it isn't clear."""
    (start, end), unit, printed = match.span("number"), match["unit"], match["number"]
    is_fraction = "." in printed and unit in _COUNTABLE and printed[-1].isdigit()
    if is_fraction and not _AVERAGED.search(text, max(0, start - 16), start):
        # 1.3件 at the beginning of a line is the third of a list, or three of the first item.
        if not _BEFORE_ORDINAL.search(text[max(0, start - 3) : start]):
            return
        ordinal, _, printed = printed.partition(".")
        start += len(ordinal) + 1
    if match["scale"]:
        end = match.end("scale")
        printed = text[start:end].translate(_WITHOUT_MORE)
    value = value_of(printed)
    if value is not None:
        approximation = _approximation(text, start, end, match.end(), more=bool(match["more"]))
        other = (
            _OTHER_UNIT.match(text, match.end()) if text[match.end() : match.end() + 1] in _OPENS else None
        )
        after, other_unit = (match.end(), None) if other is None else (other.end(), other[1] or other[2])
        yield Quantity(start, end, after, value, unit, approximation, _measure(unit), other_unit)


def _measure(unit: str | None) -> Measure:
    return Measure.MULTIPLE if unit == "倍" else Measure.COUNT


_WITHOUT_MORE = str.maketrans("", "", "余多几+")


def _stands_for_itself(text: str, match: re.Match[str]) -> bool:
    """Whether a number without a unit is told to be one: 浏览量达14.2万."""
    if match["number"][-1] not in "万亿" and not match["scale"]:
        return False
    return text.startswith("的", match.end()) or _CLOSES.match(text, match.end()) is not None


def _chinese(text: str) -> Iterator[Quantity]:
    """Quantities in Chinese numerals, where the words around them say that they are figures."""
    for match in _HAN.finditer(text):
        start, end = match.span("number")
        if _IN_FRONT_OF_PIECE.search(text, max(0, start - 2), start) or _is_phrase(match):
            continue
        value = value_of(match["number"])
        if value is not None and _is_stated(text, match, value):
            approximation = _approximation(text, start, end, match.end(), more=bool(match["more"]))
            unit = match["unit"]
            yield Quantity(start, end, match.end(), value, unit, approximation, _measure(unit))


def _is_phrase(match: re.Match[str]) -> bool:
    """Whether a numeral and its unit are a set phrase: 三级联动, 百件."""
    return match["number"] in _ROUND_NUMERALS or match["unit"] in "级天"


def _is_stated(text: str, match: re.Match[str], value: int | Decimal) -> bool:
    """Whether the words before a numeral, and what follows, state it as a figure."""
    if _OF_LIST.match(text, match.end()):
        return False
    start = match.start("number")
    before = (max(0, start - 2), start)
    is_closed = _CLOSES.match(text, match.end()) is not None
    if _is_figure(text, match) or _is_listed(text, match, is_closed=is_closed):
        return True
    return ((is_closed or value > 1) and _STATES.search(text, *before) is not None) or (
        is_closed and (bool(match["more"]) or _COUNTED.search(text, *before) is not None)
    )


def _is_figure(text: str, match: re.Match[str]) -> bool:
    """Whether a numeral and its unit alone say that it is a figure: 二十三个部门, 三名, 两倍."""
    start, unit = match.start("number"), match["unit"]
    # 一名工作人员 is who does it; 明确一名 states how many.
    if unit == "名" and match["number"] != "一":
        return text[start - 1 : start] != "前"
    if unit in "名人" and _APPOINTS.search(text, max(0, start - 2), start):
        return True
    return unit == "倍" or _LONG_NUMERAL.fullmatch(match["number"]) is not None


def _is_listed(text: str, match: re.Match[str], *, is_closed: bool) -> bool:
    """Whether a numeral is one of a list: 七个街道、八个镇, 维持六件、纠正一件."""
    start, unit = match.start("number"), match["unit"]
    if text.startswith("、", match.end()) and unit in _COUNTABLE:
        return True
    if text[start - 1 : start] == "、":
        return is_closed or unit in _LISTED_UNITS
    if not is_closed:
        return False
    # 十二场,其中区级八场: what is counted in words goes on in words.
    behind = text.rfind(unit, max(0, start - 16), start)
    is_next = text[behind - 1 : behind] in _NUMERALS and _NEXT.fullmatch(text, behind + len(unit), start)
    return bool(is_next) or _IN_LIST.search(text, max(0, start - 11), start) is not None


# 158个(篇), 24场/次
_OTHER_UNIT = re.compile(rf"[(]([{_SIMPLE}])[)]|/([{_SIMPLE}])")
_OPENS = frozenset("(/")
_MYRIADS = frozenset("万亿")
_BEHIND = re.compile(r"(?:人次?|元|个|条|件|次)?(?P<least>以上|余)|(?<=倍)(?P<more>有余|多)|左右|上下|以内")
_IN_FRONT = re.compile(
    r"(?:(?P<about>近|(?<!节)约|将近|接近|大概|不足|不到|不超过|至多)|(?P<least>超过|超|逾|不少于|至少|不低于|突破))$"
)


_RANGE = re.compile(r"\d[至到~-]$")
_ENDS_IN_FRONT, _BEGINS_BEHIND = frozenset("近约概足到过多超逾于少破"), frozenset("人元个条件次以余左上有多")


def _approximation(text: str, start: int, end: int, after: int, *, more: bool = False) -> Approximation:
    if more:
        return Approximation.AT_LEAST
    if text[end - 1] in _MYRIADS:
        # 14.2万 is rounded.
        return Approximation.ABOUT
    # A look at one character spares most searches.
    in_front = None
    if text[start - 1 : start] in _ENDS_IN_FRONT:
        in_front = _IN_FRONT.search(text, max(0, start - 4), start)
    if _RANGE.search(text, max(0, start - 2), start):
        # 10至15家 is any of these.
        return Approximation.ABOUT
    if in_front is not None:
        return Approximation.ABOUT if in_front["about"] else Approximation.AT_LEAST
    behind = _BEHIND.match(text, after) if text[after : after + 1] in _BEGINS_BEHIND else None
    if behind is not None:
        return Approximation.AT_LEAST if behind["least"] or behind["more"] else Approximation.ABOUT
    return Approximation.EXACT
