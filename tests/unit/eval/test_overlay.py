"""The picture of what the reader sees of a PDF, on a page of which every place is known."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from eval.zoo.overlay import CELL, LINE, RULING, main, seen
from extractor.documents.source import Source
from tests.helpers.pdf_files import PAGE, drawn

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

HEIGHT = PAGE[1]
# The upper left cell is 200 wide and 40 high, from the upper left corner of the page.
LEFT, TOP, WIDTH, ROW = 100, 100, 200, 40


def ruled(canvas: Canvas) -> None:
    """A heading, and a table of two rows and columns."""
    for i in range(3):
        canvas.line(LEFT, HEIGHT - TOP - ROW * i, LEFT + 2 * WIDTH, HEIGHT - TOP - ROW * i)
        canvas.line(LEFT + WIDTH * i, HEIGHT - TOP, LEFT + WIDTH * i, HEIGHT - TOP - 2 * ROW)
    for row in range(2):
        for column in range(2):
            canvas.drawString(LEFT + WIDTH * column + 10, HEIGHT - TOP - ROW * row - 25, f"{row}{column}")
    canvas.drawString(LEFT, HEIGHT - 50, "heading")


def test_lines_rulings_and_cells_stand_where_they_are_drawn() -> None:
    what = seen(Source(drawn(ruled), "x"), 1)
    assert {(row, column) for _, row, column in what.cells} == {(1, 1), (1, 2), (2, 1), (2, 2)}
    for (left, top, right, bottom), row, column in what.cells:
        assert LEFT + WIDTH * (column - 1) < left < right < LEFT + WIDTH * column
        assert TOP + ROW * (row - 1) < top < bottom < TOP + ROW * row
    assert len(what.lines) == 3
    assert {(round(one.x0), round(one.y0)) for one in what.rulings} >= {
        (LEFT, TOP + ROW * i) for i in range(3)
    }


def test_they_are_drawn_over_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, output = tmp_path / "x.pdf", tmp_path / "page.png"
    source.write_bytes(drawn(ruled))
    monkeypatch.setattr(sys, "argv", ["overlay", str(source), "-o", str(output)])
    main()
    image = Image.open(output)
    scale = image.width / PAGE[0]
    assert image.height / scale == pytest.approx(HEIGHT, abs=1)
    assert image.getpixel((round((LEFT + 50) * scale), round((TOP + ROW) * scale))) == RULING
    colours = {colour for _, colour in image.getcolors(image.width * image.height) or ()}
    assert {LINE, RULING, CELL} <= colours
