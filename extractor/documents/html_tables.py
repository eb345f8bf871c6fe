"""Tables of web pages: their cells in a grid, and which of them only arrange a page.

A page's own tables are found among those that lay it out: a row is data unless one of its cells holds
another table or prose. What isn't data is read cell by cell, each cell's lines as lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple, TypeAlias

# Browsers take no more rows; and no form has so many columns: a table that is wider is read, but its
# cells behind the last one count as one column each, so that a huge colspan costs nothing.
_MOST_ROWS, _MOST_COLUMNS = 65534, 200
# The longest label with its explanation has a third of it: a cell with more holds a part of the page.
_LONGEST_CELL = 500
_INTEGER = re.compile(r"[ \t\n\f\r]*\+?0*(\d*)", re.ASCII)


class OpenCell:
    """A cell of a table: how far it reaches, and what stands in it."""

    __slots__ = ("blocks", "columns", "rows")

    def __init__(self, columns: int, rows: int) -> None:
        self.columns = columns
        self.rows = rows
        self.blocks: list[Block] = []

    def is_data(self) -> bool:
        """Whether it can be a cell of data: it holds words, and neither another table nor prose."""
        return all(isinstance(block, str) for block in self.blocks) and len(self.text) <= _LONGEST_CELL

    @property
    def text(self) -> str:
        """Its lines."""
        return "\n".join([block for block in self.blocks if isinstance(block, str)])


class PlacedCell(NamedTuple):
    """A cell, and its first row and column in the grid, counted from 1."""

    cell: OpenCell
    row: int
    column: int


class DataTable(NamedTuple):
    """Rows of a table that hold data.

    Attributes:
        table: the table of the page that they are of; others of its rows may hold none.
        rows: of each row its own cells.
    """

    table: OpenTable
    rows: list[list[PlacedCell]]


# What a page, or a cell, is made of: lines, and the data of tables.
Block: TypeAlias = str | DataTable


class _Section(NamedTuple):
    """Rows that belong together: no cell reaches out of them."""

    name: str
    rows: list[list[OpenCell]]


class OpenTable:
    """A table whose tags are being read.

    Attributes:
        before: what stands in it outside of its cells: browsers show it above the table.
        depth: how many elements are open around the cell that is being read; None between cells.
    """

    def __init__(self) -> None:
        self.before: list[Block] = []
        self.depth: int | None = None
        self._sections = [_Section("", [])]
        self._in_row = False

    def start_section(self, name: str) -> None:
        """Rows begin that belong together; a nameless section holds rows outside of any."""
        self._sections.append(_Section(name, []))
        self._in_row = False

    def start_row(self) -> None:
        """A row begins."""
        self._sections[-1].rows.append([])
        self._in_row = True

    def end_row(self) -> None:
        """A row ends."""
        self._in_row = False

    def start_cell(self, attributes: Mapping[str, str], depth: int) -> OpenCell:
        """A cell begins, and with it a row if its tag was left out."""
        if not self._in_row:
            self.start_row()
        columns, rows = attributes.get("colspan"), attributes.get("rowspan")
        cell = OpenCell(_integer(columns) or 1 if columns else 1, _integer(rows) if rows else 1)
        self._sections[-1].rows[-1].append(cell)
        self.depth = depth
        return cell

    def blocks(self) -> Iterator[Block]:
        """What the table says, in reading order."""
        yield from self.before
        rows = list(_placed(self._in_order()))
        # A table of one column arranges lines.
        is_list = all(len(row) < 2 for row in rows)
        for is_data, group in groupby(
            rows, lambda row: not is_list and all(one.cell.is_data() for one in row)
        ):
            if is_data:
                if filled := [row for row in group if row]:
                    yield DataTable(self, filled)
            else:
                yield from [block for row in group for one in row for block in one.cell.blocks]

    def _in_order(self) -> list[_Section]:
        """The first head is shown first and the first foot last, wherever they are written."""
        first = {section.name: section for section in reversed(self._sections)}
        head, foot = first.get("thead"), first.get("tfoot")
        middle = [section for section in self._sections if section is not head and section is not foot]
        return [*([head] if head else []), *middle, *([foot] if foot else [])]


def _placed(sections: Sequence[_Section]) -> Iterator[list[PlacedCell]]:
    """The cells of every row and where they begin, by the algorithm of the HTML standard."""
    number = 0
    for section in sections:
        # The row of the section from which on each column is free.
        free: list[int] = []
        for row, cells in enumerate(section.rows):
            number += 1
            placed, column = [], 0
            for cell in cells:
                while column < len(free) and free[column] > row:
                    column += 1
                placed.append(PlacedCell(cell, number, column + 1))
                end = column + min(cell.columns, max(1, _MOST_COLUMNS - column))
                free += [0] * (end - len(free))
                # A cell of no rows reaches down to the end of its section; one that is too wide overlaps
                # others, which still reach down as far as they do.
                below = row + (cell.rows or _MOST_ROWS)
                free[column:end] = [max(below, other) for other in free[column:end]]
                column = end
            yield placed


def _is_data(row: Sequence[PlacedCell]) -> bool:
    return all(placed.cell.is_data() for placed in row)


def _integer(value: str) -> int:
    """A number as browsers read it, whatever stands behind its digits; 1 if it has none."""
    match = _INTEGER.match(value)
    if match is None or not match[0].strip(" \t\n\f\r+"):
        return 1
    return min(int(match[1][:6] or "0"), _MOST_ROWS)
