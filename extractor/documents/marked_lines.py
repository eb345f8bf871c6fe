"""A marked line outside of tables, as words and cells read it.

A page may put each cell of a table into a paragraph, or a row into a line, and a sentence may strike what it
corrects. What stands between separators without words is read as a cell
(:func:`~extractor.documents.asides.as_cell`). Among words a figure that isn't simply printed is none that
they state: :data:`~extractor.documents.document.UNREADABLE` stands in its place, or beside one that it can't
be told from.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from extractor.documents.asides import MARKED, NOTHING, Mark, as_cell, with_notes_told
from extractor.documents.cutting import PIPES
from extractor.documents.document import UNREADABLE, Remarked
from extractor.text.figures import is_figure
from extractor.text.folding import BLANK

_A_GAP = frozenset({Mark.INVISIBLE, Mark.PICTURE, Mark.CONTROL})
_IN_LINE = frozenset({Mark.SMALL, Mark.OVERLAY, Mark.REVERSED})
# Figures in these marks are none that a reader reads there.
_UNREAD = frozenset({Mark.STRUCK, Mark.FAINT, Mark.OVERLAY, Mark.REVERSED})
# Beside other digits these are none of theirs, and those may be.
_APART = frozenset({Mark.STRUCK, Mark.FAINT, Mark.RAISED, Mark.SHIFTED})
_UNTOLD = frozenset({Mark.SMALL, Mark.GENERATED, Mark.UNSURE})
# A gap and the blanks around it, which are no separators of cells.
_GAP = re.compile(" *\0[ \0]*")
# Not the number of a heading or of an item.
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*+(?![.、）)])")
_LETTER = re.compile(r"[^\W\d_]")
# What stands between separators, or blanks; and all of a line.
_PIECE = re.compile(f"(?:{MARKED.pattern}|[^\t\n{PIPES}{BLANK}])+")
_WHOLE = re.compile(r"(?s:\S.*)")


class MarkedLine(NamedTuple):
    """A line as it is read, and remarks on what else stands in its cells, with places in it."""

    text: str
    remarks: tuple[Remarked, ...] = ()


def as_line(text: str) -> MarkedLine:
    """A marked text outside of tables.

    Args:
        text: a paragraph or a line of one.
    """
    text = with_notes_told(text)
    if not any(map(str.isdigit, text)):
        return MarkedLine(_in_words(text))
    shown = MARKED.sub(" ", text)
    figures = sum(map(is_figure, shown.split()))
    is_one_cell = figures <= 1 and not _LETTER.search(shown)
    read: list[str] = []
    remarks: list[Remarked] = []
    length = end = 0
    for match in (_WHOLE if is_one_cell else _PIECE).finditer(text):
        piece, besides = _read(match[0], is_in_row=figures > 1)
        read += (text[end : match.start()], piece)
        begin = length + match.start() - end
        length, end = begin + len(piece), match.end()
        if besides:
            remarks.append((begin, length, besides))
    read.append(text[end:])
    return MarkedLine("".join(read), tuple(remarks))


def _read(piece: str, *, is_in_row: bool) -> tuple[str, tuple[str, ...]]:
    """What stands between two separators, and remarks on it if it is a cell."""
    if not MARKED.search(piece):
        return piece, ()
    has_words = _LETTER.search(MARKED.sub("", piece)) is not None
    if has_words or not (is_in_row or any(map(str.isdigit, piece))):
        return _in_words(piece).strip(), ()
    return as_cell(piece)


def _in_words(text: str) -> str:
    """A marked text as words read it: what is struck or raised stands apart, what is hidden is left out."""
    return _GAP.sub(" ", MARKED.sub(_among_words, text))


def _among_words(match: re.Match[str]) -> str:
    mark, words = Mark(match[1]), match[2]
    if mark is Mark.DISPLACED:
        return UNREADABLE
    if _is_beside_digits(match) and not _LETTER.search(words):
        if mark in _APART:
            return "\0"
        if mark in _UNTOLD:
            return UNREADABLE
    if mark in _UNREAD:
        words = _FIGURE.sub(UNREADABLE, words)
    if mark in NOTHING:
        return ""
    if mark in _A_GAP:
        return "\0"
    return words if mark in _IN_LINE else f"\0{words}\0"


def _is_beside_digits(match: re.Match[str]) -> bool:
    text = match.string
    return text[match.start() - 1 : match.start()].isdigit() or text[match.end() : match.end() + 1].isdigit()
