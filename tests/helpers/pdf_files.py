"""Small PDFs, made by hand or with reportlab."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from extractor.documents.pdf.reader import read_pdf
from extractor.documents.source import Source
from tests.helpers.rendering import FONT

PAGE = (600, 800)


def drawn(draw: Callable[[Canvas], None], encrypt: str | None = None) -> bytes:
    """A PDF of what a function draws."""
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=PAGE, invariant=True, encrypt=encrypt)
    canvas.setFont(FONT, 12)
    draw(canvas)
    canvas.save()
    return buffer.getvalue()


def grey() -> ImageReader:
    """A picture."""
    pixels = b"P6 2 2 255 " + b"\x99" * 12
    return ImageReader(BytesIO(pixels))


def assembled(*objects: bytes) -> bytes:
    """A PDF of these objects, of which the first is its catalogue."""
    content, offsets = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, 1):
        offsets.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(content))
    return content + head + table + tail


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """A stream with entries of its dictionary."""
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(content), content)


def page(content: bytes, resources: bytes = b"", *others: bytes) -> bytes:
    """A PDF of one page with this content; other objects are numbered from 5."""
    return assembled(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<<%s>>/Contents 4 0 R>>" % resources,
        content,
        *others,
    )


def cells(data: bytes) -> list[list[str]]:
    """The cells of the tables of a PDF, row by row."""
    document = read_pdf(Source(data, "x"))
    rows: list[list[str]] = [[]]
    for grid in document.grids:
        for cell in grid.cells if grid.kind == "table" else ():
            rows[-1].append(document.text[cell.start : cell.end])
            if cell.ends_row:
                rows.append([])
    return rows[:-1]
