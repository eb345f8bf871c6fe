"""Lists of indicators side by side in one table: read as one, a list further left before those right of it.

A header tells: it names the same columns twice, or more often. Below it, each list has labels of its own in
the column of the first one's. Two reports side by side have the same labels in both, and a form whose columns
stand twice has figures there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from extractor.documents.document import Document, Grid, GridCell
from extractor.text.figures import is_figure
from extractor.text.folding import fold_label

_GRIDS = ("pipes", "tabs", "table", "blanks")
# So many rows with a label of their own in another list are no accident.
_LEAST_ROWS = 3
# No page has more lists side by side.
_MOST_LISTS = 4


def with_lists_in_order(document: Document) -> Document:
    """A document in which every table of lists side by side is one list; offsets are as they were.

    Args:
        document: the input.
    """
    grids = [_in_order(document.text, grid) if grid.kind in _GRIDS else grid for grid in document.grids]
    is_same = all(one is other for one, other in zip(grids, document.grids, strict=True))
    return document if is_same else replace(document, grids=tuple(grids))


def _in_order(text: str, grid: Grid) -> Grid:
    rows = [list(cells) for _, cells in groupby(grid.cells, key=lambda cell: cell.row)]
    for position, header in enumerate(rows):
        lists = _lists(text, header)
        if lists > 1:
            width = len(header) // lists
            below = list(_below(rows[position + 1 :], width, lists, is_table=grid.kind == "table"))
            if not all(_is_list(text, below, number) for number in range(1, lists)):
                continue
            titles = _titles(rows[position - 1], width, lists, grid) if position else []
            own = [row for number in range(lists) for row in _rows_of(below, number, titles)]
            ordered = [
                *rows[: position - bool(titles)],
                header[:width],
                *own,
                *rows[position + 1 + len(below) :],
            ]
            cells = (replace(cell, row=number) for number, row in enumerate(ordered) for cell in row)
            return replace(grid, cells=tuple(cells))
    return grid


def _lists(text: str, header: Sequence[GridCell]) -> int:
    """How many lists stand side by side below a header; 1 if it names no columns twice."""
    words = [fold_label(text[cell.start : cell.end]) for cell in header]
    for lists in range(2, _MOST_LISTS + 1):
        width, rest = divmod(len(words), lists)
        if not rest and width > 1 and all(words) and words == words[:width] * lists:
            return lists if len({*words}) == width else 1
    return 1


def _rows_of(
    below: Sequence[list[list[GridCell]]], number: int, titles: Sequence[list[GridCell]]
) -> Iterator[list[GridCell]]:
    """The rows of a list, its title first if it has one; blank ones of the first list are rows, too."""
    yield from titles[number : number + 1]
    yield from (row[number] for row in below if row[number] or not number)


def _titles(row: Sequence[GridCell], width: int, lists: int, grid: Grid) -> list[list[GridCell]]:
    """The titles of lists in the row above their header, a row each; nothing if it lacks one of any."""
    is_table = grid.kind == "table"
    filled = [(place, cell) for place, cell in enumerate(row) if cell.end > cell.start]
    places = [cell.column - 1 if is_table and cell.column else place for place, cell in filled]
    if places != [number * width for number in range(lists)]:
        return []
    return [[replace(cell, column=1) if is_table else cell] for _, cell in filled]


def _below(
    rows: Sequence[Sequence[GridCell]], width: int, lists: int, *, is_table: bool
) -> Iterator[list[list[GridCell]]]:
    """What each list has of every row below a header; a row of one cell, or a wider one, ends them."""
    for row in rows:
        places = [cell.column - 1 if is_table and cell.column else i for i, cell in enumerate(row)]
        if len(row) < 2 or max(places) >= lists * width:
            return
        parts: list[list[GridCell]] = [[] for _ in range(lists)]
        for cell, place in zip(row, places, strict=True):
            number, column = divmod(place, width)
            parts[number].append(replace(cell, column=column + 1) if is_table and number else cell)
        # The row of a list ends where the whole row does.
        for part in parts[:-1]:
            part[-1:] = [replace(cell, ends_row=row[-1].ends_row) for cell in part[-1:]]
        yield parts


def _is_list(text: str, rows: Sequence[Sequence[Sequence[GridCell]]], number: int) -> bool:
    """Whether a list other than the first begins its rows with labels, which aren't those of the first."""
    firsts = [(_first(text, parts[0]), _first(text, parts[number])) for parts in rows]
    labelled = [(left, right) for left, right in firsts if right]
    own = [right for left, right in labelled if left != right and not is_figure(right)]
    return len(own) >= _LEAST_ROWS and len(own) == len(labelled)


def _first(text: str, cells: Sequence[GridCell]) -> str:
    """The label of a row: its first cell, or the one behind a number."""
    first, *behind = [fold_label(text[cell.start : cell.end]) for cell in cells[:2]] or [""]
    is_numbered = is_figure(first) and any(not is_figure(words) for words in behind)
    return behind[0] if is_numbered else first
