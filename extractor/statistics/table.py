"""A statistics table as it was read without a form."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from extractor.documents.document import Span
from rules.confront import State

# The whole's isn't the sum of its parts': of 99 % and 98 % it is between them.
SHARE = "%"


class TableFigure(NamedTuple):
    """A figure, a mark or a blank of a row.

    Attributes:
        column: of the table's value columns, counted from 0.
        printed, value, state: as a cell has them.
        unit: printed with it; None if there is none.
    """

    column: int
    printed: str
    span: Span
    state: State
    value: int | Decimal | None
    unit: str | None


class TableColumn(NamedTuple):
    """A column of figures.

    Attributes:
        path: the words above it, from the outermost on; empty if the page has none.
        label: where the last of them stand; None if there are none.
        unit: in brackets behind them; None if there is none.
        is_total: whether they say that it is a total.
        is_part: whether 其中 says that it holds only some of another column's.
    """

    path: tuple[str, ...]
    label: Span | None
    unit: str | None
    is_total: bool
    is_part: bool = False


class TableRow(NamedTuple):
    """A row: an indicator, or a heading above some.

    Attributes:
        words: its own, without ordinal and unit.
        label: where they stand.
        number: its ordinal as the page prints it; None if it has none.
        unit: its own; None if the page prints none.
        figures: none of a heading's.
        parent: the position of the row that it stands below by numbering, indentation, 其中 or merged cells;
            None if it is an outermost one.
        is_part: whether 其中 says that it, and its like, are only some parts of that row.
        is_total: whether it says that it is the total of the rows before it.
        is_open: whether nothing of this tells what it stands below: no number, indentation, 其中 or merged
            cell.
        told_by: who else has told what it stands below; None where the page's own look does.
        is_disputed: whether it is open which columns its figures are of, or someone else says that it
            stands below another row.
    """

    words: str
    label: Span
    number: str | None
    unit: str | None
    figures: tuple[TableFigure, ...]
    parent: int | None
    is_part: bool = False
    is_total: bool = False
    is_open: bool = False
    told_by: str | None = None
    is_disputed: bool = False


class StatedSum(NamedTuple):
    """A sum that the page states.

    Attributes:
        kind: what states it: ``column`` or ``row`` (by a word such as 合计), ``numbering``, ``told`` (in
            words of the page that another reader quotes).
        whole: the position of the row, or the column, that is the total.
        parts: of those that it is the total of.
    """

    kind: str
    whole: int
    parts: tuple[int, ...]


class StatisticsTable(NamedTuple):
    """A table.

    Attributes:
        title: the words right above it; empty if there are none.
        columns: of figures, from left to right.
        rows: from top to bottom.
        corner: the words above its labels, units and codes.
        beside: the words above other columns without figures, such as 备注.
        unit: of its figures that have none of their own, as it is stated above it; None if it isn't.
        told: sums of rows that another reader has found words of the page for.
    """

    title: str
    columns: tuple[TableColumn, ...]
    rows: tuple[TableRow, ...]
    corner: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    unit: str | None = None
    told: tuple[StatedSum, ...] = ()

    def path(self, position: int) -> tuple[str, ...]:
        """The words of a row and of all that it stands below, from the outermost on.

        Args:
            position: of the row.
        """
        words: list[str] = []
        place: int | None = position
        while place is not None:
            words.append(self.rows[place].words)
            place = self.rows[place].parent
        return tuple(reversed(words))

    def unit_of(self, row: TableRow, figure: TableFigure) -> str | None:
        """The unit of a figure: its own, its row's, its column's or that of all; None if the page has none.

        A column of shares has them of whatever its rows count. A heading's is that of the rows below it.

        Args:
            row: of the table.
            figure: of the row.
        """
        column = self.columns[figure.column].unit
        own = row.unit or self._unit_above(row.parent)
        nearest = (column, own) if column == SHARE else (own, column)
        return next((unit for unit in (figure.unit, *nearest, self.unit) if unit is not None), None)

    def _unit_above(self, place: int | None) -> str | None:
        """The unit of the nearest of some headings that has one, up to a row with figures."""
        while place is not None and not self.rows[place].figures:
            if self.rows[place].unit is not None:
                return self.rows[place].unit
            place = self.rows[place].parent
        return None

    def figure(self, position: int, column: int) -> TableFigure | None:
        """The figure of a row in a column; None if nothing is there.

        Args:
            position: of the row.
            column: counted from 0.
        """
        return next((one for one in self.rows[position].figures if one.column == column), None)
