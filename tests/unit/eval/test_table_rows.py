"""What counts as a row that a tool has got right."""

from __future__ import annotations

from typing import Any

import pytest

from eval.bench.table_rows import rows_in_extraction, rows_in_tables, rows_of_case, rows_of_zoo
from eval.gold.cases import load_case
from eval.zoo import Layout, documents
from extractor import extract

CASE = load_case("luozhuang-2023")
# As the page has it.
RECEIVED = ["153", "1", "0", "0", "2", "1", "157"]
LABEL = "一、本年新收政府信息公开申请数量"
NAN = float("nan")
ROWS = rows_of_case(CASE)


def rows(*lines: list[Any]) -> int:
    return rows_in_tables([list(lines)], ROWS)


def test_every_row_of_the_form_is_asked_for() -> None:
    cases = [load_case(name) for name in ("luozhuang-2023", "shanghai-office-2019")]
    assert [len(rows_of_case(case)) for case in cases] == [25, 23]
    (document,) = documents(Layout.TEXT_TABS, seed=1, count=1)
    assert len(rows_of_zoo(document)) in (23, 25)


@pytest.mark.parametrize(
    "line",
    [
        [LABEL, *RECEIVED],
        [LABEL, LABEL, LABEL, *RECEIVED],
        [" 一、本年新收政府\n信息公开 申请数量", "", "", *RECEIVED, ""],
        ["1", f"三、{LABEL}", None, None, *(f" {figure}\n" for figure in RECEIVED)],
        [LABEL, *map(float, RECEIVED), NAN],
    ],
)
def test_a_row_is_right_however_a_tool_gives_its_cells(line: list[Any]) -> None:
    assert rows(line) == 1


@pytest.mark.parametrize(
    "line",
    [
        RECEIVED,
        [LABEL, *RECEIVED[1:], RECEIVED[0]],
        [LABEL, *RECEIVED[:6]],
        [LABEL, "5", *RECEIVED],
        [*RECEIVED, LABEL],
        ["二、上年结转政府信息公开申请数量", *RECEIVED],
        [LABEL, *(NAN if figure == "0" else figure for figure in RECEIVED)],
        [LABEL, " ".join(RECEIVED)],
    ],
)
def test_a_row_without_its_label_or_one_of_its_figures_is_wrong(line: list[Any]) -> None:
    assert rows(line) == 0


def test_a_blank_is_a_blank() -> None:
    """The page prints nothing for zero."""
    case = load_case("shanghai-office-2019")
    received = ["821", "35", "", "", "2", "1", "859"]
    assert rows_in_tables([[[LABEL, *(figure or NAN for figure in received)]]], rows_of_case(case)) == 1
    assert rows_in_tables([[[LABEL, *(figure or "0" for figure in received)]]], rows_of_case(case)) == 0


def test_disputed_rows_of_our_own_are_wrong() -> None:
    (extraction,) = extract(CASE.path)
    assert rows_in_extraction(extraction, ROWS) == 25
    # One label twice: its figures are either row's.
    (extraction,) = extract(CASE.text.replace("3.要求提供公开出版物", "2.重复申请").encode())
    disputed = {cell.address.rpartition(".")[0] for cell in extraction.cells if cell.status == "disputed"}
    assert disputed == {"requests.not_processed.repeated", "requests.not_processed.published_material"}
    assert rows_in_extraction(extraction, ROWS) == 23
