"""A cell of a header with a group's label and another column's: a line between them was overlooked."""

from __future__ import annotations

import pytest

from extractor import Status, extract

LEAVES = ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")
ROWS = {
    "一、本年新收政府信息公开申请数量": (11825, 22, 0, 3, 2, 11, 11863),
    "二、上年结转政府信息公开申请数量": (3, 0, 1, 0, 0, 0, 4),
    "（一）予以公开": (11, 4, 0, 1, 1, 5, 22),
    "（二）部分公开（区分处理的，只计这一情形，不计其他情形）": (7, 0, 1, 0, 0, 0, 8),
}


def page(shared: str, leaves: tuple[str, ...]) -> bytes:
    """A page with table 3, in whose header one cell is above six columns, whose labels below it are these."""
    header = (
        "<tr><td rowspan=3>本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和</td>"
        f"<td colspan=7>申请人情况</td></tr><tr><td colspan=6>{shared}</td><td rowspan=2>总计</td></tr>"
        f"<tr>{''.join(f'<td>{leaf}</td>' for leaf in leaves)}</tr>"
    )
    rows = "".join(
        f"<tr><td>{label}</td>{''.join(f'<td>{figure}</td>' for figure in figures)}</tr>"
        for label, figures in ROWS.items()
    )
    title = "<h1>临江县2023年政府信息公开工作年度报告</h1><p>三、收到和处理政府信息公开申请情况</p>"
    return f"{title}<table>{header}{rows}</table>".encode()


SHARED = ("法人或其他组织自然人", "法人或其他组织<br>自然人", "自然人<br>法人或其他组织")


@pytest.mark.parametrize("shared", SHARED)
def test_the_column_that_has_no_label_below_is_the_other_labels(shared: str) -> None:
    (extraction,) = extract(page(shared, ("", *LEAVES)))
    cells = {name: extraction.cell(f"requests.received.{name}") for name in ("natural_person", "business")}
    assert [cell.printed for cell in cells.values()] == ["11825", "22"]
    assert all(cell.status == Status.CONFIRMED for cell in cells.values())


@pytest.mark.parametrize("shared", SHARED)
def test_where_labels_below_begin_with_the_cell_nothing_tells_where_the_other_column_is(shared: str) -> None:
    (extraction,) = extract(page(shared, (*LEAVES, "")))
    received = [cell for cell in extraction.cells if cell.address.startswith("requests.received.")]
    assert {cell.status for cell in received if not cell.address.endswith(".total")} == {Status.DISPUTED}
