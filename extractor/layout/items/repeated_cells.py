"""Merged cells that a converter repeats: a label above several columns, and the same figure below in each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from operator import attrgetter

from extractor.layout.items.items import Item, Kind
from extractor.text.folding import fold_label

_ROW = attrgetter("row")


def without_repeated_cells(items: Sequence[Item], text: str) -> list[Item]:
    """Items in which such a label, and each figure below it, stands once.

    Only where all rows below the label repeat their figures.

    Args:
        items: of a document, in reading order.
        text: the document's text.
    """
    if not _has_neighbours_alike(items):
        return list(items)
    rows = [list(row) for _, row in groupby(items, key=_ROW)]
    repeated: set[int] = set()
    for number, row in enumerate(rows):
        for run in _repeated_labels(row, text):
            below = list(_below(rows[number + 1 :], run))
            if below and all(_is_repeated(slots, text) for slots in below):
                repeated |= {id(item) for cells in (run, *below) for item in cells[1:]}
    return [item for item in items if id(item) not in repeated] if repeated else list(items)


def _has_neighbours_alike(items: Sequence[Item]) -> bool:
    """Whether two items that follow each other have the same label, as in most documents none have."""
    return any(item.label is not None and item.label == after.label for item, after in pairwise(items))


def _repeated_labels(row: Sequence[Item], text: str) -> Iterator[list[Item]]:
    """The runs of adjacent cells of a row that hold the same label of a column."""
    named = [item for item in row if _names_column(item)]
    for _, group in groupby(named, key=lambda item: fold_label(text[item.start : item.end])):
        run = list(group)
        columns = [_place(item) for item in run]
        if len(run) > 1 and columns == list(range(columns[0], columns[0] + len(columns))):
            yield run


def _names_column(item: Item) -> bool:
    return item.label is not None and item.label.names_column and not item.label.names_row


def _place(item: Item) -> int:
    """The column at which a cell stands: of the grid or, where there is none, of its line."""
    return item.column if item.grid_column is None else item.grid_column


def _below(rows: Sequence[Sequence[Item]], run: Sequence[Item]) -> Iterator[list[Item]]:
    """The figures below a label, a list a row, down to the first row that has none in its columns.

    Args:
        rows: below it.
        run: the cells that hold the label.
    """
    columns, is_grid = {_place(item) for item in run}, run[0].grid_column is not None
    for row in rows:
        slots = [item for item in row if item.kind is Kind.SLOT and _place(item) in columns]
        if not slots or any((slot.grid_column is not None) != is_grid for slot in slots):
            return
        yield slots


def _is_repeated(slots: Sequence[Item], text: str) -> bool:
    return len(slots) > 1 and len({text[slot.start : slot.end] for slot in slots}) == 1
