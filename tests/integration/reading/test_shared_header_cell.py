"""A cell of a header with the labels of two columns: a line between them was overlooked, or never drawn."""

from __future__ import annotations

import pytest

from extractor import Extraction, Status, extract

LEAVES = ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")
ROWS = {
    "一、本年新收政府信息公开申请数量": (11825, 22, 0, 3, 2, 11, 11863),
    "二、上年结转政府信息公开申请数量": (3, 0, 1, 0, 0, 0, 4),
    "（一）予以公开": (11, 4, 0, 1, 1, 5, 22),
    "（二）部分公开（区分处理的，只计这一情形，不计其他情形）": (7, 0, 1, 0, 0, 0, 8),
}


def cells(*texts: object) -> str:
    return "".join(f"<td>{text}</td>" for text in texts)


def read(above: str, below: str) -> Extraction:
    """A page with table 3, whose header has these cells in its second and third row."""
    corner = "本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和"
    header = (
        f"<tr><td rowspan=3>{corner}</td><td colspan=7>申请人情况</td></tr><tr>{above}</tr><tr>{below}</tr>"
    )
    rows = "".join(f"<tr>{cells(label, *figures)}</tr>" for label, figures in ROWS.items())
    title = "<h1>临江县2023年政府信息公开工作年度报告</h1><p>三、收到和处理政府信息公开申请情况</p>"
    (extraction,) = extract(f"{title}<table>{header}{rows}</table>".encode())
    return extraction


def received(extraction: Extraction, *columns: str) -> list[tuple[str, Status]]:
    found = [extraction.cell(f"requests.received.{column}") for column in columns]
    return [(cell.printed, cell.status) for cell in found]


SHARED = ("法人或其他组织自然人", "法人或其他组织<br>自然人", "自然人<br>法人或其他组织")


@pytest.mark.parametrize("shared", SHARED)
def test_the_column_that_has_no_label_below_is_the_other_labels(shared: str) -> None:
    extraction = read(f"<td colspan=6>{shared}</td><td rowspan=2>总计</td>", cells("", *LEAVES))
    assert received(extraction, "natural_person", "business") == [
        ("11825", Status.CONFIRMED),
        ("22", Status.CONFIRMED),
    ]


@pytest.mark.parametrize("shared", SHARED)
def test_where_labels_below_begin_with_the_cell_nothing_tells_where_the_other_column_is(shared: str) -> None:
    extraction = read(f"<td colspan=6>{shared}</td><td rowspan=2>总计</td>", cells(*LEAVES, ""))
    statuses = [status for _, status in received(extraction, "natural_person", "business", "legal_service")]
    assert statuses == [Status.DISPUTED] * 3


@pytest.mark.parametrize(
    ("below", "status"),
    [
        (cells(*LEAVES), Status.CONFIRMED),
        (cells(*LEAVES[:3]) + "<td colspan=2>其他<br>法律服务机构</td>", Status.DISPUTED),
        (cells(*LEAVES[:3]) + "<td colspan=2>法律服务机构<br>其他</td>", Status.DISPUTED),
    ],
)
def test_of_two_labels_in_one_cell_nothing_tells_which_stands_left(below: str, status: Status) -> None:
    above = "<td rowspan=2>自然人</td><td colspan=5>法人或其他组织</td><td rowspan=2>总计</td>"
    found = received(read(above, below), "legal_service", "other_organization")
    assert [one for _, one in found] == [status] * 2
