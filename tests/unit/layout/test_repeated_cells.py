"""Merged cells that a converter repeats stand once."""

from __future__ import annotations

from extractor.layout.items.items import Kind
from extractor.layout.items.repeated_cells import without_repeated_cells
from tests.helpers.layout_pages import items_on

HEAD = "信息内容\t本年处理决定数量\t本年处理决定数量\t本年处理决定数量\n"


def slots_of(text: str) -> list[str]:
    """The figures that are left."""
    items = without_repeated_cells(items_on(text), text)
    return [text[item.start : item.end] for item in items if item.kind is Kind.SLOT]


def test_the_same_figure_below_the_same_label_is_one() -> None:
    assert slots_of(f"{HEAD}行政处罚\t87\t87\t87\n行政强制\t\t\t\n") == ["87", ""]


def test_other_figures_are_other_cells() -> None:
    assert slots_of(f"{HEAD}行政处罚\t87\t87\t87\n行政强制\t4\t4\t5\n") == ["87", "87", "87", "4", "4", "5"]


def test_labels_with_another_column_between_are_two() -> None:
    text = "信息内容\t本年处理决定数量\t备注\t本年处理决定数量\n行政处罚\t87\t5\t87\n"
    assert slots_of(text) == ["87", "5", "87"]


def test_the_same_figure_below_other_labels_stays() -> None:
    text = "信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n规章\t2\t2\t2\n"
    assert slots_of(text) == ["2", "2", "2"]


def test_they_are_so_on_lines_without_a_grid() -> None:
    text = f"{HEAD}行政处罚\t87\t87\t87\n行政强制\t4\t4\t4\n".replace("\t", "    ")
    assert slots_of(text) == ["87", "4"]


def test_other_figures_on_such_lines_are_other_cells() -> None:
    text = f"{HEAD}行政处罚\t87\t87\t87\n行政强制\t4\t4\t5\n".replace("\t", "    ")
    assert slots_of(text) == ["87", "87", "87", "4", "4", "5"]
