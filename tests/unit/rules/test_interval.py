from __future__ import annotations

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.interval import exactly, rounded, share_agrees, total


@pytest.mark.parametrize(
    ("part", "whole", "percentage", "agrees"),
    [
        (106, 157, "67.5", True),  # luozhuang, 予以公开
        (8, 157, "5.1", True),
        (34, 157, "21.7", True),
        (3, 76, "4", True),
        (3, 76, "4.0", False),
        (12, 52, "23.08", True),
        (13, 52, "25", True),
        (107, 303, "38.8", False),
        (1, 80, "1.1", False),
        (1, 8, "12.5", True),
        (1, 8, "13", True),  # half up
        (1, 8, "12", True),  # half to even
        (1, 8, "14", False),
    ],
)
def test_shares_as_printed(part: int, whole: int, percentage: str, agrees: bool) -> None:  # noqa: FBT001
    assert share_agrees(part, whole, Decimal(percentage)) is agrees


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.integers(0, 4))
def test_every_correctly_rounded_share_agrees_and_the_next_ones_do_not(
    part: int, whole: int, digits: int
) -> None:
    unit = Decimal(1).scaleb(-digits)
    with localcontext(prec=60):
        exact = Decimal(part) / Decimal(whole) * 100
        for mode in (ROUND_HALF_UP, ROUND_HALF_EVEN):
            assert share_agrees(part, whole, exact.quantize(unit, mode))
        nearest = exact.quantize(unit)
        assert not share_agrees(part, whole, nearest + 2 * unit)
        assert not share_agrees(part, whole, nearest - 2 * unit)


def test_trailing_zeros_narrow_the_interval() -> None:
    assert rounded(Decimal("4")).high - rounded(Decimal("4")).low == 1
    assert rounded(Decimal("4.00")).high - rounded(Decimal("4.00")).low == Fraction(1, 100)


@given(
    part=st.integers(0, 10**6),
    whole=st.integers(-5, 10**6).filter(bool),
    percentage=st.decimals(-1, 201, places=3)
    | st.decimals(0, 100, places=1)
    | st.integers(0, 100).map(Decimal),
)
def test_whole_numbers_are_judged_as_their_intervals_are(part: int, whole: int, percentage: Decimal) -> None:
    meets = rounded(percentage).meets(exactly(Fraction(100 * part, whole)))
    assert share_agrees(part, whole, percentage) is meets


def test_no_digit_of_a_long_percentage_is_lost() -> None:
    third = "33." + "3" * 40
    assert share_agrees(1, 3, Decimal(third))
    assert not share_agrees(1, 3, Decimal(third[:-1] + "5"))


def test_a_share_of_nothing_is_no_share() -> None:
    with pytest.raises(ZeroDivisionError):
        share_agrees(0, 0, Decimal(0))


def test_a_sum_is_as_wide_as_its_terms_together() -> None:
    assert total([]) == exactly(0)
    assert total([exactly(3), exactly(4)]) == exactly(7)
    both = total([exactly(3), rounded(Decimal("1.5")), rounded(Decimal("2.0"))])
    assert (both.low, both.high) == (Fraction("6.4"), Fraction("6.6"))
