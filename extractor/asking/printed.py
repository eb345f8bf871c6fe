"""What a page prints on its lines, character by character: figures, blank cells and words, in reading order.

A model's figures are looked up here and not among the slots that the layout reader cut: an answer is right
or wrong by what is printed, whatever the layout made of it. A number is one with all of its digits: no run
of digits is split or joined.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from enum import Enum, auto
from itertools import groupby
from typing import NamedTuple

from extractor.documents.document import Document, Grid, GridCell, Span
from extractor.layout.words.figure_lists import stretches
from extractor.text.figures import is_figure, is_furniture, numbers_in
from extractor.text.folding import fold_figure

# Grids whose cells hold one column's each.
_GRIDS = ("pipes", "tabs", "table")
# Behind a number at the head of words, it counts them.
_ORDINAL_ENDS = ".、)）．"


class Kind(Enum):
    """What a piece of a line is."""

    FIGURE = auto()
    BLANK = auto()
    WORDS = auto()
    NUMBER_IN_WORDS = auto()


class Piece(NamedTuple):
    """A piece of a line.

    Attributes:
        kind: what it is.
        span: its characters; none of a blank cell.
        key: a figure as it is compared; empty for words and blanks.
    """

    kind: Kind
    span: Span
    key: str

    @property
    def is_printed(self) -> bool:
        """Whether it is a figure that stands by itself."""
        return self.kind is Kind.FIGURE


class PrintedLines:
    """The pieces of a document, by where they stand.

    Args:
        document: the document.
    """

    def __init__(self, document: Document) -> None:
        pieces = (_pieces(document.text, grid, cell) for grid in document.grids for cell in grid.cells)
        self._pieces = [piece for of_cell in pieces for piece in of_cell]
        self._starts = [piece.span.start for piece in self._pieces]

    def between(self, start: int, end: int) -> Sequence[Piece]:
        """The pieces of a stretch of the text.

        Args:
            start: where it begins.
            end: where it ends; a blank cell there is of it.
        """
        first = bisect_left(self._starts, start)
        last = first
        while last < len(self._pieces) and self._starts[last] <= end:
            last += 1
        return self._pieces[first:last]


def runs(pieces: Sequence[Piece]) -> Iterator[tuple[Piece, ...]]:
    """The figures and blank cells that no words part.

    Args:
        pieces: in reading order.
    """
    for is_words, group in groupby(pieces, key=lambda piece: piece.kind is Kind.WORDS):
        if not is_words:
            yield tuple(group)


def _pieces(text: str, grid: Grid, cell: GridCell) -> Iterator[Piece]:
    """What a cell is made of."""
    if cell.start == cell.end:
        yield Piece(Kind.BLANK, Span(cell.start, cell.end), "")
        return
    printed = text[cell.start : cell.end]
    if is_furniture(printed):
        return
    for stretch in stretches(printed, lists=grid.kind not in _GRIDS):
        start, end = cell.start + stretch.start, cell.start + stretch.end
        if stretch.is_figure or is_figure(text[start:end]):
            yield Piece(Kind.FIGURE, Span(start, end), fold_figure(text[start:end]).strip())
        else:
            yield from _numbers_in_words(text, start, end)


def _numbers_in_words(text: str, start: int, end: int) -> Iterator[Piece]:
    """Words, and the numbers in them that aren't their ordinal."""
    before = start
    for first, last in numbers_in(text, start, end):
        if last < end and text[last] in _ORDINAL_ENDS:
            continue
        if before < first:
            yield Piece(Kind.WORDS, Span(before, first), "")
        yield Piece(Kind.NUMBER_IN_WORDS, Span(first, last), fold_figure(text[first:last]))
        before = last
    if before < end:
        yield Piece(Kind.WORDS, Span(before, end), "")
