"""Lists of indicators side by side in one table: read as one, a list further left before those right of it.

A header tells: it names the same columns twice, or more often. Below it, each list has labels of its own in
the column of the first one's; a blank column may part them. Two reports side by side have the same labels in
both, and a form whose columns stand twice has figures there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from extractor.documents.document import Document, Grid, GridCell
from extractor.text.figures import is_figure
from extractor.text.folding import fold_label

_GRIDS = ("pipes", "tabs", "table", "blanks")
# So many rows with a label of their own in another list are no accident.
_LEAST_ROWS = 3
# No page has more lists side by side.
_MOST_LISTS = 4


class _Lists(NamedTuple):
    """Lists side by side.

    Attributes:
        number: how many.
        width: how many columns each has.
        step: how many columns the next one begins further right: blank ones may part them.
    """

    number: int
    width: int
    step: int


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
        if lists is None:
            continue
        below = list(_below(text, rows[position + 1 :], lists, is_table=grid.kind == "table"))
        if not all(_is_list(text, below, number) for number in range(1, lists.number)):
            continue
        titles = _titles(rows[position - 1], lists, grid) if position else []
        own = [row for number in range(lists.number) for row in _rows_of(below, number, titles)]
        ordered = [
            *rows[: position - bool(titles)],
            header[: lists.width],
            *own,
            *rows[position + 1 + len(below) :],
        ]
        cells = (replace(cell, row=number) for number, row in enumerate(ordered) for cell in row)
        return replace(grid, cells=tuple(cells))
    return grid


def _lists(text: str, header: Sequence[GridCell]) -> _Lists | None:
    """The lists that stand side by side below a header; None if it names no columns twice."""
    words = [fold_label(text[cell.start : cell.end]) for cell in header]
    if "" in words:
        return _lists_apart(words)
    for number in range(2, _MOST_LISTS + 1):
        width, rest = divmod(len(words), number)
        if not rest and width > 1 and words[:width] * number == words:
            return _Lists(number, width, width) if len({*words}) == width else None
    return None


def _lists_apart(words: Sequence[str]) -> _Lists | None:
    """The lists of a header that names columns twice, blank ones between them; None if it doesn't."""
    width = words.index("")
    step = next((place for place in range(width, len(words)) if words[place]), 0)
    if step < 1 or width < 1:
        return None
    # What parts the lists may stand behind the last one, too.
    number = -(-len(words) // step)
    whole = [*words, *[""] * (number * step - len(words))]
    is_told = whole == whole[:step] * number and len({*words[:width]}) == width > 1
    return _Lists(number, width, step) if is_told and 1 < number <= _MOST_LISTS else None


def _rows_of(
    below: Sequence[list[list[GridCell]]], number: int, titles: Sequence[list[GridCell]]
) -> Iterator[list[GridCell]]:
    """The rows of a list, its title first if it has one; blank ones of the first list are rows, too."""
    yield from titles[number : number + 1]
    yield from (row[number] for row in below if row[number] or not number)


def _titles(row: Sequence[GridCell], lists: _Lists, grid: Grid) -> list[list[GridCell]]:
    """The titles of lists in the row above their header, a row each; nothing if it lacks one of any."""
    is_table = grid.kind == "table"
    filled = [(place, cell) for place, cell in enumerate(row) if cell.end > cell.start]
    places = [cell.column - 1 if is_table and cell.column else place for place, cell in filled]
    if places != [number * lists.step for number in range(lists.number)]:
        return []
    return [[replace(cell, column=1) if is_table else cell] for _, cell in filled]


def _below(
    text: str, rows: Sequence[Sequence[GridCell]], lists: _Lists, *, is_table: bool
) -> Iterator[list[list[GridCell]]]:
    """What each list has of every row below a header; what is no row of each of them ends them.

    A row of one cell is none, nor a wider one, nor one with anything between two lists, or with words in the
    last column of one alone, as the date behind a signature.
    """
    for row in rows:
        places = [cell.column - 1 if is_table and cell.column else i for i, cell in enumerate(row)]
        if len(row) < 2 or max(places) >= lists.number * lists.step:
            return
        parts: list[dict[int, GridCell]] = [{} for _ in range(lists.number)]
        for cell, place in zip(row, places, strict=True):
            number, column = divmod(place, lists.step)
            parts[number][column] = replace(cell, column=column + 1) if is_table and number else cell
        if not all(_may_be_row(text, part, lists.width) for part in parts):
            return
        yield [*_ended(parts, lists.width, row[-1])]


def _ended(parts: Sequence[Mapping[int, GridCell]], width: int, last: GridCell) -> Iterator[list[GridCell]]:
    """What each list has of a row, without what parts them; that ends where the whole row does."""
    for part in parts:
        own = [cell for column, cell in part.items() if column < width]
        if part is not parts[-1]:
            own[-1:] = [replace(cell, ends_row=last.ends_row) for cell in own[-1:]]
        yield own


def _may_be_row(text: str, cells: Mapping[int, GridCell], width: int) -> bool:
    """Whether cells may be a row of a list.

    Args:
        text: of the document.
        cells: of a row, by their columns from that on in which the list begins to where the next one does.
        width: how many columns the list has.
    """
    words = {column: text[cell.start : cell.end].strip() for column, cell in cells.items()}
    filled = [column for column, own in words.items() if own]
    is_signed = filled == [width - 1] and not is_figure(words[width - 1])
    return not is_signed and not any(column >= width for column in filled)


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
