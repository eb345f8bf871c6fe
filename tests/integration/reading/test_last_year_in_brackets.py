"""Last year's figures in brackets behind this year's, 5（3）, in every cell, as a note says."""

from __future__ import annotations

import pytest

from extractor import extract
from extractor.result.cells import Cell, Status
from tests.helpers.whole_reports import DISCLOSURE, DISPUTES, REQUESTS, Report, cell_a_line, web

SETTLED = {Status.CONFIRMED, Status.UNCHECKED, Status.AS_PRINTED}


def report(note: str, table: str = DISCLOSURE) -> Report:
    """A report of 2023 whose figures all have another one, greater by one, in brackets behind them."""
    page = Report(above={table: note} if note else {})
    cells = [cell for rows in page.tables.values() for row in rows for cell in row]
    for cell in cells:
        if cell.words.replace(".", "").isdigit():
            cell.words = f"{cell.words}（{int(float(cell.words)) + 1}）"
    return page


def read(page: Report, write: object = web) -> dict[str, Cell]:
    (extraction,) = extract(page.written(cell_a_line if write is cell_a_line else web))
    return {cell.address: cell for cell in extraction.cells}


@pytest.mark.parametrize("write", [web, cell_a_line])
@pytest.mark.parametrize(
    "note",
    [
        "（注：以下各表括号内为2022年数据）",
        "注：括号内数字为上年同期数。",
        "说明：表中括号外为本年数据，括号内为上年数据。",
        "备注：括号里的数据是去年数据",
    ],
)
def test_the_figure_before_the_brackets_is_the_reports(note: str, write: object) -> None:
    cells = read(report(note), write)
    assert {cell.status for cell in cells.values()} <= SETTLED
    assert cells["disclosure.normative_documents.in_force"].value == 8
    assert cells["disclosure.normative_documents.in_force"].printed == "8（9）"
    # 予以公开 has 5 for 自然人; 行政复议 has 1 0 2 0 3.
    assert cells["requests.granted.natural_person"].value == 5
    assert cells["disputes.reconsideration.total"].value == 3
    assert cells["requests.granted.natural_person"].status is Status.CONFIRMED


@pytest.mark.parametrize(
    "note",
    [
        "",
        # The other way round, of another thing, of a later year, of one table, and of two kinds.
        "注：括号内为本年数据，括号外为2022年数据",
        "注：括号外为上年数据，括号内为本年数据",
        "注：括号内为其中网上申请数",
        "注：括号内为上年结转数",
        "注：括号内为2024年数据",
        "注：本表括号内为上年数据",
        "注：括号内为上年数据。\n注：表3括号内为网上申请数。",
    ],
)
@pytest.mark.parametrize("table", [DISCLOSURE, REQUESTS, DISPUTES])
def test_brackets_that_may_hold_another_thing_leave_their_figures_open(note: str, table: str) -> None:
    assert not any(cell.status in SETTLED for cell in read(report(note, table)).values())
