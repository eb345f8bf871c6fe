"""PDFs on which a person sees other figures than stand in their text: nothing wrong is settled."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from reportlab.lib.colors import white
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from extractor import extract
from extractor.result.cells import Status
from extractor.result.extraction import Extraction
from extractor.result.verdict import Verdict
from rules.confront import State
from rules.loader import built_in_forms
from tests.helpers.pdf_files import grey
from tests.helpers.rendering import FONT, Style, rendered

GOLD: dict[str, Any] = json.loads(
    (Path(__file__).parents[2] / "data" / "attack" / "gold.json").read_text(encoding="utf-8")
)
SPOILED = {"disclosure.licences.decisions": "185", "requests.granted.natural_person": "122"}
CELLS = {
    **{
        f"{row}.{column}": text
        for row, columns in GOLD["pages"][0].items()
        for column, text in columns.items()
    },
    **SPOILED,
}
SETTLED = {Status.CONFIRMED, Status.AS_PRINTED, Status.UNCHECKED}
# Draws something at a figure: where it begins and ends, on what line it stands and how large it is.
Draw = Callable[[Canvas, float, float, float, float], None]


def report(draw: Draw, *, borders: bool) -> Extraction:
    """A report at two of whose figures something was drawn."""

    def beside(canvas: Canvas, text: str, x: float, y: float, size: float) -> None:
        if text in SPOILED.values():
            canvas.saveState()
            draw(canvas, x, x + stringWidth(text, FONT, size), y, size)
            canvas.restoreState()

    form = next(form for form in built_in_forms() if form.edition == "2021")
    (extraction,) = extract(rendered(form, CELLS, Style(borders=borders, beside=beside)), name="x.pdf")
    return extraction


def raised(canvas: Canvas, _left: float, right: float, y: float, size: float) -> None:
    canvas.setFont(FONT, 0.6 * size)
    canvas.drawString(right, y + 0.35 * size, "1")


def white_on_white(canvas: Canvas, _left: float, right: float, y: float, size: float) -> None:
    canvas.setFont(FONT, size)
    canvas.setFillColor(white)
    canvas.drawString(right, y, "77")


def invisible(canvas: Canvas, _left: float, right: float, y: float, size: float) -> None:
    text = canvas.beginText(right, y)
    text.setFont(FONT, size)
    text.setTextRenderMode(3)
    text.textOut("77")
    canvas.drawText(text)


def struck(canvas: Canvas, left: float, right: float, y: float, size: float) -> None:
    canvas.setLineWidth(0.5)
    canvas.line(left, y + 0.3 * size, right, y + 0.3 * size)


def patch(canvas: Canvas, left: float, right: float, y: float, size: float) -> None:
    canvas.setFillColor(white)
    canvas.rect(left - 2, y - 2, right - left + 4, size + 2, stroke=0, fill=1)


def picture(canvas: Canvas, left: float, right: float, y: float, size: float) -> None:
    canvas.drawImage(grey(), left - 2, y - 2, right - left + 4, size + 2)


def comment(canvas: Canvas, left: float, right: float, y: float, size: float) -> None:
    canvas.freeTextAnnotation("555", "/Helv 9 Tf", [left - 2, y - 2, right + 2, y + size], relative=0)


def underlined(canvas: Canvas, left: float, right: float, y: float, size: float) -> None:
    canvas.setLineWidth(0.5)
    canvas.line(left, y - 0.12 * size, right, y - 0.12 * size)


def circled(canvas: Canvas, left: float, right: float, y: float, size: float) -> None:
    canvas.roundRect(left - 3, y - 2.5, right - left + 6, size + 3, 3)


@pytest.mark.parametrize("borders", [True, False])
@pytest.mark.parametrize(
    ("draw", "remark"), [(raised, "note: 1"), (white_on_white, "hidden: 77"), (invisible, "hidden: 77")]
)
def test_what_is_no_part_of_a_figure_stands_apart(draw: Draw, remark: str, borders: bool) -> None:  # noqa: FBT001 - pytest passes it
    extraction = report(draw, borders=borders)
    assert extraction.verdict is Verdict.VERIFIED
    for cell in extraction.cells:
        assert (cell.printed, cell.status in SETTLED) == (CELLS[cell.address], True), cell
        assert cell.remarks == ((remark,) if cell.address in SPOILED else ())


@pytest.mark.parametrize("draw", [struck, patch, picture, comment])
def test_a_figure_that_cannot_be_told_is_unread(draw: Draw) -> None:
    extraction = report(draw, borders=True)
    assert extraction.verdict is Verdict.NEEDS_REVIEW
    for cell in extraction.cells:
        if cell.address in SPOILED:
            assert (cell.state, cell.value, cell.status) == (State.UNREAD, None, Status.DISPUTED)
            assert cell.remarks
        else:
            assert (cell.printed, cell.status in SETTLED) == (CELLS[cell.address], True), cell
    assert {finding.place for finding in extraction.findings if finding.rule == "unread"} == set(SPOILED)


@pytest.mark.parametrize("draw", [struck, patch, picture, comment])
def test_nothing_wrong_is_settled_in_tables_without_lines(draw: Draw) -> None:
    for cell in report(draw, borders=False).cells:
        if cell.status in SETTLED:
            assert (cell.printed, cell.address in SPOILED) == (CELLS[cell.address], False), cell


@pytest.mark.parametrize("borders", [True, False])
@pytest.mark.parametrize("draw", [underlined, circled])
def test_what_hides_nothing_changes_nothing(draw: Draw, borders: bool) -> None:  # noqa: FBT001 - pytest passes it
    extraction = report(draw, borders=borders)
    assert extraction.verdict is Verdict.VERIFIED
    assert all(cell.printed == CELLS[cell.address] and not cell.remarks for cell in extraction.cells)
