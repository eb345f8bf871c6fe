"""Labels of groups in narrow cells: their pieces are left out where they are one label together."""

from __future__ import annotations

import pytest

from extractor.layout.items.items import Kind
from tests.helpers.layout_pages import items_on

FIGURES = " 1  2  3  4  5  6  21"


def rows_of(text: str) -> list[frozenset[str]]:
    """The rows that the labels of a page can name, in reading order."""
    return [item.label.all_rows for item in items_on(text) if item.label is not None and item.label.names_row]


def words_of(text: str) -> list[str]:
    """The words of a page that are no label."""
    return [text[item.start : item.end] for item in items_on(text) if item.kind is Kind.TEXT]


@pytest.mark.parametrize("gap", [" ", "   "], ids=["a blank", "several"])
def test_pieces_before_the_labels_of_several_rows_are_left_out(gap: str) -> None:
    text = (
        f"三、本{gap}（一）予以公开 {FIGURES}\n年度办{gap}（二）部分公开 {FIGURES}\n"
        f"理结果{gap}（三）{gap}1.属于国家秘密 {FIGURES}\n不予公{gap}4.保护第三方合法权益 {FIGURES}\n"
        f"开{gap}5.属于三类内部事务信息 {FIGURES}\n"
    )
    assert rows_of(text) == [
        {"granted"},
        {"partially_granted"},
        {"refused.state_secret"},
        {"refused.third_party_rights"},
        {"refused.internal_affairs"},
    ]
    assert words_of(text) == []


def test_a_piece_may_be_a_label_by_itself() -> None:
    """其他 behind an ordinal names a row, and here the beginning of a group."""
    text = (
        f"(六)其他  2.申请人逾期未按收费通知要求缴 {FIGURES}\n"
        "处理  纳费用、行政机关不再处理其政府信息公开申请\n"
    )
    assert rows_of(text) == []
    assert words_of(text) == ["2.申请人逾期未按收费通知要求缴", "纳费用、行政机关不再处理其政府信息公开申请"]


def test_pieces_may_be_single_characters_and_marks() -> None:
    cell = "三、本年度办理结果"
    labels = [
        "（一）予以公开",
        "（二）部分公开",
        "1.属于国家秘密",
        "4.保护第三方合法权益",
        "5.属于三类内部事务信息",
    ]
    lines = [f"{piece} {label} {FIGURES}" for piece, label in zip(cell, labels, strict=False)]
    text = "\n".join([*lines, *cell[len(labels) :]]) + "\n"
    assert len(rows_of(text)) == len(labels)
    assert words_of(text) == []


def test_a_label_around_pieces_of_a_group_is_whole() -> None:
    text = f"（三）  1.属于国家秘密 {FIGURES}\n不予公  2.其他法律行政法规禁止公 {FIGURES}\n  开  开\n"
    assert rows_of(text) == [{"refused.state_secret"}]
    assert words_of(text) == ["2.其他法律行政法规禁止公", "开"]


@pytest.mark.parametrize(
    "text",
    [
        # A group's label that isn't whole may be something else.
        f"三、本  （一）予以公开 {FIGURES}\n年度办  （二）部分公开 {FIGURES}\n",
        # The pieces are in another order.
        f"三、本  （一）予以公开 {FIGURES}\n理结果  （二）部分公开 {FIGURES}\n"
        f"年度办  1.属于国家秘密 {FIGURES}\n",
    ],
)
def test_pieces_that_are_no_label_together_are_kept(text: str) -> None:
    assert "三、本" in words_of(text)


def test_a_row_that_is_a_group_elsewhere_keeps_its_broken_label() -> None:
    """（六）其他处理 is a row of the form of 2019, and a group of that of 2021."""
    text = f"（六）其他\n处理 {FIGURES}\n（七）总计 {FIGURES}\n"
    assert {"other_combined"} in rows_of(text)


def test_the_end_of_what_may_be_a_row_is_kept_before_its_figures() -> None:
    assert words_of(f"（六）其  备注\n他处理 {FIGURES}\n") == ["（六）其", "备注", "他处理"]
