"""The program that opens PDFs: a process of its own, since PDFium may crash or hang on a hostile file.

It imports nothing else of gongkai, so that it starts quickly, but what bounds its memory. For each question
it reads the number of a page, how many bytes a pixel has, and a length, eight bytes each, and the bytes of a
file. It answers with eight bytes of length and JSON. If the number is 0 and the file could be read, there
follow of each page the turns of its glyphs, a byte each, the left sides of all of them, the tops, the right
sides and the bottoms, and its rulings, as 32-bit floats; they are points from the upper left corner of the
page as it is shown. Else what follows is a picture of that page: a byte of grey a pixel, or three, of blue,
green and red. The fonts of the machine aren't looked at (:mod:`extractor.documents.pdf.worker.font` says
why), so the same file gives the same answer anywhere.
"""

from __future__ import annotations

import ctypes
import gc
import json
import math
import sys
from array import array
from collections import Counter
from itertools import chain
from typing import Any, BinaryIO

import pypdfium2_raw as pdfium

from extractor.documents.pdf.worker.font import set_font
from extractor.documents.pdf.worker.glyphs import REPLACEMENT, Frame, on_shown_part, read_glyphs
from extractor.documents.pdf.worker.painting import Painter, Refusal, page_box
from extractor.documents.pdf.worker.visible import seen
from extractor.platforms.here import HERE

# No annual report comes near any of these.
MAX_PAGES = 300
MAX_GLYPHS = 100_000
MAX_OBJECTS = 200_000
_MOST_MEGABYTES = 1024
# How finely a page is painted, unless it is larger than any sheet of paper: then it has so many pixels.
PICTURE_DPI = 200
_MOST_PIXELS = 16_000_000
# By the bytes of a pixel.
_GREY = 1
_KINDS = {_GREY: pdfium.FPDFBitmap_Gray, 3: pdfium.FPDFBitmap_BGR}


def main() -> None:
    """Answer until the other side closes."""
    HERE.limit_memory(_MOST_MEGABYTES, is_address_space=True)
    # Nothing here refers to itself.
    gc.disable()
    pdfium.FPDF_InitLibraryWithConfig(pdfium.FPDF_LIBRARY_CONFIG(version=2))
    font = set_font()
    source, target = sys.stdin.buffer, sys.stdout.buffer
    while (question := _received(source)) is not None:
        answer: dict[str, Any]
        try:
            answer, parts = _answer(*question)
        except Refusal as refusal:
            answer, parts = {"refusal": str(refusal)}, []
        head = json.dumps(answer, ensure_ascii=False).encode()
        target.write(len(head).to_bytes(8, "little") + head)
        for part in parts:
            target.write(part)
        target.flush()
    # PDFium may have asked for it until now.
    del font


def _received(source: BinaryIO) -> tuple[bytes, int, int] | None:
    """A file, the number of the page to be painted, 0 if it is to be read, and the bytes of a pixel."""
    head = source.read(24)
    if len(head) < 24:
        return None
    number, depth, length = (int.from_bytes(head[start : start + 8], "little") for start in (0, 8, 16))
    return source.read(length), number, depth


def _answer(data: bytes, number: int, depth: int) -> tuple[dict[str, Any], list[bytes]]:
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
            return _picture(document, number - 1, depth)
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
    text = None
    try:
        painted = Painter(page, left).painted
        frame = Frame(*page_box(page), pdfium.FPDFPage_GetRotation(page) % 4)
        # What a painter takes off text objects must not be in the text.
        text = pdfium.FPDFText_LoadPage(page)
        left["glyphs"] -= max(0, pdfium.FPDFText_CountChars(text)) if text else 0
        if left["glyphs"] < 0:
            raise Refusal("content")
        own, glyphs = read_glyphs(text, painted.unscaled)
        # Most glyphs are upright on the page as it is read.
        usual = Counter(glyphs.turns).most_common(1)[0][0] if glyphs.turns else -frame.turns
        glyphs, asides = seen(page, text, frame, painted, own, glyphs, usual)
        frame = frame._replace(turns=-usual % 4)
        for box in painted.lost:
            glyphs.add(REPLACEMENT, -frame.turns % 4, box)
        width, height = frame.size()
        shown = on_shown_part(glyphs, frame)
        edges = array("f", chain(shown.lefts, shown.tops, shown.rights, shown.bottoms))
        ends = [(x, y) for x0, y0, x1, y1 in painted.strokes for x, y in ((x0, y0), (x1, y1))]
        rulings = array("f", chain.from_iterable(frame.places(ends)))
        about = {
            "width": width,
            "height": height,
            "pictures": [frame.box(box) for box in painted.pictures],
            "asides": [(kind, words, frame.box(box)) for kind, words, box in asides],
            "text": "".join(map(chr, shown.codes)),
            "rulings": len(painted.strokes),
        }
        return about, [bytes(shown.turns), edges.tobytes(), rulings.tobytes()]
    finally:
        if text:
            pdfium.FPDFText_ClosePage(text)
        pdfium.FPDF_ClosePage(page)


def _picture(document: Any, index: int, depth: int) -> tuple[dict[str, Any], list[bytes]]:
    """A page as it looks, in grey if a pixel has one byte."""
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
        bitmap = pdfium.FPDFBitmap_CreateEx(columns, rows, _KINDS[depth], None, 0)
        if not bitmap:
            raise Refusal("content")
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, columns, rows, 0xFFFFFFFF)
        flags = pdfium.FPDF_ANNOT | (pdfium.FPDF_GRAYSCALE if depth == _GREY else 0)
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, columns, rows, 0, flags)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        pixels = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * rows)
        lines = [pixels[row * stride : row * stride + depth * columns] for row in range(rows)]
        return {"width": width, "height": height, "columns": columns, "rows": rows}, lines
    finally:
        if bitmap:
            pdfium.FPDFBitmap_Destroy(bitmap)
        pdfium.FPDF_ClosePage(page)
