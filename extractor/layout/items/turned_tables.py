"""Tables of several rows turned round: the form's columns stand below each other, its rows side by side.

自然人 34 4 10 … below 一、本年新收… 二、上年结转… （一）予以公开: the labels of a row and a column settle
each figure, where every label of the table is one of the form's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, takewhile
from operator import attrgetter

from extractor.layout.items.items import Item, Kind

_SLOT, _LABEL, _ROW_END, _TABLE_END = Kind.SLOT, Kind.LABEL, Kind.ROW_END, Kind.TABLE_END
# So many columns of a form tell that these are its columns.
_FEWEST = 3
# So many columns of a grid have the labels of rows.
_LABELS = 3
# Rows of a turned table have numbers of their own, which no line of the page has.
_FIRST_ROW = -1_000_000_000


def with_turned_tables(items: list[Item]) -> list[Item]:
    """Items in which each table that is turned round stands as the form has it.

    Args:
        items: of a document, in reading order.
    """
    if not any(item.kind is _TABLE_END for item in items):
        return items
    result: list[Item] = []
    start = 0
    for position, item in enumerate(items):
        if item.kind is _TABLE_END:
            result += _turned_at_end(items[start:position], _FIRST_ROW + len(result))
            result.append(item)
            start = position + 1
    return result + items[start:]


def _turned_at_end(items: Sequence[Item], first: int) -> Sequence[Item]:
    """What stands before a table and the table, turned as the form has it if it is turned round."""
    begin = next(
        (
            i + 1
            for i in range(len(items) - 1, -1, -1)
            if items[i].grid_column is None and not _is_end(items[i])
        ),
        0,
    )
    turned = list(_turned(items[begin:], first))
    return [*items[:begin], *turned] if turned else items


def _is_end(item: Item) -> bool:
    return item.kind is _ROW_END


def _turned(items: Sequence[Item], first: int) -> Iterator[Item]:
    """The cells of a table, row by row as the form has them; nothing if it isn't turned round."""
    by_row = groupby((item for item in items if not _is_end(item)), attrgetter("row"))
    rows = [list(row) for _, row in by_row]
    heads = list(takewhile(_is_of_head, rows))
    body = rows[len(heads) :]
    columns = _columns_of(body)
    leaves = _leaves(heads, columns) if heads and columns is not None else None
    names = [row[0] for row in body]
    if leaves is None or not _are_of_one_block(names, leaves):
        return
    yield from _line([item for item in heads[0] if item.grid_column == names[0].grid_column], names, first)
    for number, (groups, leaf) in enumerate(leaves, 1):
        yield from _line([*groups, leaf], [row[number] for row in body], first + number)


def _is_of_head(row: Sequence[Item]) -> bool:
    return all(item.kind is not _SLOT for item in row)


def _columns_of(body: Sequence[Sequence[Item]]) -> list[int | None] | None:
    """The columns of a table's figures, in which each of its lines has one, or a blank; else None."""
    if len(body) < _FEWEST or not all(map(_is_line, body)):
        return None
    shown = [[item.grid_column for item in row[1:]] for row in body]
    return shown[0] if all(columns == shown[0] for columns in shown) else None


def _is_line(row: Sequence[Item]) -> bool:
    """Whether a row is the label of a column and its figures."""
    label = row[0].label if row else None
    return label is not None and label.names_column and all(item.kind is _SLOT for item in row[1:])


def _leaves(
    heads: Sequence[Sequence[Item]], columns: Sequence[int | None]
) -> list[tuple[list[Item], Item]] | None:
    """Of each column of figures the label of the row that it holds, and the groups whose labels begin there.

    None if a column has none, or words above the figures are no such label.
    """
    leaves: list[tuple[list[Item], Item]] = []
    for column in columns:
        above = [item for row in heads for item in row if item.grid_column == column]
        if not above or any(item.label is None for item in above):
            return None
        *groups, leaf = above
        if len(groups) >= _LABELS or leaf.label is None or not leaf.label.names_row:
            return None
        leaves.append((groups, leaf))
    known = {*columns, heads[0][0].grid_column}
    return leaves if all(item.grid_column in known for row in heads for item in row) else None


def _are_of_one_block(names: Sequence[Item], leaves: Sequence[tuple[list[Item], Item]]) -> bool:
    """Whether one block has a column by each name, all different, and a row by each leaf."""
    first = names[0].label
    blocks = first.columns if first is not None else {}
    return any(
        len(frozenset().union(*(_columns(name, key) for name in names))) >= len(names)
        and all(_columns(name, key) for name in names)
        and all(leaf.label is not None and leaf.label.rows.get(key) for _, leaf in leaves)
        for key in blocks
    )


def _columns(name: Item, key: tuple[str, str]) -> frozenset[str]:
    return name.label.columns.get(key, frozenset()) if name.label is not None else frozenset()


def _line(labels: Sequence[Item], cells: Sequence[Item], row: int) -> Iterator[Item]:
    """A line of its own, its cells in the columns of a grid behind those of its labels, and its end."""
    count = _LABELS + len(cells) - 1
    for column, cell in [*enumerate(labels), *enumerate(cells, _LABELS)]:
        yield replace(cell, row=row, column=column, grid_column=column, last_grid_column=count)
    yield Item(_ROW_END, cells[-1].end, cells[-1].end, row, count, last_grid_column=count)
