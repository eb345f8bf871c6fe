"""What an organ has added to the form is shown under its own words, be it a row or a column."""

from __future__ import annotations

from extractor.forms import FormSet
from extractor.pipeline import ReadReport, read_reports
from extractor.review.facts import facts_of
from extractor.review.form_view import form_tables
from extractor.verify.names import form_of_each
from tests.helpers.pages import with_added_row

FORMS = FormSet.of().forms
LIST = """临江县2015年政府信息公开工作年度报告
一、概述
政府信息公开情况统计表
统计指标 | 单位 | 本年 | 历年累计
（一）收到申请数 | 件 | 8 | 70
1.当面申请数 | 件 | 1 | 70
2.传真申请数 | 件 | 0 | 70
3.网络申请数 | 件 | 5 | 70
4.信函申请数 | 件 | 2 | 70
"""


def shown(source: bytes) -> tuple[ReadReport, list[str], list[list[str]]]:
    """A report, the names of what it has beside the form, and its added rows: their labels and figures."""
    (report,) = read_reports(source, name="report")
    form_of = form_of_each(report.extraction, FORMS)
    names = [cell["name"][0] for cell in facts_of(report, FORMS, form_of)["cells"] if cell.get("extra")]
    cells = [*report.extraction.cells, *report.extraction.extra]
    rows = [
        [grid.columns[0].label.zh, row.label.zh, *(cells[number].printed for number in row.cells)]
        for table in form_tables(report, FORMS, form_of)
        for grid in table.grids
        if grid.is_added
        for row in grid.rows
    ]
    return report, names, rows


def test_a_row() -> None:
    figures = ["30", "0", "0", "3", "2", "1", "36"]
    _, names, rows = shown(with_added_row("received", "其中：网上申请", figures))
    assert names[0] == "表三“其中：网上申请”×自然人"
    assert rows == [["自然人", "其中：网上申请", *figures]]


def test_a_column() -> None:
    report, names, rows = shown(LIST.encode())
    assert len(names) == len(report.extraction.extra) == 5
    assert names[0].endswith("“（一）收到申请数”×历年累计")
    assert [row[0] for row in rows] == ["历年累计"] * 5
    assert rows[1] == ["历年累计", "1.当面申请数", "70"]


def test_a_table_of_no_known_form() -> None:
    rows = "科室子 | 11 | 7 | 18\n科室丑 | 25 | 14 | 39\n科室寅 | 40 | 3 | 43\n科室卯 | 9 | 52 | 61\n"
    title = "云溪医院2023年度信息公开工作报告\n"
    _, names, shown_rows = shown(f"{title}科室名称 | 门诊 | 住院 | 合计\n{rows}".encode())
    assert names[:3] == ["表1“科室子”×门诊", "表1“科室子”×住院", "表1“科室子”×合计"]
    assert shown_rows[1] == ["门诊", "科室丑", "25", "14", "39"]
