"""Light text on dark bands becomes dark text on paper; what is dark without being a band stays."""

from __future__ import annotations

import numpy as np
import pytest

from extractor.documents.scans.bands import with_dark_text
from extractor.documents.scans.ink import Grey

PAPER, BAND, LETTERS = 235, 90, 240
# A band's left, top, right and bottom.
BOX = (100, 100, 500, 140)


def page(ground: int = BAND, letters: int = LETTERS) -> Grey:
    """A page with a band, and strokes as thick as those of characters in the middle of it."""
    grey = np.full((400, 600), PAPER, np.uint8)
    left, top, right, bottom = BOX
    grey[top:bottom, left:right] = ground
    for x in range(260, 340, 12):
        grey[108:132, x : x + 4] = letters
    return grey


def test_light_text_on_a_dark_band_is_dark_on_paper() -> None:
    changed = with_dark_text(page())
    assert changed[118, 262] < 80
    assert changed[118, 258] > 200
    assert changed[118, 120] > 200
    # Its edge is a ruling, and the paper around it is as it was.
    assert (changed[99:101, 110:490] < 80).any(axis=0).all()
    assert (changed[150:] == PAPER).all()


def test_rulings_in_a_band_are_drawn_light_or_dark() -> None:
    grey = page()
    grey[108:132, 150:154] = LETTERS
    grey[100:140, 200:203] = LETTERS
    grey[100:140, 400:403] = 10
    changed = with_dark_text(grey)
    assert (changed[118, 198:205] < 80).any()
    assert changed[118, 401] < 160


def test_a_cell_of_paper_inside_a_band_stays_as_it_is() -> None:
    grey = page()
    grey[100:240, 100:500] = BAND
    grey[150:200, 300:400] = PAPER
    grey[165:185, 340:344] = 20
    for x in range(160, 240, 12):
        grey[160:184, x : x + 4] = LETTERS
    changed = with_dark_text(grey)
    assert changed[175, 342] < 80
    assert changed[175, 370] > 200
    assert changed[170, 162] < 80


@pytest.mark.parametrize(
    "grey",
    [
        page(ground=PAPER, letters=20),
        # A pale ground is paper, and its text dark already.
        page(ground=200, letters=20),
        # Nothing is written on it: what is blacked out is ink.
        page(letters=BAND),
        np.full((400, 600), PAPER, np.uint8),
    ],
    ids=["no band", "pale ground", "blacked out", "blank"],
)
def test_what_is_no_band_with_light_text_stays(grey: Grey) -> None:
    assert with_dark_text(grey) is grey


def test_the_table_behind_a_photographed_page_is_no_band() -> None:
    grey = page(ground=PAPER, letters=20)
    grey[:, :40] = BAND
    grey[:30] = BAND
    assert with_dark_text(grey) is grey


def test_large_print_is_no_band() -> None:
    grey = np.full((400, 600), PAPER, np.uint8)
    # The strokes of bold characters such as 国 and 目, a little light between them.
    for left in (60, 160, 260):
        for y in range(100, 190, 20):
            grey[y : y + 10, left : left + 80] = 20
        grey[100:190, left : left + 10] = grey[100:190, left + 70 : left + 80] = 20
    assert with_dark_text(grey) is grey
