"""The font that PDFium takes for a Chinese font that isn't in the file: the same on every machine.

PDFium would look among the fonts of the machine. Then the boxes of glyphs, and whether a single
character has one and is found at all, would depend on what is installed, and the same file would give
two results. With no font at all, each Chinese character that is written by itself would be lost. What
is read are the characters and their widths, which stand in the file; so any font will do that has some
ink for every character. This one, made here, has two shapes: a narrow one, which isn't wider than a
digit or a stop, and that of a Chinese character. It is no font to paint a page with.

Part of the program that opens PDFs (:mod:`extractor.documents.pdf.worker.program`).
"""

from __future__ import annotations

import ctypes
import struct
from typing import Any

import pypdfium2_raw as pdfium

# Those that are asked for are a Chinese, Japanese or Korean font; PDFium has others itself.
_CHARSETS = frozenset(
    (
        pdfium.FXFONT_GB2312_CHARSET,
        pdfium.FXFONT_CHINESEBIG5_CHARSET,
        pdfium.FXFONT_SHIFTJIS_CHARSET,
        pdfium.FXFONT_HANGEUL_CHARSET,
    )
)
# What tells the font from none.
_HANDLE = 1
_EM, _ASCENT, _DESCENT = 1000, 880, -120
# Left, bottom, right and top of the narrow shape and of the wide one: no larger than the box that a
# glyph has by the file.
_SHAPES = ((50, 0, 200, 700), (50, 30, 950, 730))
# The first and the last character of each shape.
_NARROW, _WIDE = (0x20, 0x2FF), (0x300, 0x10FFFF)


def set_font() -> Any:
    """Let PDFium find no font but this one.

    Returns:
        What must be kept as long as PDFium is used.
    """
    data = _font()
    kinds = dict(pdfium.FPDF_SYSFONTINFO._fields_)

    def map_font(*call: Any) -> int | None:
        _, _, _, charset, *_ = call
        return _HANDLE if charset in _CHARSETS else None

    def font_data(*call: Any) -> int:
        _, _, table, buffer, size = call
        if table:
            return 0
        if buffer and size >= len(data):
            ctypes.memmove(buffer, data, len(data))
        return len(data)

    info = pdfium.FPDF_SYSFONTINFO(
        version=1, MapFont=kinds["MapFont"](map_font), GetFontData=kinds["GetFontData"](font_data)
    )
    pdfium.FPDF_SetSystemFontInfo(info)
    return info


def _font() -> bytes:
    """A TrueType font of these shapes."""
    glyphs = [_glyph(*shape) for shape in _SHAPES]
    # The first glyph, that of no character, is empty.
    places = [0, 0]
    for glyph in glyphs:
        places.append(places[-1] + len(glyph))
    count = len(places) - 1
    head = struct.pack(
        ">IIIIHHQQhhhhHHhhh",
        *(0x10000, 0, 0, 0x5F0F3CF5, 0, _EM, 0, 0),
        *(0, _DESCENT, _EM, _ASCENT),
        *(0, 8, 2, 1, 0),
    )
    tables = {
        b"cmap": _characters(),
        b"glyf": b"".join(glyphs),
        b"head": head,
        b"hhea": struct.pack(
            ">IhhhHhhhhhh8xhH", 0x10000, _ASCENT, _DESCENT, 0, _EM, 0, 0, _EM, 1, 0, 0, 0, 1
        ),
        b"hmtx": struct.pack(">Hh", _EM, 0) + bytes(2 * (count - 1)),
        b"loca": struct.pack(f">{count + 1}I", *places),
        b"maxp": struct.pack(">IH13H", 0x10000, count, 4, 1, *[0] * 11),
    }
    directory, body = struct.pack(">IHHHH", 0x10000, len(tables), 64, 2, 48), b""
    start = len(directory) + 16 * len(tables)
    for tag, table in tables.items():
        directory += struct.pack(">4sIII", tag, 0, start + len(body), len(table))
        body += table + bytes(-len(table) % 4)
    return directory + body


def _characters() -> bytes:
    """Which shape each character has: a table of kind 13, many characters to one glyph."""
    groups = (struct.pack(">III", *span, glyph) for glyph, span in enumerate((_NARROW, _WIDE), 1))
    table = b"".join(groups)
    head = struct.pack(">HHHHI", 0, 1, 3, 10, 12)
    return head + struct.pack(">HHIII", 13, 0, 16 + len(table), 0, 2) + table


def _glyph(left: int, bottom: int, right: int, top: int) -> bytes:
    """A rectangle, clockwise from its lower left corner."""
    width, height = right - left, top - bottom
    return struct.pack(
        ">hhhhhHH4Bhhhhhhhh",
        *(1, left, bottom, right, top),
        *(3, 0),
        *(1, 1, 1, 1),
        *(left, 0, width, 0),
        *(bottom, height, 0, -height),
    )
