"""Totals of the page's own in table 2 are no row of table 3; those in table 3 are as likely as the form's."""

from __future__ import annotations

import pytest

from extractor import extract
from extractor.result.cells import Cell, Status
from tests.helpers.pages import LABELS, Page, by_address, document, figures, lines

SETTLED = {Status.CONFIRMED, Status.UNCHECKED, Status.AS_PRINTED}
TABLE_2 = """二、主动公开政府信息情况
第二十条第（一）项 | | |
信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数
规章 | 0 | 0 | 1
行政规范性文件 | 3 | 1 | 9
{} | 3 | 1 | 10
三、收到和处理政府信息公开申请情况
"""


def totals(total_of_2: str, table_3: str) -> dict[str, Cell]:
    """The row of the total in table 3, by address, where table 2 has one of its own."""
    (extraction,) = extract(document(TABLE_2.format(total_of_2) + table_3))
    wanted = "requests.handled_total."
    return {cell.address: cell for cell in extraction.cells if cell.address.startswith(wanted)}


def table(**labels: str) -> str:
    return lines(" | ")(Page(figures(), LABELS | labels))


@pytest.mark.parametrize("total", ["(七)总计", "(七)合计"])
@pytest.mark.parametrize("total_of_2", ["合计", "总计", "其他"])
def test_a_total_of_table_2_is_no_row_of_table_3(total_of_2: str, total: str) -> None:
    cells = totals(total_of_2, table(handled_total=total))
    right = by_address(figures())
    assert {address: cell.printed for address, cell in cells.items()} == {a: right[a] for a in cells}
    assert all(cell.status in SETTLED for cell in cells.values())


def test_where_table_3_has_lost_its_total_that_of_table_2_doesnt_stand_in_its_place() -> None:
    lost = "".join(line for line in table().splitlines(keepends=True) if LABELS["handled_total"] not in line)
    assert not any(cell.status in SETTLED for cell in totals("合计", lost).values())


@pytest.mark.parametrize("behind", ["other.other", "granted", "carried_out"])
def test_a_second_total_in_table_3_leaves_both_open(behind: str) -> None:
    both = "".join(
        f"{line}总计 | 9 | 9 | 9 | 9 | 9 | 9 | 54\n" if LABELS[behind] in line else line
        for line in table().splitlines(keepends=True)
    )
    assert not any(cell.status in SETTLED for cell in totals("合计", both).values())
