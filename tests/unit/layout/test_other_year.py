"""What right before a table says that it is an earlier year's, and what says nothing of it."""

from __future__ import annotations

import pytest

from extractor.layout.other_year import is_of_another_year

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
    ],
)
def test_an_earlier_year_right_before_the_table_is_seen(before: str) -> None:
    assert told(before)


@pytest.mark.parametrize(
    "before",
    [
        HEADING,
        HEADING + "2023年情况如下：\n",
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
