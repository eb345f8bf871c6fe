"""The annotations of a page that are shown: comments, stamps, form fields.

Part of the program that opens PDFs (:mod:`extractor.documents.pdf.worker.program`).
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any, NamedTuple

import pypdfium2_raw as pdfium

from extractor.documents.pdf.worker.boxes import Box

_NOT_SHOWN = pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW
# What leads elsewhere is seen only if it says how it looks; lines always are, though PDFium draws none then.
_UNSEEN_ALONE = pdfium.FPDF_ANNOT_LINK
_DRAWN_ALONE = (pdfium.FPDF_ANNOT_LINE, pdfium.FPDF_ANNOT_POLYLINE, pdfium.FPDF_ANNOT_POLYGON)
# The end of a string that says nothing.
_NOTHING = 2
# What stands over the text with words of its own, shown by every program in its own way.
_KINDS = {
    pdfium.FPDF_ANNOT_WIDGET: ("control", b"V"),
    pdfium.FPDF_ANNOT_FREETEXT: ("overlay", b"Contents"),
    pdfium.FPDF_ANNOT_REDACT: ("overlay", b"OverlayText"),
    pdfium.FPDF_ANNOT_STRIKEOUT: ("struck", b""),
}
# No report has more on a page; a longer text says no more.
_MOST, _LONGEST = 1000, 200


class Annotation(NamedTuple):
    """An annotation, or one of the parts of the page that it is about.

    Attributes:
        kind: ``control``, ``overlay``, ``struck``, or ``drawing`` for what must be looked at.
        text: what it says.
        box: where, in page coordinates.
    """

    kind: str
    text: str
    box: Box


def annotations_of(page: Any) -> list[Annotation]:
    """Those of a page that are shown.

    Args:
        page: the page.
    """
    found: list[Annotation] = []
    for index in range(min(_MOST, pdfium.FPDFPage_GetAnnotCount(page))):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        if annotation:
            found += _parts(annotation)
            pdfium.FPDFPage_CloseAnnot(annotation)
    return found


def _parts(annotation: Any) -> Iterator[Annotation]:
    subtype = pdfium.FPDFAnnot_GetSubtype(annotation)
    # What is a popup opens only when somebody asks for it.
    if subtype == pdfium.FPDF_ANNOT_POPUP or pdfium.FPDFAnnot_GetFlags(annotation) & _NOT_SHOWN:
        return
    mode = pdfium.FPDF_ANNOT_APPEARANCEMODE_NORMAL
    has_look = pdfium.FPDFAnnot_GetAP(annotation, mode, None, 0) > _NOTHING
    if subtype == _UNSEEN_ALONE and not has_look:
        return
    kind, key = _KINDS.get(subtype, ("drawing", b""))
    if subtype in _DRAWN_ALONE and not has_look:
        kind = "overlay"
    text = _string(annotation, key) if key else ""
    for box in _boxes(annotation):
        if box[0] < box[2] and box[1] < box[3]:
            yield Annotation(kind, text, box)


def _boxes(annotation: Any) -> list[Box]:
    """The parts of a page that an annotation is about, else where it stands."""
    boxes = []
    points = pdfium.FS_QUADPOINTSF()
    for number in range(min(_MOST, pdfium.FPDFAnnot_CountAttachmentPoints(annotation))):
        if pdfium.FPDFAnnot_GetAttachmentPoints(annotation, number, points):
            xs = (points.x1, points.x2, points.x3, points.x4)
            ys = (points.y1, points.y2, points.y3, points.y4)
            boxes.append((min(xs), min(ys), max(xs), max(ys)))
    if boxes:
        return boxes
    place = pdfium.FS_RECTF()
    pdfium.FPDFAnnot_GetRect(annotation, place)
    return [
        (
            min(place.left, place.right),
            min(place.bottom, place.top),
            max(place.left, place.right),
            max(place.bottom, place.top),
        )
    ]


def _string(annotation: Any, key: bytes) -> str:
    size = pdfium.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    text = (ctypes.c_ushort * (size // 2 + 1))()
    pdfium.FPDFAnnot_GetStringValue(annotation, key, text, ctypes.sizeof(text))
    return " ".join(bytes(text).decode("utf-16-le", "replace").rstrip("\0").split())[:_LONGEST]
