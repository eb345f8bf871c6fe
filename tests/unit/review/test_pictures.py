"""Pages are pictures that any browser opens."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import numpy as np
import pytest

from extractor.documents.pages.page import Picture
from extractor.documents.scans import page
from extractor.documents.scans.ink import Grey, Points
from extractor.documents.scans.line_model import Recognised
from extractor.review.pictures import png


def test_a_page_becomes_a_png_of_the_same_shades() -> None:
    image = pytest.importorskip("PIL.Image")
    grey = bytes(range(256)) * 2
    shown = image.open(BytesIO(png(Picture(10.0, 20.0, 16, 32, grey))))
    assert (shown.format, shown.mode, shown.size) == ("PNG", "L", (16, 32))
    assert all(abs(a - b) <= 9 for a, b in zip(shown.tobytes(), grey, strict=True))
    assert (shown.tobytes()[0], shown.tobytes()[255]) == (0, 255)


class Recogniser:
    """Finds one line of text, and reads it surely when it is turned by three quarters."""

    def __init__(self) -> None:
        self.sure = iter((0.3, 0.95))

    def find(self, grey: Grey) -> list[Points]:
        rows, columns = grey.shape
        corners = [(4, 4), (columns - 4, 4), (columns - 4, rows - 4), (4, rows - 4)]
        return [np.array(corners, dtype=np.float32)]

    def read_again(self, parts: Sequence[Grey]) -> list[Recognised]:
        return [Recognised("公开", next(self.sure)) for _ in parts]


def test_a_page_that_was_scanned_on_its_side_is_shown_upright(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its boxes are told so. It has a thick line near its upper edge, and is turned by a quarter."""
    monkeypatch.setattr(page, "recogniser", Recogniser)
    upright = np.full((80, 300), 255, np.uint8)
    upright[10:16, 20:280] = 0
    lying = np.ascontiguousarray(np.rot90(upright))
    shown = page.straightened(Picture(80.0, 300.0, 80, 300, lying.tobytes()))
    assert (shown.columns, shown.rows, shown.width, shown.height) == (300, 80, 300.0, 80.0)
    grey = np.frombuffer(shown.grey, np.uint8).reshape(80, 300)
    assert grey[10:16, 20:280].max() < 64
    assert grey[40:].min() > 192
