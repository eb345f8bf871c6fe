"""A table that a page has cut into two by its columns: the labels of all rows once more beside the rest.

Narrow pages have it so: 自然人 商业企业 科研机构 first, and 社会公益组织 … 总计 in a second table below, both
with the label of every row. The cells of a row are put together where both tables have the same rows in the
same order, their headers have each column of one block once, and nothing but 续表 and such is between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from extractor.layout.items.items import Item, Kind
from extractor.text.folding import fold_label, label_key
from rules.form import Form

_SLOT, _ROW_END, _TABLE_END = Kind.SLOT, Kind.ROW_END, Kind.TABLE_END
# What says that a table goes on: 续表, 表二（续）, 第2页 共3页, — 4 —.
_NOTHING = re.compile(r"(?:[表续附页第共（）()：:、，,.．\s一二三四五六七八九十—-]|(?<!\d)\d{1,2}(?!\d))*")
# Fewer rows with the same labels are no table's.
_FEWEST_ROWS = 5


class _Table(NamedTuple):
    """A table of the page whose header is one line of labels.

    Attributes:
        start, end: the positions of its first item, and behind its end.
        names: the cells of its header that name columns.
        rows: below it, without their ends.
        labels: what stands before the figures of each row.
    """

    start: int
    end: int
    names: list[Item]
    rows: list[list[Item]]
    labels: list[tuple[str, ...]]


def with_columns_together(items: list[Item], text: str, forms: tuple[Form, ...]) -> list[Item]:
    """Items in which such tables stand as one, where the first of them stands.

    Args:
        items: of a document, in reading order.
        text: the document's text.
        forms: editions of one family.
    """
    tables = list(_tables(items, text))
    result: list[Item] = []
    position = 0
    while tables:
        parts = _parts(tables, text, forms)
        first, last = parts[0], parts[-1]
        if len(parts) > 1:
            result += items[position : first.start]
            result += _together(parts)
            position = last.end
        tables = tables[len(parts) :]
    return result + items[position:]


def _tables(items: Sequence[Item], text: str) -> Iterator[_Table]:
    """The tables of one line of labels and at least so many rows of figures."""
    start = 0
    for position, item in enumerate(items):
        if item.kind is _TABLE_END:
            while start < position and items[start].grid_column is None:
                start += 1
            table = _table(items, start, position, text)
            if table is not None:
                yield table
            start = position + 1


def _table(items: Sequence[Item], start: int, end: int, text: str) -> _Table | None:
    cells = [item for item in items[start:end] if item.kind is not _ROW_END]
    header, *rows = [list(row) for _, row in groupby(cells, attrgetter("row"))] or [[]]
    names = _names(header)
    is_grid = all(item.grid_column is not None for item in cells) and len(rows) >= _FEWEST_ROWS
    if not names or len(header) > len(names) + 1 or not is_grid or not _stand_below(names, rows):
        return None
    labels = [tuple(label_key(fold_label(text[one.start : one.end])) for one in _words(row)) for row in rows]
    return _Table(start, end + 1, names, [header, *rows], labels)


def _names(header: Sequence[Item]) -> list[Item]:
    """The labels of a header that name columns."""
    return [item for item in header if item.label is not None and item.label.names_column]


def _words(row: Sequence[Item]) -> list[Item]:
    """What stands before the figures of a row."""
    return [item for item in row if item.kind is not _SLOT]


def _stand_below(names: Sequence[Item], rows: Sequence[Sequence[Item]]) -> bool:
    """Whether each row has a slot below every name of a column, and no other."""
    columns = [name.grid_column for name in names]
    return all([item.grid_column for item in row if item.kind is _SLOT] == columns for row in rows)


def _parts(tables: Sequence[_Table], text: str, forms: tuple[Form, ...]) -> list[_Table]:
    """The first of some tables and those below it that go on with its columns; itself if none does."""
    parts = [tables[0]]
    for table in tables[1:]:
        between = text[parts[-1].rows[-1][-1].end : table.rows[0][0].start]
        if table.labels != parts[0].labels or not _says_nothing(between, tables, text):
            break
        parts.append(table)
        if any(_are_all_of(parts, key, sizes) for form in forms for key, sizes in _sizes(form)):
            return parts
    return parts[:1]


def _sizes(form: Form) -> Iterator[tuple[tuple[str, str], int]]:
    return ((key, len(block.columns)) for key, (_, block) in form.blocks.items())


def _are_all_of(parts: Sequence[_Table], key: tuple[str, str], size: int) -> bool:
    """Whether the names of the columns are those of a block, each once."""
    named = [name.label.columns.get(key, frozenset()) for part in parts for name in part.names if name.label]
    return len(named) == size and all(named) and len(frozenset().union(*named)) == size == len(set(named))


def _says_nothing(between: str, tables: Sequence[_Table], text: str) -> bool:
    """Whether what stands between two tables is a number, 续表, or names of their columns."""
    names = {text[name.start : name.end] for table in tables for name in table.names}
    for name in sorted(names, key=len, reverse=True):
        between = between.replace(name, "")
    return _NOTHING.fullmatch(between) is not None


def _together(parts: Sequence[_Table]) -> Iterator[Item]:
    """The rows of the first table, each with the cells of the other ones behind its own."""
    first, *others = parts
    for number, row in enumerate(first.rows):
        cells = list(row)
        for other in others:
            more = other.names if number == 0 else [i for i in other.rows[number] if i.kind is _SLOT]
            begin = (cells[-1].grid_column or 0) + 1
            cells += [
                replace(cell, row=row[0].row, column=len(cells) + i, grid_column=begin + i)
                for i, cell in enumerate(more)
            ]
        last = cells[-1]
        yield from (replace(cell, last_grid_column=last.grid_column) for cell in cells)
        yield Item(_ROW_END, last.end, last.end, row[0].row, last.column, last_grid_column=last.grid_column)
    yield Item(_TABLE_END, last.end, last.end, row[0].row)
