"""Table 3 of which all rows stand in one: a line each in every cell of it."""

from __future__ import annotations

import pytest

from extractor import extract
from extractor.result.cells import Cell, Status
from tests.helpers.pages import LABELS, by_address, figures

HEAD = ["项目", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
SETTLED = {Status.CONFIRMED, Status.UNCHECKED}


def page(columns: list[list[str]], between: str) -> bytes:
    cells = "".join(f"<td>{between.join(lines)}</td>" for lines in columns)
    head = "".join(f"<td>{name}</td>" for name in HEAD)
    return (
        "<html><body><h1>某县某局2023年政府信息公开工作年度报告</h1><p>三、收到和处理政府信息公开申请情况</p>"
        f"<table><tr>{head}</tr><tr>{cells}</tr></table></body></html>"
    ).encode()


def columns_of(values: dict[str, list[str]]) -> list[list[str]]:
    return [[LABELS[row] for row in values], *map(list, zip(*values.values(), strict=True))]


def read(data: bytes) -> dict[str, Cell]:
    (extraction,) = extract(data)
    return {cell.address: cell for cell in extraction.cells if cell.address.startswith("requests.")}


@pytest.mark.parametrize("between", ["<br>", "<br/>\n", "</p><p>"])
def test_each_line_is_a_row_however_long_the_labels_together_are(between: str) -> None:
    cells = read(page(columns_of(figures()), between))
    assert {address: cell.printed for address, cell in cells.items()} == by_address(figures())
    assert {cell.status for cell in cells.values()} == {Status.CONFIRMED}


def test_a_column_that_lacks_a_line_leaves_all_rows_open() -> None:
    # The third figure of 商业企业 isn't there: all below it have moved up beside another label.
    columns = columns_of(figures(zeros=True))
    del columns[2][2]
    assert not any(cell.status in SETTLED for cell in read(page(columns, "<br>")).values())
