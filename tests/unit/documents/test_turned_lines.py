"""Lines of a text that its own characters turn from right to left."""

import pytest

from extractor import extract
from extractor.documents.plain.turned_lines import with_turned_unread

COLUMNS = "自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他 总计"
REPORT = f"""某某市水务局2023年政府信息公开工作年度报告
三、收到和处理政府信息公开申请情况
申请人情况 {COLUMNS}
{{}}一、本年新收政府信息公开申请数量{{}} 12 3 0 0 0 0 15
二、上年结转政府信息公开申请数量 1 0 0 0 0 0 1
"""


def received(before: str, behind: str = "") -> list[str]:
    (extraction,) = extract(REPORT.format(before, behind).encode(), name="report.txt")
    return [
        cell.printed
        for cell in extraction.cells
        if cell.address.startswith("requests.received") and cell.status not in ("disputed", "absent")
    ]


@pytest.mark.parametrize("mark", ["\u202b", "\u202e", "\u2067", "\u200f", "\u061c"])
def test_their_figures_are_not_read(mark: str) -> None:
    assert received("") == ["12", "3", "0", "0", "0", "0", "15"]
    assert received(mark) == received("", mark) == []


@pytest.mark.parametrize("mark", ["\u200e", "\u202a", "\u202c", "\u2066"])
def test_marks_from_the_left_change_nothing(mark: str) -> None:
    assert received(mark) == ["12", "3", "0", "0", "0", "0", "15"]


def test_one_number_has_no_order_but_its_digits_have() -> None:
    assert with_turned_unread("\u200f收到12件\n5 6") == "\u200f收到12件\n5 6"
    assert with_turned_unread("\u202e收到12件\n5 6") == "\u202e收到12\ufffc件\n5 6"
