"""The cells of a table before it is known what they are."""

from __future__ import annotations

from typing import NamedTuple

from extractor.documents.document import Span

# So many rows make a table.
LEAST_ROWS = 3


class RawCell(NamedTuple):
    """A cell: its text, where it stands, and at which column of its table."""

    text: str
    span: Span
    column: int


class RawTable(NamedTuple):
    """Rows of cells, and where they begin.

    Attributes:
        lines: from top to bottom, the cells of each from left to right.
        has_merged: whether a column without a cell is one over which a cell is merged.
    """

    lines: list[list[RawCell]]
    has_merged: bool
