from __future__ import annotations

from decimal import Decimal

import pytest

from extractor.text.figures import is_figure, is_furniture, parse_figure
from rules.form import Column

COUNT = Column(id="n", label="数", en="n")
CHANGE = Column(id="change", label="增减", en="change", signed=True)
MONEY = Column(id="money", label="金额", en="money", unit="万元", decimals=True)


@pytest.mark.parametrize(
    ("printed", "column", "state", "value", "unit"),
    [
        ("0", COUNT, "number", 0, None),
        ("33710", COUNT, "number", 33710, None),
        ("1,234", COUNT, "number", 1234, None),
        ("１２３", COUNT, "number", 123, None),
        ("１，２３４", COUNT, "number", 1234, None),
        ("12\u200b3", COUNT, "number", 123, None),
        ("22（其中修订16件）", COUNT, "number", 22, None),
        ("20（上年18）", COUNT, "number", 20, None),
        ("22（含上年结转1件）", COUNT, "number", 22, None),
        # What a cell says of itself: it is no figure of this year, or none that is right.
        ("161（2022年）", COUNT, "number", None, None),
        ("161（上年数）", COUNT, "number", None, None),
        ("161（历年累计）", COUNT, "number", None, None),
        ("17（应为18）", COUNT, "number", None, None),
        ("17（更正：18）", COUNT, "number", None, None),
        # Or one in hundreds, without all that it counts, or void: whatever brackets say that isn't known.
        *((f"14（{words}）", COUNT, "number", None, None) for words in ("万件", "百件", "单位：万件", "万")),
        *(
            (f"14（{words}）", COUNT, "number", None, None)
            for words in ("实际16", "误", "作废", "不计", "%", "减")
        ),
        ("14（均为网上申请）", COUNT, "number", 14, None),
        ("14（单位：件）", COUNT, "number", 14, None),
        ("14（件）", COUNT, "number", 14, None),
        ("（14）", COUNT, "number", 14, None),
        ("（14）", CHANGE, "number", None, None),
        ("14（减）", CHANGE, "number", None, None),
        ("১৪", COUNT, "number", None, None),
        ("2\u200f1", COUNT, "unread", None, None),
        ("5件", COUNT, "number", 5, "件"),
        ("3万元", COUNT, "number", None, "万元"),
        ("3%", COUNT, "number", None, "%"),
        ("8.0", COUNT, "number", 8, None),
        ("8.5", COUNT, "number", None, None),
        ("-3", COUNT, "number", None, None),
        ("减3", COUNT, "number", None, None),
        ("1,23", COUNT, "number", None, None),
        ("1O7", COUNT, "number", None, None),
        ("1 234", COUNT, "number", None, None),
        ("12.3.4", COUNT, "number", None, None),
        ("", COUNT, "blank", None, None),
        # A picture stands there, or the digits run from right to left.
        ("\ufffc", COUNT, "unread", None, None),
        ("12\ufffc", COUNT, "unread", None, None),
        ("\u202e12", COUNT, "unread", None, None),
        ("\u202a12\u202c", COUNT, "number", 12, None),
        ("/", COUNT, "mark", None, None),
        ("-", COUNT, "mark", None, None),
        ("—", COUNT, "mark", None, None),
        ("——", COUNT, "mark", None, None),
        ("无", COUNT, "mark", None, None),
        ("零", COUNT, "number", 0, None),
        ("〇", COUNT, "number", 0, None),
        ("O", COUNT, "number", 0, None),
        ("１O", COUNT, "number", None, None),
        ("○", COUNT, "unread", None, None),
        ("不涉及", COUNT, "mark", None, None),
        # A note is led to, whatever it says.
        ("41①", COUNT, "number", 41, None),
        ("6（其中修订2件）②", COUNT, "number", 6, None),
        ("①", COUNT, "number", None, None),
        ("４１，３５０", COUNT, "number", 41350, None),
        ("未增未减", CHANGE, "unread", None, None),
        ("0（未增未减）", CHANGE, "number", 0, None),
        ("5（未增未减）", CHANGE, "number", None, None),
        ("0（未统计）", COUNT, "number", None, None),
        ("0（无数据）", COUNT, "number", None, None),
        ("十二", COUNT, "number", None, None),
        ("½", COUNT, "number", None, None),
        ("一般", COUNT, "unread", None, None),
        ("減3", CHANGE, "number", -3, None),
        ("減3", COUNT, "number", None, None),
        ("1633.44萬元", MONEY, "number", Decimal("1633.44"), "万元"),
        ("减3", CHANGE, "number", -3, None),
        ("↓3", CHANGE, "number", -3, None),
        ("↑2", CHANGE, "number", 2, None),
        ("↓3", COUNT, "number", None, None),
        ("±0", CHANGE, "number", 0, None),
        ("±3", CHANGE, "number", None, None),
        ("±0.5", MONEY, "number", None, None),
        ("增7", CHANGE, "number", 7, None),
        ("增15", CHANGE, "number", 15, None),
        ("减少208", CHANGE, "number", -208, None),
        ("+62", CHANGE, "number", 62, None),
        ("－11", CHANGE, "number", -11, None),
        ("0", CHANGE, "number", 0, None),
        ("+(0) -(0)", CHANGE, "number", None, None),
        ("1633.444944", MONEY, "number", Decimal("1633.444944"), None),
        ("18.8710", MONEY, "number", Decimal("18.8710"), None),
        ("6849", MONEY, "number", 6849, None),
        ("251000元", MONEY, "number", 251000, "元"),
        ("1,633.44万元", MONEY, "number", Decimal("1633.44"), "万元"),
    ],
)
def test_printed_figures(
    printed: str, column: Column, state: str, value: int | Decimal | None, unit: str | None
) -> None:
    parsed = parse_figure(printed, column.figures)
    assert (parsed.state, parsed.value, parsed.unit) == (state, value, unit)
    assert type(parsed.value) is type(value)
    if isinstance(value, Decimal):
        assert str(parsed.value) == str(value)


@pytest.mark.parametrize(
    "text", ["0", "减3", "1,234", "/", "无", "1O7", "12.3.4", "251000元", "+(0) -(0)", "１２", "O"]
)
def test_what_counts_as_a_figure(text: str) -> None:
    assert is_figure(text)


@pytest.mark.parametrize(
    "text", ["规章", "1.", "(一)", "1、", "第3页", "2023年", "其他", "数据1", "97件以上", "一、", "", "OK"]
)
def test_what_does_not(text: str) -> None:
    assert not is_figure(text)


@pytest.mark.parametrize(
    ("text", "is_page"),
    [("— 4 —", True), ("-4-", True), ("第 4 页", True), ("第4页/共9页", True), ("4", False), ("-4", False)],
)
def test_page_numbers(text: str, is_page: bool) -> None:  # noqa: FBT001
    assert is_furniture(text) is is_page
