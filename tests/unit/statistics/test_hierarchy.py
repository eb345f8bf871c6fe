"""What rows of no known form stand below, their units, and sums that a page's look could feign."""

from __future__ import annotations

import pytest

from extractor import Extraction, extract
from extractor.reports.opening import open_document
from extractor.statistics.reading import read_statistics
from extractor.statistics.sums import stated_sums
from extractor.statistics.table import StatisticsTable
from tests.helpers.packages import cell, paragraph, row, table, word

TITLE = "云溪医院2023年度信息公开工作报告\n"


def table_of(text: str | bytes, name: str = "page.txt") -> StatisticsTable:
    data = text.encode() if isinstance(text, str) else text
    (found,) = read_statistics(open_document(data, name))
    return found


def paths(found: StatisticsTable) -> list[str]:
    return [">".join(found.path(place)) for place, one in enumerate(found.rows) if one.figures]


def report(text: str) -> Extraction:
    (extraction,) = extract((TITLE + text).encode())
    return extraction


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(
            [
                "一、公开数 | 40",
                "四、依申请公开 | ",
                "受理数（件） | 5",
                "答复数（件） | 4",
                "五、行政复议 | 1",
            ],
            ["公开数", "依申请公开>受理数", "依申请公开>答复数", "行政复议"],
            id="rows without a number below a heading that has one",
        ),
        pytest.param(
            ["一、公开数 | 40", "1.网站 | 30", "微信 | 6", "2.报纸 | 4"],
            ["公开数", "公开数>网站", "微信", "公开数>报纸"],
            id="numbers that go on behind a row without one",
        ),
        pytest.param(
            ["合计 | 95", "市直 | 40", "城区 | 30", "景芝 | 25"],
            ["合计", "市直", "城区", "景芝"],
            id="a total above its parts is none of their names",
        ),
        pytest.param(
            ["一、收到申请 | 9", "　　当面 | 4", "　　信函 | 5", "二、答复 | 9"],
            ["收到申请", "收到申请>当面", "收到申请>信函", "答复"],
            id="further in below a number",
        ),
        pytest.param(
            ["1　公开 | 9", "1.1　网站 | 4", "1.2　报纸 | 5", "2　热线 | 3"],
            ["公开", "公开>网站", "公开>报纸", "热线"],
            id="numbers with a blank behind them",
        ),
        pytest.param(
            ["1 月 | 4", "2 月 | 5", "3 月 | 6"],
            ["1月", "2月", "3月"],
            id="months, which are no numbers of rows",
        ),
        pytest.param(
            ["1️⃣公开 | 9", "▪网站 | 4", "注：含微信 | ", "2️⃣咨询 | 3"],
            ["公开", "公开>网站", "咨询"],
            id="numbers in keys, an item below one, and a note between rows",
        ),
        pytest.param(
            ["**公开** | 9", "- 网站 | 4", "- 报纸 | 5", "**咨询** | 3"],
            ["公开", "公开>网站", "公开>报纸", "咨询"],
            id="items of a list below what has no such sign",
        ),
        pytest.param(
            ["■ 公开 | 9", "网站 | 4", "报纸 | 5", "■ 咨询 | 3"],
            ["公开", "网站", "报纸", "咨询"],
            id="signs of rows that no other row is before",
        ),
        pytest.param(
            ["4.热线 | 30", "4.1 12329人工接听 | 20", "4.2 接通数 | 10"],
            ["热线", "热线>12329人工接听", "热线>接通数"],
            id="words that begin with digits behind a number within another",
        ),
    ],
)
def test_rows_stand_below_what_the_page_says(rows: list[str], expected: list[str]) -> None:
    assert paths(table_of("\n".join(["项目 | 数量", *rows]) + "\n")) == expected


# A heading, rows further in, one of which has parts that are further in still, and a row behind them.
INDENTED = [
    ("案件信息", "", 0),
    ("文书", "41", 1),
    ("起诉书", "37", 2),
    ("案件", "9", 1),
    ("开放日", "6", 0),
    ("发布会", "3", 0),
]
STAND_BELOW = ["案件信息>文书", "案件信息>文书>起诉书", "案件信息>案件", "开放日", "发布会"]


@pytest.mark.parametrize(
    ("label", "sheet"),
    [
        ("{blanks}{words}", ""),
        ('<p style="margin:0 0 0 {points}pt">{words}</p>', ""),
        ('<span style="PADDING-LEFT: {points}px">{words}</span>', ""),
        (
            '<p class="level{depth}">{words}</p>',
            ".level1 {text-indent: 2em} td p.level2, x {text-indent:4em}",
        ),
    ],
)
def test_cells_of_a_web_page_begin_further_in_by_blanks_and_by_styles(label: str, sheet: str) -> None:
    rows = "".join(
        f"<tr><td>{label.format(words=words, blanks='&nbsp;' * 4 * depth, points=9 * depth, depth=depth)}"
        f"<td>{figure}</td><td>{'次' * bool(figure)}</td></tr>"
        for words, figure, depth in INDENTED
    )
    page = f"<style>{sheet}</style><table><tr><td>指标</td><td>数量</td><td>单位</td></tr>{rows}</table>"
    assert paths(table_of(page, "page.html")) == STAND_BELOW


def test_lists_in_lists_and_what_they_define_stand_below() -> None:
    inner = "<dl><dt>电话</dt><dd>15件</dd><dt>来信</dt><dd>8件</dd></dl>"
    page = f"<dl><dt>投诉</dt><dd>23件{inner}</dd><dt>表扬</dt><dd>34封</dd></dl>"
    assert paths(table_of(page, "page.html")) == ["投诉", "投诉>电话", "投诉>来信", "表扬"]
    inner = "<ol><li>电话：15件</li><li>来信：8件</li></ol>"
    page = f"<ul><li>投诉：23件{inner}</li><li>表扬：34封</li></ul>"
    assert paths(table_of(page, "page.html")) == ["投诉", "投诉>电话", "投诉>来信", "表扬"]


def test_named_formats_of_a_word_file_are_an_indentation() -> None:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="L{depth}">'
        f'<w:pPr><w:ind w:left="{420 * depth}"/></w:pPr></w:style>'
        for depth in range(3)
    )
    rows = [
        paragraph(f"{words}\t{figure}\t{'次' * bool(figure)}", f'<w:pStyle w:val="L{depth}"/>')
        for words, figure, depth in INDENTED
    ]
    body = paragraph("指标\t数量\t单位") + "".join(rows)
    assert paths(table_of(word(body, styles=styles), "page.docx")) == STAND_BELOW


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            ["1. 各类信息（含政策", "   文件）总数  31", "2. 会议      2"],
            ["各类信息(含政策文件)总数", "会议"],
        ),
        (
            ["1. 各类信息（含政策     31", "   文件）总数", "2. 会议      2"],
            ["各类信息(含政策文件)总数", "会议"],
        ),
        (["1. 受理后已办结的", "   数量      31", "2. 会议      2"], ["受理后已办结的数量", "会议"]),
        (["1. 受理后已办结", "   数量      31", "2. 会议      2"], ["受理后已办结数量", "会议"]),
        (["案件       9", "庭审", "   直播      31", "会议      2"], ["案件", "庭审>直播", "会议"]),
    ],
)
def test_a_label_goes_on_below_and_a_heading_does_not(lines: list[str], expected: list[str]) -> None:
    text = "\n".join(["项目      数量", *lines, "三、其他      1", ""])
    assert paths(table_of(text))[: len(expected)] == expected


@pytest.mark.parametrize(
    "step", ['<w:ind w:left="{}"/>', '<w:ind w:firstLineChars="{}" w:firstLine="9"/>', "　"]
)
def test_indented_paragraphs_and_blanks_of_a_word_table_are_one(step: str) -> None:
    def label(words: str, depth: int) -> str:
        if "{" not in step:
            return paragraph(step * 2 * depth + words)
        return paragraph(words, step.format(420 * depth if "left" in step else 200 * depth))

    rows = [
        row(f"<w:tc>{label(words, depth)}</w:tc>", cell(figure), cell("次" * bool(figure)))
        for words, figure, depth in INDENTED
    ]
    head = row(cell("指标"), cell("数量"), cell("单位"))
    assert paths(table_of(word(table(head, *rows)), "page.docx")) == STAND_BELOW


@pytest.mark.parametrize(
    ("above", "title", "unit"),
    [
        ("经费情况（单位：万元）", "经费情况", "万元"),
        ("经费情况\n单位：件", "经费情况", "件"),
        ("经费情况（单位：自定）", "经费情况（单位：自定）", None),
    ],
)
def test_a_unit_above_a_table_is_that_of_figures_without_one(
    above: str, title: str, unit: str | None
) -> None:
    rows = "人员 | 18.5 | 90%\n购书 | 9.2 | 80%\n公用 | 4.1 | 70%\n"
    text = f"{above}\n项目 | 决算 | 占比\n{rows}"
    assert table_of(text).title == title
    units = [one.unit for one in report(text).extra]
    assert units == [unit, "%"] * 3


def test_a_total_of_shares_is_no_sum_and_one_above_its_parts_is() -> None:
    rows = (
        "合计 | 95 | 60 | 30 | 99%\n市直 | 40 | 30 | 10 | 99%\n"
        "城区 | 30 | 20 | 9 | 98%\n景芝 | 25 | 10 | 12 | 99%\n"
    )
    findings = report(f"部门 | 网上 | 电话 | 窗口 | 满意度\n{rows}").findings
    # 30 isn't 10 + 9 + 12; it holds in two columns of three, too few to be believed.
    assert "stated-sum" not in {one.rule for one in findings}
    right = rows.replace("景芝 | 25 | 10 | 12", "景芝 | 25 | 10 | 11")
    found = table_of(f"部门 | 网上 | 电话 | 窗口 | 满意度\n{right}")
    assert [(one.kind, one.whole, one.parts) for one in stated_sums(found)] == [("row", 0, (1, 2, 3))]


def test_the_total_of_all_is_that_of_groups_and_of_what_stands_behind_them() -> None:
    rows = "网站 | 1\n微信 | 2\n小计 | 3\n电话 | 4\n来访 | 5\n小计 | 9\n报纸 | 6\n总计 | 18\n"
    found = table_of(f"项目 | 数量\n{rows}")
    assert [(one.whole, one.parts) for one in stated_sums(found)] == [
        (2, (0, 1)),
        (5, (3, 4)),
        (7, (2, 5, 6)),
    ]


def test_parts_below_one_head_are_of_the_column_before_it() -> None:
    head = (
        "<tr><td rowspan=2>部门<td rowspan=2>总数（条）<td colspan=2>其中<td rowspan=2>申请（件）</tr>"
        "<tr><td>官网（条）<td>校报</tr>"
    )
    rows = "".join(f"<tr><td>{one}处<td>9<td>4<td>5<td>1</tr>" for one in "甲乙丙")
    found = table_of(f"<table>{head}{rows}</table>", "page.html")
    assert [column.path for column in found.columns] == [
        ("总数",),
        ("总数", "官网"),
        ("总数", "校报"),
        ("申请",),
    ]


@pytest.mark.parametrize(
    ("above", "unit"),
    [
        ("填报单位：临江大学\t\t填报日期：2014年1月8日", None),
        ("附表：公开情况\t\t单位：条", "条"),
        ("公司情况\t\t", None),
    ],
)
def test_what_stands_above_a_header_is_no_column(above: str, unit: str | None) -> None:
    found = table_of(f"{above}\n部门\t网站\t报纸\n甲处\t1\t2\n乙处\t3\t4\n丙处\t5\t6\n")
    assert [column.path for column in found.columns] == [("网站",), ("报纸",)]
    assert found.unit == unit


def test_two_lines_of_a_header_in_text_are_one_where_each_word_goes_on_below() -> None:
    rows = "甲库      1        2\n乙库      3        4\n丙库      5        6\n"
    broken = table_of(f"库点      公开     申请\n          信息数   数(件)\n{rows}")
    assert [column.path for column in broken.columns] == [("公开信息数",), ("申请数",)]
    levels = table_of(f"库点      2022年    2023年\n          数量     数量\n{rows}")
    assert [column.path for column in levels.columns] == [("2022年", "数量"), ("2023年", "数量")]


def test_years_without_a_word_are_labels() -> None:
    found = table_of("年份 | 公告 | 咨询\n2017 | 120 | 9\n2018 | 131 | 8\n2019 | 150 | 7\n")
    assert paths(found) == ["2017", "2018", "2019"]
    assert [column.path for column in found.columns] == [("公告",), ("咨询",)]


def test_a_unit_merged_over_rows_is_that_of_each_and_of_no_total() -> None:
    rows = "<tr><td>文件<td rowspan=2>件<td>3</tr><tr><td>图件<td>4</tr><tr><td colspan=2>合计<td>7</tr>"
    page = f"<table><tr><td>项目<td>单位<td>数量</tr>{rows}<tr><td>培训<td>人次<td>9</tr></table>"
    assert [one.unit for one in table_of(page, "page.html").rows] == ["件", "件", None, "人次"]


def test_the_lines_of_cells_are_rows_where_they_are_parts() -> None:
    head = "<tr><td>事项<td>上年<td>本年</tr>"
    others = "".join(f"<tr><td>{one}<td>3<td>4</tr>" for one in ("投诉", "信访", "参观"))
    parts = "<tr><td>业务<br>其中：网上<td>13<br>5<td>12<br>8</tr>"
    broken = "<tr><td>法律法规<br>禁止公开<td>13<br>5<td>12<br>8</tr>"
    apart = table_of(f"<table>{head}{others}{parts}</table>", "page.html")
    assert paths(apart)[3:] == ["业务", "业务>网上"]
    one = table_of(f"<table>{head}{others}{broken}</table>", "page.html")
    assert paths(one)[3:] == ["法律法规禁止公开"]


def test_parts_behind_an_indicator_stand_below_it_where_a_second_line_bears_it_out() -> None:
    first, second = "受理申请47件，其中：当面9件，网络38件。", "答复申请45件，其中公开40件、不公开5件。"
    expected = ["受理申请", "受理申请>当面", "受理申请>网络", "答复申请", "答复申请>公开", "答复申请>不公开"]
    assert paths(table_of(f"{first}\n{second}\n")) == expected
    page = f"<p>数据</p><ul><li>{first}</li><li>{second}</li></ul>"
    assert paths(table_of(page, "page.html")) == expected
    assert read_statistics(open_document(f"{first}\n工作扎实推进。\n".encode(), "page.txt")) == ()


def test_a_label_merged_over_the_column_of_numbers_is_one() -> None:
    head = "<tr><td>序号<td>项目<td>单位<td>数量</tr><tr><td colspan=4>一、公开</tr>"
    rows = "<tr><td>1<td>网站<td>条<td>5</tr><tr><td>2<td>报纸<td>条<td>6</tr>"
    page = f"<table>{head}{rows}<tr><td colspan=2>合计<td>条<td>11</tr></table>"
    assert paths(table_of(page, "page.html")) == ["公开>网站", "公开>报纸", "合计"]


def test_words_whose_characters_blanks_part_are_one_in_aligned_text() -> None:
    rows = "党群部      86      50\n财务部      30      12\n"
    found = table_of(f"部    门    网站    报纸\n{rows}总    计   116      62\n")
    assert [one.words for one in found.rows] == ["党群部", "财务部", "总计"]
    assert [column.path for column in found.columns] == [("网站",), ("报纸",)]


def test_a_column_of_some_parts_makes_no_sum() -> None:
    text = "项目 | 预算 | 其中：拨款 | 合计\n人员 | 20 | 10 | 20\n公用 | 30 | 12 | 30\n购书 | 40 | 9 | 40\n"
    found = table_of(text)
    assert [column.path for column in found.columns] == [("预算",), ("拨款",), ("合计",)]
    assert list(stated_sums(found)) == []
    whole = table_of(
        "项目 | 中院 | 基层 | 全市合计\n文书 | 20 | 10 | 30\n直播 | 30 | 12 | 42\n执行 | 40 | 9 | 49\n"
    )
    assert [(one.kind, one.whole, one.parts) for one in stated_sums(whole)] == [("column", 2, (0, 1))]


def test_figures_with_commas_of_their_own_are_whole_in_lines() -> None:
    cells = ["指标", "单位", "上年", "本年", "留言", "件", "1,203", "1,377", "讲解", "场", "2,480", "2,655"]
    found = table_of("\n".join([*cells, "投诉", "件", "2", "0"]) + "\n")
    assert [[one.printed for one in line.figures] for line in found.rows] == [
        ["1,203", "1,377"],
        ["2,480", "2,655"],
        ["2", "0"],
    ]


@pytest.mark.parametrize(
    ("title", "organ", "year"),
    [
        ("临江市中级人民法院2023年司法公开工作年度报告", "临江市中级人民法院", "2023"),
        ("南湖区人民检察院\n2023年检务公开工作年度报告", "南湖区人民检察院", "2023"),
        ("国网临江供电公司2022年度供电企业信息公开年度报告", "国网临江供电公司", "2022"),
        ("首页 > 信息公开 > 年报\n\n云溪博物馆\n2023年度政务公开工作总结", "云溪博物馆", "2023"),
        ("二、主要做法\n2023年度政务公开工作总结", None, "2023"),
    ],
)
def test_any_body_reports_under_its_own_title(title: str, organ: str | None, year: str) -> None:
    rows = "项目 | 数量\n网站 | 30\n微信 | 6\n报纸 | 4\n"
    (extraction,) = extract(f"{title}\n{rows}".encode())
    facts = (extraction.header.organ, extraction.header.year)
    assert [fact.value if fact is not None else None for fact in facts] == [organ, year]
