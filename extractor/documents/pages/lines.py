"""Glyphs put together to words and lines."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from operator import itemgetter, sub

from extractor.documents.document import UNREADABLE
from extractor.documents.pages.measures import BLANK_GAP, DIGIT_GAP, LEAST_UPON, UPON, WORD_GAP
from extractor.documents.pages.page import Box, Glyph
from extractor.text.figures import is_figure
from extractor.text.folding import BLANK, INVISIBLE

_NO_INK = BLANK + INVISIBLE + "\t\r\n"
_OF_NUMBERS = frozenset("0123456789.,")
# What stands in a cell for nothing, or for zero.
_MARKS = frozenset("-−–—─/")
# Fields of a glyph by their places: there are thousands.
_TURN, _LEFT = itemgetter(1), itemgetter(2)


@dataclass(slots=True, eq=False)
class Word:
    """Glyphs of a line without a wide gap among them; it equals no other, wherever that stands.

    It isn't changed; not frozen, as there are hundreds to make.

    Attributes:
        is_count: whether it is a number that counts the rows of a table, and no figure.
    """

    text: str
    box: Box
    height: float
    glyphs: tuple[Glyph, ...]
    is_count: bool = False

    @property
    def is_figure(self) -> bool:
        """Whether it is a figure of a table, or a mark in the place of one."""
        return not self.is_count and is_figure(self.text)

    @property
    def parts(self) -> list[Word]:
        """Its parts between blanks."""
        return _words(self.glyphs, BLANK_GAP) if " " in self.text else [self]


@dataclass
class Line:
    """Glyphs on one baseline, from left to right, which stay as they are once they were asked about.

    Attributes:
        text: its characters, with a blank where there is a gap.
    """

    glyphs: list[Glyph]
    top: float
    bottom: float
    text: str = ""

    @cached_property
    def box(self) -> Box:
        """The box around its glyphs."""
        return box_of(self.glyphs)

    @cached_property
    def height(self) -> float:
        """The height of most of its glyphs."""
        heights = sorted([bottom - top for _, _, _, top, _, bottom in self.glyphs])
        return heights[len(heights) // 2]

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """Its parts between wide gaps, and between gaps among figures."""
        return tuple(_words(self.glyphs, WORD_GAP))


def lines_of(glyphs: Sequence[Glyph]) -> list[Line]:
    """Glyphs on one baseline, line by line from the top.

    A glyph belongs to a line if its middle stands within the line's height and the line's within its.
    """
    if len(glyphs) == 1:
        (glyph,) = glyphs
        text = _text(glyphs)
        return [Line([glyph], glyph.top, glyph.bottom, text)] if text else []
    lines: list[Line] = []
    line_top = line_middle = line_bottom = math.inf
    for glyph in sorted(glyphs, key=lambda one: one[3] + one[5]):
        _, _, _, top, _, bottom = glyph
        middle = (top + bottom) / 2
        if line_top < middle < line_bottom and top < line_middle < bottom:
            lines[-1].glyphs.append(glyph)
        else:
            lines.append(Line([glyph], top, bottom))
            line_top, line_middle, line_bottom = top, middle, bottom
    for above, below in pairwise(lines):
        if above.bottom > below.top:
            _rejoin(above, below)
    for line in lines:
        line.glyphs.sort(key=_LEFT)
        line.text = _text(line.glyphs)
    # Without ink nothing is left of it.
    return [line for line in lines if line.text]


def _rejoin(above: Line, below: Line) -> None:
    """Let each number stand on one of two lines that aren't quite level, though its digits were on both."""
    upper = [_Placed(glyph, is_above=True) for glyph in above.glyphs]
    lower = [_Placed(glyph, is_above=False) for glyph in below.glyphs]
    torn = [number for number in _numbers([*upper, *lower]) if _is_torn(number)]
    for number in torn:
        is_above = _stands_above(number)
        for digit in number:
            digit.is_above = is_above
    if torn:
        above.glyphs = [one.glyph for one in (*upper, *lower) if one.is_above]
        below.glyphs = [one.glyph for one in (*lower, *upper) if not one.is_above]


@dataclass(slots=True, eq=False)
class _Placed:
    """A glyph, and on which of two lines it stands."""

    glyph: Glyph
    is_above: bool


def _numbers(placed: Sequence[_Placed]) -> list[list[_Placed]]:
    """The digits and points of two lines, number by number from the left."""
    digits = [one for one in placed if one.glyph.text in _OF_NUMBERS]
    numbers: list[list[_Placed]] = []
    for digit in sorted(digits, key=lambda one: one.glyph.left):
        if not numbers or not _touches(numbers[-1][-1].glyph, digit.glyph):
            numbers.append([])
        numbers[-1].append(digit)
    return numbers


def _is_torn(number: Sequence[_Placed]) -> bool:
    """Whether the digits of a number stand on two lines."""
    return len({digit.is_above for digit in number}) > 1


def _stands_above(number: Sequence[_Placed]) -> bool:
    """Whether a number is of the upper line: half of its digits at least are."""
    return 2 * sum(digit.is_above for digit in number) >= len(number)


def _touches(one: Glyph, other: Glyph) -> bool:
    """Whether a glyph stands right of another as the next digit of a number does."""
    height = min(one.bottom - one.top, other.bottom - other.top)
    common = min(one.bottom, other.bottom) - max(one.top, other.top)
    return abs(other.left - one.right) <= DIGIT_GAP * height and common > height / 2


def joined(lines: Sequence[str]) -> str:
    """The text of the lines of a cell or a paragraph."""
    if len(lines) == 1:
        return lines[0]
    return "".join(line + joint(line, after) for line, after in zip(lines, [*lines, ""][1:], strict=True))


def joint(line: str, after: str) -> str:
    """What stands between two lines: Chinese needs no blank, but two figures must not become one.

    A mark that is all of its line is a figure, and no sign of what stands below it.
    """
    ends = line[-1:] + after[:1]
    if len(ends) > 1 and ends.isascii() and ends.isalnum():
        return " "
    is_mark = bool(line and after) and (_MARKS.issuperset(line) or _MARKS.issuperset(after))
    return " " if is_mark and all(end in _MARKS or (end.isascii() and end.isalnum()) for end in ends) else ""


def block_lines(glyphs: Sequence[Glyph]) -> list[Line]:
    """The lines of a cell.

    Glyphs that are turned run from bottom to top or from top to bottom; seen from their own upright
    they are lines like any other.
    """
    if any(map(_TURN, glyphs)):
        turns = set(map(_TURN, _inked(glyphs)))
        if len(turns) == 1 and turns != {0}:
            glyphs = [_upright(glyph) for glyph in glyphs]
    return lines_of(glyphs)


def box_of(glyphs: Sequence[Glyph]) -> Box:
    """The box around glyphs; around those with ink, if there are any."""
    if len(glyphs) == 1:
        return glyphs[0][2:]
    _, _, lefts, tops, rights, bottoms = zip(*(_inked(glyphs) or glyphs), strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _inked(glyphs: Iterable[Glyph]) -> list[Glyph]:
    return [glyph for glyph in glyphs if glyph[0] not in _NO_INK]


def _text(glyphs: Sequence[Glyph], gaps: Sequence[int] | None = None) -> str:
    """The text of glyphs; their gaps are looked for where they aren't given."""
    if len(glyphs) == 1:
        return glyphs[0][0].strip(_NO_INK)
    parts = [glyph[0] for glyph in glyphs]
    for place in reversed(_gaps(glyphs) if gaps is None else gaps):
        one, other = glyphs[place - 1 : place + 1]
        if one[0] not in BLANK and other[0] not in BLANK:
            if are_apart(one, other, BLANK_GAP):
                parts.insert(place, " ")
            elif _are_upon(one, other):
                parts.insert(place, UNREADABLE)
    return "".join(parts).strip(_NO_INK)


def _words(glyphs: Iterable[Glyph], gap: float) -> list[Word]:
    inked = _inked(glyphs)
    if not inked:
        return []
    gaps = _gaps(inked)
    ends = [place for place in gaps if are_apart(inked[place - 1], inked[place], gap)]
    if not ends:
        return [word_of(inked, gaps)]
    return [
        word_of(inked[start:end], [place - start for place in gaps if start < place < end])
        for start, end in pairwise([0, *ends, len(inked)])
    ]


def _gaps(glyphs: Sequence[Glyph]) -> list[int]:
    """Where a glyph may be apart from the one before or upon it: most follow each other with a small gap."""
    places = []
    end, height = math.nan, 0.0
    for place, (_, _, left, top, right, bottom) in enumerate(glyphs):
        own = bottom - top
        if left > end:
            if left - end > DIGIT_GAP * (height if height < own else own):
                places.append(place)
        elif left < end - LEAST_UPON:
            places.append(place)
        end, height = right, own
    return places


def word_of(glyphs: Sequence[Glyph], gaps: Sequence[int] | None = None) -> Word:
    """Glyphs of a line, with ink and from left to right, as one word.

    Args:
        glyphs: the glyphs.
        gaps: where there may be gaps among them, if that is known.
    """
    if len(glyphs) == 1:
        _, _, left, top, right, bottom = glyphs[0]
        return Word(_text(glyphs), (left, top, right, bottom), bottom - top, (glyphs[0],))
    _, _, lefts, tops, rights, bottoms = zip(*glyphs, strict=True)
    box = min(lefts), min(tops), max(rights), max(bottoms)
    return Word(_text(glyphs, gaps), box, max(map(sub, bottoms, tops)), tuple(glyphs))


def are_apart(one: Glyph, other: Glyph, gap: float = BLANK_GAP) -> bool:
    """Whether there is a gap between two neighbours on a line, so wide in parts of their height."""
    space = other.left - one.right
    if space <= 0:
        return False
    limit = DIGIT_GAP if one.text.isdigit() and other.text.isdigit() else gap
    return space > limit * min(one.bottom - one.top, other.bottom - other.top)


def _are_upon(one: Glyph, other: Glyph) -> bool:
    """Whether something else is printed upon a digit, so that nobody can tell which figure it is.

    The same glyph printed twice is bold.
    """
    if one.text == other.text or not (one.text.isdigit() or other.text.isdigit()):
        return False
    common = min(one.right, other.right) - other.left
    return common > UPON * min(one.right - one.left, other.right - other.left)


def _upright(glyph: Glyph) -> Glyph:
    """A turned glyph as it stands on a page that is turned back."""
    text, turn, left, top, right, bottom = glyph
    if turn == 1:
        return Glyph(text, 0, top, -right, bottom, -left)
    if turn == 2:
        return Glyph(text, 0, -right, -bottom, -left, -top)
    if turn == 3:
        return Glyph(text, 0, -bottom, left, -top, right)
    return glyph
