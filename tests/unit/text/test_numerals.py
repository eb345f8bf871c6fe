"""Numbers as Chinese texts write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.text.numerals import value_of

_DIGITS = "零一二三四五六七八九"


def in_chinese(number: int) -> str:
    """A number below 100 million as it is read aloud: 10203 is 一万零二百零三."""
    if number >= 10**4:
        myriads, rest = divmod(number, 10**4)
        zero = "零" if 0 < rest < 10**3 else ""
        return f"{in_chinese(myriads)}万{zero}{in_chinese(rest) if rest else ''}"
    written, is_open = "", False
    for place, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            written += ("零" if is_open and written else "") + _DIGITS[digit] + word
        is_open = not digit
    return written


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("1234", 1234),
        ("1,234", 1234),
        ("12,345,678", 12345678),
        ("0", 0),
        ("14.2万", 142000),
        ("14万", 140000),
        ("1.2亿", 120000000),
        ("3千", 3000),
        ("2千万", 20000000),
        ("三", 3),
        ("两", 2),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("一百零五", 105),
        ("三百五", 350),
        ("一千零五十", 1050),
        ("两千三百", 2300),
        ("一万二", 12000),
        ("一万二千", 12000),
        ("三亿五千万", 350000000),
        ("二〇二三", 2023),
        ("零", 0),
    ],
)
def test_a_number_has_its_value(printed: str, value: int) -> None:
    assert value_of(printed) == value
    assert isinstance(value_of(printed), int)


@pytest.mark.parametrize(
    ("printed", "digits"), [("67.5", "67.5"), ("4.0", "4.0"), ("1,234.50", "1234.50"), ("五点六", "5.6")]
)
def test_printed_decimals_stay(printed: str, digits: str) -> None:
    assert str(value_of(printed)) == digits


@pytest.mark.parametrize("printed", ["", "条", "三条", "五点", "五点十", "点五"])
def test_what_is_no_number_has_no_value(printed: str) -> None:
    assert value_of(printed) is None


@given(st.integers(1, 10**8 - 1))
def test_every_way_of_writing_a_number_is_read_back(number: int) -> None:
    written = in_chinese(number)
    short = written.removeprefix("一") if written.startswith("一十") else written
    assert value_of(written) == value_of(short) == number
    assert value_of(written.replace("二百", "两百").replace("二千", "两千")) == number
    assert value_of(str(number)) == value_of(f"{number:,}") == number


@given(st.integers(1, 9999), st.integers(0, 99), st.sampled_from([("万", 10**4), ("亿", 10**8)]))
def test_a_multiplier_multiplies(whole: int, decimals: int, multiplier: tuple[str, int]) -> None:
    word, factor = multiplier
    assert value_of(f"{whole}.{decimals:02}{word}") == Decimal(f"{whole}.{decimals:02}") * factor
