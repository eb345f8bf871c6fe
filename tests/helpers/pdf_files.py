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


def sheet(
    content: bytes,
    *objects: bytes,
    catalog: bytes = b"",
    entries: bytes = b"",
    resources: bytes = b"",
    font: bytes = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
) -> bytes:
    """A PDF of one page with a row of two ruled cells, in which there is room for content.

    The cells reach from 100 to 200 and from 200 to 300 points from the left, both from 600 to 630 from below.

    Args:
        content: what is painted after the rulings; the font is called F.
        objects: others, numbered from 6.
        catalog: more of the catalogue.
        entries: more of the page.
        resources: more that its content may name.
        font: the font.
    """
    lines = [(100, 600, 300, 600), (100, 630, 300, 630), *((x, 600, x, 630) for x in (100, 200, 300))]
    rulings = b"".join(b"%d %d m %d %d l " % line for line in lines) + b"S "
    return assembled(
        b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog,
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F 5 0 R>>%s>>/Contents 4 0 R%s>>"
        % (resources, entries),
        stream(rulings + content),
        font,
        *objects,
    )


def cells_and_remarks(data: bytes) -> list[tuple[str, tuple[str, ...]]]:
    """The cells of the tables of a PDF, with what stands in them besides."""
    document = read_pdf(Source(data, "x"))
    return [
        (document.text[cell.start : cell.end], document.remarks_at(cell.start))
        for grid in document.grids
        if grid.kind == "table"
        for cell in grid.cells
    ]


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
