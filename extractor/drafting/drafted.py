"""Tables of several reports put together to one: rows, columns and sums, with what was seen of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import TypeAlias

from extractor.statistics.sums import Instance, instances, is_believed, stated_sums
from extractor.statistics.table import StatedSum, StatisticsTable, TableColumn, TableRow

# Two tables are one if they share so many of the rows of the shorter.
_SHARED = 0.5
# Two labels with one number below one row are wordings of one row if they are so alike.
_ALIKE = 0.6

# A row by the words of all that it stands below, and its own.
Path: TypeAlias = tuple[str, ...]


@dataclass(eq=False)
class DraftedRow:
    """A row as reports have it.

    Attributes:
        path: its words, below those of all that it stands below, as they were seen first.
        first: the row, as it was seen first.
        variants: other wordings of its own words.
        units: that were seen, in the order in which they were.
        reports: the positions of the reports that have it.
        has_figures: whether any has figures in it.
        has_decimals: whether any of these has decimals.
        is_part: whether it stands behind 其中, or follows one that does.
    """

    path: Path
    first: TableRow
    variants: list[str] = field(default_factory=list)
    units: list[str] = field(default_factory=list)
    reports: list[int] = field(default_factory=list)
    has_figures: bool = False
    has_decimals: bool = False
    is_part: bool = False

    @property
    def is_share(self) -> bool:
        """Whether its figures are shares."""
        return self.units[:1] == ["%"]


@dataclass(eq=False)
class DraftedSum:
    """A sum that reports state.

    Attributes:
        kind: what states it, as in :class:`extractor.statistics.table.StatedSum`.
        whole, parts: the rows, by their paths, or the columns, by their position.
        held, failed: of each place where it holds, and where it doesn't, the report's position and its whole.
        places: all of them.
    """

    kind: str
    whole: Path | int
    parts: tuple[Path | int, ...]
    held: list[int] = field(default_factory=list)
    failed: list[tuple[int, str]] = field(default_factory=list)
    places: list[Instance] = field(default_factory=list)

    @property
    def is_believed(self) -> bool:
        """Whether it holds in enough independent places."""
        return is_believed(self.places)


@dataclass(eq=False)
class DraftedTable:
    """A table as reports have it.

    Attributes:
        title: as it was seen first.
        corner: words above labels, units and codes.
        beside: words above other columns without figures.
        columns: as they were seen first.
        units: that figures of each column have beside them.
        rows: in the order of the reports, by their paths.
        sums: that any of them states.
        reports: the positions of the reports that have it.
    """

    title: str
    corner: list[str]
    beside: list[str]
    columns: tuple[TableColumn, ...]
    units: tuple[set[str | None], ...]
    rows: dict[Path, DraftedRow] = field(default_factory=dict)
    sums: dict[tuple[str, Path | int], DraftedSum] = field(default_factory=dict)
    reports: list[int] = field(default_factory=list)

    @property
    def shares(self) -> frozenset[int]:
        """The columns whose figures are shares."""
        return frozenset(column for column, units in enumerate(self.units) if units == {"%"})


def drafted_tables(reports: Sequence[Sequence[StatisticsTable]]) -> list[DraftedTable]:
    """Put the tables of reports together.

    Args:
        reports: of each, its tables in the order of the page.

    Returns:
        The tables in the order in which they were seen first.
    """
    drafted: list[DraftedTable] = []
    for number, tables in enumerate(reports):
        for table in tables:
            known = next((one for one in drafted if number not in one.reports and _is_same(one, table)), None)
            if known is None:
                columns = tuple(one._replace(unit=one.unit or table.unit) for one in table.columns)
                units = tuple(set[str | None]() for _ in columns)
                known = DraftedTable(table.title, [], [], columns, units)
                drafted.append(known)
            _add(known, table, number)
    return drafted


def _is_same(drafted: DraftedTable, table: StatisticsTable) -> bool:
    """Whether a table has the columns of another, and enough of its rows."""
    if [column.path for column in drafted.columns] != [column.path for column in table.columns]:
        return False
    paths = {table.path(position) for position in range(len(table.rows))}
    shared = len(paths & drafted.rows.keys())
    return shared >= _SHARED * min(len(paths), len(drafted.rows))


def _add(drafted: DraftedTable, table: StatisticsTable, number: int) -> None:
    drafted.reports.append(number)
    drafted.corner += [word for word in table.corner if word not in drafted.corner]
    drafted.beside += [word for word in table.beside if word not in drafted.beside]
    paths = _paths(drafted, table)
    before: Path | None = None
    for position, path in enumerate(paths):
        row = table.rows[position]
        if path not in drafted.rows:
            _insert_behind(drafted, before, DraftedRow(path, row))
        known = drafted.rows[path]
        _see(known, row, number)
        for figure in row.figures:
            if figure.value is not None:
                drafted.units[figure.column].add(table.unit_of(row, figure))
        before = path
    for stated in stated_sums(table):
        _see_sum(drafted, table, stated, paths, number)


def _paths(drafted: DraftedTable, table: StatisticsTable) -> list[Path]:
    """The path of each row, by the words under which the draft knows it."""
    paths: list[Path] = []
    present = {table.path(position) for position in range(len(table.rows))}
    for row in table.rows:
        above = paths[row.parent] if row.parent is not None else ()
        path = (*above, row.words)
        if path not in drafted.rows:
            path = next((one.path for one in _alike(drafted, above, row) if one.path not in present), path)
        while path in paths:
            path = (*path[:-1], f"{path[-1]}*")
        paths.append(path)
    return paths


def _alike(drafted: DraftedTable, above: Path, row: TableRow) -> Iterator[DraftedRow]:
    """The rows of a draft below the same one with the same number and nearly the same words."""
    for known in drafted.rows.values():
        is_beside = known.path[:-1] == above and row.number is not None and known.first.number == row.number
        if is_beside and _are_alike(known.path[-1], row.words):
            yield known


def _are_alike(words: str, other: str) -> bool:
    """Whether two labels may be wordings of one: 微信 and 微信公众号."""
    is_shorter = words in other or other in words
    return is_shorter or SequenceMatcher(None, words, other).ratio() >= _ALIKE


def _insert_behind(drafted: DraftedTable, before: Path | None, row: DraftedRow) -> None:
    paths = list(drafted.rows)
    place = paths.index(before) + 1 if before is not None else 0
    rows = list(drafted.rows.items())
    drafted.rows = dict([*rows[:place], (row.path, row), *rows[place:]])


def _see(known: DraftedRow, row: TableRow, number: int) -> None:
    if row.words != known.first.words and row.words not in known.variants:
        known.variants.append(row.words)
    of_figures = {figure.unit for figure in row.figures if figure.value is not None}
    unit = row.unit or (of_figures.pop() if len(of_figures) == 1 else None)
    if unit is not None and unit not in known.units:
        known.units.append(unit)
    known.reports.append(number)
    known.has_figures = known.has_figures or bool(row.figures)
    known.is_part = known.is_part or row.is_part
    known.has_decimals = known.has_decimals or any("." in figure.printed for figure in row.figures)


def _see_sum(
    drafted: DraftedTable, table: StatisticsTable, stated: StatedSum, paths: Sequence[Path], number: int
) -> None:
    is_of_columns = stated.kind == "column"
    whole: Path | int = stated.whole if is_of_columns else paths[stated.whole]
    parts: tuple[Path | int, ...] = stated.parts if is_of_columns else tuple(paths[p] for p in stated.parts)
    known = drafted.sums.setdefault((stated.kind, whole), DraftedSum(stated.kind, whole, parts))
    known.parts = tuple(dict.fromkeys((*known.parts, *parts)))
    for place in instances(table, stated):
        known.places.append(place)
        if place.holds:
            known.held.append(number)
        else:
            known.failed.append((number, place.whole.printed))
