"""A closer look at glyphs: can they be seen, and do digits stand as digits do.

Part of the program that opens PDFs (:mod:`extractor.documents.pdf.worker.program`).
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import pypdfium2_raw as pdfium

from extractor.documents.pdf.worker.calls import address_of, answers, quick
from extractor.documents.pdf.worker.glyphs import Glyphs, em_of
from extractor.documents.pdf.worker.inks import OPAQUE, fill_of

_DIGITS = frozenset(map(ord, "0123456789０１２３４５６７８９"))
# Points. A glyph of a lower font isn't seen.
_LOWEST = 2.5
# Points. A digit that is narrower isn't seen: the narrowest that can be read, of 4 points, have 2.
_NARROWEST = 1.0
# Points. What is smaller isn't ink, but an error of reckoning.
_INK = 0.2
# Times: a digit that is so much wider or higher than its font has it can't be read.
_STRETCHED = 4.0

# Radians. Digits that lean by more aren't read in the direction of the page; text under a scan leans by less.
_LEAN = math.radians(5)
# What stands in a cell for nothing or zero, as long as it lies level.
_MARKS = frozenset(map(ord, "-−–—─/－／"))
# Blanks and what is no character of its own: their glyphs have no ink.
_INKLESS = frozenset(
    (0xA0, 0xAD, 0x1680, 0x202F, 0x205F, 0x3000, 0xFEFF, 0x20, *range(0x2000, 0x2010), *range(0x202A, 0x202F))
) | frozenset(range(0x2060, 0x2070))
_RAISED = frozenset(map(ord, "⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉"))
# Part of the height of its font. The ink of a raised digit is lower, that of others higher.
_RAISED_HEIGHT = 0.55

# Called for every digit.
_OBJECT, _IS_THROUGH = quick(pdfium.FPDFText_GetTextObject), quick(pdfium.FPDFPageObj_HasTransparency)
_MATRIX, _INK_BOX = quick(pdfium.FPDFText_GetMatrix), quick(pdfium.FPDFText_GetCharBox)
_TO_SIDES, _sides = answers(ctypes.c_double, 4)
(_TO_MATRIX, *_), _matrix = answers(ctypes.c_float, 6)


class Odd(NamedTuple):
    """The places of glyphs that aren't as they should be.

    Attributes:
        unseen: glyphs too low to be seen, and digits too narrow.
        doubtful: digits that must be looked at: one sees through them, or they have no ink, as far as PDFium
            knows.
        blended: digits that are masked, or blended with what is behind them. PDFium doesn't always show
            these as others do.
        turned: digits that are mirrored or stretched, or stand in another direction than most glyphs, so they
            look like others or none, or are read in another order; and marks that lie on their side.
        misnamed: glyphs with ink that the file calls blanks or nothing, and large ones that it calls raised.
    """

    unseen: set[int]
    doubtful: set[int]
    blended: set[int]
    turned: set[int]
    misnamed: set[int]


def odd_glyphs(text: Any, own: Sequence[int], glyphs: Glyphs, usual: int) -> Odd:
    """The glyphs that aren't as they should be.

    Args:
        text: PDFium's text of the page.
        own: the numbers of its glyphs in that text.
        glyphs: the glyphs.
        usual: by how many quarter turns most of them are turned.
    """
    digits = [place for place, code in enumerate(glyphs.codes) if code in _DIGITS]
    odd = Odd(_unseen(text, own, glyphs, digits), set(), set(), set(), _misnamed(text, own, glyphs.codes))
    turned = (place for place, turn in enumerate(glyphs.turns) if turn != usual)
    odd.turned.update(place for place in turned if glyphs.codes[place] in _MARKS)
    for place in digits:
        number = own[place]
        _INK_BOX(text, number, *_TO_SIDES)
        left, right, bottom, top = _sides()
        if right - left <= _INK or top - bottom <= _INK:
            odd.doubtful.add(place)
        if _IS_THROUGH(one := _OBJECT(text, number)):
            (odd.blended if fill_of(one)[3] == OPAQUE else odd.doubtful).add(place)
        if _is_turned(text, number, usual):
            odd.turned.add(place)
    return odd


def _is_turned(text: Any, number: int, usual: int) -> bool:
    """Whether a glyph is distorted, or leans from the direction of most of its page."""
    _MATRIX(text, number, _TO_MATRIX)
    a, b, c, d, _, _ = _matrix()
    # Nearly all stand as they do in their font.
    is_upright = usual == 0 and a == d > 0 == b == c
    return not is_upright and (_is_distorted(a, b, c, d) or _leans(a, b, usual))


def _unseen(text: Any, own: Sequence[int], glyphs: Glyphs, digits: Sequence[int]) -> set[int]:
    """The places of glyphs that are too low, and of digits that are too narrow."""
    _, _, lefts, bottoms, rights, tops = glyphs
    heights = map(float.__sub__, tops, bottoms)
    low = [place for place, height in enumerate(heights) if height < _LOWEST]
    narrow = (place for place in digits if rights[place] - lefts[place] < _NARROWEST)
    return {*narrow, *(place for place in low if em_of(text, own[place]) < _LOWEST)}


def _misnamed(text: Any, own: Sequence[int], codes: Sequence[int]) -> set[int]:
    """The places of glyphs whose ink belies what the file calls them.

    The ink is known of fonts in the file whose glyphs aren't drawn by the page itself (Type 3).
    """
    found: set[int] = set()
    known: dict[int, bool] = {}
    for place, code in enumerate(codes):
        if code not in _INKLESS and code not in _RAISED:
            continue
        number = own[place]
        _INK_BOX(text, number, *_TO_SIDES)
        left, right, bottom, top = _sides()
        least = _RAISED_HEIGHT * em_of(text, number) if code in _RAISED else _INK
        if right - left > _INK and top - bottom > least:
            font = pdfium.FPDFTextObj_GetFont(_OBJECT(text, number))
            address = address_of(font)
            if address not in known:
                has_name = pdfium.FPDFFont_GetBaseFontName(font, None, 0) > 1
                known[address] = has_name and pdfium.FPDFFont_GetIsEmbedded(font) == 1
            if known[address]:
                found.add(place)
    return found


def _is_distorted(a: float, b: float, c: float, d: float) -> bool:
    """Whether a matrix mirrors a glyph, or makes it much wider or higher than its font has it."""
    return a * d <= b * c or not 1 / _STRETCHED < math.hypot(a, b) / math.hypot(c, d) < _STRETCHED


def _leans(a: float, b: float, usual: int) -> bool:
    """Whether a matrix makes a glyph stand in another direction than those turned by so many quarters."""
    return abs(math.remainder(math.atan2(b, a) + usual * math.pi / 2, math.tau)) > _LEAN
