"""Rules on the document: each told of a page that is wrong in one way, and of none that is right."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from extractor import Extraction, extract, read_previous
from extractor.checking.checked import ToldFinding
from extractor.checking.grouping import FindingGroup
from extractor.output.lines import group_line
from extractor.pipeline import read_reports
from rules.loader import built_in_forms
from tests.integration.commands.test_cli import run

PAGES = Path("tests/data/checks")
CLEAN = (PAGES / "00-clean.html").read_text(encoding="utf-8")
FIVE, SIX = "<h2>五、存在的主要问题及改进情况</h2>", "<h2>六、其他需要报告的事项</h2>"
PROBLEMS = (
    "<p>存在的主要问题：一是主动公开的及时性有待提高；二是政策解读形式较为单一。"
    "改进措施：一是加强培训；二是丰富解读形式。</p>"
)
OTHER = "<p>本年度未收取信息处理费。</p>"
DISCLOSED = "2025年通过政府网站公开政府信息1200条。"
HANDLED = "全年新收政府信息公开申请44件，办结45件。"
PERIOD = "自2025年1月1日起至2025年12月31日止"
CONTACT = (
    "如对本报告有疑问，请与临江县人民政府办公室联系（地址：临江县建设路1号，邮编：223000，"
    "电话：0517-81234567，电子邮箱：ljxzf@163.com）。"
)
DATE = "2026年1月20日"
COUNTY, BUREAU, TOWN = "临江县人民政府", "临江县教育局", "双桥镇人民政府"
IN_FORCE = "<td>规章</td><td>0</td><td>0</td><td>0</td>"
FEES = "<td colspan=3>12.50</td>"


class Change(NamedTuple):
    """What is written instead of what, and whose report it then is."""

    old: str
    new: str
    organ: str = COUNTY


# Of each rule pages that are wrong; every one is told of, and of nothing else.
WRONG: dict[str, list[Change]] = {
    "section-missing": [Change(SIX + "\n" + OTHER, ""), Change(FIVE + "\n" + PROBLEMS, "")],
    "section-twice": [Change(SIX, f"{FIVE}<p>解读形式较少，将予丰富。</p>{SIX}")],
    "section-order": [
        Change(
            f"{FIVE}\n{PROBLEMS}\n{SIX}\n{OTHER}",
            f"<h2>五、其他需要报告的事项</h2>{OTHER}<h2>六、存在的主要问题及改进情况</h2>{PROBLEMS}",
        )
    ],
    "section-number": [
        Change("<h2>五、", "<h2>四、"),
        Change("<h2>六、", "<h2>五、"),
        Change("<h2>二、", "<h2>三、"),
    ],
    "section-title": [
        Change("五、存在的主要问题及改进情况", "五、下一阶段工作计划"),
        Change("三、收到和处理政府信息公开申请情况", "三、依申请公开情况"),
    ],
    "section-empty": [Change(PROBLEMS, ""), Change(PROBLEMS, "<p> 。</p>")],
    "problems-none": [
        Change(PROBLEMS, "<p>无</p>"),
        Change(PROBLEMS, "<p>本单位暂无问题。</p>"),
        Change(PROBLEMS, "<p>不存在主要问题。</p>"),
        Change(PROBLEMS, "<p>本年度政府信息公开工作开展顺利，不存在问题。</p>"),
    ],
    "overview-aspects": [
        Change("（三）政府信息管理。开展文件清理。", ""),
        # The others have headings; that a web site is named elsewhere is none.
        Change("（四）平台建设。优化专栏", "优化网站专栏"),
    ],
    "government-appraisal": [
        Change("组织培训2次", "把公开纳入工作考核"),
        Change("组织培训2次", "无责任追究情形"),
    ],
    "period-order": [Change(PERIOD, "自2025年12月31日起至2025年1月1日止")],
    "period-year": [
        Change(PERIOD, "自2024年1月1日起至2024年12月31日止"),
        Change(PERIOD, "自2025年1月1日至2026年1月31日"),
        Change("2025年政府信息公开工作年度报告", "2023年政府信息公开工作年度报告"),
    ],
    "other-year": [Change("2025年通过政府网站", "2024年，通过政府网站")],
    "plan-year": [Change("改进措施：", "2025年，我县将进一步改进：")],
    "title-missing": [
        Change("<h1>临江县人民政府2025年政府信息公开工作年度报告</h1>", ""),
        Change("临江县人民政府2025年政府信息公开工作年度报告", "临江县人民政府政府信息公开工作年度报告"),
    ],
    "contact-missing": [Change(CONTACT, "")],
    "contact-organ": [
        Change("请与临江县人民政府办公室联系", "请联系南浦区人民政府办公室（电话见下）"),
        Change("请与临江县人民政府办公室联系", "请与云岭市数据局联系"),
        Change("请与临江县人民政府办公室联系", "欢迎与南浦区人民政府办公室联系"),
    ],
    "signature-organ": [
        Change("<p>临江县人民政府</p><p>2026", "<p>云岭市人民政府</p><p>2026"),
        Change("<p>临江县人民政府</p><p>2026", "<p>临江县教育局</p><p>2026"),
    ],
    "telephone-form": [Change("0517-81234567", "0517-812345"), Change("0517-81234567", "812345678901234")],
    "postcode-form": [Change("223000", "22300"), Change("223000", "2230001")],
    "email-form": [
        Change("ljxzf@163.com", "ljxzf163.com"),
        Change("ljxzf@163.com", "ljxzf@163"),
        Change("ljxzf@163.com", "ljxzf#163.com"),
    ],
    "date-late": [
        Change(DATE, "2026年2月9日", BUREAU),
        Change(DATE, "2026年2月9日", "临江县农业农村局"),
        Change(DATE, "2026年4月1日"),
    ],
    "date-after-january": [Change(DATE, "2026年2月25日"), Change(DATE, "2026年2月1日", TOWN)],
    "date-early": [Change(DATE, "2025年1月20日"), Change(DATE, "2025年11月3日")],
    "date-missing": [Change(f"<p>{DATE}</p>", "")],
    "date-impossible": [
        Change("开展文件清理", "6月31日开展文件清理"),
        Change("开展文件清理", "2月30日至3月2日开展文件清理"),
    ],
    "cells-blank": [
        Change("<td>8</td><td>1</td><td>0</td><td>0</td>", "<td>8</td><td>1</td><td></td><td>/</td>"),
        Change("<td colspan=3>300</td>", "<td colspan=3></td>"),
    ],
    "regulations-by-organ": [
        Change(IN_FORCE, "<td>规章</td><td>0</td><td>0</td><td>7</td>"),
        Change(IN_FORCE, "<td>规章</td><td>6</td><td>0</td><td>0</td>", TOWN),
    ],
    "regulations-by-department": [Change(IN_FORCE, "<td>规章</td><td>3</td><td>0</td><td>0</td>", BUREAU)],
    "fees-size": [
        Change(FEES, "<td colspan=3>4567123.80</td>"),
        Change(FEES, "<td colspan=3>21850.00</td>", TOWN),
    ],
    "figures-size": [
        Change(
            "<td>2</td><td>1</td><td>0</td><td>1</td><td>4</td>",
            "<td>30400</td><td>1</td><td>0</td><td>1</td><td>30402</td>",
        )
    ],
    "documents-size": [Change("<td>5</td><td>2</td><td>40</td>", "<td>2025</td><td>2</td><td>2063</td>")],
    "decisions-size": [Change("<td colspan=3>300</td>", "<td colspan=3>99999999</td>")],
    "all-done": [
        Change(HANDLED, "全年新收政府信息公开申请44件，已全部办结。"),
        Change(HANDLED, "收到政府信息公开申请44件。办结率为100%。"),
    ],
    "carried-none-said": [Change(HANDLED, "收到政府信息公开申请44件，无结转下年度继续办理的。")],
    "requests-none-said": [Change(HANDLED, "全年未收到政府信息公开申请。")],
    "reconsideration-none-said": [Change(HANDLED, HANDLED + "未发生因政府信息公开被申请行政复议的情形。")],
    "litigation-none-said": [Change(HANDLED, HANDLED + "没有因政府信息公开引起的行政诉讼。")],
    "fees-none-said": [
        Change(OTHER, "<p>本年度无行政事业性收费。</p>"),
        Change(OTHER, "<p>本机关行政事业性收费金额为0元。</p>"),
    ],
    "fees-said": [],
    "template-left": [
        Change("1200条", "××条"),
        Change("组织培训2次", "组织培训＿＿＿次"),
        Change("组织培训2次", "组织培训X次"),
    ],
    "template-title": [Change("0517-81234567", "0517-XXXXXXX")],
    "number-left-out": [Change("公开政府信息1200条", "公开政府信息 条")],
    "words-doubled": [Change("开展文件清理", "开展专项资金资金公开")],
    "links-inside": [
        Change("优化专栏", "优化专栏（file:///C:/Users/lj/附件1.doc）"),
        Change("优化专栏", "优化专栏（http://192.168.3.14/xxgk）"),
    ],
    "identity-number": [Change("优化专栏", "优化专栏，答复王某（11010519491231002X）")],
    "mobile-number": [Change("优化专栏", "优化专栏，答复李某，手机13912345678")],
}
# Pages that are right, and come near to being told.
RIGHT: list[Change] = [
    Change("", ""),
    Change(PROBLEMS, "<p>无突出问题，但解读形式仍较单一，将予丰富。</p>"),
    Change("五、存在的主要问题及改进情况", "五、政府信息公开工作存在的主要问题和改进情况"),
    Change(OTHER, "<p>无。</p>"),
    Change(PERIOD, "自2025年3月18日至12月31日"),
    Change(DATE, "2026年1月31日", BUREAU),
    Change(DATE, "2025年12月31日"),
    Change("请与临江县人民政府办公室联系", "请与本机关办公室联系"),
    Change("请与临江县人民政府办公室联系", "请与云岭市临江县政府办联系"),
    Change("0517-81234567", "（0517）8123456-801"),
    Change("0517-81234567", "0517-12345"),
    Change("ljxzf@163.com", "xxgk_2025@lj.gov.cn"),
    Change("ljxzf@163.com", "ljxzf#163.com（请将#换成@）"),
    Change(
        "临江县人民政府2025年政府信息公开工作年度报告</h1>",
        "临江县人民政府政府信息公开工作年度报告</h1><p>（2025年度）</p>",
    ),
    Change(PROBLEMS, "<p>政府信息公开工作开展顺利，但不存在问题的单位仍属少数，解读形式较为单一。</p>"),
    Change("开展文件清理", "6月30日、十二月三十一日、二〇二四年十二月三十日和2月29日开展文件清理"),
    Change("开展文件清理", "历时13个月2日开展文件清理"),
    # One heading for two aspects, or none at all.
    Change(
        "（三）政府信息管理。开展文件清理。（四）平台建设。", "（三）政府信息管理和平台建设。开展文件清理。"
    ),
    Change(IN_FORCE, "<td>规章</td><td>0</td><td>0</td><td>9</td>", BUREAU),
    Change(IN_FORCE, "<td>规章</td><td>2</td><td>0</td><td>9</td>", "临江市人民政府"),
    Change(IN_FORCE, "<td>规章</td><td>2</td><td>0</td><td>9</td>", "临江新区管理委员会"),
    Change(FEES, "<td colspan=3>63210.55</td>"),
    Change(HANDLED, "全年新收政府信息公开申请44件，除结转2件外均已办结。"),
    Change(HANDLED, "收到政府信息公开申请44件。办理人大建议12件，全部办结。"),
    Change(HANDLED, "收到政府信息公开申请44件，按时办结率100%。"),
    Change(HANDLED, "收到政府信息公开申请44件。受理查档申请240件，办结240件，办结率100%。"),
    Change(DISCLOSED, "与2024年相比，2025年公开的信息更多。"),
    Change("优化专栏", "临江县人民政府政府信息公开专栏一个一个优化"),
    Change("优化专栏", "优化专栏，XX局的做法得到推广"),
    Change("优化专栏", "优化专栏，编号110105194912310021"),
    Change("优化专栏", "优化专栏，咨询电话：13912345678"),
    Change("组织培训2次", "开展工作考核和社会评议，无责任追究情形"),
]


def changed(change: Change) -> str:
    assert change.old in CLEAN
    page = CLEAN.replace(change.old, change.new) if change.old else CLEAN
    return page.replace(COUNTY, change.organ)


def read(page: str) -> Extraction:
    (extraction,) = extract(page.encode())
    return extraction


def as_text(page: str) -> str:
    """The same as a text, cells parted by tabs."""
    (report,) = read_reports(page.encode())
    return report.document.text


@cache
def form_rules() -> dict[str, str]:
    return {
        rule.id: rule.severity
        for form in built_in_forms()
        if form.document is not None
        for rule in form.document.rules
    }


def told(extraction: Extraction) -> list[str]:
    return [f.rule for f in (*extraction.findings, *extraction.remarks) if f.rule in form_rules()]


def test_every_rule_has_a_page_that_is_wrong() -> None:
    assert WRONG.keys() == form_rules().keys()


@pytest.mark.parametrize(
    ("rule", "change"), [(rule, change) for rule, changes in WRONG.items() for change in changes]
)
def test_what_is_wrong_is_told(rule: str, change: Change) -> None:
    page = changed(change)
    extraction = read(page)
    assert set(told(extraction)) == {rule}
    assert told(read(as_text(page))).count(rule) == told(extraction).count(rule)
    for finding in (*extraction.findings, *extraction.remarks):
        if finding.rule == rule:
            assert finding.severity == form_rules()[rule]
            assert "{" not in finding.message.zh + finding.message.en
    # A missing telephone makes no figure doubtful.
    assert not [
        finding for finding in extraction.findings if finding.severity == "hard" and finding.rule == rule
    ]
    assert all(finding.rule in form_rules() for finding in extraction.remarks)


@pytest.mark.parametrize("change", RIGHT)
def test_what_is_right_is_not(change: Change) -> None:
    extraction = read(changed(change))
    assert told(extraction) == []
    assert extraction.verdict == "verified"


@pytest.mark.parametrize("number", ["11010519491231002X", "13912345678"])
def test_numbers_of_persons_are_never_printed_whole(number: str) -> None:
    page = CLEAN.replace("优化专栏", f"优化专栏，答复王某（{number}）")
    extraction = read(page)
    (remark,) = extraction.remarks
    assert number[:3] + "*" * (len(number) - 3) in remark.message.zh
    group = FindingGroup.of(ToldFinding(remark, "a.html", None, ""))
    assert number not in group_line(group, "a.html", "zh") + group_line(group, "a.html", "en")
    assert number not in extraction.model_dump_json()


# What each page of the folder is to be told of, by reading it beside 00-clean.html.
TOLD = {
    "00-clean": [],
    "00-prev": [],
    "08-text-handled": ["narrative-same-as-cell"],
    "08b-text-handled": ["narrative-same-as-cell", "narrative-same-as-cell"],
    "08c-text-handled": ["narrative-same-as-cell"],
    "09-all-done-but-carried": ["all-done"],
    "11-town-regulation": ["regulations-by-organ", "regulations-by-organ"],
    "12-fee-yuan": ["fees-size"],
    "14-sec5-none": ["problems-none"],
    "16-sec6-missing": ["section-missing"],
    "17-sec-title-wrong": ["section-title"],
    "20-sec-number-twice": ["section-number"],
    "22-blank-cells": ["cells-blank"],
    "24-t2-blank": ["cells-blank"],
    "27-late-date": ["date-after-january"],
    "29-no-contact": ["contact-missing"],
    "31-period-wrong-year": ["period-order"],
    "33-org-differs": ["contact-organ"],
    "40-template-left": ["template-left", "number-left-out"],
    "47-copied-last-year": [],
    "47-prev": [],
    "55-rate": ["narrative-share"],
    "57-fees-text": ["narrative-same-as-cell"],
    "61-litigation-bare": ["narrative-same-as-cell"],
}


@pytest.mark.parametrize("name", TOLD)
def test_each_page_of_the_folder(name: str) -> None:
    code, out, _ = run("check", str(PAGES / f"{name}.html"))
    assert [line.split("  ")[1] for line in out.splitlines()] == TOLD[name]
    severities = {**form_rules(), "narrative-same-as-cell": "hard", "narrative-share": "hard"}
    assert code == int("hard" in {severities[rule] for rule in TOLD[name]})


# Sentences in place of the one on applications, and what they are told as: table 2 has 300, 120 and 4
# decisions and 12.50万元, table 3 received 44 and handled 45, of them 24 granted, table 4 has 4 and 1.
SENTENCES = {
    "收到政府信息公开申请44件，已答复43件。": "narrative-same-as-cell",
    "收到政府信息公开申请44件，已办结45件。": None,
    # What came in sums to nothing that is done.
    "收到申请44件，上年结转3件，共办结45件。": None,
    "收到申请44件，上年结转3件，共办结40件。": "narrative-same-as-cell",
    "收到公民、法人和其他组织申请44件。": None,
    "收到公民、法人和其他组织申请46件。": "narrative-same-as-cell",
    "收到法人申请6件，其中企业4件。": None,
    "全市制发规范性文件85件，其中市政府制发5件。": None,
    "收到政府信息公开申请44件，均已答复44件。": None,
    "收到政府信息公开申请44件。办结人大建议31件。": None,
    "收到政府信息公开申请44件，其中自然人39件，答复38件。": None,
    "收到政府信息公开申请44件。行政复议4件，行政诉讼2件。": "narrative-same-as-cell",
    "收到政府信息公开申请44件。行政复议4件，行政诉讼1件。": None,
    "收到政府信息公开申请44件。全县办理行政复议96件。": None,
    "予以公开24件，占答复总数的58%。": "narrative-share",
    "予以公开24件，占办结总量的53.3%。": None,
    "予以公开24件，占新收申请总数的60.1%。": "narrative-share",
    "予以公开24件，占新收申请总数的54.5%。": None,
    "全年办理行政许可310件。": "narrative-same-as-cell",
    "全年办理行政许可300件，行政处罚120件，行政强制4件。": None,
    "公示行政许可210件。": None,
    "征收行政事业性收费16.2万元。": "narrative-same-as-cell",
    "征收行政事业性收费12.5万元。": None,
    "行政事业性收费125000元。": None,
    "减免行政事业性收费80万元。": None,
}


@pytest.mark.parametrize("sentence", SENTENCES)
def test_numbers_in_short_words_are_put_to_the_tables(sentence: str) -> None:
    wrong = SENTENCES[sentence]
    extraction = read(CLEAN.replace(HANDLED, sentence))
    assert [finding.rule for finding in extraction.findings] == ([wrong] if wrong else [])


def test_nothing_is_told_beside_last_year() -> None:
    before = read_previous(PAGES / "00-prev.html")
    (extraction,) = extract(PAGES / "00-clean.html", previous=before)
    assert (*extraction.findings, *extraction.remarks) == ()


def test_an_overview_taken_over_from_last_year_is_told() -> None:
    """The rest that is told is of cells, which stand in the copy as they did last year, too."""
    before = read_previous(PAGES / "47-prev.html")
    (extraction,) = extract(PAGES / "47-copied-last-year.html", previous=before)
    rules = [finding.rule for finding in extraction.findings]
    assert rules.count("previous-same-text") == 1
    assert set(rules) <= {"previous-same-text", "previous-carried-over", "previous-in-force"}
    (changed_report,) = extract(changed(Change("1200条", "1350条")).encode(), previous=before)
    assert "previous-same-text" not in {finding.rule for finding in changed_report.findings}


@pytest.mark.parametrize(
    ("name", "code", "strict"),
    [("00-clean", 0, 0), ("29-no-contact", 0, 0), ("33-org-differs", 0, 1), ("16-sec6-missing", 1, 1)],
)
def test_warnings_fail_a_report_if_that_is_wanted(name: str, code: int, strict: int) -> None:
    page = str(PAGES / f"{name}.html")
    assert run("check", page)[0] == code
    assert run("check", page, "--strict")[0] == strict
    assert "1 report, 1 verified" in run("check", page, "--lang", "en")[2]


def test_remarks_are_chosen_like_findings() -> None:
    page = str(PAGES / "40-template-left.html")
    code, out, _ = run("check", page, "--select", "number", "--lang", "en")
    assert (code, out.count("\n")) == (0, 1)
    assert "number-left-out  warning: A number is missing in “办结 件”." in out
    assert run("check", page, "--ignore", "template-left", "--lang", "zh")[0] == 0
    assert "建议：没有联系方式" in run("check", str(PAGES / "29-no-contact.html"), "--lang", "zh")[1]
    assert "Remarks" in run("extract", page, "--lang", "en")[1]
