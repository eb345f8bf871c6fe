"""The glyphs of a page: characters, boxes and turns, as PDFium has them or better.

Part of the program that opens PDFs (:mod:`extractor.documents.pdf.worker.program`).
"""

from __future__ import annotations

import ctypes
import math
from array import array
from collections import deque
from collections.abc import Iterable, Sequence
from itertools import compress, repeat
from typing import Any, NamedTuple

import pypdfium2_raw as pdfium

from extractor.documents.pdf.worker.boxes import Box
from extractor.documents.pdf.worker.calls import address_of, quick

# Glyphs that are larger are looked at twice; one this many times as large as its font is an error.
_LARGE, _ERROR = 24.0, 2.5
REPLACEMENT = 0xFFFD
# What PDFium puts for a hyphen at the end of a line; what it adds itself; what is no character.
_NO_HYPHEN = 0xFFFE
_GENERATED = frozenset(b" \r\n\x02\xad") | {_NO_HYPHEN}
_NO_CHARACTERS = frozenset(range(32))
_SURROGATES = 0xD800
_NONCHARACTERS = range(0xFDD0, 0xFDF0)
# From this character on, they are as wide as high; this part of the height is below where they stand.
_WIDE, _DEPTH = 0x2E80, 0.2
_QUARTER = math.pi / 2

# Called for every character.
_CODE, _IS_GENERATED = quick(pdfium.FPDFText_GetUnicode), quick(pdfium.FPDFText_IsGenerated)
_OBJECT, _LOOSE_BOX = quick(pdfium.FPDFText_GetTextObject), quick(pdfium.FPDFText_GetLooseCharBox)
_ANGLE, _IS_UNMAPPED = quick(pdfium.FPDFText_GetCharAngle), quick(pdfium.FPDFText_HasUnicodeMapError)


class Frame(NamedTuple):
    """The part of a page that is shown, and how many quarter turns it is turned clockwise."""

    left: float
    bottom: float
    right: float
    top: float
    turns: int

    def places(self, points: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
        """Where points of the page are shown."""
        left, bottom, right, top, turns = self
        if turns == 0:
            return [(x - left, top - y) for x, y in points]
        if turns == 1:
            return [(y - bottom, x - left) for x, y in points]
        if turns == 2:
            return [(right - x, y - bottom) for x, y in points]
        return [(top - y, right - x) for x, y in points]

    def origins(self, points: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
        """What points of the page are shown at these places."""
        left, bottom, right, top, turns = self
        if turns == 0:
            return [(left + x, top - y) for x, y in points]
        if turns == 1:
            return [(left + y, bottom + x) for x, y in points]
        if turns == 2:
            return [(right - x, bottom + y) for x, y in points]
        return [(right - y, top - x) for x, y in points]

    def box(self, box: Box) -> Box:
        """Where a box of the page is shown."""
        (a, b), (c, d) = self.places((box[:2], box[2:]))
        return min(a, c), min(b, d), max(a, c), max(b, d)

    def size(self) -> tuple[float, float]:
        """Width and height as shown."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.turns % 2 else (width, height)


class Glyphs(NamedTuple):
    """Glyphs; what is of one kind stands together, as it is faster to go through then.

    Attributes:
        codes: of their characters.
        turns: by how many quarter turns, clockwise, each lies on its side.
        lefts, bottoms, rights, tops: the sides of their boxes; on the page as it is shown, tops are the
            smaller ones.
    """

    codes: list[int]
    turns: list[int]
    lefts: list[float]
    bottoms: list[float]
    rights: list[float]
    tops: list[float]

    def box(self, place: int) -> Box:
        """The box of a glyph."""
        return self.lefts[place], self.bottoms[place], self.rights[place], self.tops[place]

    def only(self, are_kept: Sequence[bool]) -> Glyphs:
        """Some of them."""
        return Glyphs._make(list(compress(values, are_kept)) for values in self)

    def add(self, code: int, turn: int, box: Box) -> None:
        """Add a glyph."""
        self.codes.append(code)
        self.turns.append(turn)
        for side, value in zip(self[2:], box, strict=True):
            side.append(value)


def read_glyphs(text: Any, unscaled: set[int]) -> tuple[list[int], Glyphs]:
    """All glyphs of a page, in page coordinates, and the number that each has in PDFium's text.

    What PDFium added itself, such as blanks, is left out.

    Args:
        text: PDFium's text of the page.
        unscaled: the addresses of fonts in the boxes of whose glyphs it may err.
    """
    count = max(0, pdfium.FPDFText_CountChars(text)) if text else 0
    codes = list(map(_CODE, repeat(text, count), range(count)))
    own = [i for i, code in enumerate(codes) if not (code in _GENERATED and _IS_GENERATED(text, i) == 1)]
    glyphs = Glyphs([codes[i] for i in own], _turns(text, own), *_boxes(text, own))
    _mend_characters(text, own, glyphs.codes)
    if unscaled:
        _mend_places(text, own, glyphs, unscaled)
    _mend_boxes(text, own, glyphs)
    return own, glyphs


def objects_of(text: Any, own: Iterable[int]) -> list[Any]:
    """The text object that each glyph is of.

    Args:
        text: PDFium's text of the page.
        own: the numbers of glyphs in it.
    """
    return list(map(_OBJECT, repeat(text), own))


def em_of(text: Any, i: int) -> float:
    """The height of the font of a glyph, in points.

    Args:
        text: PDFium's text of the page.
        i: the number of the glyph in it.
    """
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text, i, matrix)
    return float(pdfium.FPDFText_GetFontSize(text, i) * math.hypot(matrix.c, matrix.d))


def _turns(text: Any, own: Sequence[int]) -> list[int]:
    """By how many quarter turns characters are turned."""
    angles = map(_ANGLE, repeat(text), own)
    return [round(angle / _QUARTER) % 4 if angle else 0 for angle in angles]


def _boxes(text: Any, own: Sequence[int]) -> tuple[list[float], list[float], list[float], list[float]]:
    """All left sides of the boxes of characters, all bottoms, right sides and tops."""
    boxes = (pdfium.FS_RECTF * len(own))()
    places = range(0, ctypes.sizeof(boxes), ctypes.sizeof(pdfium.FS_RECTF))
    _make(map(_LOOSE_BOX, repeat(text), own, map(ctypes.byref, repeat(boxes), places)))
    edges = array("f", bytes(boxes))
    # The fields of a box are in this order.
    lefts, tops, rights, bottoms = (edges[first::4].tolist() for first in range(4))
    return lefts, bottoms, rights, tops


def _make(calls: Iterable[Any]) -> None:
    """Make calls whose answers aren't needed, without a step of Python for each."""
    deque(calls, maxlen=0)


def _mend_characters(text: Any, own: Sequence[int], codes: list[int]) -> None:
    """Put a character for each code that is none."""
    unmapped = list(map(_IS_UNMAPPED, repeat(text), own))
    for place, code in enumerate(codes):
        if code in _NO_CHARACTERS or code >= _SURROGATES or unmapped[place] == 1:
            codes[place] = _character(text, own[place], code)


def _mend_boxes(text: Any, own: Sequence[int], glyphs: Glyphs) -> None:
    """Put other boxes for those that can't be right."""
    _, _, lefts, bottoms, rights, tops = glyphs
    large = [
        place
        for place, (left, bottom, right, top) in enumerate(zip(lefts, bottoms, rights, tops, strict=True))
        if not (0 < right - left <= _LARGE and 0 < top - bottom <= _LARGE)
    ]
    for place in large:
        box = lefts[place], bottoms[place], rights[place], tops[place]
        lefts[place], bottoms[place], rights[place], tops[place] = _em_box(text, own[place], box)


def _mend_places(text: Any, own: Sequence[int], glyphs: Glyphs, unscaled: set[int]) -> None:
    """Put a box where a glyph of a font begins, if PDFium's own lies far from there.

    In a font whose glyphs are drawn by the page itself (Type 3) the file states their boxes, and some
    printers state them wrong; where each begins is always right.

    Args:
        text: PDFium's text of the page.
        own: the numbers of the glyphs in it.
        glyphs: their boxes.
        unscaled: the addresses of fonts in the boxes of whose glyphs PDFium may err.
    """
    fonts = [address_of(pdfium.FPDFTextObj_GetFont(_OBJECT(text, i))) in unscaled for i in own]
    x, y, matrix = ctypes.c_double(), ctypes.c_double(), pdfium.FS_MATRIX()
    ends: tuple[float, float] | None = None
    for place in range(len(own) - 1, -1, -1):
        after, ends = ends, None
        if not fonts[place]:
            continue
        i = own[place]
        pdfium.FPDFText_GetCharOrigin(text, i, x, y)
        pdfium.FPDFText_GetMatrix(text, i, matrix)
        ends = x.value, y.value
        em = em_of(text, i)
        left, bottom, right, top = (side[place] for side in glyphs[2:])
        is_near = left - em <= ends[0] <= right + em and bottom - em <= ends[1] <= top + em
        if not em > 0 or (is_near and right - left <= 2 * em and top - bottom <= 2 * em):
            continue
        box = _box_at(ends, after, em, matrix, is_wide=glyphs.codes[place] >= _WIDE)
        for side, value in zip(glyphs[2:], box, strict=True):
            side[place] = value


def _box_at(
    origin: tuple[float, float], after: tuple[float, float] | None, em: float, matrix: Any, *, is_wide: bool
) -> Box:
    """The box of a glyph that begins somewhere, up to where the next one begins if that is its neighbour."""
    along, up = math.hypot(matrix.a, matrix.b) or 1.0, math.hypot(matrix.c, matrix.d) or 1.0
    width = em if is_wide else em / 2
    if after is not None:
        step = ((after[0] - origin[0]) * matrix.a + (after[1] - origin[1]) * matrix.b) / along
        width = step if 0 < step <= width else width
    corners = [
        (
            origin[0] + part * width * matrix.a / along + height * em * matrix.c / up,
            origin[1] + part * width * matrix.b / along + height * em * matrix.d / up,
        )
        for part in (0, 1)
        for height in (-_DEPTH, 1 - _DEPTH)
    ]
    xs, ys = zip(*corners, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _em_box(text: Any, i: int, box: Box) -> Box:
    """The box of a glyph, or a square around its ink where PDFium errs.

    It does for scaled fonts that run from top to bottom: their boxes aren't scaled.
    """
    em = em_of(text, i)
    width, height = box[2] - box[0], box[3] - box[1]
    if 0 < width <= _ERROR * em and 0 < height <= _ERROR * em:
        return box
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    pdfium.FPDFText_GetCharBox(text, i, left, right, bottom, top)
    x, y, half = (left.value + right.value) / 2, (bottom.value + top.value) / 2, em / 2
    return x - half, y - half, x + half, y + half


def _character(text: Any, i: int, code: int) -> int:
    """The character for a code that may be none."""
    if pdfium.FPDFText_IsHyphen(text, i) == 1:
        return ord("-")
    is_character = 0xE000 <= code < 0x110000 and code != _NO_HYPHEN and code not in _NONCHARACTERS
    return code if is_character and pdfium.FPDFText_HasUnicodeMapError(text, i) != 1 else REPLACEMENT


def on_shown_part(glyphs: Glyphs, frame: Frame) -> Glyphs:
    """The glyphs on the part of the page that is shown, where they stand on it.

    Args:
        glyphs: in page coordinates.
        frame: that part.
    """
    codes, turns, *sides = glyphs
    if frame.turns == 0:
        x, y = frame.left, frame.top
        lefts, bottoms, rights, tops = sides
        lefts, rights = [left - x for left in lefts], [right - x for right in rights]
        bottoms, tops = [y - bottom for bottom in bottoms], [y - top for top in tops]
    else:
        turns = [(turn + frame.turns) % 4 for turn in turns]
        boxes = [frame.box(box) for box in zip(*sides, strict=True)]
        lefts, tops, rights, bottoms = ([box[side] for box in boxes] for side in range(4))
    shown = Glyphs(codes, turns, lefts, bottoms, rights, tops)
    width, height = (2 * side for side in frame.size())
    is_shown = [
        0 <= left + right <= width and 0 <= top + bottom <= height
        for left, right, top, bottom in zip(lefts, rights, tops, bottoms, strict=True)
    ]
    if all(is_shown):
        return shown
    return shown.only(is_shown)
