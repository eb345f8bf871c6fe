"""Tables of lines: blank lines that are blank cells, labels that are broken before their figure."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from extractor.reports.opening import open_document
from extractor.statistics.reading import read_statistics


def figures(text: str) -> dict[str, list[str]]:
    """What is printed in each row, by its path."""
    (found,) = read_statistics(open_document(text.encode(), "page.txt"))
    return {
        ">".join(found.path(place)): [figure.printed for figure in row.figures]
        for place, row in enumerate(found.rows)
        if row.figures
    }


def lines(*rows: Sequence[str]) -> str:
    return "\n".join(cell for row in rows for cell in row) + "\n"


HEAD = ("指标", "单位", "2010年", "累计")
ROWS = (
    ("（一）主动公开", "", "", ""),
    ("1、总数", "条", "156", "252"),
    ("①职能", "条", "8", "22"),
    ("②补贴", "条", "45", ""),
    ("2、公开栏", "次", "24", ""),
    ("（二）申请", "", "", ""),
    ("1、收到", "件", "5", "10"),
    ("①信件", "件", "", "1"),
    ("（三）复议", "件", "", ""),
)
READ = {
    "主动公开>总数": ["156", "252"],
    "主动公开>总数>职能": ["8", "22"],
    "主动公开>总数>补贴": ["45", ""],
    "主动公开>公开栏": ["24", ""],
    "申请>收到": ["5", "10"],
    "申请>收到>信件": ["", "1"],
    "复议": ["", ""],
}


@pytest.mark.parametrize("end", ["", "\n注：累计数从2008年算起。\n"], ids=["the end", "a note"])
def test_blank_lines_are_blank_cells_where_every_row_has_as_many_lines(end: str) -> None:
    assert figures(lines(HEAD, *ROWS) + end) == READ


def test_a_column_may_number_the_rows() -> None:
    rows = (("1", "网站", "条", "30", ""), ("2", "微博", "条", "", "7"), ("3", "报纸", "条", "5", "6"))
    read = figures(lines(("序号", *HEAD), *rows))
    assert read == {"网站": ["30", ""], "微博": ["", "7"], "报纸": ["5", "6"]}


def test_blank_lines_behind_every_row_part_rows() -> None:
    """Nothing tells which figure a row lacks that has a line less."""
    rows = [("网站", "条", "30", "40", ""), ("微博", "条", "7", "9", ""), ("报纸", "条", "5", "6", "")]
    assert figures(lines(HEAD, *rows)) == {"网站": ["30", "40"], "微博": ["7", "9"], "报纸": ["5", "6"]}
    short = [("电视", "条", "8", ""), ("广播", "条", "2", "3", "")]
    (found,) = read_statistics(open_document(lines(HEAD, *rows, *short).encode(), "page.txt"))
    assert [row.words for row in found.rows if row.is_disputed] == ["电视"]


def test_a_column_that_is_blank_all_the_way_down_is_no_column() -> None:
    rows = [("网站", "条", "30", ""), ("微博", "条", "7", ""), ("报纸", "条", "5", "")]
    assert figures(lines(HEAD[:3], *rows)) == {"网站": ["30"], "微博": ["7"], "报纸": ["5"]}


LIST = (
    "一、线路公开",
    "　（一）新开线路公示…………………………7条",
    "二、票价公开",
    "　（一）票价公示……………………………4次",
    "　（二）老年人、学生、残疾人优惠乘车证",
    "　　件办理情况公示…………………………12期",
    "三、安全公开…………………………………36条",
)


def test_a_label_is_broken_that_only_one_line_would_stand_below() -> None:
    assert figures("\n".join(LIST)) == {
        "线路公开>新开线路公示": ["7"],
        "票价公开>票价公示": ["4"],
        "票价公开>老年人、学生、残疾人优惠乘车证件办理情况公示": ["12"],
        "安全公开": ["36"],
    }


@pytest.mark.parametrize(
    ("place", "line", "expected"),
    [
        (4, "　（二）优惠办理", "票价公开>优惠办理>件办理情况公示"),
        (1, "　（一）新开线路", "票价公开>老年人、学生、残疾人优惠乘车证>件办理情况公示"),
        (5, "　　其中：办理情况公示…………………12期", "票价公开>老年人、学生、残疾人优惠乘车证>办理情况公示"),
        (6, "　　残疾人证公示……………………………3期", "票价公开>老年人、学生、残疾人优惠乘车证>残疾人证公示"),
    ],
    ids=["it isn't the widest", "others like it have no figure", "其中", "two lines below it"],
)
def test_a_line_is_else_the_heading_of_the_next(place: int, line: str, expected: str) -> None:
    rows = [*LIST]
    rows[place] = line
    assert expected in figures("\n".join(rows))


NUMBERED = (
    "一、公开信息共 318 条，其中：",
    "  （1）政策 201 条；",
    "  （2）财务 117 条。",
    "二、办结申请 12 件，办结率 100%。",
    "三、复议 0 件，诉讼 1 件。",
)


def test_a_numbered_line_may_hold_several_indicators() -> None:
    assert figures("\n".join(NUMBERED)) == {
        "公开信息": ["318"],
        "公开信息>政策": ["201"],
        "公开信息>财务": ["117"],
        "办结申请": ["12"],
        "办结率": ["100%"],
        "复议": ["0"],
        "诉讼": ["1"],
    }


@pytest.mark.parametrize(
    "line",
    [
        "二、今年办结申请 12 件，群众都很满意。",
        "办结申请 12 件，办结率 100%。",
        "二、使用情况：4 次，金额 23 元。",
    ],
    ids=["a piece that is none", "no number", "a colon"],
)
def test_other_lines_with_commas_are_sentences(line: str) -> None:
    rows = [*NUMBERED[:3], "三、公告 5 期。", line]
    assert [*figures("\n".join(rows))] == ["公开信息", "公开信息>政策", "公开信息>财务", "公告"]
    few = ["（一）公开信息320条", "（二）召开会议2次，听取意见51条", "（三）接待日12次"]
    assert not read_statistics(open_document("\n".join(few).encode(), "page.txt"))


def test_the_marks_of_markdown_s_headings_are_none_of_their_words() -> None:
    first = "## 一、公开\n\n- **网站**：18 条\n- **热线**：9 次\n  - 其中：节假日：4 次\n\n"
    text = first + "## 二、申请\n\n- **收到**：无\n"
    assert figures(text) == {
        "公开>网站": ["18"],
        "公开>热线": ["9"],
        "公开>热线>节假日": ["4"],
        "申请>收到": ["无"],
    }


def test_line_breaks_in_the_cells_of_a_file_with_commas_part_no_table() -> None:
    head = '类别,"公开\n内容","2018年\n（条）",增减\r\n'
    text = head + '"向\n社会",资质,4,0\r\n,价格,112,3\r\n向患者,清单,98,9\r\n'
    (found,) = read_statistics(open_document(text.encode(), "page.csv"))
    assert [found.path(place) for place, row in enumerate(found.rows) if row.figures] == [
        ("向社会", "资质"),
        ("向社会", "价格"),
        ("向患者", "清单"),
    ]
    assert [(column.path, column.unit) for column in found.columns] == [
        (("2018年",), "条"),
        (("增减",), None),
    ]


def test_empty_lines_part_tables_of_other_forms_of_row() -> None:
    text = "项目\t条\n网站\t4\n微博\t7\n报纸\t9\n\n\n项目\t收到\t答复\n当面\t3\t2\n来信\t5\t4\n网络\t6\t6\n"
    found = read_statistics(open_document(text.encode(), "page.txt"))
    assert [len(table.columns) for table in found] == [1, 2]


def test_figures_filled_into_brackets_have_their_unit_behind_these() -> None:
    first = "一、公开\n1．药价（  286  ）种\n2．清单（ 9630  ）份\n"
    text = first + "二、反映\n1．意见（ 17 ）条\n   其中：已整改（ 15 ）条\n"
    assert figures(text) == {
        "公开>药价": ["286"],
        "公开>清单": ["9630"],
        "反映>意见": ["17"],
        "反映>意见>已整改": ["15"],
    }


PAIRS = (
    "一、公开",
    "网站 128 条　　微博 96 条　　微信 232 条",
    "报纸 12 篇　　电视 4 次",
    "二、申请",
    "收到 9 件　　答复 9 件",
)


def test_lines_may_hold_several_indicators_that_blanks_part() -> None:
    assert figures("\n".join(PAIRS)) == {
        "公开>网站": ["128"],
        "公开>微博": ["96"],
        "公开>微信": ["232"],
        "公开>报纸": ["12"],
        "公开>电视": ["4"],
        "申请>收到": ["9"],
        "申请>答复": ["9"],
    }


@pytest.mark.parametrize("line", ["电话 0512-55501234　　邮编 215000", "负责人 王芳　　填表人 李明"])
def test_lines_of_several_cells_are_indicators_only_if_all_are(line: str) -> None:
    found = read_statistics(open_document("\n".join((*PAIRS, line)).encode(), "page.txt"))
    assert not any(">" in path for table in found for path in map(">".join, map(table.path, range(3))))


def test_numbers_in_cells_before_indicators_are_their_labels_own() -> None:
    text = "1.\t公开信息：154条\n    1.\t网站：96条\n    2.\t公示栏：58条\n2.\t咨询：86人次\n3.\t意见：27条\n"
    assert figures(text + "    3.\t已采纳：19条\n    4.\t已答复：8条\n") == {
        "公开信息": ["154"],
        "公开信息>网站": ["96"],
        "公开信息>公示栏": ["58"],
        "咨询": ["86"],
        "意见": ["27"],
        "意见>已采纳": ["19"],
        "意见>已答复": ["8"],
    }


def test_figures_filled_in_above_a_line_have_their_unit_behind_it() -> None:
    text = "（一）公开栏  __6__ 块，更换  __38__ 次\n（二）大会  __2__ 次\n（三）意见  __27__ 条\n"
    read = figures(text + "      其中：食堂  __15__ 条\n            住宿  __12__ 条\n（四）答复  __27__ 条\n")
    assert read == {
        "公开栏": ["6"],
        "更换": ["38"],
        "大会": ["2"],
        "意见": ["27"],
        "意见>食堂": ["15"],
        "意见>住宿": ["12"],
        "答复": ["27"],
    }


@pytest.mark.parametrize(
    ("above", "expected"),
    [
        ("主动公开", "主动公开>雨情"),
        ("单位：条", "雨情"),
        ("水文局2022年信息公开情况统计", "雨情"),
        ("以下为全年数据。", "雨情"),
    ],
)
def test_the_line_above_rows_heads_them_where_another_heads_others(above: str, expected: str) -> None:
    text = f"{above}\n雨情\t8\n简报\t12\n依申请公开\n受理\t5\n答复\t4\n"
    assert next(iter(figures(text))) == expected
    assert [*figures(text)][-1] == "依申请公开>答复"
    assert next(iter(figures(text.replace("依申请公开\n", "")))) == "雨情"


SCHOOL = """附件 2
滨城三中校务公开统计表
序
号
公开项目 单位 本学年 上学年
一 招生入学
1 招生简章 份 2 2
2 录取公示 人 610 560
其中:学区内 人 540 512
随迁子女 人 61 48
3 转学办理 人 23 31
二 经费收支
1 经费决算 万元 286.4 271.08
2 服务性收费和代收费公
示 项 5 5
3 食堂账目 次 10 -
滨城三中校务公开统计表（续）
序
号
公开项目 单位 本学年 上学年
其中:早餐 次 4 -
三 申请公开
1 收到 件 1 0
"""
OF_SCHOOL = {
    "招生入学>招生简章": ["2", "2"],
    "招生入学>录取公示": ["610", "560"],
    "招生入学>录取公示>学区内": ["540", "512"],
    "招生入学>录取公示>随迁子女": ["61", "48"],
    "招生入学>转学办理": ["23", "31"],
    "经费收支>经费决算": ["286.4", "271.08"],
    "经费收支>服务性收费和代收费公示": ["5", "5"],
    "经费收支>食堂账目": ["10", "-"],
    "经费收支>食堂账目>早餐": ["4", "-"],
    "申请公开>收到": ["1", "0"],
}


def test_words_of_a_page_with_single_blanks_between_them_are_a_table() -> None:
    assert figures(SCHOOL) == OF_SCHOOL
    (found,) = read_statistics(open_document(SCHOOL.encode(), "page.txt"))
    assert [column.path for column in found.columns] == [("本学年",), ("上学年",)]
    assert found.title == "滨城三中校务公开统计表"


def test_a_heading_that_is_as_wide_as_a_label_is_none_of_its_lines() -> None:
    # Where another line with such a number has no figures, a wide one may head rows, too.
    told = SCHOOL.replace("3 食堂账目 次 10 -\n", "3 食堂\n账目 次 10 -\n")
    assert "经费收支>服务性收费和代收费公示" not in figures(told)
    narrow = SCHOOL.replace("2 服务性收费和代收费公\n示", "2 收费\n公示")
    assert "经费收支>收费公示" not in figures(narrow)


def test_numbers_that_do_not_begin_anew_below_each_heading_are_words() -> None:
    found = figures(SCHOOL.replace("1 经费决算", "3 经费决算"))
    assert "经费收支>3 经费决算" in found or "经费收支>3经费决算" in found
