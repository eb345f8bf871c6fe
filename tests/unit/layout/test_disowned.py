"""What a page says of its own tables: that they are samples, void, another office's, half a year's."""

import pytest

from extractor.layout.disowned import is_disowned_before, is_disowned_behind

TITLE = "某县某局2023年政府信息公开工作年度报告\n一、总体情况\n上半年收到申请3件。\n"
HEADING = "三、收到和处理政府信息公开申请情况"


@pytest.mark.parametrize(
    "before",
    [
        f"{HEADING}\n（统计时间：2023年1月1日至6月30日）\n",
        f"{HEADING}（1—6月）\n",
        f"{HEADING}（上半年）\n",
        f"{HEADING}\n数据截至2023年11月。\n",
        f"{HEADING}\n下表为前三季度数据。\n",
        f"{HEADING}\n本表作废，以附件为准。\n",
        f"{HEADING}\n（单位：十件）\n",
        f"{HEADING}\n单位: 百 件\n",
        f"{HEADING}\n填表示例（以下数字为示例，非实际数据）\n",
        f"{HEADING}\n样表\n",
        f"{HEADING}\n下表为某某区（兄弟单位）数据，供参考。\n",
        "以下为样表\n",
    ],
)
def test_a_table_is_disowned_by_what_stands_before_it(before: str) -> None:
    text = TITLE + before + "自然人"
    assert is_disowned_before(text, len(TITLE + before), 0)


@pytest.mark.parametrize(
    "before",
    [
        f"{HEADING}\n",
        f"{HEADING}\n（单位：件）\n",
        f"{HEADING}\n（统计时间：2023年1月1日至12月31日）\n",
        f"{HEADING}\n（统计期间：2023年1—12月）\n",
        f"{HEADING}\n数据截至2023年12月31日。\n",
        f"{HEADING}\n上半年收到申请3件，下半年收到5件，具体如下。\n",
        f"{HEADING}\n其中，第一季度2件，其他部门转来1件。\n",
        f"{HEADING}\n收费单位：万元\n",
        "上半年收到申请3件。\n",
    ],
)
def test_a_table_is_not_disowned_by_what_tells_of_the_work(before: str) -> None:
    text = TITLE + before + "自然人"
    assert not is_disowned_before(text, len(TITLE + before), 0)


@pytest.mark.parametrize(
    ("behind", "expected"),
    [
        ("\n更正：表中予以公开自然人数应为41件。\n", True),
        ("\n注：自然人与商业企业两列数据填反，应互换。\n", True),
        ("\n（注：以上数字有误）\n", True),
        ("\n四、政府信息公开行政复议、行政诉讼情况\n注：结果纠正应为行政机关自行纠正。\n", False),
        ("\n注：其他处理含上年结转2件。\n", False),
        ("\n五、存在的主要问题及改进情况\n有的信息更新有误。\n", False),
    ],
)
def test_a_note_below_a_table_disowns_it_where_it_says_so(behind: str, *, expected: bool) -> None:
    text = f"{TITLE}{HEADING}\n自然人 1 2 3"
    assert is_disowned_behind(text + behind, len(text)) == expected
