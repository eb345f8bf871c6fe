"""Reports laid out on pages: where text and ruling lines are drawn, for formats that say just that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from eval.zoo.reports import Report
from eval.zoo.tables import Cell, Rows, expanded

# Millimetres.
WIDTH, HEIGHT, MARGIN = 210.0, 297.0, 20.0
RULE_WIDTH = 0.2
_PAD = 0.6
_PROSE, _SMALL, LEADING = 4.2, 2.4, 1.35
# A column is so wide as this many characters of its text, at least and at most.
_NARROWEST, _WIDEST = 3, 11


class Line(NamedTuple):
    """A line of text, from its left end, and what it stands on: millimetres from the upper left corner."""

    left: float
    base: float
    size: float
    text: str


class Rule(NamedTuple):
    """A line that is upright or level."""

    x0: float
    y0: float
    x1: float
    y1: float


class Page(NamedTuple):
    """What is drawn on a page."""

    texts: list[Line]
    rules: list[Rule]


def pages_of(report: Report, *, borders: bool) -> list[Page]:
    """A report with its tables; merged cells are merged.

    Args:
        report: what it says.
        borders: whether the tables have lines.
    """
    sheets = _Sheets(borders=borders)
    for paragraph in report.before:
        sheets.add_paragraph(paragraph)
    for section in report.sections:
        sheets.add_paragraph(section.heading)
        for table in section.tables:
            sheets.add_table(table)
    for paragraph in report.after:
        sheets.add_paragraph(paragraph)
    return sheets.pages


def length(text: str) -> float:
    """How long a text is, in ems: what is no Chinese character is half as wide."""
    return sum(1.0 if ord(character) > 0x2E7F else 0.5 for character in text)


class _Sheets:
    """Pages that are filled from the top."""

    def __init__(self, *, borders: bool) -> None:
        self.pages = [Page([], [])]
        self._borders = borders
        self._y = MARGIN

    def add_paragraph(self, text: str) -> None:
        """Add a paragraph."""
        for line in _lines(text, WIDTH - 2 * MARGIN, _PROSE):
            self._make_room(_PROSE * LEADING)
            self.pages[-1].texts.append(Line(MARGIN, self._y + _PROSE, _PROSE, line))
            self._y += _PROSE * LEADING
        self._y += _PROSE / 2

    def add_table(self, rows: Rows) -> None:
        """Add a table; where a page ends, it goes on on the next one."""
        places = expanded(rows)
        xs = _columns(places)
        heights = _heights(rows, places, xs)
        begun = 0
        for row, height in enumerate(heights):
            if self._y + sum(heights[begun : row + 1]) > HEIGHT - MARGIN and row > begun:
                self._draw(places, xs, heights, range(begun, row))
                self._y = HEIGHT
                self._make_room(height)
                begun = row
        self._draw(places, xs, heights, range(begun, len(heights)))
        self._y += _PROSE

    def _make_room(self, height: float) -> None:
        if self._y + height > HEIGHT - MARGIN:
            self.pages.append(Page([], []))
            self._y = MARGIN

    def _draw(
        self,
        places: dict[tuple[int, int], tuple[Cell, bool]],
        xs: Sequence[float],
        heights: Sequence[float],
        own: range,
    ) -> None:
        """Draw some rows of a table, and the part of each merged cell that lies in them."""
        self._make_room(sum(heights[row] for row in own))
        edges = accumulate((heights[row] for row in own), initial=self._y)
        ys = dict(zip(range(own.start, own.stop + 1), edges, strict=True))
        for (row, column), (cell, is_first) in places.items():
            if not is_first or not (row < own.stop and own.start < row + cell.down):
                continue
            top, bottom = ys[max(row, own.start)], ys[min(row + cell.down, own.stop)]
            left, right = xs[column], xs[min(column + cell.right, len(xs) - 1)]
            if self._borders:
                corners = (left, top, right, top), (left, bottom, right, bottom)
                sides = (left, top, left, bottom), (right, top, right, bottom)
                self.pages[-1].rules.extend(Rule(*edge) for edge in (*corners, *sides))
            if row >= own.start:
                self._fill(cell.text, (left, top, right, bottom))
        self._y = ys[own.stop]

    def _fill(self, text: str, edges: tuple[float, float, float, float]) -> None:
        left, top, right, bottom = edges
        lines = _lines(text, right - left - 2 * _PAD, _SMALL)
        step = _SMALL * LEADING
        begin = (top + bottom) / 2 - len(lines) * step / 2
        for number, line in enumerate(lines):
            start = (left + right - length(line) * _SMALL) / 2
            self.pages[-1].texts.append(Line(start, begin + number * step + _SMALL, _SMALL, line))


def _lines(text: str, width: float, size: float) -> list[str]:
    """A text broken into lines; numbers aren't broken."""
    lines, line = [], ""
    for piece in _pieces(text):
        if line and length(line + piece) * size > width:
            lines.append(line)
            line = ""
        line += piece
    return [*lines, line] if line.strip() else lines


def _pieces(text: str) -> Iterator[str]:
    piece = ""
    for character in text:
        if piece and not (character.isascii() and piece[-1].isascii() and not character.isspace()):
            yield piece
            piece = ""
        piece += character
    if piece:
        yield piece


def _columns(places: dict[tuple[int, int], tuple[Cell, bool]]) -> list[float]:
    """Where columns begin and end: as wide as their text asks, together as wide as the page."""
    count = 1 + max(column for _, column in places)
    asked = [float(_NARROWEST)] * count
    for (_, column), (cell, is_first) in places.items():
        if is_first and cell.right == 1:
            asked[column] = max(asked[column], min(length(cell.text) + 1, _WIDEST))
    scale = (WIDTH - 2 * MARGIN) / sum(asked)
    return list(accumulate((one * scale for one in asked), initial=MARGIN))


def _heights(
    rows: Rows, places: dict[tuple[int, int], tuple[Cell, bool]], xs: Sequence[float]
) -> list[float]:
    """How high rows are: as high as their text asks, the last of a merged cell taking what is missing."""
    heights = [_SMALL * LEADING + 2 * _PAD] * len(rows)
    first = [(place, cell) for place, (cell, is_first) in places.items() if is_first]
    for (row, column), cell in sorted(first, key=lambda one: one[1].down):
        width = xs[min(column + cell.right, len(xs) - 1)] - xs[column] - 2 * _PAD
        needed = len(_lines(cell.text, width, _SMALL)) * _SMALL * LEADING + 2 * _PAD
        last = min(row + cell.down, len(rows))
        heights[last - 1] += max(0.0, needed - sum(heights[row:last]))
    return heights
