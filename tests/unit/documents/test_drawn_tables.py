"""Tables that are drawn with characters: their cells, where these are surely told."""

from __future__ import annotations

import time

import pytest

from extractor.documents.plain.drawn_tables import drawn_tables, with_rows_on_lines
from extractor.documents.plain.text import read_text
from extractor.documents.source import Source

MERGED = """\
前
┌──────────┬─────────┐
│ 项       │   数量  │
│ 目       ├────┬────┤
│          │ 甲 │ 乙 │
├────┬─────┼────┼────┤
│行政│许可 │ 5  │    │
│事项├─────┼────┼────┤
│    │处罚 │ 71 │ 0  │
└────┴─────┴────┴────┘
后
"""


def test_a_merged_cell_stands_where_it_begins() -> None:
    (table,) = drawn_tables(MERGED)
    assert {line: [(cell.text, cell.column) for cell in row] for line, row in table.rows.items()} == {
        2: [("项目", 1), ("数量", 3)],
        4: [("甲", 3), ("乙", 4)],
        6: [("行政事项", 1), ("许可", 2), ("5", 3), ("", 4)],
        8: [("处罚", 2), ("71", 3), ("0", 4)],
    }


def test_lines_stay_the_lines_of_the_file() -> None:
    written = with_rows_on_lines(MERGED, drawn_tables(MERGED)).split("\n")
    assert (written[0], written[6], written[7], written[10]) == ("前", "行政事项\t许可\t5\t", "", "后")


def test_cells_are_those_of_the_text() -> None:
    document = read_text(Source(MERGED.encode(), "page"))
    (grid,) = (grid for grid in document.grids if grid.kind == "table")
    shown = [(document.text[cell.start : cell.end], cell.row, cell.column) for cell in grid.cells]
    assert shown[-3:] == [("处罚", 8, 2), ("71", 8, 3), ("0", 8, 4)]
    assert sum(cell.ends_row for cell in grid.cells) == 4


@pytest.mark.parametrize("quote", ["“", "—"])
@pytest.mark.parametrize("wide", [1, 2])
def test_characters_are_as_wide_as_all_lines_show(quote: str, wide: int) -> None:
    width = 2 + 2 * wide
    border = f"+{'-' * width}+--+"
    others = "".join(f"|{label.ljust(width - 1)}|2 |\n{border}\n" for label in "乙丙")
    (table,) = drawn_tables(f"{border}\n|{quote}甲{quote}|1 |\n{border}\n{others}")
    assert [cell.text for cell in table.rows[1]] == [f"{quote}甲{quote}", "1"]


BORDER = "+--------+----+----+"


@pytest.mark.parametrize(
    "blocks",
    [
        # A border below the header alone: each line is a row.
        ["|项目    |甲  |乙  |", "|规章    |1   |2   |\n|文件    |    |    |"],
        # Two rows between two borders: figures on two lines, in one column or in two.
        ["|项目    |甲  |乙  |", "|规章    |1   |2   |\n|文件    |3   |4   |", "|许可    |1   |2   |"],
        ["|项目    |甲  |乙  |", "|规章    |1   |    |\n|文件    |    |4   |", "|许可    |1   |2   |"],
        # Another label begins on the second line: there is room on the first, or it has an ordinal.
        ["|项目    |甲  |乙  |", "|章      |1   |2   |\n|文件    |    |    |", "|许可    |1   |2   |"],
        ["|项目    |甲  |乙  |", "|1.规章章|1   |2   |\n|2.文件  |    |    |", "|许可    |1   |2   |"],
        # A figure on two lines.
        ["|项目    |甲  |乙  |", "|许可    |1231|2   |\n|        |4   |    |", "|规章    |1   |2   |"],
        # Separators that don't stand below each other; a line that is drawn below a part of a cell.
        ["|项目    |甲  |乙  |", "|规章  |  1   |2   |\n|        |    |    |", "|许可    |1   |2   |"],
        ["|项目    |甲  |乙  |\n|----+   |    |    |", "|规章    |1   |2   |", "|许可    |1   |2   |"],
        # A line that is longer than the others, and a frame around lines.
        ["|项目    |甲  |乙  |", "|规章     |1   |2   |", "|许可    |1   |2   |"],
        ["|  年度报告        |", "|  某县            |", "|  2023年          |"],
    ],
    ids=[
        "a line a row",
        "two rows",
        "two rows with blanks",
        "room on the line",
        "an ordinal",
        "a broken figure",
        "crooked",
        "half drawn",
        "too long",
        "a frame",
    ],
)
def test_lines_that_may_be_something_else_are_no_table(blocks: list[str]) -> None:
    text = "\n".join([BORDER, *(line for block in blocks for line in (block, BORDER))])
    assert drawn_tables(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "+--+\n" + "|" * 40_000,
        "+" + "-" * 40_000,
        "+-" * 20_000,
        "+--+\n" + "| " * 20_000 + "x",
        "┌──┐\n│一│\n" * 4_000,
        "+--+\n" + "|--|\n|a |\n" * 4_000,
    ],
    ids=["bars", "a long line", "joints", "blanks", "frames", "bands"],
)
def test_bad_input_costs_little(text: str) -> None:
    start = time.process_time()
    drawn_tables(text)
    # Less than a second; in time that grows with the square it would take minutes.
    assert time.process_time() - start < 5
