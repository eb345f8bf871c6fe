"""Figures in lists: cut where a comma can't group the digits of a number, and nowhere else."""

from __future__ import annotations

import pytest

from extractor.layout.words.figure_lists import stretches


def figures(text: str, *, lists: bool = True) -> list[str]:
    return [text[start:end] for start, end, is_figure in stretches(text, lists=lists) if is_figure]


def words(text: str) -> list[str]:
    return [text[start:end] for start, end, is_figure in stretches(text, lists=True) if not is_figure]


@pytest.mark.parametrize("between", ["，", "、", ",", "；", ";"])
def test_figures_in_a_list_are_single_ones(between: str) -> None:
    row = ["12", "0", "3", "/", "-1", "6.5", "20"]
    assert figures(f"（一）予以公开 {between.join(row)}") == row
    assert words(f"（一）予以公开 {between.join(row)}") == ["（一）予以公开"]


def test_what_stands_before_and_behind_a_list_is_words() -> None:
    text = "规章：3、0、1；行政规范性文件2、0、5。"
    assert figures(text) == ["3", "0", "1", "2", "0", "5"]
    assert words(text) == ["规章", "行政规范性文件"]


@pytest.mark.parametrize("text", ["1,234", "12,345,678", "1,234.50", "0,1,234", "4,645,30,0", "1，234"])
def test_a_comma_that_may_group_digits_parts_nothing(text: str) -> None:
    assert figures(text) == [text]


def test_other_signs_part_numbers_that_are_grouped() -> None:
    assert figures("1,234、0、12,345") == ["1,234", "0", "12,345"]
    assert figures("1,234，0，12,345") == ["1,234", "0", "12,345"]


@pytest.mark.parametrize("text", ["0、0、1.属于国家秘密", "12、3%"])
def test_an_ordinal_or_a_share_ends_no_list(text: str) -> None:
    assert figures(text) == []


def test_in_a_cell_of_a_grid_several_figures_are_one_columns() -> None:
    assert figures("3、5", lists=False) == []
    assert figures("3，5，8", lists=False) == ["3，5，8"]


def test_a_full_stop_behind_the_last_figure_of_a_row_is_none_of_it() -> None:
    assert figures("行政处罚 12。") == ["12"]
    assert words("无。") == ["无。"]
