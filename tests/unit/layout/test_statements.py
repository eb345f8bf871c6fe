"""Sentences that say of figures that they are wrong, by where tables and headings stand."""

import pytest

from extractor.layout.scope.captions import TablePlace
from extractor.layout.scope.statements import told_wrong

SPACED = "表 2 、 表 3 、 表 4 均 为 2 0 2 3 年 1 月 至 1 0 月 数 据"
TOGETHER = "表2、表3、表4均为2023年1月至10月数据"


@pytest.mark.parametrize(("sentence", "last"), [(TOGETHER, "总计\n5"), (SPACED, "至 1 0"), (SPACED, "表 2")])
def test_a_sentence_is_whole_though_its_digits_were_taken_for_the_last_figures_of_a_table(
    sentence: str, last: str
) -> None:
    text = f"某局2023年政府信息公开工作年度报告\n四、行政复议\n总计\n5\n五、问题\n人员不足。{sentence}。\n"
    place = TablePlace(0, text.index("总计"), text.index(last) + len(last))
    assert told_wrong(text, [place], ()) == [TOGETHER]


def test_a_row_of_figures_ends_its_table() -> None:
    text = "某局2023年政府信息公开工作年度报告\n四、行政复议\n总计 5 误录7\n五、问题\n人员不足。\n"
    place = TablePlace(0, text.index("总计"), text.index("误录7") + len("误录7"))
    assert told_wrong(text, [place], ()) == [None]


@pytest.mark.parametrize(
    ("heading", "told"),
    [("", ["上表第3列应为12件"] * 2), ("三、申请\n", [None, "上表第3列应为12件"])],
)
def test_a_sentence_below_tables_is_on_those_of_its_section(heading: str, told: list[str | None]) -> None:
    text = f"某局2023年政府信息公开工作年度报告\n制发 1\n{heading}总计 5\n上表第3列应为12件。\n"
    places = [TablePlace(0, text.index(row), text.index(row) + len(row)) for row in ("制发 1", "总计 5")]
    assert told_wrong(text, places, ()) == told
