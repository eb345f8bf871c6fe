"""Rows whose figures each stand behind the name of their column."""

from __future__ import annotations

import pytest

from extractor.layout.items.items import Kind
from tests.helpers.layout_pages import items_on

NAMES = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
ONE, TWO = "一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量"


def row(label: str, figures: str, names: tuple[str, ...] = NAMES, between: str = "") -> str:
    pairs = zip(names, figures.split(), strict=True)
    return f"{label}：{'，'.join(f'{name}{between}{figure}' for name, figure in pairs)}。\n"


def read(text: str) -> tuple[list[str], list[str]]:
    """The names above the rows, and the figures."""
    items = items_on(text)
    header = [item for item in items if item.label is not None and item.label.names_column]
    slots = [text[item.start : item.end] for item in items if item.kind is Kind.SLOT]
    return [text[item.start : item.end] for item in header], slots


@pytest.mark.parametrize("between", ["", " ", "："])
def test_names_stand_above_the_figures_of_all_rows(between: str) -> None:
    text = row(ONE, "159 18 2 0 3 1 183", between=between) + row(TWO, "8 2 0 0 0 0 10", between=between)
    assert read(text)[0] == list(NAMES)
    assert " ".join(read(text)[1]) == "159 18 2 0 3 1 183 8 2 0 0 0 0 10"


@pytest.mark.parametrize("bullet", ["- ", "* ", "• "])
def test_bullets_of_a_list_are_no_part_of_its_rows(bullet: str) -> None:
    text = bullet + row(ONE, "159 18 2 0 3 1 183", between=" ") + bullet + row(TWO, "8 2 0 0 0 0 10")
    assert read(text)[0] == list(NAMES)
    assert " ".join(read(text)[1]) == "159 18 2 0 3 1 183 8 2 0 0 0 0 10"


def test_they_stand_in_the_order_of_the_page() -> None:
    names = ("商业企业", "自然人", *NAMES[2:])
    text = row(ONE, "18 159 2 0 3 1 183", names) + row(TWO, "2 8 0 0 0 0 10", names)
    assert read(text)[0] == list(names)


def test_units_behind_the_figures_of_many_rows_are_left_out() -> None:
    labels = [ONE, TWO, "（一）予以公开", "1.属于国家秘密", "（七）总计"]
    text = "".join(row(label, "1件 2件 0件 0件 0件 3件 6件") for label in labels)
    two = "行政复议：结果维持2件；结果纠正0件；其他结果0件；尚未审结1件；总计3件\n"
    names, figures = read(text + two)
    assert names == [*NAMES, "结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    assert " ".join(figures) == "1 2 0 0 0 3 6 " * 5 + "2 0 0 1 3"


@pytest.mark.parametrize(
    "text",
    [
        # Rows that name other columns, or the same ones in another order.
        row(ONE, "159 18 2 0 3 1 183") + row(TWO, "2 8 0 0 0 0 10", ("商业企业", "自然人", *NAMES[2:])),
        row(ONE, "159 18 2 0 3 1 183") + f"{TWO}：自然人8，商业企业2，总计10。\n",
        # A name that the form hasn't; figures before their names; a sentence that goes on.
        row(ONE, "159 18 2 0 3 1 183", ("自然人", "商业银行", *NAMES[2:])),
        f"{ONE}：159自然人，18商业企业，2科研机构，180总计。\n",
        row(ONE, "159 18 2 0 3 1 183").replace("。", "，另有上年7。"),
        row(ONE, "159件 18件 2件 0件 3件 1件 183件"),
    ],
)
def test_else_nothing_is_taken_for_a_row(text: str) -> None:
    assert read(text)[1] == []
