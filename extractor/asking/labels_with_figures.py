"""Whether labels that an answer quotes stand whole with its figures: then the page settles what they are.

A model has found such figures, but whoever looks there sees the same: each figure has its column's label
right before it, in a line or sentence that begins with the row's label and ends with the last figure; or it
stands in a table turned round, below the one label and behind the other, with nothing but rows of
figures in between. Nothing rests on the order of lines or of labels then.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from extractor.asking.series import Series
from extractor.documents.document import Document, Grid, GridCell, Span
from extractor.layout.reading import ReadBlock
from extractor.layout.words.labels import LabelIndex
from extractor.text.figures import is_figure

# What a label stands behind that begins a line or sentence, and what stands behind its last figure. A
# semicolon begins nothing: words at the beginning of the sentence may be of all its parts.
_BEGINNING = re.compile(r"(?:\A|[。！\n])[ \t　>*#·•●-]*\Z")
# What parts a label from the figures behind it, or from an explanation in brackets.
_SEPARATORS = " \t\u3000:：,，、|｜│┃"
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
        for number, grid in enumerate(document.grids):
            if grid.kind in _GRIDS:
                self._cells |= _places(number, grid)

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
        if not are_named:
            return False
        return self._are_said(series, of_row=of_row) if series.heads else self._are_in_grid(series, heads)

    def _names(self, span: Span, name: str, *, of_row: bool) -> bool:
        """Whether words are the label of a row, or column, and of no other one."""
        label = self._index.find_as_in_form(self._text[span.start : span.end])
        if label is None:
            return False
        named = label.rows if of_row else label.columns
        return named.get(self._key, frozenset()) == {name}

    def _are_said(self, series: Series, *, of_row: bool) -> bool:
        """Whether a line or sentence consists of a label, and of figures with a label each."""
        start, end = series.label.start, series.cells[-1].end
        begins = _BEGINNING.search(self._text, max(0, start - _LONGEST_BEGINNING), start) is not None
        # An explanation in brackets may make it another label: 予以公开（上年）.
        words = self._text[start : series.heads[0].start].rstrip(_SEPARATORS)
        is_whole = self._names(Span(start, start + len(words)), series.name, of_row=of_row)
        is_a_line = "\n" not in self._text[start:end] and _END.match(self._text, end) is not None
        return begins and is_whole and is_a_line

    def _are_in_grid(self, series: Series, heads: Sequence[Span]) -> bool:
        """Whether labels and figures are all cells of two rows of a table, and stand in the same columns."""
        label, figures, above = map(self._whole_cells, ([series.label], series.cells, heads))
        if not label or not figures or not above:
            return False
        row, head, width = label[0], above[0], len(figures) + 1
        return (
            row.column == 0
            and {(one.grid, one.row, one.width) for one in figures} == {(row.grid, row.row, width)}
            and {(one.grid, one.row, one.width) for one in above} == {(row.grid, head.row, width)}
            and [place.column for place in figures] == [place.column for place in above]
            and self._are_rows_alike(head, row)
        )

    def _are_rows_alike(self, head: _Place, row: _Place) -> bool:
        """Whether all between the labels of a table's columns and one of its rows are rows of figures, too.

        Else what stands there, such as other labels or a year, is nearer to the figures.
        """
        return head.row < row.row and all(
            place.width == row.width and (place.column == 0 or is_figure(self._text[start : place.end]))
            for start, place in self._cells.items()
            if place.grid == row.grid and head.row < place.row < row.row
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
    """Where a cell stands: in which grid and row, as which of its cells, of how many, and where it ends."""

    grid: int
    row: int
    column: int
    width: int
    end: int


def _places(number: int, grid: Grid) -> dict[int, _Place]:
    """The cells of a grid that hold anything, by where they start."""
    rows: dict[int, list[GridCell]] = {}
    for cell in grid.cells:
        rows.setdefault(cell.row, []).append(cell)
    return {
        cell.start: _Place(number, row, column, len(cells), cell.end)
        for row, cells in rows.items()
        for column, cell in enumerate(cells)
        if cell.start != cell.end
    }
