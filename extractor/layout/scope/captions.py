"""Captions of two tables of a kind that don't tell which of them each is of.

Above two tables, a caption is of the table below it. Where the first has none, and there is one behind the
last, they may stand below their tables; where two stand above the first, the tables may be side by side.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from extractor.layout.scope.disowned import HEADING
from extractor.layout.words.other_year import mentions_of_years
from extractor.layout.words.scopes import is_nothing_but_a_part_of_a_year, is_nothing_but_the_whole_year

# What is no sentence, and no longer, may be a caption.
_LONGEST, _MOST_BEHIND = 40, 160
_LINE_END = re.compile(r"[\n|｜\t]")
_NAMES_A_VERSION = re.compile(r"更正|订正|修正|修改|样表|实表|示例|原表|新表|旧表|[图表]表?\s*\d")


class TablePlace(NamedTuple):
    """Where a table is in a text: from its header to its last figure, and where what is before it ends."""

    after: int
    start: int
    end: int


def may_stand_below(text: str, first: TablePlace, second: TablePlace) -> bool:
    """Whether what stands between two tables of a kind may be the caption of the upper one.

    Args:
        text: the document's text.
        first: the upper table.
        second: the next one.
    """
    if any(map(_is_caption, _lines(text, first.after, first.start, is_below=False))):
        return False
    return any(map(_is_caption, _lines(text, second.end, second.end + _MOST_BEHIND, is_below=True)))


def are_side_by_side(text: str, first: TablePlace, second: TablePlace) -> bool:
    """Whether captions of two tables may stand above the first of them, and none is left between them.

    Args:
        text: the document's text.
        first: the table that is read first.
        second: the next one.
    """
    above = _lines(text, first.after, first.start, is_below=False)
    named = {mention for line in above if _is_caption(line) for mention in mentions_of_years(line)}
    return len(named) > 1 and not any(map(_is_caption, _lines(text, first.end, second.start, is_below=False)))


def _lines(text: str, start: int, end: int, *, is_below: bool) -> list[str]:
    """The lines of a stretch of text that may be of a table: down to a heading below it, or from one on."""
    parts = HEADING.split(text[max(start, 0) : end])
    return [line.strip() for line in _LINE_END.split(parts[0 if is_below else -1]) if line.strip()]


def _is_caption(line: str) -> bool:
    """Whether a line may say which of several tables one is: a year, a part of it, a version."""
    if len(line) > _LONGEST or "。" in line:
        return False
    names_part = is_nothing_but_a_part_of_a_year(line) or is_nothing_but_the_whole_year(line)
    return names_part or bool(mentions_of_years(line)) or _NAMES_A_VERSION.search(line) is not None
