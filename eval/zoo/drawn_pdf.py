"""Reports as PDFs that are drawn here, in milliseconds: a browser or LibreOffice takes seconds for each."""

from __future__ import annotations

from io import BytesIO
from random import Random

from reportlab.lib.units import mm
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfgen.canvas import Canvas

from eval.zoo.reports import Report
from eval.zoo.sheets import HEIGHT, RULE_WIDTH, WIDTH, Page, pages_of

# A font that readers have by its name, so none is in the file.
_FONT = "STSong-Light"


def pdf_file(report: Report, rng: Random, *, borders: bool = True) -> bytes:
    """A report with its tables; merged cells are merged.

    Args:
        report: what it says.
        rng: chooses whether lines are drawn, or filled as thin shapes, and whether pages are numbered.
        borders: whether the tables have lines.
    """
    registerFont(UnicodeCIDFont(_FONT))
    stream = BytesIO()
    canvas = Canvas(stream, (WIDTH * mm, HEIGHT * mm), invariant=1)
    is_filled, is_numbered = rng.random() < 0.3, rng.random() < 0.5
    for page in pages_of(report, borders=borders):
        _draw(canvas, page, is_filled=is_filled)
        if is_numbered:
            canvas.setFont(_FONT, 9)
            canvas.drawCentredString(WIDTH / 2 * mm, 8 * mm, f"— {canvas.getPageNumber()} —")
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def _draw(canvas: Canvas, page: Page, *, is_filled: bool) -> None:
    canvas.setLineWidth(RULE_WIDTH * mm)
    for x0, y0, x1, y1 in dict.fromkeys(page.rules):
        if is_filled:
            wide, high = max(x1 - x0, RULE_WIDTH), max(y1 - y0, RULE_WIDTH)
            canvas.rect(x0 * mm, (HEIGHT - y0 - high) * mm, wide * mm, high * mm, stroke=0, fill=1)
        else:
            canvas.line(x0 * mm, (HEIGHT - y0) * mm, x1 * mm, (HEIGHT - y1) * mm)
    for line in page.texts:
        canvas.setFont(_FONT, line.size * mm)
        canvas.drawString(line.left * mm, (HEIGHT - line.base) * mm, line.text)
