"""Rows that stand in one, a line each in every cell."""

from __future__ import annotations

import pytest

from extractor.documents.stacked_rows import rows_apart

LABELS = "1.属于国家秘密\n2.其他法律行政法规禁止公开"


def cut(*cells: str) -> list[list[str]]:
    return [[text for text, _ in row] for row in rows_apart([[(cell, None) for cell in cells]])]


def test_a_line_of_each_cell_is_a_row_and_a_group_reaches_down() -> None:
    assert cut("（三）不予公开", LABELS, "8\n0", "0\n-", "8\n0") == [
        ["（三）不予公开", "1.属于国家秘密", "8", "0", "8"],
        ["2.其他法律行政法规禁止公开", "0", "-", "0"],
    ]


@pytest.mark.parametrize(
    "cells",
    [
        # A label broken over lines beside numbers broken over lines.
        ("2.其他法律行政法规\n禁止公开", "13\n5", "12\n8", "26\n3"),
        # One cell has a line less, and there are two cells of figures only.
        (LABELS, "8\n0", "0", "8\n0", "1\n1"),
        (LABELS, "8\n0", "8\n0", "备注\n备注"),
    ],
)
def test_other_lines_are_no_rows(cells: tuple[str, ...]) -> None:
    assert cut(*cells) == [list(cells)]
