"""What stands on a page of an OFD: its objects in the order in which they are painted.

A character is where its text object says; its box is that of its em, as fonts aren't looked at. What a
character is comes from the object's text: that the font shows another glyph for it can't be seen here.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from extractor.documents.asides import Mark
from extractor.documents.errors import too_large
from extractor.documents.ofd.geometry import (
    POINTS,
    Matrix,
    around,
    box,
    deltas,
    matrix,
    moved,
    number,
    placed_box,
    quarter_turns,
    times,
)
from extractor.documents.ofd.inks import WHITE, Defaults, Ink, Style
from extractor.documents.ofd.package import Element, child, children, tag
from extractor.documents.ofd.paths import shapes
from extractor.documents.pages.page import Aside, Box, Glyph, RawPage, Ruling
from extractor.errors import TooLargeError

# No annual report comes near any of these.
MOST_GLYPHS, MOST_WORK = 100_000, 4_000_000
_MAX_DEPTH = 40
# Points. Filled shapes this thin are lines; lines that are thicker may cover text.
_THIN = 3.0
# A shape with more points than a rectangle is a drawing, which may show a figure.
_POINTS_OF_A_RECTANGLE = 5
# Shades. What differs by less from what is behind it isn't seen.
_CONTRAST = 24.0
# An ink with less than this part of itself is seen through.
_SEEN_THROUGH = 128.0
# A picture on less than this part of a page holds no table.
_SMALL = 50
# Of an em: what is above the line that characters stand on, and below.
_ASCENT, _DESCENT = 0.8, 0.2
# Rows of this height tell which areas may lie behind or over a character.
_ROW = 20.0
_OF_FIGURES = frozenset("0123456789.,-+%")
_NONCHARACTERS = range(0xFDD0, 0xFDF0)


class _Character(NamedTuple):
    glyph: Glyph
    time: int
    ink: Ink
    is_shown: bool


class _Area(NamedTuple):
    """What is painted on an area: a colour, or a picture, of which the colours aren't known."""

    box: Box
    time: int
    ink: Ink
    is_picture: bool


class Work:
    """How much may still be done for a file.

    Attributes:
        glyphs: that may still stand on its pages.
        steps: that may still be taken.
    """

    def __init__(self, name: str) -> None:
        self.glyphs, self.steps = MOST_GLYPHS, MOST_WORK
        self._name = name

    def spend(self, steps: int, glyphs: int = 0) -> None:
        """Do something; TooLargeError if that is more than a report takes."""
        self.steps -= steps
        self.glyphs -= glyphs
        if self.steps < 0 or self.glyphs < 0:
            raise self.exceeded()

    def exceeded(self) -> TooLargeError:
        """What is raised where there is more than in a report."""
        return too_large(self._name)


class Painter:
    """Paints one page."""

    def __init__(self, defaults: Defaults, units: Mapping[str, Element], work: Work) -> None:
        """Paint nothing yet.

        Args:
            defaults: of drawing.
            units: objects made of objects, by their numbers.
            work: that is left for the file.
        """
        self._defaults = defaults
        self._units = units
        self._work = work
        self._time = 0
        self._characters: list[_Character] = []
        self._areas: list[_Area] = []
        self._rulings: list[Ruling] = []
        self._sights: list[Aside] = []

    def paint(self, layers: Iterable[Element], to: Matrix) -> None:
        """Paint layers.

        Args:
            layers: or other elements that hold objects.
            to: from their millimetres to those of the page.
        """
        for layer in layers:
            self._walk(layer, times(to, POINTS), layer.get("DrawParam"), 0)

    def page(self, width: float, height: float) -> RawPage:
        """What was painted, on a page of this size in points."""
        glyphs, hidden = self._seen()
        area = width * height / _SMALL
        pictures = [one.box for one in self._areas if one.is_picture and _size(one.box) > area]
        return RawPage(
            width, height, glyphs, self._rulings, pictures=tuple(pictures), asides=(*self._sights, *hidden)
        )

    def _walk(self, parent: Element, to: Matrix, layer: str | None, depth: int) -> None:
        if depth > _MAX_DEPTH:
            raise self._work.exceeded()
        for one in parent:
            self._work.spend(1)
            self._time += 1
            kind = tag(one)
            if kind == "PageBlock":
                self._walk(one, to, layer, depth + 1)
                continue
            left, top, width, height = box(one.get("Boundary")) or (0.0, 0.0, 0.0, 0.0)
            own = times(times(matrix(one.get("CTM")), moved(left, top)), to)
            style = self._defaults.of(one, layer)
            is_shown = one.get("Visible") != "false"
            if kind == "TextObject":
                bounds = placed_box(left, top, left + width, top + height, to)
                self._text(one, own, style, bounds, is_shown=is_shown)
            elif is_shown and kind == "PathObject":
                self._path(one, own, style)
            elif is_shown and kind == "ImageObject":
                self._picture(placed_box(left, top, left + width, top + height, to), style.fill)
            elif is_shown and kind == "CompositeObject":
                unit = child(self._units.get(one.get("ResourceID", "")), "Content")
                for inside in (unit,) if unit is not None else ():
                    self._walk(inside, own, layer, depth + 1)

    # --- text --------------------------------------------------------------------------------------------

    def _text(self, one: Element, to: Matrix, style: Style, bounds: Box, *, is_shown: bool) -> None:
        ink = style.fill if one.get("Fill") != "false" else style.stroke
        is_painted = one.get("Fill") != "false" or one.get("Stroke") == "true"
        script = _Script(
            size=number(one.get("Size")),
            stretch=number(one.get("HScale"), 1.0),
            turn=round(number(one.get("CharDirection")) / 90) % 4,
            direction=math.radians(number(one.get("ReadDirection"))),
        )
        is_shown = is_shown and is_painted and ink.is_seen and script.size > 0
        turns = (quarter_turns(to) + script.turn) % 4
        x = y = 0.0
        for code in children(one, "TextCode"):
            text = code.text or ""
            self._work.spend(len(text), len(text))
            # A code without a place goes on at the one before.
            x, y = number(code.get("X"), x), number(code.get("Y"), y)
            right, below = x, y
            for character, em, across, down in script.placed(code, text):
                corners = placed_box(right + em[0], below + em[1], right + em[2], below + em[3], to)
                if not character.isspace():
                    glyph = Glyph(_readable(character), turns, *corners)
                    is_seen = is_shown and _is_inside(corners, bounds)
                    self._characters.append(_Character(glyph, self._time, ink, is_seen))
                right, below = right + across, below + down

    def _seen(self) -> tuple[list[Glyph], list[Aside]]:
        """The characters that are seen, and those that aren't."""
        rows: dict[int, list[_Area]] = {}
        for area in self._areas:
            for row in range(_row(area.box[1]), _row(area.box[3]) + 1):
                self._work.spend(1)
                rows.setdefault(row, []).append(area)
        glyphs, asides = [], []
        for one in self._characters:
            text, box_of = one.glyph.text, one.glyph[2:]
            x, y = (box_of[0] + box_of[2]) / 2, (box_of[1] + box_of[3]) / 2
            near = rows.get(_row(y), ())
            self._work.spend(len(near))
            here = [area for area in near if _holds(area.box, x, y)]
            mark = _mark(one, here)
            if mark is None:
                glyphs.append(one.glyph)
            elif not text.isspace():
                asides.append(Aside(mark, text if mark is Mark.HIDDEN else "", box_of))
        return glyphs, asides

    # --- lines, areas, pictures --------------------------------------------------------------------------

    def _path(self, one: Element, to: Matrix, style: Style) -> None:
        is_drawn = one.get("Stroke") != "false" and style.stroke.is_seen
        is_filled = one.get("Fill") == "true" and style.fill.is_seen
        data = child(one, "AbbreviatedData")
        if data is None or not (is_drawn or is_filled):
            return
        self._work.spend(2 * len(data.text or ""))
        thickness = style.width * math.sqrt(abs(to[0] * to[3] - to[1] * to[2]))
        for points, is_straight in shapes(data.text or "", to):
            edges = around(points)
            if not is_straight or len(points) > _POINTS_OF_A_RECTANGLE:
                self._sights.append(Aside(Mark.BACKDROP, "", edges))
            if is_drawn and is_straight:
                self._strokes(points, thickness, style.stroke)
            if is_filled:
                self._filled(edges, style.fill, is_drawn=is_drawn)

    def _strokes(self, points: Sequence[tuple[float, float]], thickness: float, ink: Ink) -> None:
        for (x0, y0), (x1, y1) in pairwise(points):
            self._rulings.append(Ruling(x0, y0, x1, y1))
            if thickness > _THIN:
                half = thickness / 2
                left, top, right, bottom = around([(x0, y0), (x1, y1)])
                edges = left - half, top - half, right + half, bottom + half
                self._areas.append(_Area(edges, self._time, ink, is_picture=False))

    def _filled(self, edges: Box, ink: Ink, *, is_drawn: bool) -> None:
        left, top, right, bottom = edges
        if right - left > _THIN and bottom - top > _THIN:
            self._areas.append(_Area(edges, self._time, ink, is_picture=False))
        elif not is_drawn and right - left > bottom - top:
            self._rulings.append(Ruling(left, (top + bottom) / 2, right, (top + bottom) / 2))
        elif not is_drawn and bottom > top:
            self._rulings.append(Ruling((left + right) / 2, top, (left + right) / 2, bottom))

    def _picture(self, edges: Box, ink: Ink) -> None:
        self._sights.append(Aside(Mark.PICTURE, "", edges))
        self._areas.append(_Area(edges, self._time, Ink(None, ink.alpha), is_picture=True))


class _Script(NamedTuple):
    """How the characters of a text object are set.

    Attributes:
        size: of an em.
        stretch: how much wider they are than usual.
        turn: by how many quarter turns each is turned clockwise.
        direction: in which the text goes on where no steps are told, as an angle from the right clockwise.
    """

    size: float
    stretch: float
    turn: int
    direction: float

    def placed(self, code: Element, text: str) -> Iterator[tuple[str, Box, float, float]]:
        """Each character of a code, its box from where it stands, and the step to the next one."""
        across, down = (deltas(code.get(name), len(text)) for name in ("DeltaX", "DeltaY"))
        has_steps = across is not None or down is not None
        for place, character in enumerate(text):
            width = _width(character) * self.size * self.stretch
            ahead = 0.0 if has_steps else width
            step = _at(across, place, ahead * math.cos(self.direction))
            below = _at(down, place, ahead * math.sin(self.direction))
            # Characters that are set closer than they are wide are taken for narrower.
            own = min(width, step) if across is not None and step > 0 else width
            yield character, self._em(own), step, below

    def _em(self, width: float) -> Box:
        left, top, right, bottom = 0.0, -_ASCENT * self.size, width, _DESCENT * self.size
        for _ in range(self.turn):
            left, top, right, bottom = -bottom, left, -top, right
        return left, top, right, bottom


def _at(steps: Sequence[float] | None, place: int, default: float) -> float:
    return steps[place] if steps is not None and place < len(steps) else default


def _width(character: str) -> float:
    """Of an em: Chinese characters are as wide as high, others about half of that."""
    return 1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5


def _readable(character: str) -> str:
    """A character; those without a meaning are replaced, as they may be any."""
    code = ord(character)
    return "\ufffd" if code < 32 or code in _NONCHARACTERS else character


def _is_inside(corners: Box, bounds: Box) -> bool:
    """Whether some of a character is in the boundary of its object, beyond which nothing is painted."""
    if _size(bounds) == 0:
        return True
    return (
        corners[0] < bounds[2]
        and bounds[0] < corners[2]
        and corners[1] < bounds[3]
        and bounds[1] < corners[3]
    )


def _mark(one: _Character, here: Sequence[_Area]) -> Mark | None:
    """What a character is that isn't simply seen; None if it is.

    Args:
        one: the character.
        here: the areas that its middle lies on.
    """
    if not one.is_shown:
        return Mark.HIDDEN
    if any(_covers(area, one) for area in here):
        return Mark.OVERLAY
    opaque = [area.ink for area in here if area.time <= one.time and area.ink.alpha >= _SEEN_THROUGH]
    ground = opaque[-1] if opaque else WHITE
    if ground.shades is None:
        # Dark on a picture is seen; what is light may be.
        return None if one.ink.differs(WHITE, _SEEN_THROUGH) else Mark.OVERLAY
    return None if one.ink.differs(ground, _CONTRAST) else Mark.HIDDEN


def _covers(area: _Area, one: _Character) -> bool:
    """Whether an area that a character lies on covers it; a seal on a signature or a title hides no words."""
    is_over = area.time > one.time and area.ink.alpha >= _SEEN_THROUGH
    return is_over and not (area.is_picture and one.glyph.text not in _OF_FIGURES)


def _holds(edges: Box, x: float, y: float) -> bool:
    return edges[0] <= x <= edges[2] and edges[1] <= y <= edges[3]


def _row(y: float) -> int:
    return int(max(-100.0, min(y, 10_000.0)) // _ROW)


def _size(edges: Box) -> float:
    return max(0.0, edges[2] - edges[0]) * max(0.0, edges[3] - edges[1])
