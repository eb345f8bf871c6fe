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


LABELS = ["规章", "行政规范性文件", "行政许可"]


def by_lines(rows: list[list[str]]) -> str:
    """A text whose rows end where lines do; an empty cell is an empty line."""
    return "\n".join(TAB.join(row) for row in rows)


def test_rows_may_end_where_lines_do() -> None:
    table = [HEAD.split(TAB), *([label, "9", "4", "55"] for label in LABELS)]
    text = f"一、总体情况\n二、主动公开情况\n{by_lines(table)}\n三、收到和处理情况\n{by_lines(table)}\n四、"
    titles = [["一、总体情况"], ["二、主动公开情况"], ["三、收到和处理情况"], ["四、"]]
    assert rows_of(text) == [*titles[:2], *table, titles[2], *table, titles[3]]


@pytest.mark.parametrize("cells", [["", "4", "55"], ["9", "", "55"], ["9", "4", ""], ["", "", ""]])
def test_blank_cells_of_rows_that_end_where_lines_do_stay(cells: list[str]) -> None:
    table = [HEAD.split(TAB), *([label, "9", "4", "55"] for label in LABELS), ["行政处罚", *cells]]
    rows = [*table, ["行政强制", "7", "8", "9"]]
    assert rows_of(by_lines(rows)) == rows


def test_a_paragraph_in_a_cell_ends_no_row_that_ends_where_lines_do() -> None:
    rows = [HEAD.split(TAB), ["规章", "1", "未增\n\n未减", "3"], ["行政规范性文件", "9", "4", "55"]]
    assert rows_of(by_lines([*rows, *rows])) == [*rows, *rows]


@pytest.mark.parametrize("place", [1, 2, 3])
def test_where_a_figure_may_go_on_on_the_next_line_no_line_ends_a_row(place: int) -> None:
    rows = [HEAD.split(TAB), *([label, "9", "4", "55"] for label in LABELS)]
    rows[2][place] = "1\n2"
    read = rows_of(by_lines(rows))
    assert not any("1" in row or "2" in row for row in read)
