"""Labels of rows on a line each, with their figures on the line below: 规章, then 0 0 0.

Figures may as well stand above their labels. Where labels and lines of figures take turns from the header
of a table to its end, the first of them a label and the last figures, one reading is left.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, zip_longest
from operator import attrgetter
from typing import NamedTuple

from extractor.layout.items.items import Item, Kind
from extractor.layout.words.labels import Label
from extractor.layout.words.meanings import Role

# So many labels with their figures below them are no accident.
_FEWEST = 2
_ROW = attrgetter("row")
# Looked at for every item: a member of an Enum takes Python 3.11 0.27 µs to find.
_SLOT = Kind.SLOT


class _Line(NamedTuple):
    """A line of text.

    Attributes:
        position: of its first item.
        items: what stands on it.
    """

    position: int
    items: Sequence[Item]

    @property
    def label(self) -> Label | None:
        """The label that stands on it, and nothing else; None if anything else does."""
        return self.items[0].label if len(self.items) == 1 else None

    @property
    def is_of_figures(self) -> bool:
        """Whether several figures stand on it, and nothing else."""
        return len(self.items) > 1 and all(item.kind is _SLOT and not item.is_blank for item in self.items)

    @property
    def is_of_row(self) -> bool:
        """Whether the label of a row stands on it, and nothing else; 其他 and 总计 name columns."""
        label = self.label
        return label is not None and label.names_row and (label.number is not None or not label.names_column)

    @property
    def is_of_group(self) -> bool:
        """Whether the label of a group stands on it, and nothing else."""
        return self.label is not None and Role.GROUP in self.label.roles


def labels_above_figures(items: Sequence[Item]) -> frozenset[int]:
    """The positions of the labels of rows of which the figures stand on the line below.

    Args:
        items: of a document, in reading order.
    """
    above: set[int] = set()
    table: list[_Line] = []
    for line in _lines(items):
        is_of_table = line.is_of_figures or line.is_of_row or line.is_of_group
        if is_of_table or not any(item.label is not None and item.label.is_of_header for item in line.items):
            table.append(line)
        else:
            above |= _labels(table)
            table = []
    return frozenset(above | _labels(table))


def _lines(items: Sequence[Item]) -> Iterator[_Line]:
    """The lines of a text."""
    position = 0
    for _, group in groupby(items, key=_ROW):
        line = tuple(group)
        yield _Line(position, line)
        position += len(line)


def _labels(table: Sequence[_Line]) -> set[int]:
    """The positions of the labels below a header, if they and lines of figures take turns; else none.

    Args:
        table: the lines from the header to the next one, those behind the table among them.
    """
    rows = [line for line in table if line.is_of_figures or line.is_of_row]
    if len(rows) < 2 * _FEWEST:
        return set()
    first, last = table.index(rows[0]), table.index(rows[-1])
    whole = table[first : last + 1]
    shown = [line for line, below in zip_longest(whole, whole[1:]) if not _is_above_rows(line, below)]
    return {line.position for line in shown[::2]} if _take_turns(shown) else set()


def _take_turns(lines: Sequence[_Line]) -> bool:
    """Whether labels and figures, in no grid, stand below each other in turn, the first a label."""
    is_in_grid = any(item.grid_column is not None for line in lines for item in line.items)
    are_labels = all(line.is_of_row for line in lines[::2])
    are_figures = all(line.is_of_figures for line in lines[1::2])
    return len(lines) % 2 == 0 and are_labels and are_figures and not is_in_grid


def _is_above_rows(line: _Line, following: _Line | None) -> bool:
    """Whether a line is the label of a group above the label of its first row: (六)其他处理, 1.申请人…."""
    if not line.is_of_group or following is None or not following.is_of_row:
        return False
    number = following.label.number if following.label is not None else None
    return not line.is_of_row or (number is not None and number.isdigit())
