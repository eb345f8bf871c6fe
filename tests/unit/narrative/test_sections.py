"""Titles, free text and items in the wordings and shapes that pages have them in."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.documents.document import Document
from extractor.documents.plain.text import read_text
from extractor.documents.source import Source
from extractor.layout.reading import Reading
from extractor.narrative.read import read_narrative
from extractor.narrative.text.sections import read_sections
from extractor.result.header import Header
from extractor.result.narrative import Narrative
from extractor.verify.verification import verify

NO_TABLES = Reading(None, (), ())
FORM = (
    "一、总体情况\n2023年，我局公开。\n"
    "二、主动公开政府信息情况\n规章 | 0\n"
    "三、收到和处理政府信息公开申请情况\n三、本年度办理结果 | （一）予以公开 | 0\n"
    "四、结转下年度继续办理 | 0\n"
    "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况\n0\n五、存在的主要问题及改进情况\n少。\n"
    "六、其他需要报告的事项\n无。\n"
)
PIECES = (
    *FORM.splitlines(keepends=True),
    "目录\n",
    "（一）主动公开情况\n",
    "一是好。",
    "七、附件\n",
    "| ",
    "\t",
    " ",
)


def document(text: str) -> Document:
    return read_text(Source(text.encode(), "report"))


def narrative_of(page: Document) -> Narrative:
    extraction = verify(page, NO_TABLES, ()).extraction(Header())
    return read_narrative(page, NO_TABLES, extraction, ()).narrative


def titles(text: str) -> list[tuple[str, str]]:
    return [(section.number, section.title) for section in read_sections(document(text))]


def numbers(text: str) -> list[str]:
    return [section.number for section in read_sections(document(text))]


@pytest.mark.parametrize(
    ("printed", "number", "title"),
    [
        ("一、总体情况。2023年，我局好。", "1", "一、总体情况"),
        ("一、总体情况2023年，我局好。", "1", "一、总体情况"),
        ("## **一、总体情况**", "1", "一、总体情况"),
        ("⼀、总体情况", "1", "⼀、总体情况"),
        ("一、概述", "1", "一、概述"),
        ("二、 主 动 公 开 政府信息情况", "2", "二、 主 动 公 开 政府信息情况"),
        ("| 二、主动公开政府信息的情况 |", "2", "二、主动公开政府信息的情况"),
        ("第三部分 收到和处理政府信息公开申请情况", "3", "第三部分 收到和处理政府信息公开申请情况"),
        ("四、依申请公开政府信息办理情况", "3", "四、依申请公开政府信息办理情况"),
        (
            "三、因申请公开引起的行政复议、\n提起行政诉讼的情况",
            "4",
            "三、因申请公开引起的行政复议、\n提起行政诉讼的情况",
        ),
        (
            "五、政府信息公开工作存在的主要问题及改进措施：",
            "5",
            "五、政府信息公开工作存在的主要问题及改进措施",
        ),
        ("六、其他需要报告的事项（文字）", "6", "六、其他需要报告的事项"),
        ("其他需要报告的事项", "6", "其他需要报告的事项"),
    ],
)
def test_a_title_is_known_by_what_it_means(printed: str, number: str, title: str) -> None:
    assert titles(f"{printed}\n好。\n")[-1] == (number, title)


@pytest.mark.parametrize(
    "inside",
    [
        "（一）主动公开政府信息情况\n好。\n（二）依申请公开情况\n好。\n",
        "主动公开情况：\n好。\n依申请公开情况：\n好。\n",
        "一、加强组织领导工作\n好。\n二、强化主动公开工作\n好。\n三、政府信息管理情况\n好。\n",
    ],
)
def test_a_sub_heading_is_no_section(inside: str) -> None:
    assert numbers(FORM.replace("2023年，我局公开。\n", inside)) == ["1", "2", "3", "4", "5", "6"]


def test_what_lists_the_sections_is_of_the_preamble() -> None:
    contents = (
        "目录\n一、总体情况……1\n二、主动公开政府信息情况 2\n三、收到和处理政府信息公开申请情况……3\n"
        "四、政府信息公开行政复议、行政诉讼情况 4\n五、存在的主要问题及改进情况 5\n六、其他需要报告的事项 6\n"
    )
    sentence = "本报告由一、总体情况；二、主动公开政府信息情况；三、收到和处理政府信息公开申请情况组成。\n"
    for preamble in (contents, sentence):
        assert numbers(preamble + FORM) == ["preamble", "1", "2", "3", "4", "5", "6"]


def test_a_page_in_one_line_has_its_sections() -> None:
    assert numbers(FORM.replace("\n", " ")) == ["1", "2", "3", "4", "5", "6"]


def test_sections_of_the_page_s_own_and_rows_of_the_old_table() -> None:
    text = (
        "一、概述\n好\n二、重点领域信息公开情况\n好\n三、主动公开政府信息的情况\n好\n"
        "四、其他需要说明的事项\n无\n统计指标 | 单位 | 统计数\n"
        "一、主动公开情况 | - | \n四、行政复议数量 | 件 | 0\n"
    )
    assert numbers(text) == ["1", "other", "2", "6"]


def test_the_words_of_the_page_around_a_report_are_left_out() -> None:
    report = "某县2023年政府信息公开工作年度报告\n" + FORM
    page = document("首页 > 政府信息公开\n登录\n" + report + "【打印】【关闭】\n版权所有：某县\n")
    sections = read_sections(page)
    assert page.text[sections[0].span.start : sections[-1].span.end] == report


@pytest.mark.parametrize(
    ("printed", "problems", "improvements"),
    [
        (
            "一是公开不够。下一步，将丰富形式。二是力量薄弱。下一步，将加强培训。",
            ["公开不够。", "力量薄弱。"],
            ["下一步，将丰富形式。", "下一步，将加强培训。"],
        ),
        (
            "（一）公开不够。改进情况：已加强培训。\n（二）力量薄弱。改进情况：已丰富形式。",
            ["公开不够。", "力量薄弱。"],
            ["已加强培训。", "已丰富形式。"],
        ),
        ("存在的主要问题：公开不够。改进措施：加强培训。", ["公开不够。"], ["加强培训。"]),
        (
            "（一）存在的问题\n1.公开不够；\n2.力量薄弱。\n（二）改进措施\n1.加强培训，对存在的问题及时整改。",
            ["公开不够", "力量薄弱。"],
            ["加强培训，对存在的问题及时整改。"],
        ),
        (
            "主要问题：一是公开不够；二是力量薄弱。今后做好以下工作：第一，加强培训。第二，丰富形式。",
            ["公开不够", "力量薄弱。"],
            ["加强培训。", "丰富形式。"],
        ),
        ("我局严格按照要求开展工作，成效明显。", [], []),
        ("无。", [], []),
    ],
)
def test_problems_and_improvements_are_told_apart_or_left_out(
    printed: str, problems: list[str], improvements: list[str]
) -> None:
    narrative = narrative_of(document(FORM.replace("少。\n", f"{printed}\n")))
    assert [one.printed for one in narrative.problems] == problems
    assert [one.printed for one in narrative.improvements] == improvements


@given(
    st.lists(
        st.sampled_from(PIECES) | st.text("一二、（）()。：；|\n\r\t 12是问题改进#\u200b", max_size=12),
        max_size=40,
    ).map("".join)
)
def test_sections_part_the_text_in_order_and_say_what_it_says(text: str) -> None:
    page = document(text)
    narrative = narrative_of(page)
    for one, following in pairwise(narrative.sections):
        assert one.span.end == following.span.start
    for section in narrative.sections:
        assert 0 <= section.span.start <= section.span.end <= len(page.text)
        assert section.title in page.text[section.span.start : section.span.end]
    passages = [*narrative.problems, *narrative.improvements]
    passages += [narrative.fee_statement] if narrative.fee_statement is not None else []
    for passage in passages:
        assert passage.printed == page.text[passage.span.start : passage.span.end] != ""
