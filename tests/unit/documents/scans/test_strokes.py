"""What the shape of ink tells: slashes, dashes, and ink that nobody has read."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from extractor.documents.scans.ink import Ink
from extractor.documents.scans.strokes import bears_out, has_commas, has_minus, is_seven, stroke_in

HEIGHT = 32.0


def drawn(*lines: tuple[tuple[int, int], tuple[int, int]]) -> Ink:
    """Strokes three pixels thick in a box of 40 by 40."""
    ink = np.zeros((40, 40), np.uint8)
    for start, end in lines:
        cv2.line(ink, start, end, 255, 3)
    return ink


SLASH = drawn(((12, 30), (20, 8)))
ONE = drawn(((16, 8), (16, 30)))
SEVEN = drawn(((8, 8), (20, 8)), ((20, 8), (14, 30)))


@pytest.mark.parametrize(
    ("ink", "mark"),
    [
        (SLASH, "/"),
        (drawn(((8, 20), (16, 20))), "-"),
        (drawn(((6, 20), (32, 20))), "—"),
        (ONE, None),
        (SEVEN, None),
        (drawn(((12, 30), (20, 8)), ((30, 8), (30, 30))), None),
        (np.zeros((40, 40), np.uint8), None),
    ],
    ids=["slash", "hyphen", "dash", "one", "seven", "slash and one", "nothing"],
)
def test_a_mark_is_told_by_its_shape_alone(ink: Ink, mark: str | None) -> None:
    assert stroke_in(ink, HEIGHT) == mark


@pytest.mark.parametrize(
    ("figure", "ink", "is_borne_out"),
    [
        ("1", ONE, True),
        ("1", SLASH, False),
        ("7", SEVEN, True),
        ("7", SLASH, False),
        # A sign that no reader has seen.
        ("1", drawn(((4, 20), (10, 20)), ((20, 8), (20, 30))), False),
        ("-1", drawn(((4, 20), (10, 20)), ((20, 8), (20, 30))), True),
        # A sign that touches its digit.
        (
            "8",
            drawn(
                ((20, 10), (30, 10)),
                ((20, 28), (30, 28)),
                ((20, 10), (20, 28)),
                ((30, 10), (30, 28)),
                ((10, 19), (20, 19)),
            ),
            False,
        ),
        # A digit in two halves, and two digits as one that was read.
        ("0", drawn(((12, 12), (12, 28)), ((17, 12), (17, 28))), True),
        ("0", drawn(((8, 12), (8, 28)), ((18, 12), (18, 28))), False),
        # Two digits that touch are one piece of ink.
        ("11", drawn(((10, 8), (10, 30)), ((20, 8), (20, 30)), ((10, 29), (20, 29))), True),
        # The figures of two columns; and one digit behind a ruling, which is taken for a 1.
        ("11", drawn(((4, 8), (4, 30)), ((24, 8), (24, 30))), False),
        ("11", drawn(((10, 8), (10, 30)), ((18, 8), (18, 30))), True),
        ("11", drawn(((10, 2), (10, 37)), ((18, 10), (18, 30))), False),
        # Behind a sign digits touch, as 1 and 4 do; a digit touches a ruling.
        ("-11", drawn(((4, 19), (10, 19)), *(((x, 8), (x, 30)) for x in (20, 24))), True),
        ("-11", drawn(((4, 19), (10, 19)), ((20, 8), (20, 30)), ((24, 2), (24, 38))), False),
        # Both readers take a 7 for a 1, as one does in its row and in the total of that.
        ("1", SEVEN, False),
        # A digit that was half lost isn't a zero before others.
        ("0,111", drawn(*(((x, 10), (x, 26)) for x in (4, 20, 28, 36)), ((12, 26), (11, 31))), False),
        ("6,111", drawn(*(((x, 10), (x, 26)) for x in (4, 20, 28, 36)), ((12, 26), (11, 31))), True),
    ],
)
def test_a_figure_is_borne_out_by_its_ink(figure: str, ink: Ink, is_borne_out: bool) -> None:  # noqa: FBT001
    assert bears_out(figure, ink, HEIGHT) == is_borne_out


def test_a_speck_is_no_sign() -> None:
    ink = drawn(((20, 8), (20, 30)))
    ink[19:21, 4:7] = 255
    assert bears_out("1", ink, HEIGHT)


def test_a_speck_above_or_below_a_digit_makes_it_no_taller() -> None:
    ink = drawn(((8, 12), (8, 28)), ((20, 12), (20, 28)))
    ink[37:39, 20:22] = 255
    assert bears_out("11", ink, HEIGHT)


@pytest.mark.parametrize(
    ("rows", "is_borne_out"),
    [
        ((8, 26), True),
        # More ink than paper, or more pieces: what is left of a character, or of a ruling.
        ((8, 18), False),
        ((8, 27, 34), False),
    ],
)
def test_two_specks_with_much_paper_between_are_no_character(
    rows: tuple[int, ...],
    is_borne_out: bool,  # noqa: FBT001
) -> None:
    ink = drawn(((20, 8), (20, 30)))
    for top in rows:
        ink[top : top + 4, 8:12] = 255
    assert bears_out("1", ink, HEIGHT) == is_borne_out


@pytest.mark.parametrize(
    ("ink", "expected"),
    [
        (SEVEN, True),
        # Upright, of a font whose foot is straight, and leaning.
        (drawn(((8, 8), (20, 8)), ((20, 8), (20, 14)), ((20, 14), (12, 30))), True),
        (drawn(((12, 8), (26, 8)), ((26, 8), (12, 30))), True),
        # A 1 with a flag, short and long; with a flag and a foot; leaning with both; a slash; nothing.
        (drawn(((16, 8), (16, 30)), ((16, 8), (9, 12))), False),
        (drawn(((20, 8), (20, 30)), ((20, 8), (6, 12))), False),
        (drawn(((16, 8), (16, 30)), ((16, 8), (9, 12)), ((9, 30), (23, 30))), False),
        (drawn(((20, 8), (14, 30)), ((20, 8), (11, 12)), ((8, 30), (21, 30))), False),
        (SLASH, False),
        (np.zeros((40, 40), np.uint8), False),
    ],
)
def test_a_seven_has_a_bar_and_a_foot_left_of_its_end(ink: Ink, *, expected: bool) -> None:
    assert is_seven(ink) == expected


def test_a_dotted_ruling_is_taller_than_a_digit() -> None:
    ink = drawn(((18, 12), (18, 28)))
    for top in range(2, 38, 6):
        ink[top : top + 2, 9:11] = 255
    assert not bears_out("11", ink, HEIGHT)


FOUR = drawn(((26, 8), (26, 30)), ((26, 8), (14, 24)), ((14, 24), (30, 24)))
EIGHT = drawn(((20, 10), (30, 10)), ((20, 28), (30, 28)), ((20, 10), (20, 28)), ((30, 10), (30, 28)))


@pytest.mark.parametrize(
    ("digit", "ink", "is_minus"),
    [
        ("8", EIGHT | drawn(((8, 19), (14, 19))), True),
        # It touches the digit.
        ("8", EIGHT | drawn(((10, 19), (20, 19))), True),
        ("8", EIGHT, False),
        ("4", FOUR, False),
        ("4", FOUR | drawn(((4, 24), (14, 24))), True),
        # Of a font with a long tip; before another digit it is a sign.
        ("4", FOUR | drawn(((10, 24), (14, 24))), False),
        ("8", EIGHT | drawn(((15, 24), (20, 24))), True),
        ("7", SEVEN, False),
        # Too high, too low, too far off, and too long: what else may be left of a digit.
        ("8", EIGHT | drawn(((8, 9), (14, 9))), False),
        ("8", EIGHT | drawn(((8, 30), (14, 30))), False),
        ("1", drawn(((34, 8), (34, 30)), ((2, 19), (10, 19))), False),
        ("1", drawn(((34, 8), (34, 30)), ((2, 19), (30, 19))), False),
        ("1", drawn(((8, 19), (14, 19))), False),
        ("1", np.zeros((40, 40), np.uint8), False),
    ],
)
def test_a_minus_is_told_by_its_shape(digit: str, ink: Ink, is_minus: bool) -> None:  # noqa: FBT001
    assert has_minus(ink, HEIGHT, digit) == is_minus


FAR_APART = drawn(((3, 8), (3, 28)), ((17, 8), (17, 28)), ((31, 8), (31, 28)))
DIGITS = drawn(((6, 8), (6, 28)), ((22, 8), (22, 28)), ((30, 8), (30, 28)))


@pytest.mark.parametrize(
    ("figure", "ink", "are_commas", "are_if_sure"),
    [
        ("1,11", DIGITS | drawn(((14, 28), (13, 33))), True, True),
        ("1,11", DIGITS | drawn(((14, 28), (14, 28))), False, False),
        # A point that stands a little lower, as on paper that lies askew; or a comma on coarse paper.
        ("1,11", DIGITS | drawn(((14, 29), (14, 29))), False, True),
        # One of each; one where two were read; none; nothing.
        ("1,1,1", DIGITS | drawn(((14, 28), (13, 33)), ((26, 28), (26, 28))), False, False),
        ("1,1.1", FAR_APART | drawn(((10, 28), (9, 33)), ((24, 28), (24, 28))), True, True),
        ("1.1,1", FAR_APART | drawn(((10, 28), (9, 33)), ((24, 28), (24, 28))), False, False),
        ("1,1,1", DIGITS | drawn(((14, 28), (13, 33))), False, False),
        ("1,11", DIGITS, False, False),
        ("1,11", np.zeros((40, 40), np.uint8), False, False),
    ],
)
def test_commas_hang_below_digits_and_points_do_not(
    figure: str, ink: Ink, *, are_commas: bool, are_if_sure: bool
) -> None:
    assert has_commas(figure, ink, is_sure=False) == are_commas
    assert has_commas(figure, ink, is_sure=True) == are_if_sure
