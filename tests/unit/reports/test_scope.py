"""Whose figures a report says it has, in the words that reports use for it."""

from __future__ import annotations

import time

import pytest

from extractor.reports.scope import read_scope


@pytest.mark.parametrize(
    "sentence",
    [
        "本报告中所列数据的统计范围为全区各镇、街道和区政府各部门。",
        "本报告由区政府办公室根据各镇（街道）、各部门报送的政府信息公开年度报告汇总编制。",
        "统计数据涵盖县政府及其部门、各乡镇人民政府。",
        "报告内容包括本级政府、政府各部门及各乡镇政府信息公开情况。",
        "本年报数据统计范围包括全区各部门、各街道，不含垂直管理部门。",
        "以上数据含局机关及所属事业单位。",
    ],
)
def test_figures_of_all_below_an_organ(sentence: str) -> None:
    fact = read_scope(f"为了公开。{sentence}\n一、总体情况")
    assert fact is not None
    assert (fact.value, fact.printed) == ("whole", sentence.rstrip("。"))
    assert f"为了公开。{sentence}"[slice(*fact.span)] == fact.printed


@pytest.mark.parametrize(
    "sentence",
    [
        "本报告数据仅为区政府办公室的数据，不含各镇街、各部门。",
        "本年度报告仅反映县政府办公室政府信息公开工作情况。",
        "本报告所列数据不包括各乡镇和县直部门。",
        "数据统计范围仅限本机关。",
        "以上统计数据为市本级数据",
        "统计口径：仅含本单位，不含下属单位。",
    ],
)
def test_figures_of_an_office_alone(sentence: str) -> None:
    fact = read_scope(sentence)
    assert fact is not None
    assert fact.value == "own"


@pytest.mark.parametrize(
    "text",
    [
        "本报告中所列数据的统计期限自2023年1月1日起至2023年12月31日止。",
        "本报告由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况等六部分组成。",
        "全区各部门主动公开信息2000条。",
        "加强对各部门数据公开的指导，只有本机关制作的信息才由本机关公开。",
        "本报告的电子版可以下载，如对报告有疑问，请与区政府办公室联系。",
        "根据《条例》和各部门要求，编制本报告。",
        "本报告根据《条例》和《关于做好各单位2023年度报告编制工作的通知》编制。",
        "本报告系根据全省政府信息公开工作年度报告格式编制，由全区政务公开办公室负责解释。",
        "本报告仅在本机关网站公布。",
        "如对报告内容有疑问，请在公布期限内与本局办公室联系。",
        # Some of those below, and not others: neither.
        "统计范围包括区政府各部门，不含各镇街道。",
        "本报告数据仅为区政府办公室数据。统计范围为全区各部门。",
    ],
)
def test_nothing_is_said_of_the_scope(text: str) -> None:
    assert read_scope(text) is None


def test_a_long_text_takes_no_longer_than_its_length() -> None:
    begun = time.process_time()
    for text in ("本报告数据仅" * 100_000, "本报告数据为各部，" * 60_000, ("本报告仅" * 40 + "。") * 3_000):
        read_scope(text)
    assert time.process_time() - begun < 2
