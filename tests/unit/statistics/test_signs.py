"""Signs of a page that tell what rows stand below, each beside a page on which the same look says nothing."""

from __future__ import annotations

import pytest

from extractor import NoReportError, extract
from extractor.reports.opening import open_document
from extractor.statistics.reading import read_statistics
from tests.unit.statistics.test_hierarchy import paths, table_of


def coded(*rows: str) -> list[str]:
    """What rows of a table with codes stand below: label, code, figure each."""
    return paths(table_of("指标名称,代码,数量\n" + "\n".join(rows) + "\n", "page.csv"))


def lined(*rows: str) -> list[str]:
    return paths(table_of("\n".join(rows) + "\n"))


def test_codes_tell_what_rows_stand_below_by_what_they_begin_with() -> None:
    rows = [
        "公开情况,A,",
        "总数,A01,9",
        "网站,A0101,4",
        "报纸,A0102,5",
        "渠道,A02,",
        "微信,A0201,3",
        "申请,B,2",
    ]
    assert coded(*rows) == [
        "公开情况>总数",
        "公开情况>总数>网站",
        "公开情况>总数>报纸",
        "公开情况>渠道>微信",
        "申请",
    ]
    assert coded("总数,A-1,9", "网站,A-1-1,4", "报纸,A-1-2,5", "申请,A-12,2")[2:] == ["总数>报纸", "申请"]
    filled = ["公开,1000,9", "网站,1100,7", "文件,1110,4", "图片,1120,3", "报纸,1200,2", "申请,2000,1"]
    assert coded(*filled) == [
        "公开",
        "公开>网站",
        "公开>网站>文件",
        "公开>网站>图片",
        "公开>报纸",
        "申请",
    ]
    # What has no code of its own stands below a row with one by its own signs.
    assert coded("公开,1000,9", "网站,1100,7", "其中：文件,,4", "报纸,1200,2")[2] == "公开>网站>文件"


def test_codes_that_only_count_rows_tell_nothing() -> None:
    names = [f"{name}站" for name in "甲乙丙丁戊己庚辛壬癸子丑"]
    assert coded(*(f"{name},{number},{number + 3}" for number, name in enumerate(names, 1))) == names
    gaps = ["网站,101,3", "报纸,102,4", "热线,109,5", "微信,110,6", "来信,111,7", "来访,112,8"]
    assert coded("公开,100,33", *gaps)[-3:] == ["微信", "来信", "来访"]
    twice = ["公开,1,9", "网站,11,4", "报纸,12,5", "申请,1,2", "当面,11,1"]
    assert coded(*twice) == ["公开", "网站", "报纸", "申请", "当面"]


def test_codes_before_words_tell_levels_where_all_labels_have_one() -> None:
    rows = ["01 公开 | 9", "0101 网站 | 4", "0102 报纸 | 5", "02 申请 | 2"]
    assert lined("项目 | 数量", *rows) == ["公开", "公开>网站", "公开>报纸", "申请"]
    assert table_of("\n".join(["项目 | 数量", *rows])).rows[1].number == "0101"
    # Telephones are called by their numbers.
    lines = ["热线 | 18", "123热线 | 9", "1231热线 | 4", "1232热线 | 5"]
    assert lined("项目 | 数量", *lines)[1:] == ["123热线", "1231热线", "1232热线"]


def numbered(*rows: str) -> list[str]:
    """What rows of a table with numbers stand below: number, label, figure each."""
    return paths(table_of("\n".join(["序号 | 项目 | 数量", *rows]) + "\n"))


def test_numbers_in_a_column_tell_levels_that_only_headings_have() -> None:
    rows = [
        "一 | 文书 | ",
        "1 | 上网数 | 9",
        " | 其中：刑事 | 2",
        " | 民事 | 7",
        "2 | 公示数 | 3",
        "二 | 庭审 | 5",
    ]
    assert numbered(*rows) == [
        "文书>上网数",
        "文书>上网数>刑事",
        "文书>上网数>民事",
        "文书>公示数",
        "庭审",
    ]
    rows = [
        "一 | 文书 | ",
        "（一） | 刑事 | ",
        "1 | 判决 | 9",
        "2 | 裁定 | 4",
        "（二） | 民事 | ",
        "1 | 调解 | 5",
    ]
    assert numbered(*rows) == ["文书>刑事>判决", "文书>刑事>裁定", "文书>民事>调解"]


def test_of_rows_that_all_have_numbers_in_a_row_indentation_tells() -> None:
    rows = ["1 | 公开 | 9", "2 | 　网站 | 4", "3 | 　报纸 | 5", "4 | 申请 | 2"]
    assert numbered(*rows) == ["公开", "公开>网站", "公开>报纸", "申请"]
    even = table_of("序号 | 项目 | 数量\n1 | 公开 | 9\n2 | 网站 | 4\n3 | 报纸 | 5\n")
    assert all(one.is_open for one in even.rows)
    # Where some lack one, too.
    rows = ["1 | 公开 | 9", "2 | 　网站 | 4", "3 | 　报纸 | 5", " | 合计 | 9"]
    assert numbered(*rows) == ["公开", "公开>网站", "公开>报纸", "合计"]
    # And some that lack one are parts of what has one.
    rows = ["1 | 公开 | 9", " | 其中：网站 | 4", " | 报纸 | 5", "2 | 申请 | 2"]
    assert numbered(*rows) == ["公开", "公开>网站", "公开>报纸", "申请"]


def test_a_label_merged_over_the_column_of_numbers_leaves_the_others_theirs() -> None:
    head = "<tr><td>序号<td>项目<td>数量</tr>"
    rows = "<tr><td>1<td>投诉<td>9</tr><tr><td><td>其中：有效<td>4</tr><tr><td><td>整改<td>3</tr>"
    page = f"<table>{head}{rows}<tr><td>2<td>申请<td>2</tr>{{}}</table>"
    expected = ["投诉", "投诉>有效", "投诉>整改", "申请"]
    total = "<tr><td colspan=2>合计<td>11</tr>"
    assert paths(table_of(page.format(total), "page.html")) == [*expected, "合计"]
    # What stands in the column and is no number says that it holds none.
    other = "<tr><td>另计<td>咨询<td>11</tr>"
    assert paths(table_of(page.format(other), "page.html"))[2] == "整改"


def test_a_row_without_a_number_goes_on_below_the_heading_of_the_one_that_heads_a_list() -> None:
    rows = [
        "四、申请 | ",
        "收到 | 6",
        "　1.网上 | 4",
        "　2.信函 | 2",
        "答复 | 5",
        "　1.公开 | 5",
        "五、投诉 | 1",
    ]
    assert lined("项目 | 数量", *rows) == [
        "申请>收到",
        "申请>收到>网上",
        "申请>收到>信函",
        "申请>答复",
        "申请>答复>公开",
        "投诉",
    ]
    # Behind a list that is further in than its heading, a row that isn't is none of its rows.
    rows = ["四、申请 | ", "　1.网上 | 4", "　2.信函 | 2", "培训 | 30"]
    assert lined("项目 | 数量", *rows) == ["申请>网上", "申请>信函", "培训"]


def test_a_part_stands_within_another_by_where_both_begin() -> None:
    rows = [
        "答复 | 9",
        "　其中：不予公开 | 3",
        "　　其中：隐私 | 2",
        "　　过程信息 | 1",
        "　公开 | 6",
        "复议 | 0",
    ]
    assert lined("项目 | 数量", *rows) == [
        "答复",
        "答复>不予公开",
        "答复>不予公开>隐私",
        "答复>不予公开>过程信息",
        "答复>公开",
        "复议",
    ]
    beside = ["答复 | 9", "　其中：公开 | 3", "　其中：网上 | 2", "复议 | 0"]
    assert lined("项目 | 数量", *beside) == ["答复", "答复>公开", "答复>网上", "复议"]


def test_the_rest_of_a_label_hangs_below_it_and_a_heading_has_rows_below_it() -> None:
    broken = [
        "指标                            数量    上年",
        "1、涉及国家秘密和商业秘密以及个",
        "       隐私                     7       4",
        "2、可能危及国家安全以及公共安全",
        "       信息                     1       2",
        "- 9 -",
        "3、其他情形                     4       3",
    ]
    assert lined(*broken) == [
        "涉及国家秘密和商业秘密以及个隐私",
        "可能危及国家安全以及公共安全信息",
        "其他情形",
    ]
    headings = [*broken[:3], "       来信                     2       1", *broken[3:]]
    assert lined(*headings) == [
        "涉及国家秘密和商业秘密以及个>隐私",
        "涉及国家秘密和商业秘密以及个>来信",
        "可能危及国家安全以及公共安全>信息",
        "其他情形",
    ]
    wider = [*broken, "4、不属于本机关职责范围的申请内容   2       1"]
    assert lined(*wider)[0] == "涉及国家秘密和商业秘密以及个>隐私"


def test_the_rest_of_a_label_stands_below_its_figures() -> None:
    rows = [
        "（1）法规          10      6",
        "（2）防汛及        74      39",
        "     水土保持",
        "（3）其他          44      19",
    ]
    assert lined("指标              数量    上年", *rows) == ["法规", "防汛及水土保持", "其他"]
    below = [*rows[:2], "     水土保持", "       公告        44      19", "（3）其他          4       1"]
    below[1] = below[1].replace("防汛及", "防汛  ")
    assert lined("指标              数量    上年", *below)[1] == "防汛"


def test_sums_of_several_columns_tell_the_other_parts_of_a_single_whole() -> None:
    rows = ["收到意见 | 13 | 20", "其中：书面 | 4 | 11", "口头 | 9 | 9", "已答复 | 12 | 19"]
    assert lined("项目 | 上年 | 本年", *rows) == ["收到意见", "收到意见>书面", "收到意见>口头", "已答复"]
    # In one of two columns, in one that is there twice, or of other units, they may do so by chance.
    chance = [*rows[:2], "口头 | 9 | 8", rows[3]]
    assert lined("项目 | 上年 | 本年", *chance)[2] == "口头"
    same = ["收到意见 | 13 | 13", "其中：书面 | 4 | 4", "培训 | 9 | 9", "已答复 | 12 | 12"]
    assert lined("项目 | 本年 | 累计", *same)[2] == "培训"
    units = ["收到意见（件） | 13 | 20", "其中：书面（件） | 4 | 11", "培训（次） | 9 | 9"]
    assert lined("项目 | 上年 | 本年", *units)[2] == "培训"


def test_a_line_of_a_list_may_hold_its_whole_and_a_part_where_other_lines_are_indicators() -> None:
    rows = ["（一）到馆：480人次", "（二）意见：63件，其中已答复60件", "三、申请", "（一）收到：5件"]
    assert lined("二、读者服务", *rows) == [
        "读者服务>到馆",
        "读者服务>意见",
        "读者服务>意见>已答复",
        "申请>收到",
    ]


def test_numbers_that_blanks_part_from_labels_are_theirs_where_the_header_has_no_column_for_them() -> None:
    rows = [
        "1    公开      条      120",
        "1.1  网站      条      80",
        "2    申请      件      14",
        "3    投诉",
    ]
    rows += ["3.1  来电      次      88"]
    expected = ["公开", "公开>网站", "申请", "投诉>来电"]
    assert lined("项目           单位    数量", *rows) == expected
    with_head = ["序号  项目      单位    数量", *rows[:3]]
    assert lined(*with_head) == ["公开", "公开>网站", "申请"]
    # Below a word of their own they may be figures: nothing of such rows is read.
    counts = "期数  渠道      单位    数量\n" + "\n".join(rows[:3])
    assert read_statistics(open_document(counts.encode(), "page.txt")) == ()


def test_marked_rows_of_blanks_are_headings_where_none_has_figures() -> None:
    rows = ["【服务】 | | ", "观众 | 41 | 46", "讲解 | 12 | 13", "【公开】 | | ", "网站 | 30 | 28"]
    assert lined("指标 | 上年 | 本年", *rows) == ["服务>观众", "服务>讲解", "公开>网站"]
    # Where other marked rows have figures, one of blanks is such a row.
    figures = ["【网站】 | 3 | 4", "【报纸】 | | ", "【微信】 | 5 | 6"]
    assert lined("指标 | 上年 | 本年", *figures) == ["网站", "报纸", "微信"]


def lines_of(cells: str) -> str:
    return "\n".join(cells.split()) + "\n"


def test_numbers_on_lines_of_their_own_tell_levels_where_all_rows_have_all_figures() -> None:
    head = "序号 项目 单位 数量 "
    cells = "一 服务 1 公告 条 212 2 报装 户 1830 其中：居民 户 1502 企业 户 328 "
    cells += "二 诉求 1 来电 件 60 三 申请 件 0"
    assert paths(table_of(lines_of(head + cells))) == [
        "服务>公告",
        "服务>报装",
        "服务>报装>居民",
        "服务>报装>企业",
        "诉求>来电",
        "申请",
    ]
    # A figure more or less, numbers that don't count, a label on two lines: nothing tells the rows.
    for broken in (
        cells.replace("户 1502", "户"),
        cells.replace("申请 件 0", "申请 件"),
        cells.replace("户 1502", "户 1502 7"),
        cells.replace("2 报装", "4 报装"),
        cells.replace("企业 户", "工商 企业 户"),
    ):
        tables = read_statistics(open_document(lines_of(head + broken).encode(), "page.txt"))
        assert all("服务>报装>居民" not in paths(one) for one in tables)


def stepped(*rows: str) -> list[str]:
    """What rows of a table stand below: three columns of labels, unit, two figures each."""
    return paths(table_of("统计项目,,,单位,养老,医疗\n" + "\n".join(rows) + "\n", "page.csv"))


def test_labels_in_columns_of_their_own_stand_as_far_in() -> None:
    rows = [
        "政策公开,,,,,",
        ",文件,,件,3,4",
        ",查询,,次,9,7",
        ",,柜面,次,5,4",
        ",,网站,次,4,3",
        ",寄送,,份,12,",
    ]
    assert stepped(*rows, "稽核,,,件,5,17", "某市社保局,,,,,2017年1月20日") == [
        "政策公开>文件",
        "政策公开>查询",
        "政策公开>查询>柜面",
        "政策公开>查询>网站",
        "政策公开>寄送",
        "稽核",
    ]
    # Where a row has labels in two columns, blank cells below the first are of its group.
    beside = [
        "政策公开,文件,,件,3,4",
        ",查询,,次,9,7",
        ",寄送,,份,12,5",
        "稽核,举报,,件,5,17",
        ",来访,,件,1,2",
    ]
    assert stepped(*beside) == ["政策公开>文件", "政策公开>查询", "政策公开>寄送", "稽核>举报", "稽核>来访"]


def test_a_tree_is_drawn_before_labels() -> None:
    rows = ["├─ 新书", "├─ 入藏", "│　├─ 图书", "│　└─ 报刊", "└─ 外借", "总数"]
    head = "<tr><td>项目</td><td>总馆</td><td>分馆</td></tr><tr><td colspan=3>借阅</td></tr>"
    body = (f"<tr><td>{label}</td><td>{i}</td><td>{i}</td></tr>" for i, label in enumerate(rows, 3))
    page = f"<table>{head}{''.join(body)}</table>"
    assert paths(table_of(page, "page.html")) == [
        "借阅>新书",
        "借阅>入藏",
        "借阅>入藏>图书",
        "借阅>入藏>报刊",
        "借阅>外借",
        "总数",
    ]


def test_parts_right_below_the_words_of_a_part_are_its_parts() -> None:
    rows = [
        "答复 | 18",
        "　其中：同意 | 8",
        "　　　　不予 | 7",
        "　　　　其中：秘密 | 3",
        "　　　　　　　隐私 | 4",
        "　　　　不存在 | 3",
    ]
    assert lined("项目 | 数量", *rows) == [
        "答复",
        "答复>同意",
        "答复>不予",
        "答复>不予>秘密",
        "答复>不予>隐私",
        "答复>不存在",
    ]
    # Where each has 其中 before it, they are parts of the same.
    each = ["答复 | 18", "　其中：同意 | 8", "　其中：不予 | 7", "　其中：不存在 | 3"]
    assert lined("项目 | 数量", *each) == ["答复", "答复>同意", "答复>不予", "答复>不存在"]


def test_a_page_without_a_title_is_of_open_information_by_its_rows() -> None:
    rows = "统计项目,单位,数量\n政策公开,件,3\n{},件,4\n稽核举报,件,5\n"
    (found,) = extract(rows.format("依申请公开").encode(), name="page.csv")
    assert [cell.printed for cell in found.extra] == ["3", "4", "5"]
    with pytest.raises(NoReportError):
        extract(rows.format("申请审批").encode(), name="page.csv")
