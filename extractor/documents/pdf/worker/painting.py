"""What the objects of a page paint: its rulings, and the text that can't be seen.

Part of the program that opens PDFs (:mod:`extractor.documents.pdf.worker.program`).
"""

from __future__ import annotations

import ctypes
import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, repeat
from operator import itemgetter
from typing import Any, NamedTuple, TypeAlias

import pypdfium2_raw as pdfium

from extractor.documents.pdf.worker.boxes import (
    IDENTITY,
    Box,
    Matrix,
    area_of,
    around,
    bounds,
    overlap,
    times,
)
from extractor.documents.pdf.worker.calls import address_of, answers, quick
from extractor.documents.pdf.worker.inks import (
    FIRST_CLIPPING_MODE,
    IN_DOUBT,
    OPAQUE,
    UNSEEN,
    WHITE,
    WHITEST,
    Inks,
    fill_of,
    grey_of,
    is_light,
    strokes_may_cover,
)
from extractor.documents.pdf.worker.marks import Marks, Replaced

# Rulings this thick are still rulings; filled areas that are thicker are backgrounds.
_THIN = 3.0
_NO_WIDTH = 0.01
# Parts within parts: PDFium draws no deeper ones.
_MAX_DEPTH = 40
# A picture on less than this part of a page holds no table; no report has more on a page.
_SMALL, _MOST_PICTURES = 50, 50
# The boxes of so many small pictures and drawings are told, and of the rest the box around all.
_MOST_SIGHTS = 500
# What PDFium answers for patterns, which have no colour.
_PATTERN = 191, 191, 191
# Points. What reaches less far over a text doesn't cover it.
_TOUCH = 1.0
# Ems: no font reaches higher above where its glyphs stand.
_TALLEST = 2.0
# Looked up for every point of a path.
_MOVE, _CURVE = pdfium.FPDF_SEGMENT_MOVETO, pdfium.FPDF_SEGMENT_BEZIERTO
# The steps around a shape of four sides, the last of which may be left out.
_AROUND = [_MOVE, *[pdfium.FPDF_SEGMENT_LINETO] * 4]

_Point: TypeAlias = tuple[float, float]


# Called for every object, or every point of a path.
_OBJECT, _KIND = quick(pdfium.FPDFPage_GetObject), quick(pdfium.FPDFPageObj_GetType)
_BOUNDS = quick(pdfium.FPDFPageObj_GetBounds)
_MODE, _OBJECT_INSIDE = quick(pdfium.FPDFTextObj_GetTextRenderMode), quick(pdfium.FPDFFormObj_GetObject)
_MATRIX, _DRAW_MODE = quick(pdfium.FPDFPageObj_GetMatrix), quick(pdfium.FPDFPath_GetDrawMode)
_SEGMENTS, _SEGMENT = quick(pdfium.FPDFPath_CountSegments), quick(pdfium.FPDFPath_GetPathSegment)
_FONT = quick(pdfium.FPDFTextObj_GetFont, ctypes.c_void_p)
_STEP, _POINT = quick(pdfium.FPDFPathSegment_GetType), quick(pdfium.FPDFPathSegment_GetPoint)
_IS_CLOSING = quick(pdfium.FPDFPathSegment_GetClose)


# Where PDFium writes its answers, and what tells it where.
_TO_EDGES, _edges = answers(ctypes.c_float, 4)
_TO_POINT, _point = answers(ctypes.c_float, 2)
_TO_MODE, _draw_mode = answers(ctypes.c_int, 2)
_TO_MATRIX, _matrix_fields = answers(ctypes.c_float, 6)


class Refusal(Exception):  # noqa: N818 - it is an answer, not a fault
    """The file can't be read; its text is one of the reasons that the reader of the answer knows."""


class Painted(NamedTuple):
    """What the objects of a page paint, in page coordinates.

    Attributes:
        strokes: straight lines, as two points each.
        hidden: the addresses of text objects that can't be seen.
        lost: the boxes of text objects that PDFium leaves out. It does where a single character has
            no width, as it has none in a font outside the file whose glyphs are known by number only.
        pictures: the boxes of pictures, except small ones.
        sights: the boxes of all pictures, and of what is drawn and isn't made of rectangles and straight
            lines: either may show a figure.
        doubtful: text objects that may not be seen, by address: they are of a layer or of a part that may be
            off, light, cut off, or something is painted over them.
        covers: the objects that are painted over text objects.
        unscaled: the addresses of fonts in the boxes of whose glyphs PDFium may err.
        replaced: what the file says that a text object says, by address; it isn't what its glyphs show.
    """

    strokes: list[Box]
    hidden: set[int]
    lost: list[Box]
    pictures: list[Box]
    sights: list[tuple[str, Box]]
    doubtful: dict[int, Any]
    covers: list[Any]
    unscaled: set[int]
    replaced: dict[int, Replaced]


class Painter:
    """Walks the objects of a page in the order in which they are painted."""

    def __init__(self, page: Any, left: dict[str, int]) -> None:
        self._left = left
        self._page_area = area_of(bounds(page_box(page), IDENTITY))
        self._clock = 0
        # Of each text object: its box, and when it is painted.
        self._texts: list[tuple[Box, int, Any]] = []
        self._covers: list[tuple[int, Box, Any]] = []
        self._inks = Inks()
        self._has_clipping_text = False
        self._fonts: set[int] = set()
        self._drawn_fonts: set[int] = set()
        self._marks = Marks()
        self.painted = Painted([], set(), [], [], [], {}, [], set(), {})
        count = pdfium.FPDFPage_CountObjects(page)
        self._walk(count, map(_OBJECT, repeat(page), range(count)), IDENTITY, 0)
        self._doubt_covered()

    def _spend(self, work: int) -> None:
        self._left["objects"] -= work
        if self._left["objects"] < 0:
            raise Refusal("content")

    def _walk(self, count: int, ones: Iterable[Any], outer: Matrix, depth: int) -> None:
        self._spend(max(0, count))
        text, path = pdfium.FPDF_PAGEOBJ_TEXT, pdfium.FPDF_PAGEOBJ_PATH
        for one in ones:
            self._clock += 1
            kind = _KIND(one)
            if kind == text:
                self._text(one, outer)
            elif kind == path:
                self._path(one, outer)
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                self._image(one, outer)
            elif kind == pdfium.FPDF_PAGEOBJ_SHADING:
                self._unknown(one, bounds(_box(one), outer))
            elif kind == pdfium.FPDF_PAGEOBJ_FORM:
                if depth == _MAX_DEPTH:
                    raise Refusal("content")
                inside = times(_matrix(one), outer)
                own = pdfium.FPDFFormObj_CountObjects(one)
                self._walk(own, map(_OBJECT_INSIDE, repeat(one), range(own)), inside, depth + 1)

    def _text(self, one: Any, outer: Matrix) -> None:
        box = _box(one)
        if outer is not IDENTITY:
            box = bounds(box, outer)
        if box[2] - box[0] < _NO_WIDTH and not pdfium.FPDFFont_GetIsEmbedded(pdfium.FPDFTextObj_GetFont(one)):
            self._lost(one, outer)
        if (font := _FONT(one)) not in self._fonts:
            self._font(font, one)
        in_layer, replaced = self._marks.of(one)
        if replaced is not None:
            self.painted.replaced[address_of(one)] = replaced
        mode = _MODE(one)
        if mode >= FIRST_CLIPPING_MODE:
            # What is painted next is seen in the shape of its glyphs, and outside of them it isn't.
            self._see("drawing", box)
            self._has_clipping_text = True
        look = self._inks.look_of(one, mode, box)
        if look in (UNSEEN, WHITE):
            self.painted.hidden.add(address_of(one))
            if look == WHITE:
                # It can't be seen, but what is below it can't be, either.
                self._covers.append((self._clock, box, one))
            return
        is_odd = in_layer or outer is not IDENTITY or font in self._drawn_fonts or self._has_clipping_text
        if look == IN_DOUBT or is_odd:
            self.painted.doubtful[address_of(one)] = one
        self._texts.append((box, self._clock, one))

    def _font(self, font: int, one: Any) -> None:
        """Look at the font of a text object."""
        self._fonts.add(font)
        handle = pdfium.FPDFTextObj_GetFont(one)
        if pdfium.FPDFFont_GetBaseFontName(handle, None, 0) <= 1:
            self._drawn_fonts.add(font)
            self.painted.unscaled.add(font)
        elif _is_unlikely_high(handle):
            self.painted.unscaled.add(font)

    def _lost(self, one: Any, outer: Matrix) -> None:
        size = ctypes.c_float()
        pdfium.FPDFTextObj_GetFontSize(one, size)
        _, _, c, d, x, y = times(_matrix(one), outer)
        em = size.value * math.hypot(c, d)
        self.painted.lost.append((x, y - em / 5, x + em, y + em * 4 / 5))

    def _image(self, one: Any, outer: Matrix) -> None:
        box = bounds(_box(one), outer)
        if area_of(box) > self._page_area / _SMALL and len(self.painted.pictures) < _MOST_PICTURES:
            self.painted.pictures.append(box)
        self._see("picture", box)
        self._unknown(one, box)

    def _unknown(self, one: Any, box: Box) -> None:
        """Take something in colours that aren't known for what may cover text, or be behind it."""
        self._inks.add(box, None)
        self._covers.append((self._clock, box, one))

    def _see(self, kind: str, box: Box) -> None:
        """Remember where a picture or a drawing is."""
        sights = self.painted.sights
        if len(sights) < _MOST_SIGHTS:
            sights.append((kind, box))
        else:
            _, last = sights[-1]
            sights[-1] = kind, around(last, box)

    def _path(self, one: Any, outer: Matrix) -> None:
        _DRAW_MODE(one, *_TO_MODE)
        fill, stroke = _draw_mode()
        matrix = times(_matrix(one), outer)
        count = _SEGMENTS(one)
        self._spend(count)
        if not stroke and outer is IDENTITY and _is_one_shape(one, count, matrix):
            # Most paths by far are such: PDFium's own box of it says all.
            if fill:
                self._filled(one, _box(one), is_drawn=False)
            return
        paths = list(_subpaths(one, count, matrix, is_drawn=bool(stroke)))
        if fill or stroke:
            self._drawn(
                one,
                paths,
                bounds(_box(one), outer),
                may_cover=bool(stroke) and strokes_may_cover(one, matrix, _THIN),
            )
        for points in paths:
            if stroke:
                self.painted.strokes.extend((*a, *b) for a, b in pairwise(points))
            if fill:
                xs, ys = zip(*points, strict=True)
                self._filled(one, (min(xs), min(ys), max(xs), max(ys)), is_drawn=bool(stroke))

    def _drawn(self, one: Any, paths: Sequence[list[_Point]], box: Box, *, may_cover: bool) -> None:
        """Look at what the paths of an object are.

        Args:
            one: the object.
            paths: its straight paths.
            box: where it stands.
            may_cover: whether its strokes may cover text.
        """
        is_drawing = not paths or any(len(points) > len(_AROUND) for points in paths)
        if is_drawing:
            self._see("drawing", box)
        if is_drawing or may_cover:
            self._covers.append((self._clock, box, one))

    def _filled(self, one: Any, box: Box, *, is_drawn: bool) -> None:
        """Take a filled shape for an area or, if it is thin and its outline isn't drawn, for a line."""
        left, low, right, high = box
        is_area = right - left > _THIN and high - low > _THIN
        if is_area or is_light(fill_of(one)):
            self._area(one, box)
        if is_area:
            return
        if not is_drawn and right - left > high - low:
            middle = (low + high) / 2
            self.painted.strokes.append((left, middle, right, middle))
        elif not is_drawn and high > low:
            middle = (left + right) / 2
            self.painted.strokes.append((middle, low, middle, high))

    def _area(self, one: Any, box: Box) -> None:
        color = fill_of(one)
        if color[3] == 0:
            return
        if color[:3] == _PATTERN:
            self._see("drawing", box)
            self._unknown(one, box)
            return
        if min(color[:3]) < WHITEST:
            self._inks.add(box, grey_of(color) if color[3] == OPAQUE else None)
        self._covers.append((self._clock, box, one))

    def _doubt_covered(self) -> None:
        """Find the text that something was painted over later."""
        if not (self._covers and self._texts) or self._covers[-1][0] < self._texts[0][1]:
            return
        texts = sorted(((box[1], box, time, one) for box, time, one in self._texts), key=itemgetter(0))
        lows, times = [low for low, *_ in texts], [time for _, _, time, _ in texts]
        tallest = max(box[3] - box[1] for box, *_ in self._texts)
        for covered, (left, low, right, high), cover in self._covers:
            first, last = bisect_left(lows, low - tallest), bisect_right(lows, high)
            self._spend((last - first) // 16)
            if min(times[first:last], default=covered) >= covered:
                continue
            area = left + _TOUCH, low + _TOUCH, right - _TOUCH, high - _TOUCH
            below = [one for _, box, time, one in texts[first:last] if time < covered and overlap(area, box)]
            if below:
                self.painted.covers.append(cover)
                self.painted.doubtful.update((address_of(one), one) for one in below)


def _box(one: Any) -> Box:
    _BOUNDS(one, *_TO_EDGES)
    box: Box = _edges()
    return box


def _is_unlikely_high(font: Any) -> bool:
    """Whether a font says that it is so high or low that its glyphs may stand elsewhere than PDFium says."""
    ascent, descent = ctypes.c_float(), ctypes.c_float()
    pdfium.FPDFFont_GetAscent(font, 1.0, ascent)
    pdfium.FPDFFont_GetDescent(font, 1.0, descent)
    return not (-1 < descent.value < ascent.value < _TALLEST)


def _is_one_shape(path: Any, count: int, matrix: Matrix) -> bool:
    """Whether a path has one straight subpath of three or four sides, and isn't turned."""
    if not len(_AROUND) - 1 <= count <= len(_AROUND) or matrix[1] or matrix[2]:
        return False
    steps = map(_STEP, map(_SEGMENT, repeat(path, count), range(count)))
    return list(steps) == _AROUND[:count]


def _subpaths(path: Any, count: int, matrix: Matrix, *, is_drawn: bool) -> Iterator[list[_Point]]:
    """The straight subpaths of a path, in page coordinates.

    Args:
        path: the path.
        count: how many segments it has.
        matrix: from its coordinates to those of the page.
        is_drawn: whether a closed one must end where it began; else only its outline counts.
    """
    a, b, c, d, e, f = matrix
    segments = list(map(_SEGMENT, repeat(path, count), range(count)))
    closing = map(_IS_CLOSING, segments) if is_drawn else repeat(0)
    points: list[_Point] = []
    straight = True
    to_x, to_y = _TO_POINT
    for segment, step, is_closing in zip(segments, map(_STEP, segments), closing, strict=False):
        _POINT(segment, to_x, to_y)
        x, y = _point()
        if step == _MOVE:
            if straight and len(points) > 1:
                yield points
            points, straight = [], True
        elif step == _CURVE:
            straight = False
        points.append((a * x + c * y + e, b * x + d * y + f))
        if is_closing:
            points.append(points[0])
    if straight and len(points) > 1:
        yield points


def _matrix(one: Any) -> Matrix:
    _MATRIX(one, _TO_MATRIX[0])
    matrix: Matrix = _matrix_fields()
    return matrix


def page_box(page: Any) -> Box:
    """The part of a page that is shown."""
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, box)
    return box.left, box.bottom, box.right, box.top
