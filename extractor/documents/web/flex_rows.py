"""Rows of tables that are made of flex boxes: their items stand side by side, and a blank one has its place.

Each row is a box of its own, and no table around them says that they belong together: a line with tabs
between its cells tells as much as the page does (https://www.w3.org/TR/css-flexbox-1/).
"""

from __future__ import annotations

from collections.abc import MutableSequence, Sequence
from typing import Any, NamedTuple

from extractor.documents.web.indents import as_far_in
from extractor.documents.web.moved import Displacement
from extractor.text.figures import is_figure

# Of two items, the second is a figure or nothing: others are a title and its date, or links.
_FEWEST = 3
# No form has more columns, nor a cell more characters.
_MOST, _LONGEST = 40, 200


class _Item(NamedTuple):
    """An item of a row: its lines among those of the page, and whether it has room though it is blank."""

    start: int
    end: int
    has_room: bool


class _Row:
    """An open box whose items stand side by side.

    Args:
        depth: how many elements are open around it.
        lines: those of the page so far.
    """

    def __init__(self, depth: int, lines: MutableSequence[Any]) -> None:
        self.depth, self.lines, self.start = depth, lines, len(lines)
        self.items: list[_Item] = []
        self.is_broken = False

    def begin_item(self, lines: MutableSequence[Any], displacement: Displacement) -> None:
        """An item begins; what stands between two of them is an item that nobody wrote."""
        before = self.items[-1].end if self.items else self.start
        if lines is not self.lines or len(lines) != before or displacement.is_moved:
            self.is_broken = True
        self.items.append(_Item(len(lines), len(lines), displacement.has_room))

    def end_item(self) -> None:
        """The last item ended."""
        self.items[-1] = self.items[-1]._replace(end=len(self.lines))

    def cells(self) -> list[str] | None:
        """What stands in its items; None unless each has one line, or none and room for it."""
        is_whole = bool(self.items) and self.items[-1].end == len(self.lines)
        if self.is_broken or not is_whole or len(self.items) > _MOST:
            return None
        if any(
            item.end - item.start > 1 or not (item.end > item.start or item.has_room) for item in self.items
        ):
            return None
        cells = [self.lines[item.start] if item.end > item.start else "" for item in self.items]
        return cells if all(map(_may_be_cell, cells)) and _are_of_table(cells) else None


class FlexRows:
    """Puts the items of each such row on one line."""

    def __init__(self) -> None:
        self._open: list[_Row] = []

    def begin(self, depth: int, lines: MutableSequence[Any], displacement: Displacement) -> None:
        """An element begins.

        Args:
            depth: how many elements are open around it.
            lines: those of the page so far.
            displacement: of the element.
        """
        if self._open and self._open[-1].depth == depth - 1:
            self._open[-1].begin_item(lines, displacement)
        if displacement.is_row:
            self._open.append(_Row(depth, lines))

    def leave_as_lines(self) -> None:
        """More is seen here than text, or text looks otherwise: that an item is blank isn't sure then."""
        for row in self._open:
            row.is_broken = True

    def close(self, depth: int) -> None:
        """An element ended that has so many around it; its last line is among the others."""
        while self._open and self._open[-1].depth >= depth:
            row = self._open.pop()
            if (cells := row.cells()) is not None:
                row.lines[row.start :] = [as_far_in("\t".join(cells), cells[0])]
        if self._open and self._open[-1].depth == depth - 1 and self._open[-1].items:
            self._open[-1].end_item()


def _may_be_cell(line: object) -> bool:
    return isinstance(line, str) and len(line) <= _LONGEST and "\t" not in line


def _are_of_table(cells: Sequence[str]) -> bool:
    if not any(cells):
        return False
    return len(cells) >= _FEWEST or (len(cells) > 1 and (not cells[1] or is_figure(cells[1])))
