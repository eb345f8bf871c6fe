"""Whether labels that an answer quotes stand whole with its figures: then the page settles what they are.

A model has found such figures, but whoever looks there sees the same: each figure has its column's label
right before it, in a line or sentence that begins with the row's label and ends with the last figure; or it
stands in a table turned round, below the one label and behind the other. Nothing rests on the order of lines
or of labels then.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from extractor.asking.series import Series
from extractor.documents.document import Document, Grid, GridCell, Span
from extractor.layout.labels import LabelIndex
from extractor.layout.reading import ReadBlock

# What a label stands behind that begins a line or sentence, and what stands behind its last figure.
_BEGINNING = re.compile(r"(?:\A|[。；;！\n])[ \t　>*#·•●-]*\Z")
_END = re.compile(r"[件个条项次宗份]?[ \t　]*(?:[。；;\n]|\Z)")
# The blanks before a label, and the end of the sentence before them, are no longer.
_LONGEST_BEGINNING = 24
_GRIDS = ("pipes", "tabs", "table")


class LabelsWithFigures:
    """The labels of one block of a document.

    Args:
        document: the document.
        index: the labels of the forms that it is read by.
        block: that answers are about.
    """

    def __init__(self, document: Document, index: LabelIndex, block: ReadBlock) -> None:
        self._text = document.text
        self._index = index
        self._key = (block.table.id, block.block.id)
        self._cells: dict[int, _Place] = {}
        for grid in document.grids:
            if grid.kind in _GRIDS:
                self._cells |= _places(grid)

    def are_whole(self, series: Series, across: Mapping[str, Span], *, of_row: bool) -> bool:
        """Whether some figures stand with both of their labels, and these with no other figures.

        Args:
            series: the figures of a row or column.
            across: where the labels of the columns, or rows, stand that they are of, in their order, by name.
            of_row: whether they are those of a row.
        """
        heads = series.heads or tuple(across.values())
        are_named = self._names(series.label, series.name, of_row=of_row) and all(
            self._names(head, name, of_row=not of_row) for name, head in zip(across, heads, strict=True)
        )
        return are_named and (self._are_said(series) if series.heads else self._are_in_grid(series, heads))

    def _names(self, span: Span, name: str, *, of_row: bool) -> bool:
        """Whether words are the label of a row, or column, and of no other one."""
        label = self._index.find_as_in_form(self._text[span.start : span.end])
        if label is None:
            return False
        named = label.rows if of_row else label.columns
        return named.get(self._key, frozenset()) == {name}

    def _are_said(self, series: Series) -> bool:
        """Whether a line or sentence consists of a label, and of figures with a label each."""
        start, end = series.label.start, series.cells[-1].end
        begins = _BEGINNING.search(self._text, max(0, start - _LONGEST_BEGINNING), start) is not None
        return begins and "\n" not in self._text[start:end] and _END.match(self._text, end) is not None

    def _are_in_grid(self, series: Series, heads: Sequence[Span]) -> bool:
        """Whether labels and figures are all cells of two rows of a table, and stand in the same columns."""
        label, figures, above = map(self._whole_cells, ([series.label], series.cells, heads))
        if not label or not figures or not above:
            return False
        is_first = label[0].column == 0
        rows = {place.row for place in (*label, *figures)}, {place.row for place in above}
        return (
            is_first
            and all(len(row) == 1 for row in rows)
            and rows[0] != rows[1]
            and all(place.width == len(figures) + 1 for place in (*figures, *above))
            and [place.column for place in figures] == [place.column for place in above]
        )

    def _whole_cells(self, spans: Sequence[Span]) -> list[_Place]:
        """Where some cells stand in their grid; none if any of the spans is no whole cell."""
        places = [self._cells.get(span.start) for span in spans]
        whole = [
            place
            for place, span in zip(places, spans, strict=True)
            if place is not None and place.end == span.end
        ]
        return whole if len(whole) == len(spans) else []


class _Place(NamedTuple):
    """Where a cell stands in a grid: which row, which of its cells, of how many, and where it ends."""

    row: int
    column: int
    width: int
    end: int


def _places(grid: Grid) -> dict[int, _Place]:
    """The cells of a grid that hold anything, by where they start."""
    rows: dict[int, list[GridCell]] = {}
    for cell in grid.cells:
        rows.setdefault(cell.row, []).append(cell)
    return {
        cell.start: _Place(number, column, len(cells), cell.end)
        for number, cells in rows.items()
        for column, cell in enumerate(cells)
        if cell.start != cell.end
    }
