"""A document without pages, to be shown: its own tables and its text, cut where a figure is boxed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from extractor.documents.document import Document, Grid, GridCell
from extractor.review.marks import Mark, within


class Piece(NamedTuple):
    """A stretch of text, and the place that it is, if it is boxed."""

    text: str
    mark: Mark | None = None


class FlowCell(NamedTuple):
    """A cell of a table of the document.

    Attributes:
        pieces: its text.
        columns, rows: how many it covers.
    """

    pieces: tuple[Piece, ...]
    columns: int = 1
    rows: int = 1


class FlowTable(NamedTuple):
    """A table of the document, row by row."""

    rows: tuple[tuple[FlowCell, ...], ...]


class FlowText(NamedTuple):
    """Text between tables, with its newlines."""

    pieces: tuple[Piece, ...]


def flow_of(document: Document, marks: Sequence[Mark]) -> Iterator[FlowTable | FlowText]:
    """What a document holds, from its beginning to its end.

    Args:
        document: to be shown.
        marks: the places to be boxed.
    """
    shown = 0
    for grid in document.grids:
        if grid.kind != "table" or not grid.cells:
            continue
        yield from _text(document, marks, shown, grid.cells[0].start)
        # The table is not always in the order of the text; nothing of it is shown twice.
        # Behind it stands the newline that ends its last row.
        shown = max(shown, *(cell.end + 1 for cell in grid.cells))
        yield FlowTable(tuple(_rows(document, marks, grid)))
    yield from _text(document, marks, shown, len(document.text))


def _text(document: Document, marks: Sequence[Mark], start: int, end: int) -> Iterator[FlowText]:
    if document.text[start:end].strip() or within(marks, start, end):
        yield FlowText(tuple(_pieces(document, marks, start, end)))


def _pieces(document: Document, marks: Sequence[Mark], start: int, end: int) -> Iterator[Piece]:
    for mark in within(marks, start, end):
        if mark.start < start:
            continue
        if mark.start > start:
            yield Piece(document.text[start : mark.start])
        yield Piece(document.text[mark.start : mark.end], mark)
        start = mark.end
    if start < end:
        yield Piece(document.text[start:end])


# --- tables ------------------------------------------------------------------------------------------------


class _Begun(NamedTuple):
    """A cell, by its row and its number in it, the column that it begins at, and whether it is a label."""

    row: int
    number: int
    column: int
    is_label: bool


def _rows(document: Document, marks: Sequence[Mark], grid: Grid) -> Iterator[tuple[FlowCell, ...]]:
    rows = [list(cells) for _, cells in groupby(grid.cells, key=attrgetter("row"))]
    begun = [
        [
            _Begun(
                row_number, number, _column(document, cell), _is_label(document.text[cell.start : cell.end])
            )
            for number, cell in enumerate(row)
        ]
        for row_number, row in enumerate(rows)
    ]
    for row, sizes in zip(rows, _sizes(begun), strict=True):
        yield tuple(
            FlowCell(tuple(_pieces(document, marks, cell.start, cell.end)), *size)
            for cell, size in zip(row, sizes, strict=True)
        )


def _column(document: Document, cell: GridCell) -> int:
    """The column that a cell begins at, from 1; 0 where that isn't known."""
    if cell.column is not None:
        return cell.column
    locator = document.locator(cell.start)
    return (locator.column if locator is not None else None) or 0


def _is_label(text: str) -> bool:
    return any(character.isalpha() for character in text)


def _sizes(rows: Sequence[Sequence[_Begun]]) -> list[list[tuple[int, int]]]:
    """How many columns and rows each cell covers, as far as the columns that cells begin at tell.

    Args:
        rows: of the table.

    Returns:
        Of each row, of each cell its columns and rows; 1 and 1 throughout where the columns make no grid.
    """
    columns = [[cell.column for cell in row] for row in rows]
    sizes = [[[1, 1] for _ in row] for row in rows]
    if all(0 not in row and row == sorted(set(row)) for row in columns):
        above: dict[int, _Begun] = {}
        last = max((row[-1] for row in columns if row), default=0)
        for row in rows:
            above = _covering(row, above, last)
            for column, cell in above.items():
                size = sizes[cell.row][cell.number]
                size[0] = max(size[0], column - cell.column + 1)
                size[1] = row[0].row - cell.row + 1
    return [[(width, height) for width, height in row] for row in sizes]


def _covering(row: Sequence[_Begun], above: Mapping[int, _Begun], last: int) -> dict[int, _Begun]:
    """Of every column the cell that covers it in a row.

    A column at which no cell begins is covered from above, if a label there begins behind the cell at its
    left, and ends before the next; else by the cell at its left. A single cell covers the whole row.

    Args:
        row: its own cells.
        above: what covers the columns in the row above.
        last: the last column of the table.
    """
    covering: dict[int, _Begun] = {}
    begins = {cell.column: cell for cell in row}
    left: _Begun | None = None
    for column in range(1, last + 1):
        if column in begins:
            left = covering[column] = begins[column]
            continue
        upper = above.get(column)
        if upper is not None and _reaches_down(upper, left, begins.keys(), above, is_alone=len(row) == 1):
            covering[column] = upper
        elif left is not None:
            covering[column] = left
    return covering


def _reaches_down(
    upper: _Begun, left: _Begun | None, begins: Set[int], above: Mapping[int, _Begun], *, is_alone: bool
) -> bool:
    """Whether the cell above a column, rather than the one at its left, covers it."""
    if left is None:
        return True
    if is_alone or upper.column <= left.column or not upper.is_label:
        return False
    return not any(column in begins for column, cell in above.items() if cell is upper)
