"""Tables of no known form: paths, units, columns, figures; sums that are stated, and none by accident."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner

from eval.gold.cases import Case, foreign_cases
from eval.zoo.forms import adopted
from extractor import Extraction, extract
from extractor.commands.app import app
from extractor.reports.opening import open_document
from extractor.statistics.reading import read_statistics
from extractor.statistics.table import StatisticsTable

TITLE = "云溪医院2023年度信息公开工作报告\n"


def read(text: str) -> Extraction:
    (extraction,) = extract((TITLE + text).encode())
    return extraction


def table_of(text: str) -> StatisticsTable:
    (table,) = read_statistics(open_document(text.encode(), "page.txt"))
    return table


@pytest.mark.parametrize("case", foreign_cases(), ids=lambda case: case.name)
def test_a_foreign_report_is_read_by_its_own_words(case: Case) -> None:
    (extraction,) = extract(case.path)
    read = [(cell.address, cell.printed, cell.unit, cell.state) for cell in extraction.extra]
    assert read == [(gold.address, gold.printed, gold.unit, gold.state) for gold in case.cells]
    assert [cell.value for cell in extraction.extra] == [gold.value for gold in case.cells]
    assert {str(cell.status) for cell in extraction.extra} == {"unchecked"}
    assert (extraction.cells, extraction.edition, extraction.verdict) == ((), None, "needs_review")
    assert extraction.findings[0].rule == "unknown-form"
    # One of them doesn't add up.
    contradicts = "stated-sum" in {finding.rule for finding in extraction.findings}
    assert contradicts == (case.name == "group-subtotals-one-wrong")
    assert extraction.header.year is not None


def test_the_nearest_form_is_named_with_the_share_of_rows_that_it_knows() -> None:
    known = "收到申请数 | 件 | 8\n当面申请数 | 件 | 3\n"
    own = "".join(f"自设项目{name} | 条 | 5\n" for name in "甲乙丙丁戊己")
    message = read(f"统计指标 | 单位 | 统计数\n{known}{own}").findings[0].message
    assert "“政府信息公开情况统计表”2014 认得其中 25% 的行" in message.zh


def test_a_total_that_fails_where_it_holds_elsewhere_is_a_warning_and_no_figure_is_doubted() -> None:
    rows = "科室子 | 11 | 7 | 18\n科室丑 | 25 | 14 | 39\n科室寅 | 40 | 3 | 43\n科室卯 | 9 | 52 | 61\n"
    extraction = read(f"科室名称 | 门诊 | 住院 | 合计\n{rows}科室辰 | 30 | 20 | 60\n")
    (finding,) = [one for one in extraction.findings if one.rule == "stated-sum"]
    assert (finding.severity, finding.place) == ("soft", "extra.1.科室辰.合计")
    assert "印作 60，其各部分之和为 50" in finding.message.zh
    assert {str(cell.status) for cell in extraction.extra} == {"unchecked"}


def test_a_total_that_holds_in_two_places_alone_is_no_rule() -> None:
    rows = "甲科 | 11 | 7 | 18\n乙科 | 25 | 14 | 39\n丙科 | 30 | 20 | 60\n"
    extraction = read(f"科室名称 | 门诊 | 住院 | 合计\n{rows}")
    assert "stated-sum" not in {finding.rule for finding in extraction.findings}


NUMBERED = ("一、公开 | 9", "（一）网站 | 4", "1.新闻 | 3", "2.通知 | 1", "（二）报纸 | 5", "二、咨询 | 2")
INDENTED = ("公开 | 9", "　　网站 | 4", "　　报纸 | 5", "咨询 | 3")


@pytest.mark.parametrize(
    ("lines", "paths"),
    [
        (NUMBERED, ["公开", "公开.网站", "公开.网站.新闻", "公开.网站.通知", "公开.报纸", "咨询"]),
        (("公开总数 | 9", "其中：网站 | 4", "咨询数 | 2"), ["公开总数", "公开总数.网站", "咨询数"]),
        (
            ("1.公开 | 9", "其中：网站 | 4", "报纸 | 2", "2.咨询 | 3"),
            ["公开", "公开.网站", "公开.报纸", "咨询"],
        ),
        (INDENTED, ["公开", "公开.网站", "公开.报纸", "咨询"]),
    ],
)
def test_a_row_stands_below_what_numbers_blanks_and_parts_say(
    lines: tuple[str, ...], paths: list[str]
) -> None:
    table = table_of("项目 | 数量\n" + "\n".join(lines) + "\n")
    assert [".".join(table.path(position)) for position in range(len(table.rows))] == paths


def test_figures_of_random_tables_make_no_rules() -> None:
    """A column of totals, and rows numbered below one, whose figures are drawn each for itself."""
    assert adopted(400) == 0


def test_a_report_without_tables_gives_its_header_sections_and_claims() -> None:
    text = (
        "东海理工大学2023年信息公开工作年度报告\n一、概述\n学校全年主动公开信息3125条，其中学校网站2040条、"
        "微信公众号1085条。\n二、存在的问题\n公开内容有待丰富。\n"
    )
    (extraction,) = extract(text.encode())
    header = extraction.header
    assert header.organ is not None
    assert header.year is not None
    assert (header.organ.value, header.year.value) == ("东海理工大学", "2023")
    assert [claim.value for claim in extraction.narrative.claims] == [3125, 2040, 1085]
    assert [section.title for section in extraction.narrative.sections if section.title] == [
        "一、概述",
        "二、存在的问题",
    ]
    assert [finding.rule for finding in extraction.findings] == ["no-table"]


@pytest.mark.parametrize("case", foreign_cases()[:2], ids=lambda case: case.name)
def test_every_output_shows_a_foreign_report(case: Case, tmp_path: Path) -> None:
    run = CliRunner().invoke(app, ["extract", str(case.path), "--lang", "en"])
    for gold in case.cells:
        words = gold.address.removeprefix("extra.1.")
        assert f"{words}  {gold.printed or '␣'} {gold.unit or ''}".rstrip() in run.stdout
    assert "none knows any of their rows" in run.stdout
    for name in ("page.csv", "page.xlsx", "page.json"):
        output = tmp_path / name
        assert CliRunner().invoke(app, ["extract", str(case.path), "-o", str(output)]).exit_code == 0
    page = tmp_path / "page.html"
    assert CliRunner().invoke(app, ["review", str(case.path), "-o", str(page)]).exit_code == 0
    assert case.cells[0].printed in page.read_text(encoding="utf-8")


def test_what_is_no_number_in_a_column_of_figures_is_kept_and_open() -> None:
    rows = (
        "疫情信息 | 730条\n科普推文 | 约500篇\n讲座 | 若干\n"
        "热线咨询 | 1.2万人次\n电话 | 0571-86780001\n开放日 | 3（次）\n"
    )
    extraction = read(f"事项 | 数量\n{rows}")
    assert [(cell.printed, cell.value, cell.unit, cell.status) for cell in extraction.extra] == [
        ("730条", 730, "条", "unchecked"),
        ("约500篇", None, None, "disputed"),
        ("若干", None, None, "disputed"),
        ("1.2万人次", Decimal("1.2"), "万人次", "unchecked"),
        ("0571-86780001", None, None, "disputed"),
        ("3（次）", 3, "次", "unchecked"),
    ]


def test_a_short_row_whose_columns_nothing_tells_is_open() -> None:
    """Blanks part these cells, and none stands below another: 12 is of 2021 or of 2022."""
    rows = "水质公告 次 12\n防汛放水通知 次 30 28\n巡查 次 15 16\n"
    extraction = read(f"项目 单位 2021年 2022年\n{rows}")
    statuses = {cell.printed: str(cell.status) for cell in extraction.extra}
    assert statuses["12"] == "disputed"
    assert {statuses[printed] for printed in ("30", "28", "15", "16")} == {"unchecked"}


def test_a_total_of_a_group_that_fails_where_the_others_hold_is_told() -> None:
    (case,) = [case for case in foreign_cases() if case.name == "group-subtotals-one-wrong"]
    (extraction,) = extract(case.path)
    (finding,) = [one for one in extraction.findings if one.rule == "stated-sum"]
    assert finding.place == "extra.1.人事.小计.网站"
    assert "印作 13，其各部分之和为 12" in finding.message.zh


def test_a_table_without_a_label_is_read_without_a_row() -> None:
    rows = "".join(f"<tr><td></td><td>{one}</td><td>{one + 1}</td></tr>" for one in range(4))
    head = "<tr><td>申请人情况</td><td>自然人</td><td>总计</td></tr>"
    page = f"<h1>{TITLE}</h1><h2>依申请公开情况</h2><table>{head}{rows}</table>"
    extractions = extract(page.encode(), name="page.html")
    assert [cell.printed for one in extractions for cell in one.cells if cell.printed] == []
