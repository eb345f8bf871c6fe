"""How far in labels of tables of pages begin, by where their cells stand."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from extractor.documents.pages.indents import PlacedLabel, indents_of

# A character is ten points wide, a column from 0 to 120.
WIDTH, RIGHT = 10.0, 120.0


def cell(text: str, left: float, right: float = RIGHT) -> PlacedLabel:
    return PlacedLabel(0, 0, 1, text, left, left + WIDTH * len(text), 0.0, right)


def found(labels: Sequence[PlacedLabel]) -> list[int]:
    """How far in each of some labels is, that stand below each other."""
    places = indents_of(label._replace(row=row) for row, label in enumerate(labels))
    return [places.get((row, 0), 0) for row in range(len(labels))]


def test_labels_are_as_far_in_as_they_begin_behind_others() -> None:
    column = [cell("公开信息数", 3), cell("网站公开", 23), cell("微信", 23), cell("申请", 3)]
    assert found(column) == [0, 4, 4, 0]


@pytest.mark.parametrize(
    "column",
    [
        [
            cell(text, (RIGHT - WIDTH * len(text)) / 2)
            for text in ("公开信息总数", "网站", "微信公开", "申请")
        ],
        [cell(text, RIGHT - 3 - WIDTH * len(text)) for text in ("公开信息总数", "网站", "微信公开", "申请")],
        [cell("公开信息数", 3), cell("合计", 50), cell("申请", 3)],
        [cell("公开信息数", 3), cell("收入支出", 43, 300), cell("申请", 3)],
        [cell("公开信息数", 3), cell("网站", 6), cell("申请", 3)],
    ],
    ids=["in the middle", "on the right", "one in the middle", "merged over columns", "hardly"],
)
def test_other_labels_are_none_further_in(column: list[PlacedLabel]) -> None:
    assert found(column) == [0] * len(column)


def test_columns_are_told_apart() -> None:
    labels = [cell("公开信息数", 3), cell("网站公开", 23)._replace(column=2, row=1)]
    assert indents_of(labels) == {}


ALIKE = ("当面", "互联网申请", "信函")


def test_labels_in_line_may_be_less_than_a_character_further_in() -> None:
    column = [cell("受理申请总数", 4), *(cell(text, 10.9) for text in ALIKE), cell("答复数", 4)]
    assert found(column) == [0, 2, 2, 2, 0]


@pytest.mark.parametrize(
    "column",
    [
        [cell("受理申请总数", 4), *(cell(text, 10.9) for text in ALIKE[:2]), cell("答复数", 4)],
        [cell("受理申请总数", 4), *(cell(f"（{text}", 10.9) for text in ALIKE), cell("答复数", 4)],
        [cell("受理申请总数", 4), *(cell(text, 9.4) for text in ALIKE), cell("答复数", 4)],
    ],
    ids=["two of them", "brackets, with room of their own", "hardly further"],
)
def test_labels_hardly_further_in_are_not(column: list[PlacedLabel]) -> None:
    assert found(column) == [0] * len(column)
