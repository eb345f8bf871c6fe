"""Cells that print a path: the labels of groups and that of the row, with marks between them."""

from __future__ import annotations

import pytest

from extractor import extract
from extractor.result.cells import Cell, Status
from tests.helpers.pages import CORNER, LABELS, NAMES, by_address, document, figures

_GROUPS = {
    "refused.": "（三）不予公开",
    "unavailable.": "（四）无法提供",
    "not_processed.": "（五）不予处理",
    "other.": "（六）其他处理",
}
_OUTSIDE = ("received", "carried_in", "carried_out")


def path(row: str, mark: str) -> str:
    groups = ["三、本年度办理结果"] if row not in _OUTSIDE else []
    groups += [group for prefix, group in _GROUPS.items() if row.startswith(prefix)]
    return f" {mark} ".join([*groups, LABELS[row]])


def read(data: bytes) -> dict[str, Cell]:
    (extraction,) = extract(data)
    return {cell.address: cell for cell in extraction.cells}


@pytest.mark.parametrize("mark", ["/", "／", ">", "-", "—", "›"])
def test_the_last_label_of_a_path_is_the_rows(mark: str) -> None:
    """/ was a mark of the group's row: 三、本年度办理结果 / （六）其他处理 / 3.其他."""
    rows = [[CORNER, *NAMES], *([path(row, mark), *texts] for row, texts in figures().items())]
    cells = read(document("".join(f"| {' | '.join(row)} |\n" for row in rows)))
    printed = {address: cell.printed for address, cell in cells.items() if address.startswith("requests.")}
    assert printed == by_address(figures())
    assert {cells[address].status for address in printed} == {Status.CONFIRMED}


@pytest.mark.parametrize("beside", ["", "| 行政强制 | 5 |\n"])
def test_two_rows_with_a_mark_between_them_are_no_path(beside: str) -> None:
    """Whose figure it is isn't told, nor that the first row prints a mark."""
    table = (
        "二、主动公开政府信息情况\n| 第二十条第（六）项 | |\n| 信息内容 | 本年处理决定数量 |\n"
        f"| 行政处罚 / 行政强制 | 12 |\n{beside}| 第二十条第（八）项 | |\n"
    )
    cells = read(f"某县人民政府2023年政府信息公开工作年度报告\n{table}".encode())
    for row in ("penalties", "coercion"):
        assert cells[f"disclosure.{row}.decisions"].status is Status.DISPUTED
