"""Titles of sections: what on a page is one, and which section of the official form it names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import NamedTuple

from extractor.text.folding import BLANK, INVISIBLE, fold_label, label_key

# Browsers' PDFs hold Kangxi radicals for some ordinals.
_HAN_DIGITS = "一二三四五六七八九十⼀⼆⼋⼗"
_GAP = rf"[{BLANK}{INVISIBLE}]*+"
# What may stand before a title on its line or in its cell: blanks, and the marks of Markdown.
_LEAD = rf"[{BLANK}{INVISIBLE}#*>\r]*+"
_HAN_ORDINAL = (
    rf"(?:第{_GAP}(?P<part>[{_HAN_DIGITS}]{{1,2}}){_GAP}(?:部分|章)|(?P<han>[{_HAN_DIGITS}]{{1,3}}))"
    rf"{_GAP}[、.．,，：:﹑]?+"
)
_NUMBERED = re.compile(rf"(?P<lead>{_LEAD})(?P<ordinal>{_HAN_ORDINAL}){_GAP}(?=[^\s|是])")
# In another line or cell than the first. To look for a set of characters is many times as fast as for (?m)^.
_NUMBERED_FURTHER = re.compile(rf"[\n|\t]{_NUMBERED.pattern}")
_OTHER_ORDINAL = re.compile(
    rf"{_LEAD}(?:{_HAN_ORDINAL}|[(（]{_GAP}[{_HAN_DIGITS}\d]{{1,3}}{_GAP}[)）]|\d{{1,2}}[、.．])?{_GAP}"
)
_ORDINAL_INSIDE = re.compile(rf"(?:^|[{BLANK}。！？）)\d|])(?P<ordinal>[{_HAN_DIGITS}]{{1,2}}[、.．]){_GAP}$")

# Words that the titles of all sections may have, and that tell nothing of which section it is.
_COMMON = (
    r"(?:20\d\d年度?|本年度?|年度|全[省市县区州旗镇]|[本我](?:机关|单位|[省市县区州旗镇乡局委办厅])"
    r"|街道|行政机关"
    r"|政府信息公开|政务公开|政府信息|工作|开展|的)*+"
)
_AND = "(?:及其?|和|与|以及)?"
_PROBLEMS_AND_MORE = rf"问题{_AND}(?:下一步)?(?:工作)?(?:的)?(?:整改|改进|改善)"
# The titles of the form and what differs from them by a word, as keys of labels.
_FORMAL = {
    "1": rf"{_COMMON}(?:总体|整体)(?:情况|概况)",
    "2": rf"{_COMMON}主动公开政府信息(?:的|工作)*情况|政府信息主动公开情况",
    "3": rf"{_COMMON}(?:收到|受理){_AND}(?:处理|办理|答复)的?政府信息公开申请(?:的|工作)*(?:情况)?",
    "4": rf"因?{_COMMON}(?:被申请|被提起|引起的?|提起的?)?行政复议{_AND}(?:被?提起的?)?行政诉讼的?情况",
    "5": rf"{_COMMON}(?:中|仍)*存在的?(?:主要|突出)?的?{_PROBLEMS_AND_MORE}(?:工作)?(?:情况|措施)?",
    "6": r"(?:本机关)?(?:认为)?其[他它](?:需要?|须|应当?|应予)报告的?(?:其[他它])?(?:事项|情况)",
}
_HANDLED = "(?:收到|受理|接受|办理|处理|答复|及|和|与)"
# How pages word them where a Chinese ordinal stands before them.
_WORDED = {
    "6": r".{0,8}(?:其[他它].{0,4}(?:报告|说明|公布)|(?:需要?|须|应)(?:报告|说明|公布)的其[他它])"
    r".{0,3}(?:事项|情况|问题|内容)|其[他它](?:事项|情况)",
    "5": r".{0,24}(?:问题|不足|困难)(?:(?:[及和与以]|下一步|今后|改进|整改).{0,16})?"
    r"|.{0,16}(?:改进|整改)(?:情况|措施|工作|意见)|.{0,10}(?:下一步|今后|下阶段).{0,20}",
    "4": r".{0,24}(?:复议|诉讼).{0,16}情况(?:统计表?)?",
    "3": rf"(?:{_COMMON}{_HANDLED})*{_COMMON}(?:依|公开)?申请"
    rf"(?:公开|政府信息|工作|的|{_HANDLED})*(?:情况|方面)?",
    "2": rf"{_COMMON}主动公开{_COMMON}(?:情况|方面)?",
    "1": rf"{_COMMON}(?:(?:总体|整体|基本|总的|工作)(?:工作)?(?:情况|概况)|情况|概述|概况|综述)",
}


def _any_of(titles: Mapping[str, str]) -> re.Pattern[str]:
    """One expression for all, the first first; the group that matches is the number behind an underscore."""
    return re.compile("|".join(f"(?P<_{number}>{words})" for number, words in titles.items()))


_FORMAL_TITLES, _WORDED_TITLES = _any_of(_FORMAL), _any_of(_WORDED)
# What every formal title holds, and few other words do.
_FORMAL_CORE = re.compile(
    r"(?:总体|整体)(?:情况|概况)|主动公开政府信息|政府信息主动公开|政府信息公开申请|行政复议"
    r"|存在的?(?:主要|突出)?的?问题|其[他它](?:需|须|应)"
)
# A title that isn't the form's is short, one phrase, and ends in a noun of titles.
_OWN_TITLE = re.compile(
    r"\D{0,30}(?:情况|概况|概述|事项|方面|问题|措施|打算|工作|计划|不足|安排|表|数据|统计|说明|公开|附件"
    r"|成效|亮点|特色|做法|建设|保障|管理|解读|回应|建议)"
)
# Rows of table 3 that begin with an ordinal as titles do.
_ROW = re.compile(r"本年新收|上年度?结转|本年度?办理|结转下")
# Rows of the table of 2014 are worded as the titles of that time.
_OLD_TABLE = re.compile(r"统[ ]?计[ ]?指[ ]?标")
_END = re.compile(r"[\n\r|\t]")
# Where a title can end before its line does: at a stop, at leaders and at blanks.
_STOP = re.compile(r"[。：:；;！…]|\.\.|··|(?<=[况项述])(?=20\d\d)")
_BLANK = re.compile(rf"[{BLANK}]")
_TRAILING_WORDS = re.compile(r"(?:(?:统计|一览|见下?)?表|(?:具体)?如下表?|见下)$")
_TRAILING_NOTE = re.compile(rf"[{BLANK}]*[（(][^（()）]*[)）]?[{BLANK}]*$")
_LONGEST = 60
# Reports have some fifty places that could be titles; what has more than this is none.
_MOST = 2000


class Title(NamedTuple):
    """What can be the title of a section.

    Attributes:
        start: where its line or its cell begins.
        first, end: the title itself, with its ordinal.
        ordinal: the page's own number, if that is a Chinese one without brackets; else 0.
        number: the section of the form that it names; empty if it names none.
        is_lesser: its ordinal is of the kind that sub-headings have: (一), 1.
    """

    start: int
    first: int
    end: int
    ordinal: int
    number: str
    is_lesser: bool = False


def numbered_titles(text: str) -> Iterator[Title]:
    """Lines and cells that begin with a Chinese ordinal and are worded as titles; tables' rows aren't."""
    old_table = _OLD_TABLE.search(text)
    at_start = _NUMBERED.match(text)
    further = _NUMBERED_FURTHER.finditer(text)
    for match in islice(chain([at_start] if at_start else [], further), _MOST):
        ends = list(_ends(text, match.end()))
        is_separated = match["ordinal"][-1] not in _HAN_DIGITS + BLANK
        end, number = _worded(text, match.end(), ends, _WORDED_TITLES if is_separated else _FORMAL_TITLES)
        if number and old_table is not None and match.start("lead") > old_table.start():
            # Only what no row of that table is called.
            end, number = _worded(text, match.end(), ends, _FORMAL_TITLES)
        if not number:
            if not is_separated or not _is_own_title(text[match.end() : ends[0]]):
                continue
            end = ends[0]
        ordinal = _value(match["part"] or match["han"])
        yield Title(
            match.start("lead"), match.start("ordinal"), _trimmed(text, match.end(), end), ordinal, number
        )


def other_titles(text: str) -> Iterator[Title]:
    """The form's titles that stand without a Chinese ordinal, or with one in the middle of a line."""
    for core in islice(_FORMAL_CORE.finditer(text), _MOST):
        cell = max(text.rfind(mark, max(0, core.start() - _LONGEST), core.start()) for mark in "\n|\t") + 1
        if cell == 0 and core.start() > _LONGEST:
            cell = core.start() - _LONGEST
        own = _OTHER_ORDINAL.match(text, cell)
        first = own.end() if own is not None else cell
        if first <= core.start():
            end, number = _worded(text, first, list(_ends(text, first)), _FORMAL_TITLES)
            if number and end >= core.end():
                printed = text[cell:first].lstrip(BLANK + INVISIBLE + "#*>\r")
                yield Title(cell, first - len(printed), end, 0, number, is_lesser=bool(printed))
                continue
        yield from _inside(text, cell, core)


def _inside(text: str, cell: int, core: re.Match[str]) -> Iterator[Title]:
    """A title in the middle of a line, which only an ordinal tells."""
    for start in range(core.start(), cell, -1):
        if text[start - 1] in "、.．" + BLANK and (
            ordinal := _ORDINAL_INSIDE.search(text, max(cell - 1, start - 8, 0), start)
        ):
            end, number = _worded(text, start, list(_ends(text, start)), _FORMAL_TITLES)
            if number:
                first = ordinal.start("ordinal")
                yield Title(first, first, end, _value(ordinal["ordinal"][:-1]), number)
            return


def _worded(text: str, start: int, ends: Sequence[int], titles: re.Pattern[str]) -> tuple[int, str]:
    """Where a title ends that begins here, and its number; the number is empty if there is none."""
    for end in ends:
        piece = text[start:end]
        for words in dict.fromkeys((piece, _TRAILING_NOTE.sub("", piece))):
            key = label_key(fold_label(words))
            if not key or _ROW.match(key):
                break
            if any(mark in piece for mark in "，,") and titles is _WORDED_TITLES:
                break
            key = _TRAILING_WORDS.sub("", key)
            title = titles.fullmatch(key)
            if title is not None and title.lastgroup is not None:
                return _trimmed(text, start, start + len(words)), title.lastgroup.removeprefix("_")
    return ends[0], ""


def _ends(text: str, start: int) -> Iterator[int]:
    """Where a title can end that begins here: with its cell, at a stop, or one line further down."""
    limit = min(len(text), start + _LONGEST)
    cell = _END.search(text, start, limit)
    end = cell.start() if cell is not None else limit
    yield end
    for place in (_STOP.search(text, start, end), _BLANK.search(text, start, end)):
        if place is not None:
            yield place.start()
    if cell is not None and cell[0] in "\r\n" and not _NUMBERED.match(text, cell.start() + 1):
        further = _END.search(text, cell.end() + 1, limit)
        yield further.start() if further is not None else limit


def _trimmed(text: str, start: int, end: int) -> int:
    """The end of a title without the blanks and marks after its words."""
    return start + len(text[start:end].rstrip(BLANK + INVISIBLE + "*#\r\n：:。"))


def _is_own_title(words: str) -> bool:
    """Whether words after an ordinal are a title of the page's own."""
    key = label_key(fold_label(words))
    if any(mark in words for mark in "，,。；;：:") or _ROW.match(key):
        return False
    return len(key) <= _LONGEST // 2 and _OWN_TITLE.fullmatch(key) is not None


def _value(han: str) -> int:
    """一 to 十九 as a number."""
    digits = fold_label(han)
    tens, ten, ones = digits.rpartition("十")
    if not ten:
        return _digit(digits[-1])
    return 10 * (_digit(tens) if tens else 1) + (_digit(ones) if ones else 0)


def _digit(han: str) -> int:
    """一 to 九 as a number; 0 for anything else."""
    return "一二三四五六七八九".find(han) + 1
