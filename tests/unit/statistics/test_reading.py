"""How rows, headers, headings and tables are told, and looks that could feign them."""

from __future__ import annotations

import pytest

from extractor import extract
from extractor.errors import NoReportError
from extractor.reports.opening import open_document
from extractor.statistics.reading import read_statistics
from extractor.statistics.titles import groups_of
from tests.helpers.packages import paragraph, word
from tests.unit.statistics.test_hierarchy import paths, report, table_of


def printed(text: str, name: str = "page.txt") -> list[list[str]]:
    return [[one.printed for one in row.figures] for row in table_of(text, name).rows]


def test_words_behind_of_which_tell_how_far_in_parts_are() -> None:
    lines = ["一、公开总数...... 90 条", "　　其中：水质...... 60 条", "　　　　　　出厂水…… 40 条"]
    deeper = ["　　　　　　管网水...... 20 条", "　　　　　停水...... 30 条", "二、申请...... 2 件"]
    assert paths(table_of("\n".join([*lines, *deeper]))) == [
        "公开总数",
        "公开总数>水质",
        "公开总数>水质>出厂水",
        "公开总数>水质>管网水",
        "公开总数>停水",
        "申请",
    ]
    # Where no part stands right below those words, all that are further in are parts alike.
    alike = [*lines, "　　　　　　管网水...... 20 条", "二、申请...... 2 件"]
    assert paths(table_of("\n".join(alike)))[1:4] == ["公开总数>水质", "公开总数>出厂水", "公开总数>管网水"]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            ["重点公开", "  防控：205条", "  改造：41条", "依申请公开", "  收到：7件", "  答复：6件"],
            ["重点公开>防控", "重点公开>改造", "依申请公开>收到", "依申请公开>答复"],
        ),
        (
            ["重点公开", "防控：205条", "改造：41条", "依申请公开", "收到：7件", "答复：6件"],
            ["重点公开>防控", "重点公开>改造", "依申请公开>收到", "依申请公开>答复"],
        ),
        (["公开数据一览", "  防控：205条", "  改造：41条", "  收到：7件"], ["防控", "改造", "收到"]),
        (
            ["防控：205条", "改造：41条", "全年无举报，公开有序。", "收到：7件", "答复：6件", "复议：1件"],
            ["收到", "答复", "复议"],
        ),
    ],
    ids=["further in", "between and above", "the title of a list", "a sentence"],
)
def test_what_stands_among_indicators_heads_them(lines: list[str], expected: list[str]) -> None:
    assert paths(table_of("\n".join(lines))) == expected


def test_a_unit_without_a_figure_is_a_blank_and_a_stated_unit_is_none() -> None:
    found = table_of("单位：件\n防控：205件\n改造：\u00a0\u00a0件\n安置：3件\n补贴：4件\n")
    assert [row.words for row in found.rows] == ["防控", "改造", "安置", "补贴"]
    assert [row.figures[0].state for row in found.rows] == ["number", "blank", "number", "number"]


def test_a_line_of_parts_alone_goes_on_with_the_whole_above_it() -> None:
    lines = [
        "一、申请：\u00a09\u00a0件",
        "　其中：公开\u00a05\u00a0件，不公开\u00a04\u00a0件",
        "二、复议：\u00a0无\u00a0件；诉讼：1件",
    ]
    assert paths(table_of("\n".join(lines))) == ["申请", "申请>公开", "申请>不公开", "复议", "诉讼"]


def test_a_file_whose_lines_have_as_many_cells_is_a_table_whatever_these_hold() -> None:
    head = "指标,数量,单位,指标,数量,单位\n一、公开,,,二、申请,,\n"
    rows = "网站,18,条,收到,3,件\n微信,7,条,答复,2,件\n报纸,5,条,复议,0,件\n"
    text = "云溪县气象局2021年政府信息公开统计数据\n" + head + rows
    assert [cell.address for cell in extract(text.encode())[0].extra] == [
        f"extra.1.{path}.数量"
        for path in ("公开.网站", "公开.微信", "公开.报纸", "申请.收到", "申请.答复", "申请.复议")
    ]
    # Digits that a comma groups are no two cells.
    grouped = printed("网站公开1,203条\n微信公开2,480条\n报纸公开3,655条\n")
    assert grouped == [["1,203"], ["2,480"], ["3,655"]]


def test_tabs_before_a_label_are_an_indentation_unless_it_is_in_a_column_of_labels() -> None:
    text = "项目\t2023年\t2022年\n投诉\t9\t7\n\t电话\t5\t\n\t来信\t4\t3\n申请\t1\t0\n"
    assert paths(table_of(text)) == ["投诉", "投诉>电话", "投诉>来信", "申请"]
    assert printed(text) == [["9", "7"], ["5", ""], ["4", "3"], ["1", "0"]]
    groups = "类别\t项目\t数量\n投诉\t电话\t5\n\t来信\t4\n申请\t网上\t1\n"
    assert paths(table_of(groups)) == ["投诉>电话", "投诉>来信", "申请>网上"]


def test_a_label_merged_over_columns_of_labels_leaves_figures_in_theirs() -> None:
    rows = "检查│抽查│64│21\n　　│处罚│21│17\n采购│公告│26│30\n"
    text = f"领域│事项│条数│浏览\n{rows}　　　合计│111│68\n"
    assert paths(table_of(text))[-1] == "合计"
    assert printed(text)[-1] == ["111", "68"]
    # A row that lacks its last cell has its figure where it stands.
    short = table_of(f"领域│事项│条数│浏览\n{rows}采购│公示│5\n")
    assert [(one.column, one.printed) for one in short.rows[-1].figures] == [(0, "5")]


def test_titles_tell_several_tables_apart_unless_they_are_no_titles() -> None:
    rows = "项目 | 数量\n网站 | 4\n微信 | 5\n报纸 | 6\n"
    apart = report(f"表1　校本部\n{rows}\n表2　附属中学\n{rows}")
    assert [one.address for one in apart.extra][::3] == [
        "extra.1.校本部.网站.数量",
        "extra.2.附属中学.网站.数量",
    ]
    alone = report(f"表1　校本部\n{rows}")
    assert alone.extra[0].address == "extra.1.网站.数量"
    same = read_statistics(open_document(f"公开情况\n{rows}\n公开情况\n{rows}".encode(), "page.txt"))
    assert groups_of(same) == ("",) * len(same)


def test_a_title_and_a_header_in_a_grid_begin_another_table_and_a_group_does_not() -> None:
    head, rows = "项目,数量,去年\n", "网站,4,3\n微信,5,2\n报纸,6,1\n"
    titled = f"{head}{rows}表二　咨询,,\n{head}电话,1,2\n来访,3,4\n信函,5,6\n"
    both = read_statistics(open_document(titled.encode(), "a.csv"))
    assert [(one.title.strip("\t"), len(one.rows)) for one in both] == [("", 3), ("表二　咨询", 3)]
    grouped = f"{head}一、公开,,\n{rows}二、咨询,,\n电话,1,2\n来访,3,4\n信函,5,6\n"
    (one,) = read_statistics(open_document(grouped.encode(), "a.csv"))
    assert paths(one)[2:4] == ["公开>报纸", "咨询>电话"]


def test_who_signs_is_no_row_and_words_with_a_colon_are_one() -> None:
    rows = "项目    数量    去年\n投诉    5    3\n信访    4    2\n咨询    6    1\n"
    assert len(table_of(f"{rows}审核人：周启明    制表：办公室    2025.1.9\n").rows) == 3
    assert [row.words for row in table_of(f"{rows}其他:含来访    7    8\n").rows][-1] == "其他:含来访"


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (["一 公开", "二 12366咨询", "三 复议"], ["公开", "12366咨询", "复议"]),
        (["第一部分 公开", "第二部分 咨询", "第三部分 复议"], ["公开", "咨询", "复议"]),
        (["一 般公开", "三 次供水", "公 示"], ["一般公开", "三次供水", "公示"]),
    ],
)
def test_chinese_numbers_with_a_blank_are_numbers_where_they_count(
    labels: list[str], expected: list[str]
) -> None:
    text = "项目 | 数量\n" + "".join(f"{label} | {place}\n" for place, label in enumerate(labels, 3))
    assert [row.words for row in table_of(text).rows] == expected


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        (
            ["办结 | 7", "其中：公开 | 5", "告知 | 2", "复议 | 0"],
            ["收到>信函", "办结", "办结>公开", "办结>告知", "复议"],
        ),
        (["办结 | 7", "复议 | 0", "诉讼 | 0"], ["信函", "办结", "复议", "诉讼"]),
        (
            ["办结 | 7", "其中：公开 | 5", "告知 | 1", "复议 | 9"],
            ["信函", "办结", "办结>公开", "告知", "复议"],
        ),
    ],
    ids=["in two places", "in one place", "in one of two"],
)
def test_parts_that_nothing_but_sums_tell_are_told_in_two_places(
    rest: list[str], expected: list[str]
) -> None:
    rows = ["收到 | 4", "其中：网上 | 3", "信函 | 1", *rest]
    assert paths(table_of("\n".join(["项目 | 数量", *rows]) + "\n"))[2:] == expected


def test_blank_cells_below_a_header_are_rows_and_above_what_is_further_in_a_heading() -> None:
    figures = {"网站": "", "微信": "", "报纸": "4", "电视": "2"}
    rows = "".join(f"<tr><td>{name}<td>条<td>{figure}</tr>" for name, figure in figures.items())
    found = table_of(f"<table><tr><td>项目<td>单位<td>数量</tr>{rows}</table>", "page.html")
    assert [[one.printed for one in row.figures] for row in found.rows] == [[""], [""], ["4"], ["2"]]
    headed = "项目 | 数量\n一、形式（条） | \n1.网站 | 3\n2.微信 | 5\n二、申请（件） | \n三、复议（件） | 1\n"
    assert printed(headed) == [[], ["3"], ["5"], [""], ["1"]]
    assert [one.unit for one in report(headed).extra] == ["条", "条", "件", "件"]


def test_lines_of_cells_with_numbers_or_three_of_them_are_rows_beside_their_group() -> None:
    head = "<tr><td>类别<td>项目<td>数量</tr>"
    many = "<tr><td>公开<td>网站<br>微信<br>报纸<td>3<br>4<br>5</tr>"
    others = "<tr><td>申请<td>当面<td>1</tr><tr><td>复议<td>撤销<td>0</tr>"
    found = table_of(f"<table>{head}{many}{others}</table>", "page.html")
    assert paths(found) == ["公开>网站", "公开>微信", "公开>报纸", "申请>当面", "复议>撤销"]


@pytest.mark.parametrize(
    "page",
    [
        "<pre>项目      单位    上年    本年\n一 公开\n  网站    条       3       4\n"
        "    首页  条       1       2\n二 复议   件       0       1\n</pre>",
        "<style>.in{padding-left:2em}.more{margin-left:4em}</style>"
        "<div>项目</div><div>单位</div><div>上年</div><div>本年</div><div>一、公开</div>"
        "<div class=in><div>网站</div></div><div>条</div><div>3</div><div>4</div>"
        "<div class=more><p>首页</p></div>"
        "<div>条</div><div>1</div><div>2</div><div>二、复议</div><div>件</div><div>0</div><div>1</div>",
    ],
    ids=["preformatted", "a block in another"],
)
def test_a_web_page_begins_further_in_as_a_browser_shows_it(page: str) -> None:
    found = table_of(f"<html><body>{page}</body></html>", "page.html")
    assert paths(found) == ["公开>网站", "公开>网站>首页", "复议"]
    assert [column.path for column in found.columns] == [("上年",), ("本年",)]


def test_lists_of_a_word_file_say_how_far_in_they_begin() -> None:
    levels = "".join(
        f'<w:abstractNum w:abstractNumId="{n}"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:pPr>'
        f'<w:ind w:left="{360 * (n + 1)}" w:hanging="360"/></w:pPr></w:lvl></w:abstractNum>'
        for n in range(2)
    )
    nums = "".join(f'<w:num w:numId="{n + 1}"><w:abstractNumId w:val="{n}"/></w:num>' for n in range(2))
    rows = [("公开：9条", 1), ("网站：5条", 2), ("微信：4条", 2), ("申请：3件", 1)]
    body = "".join(
        paragraph(text, f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>')
        for text, number in rows
    )
    data = word(paragraph("公开情况") + body, numbering=levels + nums)
    assert paths(table_of(data, "page.docx")) == ["公开", "公开>网站", "公开>微信", "申请"]


def test_lists_side_by_side_in_aligned_text_are_one() -> None:
    rows = "网站    30      电话    3\n微信    6       来访    5\n报纸    4       信函    2\n"
    text = f"项目    数量    项目    数量\n{rows}"
    names = ("网站", "微信", "报纸", "电话", "来访", "信函")
    assert [one.address for one in report(text).extra] == [f"extra.1.{name}.数量" for name in names]


def test_a_row_of_lines_that_lacks_a_figure_is_open() -> None:
    lines = [
        "指标",
        "2022年",
        "2021年",
        "公开",
        "9",
        "8",
        "投诉",
        "7",
        "6",
        "咨询",
        "5",
        "4",
        "申请",
        "3",
        "复议",
        "2",
        "1",
    ]
    extraction = report("\n".join(lines) + "\n")
    statuses = {cell.address: str(cell.status) for cell in extraction.extra}
    assert statuses.pop("extra.1.申请.2022年") == "disputed"
    assert set(statuses.values()) == {"unchecked"}
    assert "extra.1.复议.2021年" in statuses


def test_a_table_without_a_title_is_of_open_information_by_its_rows() -> None:
    rows = "公开内容,法规,条,19,22\n公开渠道,网站,条,341,329\n依申请公开,受理,件,3,5\n"
    (extraction,) = extract(f"一级指标,二级指标,单位,2024年数,2023年数\n{rows}".encode(), name="a.csv")
    assert len(extraction.extra) == 6
    # A list of tasks may name it, too.
    tasks = rows.replace("公开内容", "队伍建设").replace("公开渠道", "平台建设")
    with pytest.raises(NoReportError):
        extract(f"一级指标,二级指标,单位,2024年数,2023年数\n{tasks}".encode(), name="a.csv")
