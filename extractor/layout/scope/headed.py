"""Lines that head all tables below them: an annex, a version, a year, another report's title.

A table's own heading stands below such a line, so that what stands right above the table says nothing:
附件：2022年统计表, 二、主动公开政府信息情况, the table. What such a line says holds down to the next one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum, auto
from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple

from extractor.layout.scope.captions import TablePlace
from extractor.layout.scope.disowned import HEADING
from extractor.layout.words.other_year import (
    is_year_of_title,
    mentions_of_years,
    tells_another_year,
    years_of_caption,
)
from extractor.layout.words.scopes import (
    DISOWNING,
    PART_OF_A_YEAR,
    bracketed,
    is_nothing_but_a_part_of_a_year,
    is_nothing_but_the_whole_year,
    is_of_another_scope,
    says_another_scope,
)
from extractor.layout.words.spelling import as_read

# What parts cells of a line, and what stands around the words of a heading: marks of Markdown, brackets.
_AROUND = " \t\r　|｜#*＊【】《》〈〉[]—-=－:："
_ANNEX = re.compile(
    r"附(?:件|表|录)?\s?(?:[一二三四五六七八九十]|\d{1,2}(?!\d))?\s?(?:[:：、.．]\s*|(?=[《〈（(\d])|$)"
)
_A_FILE = re.compile(r"\.(?:docx?|xlsx?|pdf|wps|et|ofd|zip|rar)\W*$", re.I)
# Of rules and forms the year is told in which they were made: 格式（2021年版）.
_MADE_IN = re.compile(
    r"\d{4}\s?年?(?:新?版|修订|印发|制定|发布)|通知|办法|条例|规定|标准|〔\d{4}〕|\[\d{4}\]"
)
_NOT_FINAL = re.compile("模板|填[写报]说明|作废|废止|失效|征求意见|讨论稿|送审稿|草[稿案]|初稿|[原旧]稿")
# The version that counts, where there are several.
_FINAL = re.compile(
    "(?:最终|定|正式|终)稿|(?:最终|正式|更正|修订|修正)版|[新现](?:数据|表格?|稿)|正确(?:的)?(?:版本|数据|数字|表格?)"
    "|(?:更正|修订|修正|修改|订正|改正|调整)后(?:的)?(?:数据|数字|报告|表格?|内容)?"
)
_EARLIER = re.compile(
    "[原旧](?:数据|表格?|稿|版)|公示稿|错误(?:的)?(?:版本|数据|表格?)|(?:更正|修订|修正|修改|订正|改正|调整)前(?:的)?(?:数据|数字|报告|表格?|内容)?"
)
_OF_ABOVE = re.compile("以上|上[表述]")
_OF_BELOW = re.compile("以下|下列|下[表面]|[后所]附")
_TITLE = re.compile(
    r"(?![上下]一[篇条页])[^。；;，,\n]{0,40}年[^。；;，,\n]{0,30}(?:年度报告|年报|工作报告)(?:[（(][^（）()]{1,12}[）)]){0,3}"
)
_ORGAN_AND_YEAR = re.compile(r"(?P<organ>[^\n]{0,40}?)(?:关于)?(?P<year>20\d\d)\s?年")
# A title that is itself a draft's, or of a part of the year.
_IN_PART = re.compile("半年度|季度")
# What the title of an annex names that has one table only.
_OF_A_TABLE = re.compile("行政复议|行政诉讼|主动公开(?:政府)?信息|(?:收到|处理|公开)[^，。]{0,6}申请")
# Behind the last sections a report has no tables but those of an annex of its own; lines that say no more.
_OF_TABLES, _BEHIND = "二三四", "五六七"
_NEUTRAL = re.compile(
    r"无|[上下]一[篇条页].*|打印.*|关闭.*|分享.*|扫一扫.*|责任编辑.*|(?:信息)?来源.*|[^\d]{0,20}(?:府|局|委|办|室|厅|处|心|会|镇|乡|街道|院|队|站|所|公司)"
    r"|\d{4}\s?[年./-]\s?\d{1,2}\s?[月./-]\s?\d{1,2}\s?日?|[（(][^（）()]{1,20}[）)]"
    r"|(?:\d{4}\s?年度?)?[^\d]{0,24}(?:信息公开|主动公开|申请公开)[^\d]{0,24}(?:[（(][^（）()]{1,16}[）)])?"
    r"|(?:\d{4}\s?年?度?)?(?:统计|数据|情况|指标|报|附)*(?:表格?)?|(?:以下|下列)[^。]{0,6}[为是].*"
)
_LINK = re.compile("[上下]一[篇条页]")
_OLD = re.compile("[原旧]|历史|往年|回顾|[修更订改正]前|对[比照]|参考|计划|非正式")
_AS_FOLLOWS = re.compile("如下|见下|[附表]后")
_SENTENCE_ENDS = ("。", "；", ";", "！", "!")
# A heading is no longer, nor a sentence that heads tables.
_LONGEST, _LONGEST_SENTENCE, _LONGEST_EXAMPLE = 60, 100, 16
# So many lines of a few words lead to the tables of an annex: its title, and a version.
_MOST_APART = 2


class _Kind(Enum):
    """What a line says of the tables below it."""

    OWN = auto()
    """They are the report's own."""
    ALL_BELOW = auto()
    """Of another scope, all of them."""
    UP_TO_HEADING = auto()
    """Of another scope, those down to the next heading of a section."""
    OTHER_REPORT = auto()
    """Another year's report begins."""


class _Head(NamedTuple):
    kind: _Kind
    words: str


class _Reader:
    """Goes through the lines of a page that stand outside of its tables.

    Attributes:
        head: the last line that says of what is below it that it is none of the report's; None without.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._has_sections = self._is_behind = False
        # Whether the last line is a title, or one in brackets below it.
        self._is_below_title = False
        self.head: _Head | None = None
        # What the last title says of all below it, down to the next one.
        self._of_title: _Head | None = None
        # Lines since a heading that are no sentences, name no version, head nothing; the last annex's title.
        self._apart: list[str] = []
        self._annex = ""
        # The title of an annex of another scope, whether no table stands below it yet, and versions do.
        self._of_annex: _Head | None = None
        self._is_annex_open = self._has_versions = False

    def take(self, line: str, above: str, below: str | None) -> None:
        """Go on with a line between the one above it and the one below, which is None if a table is next."""
        if HEADING.match(line) is not None:
            self._take_heading(line, above)
            self._apart, self._annex = [], ""
        else:
            self._take_words(line, below)
        self._is_annex_open = self._is_annex_open and below is not None

    def _take_words(self, line: str, below: str | None) -> None:
        """A line that is no heading of a section."""
        if self._is_of_halves_before(line):
            self.head = self._of_annex or self._of_title
        kind = _kind_of(line, below, self._text, has_sections=self._has_sections)
        self._keep(line, kind)
        is_title = _TITLE.fullmatch(line) is not None
        is_below_title = self._is_below_title and _is_bracketed(line)
        self._is_below_title = is_title or is_below_title
        if is_below_title and is_of_another_scope(line, self._text):
            kind, is_title = _Kind.ALL_BELOW, True
        if is_title and kind is not None:
            # An annex of a draft, and its year, are the draft's.
            self._of_title = _Head(kind, line) if kind is not _Kind.OWN else None
        if kind is None:
            self._has_versions = self._has_versions or self._is_annex_open
        elif is_title or not self._is_contradicted(line, kind, below):
            self._take_head(line, kind, is_title=is_title)

    def _is_of_halves_before(self, line: str) -> bool:
        """Whether a line names all of the year, and the last one that headed tables a part of it."""
        head = self.head
        is_caption = head is not None and head.kind is _Kind.UP_TO_HEADING
        is_part = is_caption and head is not None and is_nothing_but_a_part_of_a_year(head.words)
        return is_part and is_nothing_but_the_whole_year(line)

    def _keep(self, line: str, kind: _Kind | None) -> None:
        """Keep a line that may say of tables in an annex what they are, while others stand below it."""
        is_version = _is_own_version(line, self._text)
        heads = kind in (_Kind.ALL_BELOW, _Kind.UP_TO_HEADING)
        is_sentence = line.endswith(_SENTENCE_ENDS) and _AS_FOLLOWS.search(line) is None
        if not is_version and not heads and not is_sentence:
            self._apart.append(line)
        if _ANNEX.match(line) is not None:
            self._annex = line

    def _take_head(self, line: str, kind: _Kind, *, is_title: bool) -> None:
        """A line that says something of what stands below it."""
        is_annex = _ANNEX.match(line) is not None
        # The newer of two versions in an annex is the annex's.
        is_version = not is_annex and not is_title and self.head is not self._of_annex
        of_annex = self._of_annex if is_version else None
        is_own = kind is _Kind.OWN or is_title
        self.head = (of_annex or self._of_title) if is_own else _Head(kind, line)
        if kind is not _Kind.UP_TO_HEADING and (is_annex or is_title or kind is _Kind.OWN):
            self._of_annex = self.head if is_annex else of_annex
        self._is_annex_open = is_annex and self.head is not None
        self._has_versions = not is_annex and (self._has_versions or kind is not _Kind.OWN)

    def _is_contradicted(self, line: str, kind: _Kind, below: str | None) -> bool:
        """Whether a line says that tables are the report's own, and what heads them another thing."""
        if kind is not _Kind.OWN or self.head is None or self._is_annex_open:
            return kind is _Kind.OWN and self.head is not None
        if self.head.kind is _Kind.UP_TO_HEADING or _ANNEX.match(line) is not None:
            return False
        if _FINAL.fullmatch(line) is not None:
            is_version = _names_a_version(self.head.words) and not self._has_versions
            return self.head is self._of_annex and not is_version
        # Of an old version, or a draft, the year is the report's, too; of a table it says nothing of others.
        return below is None or not tells_another_year(self._text, self.head.words)

    def _take_heading(self, line: str, above: str) -> None:
        """The heading of a section; behind the last ones, those of tables are an annex's."""
        self._has_sections = True
        if self.head is not None and self.head.kind is _Kind.UP_TO_HEADING:
            self.head = self._of_annex or self._of_title
        if self._is_behind and line[0] in _OF_TABLES and self._of_annex is None:
            own = self.head.words if self.head is not None else None
            lines = (words for words in (*self._apart[-_MOST_APART:], above, self._annex) if words != own)
            heads = (words for words in lines if not _is_neutral(words, self._text))
            self._of_annex = next((_Head(_Kind.ALL_BELOW, words) for words in heads), None)
            self._is_annex_open = self._of_annex is not None
            self.head = self.head or self._of_annex
        self._is_behind = line[0] in _BEHIND


def disowned_by_heads(
    text: str, places: Sequence[TablePlace], tables: Sequence[frozenset[str]]
) -> list[str | None]:
    """Of each table of a document the line above that says it is none of the report's own; None without one.

    Args:
        text: the document's text.
        places: where its tables are, in page order.
        tables: the ids of the tables of the form that each may be.

    Returns:
        The words of the lines. Under the title of another year's report only what the first one lacks is
        disowned: one that has the same tables once more is a report by itself.
    """
    heads: list[_Head | None] = []
    reader = _Reader(text)
    for place in places:
        lines = list(_lines(text, place.after, place.start))
        for above, line, below in zip_longest(["", *lines[:-1]], lines, _below(lines, text)):
            reader.take(line or "", above, below)
        heads.append(reader.head)
    return [
        one.words if one is not None and not _is_whole_report(one, heads, tables) else None for one in heads
    ]


def _is_whole_report(head: _Head, heads: Sequence[_Head | None], tables: Sequence[frozenset[str]]) -> bool:
    """Whether below the title of another report stand tables that stand above it, too."""
    if head.kind is not _Kind.OTHER_REPORT:
        return False
    first = next(i for i, one in enumerate(heads) if one is head)
    below = (table for one, table in zip(heads, tables, strict=True) if one is head)
    return not frozenset().union(*tables[:first]).isdisjoint(frozenset().union(*below))


def _below(lines: Sequence[str], text: str) -> list[str | None]:
    """Of each line the next one that says more than the report's own year or version; None without one."""
    below: list[str | None] = []
    following = None
    for line in reversed(lines):
        below.append(following)
        if not _is_own_version(line, text):
            following = line
    return below[::-1]


def _is_own_version(line: str, text: str) -> bool:
    """Whether a line is nothing but the report's own year or the version that counts."""
    return _FINAL.fullmatch(line) is not None or is_year_of_title(text, line)


def _lines(text: str, start: int, end: int) -> Iterator[str]:
    """The lines between two tables that aren't blank, without what stands around their words."""
    for line in as_read(text[start:end]).split("\n"):
        if words := line.strip(_AROUND):
            yield words


def _kind_of(line: str, below: str | None, text: str, *, has_sections: bool) -> _Kind | None:
    """What a line says of the tables below it; None if nothing.

    Args:
        line: its words.
        below: those of the next one; None if the table is next.
        text: the document's text.
        has_sections: whether a section of the report stands above it.
    """
    is_head = below is None or HEADING.match(below) is not None
    if len(line) > _LONGEST or "。" in line or _OF_BELOW.search(line) is not None:
        return _Kind.ALL_BELOW if is_head and _heads_as_sentence(line, text) else None
    if annex := _ANNEX.match(line):
        is_above_heading = below is not None and HEADING.match(below) is not None
        title = line[annex.end() :].strip(_AROUND) or below or ""
        is_of_table = _OF_A_TABLE.search(title) is not None and not is_above_heading
        return _kind_of_annex(title, text, is_of_table=is_of_table)
    if _TITLE.fullmatch(line) is not None:
        return _kind_of_title(line, text, has_sections=has_sections)
    return _kind_alone(line, text, is_above_table=below is None) if is_head else None


def _kind_alone(line: str, text: str, *, is_above_table: bool) -> _Kind | None:
    """What a line says that is nothing but a version, a year or another scope."""
    if _OF_ABOVE.match(line) is not None:
        return None
    is_own_year = is_year_of_title(text, line) or years_of_caption(text, line) == {True}
    if is_own_year or _FINAL.fullmatch(line) is not None:
        return _Kind.OWN
    is_example = len(line) <= _LONGEST_EXAMPLE and DISOWNING.search(line) is not None
    if is_example or _EARLIER.fullmatch(line) is not None or is_of_another_scope(line, text):
        return _Kind.UP_TO_HEADING if is_above_table else _Kind.ALL_BELOW
    return None


def _names_a_version(words: str) -> bool:
    """Whether words that head tables say that these are an older version, and not another year's."""
    return any(one.search(words) is not None for one in (_NOT_FINAL, _EARLIER, DISOWNING))


def _is_bracketed(line: str) -> bool:
    """Whether a line stands in brackets, as those right below the title of a report do."""
    return line[:1] in ("（", "(") and line[-1:] in ("）", ")")


def _is_neutral(line: str, text: str) -> bool:
    """Whether a line between the last section of a report and tables says no more than that these follow."""
    if HEADING.match(line) is not None or is_year_of_title(text, line) or _FINAL.fullmatch(line) is not None:
        return True
    is_of_another = mentions_of_years(line) and tells_another_year(text, line)
    if _AS_FOLLOWS.search(line) is not None and is_of_another:
        return False
    if len(line) > _LONGEST or line.endswith((*_SENTENCE_ENDS, "如下")):
        return True
    annex = _ANNEX.match(line)
    return _says_no_more(line[annex.end() :].strip(_AROUND) if annex is not None else line, text)


def _says_no_more(title: str, text: str) -> bool:
    """Whether the title of an annex, or a line in its place, names nothing but the report and its tables."""
    is_beside = any(one.search(title) is not None for one in (_MADE_IN, _A_FILE))
    if not is_beside and tells_another_year(text, title):
        return _LINK.match(title) is not None
    is_told = is_beside or any(one.fullmatch(title) is not None for one in (_NEUTRAL, _TITLE))
    return not title or (is_told and _OLD.search(title) is None)


def _heads_as_sentence(line: str, text: str) -> bool:
    """Whether a sentence says of what stands below it that it is of another scope."""
    if len(line) > _LONGEST_SENTENCE or _OF_BELOW.search(line) is None:
        return False
    return DISOWNING.search(line) is not None or says_another_scope(line, text)


def _kind_of_annex(title: str, text: str, *, is_of_table: bool) -> _Kind | None:
    """What the title of an annex says of the tables in it; a file that lies elsewhere has none here."""
    if _A_FILE.search(title) is not None:
        return None
    kind = _Kind.UP_TO_HEADING if is_of_table else _Kind.ALL_BELOW
    if any(one.search(title) is not None for one in (DISOWNING, _NOT_FINAL, _OLD)):
        return kind
    if _MADE_IN.search(title) is None:
        if tells_another_year(text, title):
            return _Kind.OTHER_REPORT if _TITLE.fullmatch(title) is not None else kind
        if PART_OF_A_YEAR.search(title) is not None:
            return kind
    return _Kind.OWN


def _kind_of_title(line: str, text: str, *, has_sections: bool) -> _Kind | None:
    """What the title of a report says; above all sections it is a link to another year's report."""
    if _are_of_two_reports(_first_title(text) or line, line):
        return _Kind.OTHER_REPORT if has_sections else None
    is_draft = any(one.search(line) is not None for one in (DISOWNING, _NOT_FINAL, PART_OF_A_YEAR, _IN_PART))
    is_draft = is_draft or any(is_of_another_scope(words, text) for words in bracketed(line))
    return _Kind.ALL_BELOW if is_draft else _Kind.OWN


@lru_cache(maxsize=4)
def _first_title(text: str) -> str | None:
    """The first line that is the title of a report."""
    return next((line for line in _lines(text, 0, len(text)) if _TITLE.fullmatch(line) is not None), None)


def _are_of_two_reports(title: str, other: str) -> bool:
    """Whether two titles of reports name two years or two organs."""
    first, second = _ORGAN_AND_YEAR.match(title), _ORGAN_AND_YEAR.match(other)
    if first is None or second is None:
        return False
    organs = (first["organ"].strip(), second["organ"].strip())
    is_one = organs[0] in organs[1] or organs[1] in organs[0]
    return first["year"] != second["year"] or not is_one
