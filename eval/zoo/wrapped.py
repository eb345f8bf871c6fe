"""Reports as texts of PDFs whose cells are narrow: labels broken over lines, and centred beside each other.

A group's cell reaches down beside its rows, so that pieces of its label stand on the lines of theirs; figures
stand level with the middle of their label. Some converters keep the look of the page, by characters or by how
wide these are; others leave one blank between the cells of a line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from random import Random
from typing import NamedTuple, TypeAlias

from eval.zoo.generation import Writer
from eval.zoo.gold import GoldCell
from eval.zoo.reports import Report
from eval.zoo.tables import Cell, Rows, expanded
from eval.zoo.texts import gold_of, written
from extractor.text.width import width_in_digits

# How wide a text is.
_Measure: TypeAlias = Callable[[str], int]
# How many characters stand on a line of a cell: of a label, of the header of a figure; of each group of rows.
_LABEL, _FIGURE, _GROUPS = (8, 14), (3, 4), ((3, 5), (4, 6))
# So many columns has table 4, and so many have groups before them.
_WIDE, _WITH_GROUPS = 15, 10


class _Line(NamedTuple):
    """A line of a cell: where it begins on its line of the text, in characters, and which cell it is of."""

    left: int
    text: str
    cell: Cell


def wrapped_text(report: Report, rng: Random) -> tuple[str, dict[str, GoldCell]]:
    """A text whose cells are broken over lines, and stand beside each other.

    Args:
        report: what it says; its merged cells are merged.
        rng: where chance comes from.
    """
    measure = rng.choice((width_in_digits, len, None))

    def put(writer: Writer, table: Rows) -> None:
        for line in _lines_of(table, rng):
            _put(writer, line, measure)

    writer = written(report, put)
    return writer.text(), gold_of(writer, report)


def _lines_of(table: Rows, rng: Random) -> Iterator[list[_Line]]:
    """The lines of a table, each with what stands on it, from left to right."""
    places = expanded(table)
    columns = 1 + max(column for _, column in places)
    widths = _widths(table, columns, rng)
    lefts = [0, *accumulate(width + 2 for width in widths)]
    begins = {at: cell for at, (cell, is_first) in sorted(places.items()) if is_first}
    pieces = {at: _pieces(cell, lefts[at[1] + cell.right] - lefts[at[1]] - 2) for at, cell in begins.items()}
    heights = _heights(begins, pieces, len(table))
    tops = [0, *accumulate(heights)]
    lines: list[list[_Line]] = [[] for _ in range(tops[-1])]
    for (row, column), cell in sorted(begins.items(), key=lambda item: item[0][1]):
        own = pieces[row, column]
        first = tops[row] + (tops[row + cell.down] - tops[row] - len(own)) // 2
        room = lefts[column + cell.right] - lefts[column] - 2
        for number, text in enumerate(own):
            left = lefts[column] + (room - len(text)) // 2
            lines[first + number].append(_Line(left, text, cell))
    yield from filter(None, lines)


def _widths(table: Rows, columns: int, rng: Random) -> list[int]:
    """How many characters stand on a line of each column's cells; a figure is never broken."""
    figure = max((len(cell.text) for row in table for cell in row if cell.address is not None), default=0)
    widths = [max(figure, rng.randint(*_FIGURE)) for _ in range(columns)]
    if columns == _WITH_GROUPS:
        widths[:3] = (*(rng.randint(*group) for group in _GROUPS), rng.randint(*_LABEL))
    elif columns != _WIDE:
        widths = [max(figure, rng.randint(*_LABEL)) for _ in range(columns)]
    return widths


def _pieces(cell: Cell, width: int) -> list[str]:
    """The lines of a cell."""
    return [cell.text[start : start + width] for start in range(0, len(cell.text), width)]


def _heights(
    begins: dict[tuple[int, int], Cell], pieces: dict[tuple[int, int], list[str]], rows: int
) -> list[int]:
    """How many lines each row of a table has: as many as its highest cell, merged ones included."""
    heights = [1] * rows
    for (row, column), cell in sorted(begins.items(), key=lambda item: item[1].down):
        missing = len(pieces[row, column]) - sum(heights[row : row + cell.down])
        if missing > 0:
            heights[row + cell.down - 1] += missing
    return heights


def _put(writer: Writer, line: Sequence[_Line], measure: _Measure | None) -> None:
    """Write a line: each piece where it stands by a measure, or, without one, a blank behind the last."""
    before = ""
    for number, (left, text, cell) in enumerate(line):
        gap = 1 if number else 0
        if measure is not None:
            gap = max(gap, left * measure("\u4e00") - measure(before))
        writer.put(" " * gap)
        writer.figure(cell.address, text)
        before += " " * gap + text
    writer.put("\n")
