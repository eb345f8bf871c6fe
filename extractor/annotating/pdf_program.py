"""The program that writes comments into a PDF: a process of its own, since PDFium may crash or hang.

It reads eight bytes of length and so much JSON, a list of comments, and then the bytes of the file to
their end. A comment has its ``text``, the number of its ``page`` from 1, and ``boxes`` in points from the
upper left corner of the page as it is shown; without any, it stands in that corner. It writes the file
with what is appended to it: what there was stays, byte for byte.
"""

from __future__ import annotations

import ctypes
import json
import sys
from collections import Counter
from collections.abc import Sequence
from typing import Any

import pypdfium2_raw as pdfium

from extractor.documents.pdf.worker.boxes import Box
from extractor.documents.pdf.worker.glyphs import Frame, read_glyphs
from extractor.documents.pdf.worker.painting import page_box
from extractor.platforms.here import HERE

_MOST_MEGABYTES = 1024
_AUTHOR = "gongkai"
# The colour of a highlight: red, green, blue, opacity.
_YELLOW = (255, 221, 87, 255)
# Points: how much larger than what it marks a highlight is, and the size of a comment without any.
_AROUND, _SIZE = 1.5, 20.0


def main() -> None:
    """Write one file; the exit status is 1 if it can't be written."""
    HERE.limit_memory(_MOST_MEGABYTES, is_address_space=True)
    source = sys.stdin.buffer
    notes = json.loads(source.read(int.from_bytes(source.read(8), "little")))
    data = source.read()
    pdfium.FPDF_InitLibraryWithConfig(pdfium.FPDF_LIBRARY_CONFIG(version=2))
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        sys.exit(1)
    for number in sorted({note["page"] for note in notes}):
        _annotate(document, number, [note for note in notes if note["page"] == number])
    if not _save(document):
        sys.exit(1)


def _annotate(document: Any, number: int, notes: Sequence[dict[str, Any]]) -> None:
    page = pdfium.FPDF_LoadPage(document, number - 1)
    if not page:
        sys.exit(1)
    frame = _frame(page)
    for note in notes:
        boxes = [_on_page(frame, box) for box in note["boxes"]]
        if boxes:
            _highlight(page, note["text"], boxes)
        else:
            _comment(page, note["text"], _on_page(frame, (0.0, 0.0, _SIZE, _SIZE)))
    pdfium.FPDF_ClosePage(page)


def _frame(page: Any) -> Frame:
    """The page as it is read: upright, whichever way its text lies."""
    frame = Frame(*page_box(page), pdfium.FPDFPage_GetRotation(page) % 4)
    text = pdfium.FPDFText_LoadPage(page)
    _, glyphs = read_glyphs(text, set())
    if text:
        pdfium.FPDFText_ClosePage(text)
    usual = Counter(glyphs.turns).most_common(1)[0][0] if glyphs.turns else -frame.turns
    return frame._replace(turns=-usual % 4)


def _on_page(frame: Frame, box: Sequence[float]) -> Box:
    """A box of the page as it is shown, in the coordinates of the page."""
    (a, b), (c, d) = frame.origins([(box[0], box[1]), (box[2], box[3])])
    return min(a, c), min(b, d), max(a, c), max(b, d)


def _highlight(page: Any, text: str, boxes: Sequence[Box]) -> None:
    annotation = pdfium.FPDFPage_CreateAnnot(page, pdfium.FPDF_ANNOT_HIGHLIGHT)
    pdfium.FPDFAnnot_SetColor(annotation, pdfium.FPDFANNOT_COLORTYPE_Color, *_YELLOW)
    around = [(x0 - _AROUND, y0 - _AROUND, x1 + _AROUND, y1 + _AROUND) for x0, y0, x1, y1 in boxes]
    for x0, y0, x1, y1 in around:
        points = pdfium.FS_QUADPOINTSF(x0, y1, x1, y1, x0, y0, x1, y0)
        pdfium.FPDFAnnot_AppendAttachmentPoints(annotation, points)
    lefts, bottoms, rights, tops = zip(*around, strict=True)
    _finish(annotation, text, (min(lefts), min(bottoms), max(rights), max(tops)))


def _comment(page: Any, text: str, box: Box) -> None:
    _finish(pdfium.FPDFPage_CreateAnnot(page, pdfium.FPDF_ANNOT_TEXT), text, box)


def _finish(annotation: Any, text: str, box: Box) -> None:
    left, bottom, right, top = box
    pdfium.FPDFAnnot_SetRect(annotation, pdfium.FS_RECTF(left, top, right, bottom))
    for key, value in ((b"Contents", text), (b"T", _AUTHOR)):
        words = (value + "\0").encode("utf-16-le", "replace")
        buffer = (ctypes.c_ushort * (len(words) // 2)).from_buffer_copy(words)
        pdfium.FPDFAnnot_SetStringValue(annotation, key, buffer)
    pdfium.FPDFAnnot_SetFlags(annotation, pdfium.FPDF_ANNOT_FLAG_PRINT)
    pdfium.FPDFPage_CloseAnnot(annotation)


def _save(document: Any) -> bool:
    """Write the file, with what is new behind what there was."""
    target = sys.stdout.buffer

    def take(_: Any, data: Any, size: int) -> int:
        target.write(ctypes.string_at(data, size))
        return 1

    writer = pdfium.FPDF_FILEWRITE(version=1)
    kind = dict(writer._fields_)["WriteBlock"]
    writer.WriteBlock = kind(take)
    is_written = bool(pdfium.FPDF_SaveAsCopy(document, writer, pdfium.FPDF_INCREMENTAL))
    target.flush()
    return is_written


if __name__ == "__main__":
    main()
