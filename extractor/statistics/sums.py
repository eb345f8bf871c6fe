"""Sums that a table states, and which of them are believed.

A sum is looked at only where the page's own words state it: 总计, 合计 and their like above a column or
before a row, the numbers of rows below one. It is believed only if it holds in several independent instances:
rows of a column of totals, columns of a row of totals, reports of one form. Two columns that happen to add up
are no rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from extractor.statistics.table import SHARE, StatedSum, StatisticsTable, TableFigure, TableRow
from extractor.statistics.words import is_of_group

# A sum is believed that holds in so many instances, and in so large a share of all.
INSTANCES_NEEDED = 3
SHARE_NEEDED = 0.75
# A total smaller than this, or of one part alone, comes about by chance.
_LEAST_TOTAL = 10


class Instance(NamedTuple):
    """A place where a sum should hold.

    Attributes:
        whole, parts: the figures.
        holds: whether they add up; blanks and marks count as nothing.
        is_telling: whether that is hardly chance.
    """

    whole: TableFigure
    parts: tuple[TableFigure, ...]
    holds: bool
    is_telling: bool


def stated_sums(table: StatisticsTable) -> Iterator[StatedSum]:
    """The sums that a table's own words state, those first that its look tells.

    Args:
        table: the table.
    """
    own = [*_of_columns(table), *_of_rows(table), *_of_numbers(table)]
    known = {(one.whole, frozenset(one.parts)) for one in own if one.kind != "column"}
    told = [one for one in table.told if (one.whole, frozenset(one.parts)) not in known]
    for stated in (*own, *told):
        if len(stated.parts) > 1:
            yield stated


def _of_columns(table: StatisticsTable) -> Iterator[StatedSum]:
    """A column of totals is that of the others below its group, unless 其中 says that some are only parts."""
    for total, column in enumerate(table.columns):
        group = column.path[:-1]
        others = [
            number
            for number, other in enumerate(table.columns)
            if not other.is_total and other.path[: len(group)] == group
        ]
        if column.is_total and not any(table.columns[number].is_part for number in others):
            yield StatedSum("column", total, tuple(others))


def _of_rows(table: StatisticsTable) -> Iterator[StatedSum]:
    """A row of totals is that of the outermost rows above it, up to another; the first, of those below.

    Behind those of groups, 小计, it is the total of these, too.
    """
    totals = [place for place, row in enumerate(table.rows) if row.is_total and row.figures]
    of_groups: list[int] = []
    for before, position, after in zip([-1, *totals], totals, [*totals[1:], len(table.rows)], strict=False):
        parts = _outermost(table, range(before + 1, position))
        if not parts and before < 0:
            parts = _outermost(table, range(position + 1, after))
        if is_of_group(table.rows[position].words):
            of_groups.append(position)
        else:
            parts, of_groups = (*of_groups, *parts), []
        yield StatedSum("row", position, parts)


def _of_numbers(table: StatisticsTable) -> Iterator[StatedSum]:
    """A row with figures is the total of those that are numbered below it, unless 其中 says they are some."""
    children: dict[int, list[int]] = {}
    for place, row in enumerate(table.rows):
        if row.parent is not None:
            children.setdefault(row.parent, []).append(place)
    for position, row in enumerate(table.rows):
        below = children.get(position, [])
        parts = [place for place in below if table.rows[place].number and table.rows[place].figures]
        is_open = any(table.rows[place].is_part for place in below)
        if row.figures and (not is_open or len(parts) == len(below)):
            yield StatedSum("numbering", position, tuple(parts))


def _outermost(table: StatisticsTable, positions: Iterable[int]) -> tuple[int, ...]:
    """Those of some rows that stand below none with figures, are no 其中 and have figures that add up."""
    return tuple(
        place
        for place in positions
        if not table.rows[place].is_part
        and _adds_up(table.rows[place])
        and not _is_below_figures(table, place)
    )


def _adds_up(row: TableRow) -> bool:
    """Whether a row has figures, which aren't shares."""
    units = {figure.unit or row.unit for figure in row.figures if figure.value is not None}
    return bool(row.figures) and units != {SHARE}


def _is_below_figures(table: StatisticsTable, position: int) -> bool:
    parent = table.rows[position].parent
    while parent is not None:
        if table.rows[parent].figures:
            return True
        parent = table.rows[parent].parent
    return False


def instances(table: StatisticsTable, stated: StatedSum) -> tuple[Instance, ...]:
    """The places where a sum should hold, as far as all of its figures are on the page.

    Args:
        table: the table.
        stated: the sum.
    """
    found: list[Instance | None] = []
    if stated.kind == "column":
        found += [
            _instance(table.figure(row, stated.whole), [table.figure(row, part) for part in stated.parts])
            for row in range(len(table.rows))
            if table.rows[row].unit != SHARE
        ]
    else:
        found += [
            _instance(
                table.figure(stated.whole, column), [table.figure(part, column) for part in stated.parts]
            )
            for column in range(len(table.columns))
            if table.columns[column].unit != SHARE
        ]
    return tuple(one for one in found if one is not None and one.whole.unit != SHARE)


def _instance(whole: TableFigure | None, parts: Sequence[TableFigure | None]) -> Instance | None:
    known = [part for part in parts if part is not None]
    is_unread = any(figure.printed and figure.value is None for figure in known if figure.state == "number")
    if whole is None or whole.value is None or len(known) < len(parts) or is_unread:
        return None
    total = sum((Decimal(part.value) for part in known if part.value is not None), Decimal(0))
    holds = total == Decimal(whole.value)
    filled = sum(bool(part.value) for part in known)
    return Instance(whole, tuple(known), holds, holds and filled > 1 and total >= _LEAST_TOTAL)


def believed_places(table: StatisticsTable) -> Iterator[Instance]:
    """The places of the sums that a table states and that hold in enough of them.

    All totals of groups, 小计, are one rule.

    Args:
        table: the table.
    """
    rules: list[tuple[Instance, ...]] = []
    of_groups: tuple[Instance, ...] = ()
    for stated in stated_sums(table):
        places = instances(table, stated)
        if stated.kind == "row" and is_of_group(table.rows[stated.whole].words):
            of_groups += places
        else:
            rules.append(places)
    for places in (*rules, of_groups):
        if is_believed(places):
            yield from places


def is_believed(places: Sequence[Instance]) -> bool:
    """Whether a sum holds in enough independent instances to be a rule.

    Args:
        places: where it should hold.
    """
    told = len(
        {
            (place.whole.value, tuple(part.value for part in place.parts))
            for place in places
            if place.is_telling
        }
    )
    held = sum(place.holds for place in places)
    return told >= INSTANCES_NEEDED and held >= SHARE_NEEDED * len(places)
