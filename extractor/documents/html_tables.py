"""Tables of web pages: their cells in a grid, and which of them only arrange a page.

A page's own tables are found among those that lay it out: a row is data unless one of its cells holds
another table or prose. What isn't data is read cell by cell, each cell's lines as lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple, TypeAlias

# Browsers take no more rows; and no form has so many columns: a table that is wider is read, but its
# cells behind the last one count as one column each, so that a huge colspan costs nothing.
_MOST_ROWS, _MOST_COLUMNS = 65534, 200
# The longest label with its explanation has a third of it: a cell with more holds a part of the page.
_LONGEST_CELL = 500
_INTEGER = re.compile(r"[ \t\n\f\r]*\+?0*(\d*)")


class PlacedCell(NamedTuple):
    """A cell of a data table: its text, and its first row and column in the grid, counted from 1."""

    text: str
    row: int
    column: int


class DataTable(NamedTuple):
    """Rows of a table that hold data.

    Attributes:
        identity: the same for all that is left of one table of the page.
        rows: of each row its own cells.
    """

    identity: object
    rows: list[list[PlacedCell]]


# What a page is made of in the end: a line, or the data of a table.
Block: TypeAlias = str | DataTable


@dataclass(slots=True)
class Flow:
    """What stands one below the other: on the page, or in a cell.

    Attributes:
        blocks: the lines and tables so far.
        pieces: the text of the line that isn't at its end yet.
    """

    blocks: list[Block] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class OpenCell:
    """A cell of a table."""

    columns: int
    rows: int
    flow: Flow = field(default_factory=Flow)


@dataclass(slots=True)
class _Section:
    """Rows that belong together (``thead``, ``tbody``, ``tfoot``): no cell reaches out of them."""

    name: str
    rows: list[list[OpenCell]] = field(default_factory=list)


class OpenTable:
    """A table whose tags are being read.

    Attributes:
        before: what stands in it outside of its rows: browsers show it above the table.
        cell: the cell that is being read.
    """

    def __init__(self) -> None:
        self.before = Flow()
        self.cell: OpenCell | None = None
        self._sections = [_Section("")]
        self._in_row = False

    def start_section(self, name: str) -> None:
        """``thead``, ``tbody`` or ``tfoot``."""
        self._sections.append(_Section(name))
        self._in_row = False

    def end_section(self) -> None:
        """Its end; rows may follow that belong to none."""
        self.start_section("")

    def start_row(self) -> None:
        """A row begins."""
        self._sections[-1].rows.append([])
        self._in_row = True

    def end_row(self) -> None:
        """A row ends."""
        self._in_row = False

    def start_cell(self, attributes: Mapping[str, str]) -> OpenCell:
        """A cell begins, and with it a row if its tag was left out."""
        if not self._in_row:
            self.start_row()
        columns = _integer(attributes.get("colspan", ""), 1) or 1
        self.cell = OpenCell(columns, _integer(attributes.get("rowspan", ""), 1))
        self._sections[-1].rows[-1].append(self.cell)
        return self.cell

    def blocks(self) -> Iterator[Block]:
        """What the table says, in reading order."""
        yield from self.before.blocks
        rows = list(_placed(self._in_order()))
        is_list = all(len(row) < 2 for row in rows)
        for is_data, group in groupby(rows, key=lambda row: not is_list and _is_data(row)):
            if is_data:
                cells = [[PlacedCell(_text(one.cell), one.row, one.column) for one in row] for row in group]
                if any(cells):
                    yield DataTable(self, cells)
            else:
                for row in group:
                    for one in row:
                        yield from one.cell.flow.blocks

    def _in_order(self) -> list[_Section]:
        """The first head is shown first and the first foot last, wherever they are written."""
        first = {section.name: section for section in reversed(self._sections)}
        head, foot = first.get("thead"), first.get("tfoot")
        middle = [section for section in self._sections if section is not head and section is not foot]
        return [*([head] if head else []), *middle, *([foot] if foot else [])]


class _Placed(NamedTuple):
    cell: OpenCell
    row: int
    column: int


def _placed(sections: Sequence[_Section]) -> Iterator[list[_Placed]]:
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
                placed.append(_Placed(cell, number, column + 1))
                end = column + min(cell.columns, max(1, _MOST_COLUMNS - column))
                rows = min(cell.rows, _MOST_ROWS) or _MOST_ROWS
                free += [0] * (end - len(free))
                free[column:end] = [row + rows] * (end - column)
                column = end
            yield placed


def _integer(value: str, default: int) -> int:
    """A number as browsers read it: digits, whatever stands behind them; not more than they take."""
    match = _INTEGER.match(value)
    digits = match[1] if match is not None else ""
    if not digits:
        return 0 if "0" in value[: match.end() if match else 0] else default
    return min(int(digits[:6]), _MOST_ROWS)


def _is_data(row: Sequence[_Placed]) -> bool:
    return all(_is_data_cell(one.cell) for one in row)


def _is_data_cell(cell: OpenCell) -> bool:
    length = 0
    for block in cell.flow.blocks:
        if not isinstance(block, str):
            return False
        length += len(block)
    return length <= _LONGEST_CELL


def _text(cell: OpenCell) -> str:
    return "\n".join(block for block in cell.flow.blocks if isinstance(block, str))
