"""Glyphs put together to words and lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter, sub

from extractor.documents.pdfium import Box, Glyph
from extractor.folding import BLANK, INVISIBLE

_NO_INK = BLANK + INVISIBLE + "\t\r\n"
# Parts of the height of the glyphs: a gap this wide is a blank; between two digits a narrower one is, as
# no number is spaced so and two numbers must never become one.
_BLANK_GAP, _DIGIT_GAP = 0.4, 0.2
_OF_NUMBERS = frozenset("0123456789.,")
# A gap this wide parts two words, of which each may be a cell.
_WORD_GAP = 0.9
# Fields of a glyph by their places: there are thousands.
_TURN, _LEFT = itemgetter(1), itemgetter(2)


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    """Glyphs of a line without a wide gap among them; it equals no other, wherever that stands."""

    text: str
    box: Box
    height: float
    glyphs: tuple[Glyph, ...]

    @property
    def parts(self) -> list[Word]:
        """Its parts between blanks."""
        return _words(self.glyphs, _BLANK_GAP)


@dataclass(slots=True)
class Line:
    """Glyphs on one baseline, from left to right.

    Attributes:
        text: its characters, with a blank where there is a gap.
    """

    glyphs: list[Glyph]
    top: float
    bottom: float
    text: str = ""

    @property
    def box(self) -> Box:
        """The box around its glyphs."""
        return box_of(self.glyphs)

    @property
    def height(self) -> float:
        """The height of most of its glyphs."""
        heights = sorted([bottom - top for _, _, _, top, _, bottom in self.glyphs])
        return heights[len(heights) // 2]

    @property
    def words(self) -> list[Word]:
        """Its parts between wide gaps, and between gaps among figures."""
        return _words(self.glyphs, _WORD_GAP)


def lines_of(glyphs: Iterable[Glyph]) -> list[Line]:
    """Glyphs on one baseline, line by line from the top.

    A glyph belongs to a line if its middle stands within the line's height and the line's within its.
    """
    lines: list[Line] = []
    line = None
    for glyph in sorted(glyphs, key=lambda one: one[3] + one[5]):
        _, _, _, top, _, bottom = glyph
        if (
            line is not None
            and line.top < (top + bottom) / 2 < line.bottom
            and top < (line.top + line.bottom) / 2 < bottom
        ):
            line.glyphs.append(glyph)
        else:
            line = Line([glyph], top, bottom)
            lines.append(line)
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
    upper = set(map(id, above.glyphs))
    figures = [one for one in (*above.glyphs, *below.glyphs) if one.text in _OF_NUMBERS]
    runs: list[list[Glyph]] = []
    for glyph in sorted(figures, key=lambda one: one.left):
        if not runs or not _touches(runs[-1][-1], glyph):
            runs.append([])
        runs[-1].append(glyph)
    for run in runs:
        ups = [one for one in run if id(one) in upper]
        if 0 < len(ups) < len(run):
            source, target = (below, above) if 2 * len(ups) >= len(run) else (above, below)
            moved = {id(one) for one in run if (id(one) in upper) == (source is above)}
            target.glyphs += [one for one in source.glyphs if id(one) in moved]
            source.glyphs = [one for one in source.glyphs if id(one) not in moved]


def _touches(one: Glyph, other: Glyph) -> bool:
    """Whether a glyph stands right of another as the next digit of a number does."""
    height = min(one.bottom - one.top, other.bottom - other.top)
    common = min(one.bottom, other.bottom) - max(one.top, other.top)
    return abs(other.left - one.right) <= _DIGIT_GAP * height and common > height / 2


def joined(lines: Sequence[str]) -> str:
    """The text of the lines of a cell or a paragraph."""
    if len(lines) == 1:
        return lines[0]
    return "".join(line + joint(line, after) for line, after in zip(lines, [*lines, ""][1:], strict=True))


def joint(line: str, after: str) -> str:
    """What stands between two lines: Chinese needs no blank, but two figures must not become one."""
    ends = line[-1:] + after[:1]
    return " " if len(ends) > 1 and ends.isascii() and ends.isalnum() else ""


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


def _text(glyphs: Sequence[Glyph]) -> str:
    parts = [glyph[0] for glyph in glyphs[:1]]
    for last, glyph in pairwise(glyphs):
        # Most follow each other without a gap.
        if (
            glyph[2] > last[4]
            and last[0] not in BLANK
            and glyph[0] not in BLANK
            and are_apart(last, glyph, _BLANK_GAP)
        ):
            parts.append(" ")
        parts.append(glyph[0])
    return "".join(parts).strip(_NO_INK)


def _words(glyphs: Iterable[Glyph], gap: float) -> list[Word]:
    words: list[list[Glyph]] = []
    inked = _inked(glyphs)
    for last, glyph in zip([None, *inked], inked, strict=False):
        if last is None or (glyph[2] > last[4] and are_apart(last, glyph, gap)):
            words.append([])
        words[-1].append(glyph)
    return [word_of(word) for word in words]


def word_of(glyphs: Sequence[Glyph]) -> Word:
    """Glyphs of a line, with ink and from left to right, as one word."""
    _, _, lefts, tops, rights, bottoms = zip(*glyphs, strict=True)
    box = min(lefts), min(tops), max(rights), max(bottoms)
    return Word(_text(glyphs), box, max(map(sub, bottoms, tops)), tuple(glyphs))


def are_apart(one: Glyph, other: Glyph, gap: float = _BLANK_GAP) -> bool:
    """Whether there is a gap between two neighbours on a line, so wide in parts of their height."""
    space = other.left - one.right
    if space <= 0:
        return False
    limit = _DIGIT_GAP if one.text.isdigit() and other.text.isdigit() else gap
    return space > limit * min(one.bottom - one.top, other.bottom - other.top)


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
