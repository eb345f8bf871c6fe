"""Figures that a page prints in a list, with commas or the like between them: 3，0，1，4 and 3、0、1、4.

A comma also groups the digits of one number: where a list may hold such a number, 3,120,0, it isn't cut.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractor.text.figures import is_figure

_SIGN, _UNIT, _MARK = (
    r"(?:增加|减少|新增|[增减+−-])?",
    "(?:人次|[件项条次份宗个人起例篇]|[万亿]?元)?",
    "[/／—–-]",
)
_PLAIN = rf"(?:{_SIGN}\d+(?:\.\d+)?{_UNIT}|{_MARK})"
_GROUPED = rf"(?:{_SIGN}(?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.\d+)?{_UNIT}|{_MARK})"
# The same character stands between all of them, and no ordinal or share behind them.
_LIST = re.compile(
    r"(?<![\d.．%％])(?<![\d.．%％][,，、;；])(?:"
    rf"{_PLAIN}(?:,{_PLAIN})+(?![,，、;；]?\d|[.．%％])"
    rf"|{_GROUPED}(?P<between>[，、;；]){_GROUPED}(?:(?P=between){_GROUPED})*(?!(?P=between)?\d|[.．%％,]))"
)
# One figure behind words and a comma, at the end: 行政许可,431. In a list of indicators a colon may stand
# there: 当面申请数：9件.
_LAST = re.compile(rf"(?<=[^\d.．,，、;；%％][,，、;；]){_GROUPED}$")
_LAST_OF_INDICATOR = re.compile(rf"(?<=[^\d.．,，、;；:：%％][,，、;；:：]){_GROUPED}[。；;]?$")
_MAY_BE_GROUPED = re.compile(r"(?<!\d)(?![0０])\d{1,3}[,，]\d{3}(?!\d)")
# A sign in words is one word with its figure: 减 2.
_WORD = re.compile(r"[增减] (?=\d)\S+|\S+")
# What stands between a list and the words around it.
_EDGES = " \t　,，;；:：。"
# What may stand behind the last figure of a row.
_STOPS = "，;；。"


class Stretch(NamedTuple):
    """A part of a text: a figure, or words.

    Attributes:
        start, end: where it stands, as offsets in the text.
        is_figure: whether it is a figure.
    """

    start: int
    end: int
    is_figure: bool


def stretches(text: str, *, lists: bool, indicators: bool = False) -> Iterator[Stretch]:
    """The figures of a text and the words between them, cut at blanks and where figures stand in a list.

    Args:
        text: of a cell or a line.
        lists: whether it may hold lists; what stands in one cell of a grid is one column's.
        indicators: whether it may be a line of a list of indicators.

    Yields:
        In order; what stands between a list and words is of neither.
    """
    behind_words = _LAST_OF_INDICATOR if indicators else _LAST
    for match in _WORD.finditer(text):
        matches = _LIST.finditer(text, *match.span()) if lists else ()
        if certain := [figures for figures in matches if _is_certain(figures)]:
            yield from _with_lists(text, match.start(), match.end(), certain)
        elif lists and (last := behind_words.search(text, *match.span())) is not None:
            yield from _words(text, match.start(), last.start())
            yield Stretch(last.start(), last.start() + len(last[0].rstrip(_STOPS)), is_figure=True)
        else:
            is_last_of_row = lists and match.start() > 0 and match[0][-1] in _STOPS
            end = match.end() - (is_last_of_row and is_figure(match[0][:-1]))
            yield Stretch(match.start(), end, is_figure(text[match.start() : end]))


def _is_certain(figures: re.Match[str]) -> bool:
    """Whether a list holds no comma that may group the digits of a number; a wide one does at most once."""
    between = figures["between"]
    may_be_one = between is None or (between == "，" and figures[0].count(between) == 1)
    return not may_be_one or _MAY_BE_GROUPED.search(figures[0]) is None


def _with_lists(text: str, start: int, end: int, lists: Sequence[re.Match[str]]) -> Iterator[Stretch]:
    """The stretches of a word that holds lists of figures."""
    position = start
    for figures in lists:
        yield from _words(text, position, figures.start())
        first = figures.start()
        for figure in figures[0].split(figures["between"] or ","):
            yield Stretch(first, first + len(figure), is_figure=True)
            first += len(figure) + 1
        position = figures.end()
    yield from _words(text, position, end)


def _words(text: str, start: int, end: int) -> Iterator[Stretch]:
    inner = text[start:end].strip(_EDGES)
    if inner:
        first = text.index(inner, start)
        yield Stretch(first, first + len(inner), is_figure=False)
