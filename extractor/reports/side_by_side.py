"""Two reports side by side: tables of which every row stands twice, the one to the right of the other.

Such a document is cut only where each row of its tables has one half that is built as the other: the same
labels, at the same places, and figures or blank cells at the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple, TypeAlias

from extractor.documents.document import Document, Grid, GridCell
from extractor.layout.reading import Reading
from extractor.layout.sections import Stretch
from extractor.text.figures import is_figure
from extractor.text.folding import fold_label, label_key

_Row: TypeAlias = list[GridCell]


class Half(NamedTuple):
    """One of two reports.

    Attributes:
        document: with what stands in this half, and what stands in neither; offsets are as they were.
        alone: with what stands in this half only: what stands in neither may be about the other report.
        start: the offset at which the half begins.
    """

    document: Document
    alone: Document
    start: int

    def holds(self, reading: Reading) -> bool:
        """Whether all labels and figures that were read stand in this half."""
        rows = [row for block in reading.blocks for row in block.found]
        spans = [span for row in rows for span in (row.label, *row.spans) if span is not None]
        return all(
            self.alone.text[start:end] == self.document.text[start:end] for start, end in spans if start < end
        )


def halves_of(document: Document, stretches: Sequence[Stretch]) -> tuple[Half, ...]:
    """The two reports of a document, if they stand side by side.

    Args:
        document: the input.
        stretches: where its tables stand.

    Returns:
        The left and the right one; none if they don't.
    """
    halves: tuple[list[GridCell], list[GridCell]] = ([], [])
    for row in (row for grid in document.grids for row in _rows(grid)):
        in_table = any(stretch.start <= row[0].start <= stretch.end for stretch in stretches)
        middle, rest = divmod(len(row), 2)
        left, right = row[:middle], row[middle:]
        if (
            in_table
            and len(row) > 1
            and (rest or _labels_among(document, left) != _labels_among(document, right))
        ):
            return ()
        if middle and (in_table or len(row) == 2):
            halves[0].extend(left)
            halves[1].extend(right)
    if not halves[0]:
        return ()
    return tuple(
        Half(_without(document, other), _only(document, cells), cells[0].start)
        for cells, other in (halves, halves[::-1])
    )


def _rows(grid: Grid) -> Iterator[_Row]:
    for _, cells in groupby(grid.cells, key=lambda cell: cell.row):
        yield list(cells)


def _labels_among(document: Document, cells: _Row) -> list[str]:
    """The labels among cells; figures and blank cells are alike."""
    texts = [document.text[cell.start : cell.end] for cell in cells]
    return ["" if not text or is_figure(text) else label_key(fold_label(text)) for text in texts]


def _without(document: Document, left_out: Sequence[GridCell]) -> Document:
    dropped = {id(cell) for cell in left_out}
    grids = (
        replace(grid, cells=tuple([cell for cell in grid.cells if id(cell) not in dropped]))
        for grid in document.grids
    )
    return replace(document, grids=tuple(grid for grid in grids if grid.cells))


def _only(document: Document, kept: Sequence[GridCell]) -> Document:
    """The text of some cells, each on the line where it stands."""
    pieces, end = [], 0
    for cell in kept:
        between = document.text[end : cell.start]
        pieces += ["".join(c if c in "\r\n" else " " for c in between), document.text[cell.start : cell.end]]
        end = max(end, cell.end)
    return replace(document, text="".join(pieces), grids=())
