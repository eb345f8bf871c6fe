"""A parent's table against those of its units: every cell should be the sum of theirs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Literal, NamedTuple, TypeAlias

from extractor.narrative.claims.units import MONEY
from extractor.organs.organ_list import OrganList
from extractor.panel.indicators import worst_status
from extractor.panel.stated import StatedReport
from extractor.result.cells import Cell, Status
from extractor.text.figures import Value
from rules.confront import State

# Why a report isn't summed: it is of another year or form, its organ isn't one of the parent's, another
# unit's table holds it, or its organ is there already.
LeftOut: TypeAlias = Literal["year", "form", "organ", "within", "twice"]


class CellSum(NamedTuple):
    """A cell of the parent beside the sum of its units.

    Attributes:
        address: of the cell.
        parent: what the parent states; None if it states no number.
        units: the sum of what the units state.
        stating: how many units state a number there.
        open: the units whose cell hides its number, so that the sum may be more.
        status: that of the worst cell behind it.
    """

    address: str
    parent: Value | None
    units: Value
    stating: int
    open: tuple[str, ...]
    status: Status

    @property
    def difference(self) -> Value | None:
        """What the parent states beyond its units; below zero if they state more."""
        return None if self.parent is None else self.parent - self.units


class Summed(NamedTuple):
    """A parent's report beside those of its units.

    Attributes:
        parent: its report.
        units: the reports that were summed.
        cells: in the order of the parent's form.
        missing: organs that belong to the parent by the list, and have no report.
        left_out: reports that aren't summed, and why.
    """

    parent: StatedReport
    units: tuple[StatedReport, ...]
    cells: tuple[CellSum, ...]
    missing: tuple[str, ...]
    left_out: tuple[tuple[str, LeftOut], ...]

    @property
    def is_sum(self) -> bool:
        """Whether there is anything to compare: units, and a parent that may be their sum."""
        return bool(self.units) and not self.parent.is_own_office

    @property
    def different(self) -> tuple[CellSum, ...]:
        """The cells that aren't the sum of the units', or may not be; none if the parent isn't."""
        if self.parent.is_own_office:
            return ()
        return tuple(cell for cell in self.cells if cell.difference or cell.open)


def sum_of(parent: StatedReport, reports: Iterable[StatedReport], organs: OrganList) -> Summed:
    """Put a parent's cells beside the sums of its units'.

    A unit is of the same year and form. It is the parent's if it is of the parent's division or of one in it,
    or if the list of organs says so; where that isn't certain, whoever named the files is believed. What lies
    in another unit that is there isn't counted again, unless that one's page says that its figures are its
    own office's alone.

    Args:
        parent: the report on all of them.
        reports: of the units.
        organs: who says what lies in what, and which units there are.
    """
    units: list[StatedReport] = []
    left_out: list[tuple[str, LeftOut]] = []
    for report in reports:
        why = _why_not(parent, report, units, organs)
        if why is None:
            units.append(report)
        else:
            left_out.append((report.report, why))
    within = [unit for unit in units if any(_is_part(unit, other, organs) for other in units)]
    left_out += [(unit.report, "within") for unit in within]
    counted = [unit for unit in units if unit not in within]
    keys = {unit.identity.key for unit in units}
    expected = organs.units(parent.identity.key) if parent.identity.key is not None else ()
    missing = tuple(one.name or "" for one in expected if one.key not in keys)
    cells = tuple(_cell_sum(cell, counted) for cell in parent.cells)
    return Summed(parent, tuple(counted), cells, missing, tuple(left_out))


def _why_not(
    parent: StatedReport, report: StatedReport, known: Sequence[StatedReport], organs: OrganList
) -> LeftOut | None:
    """Why a report isn't one of the parent's units; None if it is."""
    key, above = report.identity.key, parent.identity.key
    if None not in (report.year, parent.year) and report.year != parent.year:
        return "year"
    if report.edition != parent.edition:
        return "form"
    if key is None or above is None:
        return None
    if not organs.lies_in(key, above):
        return "organ"
    return "twice" if any(unit.identity.key == key for unit in known) else None


def _is_part(inner: StatedReport, outer: StatedReport, organs: OrganList) -> bool:
    if outer.is_own_office:
        return False
    keys = inner.identity.key, outer.identity.key
    return keys[0] is not None and keys[1] is not None and organs.lies_in(keys[0], keys[1])


def _cell_sum(cell: Cell, units: Sequence[StatedReport]) -> CellSum:
    total: Value = 0
    stating, hidden, behind = 0, [], [cell]
    for unit in units:
        own = unit.by_address.get(cell.address)
        if own is None or (own.value is None and own.state not in (State.BLANK, State.MARK)):
            hidden.append(unit.report)
            continue
        behind.append(own)
        if own.value is not None:
            total += _in_unit(own, cell)
            stating += 1
    status = worst_status(behind) or cell.status
    return CellSum(cell.address, cell.value, total, stating, tuple(hidden), status)


def _in_unit(cell: Cell, like: Cell) -> Value:
    """A cell's number in the unit of another's: amounts are in yuan or in ten thousand yuan."""
    value = cell.value if cell.value is not None else 0
    own, wanted = MONEY.get(cell.unit or ""), MONEY.get(like.unit or "")
    if own is None or wanted is None or own == wanted:
        return value
    return Decimal(value) * own / wanted
