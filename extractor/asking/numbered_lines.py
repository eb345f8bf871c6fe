"""The document as a model is shown it: numbered lines, each a text and the figures that follow it.

A model cites these numbers, so a figure needs no more than its line to be found again. Cells that
stand one a line are put on one numbered line as far as they are figures; nothing else is changed but
blanks and separators, and the order is the page's.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from extractor.documents.document import Document, Grid, GridCell
from extractor.text.figures import is_figure, is_furniture

SEPARATOR = "|"


class NumberedLine(NamedTuple):
    """A line as sent.

    Attributes:
        number: counted from 1 over the whole document.
        text: its cells, blanks in them made single, with separators between.
        start, end: the stretch of ``Document.text`` that it shows.
    """

    number: int
    text: str
    start: int
    end: int


class NumberedLines(Sequence[NumberedLine]):
    """All lines of a document that hold anything."""

    def __init__(self, document: Document) -> None:
        lines = (cells for grid in document.grids for cells in _lines(document.text, grid))
        filled = [cells for cells in lines if any(cell.start != cell.end for cell in cells)]
        self._lines = tuple(
            NumberedLine(number, _shown(document.text, cells), cells[0].start, cells[-1].end)
            for number, cells in enumerate(filled, 1)
        )
        self._starts = [line.start for line in self._lines]
        self._position = document.position

    def __getitem__(self, index):  # type: ignore[no-untyped-def]
        """A line by its index, counted from 0."""
        return self._lines[index]

    def __len__(self) -> int:
        return len(self._lines)

    def numbered(self, number: int) -> NumberedLine | None:
        """The line of this number."""
        return self._lines[number - 1] if 0 < number <= len(self._lines) else None

    def shown(self, numbers: Iterable[int]) -> str:
        """The lines of these numbers as a model is shown them, each behind its number."""
        numbered = (self.numbered(number) for number in numbers)
        return "\n".join(f"{line.number} {line.text}" for line in numbered if line is not None)

    def in_file(self, numbers: Iterable[int]) -> tuple[int, ...]:
        """The lines of the document's own text, counted from 1, that are shown by lines of these numbers.

        Between lines that follow one another, lines that hold nothing are of them.

        Args:
            numbers: those that no line has say nothing.
        """
        known = sorted({number for number in numbers if self.numbered(number) is not None})
        shown: set[int] = set()
        for number in known:
            line = self._lines[number - 1]
            start = self._lines[number - 2].end if number - 1 in known else line.start
            first, last = self._position(start)[0], self._position(max(line.start, line.end - 1))[0]
            shown.update(range(first, last + 1))
        return tuple(sorted(shown))

    def at(self, offset: int) -> NumberedLine:
        """The line that shows a character; of one between two lines, the earlier."""
        return self._lines[max(bisect_right(self._starts, offset) - 1, 0)]


def _lines(text: str, grid: Grid) -> Iterator[list[GridCell]]:
    """A cell with words begins a line: after each cell, or where a row is on one line, after a figure."""
    a_cell_a_line = grid.kind == "cell_per_line"
    for _, row in groupby(grid.cells, key=lambda cell: None if a_cell_a_line else cell.row):
        line: list[GridCell] = []
        has_figure = False
        for cell in row:
            printed = text[cell.start : cell.end]
            is_word = bool(printed) and (not is_figure(printed) or is_furniture(printed))
            if is_word and line and (a_cell_a_line or has_figure):
                yield line
                line, has_figure = [], False
            line.append(cell)
            has_figure = has_figure or bool(printed and not is_word)
        yield line


def _shown(text: str, cells: Sequence[GridCell]) -> str:
    shown = SEPARATOR.join(" ".join(text[cell.start : cell.end].split()) for cell in cells)
    return shown.rstrip(SEPARATOR) if len(cells) == 1 else shown
