"""Table 4 whose second header line alone is left: its five columns three times, whose they are told nowhere.

A person reads it in the form's order: 行政复议, 未经复议直接起诉, 复议后起诉. So do we, and
confirm nothing by it; where anything near it names the three in another order, or may, nothing is settled.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor import extract
from extractor.result.cells import Basis, Cell, Status

COLUMNS = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
HEADER = COLUMNS * 3
FIGURES = ["2", "1", "0", "0", "3", "2", "0", "1", "0", "3", "0", "0", "0", "1", "1"]
SETTLED = (Status.CONFIRMED, Status.UNCHECKED, Status.AS_PRINTED)
TITLE = "某县教育局2022年政府信息公开工作年度报告"
HEADING = "四、政府信息公开行政复议、行政诉讼情况"
TABLE_2 = "二、主动公开政府信息情况\n第二十条第（五）项\n信息内容 | 本年处理决定数量\n行政许可 | 7"
BEHIND = "五、存在的主要问题及改进情况\n公开不够及时。"


def lines(separator: str, header: list[str] = HEADER, figures: list[str] = FIGURES) -> str:
    return f"{separator.join(header)}\n{separator.join(figures)}"


def disputes(path: Path, source: str) -> list[Cell]:
    path.write_text(source, encoding="utf-8")
    return [cell for cell in extract(path)[0].cells if cell.address.startswith("disputes.")]


def of_text(tmp_path: Path, table: str) -> list[Cell]:
    return disputes(tmp_path / "page.txt", f"{TITLE}\n{TABLE_2}\n{HEADING}\n{table}\n{BEHIND}\n")


def of_page(tmp_path: Path, rows: str) -> list[Cell]:
    return disputes(
        tmp_path / "page.html",
        f"<h1>{TITLE}</h1><p>{HEADING}</p><table>{rows}</table><p>五、存在的主要问题及改进情况</p>",
    )


def row(cells: list[str]) -> str:
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


@pytest.mark.parametrize("separator", [" | ", "\t", " ", "   ", "；", ",", "、"])
def test_its_figures_are_read_in_the_forms_order(tmp_path: Path, separator: str) -> None:
    cells = of_text(tmp_path, lines(separator))
    assert [cell.printed for cell in cells] == FIGURES
    assert {(cell.status, cell.basis) for cell in cells} == {(Status.UNCHECKED, Basis.CONVENTION)}


@pytest.mark.parametrize(
    "table",
    [
        "\n".join([*HEADER, *FIGURES]),
        " |\n".join([*HEADER, *FIGURES]) + " |",
        lines("\t") + "\n（自左至右：行政复议、未经复议直接起诉、复议后起诉）",
        "> > " + lines("；").replace("\n", "\n> > "),
    ],
)
def test_cells_on_lines_of_their_own_or_a_note_that_says_the_same(tmp_path: Path, table: str) -> None:
    cells = of_text(tmp_path, table)
    assert [cell.printed for cell in cells if cell.status is Status.UNCHECKED] == FIGURES


def test_a_web_pages_table(tmp_path: Path) -> None:
    cells = of_page(tmp_path, row(HEADER) + row(FIGURES))
    assert [cell.printed for cell in cells if cell.status is Status.UNCHECKED] == FIGURES


@pytest.mark.parametrize(
    "table",
    [
        lines("\t") + "\n（自左至右：未经复议直接起诉、复议后起诉、行政复议）",
        lines("\t") + "\n（从右至左：行政复议、未经复议直接起诉、复议后起诉）",
        "（行政诉讼、行政复议各栏如下）\n" + lines(" | "),
        "应诉 | 复议\n" + lines(" | "),
        "应诉 复议\n" + lines(" "),
        "应诉\n复议\n" + "\n".join([*HEADER, *FIGURES]),
        lines(" | ") + "\n行政诉讼 | 行政复议",
        # Another year's.
        "2021年度情况：\n" + lines(" | "),
        lines(" | ") + "\n" + " | ".join(["0"] * 15),
        # Other columns, or a figure more or less than there are.
        lines(" | ", COLUMNS * 2 + COLUMNS[::-1]),
        lines(" | ", COLUMNS[::-1] * 3),
        lines(" | ", figures=["0", *FIGURES]),
        lines(" | ", figures=FIGURES[:-1]),
        # A total that isn't the sum.
        lines(" | ", figures=["9", *FIGURES[1:]]),
    ],
)
def test_what_may_tell_another_order_leaves_it_open(tmp_path: Path, table: str) -> None:
    assert not [cell for cell in of_text(tmp_path, table) if cell.status in SETTLED]


@pytest.mark.parametrize(
    "above",
    [
        "<tr><td colspan=10>应诉</td><td colspan=5>复议</td></tr>",
        "<tr><td colspan=10>行政诉讼</td><td colspan=5>行政复议</td></tr>",
        "<tr><td colspan=15><img src=a.png></td></tr>",
    ],
)
def test_a_line_above_the_columns_leaves_it_open(tmp_path: Path, above: str) -> None:
    assert not [
        cell for cell in of_page(tmp_path, above + row(HEADER) + row(FIGURES)) if cell.status in SETTLED
    ]
