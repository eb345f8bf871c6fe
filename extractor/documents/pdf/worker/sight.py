"""Which glyphs can be seen: the page is painted with and without them.

Only of glyphs of which that is in doubt: those of a layer, in light colours, cut off, or below something.

Part of the program that opens PDFs (:mod:`extractor.documents.pdf.worker.program`).
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import pypdfium2_raw as pdfium

from extractor.documents.pdf.worker.boxes import Box
from extractor.documents.pdf.worker.painting import Refusal

# So finely the page is painted, unless it is larger than any sheet of paper.
_DPI, _MOST_PIXELS = 144, 8_000_000
# Two greys that differ by more are ink and what is behind it.
_INK = 40
# The edges of a glyph that is painted twice differ by no more.
_TWICE = 80
# Of the pixels of a glyph, so many must still be ink when all is painted.
_SEEN = 0.9
# Greys: what is painted over a glyph makes no more of what is behind it darker by more than the rest.
_DARKER, _FEW = 80, 2
# At the left and the right of the box of a glyph, this part isn't looked at: its neighbours reach in.
_MARGIN = 0.15

# Bytes of a pixel.
_GREY, _COLORED = 1, 3

SHOWN, HIDDEN, COVERED = 0, 1, 2


class View(NamedTuple):
    """A page as it is painted, a row of pixels after the other: a byte each if they are grey, else three."""

    depth: int
    stride: int
    pixels: bytes

    def part(self, box: tuple[int, int, int, int]) -> bytes:
        """The pixels in a box: its first and last column and row."""
        left, top, right, bottom = box
        first, last = left * self.depth, (right + 1) * self.depth
        return b"".join(
            self.pixels[row * self.stride + first : row * self.stride + last]
            for row in range(top, bottom + 1)
        )


class Sight:
    """Looks at a page with and without some of its objects.

    Args:
        page: the page.
        doubtful: the text objects that may not be seen.
        covers: the objects that may hide them.
    """

    def __init__(self, page: Any, doubtful: Iterable[Any], covers: Iterable[Any]) -> None:
        self._page = page
        self._doubtful, self._covers = list(doubtful), list(covers)
        width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
        if not (width > 0 and height > 0):
            raise Refusal("damaged")
        self._scale = min(_DPI / 72, math.sqrt(_MOST_PIXELS / (width * height)))
        self._size = max(1, int(width * self._scale)), max(1, int(height * self._scale))
        # As the page is, and without what covers.
        self._whole: dict[int, tuple[View, View]] = {}
        # The same without what is in doubt, too.
        self._less: dict[int, tuple[View, View]] = {}

    def alone(self, one: Any) -> Sight:
        """The same look at one text object alone.

        Args:
            one: the object.
        """
        other = Sight(self._page, [one], self._covers)
        other._whole = self._whole
        return other

    def of(self, box: Box) -> int:
        """Whether a glyph can be seen: ``SHOWN``, ``HIDDEN`` or ``COVERED``.

        Args:
            box: of the glyph on the page as it is shown, in points from its upper left corner.
        """
        place = self._pixels(box)
        if place is None:
            return HIDDEN
        look = self._look(place, _GREY)
        # Two colours may be equally light.
        return self._look(place, _COLORED) if look == HIDDEN else look

    def _look(self, place: tuple[int, int, int, int], depth: int) -> int:
        views = self._views(depth)
        shown, without, bare, empty = (view.part(place) for view in views)
        own = [abs(one - other) > _INK for one, other in zip(bare, empty, strict=True)]
        ink = sum(own)
        if not ink:
            return HIDDEN
        seen = sum(
            is_own and abs(one - other) > _INK for is_own, one, other in zip(own, shown, without, strict=True)
        )
        if all(abs(one - other) <= _TWICE for one, other in zip(shown, bare, strict=True)):
            # What covers it is what it looks like itself: it was painted twice.
            return SHOWN
        if seen < _SEEN * ink:
            return COVERED
        width = (place[2] - place[0] + 1) * depth
        # Above and below its ink nothing changes it, as an underline doesn't.
        first, last = own.index(True) // width, (len(own) - own[::-1].index(True) - 1) // width
        inked = slice(first * width, (last + 1) * width)
        pixels = zip(own[inked], bare[inked], shown[inked], strict=True)
        behind = [was - one for is_own, was, one in pixels if not is_own]
        return COVERED if _is_drawn_on(behind) else SHOWN

    def _views(self, depth: int) -> tuple[View, View, View, View]:
        """The page as it is and without what is in doubt; the same without what covers."""
        if depth not in self._whole:
            self._whole[depth] = (
                self._painted((), depth, annotations=True),
                self._painted(self._covers, depth, annotations=False),
            )
        if depth not in self._less:
            self._less[depth] = (
                self._painted(self._doubtful, depth, annotations=True),
                self._painted([*self._covers, *self._doubtful], depth, annotations=False),
            )
        (shown, bare), (without, empty) = self._whole[depth], self._less[depth]
        return shown, without, bare, empty

    def _pixels(self, box: Box) -> tuple[int, int, int, int] | None:
        left, top, right, bottom = (side * self._scale for side in box)
        margin = _MARGIN * (right - left)
        columns, rows = self._size
        first, last = max(0, math.floor(left + margin)), min(columns - 1, math.ceil(right - margin))
        highest, lowest = max(0, math.floor(top)), min(rows - 1, math.ceil(bottom))
        return (first, highest, last, lowest) if first <= last and highest <= lowest else None

    def _painted(self, without: Sequence[Any], depth: int, *, annotations: bool) -> View:
        """The page without some of its objects."""
        columns, rows = self._size
        kind = pdfium.FPDFBitmap_Gray if depth == _GREY else pdfium.FPDFBitmap_BGR
        bitmap = pdfium.FPDFBitmap_CreateEx(columns, rows, kind, None, 0)
        if not bitmap:
            raise Refusal("content")
        try:
            for one in without:
                pdfium.FPDFPageObj_SetIsActive(one, False)  # noqa: FBT003 - a C function
            pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, columns, rows, 0xFFFFFFFF)
            flags = (pdfium.FPDF_GRAYSCALE if depth == _GREY else 0) | (
                pdfium.FPDF_ANNOT if annotations else 0
            )
            pdfium.FPDF_RenderPageBitmap(bitmap, self._page, 0, 0, columns, rows, 0, flags)
            stride = pdfium.FPDFBitmap_GetStride(bitmap)
            pixels = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * rows)
            return View(depth, stride, pixels)
        finally:
            for one in without:
                pdfium.FPDFPageObj_SetIsActive(one, True)  # noqa: FBT003 - a C function
            pdfium.FPDFBitmap_Destroy(bitmap)


def _is_drawn_on(darker: list[int]) -> bool:
    """Whether something was drawn behind or over a glyph, by how much darker the pixels around it are.

    A highlight makes all of them darker alike.
    """
    if not darker:
        return False
    usual = sorted(darker)[len(darker) // 2]
    return sum(one - usual > _DARKER for one in darker) > _FEW
