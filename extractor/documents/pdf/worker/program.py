"""The program that opens PDFs: a process of its own, since PDFium may crash or hang on a hostile file.

It imports nothing else of gongkai, so that it starts quickly. For each question it reads eight bytes
of length and the bytes of a file, after the number of a page in eight more. It answers with eight bytes
of length and JSON. If the number is 0 and the file could be read, there follow of each page the turns of
its glyphs, a byte each, the left sides of all of them, the tops, the right sides and the bottoms, and its
rulings, as 32-bit floats; they are points from the upper left corner of the page as it is shown. Else
what follows is a picture of that page, one byte of grey a pixel. The fonts of the machine
aren't looked at (:mod:`extractor.documents.pdf.worker.font` says why), so the same file gives the same
answer anywhere.
"""

from __future__ import annotations

import ctypes
import gc
import json
import math
import sys
from array import array
from collections import Counter, deque
from collections.abc import Iterable, Sequence
from itertools import chain, compress, repeat
from typing import Any, BinaryIO, NamedTuple

import pypdfium2_raw as pdfium

from extractor.documents.pdf.worker.font import set_font
from extractor.documents.pdf.worker.painting import Box, Painter, Refusal, address_of, page_box, quick

# No annual report comes near any of these.
MAX_PAGES = 300
MAX_GLYPHS = 100_000
MAX_OBJECTS = 200_000
_MAX_MEMORY = 1 << 30
# How finely a page is painted, unless it is larger than any sheet of paper: then it has so many pixels.
PICTURE_DPI = 200
_MOST_PIXELS = 16_000_000
# Glyphs that are larger are looked at twice; one this many times as large as its font is an error.
_LARGE, _ERROR = 24.0, 2.5
_REPLACEMENT = 0xFFFD
# What PDFium puts for a hyphen at the end of a line; what it adds itself; what is no character.
_NO_HYPHEN = 0xFFFE
_GENERATED = frozenset(b" \r\n\x02\xad") | {_NO_HYPHEN}
_NO_CHARACTERS = frozenset(range(32))
_SURROGATES = 0xD800
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

    def size(self) -> tuple[float, float]:
        """Width and height as shown."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.turns % 2 else (width, height)


def main() -> None:
    """Answer until the other side closes."""
    _limit_memory()
    # Nothing here refers to itself.
    gc.disable()
    pdfium.FPDF_InitLibraryWithConfig(pdfium.FPDF_LIBRARY_CONFIG(version=2))
    font = set_font()
    source, target = sys.stdin.buffer, sys.stdout.buffer
    while (question := _received(source)) is not None:
        data, number = question
        answer: dict[str, Any]
        try:
            answer, parts = _answer(data, number)
        except Refusal as refusal:
            answer, parts = {"refusal": str(refusal)}, []
        head = json.dumps(answer, ensure_ascii=False).encode()
        target.write(len(head).to_bytes(8, "little") + head)
        for part in parts:
            target.write(part)
        target.flush()
    # PDFium may have asked for it until now.
    del font


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # not on Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MAX_MEMORY, _MAX_MEMORY))


def _received(source: BinaryIO) -> tuple[bytes, int] | None:
    """A file, and the number of the page to be painted; 0 if it is to be read."""
    head = source.read(16)
    if len(head) < 16:
        return None
    return source.read(int.from_bytes(head[8:], "little")), int.from_bytes(head[:8], "little")


def _answer(data: bytes, number: int) -> tuple[dict[str, Any], list[bytes]]:
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        code = pdfium.FPDF_GetLastError()
        raise Refusal(
            "encrypted" if code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY) else "damaged"
        )
    try:
        count = pdfium.FPDF_GetPageCount(document)
        if not 0 < count <= MAX_PAGES:
            raise Refusal("pages" if count else "damaged")
        if number:
            return _picture(document, number - 1)
        left = {"glyphs": MAX_GLYPHS, "objects": MAX_OBJECTS}
        pages, parts = [], []
        for index in range(count):
            about, own = _page(document, index, left)
            pages.append(about)
            parts += own
        return {"pages": pages}, parts
    finally:
        pdfium.FPDF_CloseDocument(document)


def _page(document: Any, index: int, left: dict[str, int]) -> tuple[dict[str, Any], list[bytes]]:
    page = pdfium.FPDF_LoadPage(document, index)
    if not page:
        raise Refusal("damaged")
    text = pdfium.FPDFText_LoadPage(page)
    try:
        frame = _frame(page)
        painted = Painter(page, left).painted
        count = max(0, pdfium.FPDFText_CountChars(text)) if text else 0
        left["glyphs"] -= count
        if left["glyphs"] < 0:
            raise Refusal("content")
        turns, glyphs = _glyphs(text, count, frame, painted.hidden)
        frame = frame._replace(turns=(frame.turns + turns) % 4)
        for box in painted.lost:
            glyphs.add(_REPLACEMENT, -frame.turns % 4, box)
        width, height = frame.size()
        shown = _shown(glyphs, frame)
        edges = array("f", chain(shown.lefts, shown.tops, shown.rights, shown.bottoms))
        ends = [(x, y) for x0, y0, x1, y1 in painted.strokes for x, y in ((x0, y0), (x1, y1))]
        rulings = array("f", chain.from_iterable(frame.places(ends)))
        about = {
            "width": width,
            "height": height,
            "pictures": [_on_page(frame, *box) for box in painted.pictures],
            "text": "".join(map(chr, shown.codes)),
            "rulings": len(painted.strokes),
        }
        return about, [bytes(shown.turns), edges.tobytes(), rulings.tobytes()]
    finally:
        if text:
            pdfium.FPDFText_ClosePage(text)
        pdfium.FPDF_ClosePage(page)


def _picture(document: Any, index: int) -> tuple[dict[str, Any], list[bytes]]:
    """A page as it looks, in grey."""
    page = pdfium.FPDF_LoadPage(document, index)
    if not page:
        raise Refusal("damaged")
    bitmap = None
    try:
        width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
        if not (width > 0 and height > 0):
            raise Refusal("damaged")
        scale = min(PICTURE_DPI / 72, math.sqrt(_MOST_PIXELS / (width * height)))
        columns, rows = max(1, int(width * scale)), max(1, int(height * scale))
        bitmap = pdfium.FPDFBitmap_CreateEx(columns, rows, pdfium.FPDFBitmap_Gray, None, 0)
        if not bitmap:
            raise Refusal("content")
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, columns, rows, 0xFFFFFFFF)
        flags = pdfium.FPDF_GRAYSCALE | pdfium.FPDF_ANNOT
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, columns, rows, 0, flags)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        pixels = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * rows)
        lines = [pixels[row * stride : row * stride + columns] for row in range(rows)]
        return {"width": width, "height": height, "columns": columns, "rows": rows}, lines
    finally:
        if bitmap:
            pdfium.FPDFBitmap_Destroy(bitmap)
        pdfium.FPDF_ClosePage(page)


def _frame(page: Any) -> Frame:
    return Frame(*page_box(page), pdfium.FPDFPage_GetRotation(page) % 4)


# --- glyphs --------------------------------------------------------------------------------------------


class _Glyphs(NamedTuple):
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

    def add(self, code: int, turn: int, box: Box) -> None:
        """Add a glyph."""
        self.codes.append(code)
        self.turns.append(turn)
        for side, value in zip(self[2:], box, strict=True):
            side.append(value)


def _glyphs(text: Any, count: int, frame: Frame, hidden: set[int]) -> tuple[int, _Glyphs]:
    """By how many quarter turns the page must be turned for most glyphs to be upright, and the glyphs.

    They are in page coordinates.

    Args:
        text: PDFium's text of the page.
        count: how many characters it has.
        frame: the part of the page that is shown.
        hidden: the addresses of text objects that can't be seen.
    """
    codes = list(map(_CODE, repeat(text, count), range(count)))
    own = _printed(text, codes, hidden)
    turns = _turns(text, own)
    glyphs = _Glyphs([codes[i] for i in own], turns, *_boxes(text, own))
    _mend_characters(text, own, glyphs.codes)
    _mend_boxes(text, own, glyphs)
    usual = Counter(turns).most_common(1)[0][0] + frame.turns if turns else 0
    return -usual % 4, glyphs


def _printed(text: Any, codes: Sequence[int], hidden: set[int]) -> list[int]:
    """Which characters are printed: those that PDFium didn't add itself, and that can be seen."""
    own = [i for i, code in enumerate(codes) if not (code in _GENERATED and _IS_GENERATED(text, i) == 1)]
    return [i for i in own if address_of(_OBJECT(text, i)) not in hidden] if hidden else own


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


def _mend_boxes(text: Any, own: Sequence[int], glyphs: _Glyphs) -> None:
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


def _em_box(text: Any, i: int, box: Box) -> Box:
    """The box of a glyph, or a square around its ink where PDFium errs.

    It does for scaled fonts that run from top to bottom: their boxes aren't scaled.
    """
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text, i, matrix)
    em = pdfium.FPDFText_GetFontSize(text, i) * math.hypot(matrix.c, matrix.d)
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
    is_character = 0xE000 <= code < 0x110000 and code != _NO_HYPHEN
    return code if is_character and pdfium.FPDFText_HasUnicodeMapError(text, i) != 1 else _REPLACEMENT


def _on_page(frame: Frame, x0: float, y0: float, x1: float, y1: float) -> Box:
    """Where a box is shown."""
    (a, b), (c, d) = frame.places(((x0, y0), (x1, y1)))
    return min(a, c), min(b, d), max(a, c), max(b, d)


def _shown(glyphs: _Glyphs, frame: Frame) -> _Glyphs:
    """The glyphs on the part of the page that is shown, where they stand on it."""
    codes, turns, *sides = glyphs
    if frame.turns == 0:
        x, y = frame.left, frame.top
        lefts, bottoms, rights, tops = sides
        lefts, rights = [left - x for left in lefts], [right - x for right in rights]
        bottoms, tops = [y - bottom for bottom in bottoms], [y - top for top in tops]
    else:
        turns = [(turn + frame.turns) % 4 for turn in turns]
        boxes = [_on_page(frame, *box) for box in zip(*sides, strict=True)]
        lefts, tops, rights, bottoms = ([box[side] for box in boxes] for side in range(4))
    shown = _Glyphs(codes, turns, lefts, bottoms, rights, tops)
    width, height = (2 * side for side in frame.size())
    is_shown = [
        0 <= left + right <= width and 0 <= top + bottom <= height
        for left, right, top, bottom in zip(lefts, rights, tops, bottoms, strict=True)
    ]
    if all(is_shown):
        return shown
    return _Glyphs._make(list(compress(values, is_shown)) for values in shown)
