"""Rows of a statistics table before it is known what they stand below."""

from __future__ import annotations

from typing import NamedTuple

from extractor.documents.document import Span
from extractor.statistics.raw_cells import RawCell
from extractor.statistics.table import TableFigure
from extractor.statistics.words import Words


class Line(NamedTuple):
    """A row before it is known what it stands below.

    Attributes:
        words: of its innermost label.
        groups: of the cells to the left of it, merged ones included.
        label: where the innermost label stands.
        unit: in a cell of its own.
        indent: how far in the label begins, in blanks.
        words_indent: how far in its words begin, behind 其中.
        figures: none of a heading's.
        is_disputed: whether it is open which columns they are of.
        is_heading: whether rows without a number that follow stand below it, though it has figures.
    """

    words: Words
    groups: tuple[RawCell, ...]
    label: Span
    unit: str | None
    indent: int
    words_indent: int
    figures: tuple[TableFigure, ...]
    is_disputed: bool = False
    is_heading: bool = False
