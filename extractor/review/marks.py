"""The places of a document to be boxed: the cells of the form, and other figures, which a person may pick."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from extractor.documents.document import Document
from extractor.result.cells import Cell
from extractor.text.figures import numbers_in


class Mark(NamedTuple):
    """A place to be boxed.

    Attributes:
        start, end: its span; empty for a blank cell.
        cells: the cells that claim it, by their index in the result; none for a figure that no cell has.
    """

    start: int
    end: int
    cells: tuple[int, ...] = ()


def marks_of(document: Document, cells: Sequence[Cell]) -> list[Mark]:
    """The places of a document to be boxed, in its order.

    Args:
        document: where the cells were read.
        cells: of the result.
    """
    claimed: dict[tuple[int, int], list[int]] = {}
    for index, cell in enumerate(cells):
        if cell.span is not None:
            claimed.setdefault((cell.span.start, cell.span.end), []).append(index)
    marks = [Mark(start, end, tuple(indexes)) for (start, end), indexes in sorted(claimed.items())]
    return sorted([*marks, *_others(document, marks)])


def _others(document: Document, marks: Sequence[Mark]) -> Iterable[Mark]:
    """Figures that no cell has; those that touch one are left out."""
    ends = [mark.end for mark in marks]
    for start, end in numbers_in(document.text):
        following = bisect_left(ends, start + 1)
        if following == len(marks) or marks[following].start >= end:
            yield Mark(start, end)


def within(marks: Sequence[Mark], start: int, end: int) -> list[Mark]:
    """The places that begin in a stretch of the document and don't reach beyond it.

    Args:
        marks: in order.
        start: of the stretch.
        end: of it; an empty place may stand there.
    """
    first = bisect_left(marks, (start,))
    found = []
    for mark in marks[first:]:
        if mark.start > end:
            break
        if mark.end <= end:
            found.append(mark)
    return found
