"""Rulings in a picture: those that are drawn, and none that characters imitate."""

from __future__ import annotations

from itertools import pairwise

import cv2
import numpy as np
import pytest

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


def test_a_line_with_a_speck_at_its_end_goes_on_to_the_page_before_as_the_others_do() -> None:
    grey = table(top=120)
    grey[111:120, 250:252] = 0
    assert all(115 < top < 125 for _, top, _, _ in lines_in(grey).down)


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


# Of one in dashes its lines across: pale lines are found by long parts of them; and of a low one.
ROWS, LOW = (160, 300, 360, 500), (160, 208, 256)


def dashed(rows: tuple[int, ...] = ROWS, left_out: tuple[int, int] = (0, 0)) -> Grey:
    """A table in pale dashes on grainy paper; its third line down is left out between two rows."""
    grey = np.full((600, 700), 255, np.uint8)
    lines = np.zeros(grey.shape, bool)
    lines[:, [x + i for x in DOWN for i in (0, 1)]] = True
    lines[: rows[0]] = lines[rows[-1] + 2 :] = False
    lines[:, : DOWN[0]] = lines[:, DOWN[-1] + 2 :] = False
    lines[left_out[0] : left_out[1], DOWN[2] : DOWN[2] + 2] = False
    for y in rows:
        lines[y : y + 2, DOWN[0] : DOWN[-1] + 2] = True
    down, across = np.indices(grey.shape)
    grey[lines & ((down + across) % 14 < 9)] = 150
    grain = np.random.default_rng(1).normal(0, 10, grey.shape)
    return (cv2.GaussianBlur(grey, (0, 0), 0.6) + grain).clip(0, 255).astype(np.uint8)


@pytest.mark.parametrize("rows", [ROWS, LOW])
def test_a_dashed_table_has_its_lines_whole(rows: tuple[int, ...]) -> None:
    lines = lines_in(dashed(rows))
    for found, wanted, length in (
        ([(y, x0, x1) for x0, y, x1, _ in lines.across], rows, DOWN[-1] - DOWN[0]),
        ([(x, y0, y1) for x, y0, _, y1 in lines.down], DOWN, rows[-1] - rows[0]),
    ):
        assert [round(at / 5) for at, *_ in sorted(found)] == [round(at / 5) for at in wanted]
        assert all(end - start >= length - 10 for _, start, end in found)


@pytest.mark.parametrize("strokes", [(), (399,), (390, 399, 408)], ids=["none", "丨", "川"])
def test_strokes_in_a_cell_over_two_columns_are_no_part_of_a_dashed_line(strokes: tuple[int, ...]) -> None:
    grey = dashed(left_out=(ROWS[1] + 2, ROWS[2]))
    for x in strokes:
        grey[ROWS[1] + 12 : ROWS[2] - 10, x : x + 3] = 40
    middle = (ROWS[1] + ROWS[2]) / 2
    third = [(y0, y1) for x, y0, _, y1 in lines_in(grey).down if abs(x - DOWN[2]) < 5]
    assert third
    assert not any(y0 < middle < y1 for y0, y1 in third)


def low_table(gap: int = 0) -> Grey:
    """Three low rows, the first of one cell; the line down below that leaves some pixels to the others."""
    grey = np.full((300, 700), 255, np.uint8)
    for y in (160, 184, 208, 232):
        grey[y : y + 2, 100:552] = 0
    grey[160:234, 100:102] = grey[160:234, 550:552] = 0
    for top, bottom in ((186, 208), (210, 232)):
        grey[top + gap : bottom - gap, 300:302] = 0
    return grey


def test_a_ruling_of_low_rows_is_told_by_those_at_its_ends() -> None:
    """It is no longer than a tall character, and would be taken for a 1 before the digit beside it."""
    grey = low_table()
    cv2.putText(grey, "0", (308, 204), cv2.FONT_HERSHEY_SIMPLEX, 0.5, 0, 2)
    lines = lines_in(grey)
    assert [(round(x), round(y0), round(y1)) for x, y0, _, y1 in lines.down if 105 < x < 545] == [
        (300, 185, 233)
    ]
    assert not lines.text[160:234, 298:304].any()


def test_strokes_with_paper_above_and_below_are_characters() -> None:
    assert not [x for x, *_ in lines_in(low_table(gap=5)).down if 105 < x < 545]


def test_strokes_beside_other_strokes_are_characters() -> None:
    """As high as the row, but of characters: there is ink right beside them."""
    grey = low_table()
    grey[186:232:6, 296:312] = 0
    assert not [x for x, *_ in lines_in(grey).down if 105 < x < 545]


def test_a_stroke_from_ruling_to_ruling_below_others_is_of_a_character() -> None:
    """The last characters of labels end below each other; in a low row one reaches from line to line."""
    rows = [100, 150, 200, 250, 274, 324, 374]
    grey = np.full((480, 700), 255, np.uint8)
    for y in rows:
        grey[y : y + 2, 100:552] = 60
    grey[100:376, 100:102] = grey[100:376, 400:402] = grey[100:376, 550:552] = 60
    for top, bottom in pairwise(rows):
        is_low = bottom - top < 40
        grey[top + 8 : bottom - 6 : 6, 290:300] = 60
        grey[top : bottom if is_low else top, 300:302] = 60
        if not is_low:
            middle = (top + bottom) // 2
            grey[top + 8 : middle - 2, 300:302] = grey[middle + 2 : bottom - 6, 300:302] = 60
    lines = lines_in(cv2.GaussianBlur(grey, (3, 3), 0).astype(np.uint8))
    assert not [line for line in lines.down if 280 < line[0] < 320]
    assert len(lines.down) == 3


def test_marks_below_each_other_beside_a_ruling_are_ink() -> None:
    """A slash in each of four low rows: together they are as long as a line."""
    grey = np.full((420, 700), 255, np.uint8)
    rows = [100, 124, 148, 172, 196]
    for x in DOWN:
        grey[rows[0] : rows[-1] + 2, x : x + 2] = 60
    for y in rows:
        grey[y : y + 2, DOWN[0] : DOWN[-1] + 2] = 60
    for y in rows[:-1]:
        cv2.line(grey, (DOWN[1] + 7, y + 21), (DOWN[1] + 10, y + 5), 60, 2)
    ink = lines_in(cv2.GaussianBlur(grey, (3, 3), 0).astype(np.uint8)).text
    assert all(np.count_nonzero(ink[y + 4 : y + 20, DOWN[1] + 5 : DOWN[1] + 13]) > 20 for y in rows[:-1])


def test_a_ruling_that_isnt_level_is_drawn_though_characters_nearly_touch_it() -> None:
    grey = np.full((300, 1400), 255, np.uint8)
    for y in (100, 124, 148):
        cv2.line(grey, (100, y), (1300, y + 5), 90, 2)
    for x in (100, 700, 1300):
        grey[100 + (x - 100) // 200 : 150 + (x - 100) // 200, x : x + 2] = 90
    for y in (104, 128):
        for x in range(110, 690, 9):
            grey[y + x // 200 : y + 17 + x // 200, x : x + 6] = 90
    heights = sorted(round(y) for _, y, _, _ in lines_in(grey).across)
    assert [height // 24 for height in heights] == [4, 5, 6]


def test_lines_that_hang_over_end_where_they_are_crossed() -> None:
    grey = table()
    for y in ACROSS:
        grey[y : y + 2, DOWN[0] - 6 : DOWN[-1] + 9] = 0
    ends = [(round(left), round(right)) for left, _, right, _ in lines_in(grey).across]
    assert ends == [(DOWN[0] + 1, DOWN[-1] + 1)] * len(ACROSS)
