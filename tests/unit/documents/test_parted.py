"""Text whose cells, and the tabs between them, each stand on a line of their own, as browsers copy them."""

from __future__ import annotations

import pytest

from extractor.documents.cutting import grids_of

TAB, ROW = "\n\n\t\n\n", "\n\n\n\n\n"
HEAD = TAB.join(["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"])
OTHERS = ROW.join(TAB.join(["行政规范性文件", "9", "4", "55"]) for _ in range(2))


def rows_of(text: str) -> list[list[str]]:
    """The cells of a text, by their rows."""
    rows: dict[int, list[str]] = {}
    for grid in grids_of(text):
        for cell in grid.cells:
            rows.setdefault(cell.row, []).append(text[cell.start : cell.end])
    return list(rows.values())


@pytest.mark.parametrize(
    ("printed", "cells"),
    [
        (TAB.join(["规章", "\u00a0", "3", "\u00a0"]), ["规章", "", "3", ""]),
        # Nothing at all stands in a blank cell, or a line break alone.
        ("规章\n\n\t\n\n\t\n\n3\n\n\t", ["规章", "", "3", ""]),
        ("规章\n\n\t\n\n\n\n\n\t\n\n3\n\n\t\n\n\n", ["规章", "", "3", ""]),
        (TAB.join(["规章", "1", "3", "4"]), ["规章", "1", "3", "4"]),
        # A cell of two paragraphs.
        (TAB.join(["规章", "未增\n\n未减", "3", "4"]), ["规章", "未增\n\n未减", "3", "4"]),
    ],
)
def test_between_two_tabs_is_one_cell(printed: str, cells: list[str]) -> None:
    rows = rows_of(ROW.join([HEAD, OTHERS, printed, OTHERS]))
    assert [row for row in rows if row[0] == cells[0]] == [cells]
    assert rows[1] == rows[-1] == ["行政规范性文件", "9", "4", "55"]


def test_words_between_two_tables_are_of_neither() -> None:
    text = ROW.join([HEAD, OTHERS]) + "\n\n三、收到和处理情况\n\n" + ROW.join([HEAD, OTHERS])
    rows = rows_of("一、总体情况\n\n" + text)
    assert rows[0] == ["一、总体情况"]
    assert rows[4:6] == [["三、收到和处理情况"], HEAD.split(TAB)]
    assert len(rows) == 8


def test_a_few_lone_tabs_are_no_table() -> None:
    text = TAB.join(["规章", "1", "2"])
    assert rows_of(text) == [["规章"], ["1"], ["2"]]


def test_lone_tabs_beside_lines_with_tabs_are_no_such_table() -> None:
    text = ROW.join([HEAD, OTHERS]) + "\n规章\t1\t3\t4\n"
    assert ["规章", "1", "3", "4"] in rows_of(text)
