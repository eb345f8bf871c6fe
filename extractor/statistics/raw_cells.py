"""The cells of a table before it is known what they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from extractor.documents.document import Span
from extractor.statistics.words import is_label_head, next_ordinal, taken_apart
from extractor.text.folding import BLANK, indent_of

_MOST_INDENTED = 60
# So many rows make a table.
LEAST_ROWS = 3


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
    """How far in a label begins that stands first on its line, in blanks.

    Args:
        text: of the document.
        label: its cell.
    """
    before = text[max(0, label.span.start - _MOST_INDENTED) : label.span.start]
    return label.indent + indent_of(before[len(before.rstrip(BLANK)) :])


def heading_above(before: Sequence[list[RawCell]], rows: Sequence[list[RawCell]]) -> list[list[RawCell]]:
    """The line above a table if it is the heading of its first group: a later one has the next number.

    Args:
        before: the lines above the table.
        rows: its own.
    """
    above = before[-1] if before else []
    if len(above) != 1 or is_label_head(above[0].text):
        return []
    following = next_ordinal(taken_apart(above[0].text))
    numbers = [taken_apart(line[0].text).number for line in rows]
    return [above] if following is not None and following in numbers else []
