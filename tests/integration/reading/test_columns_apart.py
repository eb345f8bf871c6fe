"""Table 3 cut into two or three tables by its columns, the labels of all rows once more beside each part."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from extractor import extract
from extractor.result.cells import Cell, Status
from tests.helpers.pages import LABELS, by_address, figures

NAMES = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
SETTLED = {Status.CONFIRMED, Status.UNCHECKED, Status.AS_PRINTED}
IN_ORDER = list(LABELS)


def part(columns: Sequence[int], rows: Sequence[str] = IN_ORDER, names: Sequence[str] = NAMES) -> str:
    """A table of some columns of the form, with the label of every row.

    Args:
        columns: their numbers.
        rows: the ids of the form's rows, in the order of the page.
        names: of the columns.
    """
    values = figures()
    lines = [["项目", *(names[column] for column in columns)]]
    lines += [[LABELS[row], *(values[row][column] for column in columns)] for row in rows]
    return f"<table>{''.join('<tr><td>' + '</td><td>'.join(line) + '</td></tr>' for line in lines)}</table>"


def read(*parts: str, between: str = "续表") -> dict[str, Cell]:
    page = (
        "<html><body><h1>某县某局2023年政府信息公开工作年度报告</h1><p>三、收到和处理政府信息公开申请情况</p>"
        + f"<p>{between}</p>".join(parts)
        + "<p>五、存在的主要问题及改进情况</p><p>无。</p></body></html>"
    )
    (extraction,) = extract(page.encode())
    return {cell.address: cell for cell in extraction.cells if cell.address.startswith("requests.")}


@pytest.mark.parametrize(
    "columns", [[[0, 1, 2], [3, 4, 5, 6]], [[0], [1, 2, 3, 4, 5], [6]], [[6, 0], [5, 4, 3, 2, 1]]]
)
@pytest.mark.parametrize("between", ["续表", "表三（续）", "表二（续：其他、总计）", "— 4 —", ""])
def test_the_parts_of_a_table_are_one(columns: Sequence[Sequence[int]], between: str) -> None:
    cells = read(*map(part, columns), between=between)
    settled = {address: cell.printed for address, cell in cells.items() if cell.status in SETTLED}
    assert settled == by_address(figures())


@pytest.mark.parametrize(
    "between", ["2022年情况如下", "上年数据", "下属单位情况", "以下数据有误，作废", "（2022）", "单位：百件"]
)
def test_words_between_the_parts_that_say_more_leave_them_open(between: str) -> None:
    cells = read(part([0, 1, 2]), part([3, 4, 5, 6]), between=between)
    assert not any(cell.status in SETTLED for cell in cells.values())


def test_parts_whose_rows_stand_in_another_order_are_none_of_one_table() -> None:
    cells = read(part([0, 1, 2]), part([3, 4, 5, 6], IN_ORDER[::-1]))
    assert not any(cell.status is Status.CONFIRMED for cell in cells.values())


@pytest.mark.parametrize("columns", [[[0, 1, 2], [2, 3, 4, 5, 6]], [[0, 1, 2, 3], [4, 5]]])
def test_parts_with_a_column_twice_or_without_one_are_not_settled(columns: Sequence[Sequence[int]]) -> None:
    assert not any(cell.status in SETTLED for cell in read(*map(part, columns)).values())


def test_a_name_that_is_none_of_the_form_leaves_the_parts_open() -> None:
    names = [*NAMES[:4], "网上申请", *NAMES[5:]]
    cells = read(part([0, 1, 2]), part([3, 4, 5, 6], names=names))
    assert not any(cell.status is Status.CONFIRMED for cell in cells.values())
