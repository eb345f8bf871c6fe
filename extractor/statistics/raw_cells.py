"""The cells of a table before it is known what they are."""

from __future__ import annotations

from typing import NamedTuple

from extractor.documents.document import Span
from extractor.text.folding import BLANK, indent_of

_MOST_INDENTED = 60
# What parts the cells of a line.
_MARKS = "\t|｜"
# How much further in a line must begin to stand below the one above it, in blanks.
INDENTED = 2
# So many rows make a table.
LEAST_ROWS = 3
#: Words longer than this are prose, and no label.
LONGEST_LABEL = 60


class RawCell(NamedTuple):
    """A cell.

    Attributes:
        text, span: what it prints, and where.
        column: of its table.
        indent: how far in it begins, in blanks.
        is_open: whether nothing tells the columns of its line.
    """

    text: str
    span: Span
    column: int
    indent: int = 0
    is_open: bool = False


class RawTable(NamedTuple):
    """Rows of cells, and where they begin.

    Attributes:
        lines: from top to bottom, the cells of each from left to right.
        has_merged: whether a column without a cell is one over which a cell is merged.
    """

    lines: list[list[RawCell]]
    has_merged: bool


def line_indent(text: str, label: RawCell) -> int:
    """How far in a label begins that stands first on its line, or behind a mark, in blanks.

    Args:
        text: of the document.
        label: its cell.
    """
    before = text[max(0, label.span.start - _MOST_INDENTED) : label.span.start]
    words = before.rstrip(BLANK)
    # Blanks behind other words part the two.
    return label.indent if words[-1:].isalnum() else label.indent + indent_of(before[len(words) :])


def is_behind_mark(text: str, label: RawCell) -> bool:
    """Whether a mark stands before a label, and the blanks before it, that parts it from other cells.

    Args:
        text: of the document.
        label: its cell.
    """
    before = text[max(0, label.span.start - _MOST_INDENTED) : label.span.start].rstrip(BLANK)
    return before[-1:] != "" and before[-1] in _MARKS
