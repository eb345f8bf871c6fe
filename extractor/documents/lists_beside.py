"""Two lists of indicators side by side in one table: read as one, the left list before the right one.

A header tells: its second half names the same columns as the first. Below it, the right half has labels of
its own in the column of the left half's. Two reports side by side have the same labels in both halves, and a
form whose columns stand twice has figures there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from extractor.documents.document import Document, Grid, GridCell
from extractor.text.figures import is_figure
from extractor.text.folding import fold_label

_GRIDS = ("pipes", "tabs", "table")
# So many rows with a label of their own on the right are no accident.
_LEAST_ROWS = 3


def with_lists_in_order(document: Document) -> Document:
    """A document in which every table of two lists side by side is one list; offsets are as they were.

    Args:
        document: the input.
    """
    grids = [_in_order(document.text, grid) if grid.kind in _GRIDS else grid for grid in document.grids]
    is_same = all(one is other for one, other in zip(grids, document.grids, strict=True))
    return document if is_same else replace(document, grids=tuple(grids))


def _in_order(text: str, grid: Grid) -> Grid:
    rows = [list(cells) for _, cells in groupby(grid.cells, key=lambda cell: cell.row)]
    for position, header in enumerate(rows):
        width = _width(text, header)
        if width:
            below = list(_below(rows[position + 1 :], width, is_table=grid.kind == "table"))
            if not _are_lists(text, below):
                return grid
            left, right = [header[:width], *(one for one, _ in below)], [other for _, other in below if other]
            ordered = [*rows[:position], *left, *right, *rows[position + 1 + len(below) :]]
            cells = (replace(cell, row=number) for number, row in enumerate(ordered) for cell in row)
            return replace(grid, cells=tuple(cells))
    return grid


def _width(text: str, header: Sequence[GridCell]) -> int:
    """How many columns each of two lists has below a header; 0 if it names no columns twice."""
    words = [fold_label(text[cell.start : cell.end]) for cell in header]
    width, rest = divmod(len(words), 2)
    is_twice = not rest and width > 1 and words[:width] == words[width:]
    return width if is_twice and all(words) and len({*words}) == width else 0


def _below(
    rows: Sequence[Sequence[GridCell]], width: int, *, is_table: bool
) -> Iterator[tuple[list[GridCell], list[GridCell]]]:
    """The two halves of each row below a header; a row of one cell, or a wider one, ends the lists."""
    for row in rows:
        places = [cell.column - 1 if is_table and cell.column else i for i, cell in enumerate(row)]
        if len(row) < 2 or max(places) >= 2 * width:
            return
        pairs = list(zip(row, places, strict=True))
        left = [cell for cell, place in pairs if place < width]
        right = [
            replace(cell, column=place - width + 1) if is_table else cell
            for cell, place in pairs
            if place >= width
        ]
        # The left half's row ends where the whole row does.
        yield [*left[:-1], *(replace(cell, ends_row=row[-1].ends_row) for cell in left[-1:])], right


def _are_lists(text: str, rows: Sequence[tuple[Sequence[GridCell], Sequence[GridCell]]]) -> bool:
    """Whether the right halves of rows begin with labels, which aren't those of the left halves."""
    firsts = [tuple(_first(text, half) for half in halves) for halves in rows]
    labelled = [(left, right) for left, right in firsts if right]
    own = [right for left, right in labelled if left != right and not is_figure(right)]
    return len(own) >= _LEAST_ROWS and len(own) == len(labelled)


def _first(text: str, cells: Sequence[GridCell]) -> str:
    return fold_label(text[cells[0].start : cells[0].end]) if cells else ""
