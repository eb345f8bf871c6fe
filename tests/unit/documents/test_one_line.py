"""Tables in one paragraph: tabs take the place of the marks between their cells, and only there."""

from __future__ import annotations

import pytest

from extractor.documents.plain.one_line import with_parted_cells

HEADER = ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]
ROWS = [
    ["规章", "0", "0", "0"],
    ["规范性文件", "12", "3", "-45"],
    ["甲", "1", "2", "3"],
    ["乙", "4", "5", "6"],
]
ROWS += [["丙", "7.5", "8", "9"]]
CELLS = [cell for row in (HEADER, *ROWS) for cell in row]
TABLE = "\t".join(CELLS)


@pytest.mark.parametrize("mark", ["、", "，", "；", ";", ",", "/", " / "])
def test_marks_between_cells_are_tabs(mark: str) -> None:
    told = with_parted_cells(f"前\n{mark.join(CELLS)}\n后")
    assert [cell.strip() for line in told.split("\n") for cell in line.split("\t")] == ["前", *CELLS, "后"]


def test_sentences_around_a_table_keep_their_marks() -> None:
    before, behind = "一年来，我局公开信息12条，较上年多3条。", "。公开的主动性，有待加强。"
    assert with_parted_cells(f"{before}，{'，'.join(CELLS)}{behind}") == f"{before}\t{TABLE}{behind}"


def test_the_stop_behind_a_number_is_no_mark() -> None:
    cells = ["三、办理结果", *CELLS, "四、结转下年", "1", "2"]
    assert with_parted_cells("、".join(cells)) == "\t".join(cells)


@pytest.mark.parametrize(
    "line",
    [
        # Few figures; figures and no words; words with few figures among them.
        "、".join(CELLS[:12]),
        "、".join(str(year) for year in range(2001, 2021)),
        "、".join(["甲乙", "丙丁", "戊己", "1"] * 15),
        # Something else parts labels from figures.
        "、".join(f"第{i}项为1、2；第{i + 1}项为3" for i in range(9)),
        # Digits may be grouped; a slash may be a cell's own.
        ",".join([*CELLS, "1", "234"]),
        "/".join([*CELLS[:4], "规章", "", "0", "0", *CELLS[4:]]),
    ],
    ids=["few figures", "a list", "words", "sentences", "groups", "slashes"],
)
def test_other_lines_stay(line: str) -> None:
    assert with_parted_cells(line) == line
