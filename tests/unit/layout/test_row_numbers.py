"""Lines that count the columns of a table hold no figures of it."""

from __future__ import annotations

import pytest

from extractor.layout.items.items import Kind
from extractor.layout.items.row_numbers import without_column_numbers
from tests.helpers.layout_pages import items_on


def slots_of(text: str) -> list[str]:
    """The figures that are left."""
    items = without_column_numbers(items_on(text), text)
    return [text[item.start : item.end] for item in items if item.kind is Kind.SLOT]


@pytest.mark.parametrize(
    "line", ["栏次 | 1 | 2 | 3 | 4 | 5 | 6 | 7", "(1) (2) (3) (4) (5)", "1\t2\t3\t4\t5\t6\t7"]
)
def test_a_line_that_counts_from_one_is_none_of_the_figures(line: str) -> None:
    assert slots_of(f"{line}\n一、本年新收政府信息公开申请数量 | 8 | 0\n") == ["8", "0"]


@pytest.mark.parametrize(
    "line",
    ["重复申请 | 1 | 2 | 3 | 4 | 5", "1 | 2 | 3 | 4", "0 | 1 | 2 | 3 | 4", "合计 | 1 | 2 | 3 | 4 | 5 | 6"],
)
def test_a_row_with_a_label_or_other_figures_stays(line: str) -> None:
    assert len(slots_of(f"{line}\n")) == line.count("|") + (line[0] in "01")


def test_figures_with_blanks_behind_them_are_a_row_s() -> None:
    assert slots_of("1\t2\t3\t4\t5\t\t\n") == ["1", "2", "3", "4", "5", "", ""]
    assert slots_of("\t\t1\t2\t3\t4\t5\n") == []
