"""Rulings in a picture: those that are drawn, and none that characters imitate."""

from __future__ import annotations

import numpy as np

from extractor.documents.scans.ink import Grey
from extractor.documents.scans.rulings import lines_in

# A table of three columns: its lines down, and across.
DOWN, ACROSS = (100, 250, 400, 550), (160, 220, 280, 340)


def table(top: int = ACROSS[0]) -> Grey:
    """A table on white paper; its lines down begin at some row."""
    grey = np.full((420, 700), 255, np.uint8)
    for x in DOWN:
        grey[top : ACROSS[-1] + 2, x : x + 2] = 0
    for y in ACROSS:
        grey[y : y + 2, DOWN[0] : DOWN[-1] + 2] = 0
    return grey


def test_a_table_has_its_lines() -> None:
    lines = lines_in(table())
    assert sorted(round(y) for _, y, _, _ in lines.across) == [y + 1 for y in ACROSS]
    assert sorted(round(x) for x, *_ in lines.down) == [x + 1 for x in DOWN]


def test_lines_that_go_on_to_the_page_before_are_kept_together() -> None:
    """The first row after a page break has no line above it; its sides are as long as a row is high."""
    lines = lines_in(table(top=120))
    assert all(top < 125 for _, top, _, _ in lines.down)


def test_a_single_short_end_is_a_stroke_of_a_character() -> None:
    grey = table()
    grey[120:160, 250:252] = 0
    tops = {round(x): top for x, top, _, _ in lines_in(grey).down}
    assert tops[251] > 150


def test_rows_of_dense_characters_are_no_ruling() -> None:
    """Strokes above each other, with hardly any paper between them, as in print of seven points."""
    grey = table()
    chance = np.random.default_rng(0)
    for row in range(165, 338):
        if not any(y - 3 <= row <= y + 4 for y in ACROSS):
            for x in range(112, 240, 4):
                grey[row, x : x + 2] = 0 if chance.random() < 0.8 else 255
    inside = [x for x, *_ in lines_in(grey).down if 105 < x < 245]
    assert inside == []


def test_a_character_close_to_a_ruling_is_ink() -> None:
    grey = table()
    grey[180:200, 258:262] = 0
    assert lines_in(grey).text[180:200, 258:262].any()
