"""What the objects of a page paint: its rulings, and the text that can't be seen.

Part of the program that opens PDFs (:mod:`extractor.documents.pdf.worker.program`).
"""

from __future__ import annotations

import ctypes
import math
import struct
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import pairwise, repeat
from operator import itemgetter
from typing import Any, NamedTuple, TypeAlias

import pypdfium2_raw as pdfium

# Rulings this thick are still rulings; filled areas that are thicker are backgrounds.
_THIN = 3.0
_NO_WIDTH = 0.01
_MAX_DEPTH = 8
# A picture on less than this part of a page holds no table; no report has more on a page.
_SMALL, _MOST_PICTURES = 50, 50
# From this on, white.
_WHITE, _OPAQUE = 250, 255
_INVISIBLE_MODES = (3, 7)
# Looked up for every point of a path.
_MOVE, _CURVE = pdfium.FPDF_SEGMENT_MOVETO, pdfium.FPDF_SEGMENT_BEZIERTO
# The steps around a shape of four sides, the last of which may be left out.
_AROUND = [_MOVE, *[pdfium.FPDF_SEGMENT_LINETO] * 4]

_Matrix: TypeAlias = tuple[float, float, float, float, float, float]
Box: TypeAlias = tuple[float, float, float, float]
_Point: TypeAlias = tuple[float, float]
_IDENTITY: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def address_of(one: Any) -> int:
    """Where an object of PDFium, or a function, is; it tells an object from others."""
    return ctypes.cast(one, ctypes.c_void_p).value or 0


def quick(function: Any) -> Any:
    """The same function of PDFium, without a look at the types of what it is given.

    A call takes half the time then. What it takes as a pointer must be given as one, or by ``byref``.
    The worker has one thread only, so no other is let in during the call.
    """
    return ctypes.PYFUNCTYPE(function.restype)(address_of(function))


def _answers(kind: Any, count: int) -> tuple[list[Any], Callable[[], Any]]:
    """Places for numbers that PDFium answers with: what it takes, and what reads all at once."""
    numbers = (kind * count)()
    places = [ctypes.byref(numbers, i * ctypes.sizeof(kind)) for i in range(count)]
    return places, partial(struct.Struct(f"{count}{kind._type_}").unpack, memoryview(numbers).cast("B"))


# Called for every object, or every point of a path.
_OBJECT, _KIND = quick(pdfium.FPDFPage_GetObject), quick(pdfium.FPDFPageObj_GetType)
_BOUNDS, _FILL = quick(pdfium.FPDFPageObj_GetBounds), quick(pdfium.FPDFPageObj_GetFillColor)
_MODE, _OBJECT_INSIDE = quick(pdfium.FPDFTextObj_GetTextRenderMode), quick(pdfium.FPDFFormObj_GetObject)
_MATRIX, _DRAW_MODE = quick(pdfium.FPDFPageObj_GetMatrix), quick(pdfium.FPDFPath_GetDrawMode)
_SEGMENTS, _SEGMENT = quick(pdfium.FPDFPath_CountSegments), quick(pdfium.FPDFPath_GetPathSegment)
_STEP, _POINT = quick(pdfium.FPDFPathSegment_GetType), quick(pdfium.FPDFPathSegment_GetPoint)
_IS_CLOSING = quick(pdfium.FPDFPathSegment_GetClose)


# Where PDFium writes its answers, and what tells it where.
_TO_EDGES, _edges = _answers(ctypes.c_float, 4)
_TO_COLOR, _color = _answers(ctypes.c_uint, 4)
_TO_POINT, _point = _answers(ctypes.c_float, 2)
_TO_MODE, _draw_mode = _answers(ctypes.c_int, 2)
_TO_MATRIX, _matrix_fields = _answers(ctypes.c_float, 6)


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
    """

    strokes: list[Box]
    hidden: set[int]
    lost: list[Box]
    pictures: list[Box]


class Painter:
    """Walks the objects of a page in the order in which they are painted."""

    def __init__(self, page: Any, left: dict[str, int]) -> None:
        self._left = left
        self._page_area = _area(_bounds(page_box(page), _IDENTITY))
        self._clock = 0
        # Of each text object: its box, and when it is painted.
        self._texts: list[tuple[Box, int, Any]] = []
        self._covers: list[tuple[int, Box]] = []
        self._backgrounds: list[Box] = []
        self.painted = Painted([], set(), [], [])
        count = pdfium.FPDFPage_CountObjects(page)
        self._walk(count, map(_OBJECT, repeat(page), range(count)), _IDENTITY, 0)
        self._hide_covered()

    def _spend(self, work: int) -> None:
        self._left["objects"] -= work
        if self._left["objects"] < 0:
            raise Refusal("content")

    def _walk(self, count: int, ones: Iterable[Any], outer: _Matrix, depth: int) -> None:
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
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _MAX_DEPTH:
                inside = _times(_matrix(one), outer)
                own = pdfium.FPDFFormObj_CountObjects(one)
                self._walk(own, map(_OBJECT_INSIDE, repeat(one), range(own)), inside, depth + 1)

    def _text(self, one: Any, outer: _Matrix) -> None:
        box = _box(one)
        if outer is not _IDENTITY:
            box = _bounds(box, outer)
        if box[2] - box[0] < _NO_WIDTH and not pdfium.FPDFFont_GetIsEmbedded(pdfium.FPDFTextObj_GetFont(one)):
            self._lost(one, outer)
        red, green, blue, alpha = _fill(one)
        is_white = red >= _WHITE and green >= _WHITE and blue >= _WHITE
        if is_white and not any(_holds(background, box) for background in self._backgrounds):
            alpha = 0
        if alpha == 0 or _MODE(one) in _INVISIBLE_MODES:
            self.painted.hidden.add(address_of(one))
        else:
            self._texts.append((box, self._clock, one))

    def _lost(self, one: Any, outer: _Matrix) -> None:
        size = ctypes.c_float()
        pdfium.FPDFTextObj_GetFontSize(one, size)
        _, _, c, d, x, y = _times(_matrix(one), outer)
        em = size.value * math.hypot(c, d)
        self.painted.lost.append((x, y - em / 5, x + em, y + em * 4 / 5))

    def _image(self, one: Any, outer: _Matrix) -> None:
        box = _bounds(_box(one), outer)
        self._backgrounds.append(box)
        if _area(box) > self._page_area / _SMALL and len(self.painted.pictures) < _MOST_PICTURES:
            self.painted.pictures.append(box)
        # A seal stands on a signature and hides nothing; a scan covers its page.
        if _area(box) > self._page_area / 2 and not pdfium.FPDFPageObj_HasTransparency(one):
            self._covers.append((self._clock, box))

    def _path(self, one: Any, outer: _Matrix) -> None:
        _DRAW_MODE(one, *_TO_MODE)
        fill, stroke = _draw_mode()
        matrix = _times(_matrix(one), outer)
        count = _SEGMENTS(one)
        self._spend(count)
        if not stroke and outer is _IDENTITY and _is_one_shape(one, count, matrix):
            # Most paths by far are such: PDFium's own box of it says all.
            if fill:
                self._filled(one, _box(one), is_drawn=False)
            return
        for points in _subpaths(one, count, matrix, is_drawn=bool(stroke)):
            if stroke:
                self.painted.strokes.extend((*a, *b) for a, b in pairwise(points))
            if fill:
                xs, ys = zip(*points, strict=True)
                self._filled(one, (min(xs), min(ys), max(xs), max(ys)), is_drawn=bool(stroke))

    def _filled(self, one: Any, box: Box, *, is_drawn: bool) -> None:
        """Take a filled shape for an area or, if it is thin and its outline isn't drawn, for a line."""
        left, low, right, high = box
        if right - left > _THIN and high - low > _THIN:
            self._area(one, box)
        elif not is_drawn and right - left > high - low:
            middle = (low + high) / 2
            self.painted.strokes.append((left, middle, right, middle))
        elif not is_drawn and high > low:
            middle = (left + right) / 2
            self.painted.strokes.append((middle, low, middle, high))

    def _area(self, one: Any, box: Box) -> None:
        red, green, blue, alpha = _fill(one)
        if alpha == 0:
            return
        if min(red, green, blue) < _WHITE:
            self._backgrounds.append(box)
        if not pdfium.FPDFPageObj_HasTransparency(one):
            self._covers.append((self._clock, box))

    def _hide_covered(self) -> None:
        """Hide the text that something was painted over later."""
        if not self._covers:
            return
        texts = sorted(
            (((y0 + y1) / 2, (x0 + x1) / 2, time, one) for (x0, y0, x1, y1), time, one in self._texts),
            key=itemgetter(0),
        )
        middles = [middle for middle, *_ in texts]
        for time, box in self._covers:
            first, last = bisect_left(middles, box[1]), bisect_right(middles, box[3])
            self._spend((last - first) // 16)
            for _, x, painted, one in texts[first:last]:
                if painted < time and box[0] <= x <= box[2]:
                    self.painted.hidden.add(address_of(one))


def _box(one: Any) -> Box:
    _BOUNDS(one, *_TO_EDGES)
    box: Box = _edges()
    return box


def _fill(one: Any) -> tuple[int, ...]:
    return _color() if _FILL(one, *_TO_COLOR) else (0, 0, 0, _OPAQUE)


def _is_one_shape(path: Any, count: int, matrix: _Matrix) -> bool:
    """Whether a path has one straight subpath of three or four sides, and isn't turned."""
    if not len(_AROUND) - 1 <= count <= len(_AROUND) or matrix[1] or matrix[2]:
        return False
    steps = map(_STEP, map(_SEGMENT, repeat(path, count), range(count)))
    return list(steps) == _AROUND[:count]


def _subpaths(path: Any, count: int, matrix: _Matrix, *, is_drawn: bool) -> Iterator[list[_Point]]:
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


def _matrix(one: Any) -> _Matrix:
    _MATRIX(one, _TO_MATRIX[0])
    matrix: _Matrix = _matrix_fields()
    return matrix


def _times(first: _Matrix, then: _Matrix) -> _Matrix:
    if then is _IDENTITY:
        return first
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def page_box(page: Any) -> Box:
    """The part of a page that is shown."""
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, box)
    return box.left, box.bottom, box.right, box.top


def _bounds(box: Box, matrix: _Matrix) -> Box:
    if matrix is _IDENTITY:
        return box
    a, b, c, d, e, f = matrix
    left, bottom, right, top = box
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (left, right) for y in (bottom, top)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _holds(outer: Box, inner: Box) -> bool:
    """Whether the middle of a box stands in another."""
    x, y = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return outer[0] <= x <= outer[2] and outer[1] <= y <= outer[3]
