"""Pages are pictures that any browser opens."""

from __future__ import annotations

from io import BytesIO

import pytest

from extractor.documents.pages.page import Picture
from extractor.review.pictures import png


def test_a_page_becomes_a_png_of_the_same_shades() -> None:
    image = pytest.importorskip("PIL.Image")
    grey = bytes(range(256)) * 2
    shown = image.open(BytesIO(png(Picture(10.0, 20.0, 16, 32, grey))))
    assert (shown.format, shown.mode, shown.size) == ("PNG", "L", (16, 32))
    assert all(abs(a - b) <= 9 for a, b in zip(shown.tobytes(), grey, strict=True))
    assert (shown.tobytes()[0], shown.tobytes()[255]) == (0, 255)
