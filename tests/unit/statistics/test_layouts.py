"""Layouts of tables of no known form, each with one that looks like it and says something else."""

from __future__ import annotations

import pytest

from extractor import extract
from extractor.documents.lists_beside import with_lists_in_order
from extractor.errors import NoReportError
from extractor.reports.opening import open_document
from extractor.statistics.reading import read_statistics
from extractor.statistics.table import StatisticsTable
from extractor.text.width import width_in_digits
from tests.unit.statistics.test_hierarchy import paths, table_of


def html(*rows: str) -> str:
    """A web page with a table of some rows, cells parted by pipes, ``2:`` before one that is two wide."""
    lines = []
    for line in rows:
        cells = (cell.strip() for cell in line.split("|"))
        wide = (f"<td colspan={cell[0]}>{cell[2:]}" if cell[1:2] == ":" else f"<td>{cell}" for cell in cells)
        lines.append("<tr>" + "".join(wide))
    return f"<html><body><table>{''.join(lines)}</table></body></html>"


def columns(found: StatisticsTable) -> list[str]:
    return [">".join(column.path) for column in found.columns]


def printed(found: StatisticsTable) -> list[list[str]]:
    return [[one.printed for one in row.figures] for row in found.rows]


def test_offices_stand_below_the_word_that_also_means_unit() -> None:
    found = table_of("单位 | 公开（条） | 申请（件）\n市教育局 | 21 | 3\n市民政局 | 8 | 1\n合计 | 29 | 4\n")
    assert (paths(found), columns(found)) == (["市教育局", "市民政局", "合计"], ["公开", "申请"])
    numbered = table_of("序号 | 单位 | 公开\n1 | 财政局 | 21\n2 | 民政局 | 8\n3 | 水利局 | 9\n")
    assert paths(numbered) == ["财政局", "民政局", "水利局"]


def test_units_before_the_labels_are_units() -> None:
    found = table_of("单位 | 指标 | 数量\n条 | 网站公开 | 21\n件 | 申请 | 3\n人次 | 接待 | 9\n")
    assert paths(found) == ["网站公开", "申请", "接待"]
    assert [row.unit for row in found.rows] == ["条", "件", "人次"]


def test_a_number_before_a_telephone_is_one_where_others_count_on() -> None:
    found = table_of(
        "项目 | 件\n一、诉求 | \n1.96116热线 | 28\n其中：报修 | 11\n咨询 | 17\n2.留言 | 7\n二、申请 | 2\n"
    )
    assert paths(found) == [
        "诉求>96116热线",
        "诉求>96116热线>报修",
        "诉求>96116热线>咨询",
        "诉求>留言",
        "申请",
    ]


@pytest.mark.parametrize(
    ("label", "other"),
    [("1.96116热线", "留言"), ("1.125亿元以上项目", "2.其他项目"), ("3.96116热线", "1.留言")],
    ids=["nothing counts on", "an amount", "a number is left out"],
)
def test_digits_behind_a_point_are_else_those_of_an_amount(label: str, other: str) -> None:
    found = table_of(f"项目 | 件\n{label} | 28\n{other} | 7\n来访 | 4\n")
    assert found.rows[0].words == label


def test_lists_side_by_side_stand_below_the_titles_merged_over_them() -> None:
    rows = ["2:公开（期） | 2:管理（次）", "党务 | 12 | 会议 | 2", "村务 | 48 | 质询 | 23"]
    found = table_of(html(*rows, "财务 | 9 | &emsp;当场 | 19", " | | &emsp;书面 | 4"), "page.html")
    assert paths(found) == [
        "公开>党务",
        "公开>村务",
        "公开>财务",
        "管理>会议",
        "管理>质询",
        "管理>质询>当场",
        "管理>质询>书面",
    ]
    units = [found.unit_of(row, row.figures[0]) for row in found.rows if row.figures]
    assert units == ["期", "期", "期", "次", "次", None, None]


def test_lists_side_by_side_with_headers_stand_below_the_titles_above_these() -> None:
    rows = ["3:厂务 | 3:工会", "项目 | 单位 | 数量 | 项目 | 单位 | 数量", "企业 | 家 | 41 | 网站 | 条 | 50"]
    rows += ["&emsp;国有 | 家 | 37 | 热线 | 个 | 84", "&emsp;民营 | 家 | 4 | 案件 | 件 | 65"]
    page = open_document(html(*rows, "示范 | 家 | 21 | | | ").encode(), "page.html")
    (found,) = read_statistics(with_lists_in_order(page))
    assert paths(found) == [
        "厂务>企业",
        "厂务>企业>国有",
        "厂务>企业>民营",
        "厂务>示范",
        "工会>网站",
        "工会>热线",
        "工会>案件",
    ]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["2:公开 | 2:申请", "东村 | 12 | 3 | 2", "西村 | 48 | 1 | 1"], ["东村", "西村"]),
        (["2:公开 | 2:说明", "党务 | 12 | 会议 | 每季", "村务 | 48 | 来信 | 见附件"], ["党务", "村务"]),
        (["2:公开 | 2:说明", "党务 | 12 | 会议 | 4", "村务 | 48 | 来信 | 见附件"], ["党务", "村务"]),
    ],
    ids=["several figures of each row", "remarks", "a figure among remarks"],
)
def test_what_stands_beside_figures_is_else_no_list(rows: list[str], expected: list[str]) -> None:
    assert paths(table_of(html(*rows, rows[-1].replace("村", "庄")), "page.html"))[:2] == expected


BROKEN = (
    "统计指标                    单位    数量\n"
    "公开信息数（不同的渠道和方  条      42\n"
    "式计1条）\n"
    "  通过不同渠道公开政府信息\n"
    "  的情况\n"
    "    网站公开                条      39\n"
    "    报纸公开                条      3\n"
    "回应热点数（不同方式回应同  次      17\n"
    "一热点计1次）\n"
    "  其中：主要负责同志参加的  次      3\n"
)


def test_labels_are_broken_where_brackets_show_that_the_page_breaks_them() -> None:
    found = table_of(f"{BROKEN}  在线访谈数\n收到申请数                  件      26\n")
    whole = "公开信息数(不同的渠道和方式计1条)"
    assert paths(found)[:3] == [
        whole,
        f"{whole}>通过不同渠道公开政府信息的情况>网站公开",
        f"{whole}>通过不同渠道公开政府信息的情况>报纸公开",
    ]
    assert paths(found)[4].endswith(">主要负责同志参加的在线访谈数")


def test_a_line_that_others_are_further_in_than_heads_them_behind_a_label_as_wide_as_the_page_has() -> None:
    text = BROKEN.replace("  其中：主要负责同志参加的", "全年参加在线访谈的负责同志")
    found = table_of(f"{text}申请情况\n  收到申请数                件      26\n")
    assert paths(found)[-2:] == ["全年参加在线访谈的负责同志", "申请情况>收到申请数"]


def test_nothing_tells_where_labels_are_broken_that_end_before_others() -> None:
    text = BROKEN.replace("网站公开                条", "网站公开（含各镇的网站）  条")
    found = table_of(f"{text}  在线访谈数\n  收到申请数                件      26\n")
    assert "在线访谈数" in [row.words for row in found.rows]


def test_words_on_two_lines_are_a_label_where_the_first_row_has_one() -> None:
    cells = "内容 单位 数量 公开栏更新 次 26 微信群 推送信息 条 143 议事会 场 15 民情日记 走访户 户 211"
    assert paths(table_of("\n".join(cells.split()))) == [
        "公开栏更新",
        "微信群推送信息",
        "议事会",
        "民情日记走访户",
    ]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (
            "内容 单位 数量 微信群 推送信息 条 143 议事会 场 15 民情日记 走访户 户 211",
            ["微信群>推送信息", "微信群>议事会", "民情日记>走访户"],
        ),
        (
            "内容 单位 数量 公开总数 次 26 按内容 政策 条 14 财务 条 12 按渠道 网站 条 26",
            ["公开总数", "按内容>政策", "按内容>财务", "按渠道>网站"],
        ),
        (
            "内容 单位 数量 公开栏 次 26 事项 1、政策 条 14 2、财务 条 12",
            ["公开栏", "事项>政策", "事项>财务"],
        ),
    ],
    ids=["the first row has two", "the first is the total of all", "numbers tell"],
)
def test_words_on_two_lines_are_else_a_heading(cells: str, expected: list[str]) -> None:
    assert paths(table_of("\n".join(cells.split()))) == expected


def test_rows_of_blanks_without_a_unit_head_those_whose_labels_have_one() -> None:
    rows = ["案件 | | ", "受理（件） | 18 | 15", "结案（件） | 17 | 14", "监督 | | ", "投诉（件） | 5 | 7"]
    text = "项目 | 2023年 | 2022年\n"
    assert paths(table_of(text + "\n".join(rows))) == ["案件>受理", "案件>结案", "监督>投诉"]
    bare = text + "\n".join(rows).replace("（件）", "")
    assert paths(table_of(bare)) == ["案件", "受理", "结案", "监督", "投诉"]
    # Where others have none either, a row without a unit may be blank.
    mixed = table_of(f"{text}公开栏 | 4 | 5\n网站 | | \n来信（件） | 5 | 7\n来电（个） | 6 | 8\n")
    assert paths(mixed) == ["公开栏", "网站", "来信", "来电"]


def test_two_lines_of_a_row_are_two_rows_where_another_has_more() -> None:
    three = "党务 | 换届<br>发展<br>党费 | 1<br>4<br>12"
    found = table_of(html("类别 | 内容 | 次数", three, "居务 | 低保<br>物业 | 9<br>16"), "page.html")
    assert paths(found)[-2:] == ["居务>低保", "居务>物业"]
    # Both may be one that is broken.
    rows = ["党务 | 换届 | 1", "居务 | 低保评<br>议 | 9<br>16", "财务 | 收支 | 12", "厂务 | 招标 | 3"]
    (alone,) = read_statistics(open_document(html("类别 | 内容 | 次数", *rows).encode(), "page.html"))
    assert "居务>低保评议" in paths(alone)


def test_a_row_of_figures_alone_has_its_labels_above_it() -> None:
    found = table_of(html("公开栏（期） | 大会（次） | 公示（次）", "24 | 2 | 12"), "page.html")
    assert (paths(found), printed(found)) == (["公开栏", "大会", "公示"], [["24"], ["2"], ["12"]])
    # Nothing tells what the two rows of these are.
    two = html("公开栏（期） | 大会（次） | 公示（次）", "24 | 2 | 12", "25 | 3 | 11")
    assert read_statistics(open_document(two.encode(), "page.html")) == ()
    grouped = html("2:公开 | 申请", "期数 | 次数 | 件数", "24 | 2 | 12")
    assert read_statistics(open_document(grouped.encode(), "page.html")) == ()


def test_leaders_lead_to_a_unit_in_brackets_and_from_there_to_the_figure() -> None:
    lines = ["一、公开信息……（条）……208", "    1.水情………（条）……164", "    2.工程………（条）……44"]
    found = table_of("\n".join([*lines, "二、咨询………（人次）……73"]))
    assert paths(found) == ["公开信息", "公开信息>水情", "公开信息>工程", "咨询"]
    assert [row.unit for row in found.rows] == ["条", "条", "条", "人次"]


def test_arrows_are_signs_and_triangles_are_not() -> None:
    rows = "网站 | 14 | ↑12.3%\n微信 | 86 | 4.1%↓\n来访 | 7 | 持平\n来信 | 9 | ▲3\n来电 | 5 | 0\n"
    found = table_of(f"项目 | 数量 | 增减\n{rows}")
    changes = [(row.figures[1].printed, str(row.figures[1].value)) for row in found.rows]
    assert changes[:2] == [("↑12.3%", "12.3"), ("4.1%↓", "-4.1")]
    assert changes[3] == ("▲3", "None")


def test_the_same_words_above_several_columns_are_a_group_of_these() -> None:
    head = "单位名称,公开,公开,申请,申请\n,条数,点击量,件数,办结率\n"
    found = table_of(f"{head}甲院,214,50310,3,100%\n乙院,96,18244,1,98%\n丙院,18,925,2,97%\n", "page.csv")
    assert columns(found) == ["公开>条数", "公开>点击量", "申请>件数", "申请>办结率"]


TABLE = "\n指标 单位 数量\n网站发布 条 312\n公开栏 期 24\n来电 个 57\n来信 封 9\n"


@pytest.mark.parametrize(
    "title",
    [
        "北仓街道办事处2023年基层公开工作小结",
        "岭南高速公路管理处2020年度收费公开情况统计表",
        "东城医院2023年医疗服务信息公示统计",
        "南湖社区2022年度“三公开”情况统计",
    ],
)
def test_whatever_a_body_makes_open_it_may_report_on(title: str) -> None:
    (extraction,) = extract(f"{title}\n{TABLE}".encode())
    assert [cell.printed for cell in extraction.extra] == ["312", "24", "57", "9"]
    assert (extraction.cells, extraction.verdict) == ((), "needs_review")


@pytest.mark.parametrize(
    "title",
    [
        "青山区教育局2022年公开招聘教师岗位情况统计表",
        "安平县2023年公开选拔干部工作情况统计",
        "海州市2022年土地使用权公开出让情况统计表",
        "江北区2022年部门决算公开情况说明",
        "全市2022年公开募捐情况统计表",
        "海州市2023年公开征集立法项目情况统计",
    ],
)
def test_what_else_is_done_in_the_open_makes_no_report(title: str) -> None:
    with pytest.raises(NoReportError):
        extract(f"{title}\n{TABLE}".encode())


def test_words_of_a_header_whose_characters_blanks_part_are_whole() -> None:
    rows = "网站公开                条          176\n报纸公开                条           88\n申请  件  1\n"
    assert columns(table_of(f"指    标              计量单位      数    量\n{rows}")) == ["数量"]
    assert columns(table_of(f"指  标                  单  位      数  量\n{rows}")) == ["数量"]
    # Single characters may be names of columns.
    districts = (
        "区县      东    西    合计\n公开      12    8     20\n申请      3     1     4\n咨询  9  9  18\n"
    )
    assert columns(table_of(districts)) == ["东", "西", "合计"]


def test_numbers_within_others_that_are_written_alike_stand_below_these() -> None:
    lines = ["1. 公开：全年 20 条", "   1. 公告：12 条", "   2. 指南：8 条", "2. 参与：共 18 场"]
    lines += ["   1. 座谈：6 场", "3. 投诉：41 件（办结率100%）"]
    assert paths(table_of("\n".join(lines))) == [
        "公开",
        "公开>公告",
        "公开>指南",
        "参与",
        "参与>座谈",
        "投诉",
    ]
    # Numbers that count on are only set further in.
    further = ["1. 公开：20 条", "   2. 公告：12 条", "   3. 指南：8 条", "4. 参与：18 场"]
    assert paths(table_of("\n".join(further))) == ["公开", "公告", "指南", "参与"]
    # And those that begin anew as far in as others are none within these.
    anew = ["1. 公开：20 条", "2. 公告：12 条", "1. 参与：18 场", "2. 投诉：41 件"]
    assert paths(table_of("\n".join(anew))) == ["公开", "公告", "参与", "投诉"]


ADDED = "一、公开 | 86\n停电公告 | 22\n维修公告 | {first}\n二、报修 | 3,105\n电话 | 1,917\n微信 | {second}\n"


@pytest.mark.parametrize(
    ("first", "second", "parents"),
    [
        ("64", "1,188", ["公开>停电公告", "公开>维修公告", "报修>电话", "报修>微信"]),
        ("64", "1,187", ["停电公告", "维修公告", "电话", "微信"]),
    ],
    ids=["in every place", "in one of two"],
)
def test_sums_tell_what_stands_below_a_number_if_they_hold_everywhere(
    first: str, second: str, parents: list[str]
) -> None:
    found = table_of("项目 | 数量\n" + ADDED.format(first=first, second=second) + "三、亮灯率 | 99.1%\n")
    assert [path for path in paths(found) if path not in ("公开", "报修", "亮灯率")] == parents


def test_one_sum_that_holds_tells_nothing() -> None:
    found = table_of("项目 | 数量\n一、公开 | 86\n停电 | 22\n维修 | 64\n二、申请 | 2\n三、投诉 | 1\n")
    assert paths(found) == ["公开", "停电", "维修", "申请", "投诉"]


def test_cells_that_are_an_indicator_each_are_a_list_row_after_row() -> None:
    found = table_of(html("公开栏：24期 | 会议：6次", "2:财务", "公示：12次 | 来访：418人次"), "page.html")
    assert paths(found) == ["公开栏", "会议", "财务>公示", "财务>来访"]
    assert printed(found) == [["24"], ["6"], [], ["12"], ["418"]]
    # One that is none makes all of them cells.
    other = html("公开：网站 | 24", "公开：微信 | 6", "会议：12次 | 3")
    assert printed(table_of(other, "page.html")) == [["24"], ["6"], ["3"]]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            ["365", "水质（次）", "28", "停水（条）", "12", "水费（次）"],
            [("水质", "365"), ("停水", "28"), ("水费", "12")],
        ),
        (
            ["365次", "水质公示", "28条", "停水通知", "12次", "水费"],
            [("水质公示", "365次"), ("停水通知", "28条"), ("水费", "12次")],
        ),
        (
            ["2", "水质", "365", "停水", "28", "水费", "12", "供水站"],
            [("水质", "365"), ("停水", "28"), ("水费", "12")],
        ),
        (
            ["水质（次）", "365", "停水（条）", "28", "水费（次）", "12"],
            [("水质", "365"), ("停水", "28"), ("水费", "12")],
        ),
    ],
    ids=["units in labels", "units in figures", "a number of the page", "labels first"],
)
def test_figures_stand_before_their_labels_where_units_tell(
    lines: list[str], expected: list[tuple[str, str]]
) -> None:
    found = table_of("\n".join(["全年的数据如下，供大家监督。", *lines]))
    assert [(row.words, row.figures[0].printed) for row in found.rows if row.figures] == expected


def test_signs_lead_to_rows_below_another() -> None:
    rows = "| 预报 | 1,460 |\n| └ 电视 | 730 |\n| └─ 电台 | 730 |\n"
    rows += "| 预警 | 97 |\n| ——暴雨 | 41 |\n| 活动 | 15 |\n"
    found = table_of(f"| 项目 | 数量 |\n|---|---|\n{rows}", "page.md")
    assert paths(found) == ["预报", "预报>电视", "预报>电台", "预警", "预警>暴雨", "活动"]
    alike = table_of("项目 | 数量\n—电视 | 730\n—电台 | 20\n—暴雨 | 41\n")
    assert paths(alike) == ["电视", "电台", "暴雨"]


def test_figures_in_brackets_behind_labels_are_theirs_if_they_have_a_unit() -> None:
    found = table_of(
        "一、公开\n　　网站（312条）\n　　展板（18期）\n二、投诉\n　　电话（1,043次）\n　　满意（98%）\n"
    )
    assert paths(found) == ["公开>网站", "公开>展板", "投诉>电话", "投诉>满意"]
    assert printed(found)[1:3] == [["312"], ["18"]]
    page = open_document("规定（2019）\n办法（2020）\n细则（3）\n通知（第2号）\n".encode(), "page.txt")
    assert read_statistics(page) == ()


def test_lines_with_a_list_behind_a_heading_are_headings_and_what_they_list() -> None:
    lines = ["一、内容：活动48期，收支12次，设施6次。", "二、形式：公告栏31期，微信群64条。"]
    assert paths(table_of("\n".join(lines))) == [
        "内容>活动",
        "内容>收支",
        "内容>设施",
        "形式>公告栏",
        "形式>微信群",
    ]
    # One of them may be a sentence.
    alone = open_document(f"{lines[0]}\n二、形式：公告栏31期，还有微信群。\n".encode(), "page.txt")
    assert read_statistics(alone) == ()


def test_several_words_above_labels_are_those_of_headings_and_rows_a_cell_a_line() -> None:
    cells = "类别 内容 单位 数量 服务 体检 项 46 收费 项 213 质量 报告 % 99 投诉 件 2"
    found = table_of("\n".join(cells.split()))
    assert paths(found) == ["服务>体检", "服务>收费", "质量>报告", "质量>投诉"]
    assert (columns(found), [row.unit for row in found.rows if row.figures]) == (
        ["数量"],
        ["项", "项", "%", "件"],
    )


def drawn(rows: list[tuple[str, str]], *, centred: bool) -> str:
    """A drawn table of labels and figures, on the left of their cells or in the middle."""
    rule = "+--------------------+----------+"
    lines = [rule]
    for cells in rows:
        texts = []
        for text, width in zip(cells, (20, 10), strict=True):
            blanks = width - width_in_digits(text)
            before = blanks // 2 if centred else 1
            texts.append(" " * before + text + " " * (blanks - before))
        lines += [f"|{'|'.join(texts)}|", rule]
    return "\n".join(lines)


def test_labels_of_drawn_tables_are_as_far_in_as_drawn_unless_in_the_middle() -> None:
    rows = [
        ("项目", "数量"),
        ("12345热线", "24"),
        ("  来电", "14"),
        ("  来信", "10"),
        ("申请公开政府信息", "3"),
    ]
    assert paths(table_of(drawn(rows, centred=False))) == [
        "12345热线",
        "12345热线>来电",
        "12345热线>来信",
        "申请公开政府信息",
    ]
    bare = [(label.strip(), figure) for label, figure in rows]
    assert paths(table_of(drawn(bare, centred=True))) == ["12345热线", "来电", "来信", "申请公开政府信息"]


def test_a_number_that_begins_no_list_stands_below_no_row_without_one() -> None:
    lines = ["停水通知 121 条", "水质公告 52 条", "招标采购 139 条", "（二）客户服务", "热线受理 20,418 件"]
    assert paths(table_of("\n".join([*lines, "投诉处理 96 件"]))) == [
        "停水通知",
        "水质公告",
        "招标采购",
        "客户服务>热线受理",
        "客户服务>投诉处理",
    ]
    begun = table_of("项目 | 数量\n公开 | 9\n1.网站 | 5\n2.微信 | 4\n申请 | 3\n")
    assert paths(begun) == ["公开", "公开>网站", "公开>微信", "申请"]


def test_a_corner_and_years_behind_it_are_a_header() -> None:
    found = table_of("指标\\年份,2019,2020\n公开总数(条),1021,1180\n申请(件),4,2\n投诉(件),9,7\n", "page.csv")
    assert (columns(found), paths(found)) == (["2019", "2020"], ["公开总数", "申请", "投诉"])


def test_a_line_of_a_dash_in_each_cell_is_no_row() -> None:
    found = table_of("|项目|数量|\n|-|-|\n|公开|9|\n|申请|-|\n|投诉|4|\n", "page.md")
    assert (paths(found), printed(found)) == (["公开", "申请", "投诉"], [["9"], ["-"], ["4"]])


def test_what_a_figure_is_compared_with_is_none_of_it() -> None:
    lines = ["疫情：12期，比上年增加2期；", "程序：4次，与上年持平；", "体检：18人次，较去年减少4人次。"]
    assert printed(table_of("\n".join(lines))) == [["12"], ["4"], ["18"]]
