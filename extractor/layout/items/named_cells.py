"""Rows whose figures each stand beside the name of their column, in cells or on lines of their own.

So pages look on phones: the label of a row, below it 自然人 and 90, 商业企业 and 96, or each figure above its
name; and messages: 一、本年新收… 自然人 90 | 商业企业 96. Behind the label of a row come names or figures
first, and that tells which of them stand together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from typing import NamedTuple

from extractor.layout.items.items import Item, Kind
from extractor.layout.words.labels import Label
from extractor.layout.words.meanings import Role
from extractor.text.folding import fold_label, label_key

# So many rows with so many figures are a table; beside one, rows may have fewer figures.
_FEWEST_ROWS, _FEWEST = 3, 3
_BULLETS = ("-", "*", "+", "·", "•", "–", "—")
# Looked at for every item: a member of an Enum takes Python 3.11 0.27 µs to find.
_SLOT = Kind.SLOT


class _Row(NamedTuple):
    """A row with the names of its columns.

    Attributes:
        start, end: its positions among the items, that of a bullet before it among them.
        label: of the row.
        names: of its columns.
        figures: one beside each name.
        names_first: whether each name stands before its figure.
    """

    start: int
    end: int
    label: Item
    names: tuple[Item, ...]
    figures: tuple[Item, ...]
    names_first: bool


def with_names_of_cells(items: Sequence[Item], text: str) -> list[Item]:
    """Items in which such rows stand below a header for each table, as the rows of a table do.

    Only where all rows that name a column of another row name the same columns, in the same order.

    Args:
        items: of the document, in reading order.
        text: the document's text.
    """
    rows = list(_rows(items, text))
    tables: dict[tuple[str, ...], list[_Row]] = {}
    for row in rows:
        names = tuple(label_key(fold_label(text[name.start : name.end])) for name in row.names)
        tables.setdefault(names, []).append(row)
    if not _are_tables(tables) or _may_end_with_labels(items, rows):
        return _without_names(items, rows)
    headed = {table[0].start for table in tables.values()}
    result: list[Item] = []
    position = 0
    for row in rows:
        result += items[position : row.start]
        # Below its caption a block has a header of its own, though the one above has the same columns.
        if row.start in headed or any(_is_caption(item) for item in items[position : row.start]):
            result += _in_grid(row.names, row.label.row - 1)
        result.append(replace(row.label, column=0, grid_column=0, last_grid_column=len(row.figures)))
        result += _in_grid(row.figures, row.label.row)
        position = row.end
    return result + list(items[position:])


def _without_names(items: Sequence[Item], rows: Sequence[_Row]) -> list[Item]:
    """Items in which names behind figures are no header of the row below them, where many rows have such."""
    behind = {name for row in rows if not row.names_first for name in row.names}
    if sum(not row.names_first for row in rows) < _FEWEST_ROWS:
        return list(items)
    return [replace(item, kind=Kind.TEXT, label=None) if item in behind else item for item in items]


def _is_caption(item: Item) -> bool:
    return item.label is not None and Role.CAPTION in item.label.roles


def _in_grid(cells: Sequence[Item], row: int) -> Iterator[Item]:
    """Cells at the columns of a grid behind that of the labels, on one row."""
    for column, cell in enumerate(cells, 1):
        yield replace(cell, row=row, column=column, grid_column=column, last_grid_column=len(cells))


def _are_tables(tables: Mapping[tuple[str, ...], Sequence[_Row]]) -> bool:
    """Whether one at least has enough rows, and no two have more than a column or two in common."""
    is_any = any(len(names) >= _FEWEST and len(rows) >= _FEWEST_ROWS for names, rows in tables.items())
    is_one_way = len({row.names_first for rows in tables.values() for row in rows}) == 1
    # 总计 is a column of most tables.
    return (
        is_any
        and is_one_way
        and not any(
            2 * len({*one} & {*other}) > min(len(one), len(other)) for one, other in combinations(tables, 2)
        )
    )


def _may_end_with_labels(items: Sequence[Item], rows: Sequence[_Row]) -> bool:
    """Whether a figure and its name stand right before a row, of no row themselves.

    Then each row's label may stand behind its figures, and the first of these have theirs below them. Of
    figures before their names, the name alone tells it.
    """
    ends = {row.end for row in rows}
    first = [row for row in rows if row.start not in ends and row.start > 1]
    return any(
        _names_column(items[row.start - 2]) and items[row.start - 1].kind is _SLOT
        if row.names_first
        else _names_column(items[row.start - 1])
        for row in first
    )


def _rows(items: Sequence[Item], text: str) -> Iterator[_Row]:
    """The rows that are made of a label and of pairs of a column's name and a figure, and nothing else."""
    position = 0
    while position < len(items):
        item = items[position]
        # Nearly all items are figures or words, and begin none.
        may_begin = item.label is not None or item.end - item.start == 1
        row = _row_at(items, position, text) if may_begin else None
        if row is not None:
            yield row
            position = row.end
        else:
            position += 1


def _row_at(items: Sequence[Item], position: int, text: str) -> _Row | None:
    """The row that begins at a position, with a bullet or its label; None if none does."""
    start = position
    position += _is_bullet(items, position, text)
    label = items[position].label if position < len(items) else None
    if label is None or not _names_row(label):
        return None
    head, first = items[position], items[position + 1] if position + 1 < len(items) else None
    names_first = first is not None and _names_column(first)
    pairs = list(_pairs(items, position + 1, names_first=names_first))
    end = position + 1 + 2 * len(pairs)
    following = items[end] if end < len(items) else None
    # A name without a figure, or a figure without a name: which is whose isn't told.
    goes_on = following is not None and (_names_column(following) or following.kind is _SLOT)
    if not pairs or (goes_on and _row_label_at(items, end, text) is None):
        return None
    names, figures = zip(*pairs, strict=True)
    if len(names) < _FEWEST and not all(_are_of_one_block(label, name) for name in names):
        return None
    return _Row(start, end, head, names, figures, names_first)


def _row_label_at(items: Sequence[Item], position: int, text: str) -> Label | None:
    """The label of a row that stands at a position, or behind a bullet there."""
    position += _is_bullet(items, position, text)
    label = items[position].label if position < len(items) else None
    return label if label is not None and _names_row(label) else None


def _is_bullet(items: Sequence[Item], position: int, text: str) -> bool:
    """Whether the mark of a list stands at a position, right before something else on its line."""
    if position + 1 >= len(items):
        return False
    item, following = items[position], items[position + 1]
    return item.row == following.row and text[item.start : item.end] in _BULLETS


def _pairs(items: Sequence[Item], start: int, *, names_first: bool) -> Iterator[tuple[Item, Item]]:
    """The names of columns and the figures beside them, from a position on.

    Args:
        items: of the document.
        start: the position.
        names_first: whether each name stands before its figure; else it stands behind it.
    """
    for position in range(start, len(items) - 1, 2):
        name, figure = items[position : position + 2] if names_first else items[position : position + 2][::-1]
        if not _names_column(name) or figure.kind is not _SLOT or figure.is_blank:
            return
        yield name, figure


def _names_row(label: Label) -> bool:
    """Whether a label names a row, and no column: 其他 and 总计 without an ordinal name columns."""
    is_of_row = label.names_row or bool(label.wide_rows)
    return is_of_row and (label.number is not None or not label.names_column)


def _names_column(item: Item) -> bool:
    return item.label is not None and item.label.names_column and item.label.number is None


def _are_of_one_block(label: Label, name: Item) -> bool:
    """Whether a row and a column are of the same block."""
    columns = name.label.columns.keys() if name.label is not None else frozenset[tuple[str, str]]()
    return not columns.isdisjoint({*label.rows, *label.wide_rows})
