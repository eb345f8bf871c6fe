"""Pages are pictures that any browser opens."""

from __future__ import annotations

from io import BytesIO

import pytest

from extractor.documents.pages.page import Picture
from extractor.documents.pdf.process import page_picture
from extractor.documents.scans.page import straightened
from extractor.documents.source import Source
from extractor.review.pictures import png
from tests.helpers.import_graph import ROOT


def test_a_page_becomes_a_png_of_the_same_shades() -> None:
    image = pytest.importorskip("PIL.Image")
    grey = bytes(range(256)) * 2
    shown = image.open(BytesIO(png(Picture(10.0, 20.0, 16, 32, grey))))
    assert (shown.format, shown.mode, shown.size) == ("PNG", "L", (16, 32))
    assert all(abs(a - b) <= 9 for a, b in zip(shown.tobytes(), grey, strict=True))
    assert (shown.tobytes()[0], shown.tobytes()[255]) == (0, 255)


def test_a_page_that_was_scanned_on_its_side_is_shown_as_it_was_read() -> None:
    """Upright: its boxes were told so. It is a part of a real page, turned by a quarter."""
    image = pytest.importorskip("PIL.Image")
    report = ROOT / "eval/cases/hongze-2023/hongze-2023.pdf"
    page = page_picture(Source(report.read_bytes(), "hongze"), 3)
    upright = image.frombytes("L", (page.columns, page.rows), page.grey).crop((0, 400, page.columns, 900))
    lying = upright.rotate(90, expand=True)
    columns, rows = lying.size
    shown = straightened(Picture(180.0, 595.0, columns, rows, lying.tobytes()))
    assert (shown.columns, shown.rows) == upright.size
    assert (shown.width, shown.height) == (595.0, 180.0)
    ink = [
        {place for place, value in enumerate(grey) if value < 128} for grey in (upright.tobytes(), shown.grey)
    ]
    assert len(ink[0] & ink[1]) > len(ink[0]) / 2
