"""What right before a table says that it is an earlier year's, and what says nothing of it."""

from __future__ import annotations

import pytest

from extractor.layout.words.other_year import groups_of, is_of_another_year, says_another_year
from tests.helpers.layout_pages import FORMS

TITLE = "某县人民政府2023年政府信息公开工作年度报告\n"
HEADING = "四、政府信息公开行政复议、行政诉讼情况\n"
TABLE = "行政复议 | 行政诉讼\n"


def told(before: str, title: str = TITLE) -> bool:
    text = title + before + TABLE
    return is_of_another_year(text, len(title + before), 0)


@pytest.mark.parametrize(
    "before",
    [
        HEADING + "2023年未发生行政复议、行政诉讼案件。2022年情况如下：\n",
        HEADING + "本年度未发生，上年情况见下表\n",
        HEADING + "去年行政复议、行政诉讼情况：\n\n",
        "上年度行政复议、行政诉讼情况\n",
        HEADING.strip() + " 2022年：\n",
        HEADING + "二〇二二年度\n",
        HEADING + "２０２２年度数据\n",
        HEADING + "22年度数据\n",
        HEADING + "FY2022\n",
        HEADING + "以 下 为 2 0 2 2 年 数 据\n",
        HEADING + "以下为20\u200b22年数据\n",
        HEADING + "以下为二O二二年数据\n",
        HEADING.strip() + "（2022年）\n",
        HEADING + "（2019—2023年累计）\n",
    ],
)
def test_an_earlier_year_right_before_the_table_is_seen(before: str) -> None:
    assert told(before)


@pytest.mark.parametrize(
    "before",
    [
        HEADING,
        HEADING + "2023年情况如下：\n",
        HEADING + "二〇二三年度\n",
        HEADING.strip() + "（2023年）\n",
        HEADING + "2022年发生3件。2023年情况如下：\n",
        HEADING + "本年比2022年增加3件：\n",
        HEADING + "含上年结转2件，情况如下：\n",
        HEADING + "较上年减少：\n",
        "全年工作平稳有序，公文公开属性源头认定办法已经施行，规范性文件清理率达到百分之百，2022年以来持续加强培训考核监督工作。\n",
        "",
    ],
)
def test_comparisons_and_the_own_year_say_nothing(before: str) -> None:
    assert not told(before)


def test_without_a_title_no_year_is_another() -> None:
    assert not told(HEADING + "2022年情况如下：\n", title="某县年报\n")


@pytest.mark.parametrize(
    ("table", "behind"),
    [
        ("申请人情况（2022年） 自然人 3", ""),
        ("申请人情况（历年累计） 自然人 3", ""),
        ("申请人情况（%） 自然人 3", ""),
        ("自然人 法人或其他组织（上年） 3", ""),
        ("行政诉讼（2022年） 结果维持 3", ""),
        ("三、上年度办理结果 （一）予以公开 3", ""),
        ("三、2022年度办理结果 （一）予以公开 3", ""),
        ("（三）不予公开（2022年） 1.属于国家秘密 3", ""),
        ("自然人 3", "\n注：本表为2022年度数据。"),
        ("自然人 3", "\n注：以上均为上一年度数据，本年度数据待统计。"),
        ("自然人 3", "\n注：以上为2022年度数据。"),
        ("自然人 3", "\n（本表数据为五年累计）"),
    ],
)
def test_a_table_or_a_note_on_it_may_say_so(table: str, behind: str) -> None:
    text = f"{TITLE}{table}{behind}\n{HEADING}"
    assert says_another_year(text, len(TITLE), len(TITLE + table), groups_of(FORMS))


@pytest.mark.parametrize(
    ("table", "behind"),
    [
        ("申请人情况（2023年） 自然人 3", ""),
        ("申请人情况（单位：件） 自然人 3", ""),
        ("三、本年度办理结果 （一）予以公开 3", ""),
        ("自然人 二、上年结转政府信息公开申请数量 3", ""),
        ("自然人 3", "\n注：本表为2023年度数据。"),
        ("自然人 3", "\n以上数据与2022年相比有所增加。"),
        ("自然人 3", "\n以上工作累计投入人力30人次。"),
        ("自然人 3", f"\n{HEADING}本表为2022年度数据。"),
    ],
)
def test_what_says_nothing_of_another_year_does_not(table: str, behind: str) -> None:
    text = f"{TITLE}{table}{behind}\n"
    assert not says_another_year(text, len(TITLE), len(TITLE + table), groups_of(FORMS))


@pytest.mark.parametrize(
    "words", ["以 下 为 2 0 2 3 年 数 据", "以下为20\u200b23年数据", "以下为二O二三年数据", "共 2 2 件"]
)
def test_however_it_is_spelled_the_years_own_table_is_its_own(words: str) -> None:
    assert not told(f"{HEADING}{words}\n")
