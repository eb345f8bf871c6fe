"""Forms that are lists of indicators, 2014 and the provincial tables, in every layout, by their labels."""

from __future__ import annotations

from decimal import Decimal

import pytest

from eval.gold.cases import Case, made_cases
from eval.zoo.lists import NEEDS, ListLayout, list_documents
from extractor import Extraction, extract

MADE = made_cases()
LISTS = [case for case in MADE if case.edition in ("2014", "2008")]
TITLE = "临江县2015年政府信息公开工作年度报告\n一、概述\n政府信息公开情况统计表\n"
ROWS = """（一）收到申请数{unit}件{between}8{beside}
1.当面申请数{unit}件{between}1{beside}
2.传真申请数{unit}件{between}0{beside}
3.网络申请数{unit}件{between}5{beside}
4.信函申请数{unit}件{between}2{beside}
"""
DISPUTES = """四、行政复议数量 | 件 | 6
（一）维持具体行政行为数 | 件 | 3
（二）被依法纠错数 | 件 | 2
（三）其他情形数 | 件 | 1
五、行政诉讼数量 | 件 | 9
（一）维持具体行政行为或者驳回原告诉讼请求数 | 件 | 4
（二）被依法纠错数 | 件 | 5
（三）其他情形数 | 件 | 0
"""


def read(text: str) -> Extraction:
    (extraction,) = extract((TITLE + text).encode())
    return extraction


def figures(extraction: Extraction, prefix: str) -> dict[str, str]:
    """The printed figures of the cells that are on the page, by their rows."""
    start = f"statistics.{prefix}"
    cells = [cell for cell in extraction.cells if cell.address.startswith(start) and cell.span is not None]
    return {cell.address.removeprefix("statistics.").removesuffix(".value"): cell.printed for cell in cells}


@pytest.mark.parametrize("case", LISTS, ids=lambda case: case.name)
def test_a_made_case_says_what_its_gold_says(case: Case) -> None:
    (extraction,) = extract(case.path)
    assert (extraction.edition, extraction.verdict) == (case.edition, case.verdict)
    assert [cell.address for cell in extraction.cells] == [gold.address for gold in case.cells]
    for gold in case.cells:
        cell = extraction.cell(gold.address)
        expected = (gold.printed, gold.value, gold.unit, gold.state)
        assert (cell.printed, cell.value, cell.unit, cell.state) == expected, gold.address
        if gold.line:
            assert (cell.line, cell.column) == (gold.line, gold.column), gold.address


@pytest.mark.parametrize("layout", [layout for layout in ListLayout if layout not in NEEDS])
def test_a_handful_of_each_layout_is_read_right(layout: ListLayout) -> None:
    for document in list_documents(layout, seed=3, count=4):
        (extraction,) = extract(document.data, name=document.name)
        assert extraction.edition == document.edition
        read = {cell.address: cell.printed for cell in extraction.cells}
        assert read == {address: cell.printed for address, cell in document.gold.items()}, document.name
        assert extraction.verdict == "verified", document.name


@pytest.mark.parametrize("separator", [" | ", "\t", "\n", " "])
def test_the_year_is_taken_beside_all_years(separator: str) -> None:
    head = separator.join(("统计指标", "单位", "本年", "历年累计"))
    rows = ROWS.format(unit=separator, between=separator, beside=f"{separator}70")
    extraction = read(f"{head}\n{rows}")
    assert figures(extraction, "received_by") == {
        "received_by.in_person": "1",
        "received_by.fax": "0",
        "received_by.online": "5",
        "received_by.letter": "2",
    }
    assert extraction.cell("statistics.requests.received.value").status == "confirmed"
    extra = {cell.address: (cell.printed, cell.status) for cell in extraction.extra}
    assert extra["extra.statistics.requests.received.历年累计"] == ("70", "unchecked")


def test_the_year_is_taken_where_all_years_come_first() -> None:
    rows = "（二）申请办结数 | 件 | 90 | 8\n1.按时办结数 | 件 | 60 | 5\n2.延期办结数 | 件 | 30 | 3\n"
    extraction = read(f"统计指标 | 单位 | 历年累计 | 本年\n{rows}")
    assert figures(extraction, "concluded") == {"concluded.in_time": "5", "concluded.extended": "3"}


@pytest.mark.parametrize("separator", [" | ", "\n", "\t", " "])
def test_a_column_that_lost_its_label_leaves_the_list_open(separator: str) -> None:
    """8 may be this year's, and 70 all years'; or the other way round."""
    head = separator.join(("统计指标", "单位", "本年"))
    rows = ROWS.format(unit=separator, between=separator, beside=f"{separator}70")
    extraction = read(f"{head}\n{rows}")
    assert {cell.status for cell in extraction.cells} <= {"disputed", "absent"}
    assert extraction.verdict == "needs_review"


def test_codes_are_no_figures() -> None:
    rows = (
        "申请总数 | 31 | 条 | 4\n其中：1.当面申请数 | 32 | 条 | 1\n"
        "2.传真申请数 | 33 | 条 | 3\n行政申诉数 | 34 | 件 | 0\n"
    )
    extraction = read(f"指标名称 | 代码 | 计量单位 | 本年度\n{rows}")
    assert extraction.edition == "2008"
    assert figures(extraction, "") == {
        "requests.received": "4",
        "received_by.in_person": "1",
        "received_by.fax": "3",
        "appeals.total": "0",
    }
    assert [cell.status for cell in extraction.cells] == [*["confirmed"] * 3, "unchecked"]
    assert extraction.verdict == "verified"
    assert extraction.extra == ()


def test_rows_with_one_label_are_told_apart_by_their_whole() -> None:
    extraction = read(f"统计指标 | 单位 | 统计数\n{DISPUTES}")
    assert figures(extraction, "reconsideration") == {
        "reconsideration.total": "6",
        "reconsideration.upheld": "3",
        "reconsideration.overturned": "2",
        "reconsideration.other": "1",
    }
    assert figures(extraction, "litigation")["litigation.overturned"] == "5"
    assert extraction.cell("statistics.litigation.overturned.value").status == "confirmed"


def test_without_the_second_whole_its_parts_are_open() -> None:
    lines = [line for line in DISPUTES.splitlines() if "维持" not in line and "行政诉讼" not in line]
    extraction = read("统计指标 | 单位 | 统计数\n" + "\n".join(lines) + "\n")
    statuses = {cell.address: cell.status for cell in extraction.cells}
    assert statuses["statistics.litigation.overturned.value"] in ("disputed", "absent")
    assert statuses["statistics.reconsideration.overturned.value"] == "disputed"


def test_a_part_that_exceeds_its_whole_is_told() -> None:
    extraction = read(
        "统计指标 | 单位 | 统计数\n（一）主动公开政府信息数 | 条 | 8\n其中：主动公开规范性文件数 | 条 | 9\n"
    )
    assert "statistics-normative-published" in {finding.rule for finding in extraction.findings}


def test_a_list_that_does_not_add_up_is_the_pages_error() -> None:
    rows = ROWS.format(unit=" | ", between=" | ", beside="").replace("件 | 8", "件 | 9")
    finding = next(
        one for one in read(f"统计指标 | 单位 | 统计数\n{rows}").findings if one.rule == "statistics-received"
    )
    assert finding.cause == "source_error"
    assert finding.message.zh.startswith("收到申请数为9，各种申请方式之和为8，相差1。")


def test_money_keeps_its_decimals_and_the_unit_of_its_row() -> None:
    extraction = read(
        "统计指标 | 单位 | 统计数\n六、举报投诉数量 | 件 | 0\n七、依申请公开信息收取的费用 | 元 | 12.50\n"
    )
    cell = extraction.cell("statistics.fees.amount.value")
    assert (cell.value, cell.unit) == (Decimal("12.50"), "元")


def test_rows_of_ones_own_are_kept_and_missing_ones_absent() -> None:
    rows = ROWS.format(unit=" | ", between=" | ", beside="")
    extraction = read(f"统计指标 | 单位 | 统计数\n{rows}6.短信申请数 | 件 | 4\n（二）申请办结数 | 件 | 8\n")
    (cell,) = extraction.extra
    assert (cell.address, cell.printed, cell.unit) == ("extra.statistics.6短信申请数.value", "4", "件")
    assert extraction.cell("statistics.concluded.in_time.value").state == "absent"
    # Only where its label is on the page.
    assert "statistics.received_by.other.value" not in [cell.address for cell in extraction.cells]


def test_rows_of_ones_own_are_kept_in_columns_of_ones_own() -> None:
    rows = ROWS.format(unit=" | ", between=" | ", beside=" | 70")
    extraction = read(f"统计指标 | 单位 | 本年 | 历年累计\n{rows}6.短信申请数 | 件 | 4 | 30\n")
    own = [(cell.address, cell.printed, cell.unit) for cell in extraction.extra if "短信" in cell.address]
    assert own == [
        ("extra.statistics.6短信申请数.value", "4", "件"),
        ("extra.statistics.6短信申请数.历年累计", "30", "件"),
    ]


CODED = [
    ("申请总数", "条", "01", "4"),
    ("1.当面申请数", "条", "02", "1"),
    ("短信申请数", "条", "03", "2"),
    ("2.传真申请数", "条", "05", "3"),
    ("行政申诉数", "件", "11", "0"),
]
HEAD = ("指标名称", "计量单位", "代码", "本年度")


@pytest.mark.parametrize("order", [(2, 0, 1, 3), (2, 0, 3, 1), (0, 1, 2, 3), (0, 2, 3, 1)])
def test_codes_on_lines_of_their_own_are_no_figures(order: tuple[int, ...]) -> None:
    extraction = read("\n".join(row[place] for row in (HEAD, *CODED) for place in order) + "\n")
    assert figures(extraction, "") == {
        "requests.received": "4",
        "received_by.in_person": "1",
        "received_by.fax": "3",
        "appeals.total": "0",
    }
    (own,) = extraction.extra
    assert (own.address, own.printed) == ("extra.statistics.短信申请数.value", "2")


def test_numbers_before_labels_that_do_not_rise_are_no_codes() -> None:
    """They may be figures: nothing tells."""
    rows = "\n".join(
        f"{number}\n{label}\n{unit}\n4" for number, (label, unit, *_) in zip("73925", CODED, strict=True)
    )
    extraction = read("\n".join(("代码", *HEAD[:2], HEAD[3])) + f"\n{rows}\n")
    assert {str(cell.status) for cell in extraction.cells} == {"disputed"}


def test_figures_that_rise_are_no_codes_where_these_are_lost() -> None:
    head = "\n".join(("代码", *HEAD[:2], HEAD[3]))
    rows = "\n".join(f"{label}\n{unit}\n{place}" for place, (label, unit, *_) in enumerate(CODED, 1))
    assert figures(read(f"{head}\n{rows}\n"), "") == {
        "requests.received": "1",
        "received_by.in_person": "2",
        "received_by.fax": "4",
        "appeals.total": "5",
    }


@pytest.mark.parametrize("separator", [" | ", "\t"])
def test_the_line_that_counts_columns_is_no_row(separator: str) -> None:
    """Statistical forms have 甲 乙 丙 below the labels of what isn't counted."""
    rows = [HEAD, ("甲", "乙", "丙", "1"), *(row for row in CODED if "短信" not in row[0])]
    extraction = read("\n".join(separator.join(row) for row in rows) + "\n")
    assert figures(extraction, "requests") == {"requests.received": "4"}
    assert extraction.verdict == "verified"


def test_a_list_whose_columns_are_not_the_forms_is_read_by_its_own() -> None:
    rows = ROWS.format(unit=" | ", between=" | ", beside=" | 70")
    extraction = read(f"统计指标 | 单位 | 区直单位 | 乡镇街道\n{rows}")
    assert extraction.cells == ()
    own = {cell.address.partition(".1.")[2]: cell.printed for cell in extraction.extra}
    assert (own["收到申请数.当面申请数.区直单位"], own["收到申请数.乡镇街道"]) == ("1", "70")
    # With one column of the form it is the form's, though its other column may be the year's.
    assert read(f"统计指标 | 单位 | 区直单位 | 本年\n{rows}").edition == "2014"


NUMBERED_PARTS = """指标名称 | 计量单位 | 本年度 | 历年累计
主动公开信息数 | 条 | 3267 | 6815
其中：1.{part} | 条 | 3190 | 6402
2.新增的规范性文件数 | 条 | 42 | 103
提供服务类信息数 | 条 | 561 | 1284
申请总数 | 条 | 58 | 97
其中：1.当面申请数 | 条 | 21 | 40
2.信函申请数 | 条 | 37 | 57
对申请的答复数 | 条 | 57 | 95
"""


def test_parts_have_numbers_behind_of_which_that_their_form_has_none_for() -> None:
    extraction = read(NUMBERED_PARTS.format(part="全文电子化的主动公开信息数"))
    disclosure = {"published": "3267", "full_text": "3190", "normative_new": "42", "services": "561"}
    assert figures(extraction, "disclosure") == {f"disclosure.{row}": it for row, it in disclosure.items()}
    assert figures(extraction, "requests.answered") == {"requests.answered": "57"}


def test_what_the_form_has_as_a_whole_is_no_part_behind_of_which() -> None:
    extraction = read(NUMBERED_PARTS.format(part="主动公开信息数"))
    assert extraction.cell("statistics.disclosure.published.value").printed == "3267"
    assert "3190" in [cell.printed for cell in extraction.extra]


ENQUIRIES = [
    ("主动公开信息数", "条", "120"),
    ("现场接待人数", "人次", "275"),
    ("咨询电话接听数", "人次", "1093"),
    ("网上咨询数", "人次", "158"),
    ("申请总数", "条", "43"),
]


@pytest.mark.parametrize(("separator", "status"), [(" | ", "unchecked"), ("\n", "disputed")])
def test_rows_of_a_provincial_list_stand_anywhere_with_their_figures(separator: str, status: str) -> None:
    rows = [("指标名称", "计量单位", "本年"), *ENQUIRIES]
    text = "\n".join(separator.join(row) for row in rows).replace("2015", "2009")
    extraction = read(text + "\n")
    assert extraction.edition == "2008"
    states = {
        name: str(extraction.cell(f"statistics.enquiries.{name}.value").status)
        for name in ("calls", "online")
    }
    # A cell a line, a label may have been torn from its figure: only its order shows that it wasn't.
    assert status in states.values()
    assert {"unchecked", status} >= {*states.values()}


def test_rows_of_the_national_list_stand_in_its_order() -> None:
    rows = ROWS.format(unit=" | ", between=" | ", beside="").splitlines()
    rows[1:3] = ["2.传真申请数 | 件 | 0", "1.当面申请数 | 件 | 1"]
    extraction = read("\n".join(["统计指标 | 单位 | 统计数", *rows]) + "\n")
    assert extraction.edition == "2014"
    assert "disputed" in {str(cell.status) for cell in extraction.cells if cell.printed}


def test_full_time_staff_have_another_name_in_some_provinces() -> None:
    rows = "政府信息公开指定专职人员总数 | 人 | 31\n1.专职人员数 | 人 | 4\n2.兼职人员数 | 人 | 27\n"
    lines = "".join(f"{' | '.join(row)}\n" for row in ENQUIRIES)
    extraction = read(f"指标名称 | 计量单位 | 本年\n{lines}{rows}")
    assert figures(extraction, "assigned") == {"assigned.full_time": "4", "assigned.part_time": "27"}
