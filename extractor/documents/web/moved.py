"""Boxes that a style shows at another place than their siblings' order has them.

Tables are also made of boxes without any table: of flex items, of grid items, of floats, of boxes that are
positioned. Their text stands in the order of the source; the order that a person sees may be another one
(https://www.w3.org/TR/css-flexbox-1/#order-accessibility). No layout is computed here: what stands in a box
that is displaced is not told, unless positions that are stated go from left to right and down the page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, MutableSequence, Sequence
from typing import Any, NamedTuple

from extractor.documents.asides import END, Mark, marked

# Boxes that are nearer than so many pixels stand side by side; one that stands so much higher than the one
# before it is on another page; what is moved by less stands where it stood.
_SAME_LINE, _OTHER_PAGE, _UNSEEN = 8.0, 300.0, 3.0
_PIXELS = {
    "": 1.0,
    "px": 1.0,
    "pt": 4 / 3,
    "em": 16.0,
    "rem": 16.0,
    "in": 96.0,
    "cm": 96 / 2.54,
    "mm": 96 / 25.4,
}
_SIDES = ("left", "right", "top", "bottom", "inset")
_LENGTH = re.compile(r"([+-]?(?:\d+(?:\.\d*)?|\.\d+))(px|pt|em|rem|in|cm|mm|%)?")
# In such boxes cells stand side by side, in the direction that the box has.
_ROWS = ("table", "inline-table", "table-row", "table-row-group")
_BOXES = ("flex", "grid", "inline-flex", "inline-grid")
_PLACED_IN_GRID = re.compile(r"grid-(?:area|row|column)(?:-start|-end)?")
# A scale of one and no turn change nothing.
_NONZERO = re.compile(r"(?:translate|matrix|rotate|skew)\w*\([^)]*[1-9]|^[^(]*[1-9]")
# What says that the items of a box follow each other on one line, how much one grows, how wide it begins.
_ON_ONE_LINE = frozenset({"row", "nowrap", "initial"})
_GROWS = re.compile(r"(?:[1-9]\d*(?:\.\d+)?|0?\.\d*[1-9]\d*)")
_WIDTH = re.compile(r"(?:[1-9]\d*(?:\.\d+)?|0?\.\d*[1-9]\d*)(?:px|pt|em|rem|in|cm|mm|%)")
_NO_PLACE = ("auto", "initial", "unset", "inherit", "0", "")
_SPANS = re.compile(r"(?:auto|span\s+\d+)(?:\s*/\s*(?:auto|span\s+\d+))?|\d+\s*/\s*-1")
# A cell has a label or a figure; a box with a line that is longer, or with so many lines, holds a part of
# the page.
_LONGEST_LABEL, _MOST_LINES = 60, 60
_FIGURE_OR_LABEL = re.compile(r"(?!.*[年。；])\S.{0,40}")


class Displacement(NamedTuple):
    """How a style moves a box.

    Attributes:
        is_moved: it stands elsewhere among its siblings than in the source, or over another one.
        is_reordered: it stands there by its number or by a place that it names.
        has_items: what is in it are boxes beside or below each other, whatever they are called.
        reverses: these stand in another order.
        is_row: these stand side by side on one line, in their order.
        has_room: as one of these it has room of its own though nothing stands in it.
        left, top: where it is positioned, in CSS pixels, if that is stated.
    """

    is_moved: bool = False
    is_reordered: bool = False
    has_items: bool = False
    reverses: bool = False
    left: float | None = None
    top: float | None = None
    is_row: bool = False
    has_room: bool = False

    @property
    def is_still(self) -> bool:
        """Whether what is in it stands where the source has it."""
        return self._replace(is_row=False, has_room=False) == STILL


STILL = Displacement()


def displacement_of(said: Mapping[str, str]) -> Displacement:
    """How the winning values of an element move it.

    Args:
        said: the value of each property.
    """
    position = said.get("position", "static")
    has_items = said.get("display", "") in _BOXES
    reverses = has_items and _reverses(said)
    if position in ("absolute", "fixed"):
        return Displacement(
            is_moved=any(said.get(side, "auto") != "auto" for side in _SIDES),
            has_items=has_items,
            reverses=reverses,
            left=_pixels(said.get("left", "")),
            top=_pixels(said.get("top", "")),
        )
    is_reordered = (
        said.get("order", "0") not in _NO_PLACE
        or _NONZERO.search(said.get("translate", "")) is not None
        or any(_is_place(value) for name, value in said.items() if _PLACED_IN_GRID.fullmatch(name))
    )
    is_moved = (
        is_reordered
        or any(abs(_pixels(value) or 0.0) > _UNSEEN for value in _shifts(said))
        or _NONZERO.search(said.get("transform", "")) is not None
        or _is_from_the_right(said)
    )
    is_row, has_room = _is_row(said), _has_room(said)
    return Displacement(is_moved, is_reordered, has_items, reverses, is_row=is_row, has_room=has_room)


def _is_row(said: Mapping[str, str]) -> bool:
    """Whether the items of a box stand side by side, and go on no second line."""
    flow = (said.get(name, "") for name in ("flex-direction", "flex-wrap", "flex-flow"))
    is_flex = said.get("display") in ("flex", "inline-flex")
    return is_flex and not _reverses(said) and all(set(value.split()) <= _ON_ONE_LINE for value in flow)


def _has_room(said: Mapping[str, str]) -> bool:
    """Whether an item grows, or begins with a width of its own."""
    size, *_ = (*said.get("flex", "").split(), "")
    basis = said.get("flex-basis", "") or (said.get("flex", "").split() or [""])[-1]
    grows = size == "auto" or _GROWS.fullmatch(size) or _GROWS.fullmatch(said.get("flex-grow", ""))
    return bool(grows) or _WIDTH.fullmatch(basis) is not None


def _shifts(said: Mapping[str, str]) -> list[str]:
    """The lengths by which a box is shifted; negative margins let it stand where another one does."""
    sides = _SIDES if said.get("position") == "relative" else ()
    margins = (said.get(name, "") for name in ("margin", "margin-left", "margin-right", "margin-top"))
    negative = [value for values in margins for value in values.split() if value.startswith("-")]
    return [said.get(side, "") for side in sides] + negative


def _is_from_the_right(said: Mapping[str, str]) -> bool:
    """Whether a box stands at the right of others, or the cells in it stand from right to left."""
    turns_cells = said.get("direction") == "rtl" and said.get("display", "") in _ROWS
    return turns_cells or said.get("float") == "right"


def _is_place(value: str) -> bool:
    return value not in _NO_PLACE and _SPANS.fullmatch(value) is None


def _reverses(said: Mapping[str, str]) -> bool:
    flow = (said.get(name, "") for name in ("flex-direction", "flex-wrap", "flex-flow"))
    is_vertical = said.get("writing-mode", "").startswith(("vertical", "sideways", "tb"))
    return any("reverse" in value for value in flow) or said.get("direction") == "rtl" or is_vertical


def _pixels(value: str) -> float | None:
    match = _LENGTH.fullmatch(value)
    return None if match is None or match[2] == "%" else float(match[1]) * _PIXELS[match[2] or ""]


class _Box(NamedTuple):
    """An open box that is displaced or has items.

    Attributes:
        depth: how many elements are open around it.
        lines: those of the page or the cell that it is in.
        start: its own begin there.
        displacement: how its style moves it.
        is_cell: it is a cell of a table.
    """

    depth: int
    lines: MutableSequence[Any]
    start: int
    displacement: Displacement
    is_cell: bool


class MovedLines:
    """Marks the lines of a page that stand in displaced boxes, and in displaced cells of tables."""

    def __init__(self) -> None:
        self._open: list[_Box] = []
        # Lines in positioned boxes: marked if any of these is out of order.
        self._positioned: list[tuple[MutableSequence[Any], int]] = []
        self._is_in_order = True
        # The position of the box before, and of all boxes on its line.
        self._row: list[float] = []
        self._top = 0.0

    def is_item(self, depth: int) -> bool:
        """Whether an element that begins is an item of a box of such.

        Args:
            depth: how many elements are open around it.
        """
        return (
            bool(self._open) and self._open[-1].depth == depth - 1 and self._open[-1].displacement.has_items
        )

    def begin(
        self, depth: int, lines: MutableSequence[Any], displacement: Displacement, *, is_cell: bool
    ) -> None:
        """An element begins; nothing is kept of one that is where it was.

        Args:
            depth: how many elements are open around it.
            lines: those of the page, or of the cell, so far.
            displacement: of the element; in a cell, where its characters are marked, only that it has items.
            is_cell: whether it is a cell.
        """
        if self.is_item(depth) and self._open[-1].displacement.reverses:
            displacement = displacement._replace(is_moved=True)
        if displacement != STILL:
            self._open.append(_Box(depth, lines, len(lines), displacement, is_cell))

    def close(self, depth: int) -> None:
        """An element ended that has so many around it; its last line is among the others."""
        while self._open and self._open[-1].depth >= depth:
            box = self._open.pop()
            places = range(box.start, len(box.lines))
            if not box.displacement.is_moved:
                continue
            left, top = box.displacement.left, box.displacement.top
            is_positioned = left is not None and top is not None
            if self._open and self._open[-1].depth == box.depth - 1 and not is_positioned:
                # What stands beside it may have made room, or be covered.
                around = self._open[-1]
                self._open[-1] = around._replace(displacement=around.displacement._replace(is_moved=True))
            if not box.is_cell and not _is_like_cells([box.lines[place] for place in places]):
                continue
            if left is not None and top is not None:
                self._follow(left, top)
                self._positioned += ((box.lines, place) for place in places)
            else:
                _mark(box.lines, places)

    def end(self) -> None:
        """The page ends."""
        if not self._is_in_order:
            for lines, place in self._positioned:
                _mark(lines, range(place, place + 1))

    def _follow(self, left: float, top: float) -> None:
        below = top - self._top
        if self._row and abs(below) <= _SAME_LINE:
            is_next_row = len(self._row) > 1 and left <= min(self._row)
            if is_next_row:
                self._row = []
            elif left <= self._row[-1]:
                self._is_in_order = False
            self._row.append(left)
        else:
            if self._row and -_OTHER_PAGE < below < 0:
                self._is_in_order = False
            self._row = [left]
        self._top = top


def _is_like_cells(lines: Sequence[object]) -> bool:
    return len(lines) <= _MOST_LINES and all(
        isinstance(line, str) and len(line) <= _LONGEST_LABEL for line in lines
    )


def mark_as_moved(lines: MutableSequence[Any]) -> None:
    """Mark lines of which nobody knows where they stand.

    Args:
        lines: of a box; what else is among them stays as it is.
    """
    _mark(lines, range(len(lines)))
    for place, line in enumerate(lines):
        if isinstance(line, str) and END in line and not line.startswith(Mark.DISPLACED.value):
            # What looks otherwise than usual may be a figure, too.
            lines[place] = marked(Mark.DISPLACED)


def _mark(lines: MutableSequence[Any], places: range) -> None:
    for place in places:
        line = lines[place]
        is_marked = isinstance(line, str) and END in line
        if isinstance(line, str) and not is_marked and _FIGURE_OR_LABEL.fullmatch(line) is not None:
            lines[place] = marked(Mark.DISPLACED, line)
