"""The cells that the rulings of a page enclose."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from extractor.documents.pages.measures import (
    LEANING,
    MOST_CELLS,
    MOST_STROKES,
    RULED_PART,
    SHORTEST_STROKE,
    STROKES_MEET,
)
from extractor.documents.pages.page import Box, Ruling
from extractor.documents.source import Source
from extractor.errors import TooLargeError

# The second field of a line, by its place: there may be hundreds.
_START = itemgetter(1)


class Stroke(NamedTuple):
    """A horizontal or vertical line: where it stands, and from where to where it goes."""

    at: float
    start: float
    end: float


class RuledCell(NamedTuple):
    """A cell: the rows and columns of the grid that it covers, and its box."""

    row: int
    column: int
    last_row: int
    last_column: int
    box: Box


class RuledTable(NamedTuple):
    """A grid.

    Attributes:
        cells: each once, by row and column.
        xs, ys: where its lines stand.
        owners: the cell that each rectangle between neighbouring lines is of, by row and column.
    """

    cells: tuple[RuledCell, ...]
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    owners: dict[tuple[int, int], int]

    @property
    def box(self) -> Box:
        """The box around it."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def cell_at(self, x: float, y: float) -> int | None:
        """The cell around a point, as its position among the cells."""
        return self.owners.get((bisect_right(self.ys, y) - 1, bisect_right(self.xs, x) - 1))


def ruled_tables(source: Source, rulings: Iterable[Ruling]) -> list[RuledTable]:
    """The tables of a page, from the top.

    Args:
        source: the file that the page is of.
        rulings: all on the page.

    Raises:
        TooLargeError: if there are more lines than a report can have.
    """
    across, down = _strokes(rulings)
    if len(across) + len(down) > MOST_STROKES:
        raise _too_many(source)
    tables = [_Grid(source, *group).table() for group in _groups(across, down)]
    return sorted((table for table in tables if table is not None), key=lambda table: table.box[1::-1])


def _too_many(source: Source) -> TooLargeError:
    return TooLargeError(
        f"{source.name} 的表格线过多，不可能是一份年度报告。请给出单份报告的文件。",
        f"{source.name} has more table lines than an annual report; name the file of one report",
    )


# --- strokes ---------------------------------------------------------------------------------------------


def _strokes(rulings: Iterable[Ruling]) -> tuple[list[Stroke], list[Stroke]]:
    """Horizontal and vertical lines, those that touch or lie upon each other made one."""
    across: list[Stroke] = []
    down: list[Stroke] = []
    for x0, y0, x1, y1 in rulings:
        width, height = abs(x1 - x0), abs(y1 - y0)
        if height <= LEANING < width:
            across.append(Stroke((y0 + y1) / 2, *((x0, x1) if x0 < x1 else (x1, x0))))
        elif width <= LEANING < height:
            down.append(Stroke((x0 + x1) / 2, *((y0, y1) if y0 < y1 else (y1, y0))))
    return _merged(across), _merged(down)


def _merged(strokes: list[Stroke]) -> list[Stroke]:
    merged: list[Stroke] = []
    for group in _at_one_place(strokes):
        at = sum([stroke[0] for stroke in group]) / len(group)
        group.sort(key=_START)
        _, start, end = group[0]
        for _, own_start, own_end in group:
            if own_start > end + STROKES_MEET:
                merged.append(Stroke(at, start, end))
                start, end = own_start, own_end
            elif own_end > end:
                end = own_end
        merged.append(Stroke(at, start, end))
    return [stroke for stroke in merged if stroke.end - stroke.start >= SHORTEST_STROKE]


def _groups(across: list[Stroke], down: list[Stroke]) -> list[tuple[list[Stroke], list[Stroke]]]:
    """Lines that meet, directly or by others."""
    parent = list(range(len(across) + len(down)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    # `across` is sorted by where it stands.
    places = [one.at for one in across]
    for j, one in enumerate(down, len(across)):
        first = bisect_left(places, one.start - STROKES_MEET)
        for i in range(first, len(across)):
            if across[i].at > one.end + STROKES_MEET:
                break
            if across[i].start - STROKES_MEET <= one.at <= across[i].end + STROKES_MEET:
                parent[root(i)] = root(j)
    groups: dict[int, tuple[list[Stroke], list[Stroke]]] = defaultdict(lambda: ([], []))
    for i, one in enumerate([*across, *down]):
        groups[root(i)][i >= len(across)].append(one)
    return [group for group in groups.values() if group[0] and group[1]]


# --- cells -----------------------------------------------------------------------------------------------


class _Grid:
    """Lines that meet, and the rectangles between them."""

    def __init__(self, source: Source, across: list[Stroke], down: list[Stroke]) -> None:
        # Where lines end in the open the table has no line of its own.
        left, right = min(one.start for one in across), max(one.end for one in across)
        top, bottom = min(one.start for one in down), max(one.end for one in down)
        across = [*across, Stroke(top, left, left), Stroke(bottom, left, left)]
        down = [*down, Stroke(left, top, top), Stroke(right, top, top)]
        self._across, self._down = _at_one_place(across), _at_one_place(down)
        self._ys, self._xs = _places(self._across), _places(self._down)
        self._rows, self._columns = len(self._ys) - 1, len(self._xs) - 1
        if self._rows * self._columns > MOST_CELLS:
            raise _too_many(source)

    def table(self) -> RuledTable | None:
        """The table, if there is one: a frame around a single cell is none."""
        areas = self._areas() if self._rows > 0 and self._columns > 0 else []
        if len(areas) < 2:
            return None
        areas.sort(key=min)
        owners = {place: i for i, places in enumerate(areas) for place in places}
        return RuledTable(tuple(map(self._cell, areas)), tuple(self._xs), tuple(self._ys), owners)

    def _areas(self) -> list[list[tuple[int, int]]]:
        """Rectangles with no line between them are one cell; what lies open to the outside is none."""
        outside = self._rows * self._columns
        parent = list(range(outside + 1))

        def root(i: int) -> int:
            while parent[i] != i:
                parent[i] = parent[parent[i]]
                i = parent[i]
            return i

        def at(row: int, column: int) -> int:
            is_inside = 0 <= row < self._rows and 0 <= column < self._columns
            return row * self._columns + column if is_inside else outside

        walls, floors = self._sides()
        for row, wall in enumerate(walls):
            for column, is_ruled in enumerate(wall):
                if not is_ruled:
                    parent[root(at(row, column - 1))] = root(at(row, column))
        for row, floor in enumerate(floors):
            for column, is_ruled in enumerate(floor):
                if not is_ruled:
                    parent[root(at(row - 1, column))] = root(at(row, column))
        areas: dict[int, list[tuple[int, int]]] = defaultdict(list)
        open_ones = root(outside)
        for i in range(outside):
            if (area := root(i)) != open_ones:
                areas[area].append(divmod(i, self._columns))
        return list(areas.values())

    def _cell(self, places: list[tuple[int, int]]) -> RuledCell:
        (row, column), (last_row, last_column) = places[0], places[-1]
        if len(places) > 1:
            rows, columns = zip(*places, strict=True)
            row, column, last_row, last_column = min(rows), min(columns), max(rows), max(columns)
        box = (self._xs[column], self._ys[row], self._xs[last_column + 1], self._ys[last_row + 1])
        return RuledCell(row, column, last_row, last_column, box)

    def _sides(self) -> tuple[list[list[bool]], list[list[bool]]]:
        """Which sides of the rectangles are ruled: the vertical ones row by row, the horizontal ones.

        The table is closed as well where lines end in the open and no line joins their ends: at a
        page break, and where a table has no lines at its sides.
        """
        columns, rows = list(pairwise(self._xs)), list(pairwise(self._ys))
        walls = [[_covers(strokes, *row) for strokes in self._down] for row in rows]
        floors = [[_covers(strokes, *column) for column in columns] for strokes in self._across]
        above, below = _between(walls[0]), _between(walls[-1])
        before = _between([floor[0] for floor in floors])
        behind = _between([floor[-1] for floor in floors])
        floors[0] = [one or other for one, other in zip(floors[0], above, strict=True)]
        floors[-1] = [one or other for one, other in zip(floors[-1], below, strict=True)]
        for wall, is_before, is_behind in zip(walls, before, behind, strict=True):
            wall[0], wall[-1] = wall[0] or is_before, wall[-1] or is_behind
        return walls, floors


def _between(ruled: list[bool]) -> list[bool]:
    """Which of the sides between lines stand between two that are ruled."""
    first = ruled.index(True) if True in ruled else len(ruled)
    last = len(ruled) - 1 - ruled[::-1].index(True) if True in ruled else -1
    return [first <= i < last for i in range(len(ruled) - 1)]


def _at_one_place(strokes: list[Stroke]) -> list[list[Stroke]]:
    """Lines in groups that stand at about the same place."""
    groups: list[list[Stroke]] = []
    first = -math.inf
    for stroke in sorted(strokes):
        if stroke[0] - first > STROKES_MEET:
            first = stroke[0]
            groups.append([])
        groups[-1].append(stroke)
    return groups


def _places(groups: list[list[Stroke]]) -> list[float]:
    """Where lines stand."""
    return [sum(stroke.at for stroke in group) / len(group) for group in groups]


def _covers(strokes: list[Stroke], start: float, end: float) -> bool:
    """Whether enough of a side is ruled."""
    ruled = 0.0
    for _, own_start, own_end in strokes:
        common = (own_end if own_end < end else end) - (own_start if own_start > start else start)
        if common > 0:
            ruled += common
    return ruled > RULED_PART * (end - start)
