"""Numbers of sections as ornaments above their headings are no figures; a figure there is one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extractor import Extraction, extract
from extractor.result.cells import Status

TITLE = "某县某局2023年政府信息公开工作年度报告"
HEADINGS = {
    1: "总体情况",
    2: "主动公开政府信息情况",
    3: "收到和处理政府信息公开申请情况",
    4: "政府信息公开行政复议、行政诉讼情况",
    5: "存在的主要问题及改进情况",
    6: "其他需要报告的事项",
}
FEES = "第二十条第（八）项\n信息内容\t本年收费金额（单位：万元）\n行政事业性收费\t14.6"
CARRIED_OUT = "四、结转下年度继续办理"
HEADER = "自然人\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t总计"
REQUESTS = (
    f"\t{HEADER}\n一、本年新收政府信息公开申请数量\t3\t0\t0\t0\t0\t0\t3\n{CARRIED_OUT}\t3\t0\t0\t0\t0\t0\t3"
)
OUTCOMES = "结果维持\t结果纠正\t其他结果\t尚未审结\t总计"
DISPUTES = f"行政复议\t未经复议直接起诉\t复议后起诉\n{OUTCOMES}\t{OUTCOMES}\t{OUTCOMES}\n" + "\t".join(
    "100010000000000"
)
BODIES = {1: "平稳有序。", 2: FEES, 3: REQUESTS, 4: DISPUTES, 5: "人手不足。", 6: "无。"}


def page(ornament: Callable[[int], str], ordinal: Callable[[int], str] = lambda _: "") -> str:
    sections = [
        f"{ornament(number)}{ordinal(number)}{heading}\n{BODIES[number]}"
        for number, heading in HEADINGS.items()
    ]
    return "\n".join([TITLE, *sections, ""])


def read(text: str) -> tuple[Extraction, dict[str, tuple[str, Status]]]:
    (extraction,) = extract(text.encode())
    return extraction, {cell.address: (cell.printed, cell.status) for cell in extraction.cells}


def strays(extraction: Extraction) -> list[str]:
    return [finding.rule for finding in extraction.findings if finding.rule == "stray-figures"]


ORNAMENTS: dict[str, Callable[[int], str]] = {
    "padded": lambda number: f"0{number}\n",
    "wide": lambda number: f"０{'０１２３４５６'[number]}\n",
    "between slashes": lambda number: f"/ 0{number} /\n",
    "between strokes": lambda number: f"|0{number}|\n",
    "behind a word": lambda number: f"PART 0{number}\n",
    "beside the heading": lambda number: f"0{number} ",
    "plain": lambda number: f"{number}\n",
}


@pytest.mark.parametrize("name", ORNAMENTS)
def test_numbers_of_sections_are_no_figures(name: str) -> None:
    extraction, cells = read(page(ORNAMENTS[name]))
    assert strays(extraction) == []
    assert cells["disclosure.fees.amount"] == ("14.6", Status.UNCHECKED)
    assert cells["requests.carried_out.total"] == ("3", Status.CONFIRMED)
    assert cells["requests.carried_out.natural_person"] == ("3", Status.CONFIRMED)


# --- twins ------------------------------------------------------------------------------------------------


def test_a_number_above_a_heading_with_an_ordinal_is_a_figure() -> None:
    extraction, cells = read(page(ORNAMENTS["padded"], lambda number: f"{'一二三四五六'[number - 1]}、"))
    assert strays(extraction) == ["stray-figures"]
    assert cells["requests.carried_out.total"][1] is Status.DISPUTED


@pytest.mark.parametrize(
    "numbers",
    [
        {3: "03\n"},
        {3: "03\n", 4: "05\n", 5: "07\n"},
        {2: "03\n", 3: "03\n", 4: "04\n"},
        {2: "2\n", 3: "3\n", 4: "4\n"},
    ],
    ids=["one", "gaps", "twice", "not from the beginning"],
)
def test_numbers_that_count_nothing_are_figures(numbers: dict[int, str]) -> None:
    extraction, _ = read(page(lambda number: numbers.get(number, "")))
    assert strays(extraction) == ["stray-figures"]


def test_a_figure_of_a_cell_a_line_keeps_its_place() -> None:
    """The last cell of table 3 is 04, and the heading below it has lost its ornament."""
    text = page(lambda number: "" if number == 4 else f"0{number}\n")
    cells = f"{CARRIED_OUT}\n" + "\n".join(["03", "00", "00", "00", "00", "01", "04"])
    _, read_cells = read(text.replace(f"{CARRIED_OUT}\t3\t0\t0\t0\t0\t0\t3", cells))
    expected = {"natural_person": "03", "other_organization": "01", "total": "04"}
    for column, figure in expected.items():
        printed, status = read_cells[f"requests.carried_out.{column}"]
        assert status in (Status.DISPUTED, Status.ABSENT) or printed == figure
