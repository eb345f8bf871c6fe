"""What a page says of its own tables: that they are samples, void, another office's, half a year's."""

import pytest

from extractor.layout.scope.disowned import is_disowned_before, is_disowned_behind

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
        f"{HEADING}\n（注：本列数据的勾稽关系应为：第一项加第二项之和，等于第三项加第四项之和）\n",
        f"{HEADING}\n说明：表中数据应为整数，没有的填0。\n",
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
        ("\n注：总计应为各项之和。\n", False),
        ("\n五、存在的主要问题及改进情况\n有的信息更新有误。\n", False),
    ],
)
def test_a_note_below_a_table_disowns_it_where_it_says_so(behind: str, *, expected: bool) -> None:
    text = f"{TITLE}{HEADING}\n自然人 1 2 3"
    assert is_disowned_behind(text + behind, len(text)) == expected


@pytest.mark.parametrize(
    "caption",
    [
        # Figures in tens, in hundreds, in shares of hundred.
        *("单位：件（千）", "以下数据单位均为“百件”", "表中数据以百件为单位", "注：本表数字均应乘以10"),
        *("单位:％", "单位：百分比", "本表为各类申请占比（%）"),
        # What is planned, compared, of several years, of a part of the year or of the applications.
        *(
            "2024年计划数",
            "预计数",
            "目标值",
            "比2022年增减数",
            "与上年相比",
            "同比增长（%）",
            "增减数",
            "人均数",
        ),
        *("2019年至2023年合计", "近五年合计", "2023年上半年", "一季度", "截至2023年6月30日"),
        *("不含网上申请", "仅统计线上申请", "网络申请情况", "部分数据", "考核得分"),
        # What nobody vouches for.
        *(
            "（作废）",
            "（旧）",
            "原表：",
            "更正前的数据如下：",
            "原公布的数据（有误）：",
            "以下数据有误，请勿使用",
        ),
        *(
            "本表已作废，以更正后的表为准",
            "表样（数据为虚构）",
            "模板",
            "初步统计",
            "未经核实",
            "仅供内部参考",
        ),
        "注：自然人、商业企业两列数据颠倒。",
    ],
)
def test_a_caption_that_says_whose_figures_they_are_not_disowns_a_table(caption: str) -> None:
    text = f"{TITLE}{HEADING}\n{caption}\n"
    assert is_disowned_before(text + "自然人", len(text), 0)


@pytest.mark.parametrize(
    "words",
    [
        *(
            "单位：件",
            "（单位：件、万元）",
            "计量单位：件（宗）",
            "单位（盖章）：某某市水务局",
            "单位负责人：张百万",
        ),
        *("2023年度", "2023年全年合计", "本年情况", "序号", "编号", "部分公开", "重复申请", "目标任务已完成"),
        *("收到申请比上年增加3件", "原有申请2件，计划明年办结", "网上申请占三成", "平均每件用时5天"),
        *("上表公开数应为主动公开数", "经核实，无错误数据"),
    ],
)
def test_words_before_a_table_that_say_nothing_against_it_leave_it_alone(words: str) -> None:
    text = f"{TITLE}{HEADING}\n{words}\n"
    assert not is_disowned_before(text + "自然人", len(text), 0)


@pytest.mark.parametrize(
    "note",
    [
        "因统计口径调整，上表（一）予以公开中自然人实为66件。",
        "*更正：自然人与商业企业两列数据填反。",
        "注：第一列为商业企业，第二列为自然人。",
        "更正说明：重复申请与信访举报投诉类申请两行数据互换。",
        "此表作废",
    ],
)
def test_an_erratum_below_a_table_disowns_it(note: str) -> None:
    text = f"{TITLE}{HEADING}\n自然人 1 2 3"
    assert is_disowned_behind(f"{text}\n{note}\n", len(text))
