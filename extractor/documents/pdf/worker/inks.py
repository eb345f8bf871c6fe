"""Whether text stands out from what is behind it, by its colour and by what it is clipped to.

Part of the program that opens PDFs (:mod:`extractor.documents.pdf.worker.program`).
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Collection, Iterable, Sequence
from typing import Any

import pypdfium2_raw as pdfium

from extractor.documents.pdf.worker.boxes import Box, Matrix, holds, overlap
from extractor.documents.pdf.worker.calls import answers, quick

# From this on, white. Lighter or more transparent than this, text may not stand out.
WHITEST, OPAQUE = 250, 255
_LIGHT, _THROUGH = 176, 128
_BLACK = 0, 0, 0, OPAQUE
# Greys. What differs from what is behind it by less may not stand out from it; and black or nearly so.
_CONTRAST, _DARK = 96, 32
# What a clip may cut off the box of a text, in points, before it is looked at.
_CLIPPED = 1.0
# The segments of a clip of three or four sides, the last of which may be left out.
_OF_RECTANGLES = (4, 5)
#: Ways of painting text: from this one on, it clips what is painted next.
FIRST_CLIPPING_MODE = 4
_INVISIBLE_MODES, _BOLD_MODE = (3, 7), 2

#: Looks of a text: nothing is painted; it is white on white; it must be looked at; it is seen unless covered.
UNSEEN, WHITE, IN_DOUBT, CLEAR = range(4)

_FILL, _STROKE = quick(pdfium.FPDFPageObj_GetFillColor), quick(pdfium.FPDFPageObj_GetStrokeColor)
_CLIP = quick(pdfium.FPDFPageObj_GetClipPath)
_CLIPS, _CLIP_SEGMENT = quick(pdfium.FPDFClipPath_CountPaths), quick(pdfium.FPDFClipPath_GetPathSegment)
_CLIP_SEGMENTS = quick(pdfium.FPDFClipPath_CountPathSegments)
_POINT = quick(pdfium.FPDFPathSegment_GetPoint)
_TO_COLOR, _color = answers(ctypes.c_uint, 4)
_TO_STROKE, _stroke_color = answers(ctypes.c_uint, 4)
_TO_POINT, _point = answers(ctypes.c_float, 2)


class Inks:
    """Tells whether text stands out from what was painted before it."""

    def __init__(self) -> None:
        # What was painted that isn't white; and what black text doesn't stand out from.
        self._areas: list[tuple[Box, int | None]] = []
        self._dark: list[Box] = []
        # What text was clipped to: how many segments a clip has, and its first three points.
        self._rectangles: set[tuple[Any, ...]] = set()

    def add(self, box: Box, grey: int | None) -> None:
        """Add an area that isn't white.

        Args:
            box: where, in page coordinates.
            grey: how light it is, from 0 to 255; None if that isn't known.
        """
        self._areas.append((box, grey))
        if grey is None or grey < _DARK + _CONTRAST:
            self._dark.append(box)

    def look_of(self, text: Any, mode: int, box: Box) -> int:
        """How a text object looks, if nothing is painted over it.

        Args:
            text: the object.
            mode: how it is painted.
            box: where it stands, in page coordinates.

        Returns:
            ``UNSEEN``, ``WHITE``, ``IN_DOUBT`` or ``CLEAR``.
        """
        color = fill_of(text)
        if color != _BLACK or mode or self._dark:
            look = self._look_in(color, text, mode, box)
            if look != CLEAR:
                return look
        return IN_DOUBT if _CLIPS(_CLIP(text)) > 0 and self._is_clipped(text, box) else CLEAR

    def _look_in(self, color: tuple[int, ...], text: Any, mode: int, box: Box) -> int:
        """How a text object in a colour looks, whatever it is clipped to."""
        red, green, blue, alpha = color
        if mode in _INVISIBLE_MODES or alpha == 0:
            return UNSEEN
        darkest = min(red, green, blue)
        if darkest >= WHITEST and not any(holds(area, box) for area, _ in self._areas):
            return WHITE
        if darkest >= _LIGHT or alpha < _THROUGH or (mode and not _is_drawn_as_filled(text, mode)):
            return IN_DOUBT
        return IN_DOUBT if self._hide(box, grey_of(color)) else CLEAR

    def _hide(self, box: Box, grey: int) -> bool:
        """Whether a text may not differ from one of the areas."""
        if grey <= _DARK:
            return any(overlap(area, box) for area in self._dark)
        return any(
            (light is None or abs(light - grey) < _CONTRAST) and overlap(area, box)
            for area, light in self._areas
        )

    def _is_clipped(self, text: Any, box: Box) -> bool:
        """Whether a part of a text object may lie outside of what it is clipped to."""
        clips = _CLIP(text)
        for clip in range(_CLIPS(clips)):
            size = _CLIP_SEGMENTS(clips, clip)
            if size not in _OF_RECTANGLES:
                return True
            first, second, third = _points(clips, clip, range(3))
            known = size, first, second, third
            if known not in self._rectangles:
                if not _is_rectangle({first, second, third, *_points(clips, clip, range(3, size))}):
                    return True
                self._rectangles.add(known)
            x0, x1 = (first[0], third[0]) if first[0] < third[0] else (third[0], first[0])
            y0, y1 = (first[1], third[1]) if first[1] < third[1] else (third[1], first[1])
            left, bottom, right, top = box
            if x0 > left + _CLIPPED or x1 < right - _CLIPPED or y0 > bottom + _CLIPPED or y1 < top - _CLIPPED:
                return True
        return False


def _points(clips: Any, clip: int, segments: Iterable[int]) -> list[tuple[float, float]]:
    """The ends of some segments of a clip."""
    points = []
    for segment in segments:
        _POINT(_CLIP_SEGMENT(clips, clip, segment), *_TO_POINT)
        points.append(_point())
    return points


def _is_rectangle(corners: Collection[tuple[float, float]]) -> bool:
    """Whether points are the corners of a rectangle that isn't turned."""
    return len(corners) == 4 and len({x for x, _ in corners}) == len({y for _, y in corners}) == 2


def fill_of(one: Any) -> tuple[int, ...]:
    """Red, green, blue and how opaque the inside of an object is, from 0 to 255.

    Args:
        one: a text or a path.
    """
    return _color() if _FILL(one, *_TO_COLOR) else (0, 0, 0, OPAQUE)


def grey_of(color: Sequence[int]) -> int:
    """How light a colour is, from 0 to 255."""
    red, green, blue, _ = color
    return (30 * red + 59 * green + 11 * blue) // 100


def is_light(color: Sequence[int]) -> bool:
    """Whether what is painted in a colour may be taken for the page behind it."""
    return min(color[:3]) >= _LIGHT


def strokes_may_cover(path: Any, matrix: Matrix, thin: float) -> bool:
    """Whether the strokes of a path may cover text: they are thick, or light.

    Args:
        path: the path.
        matrix: from its coordinates to those of the page.
        thin: as thick as this, in points, rulings are at most.
    """
    width = ctypes.c_float()
    pdfium.FPDFPageObj_GetStrokeWidth(path, width)
    if width.value * math.sqrt(abs(matrix[0] * matrix[3] - matrix[1] * matrix[2])) > thin:
        return True
    return not _STROKE(path, *_TO_STROKE) or is_light(_stroke_color())


def _is_drawn_as_filled(one: Any, mode: int) -> bool:
    """Whether the outline of glyphs that are filled is drawn in the same colour: so some make them bold."""
    return bool(mode == _BOLD_MODE and _STROKE(one, *_TO_STROKE) and _stroke_color() == fill_of(one))
