"""Glyphs put together to words and lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extractor.documents.pdfium import Box, Glyph
from extractor.folding import BLANK, INVISIBLE

_NO_INK = BLANK + INVISIBLE + "\t\r\n"
# Parts of the height of the glyphs: a gap this wide is a blank; between two digits a narrower one is, as
# no number is spaced so and two numbers must never become one.
_BLANK_GAP, _DIGIT_GAP = 0.4, 0.2
_OF_NUMBERS = frozenset("0123456789.,")
# A gap this wide parts two words, of which each may be a cell.
_WORD_GAP = 0.9


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
    """Glyphs on one baseline, from left to right."""

    glyphs: list[Glyph] = field(default_factory=list)
    top: float = 0.0
    bottom: float = 0.0

    @property
    def box(self) -> Box:
        """The box around its glyphs."""
        return box_of(self.glyphs)

    @property
    def height(self) -> float:
        """The height of most of its glyphs."""
        heights = sorted(glyph.bottom - glyph.top for glyph in self.glyphs)
        return heights[len(heights) // 2]

    @property
    def text(self) -> str:
        """Its characters, with a blank where there is a gap."""
        return _text(self.glyphs)

    @property
    def words(self) -> list[Word]:
        """Its parts between wide gaps, and between gaps among figures."""
        return _words(self.glyphs, _WORD_GAP)


def lines_of(glyphs: Iterable[Glyph]) -> list[Line]:
    """Glyphs on one baseline, line by line from the top.

    A glyph belongs to a line if its middle stands within the line's height and the line's within its.
    """
    lines: list[Line] = []
    for glyph in sorted(glyphs, key=lambda one: one.top + one.bottom):
        middle = (glyph.top + glyph.bottom) / 2
        line = lines[-1] if lines else None
        if line is not None and line.top < middle < line.bottom and glyph.top < _middle(line) < glyph.bottom:
            line.glyphs.append(glyph)
        else:
            lines.append(Line([glyph], glyph.top, glyph.bottom))
    for above, below in pairwise(lines):
        if above.bottom > below.top:
            _rejoin(above, below)
    for line in lines:
        line.glyphs.sort(key=lambda one: one.left)
    return [line for line in lines if any(_has_ink(glyph) for glyph in line.glyphs)]


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
    turns = {glyph.turn for glyph in glyphs if _has_ink(glyph)}
    if len(turns) == 1 and turns != {0}:
        glyphs = [_upright(glyph) for glyph in glyphs]
    return lines_of(glyphs)


def box_of(glyphs: Sequence[Glyph]) -> Box:
    """The box around glyphs; around those with ink, if there are any."""
    _, _, lefts, tops, rights, bottoms = zip(*(_inked(glyphs) or glyphs), strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _inked(glyphs: Iterable[Glyph]) -> list[Glyph]:
    return [glyph for glyph in glyphs if _has_ink(glyph)]


def _has_ink(glyph: Glyph) -> bool:
    return glyph.text not in _NO_INK


def _middle(line: Line) -> float:
    return (line.top + line.bottom) / 2


def _height(glyphs: Sequence[Glyph]) -> float:
    return max(glyph.bottom - glyph.top for glyph in glyphs)


def _text(glyphs: Sequence[Glyph]) -> str:
    parts: list[str] = []
    last: Glyph | None = None
    for glyph in glyphs:
        if (
            last is not None
            and last.text not in BLANK
            and glyph.text not in BLANK
            and are_apart(last, glyph, _BLANK_GAP)
        ):
            parts.append(" ")
        parts.append(glyph.text)
        last = glyph
    return "".join(parts).strip(_NO_INK)


def _words(glyphs: Iterable[Glyph], gap: float) -> list[Word]:
    words: list[list[Glyph]] = []
    for glyph in _inked(glyphs):
        if not words or are_apart(words[-1][-1], glyph, gap):
            words.append([])
        words[-1].append(glyph)
    return [word_of(word) for word in words]


def word_of(glyphs: Sequence[Glyph]) -> Word:
    """Glyphs of a line, with ink and from left to right, as one word."""
    return Word(_text(glyphs), box_of(glyphs), _height(glyphs), tuple(glyphs))


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
