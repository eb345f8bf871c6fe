"""Blocks of indicators side by side or one below the other in one table, and what only looks like them."""

from __future__ import annotations

import pytest

from extractor.documents.lists_beside import with_lists_in_order
from extractor.reports.opening import open_document
from extractor.statistics.reading import read_statistics
from extractor.statistics.table import StatisticsTable


def tables_of(text: str | bytes, name: str = "page.txt") -> tuple[StatisticsTable, ...]:
    data = text.encode() if isinstance(text, str) else text
    return read_statistics(with_lists_in_order(open_document(data, name)))


def figures(found: StatisticsTable) -> dict[str, list[str]]:
    """What is printed in each row, by its path."""
    return {
        ">".join(found.path(place)): [figure.printed for figure in row.figures]
        for place, row in enumerate(found.rows)
        if row.figures
    }


def comma_separated(*rows: str) -> bytes:
    return "\n".join(rows).encode("gb18030")


BESIDE = (
    "项目,单位,本年,累计,,项目,单位,本年,累计",
    "一、公开数,条,31,54,,四、诉求,件,86,98",
    "　网站,条,9,31,,　咨询,件,70,72",
    "　短信,条,22,23,,　投诉,件,16,26",
    "二、公示栏,块,4,4,,五、申请,件,7,",
    "三、信访,件,3,12,,,,,",
)


@pytest.mark.parametrize("end", ["制表：办公室,,,,,,,,2015年1月15日", ""], ids=["signed", "not signed"])
def test_lists_that_a_blank_column_parts_are_read_from_the_left(end: str) -> None:
    (found,) = tables_of(comma_separated(*BESIDE, end), "page.csv")
    assert figures(found) == {
        "公开数": ["31", "54"],
        "公开数>网站": ["9", "31"],
        "公开数>短信": ["22", "23"],
        "公示栏": ["4", "4"],
        "信访": ["3", "12"],
        "诉求": ["86", "98"],
        "诉求>咨询": ["70", "72"],
        "诉求>投诉": ["16", "26"],
        "申请": ["7", ""],
    }


@pytest.mark.parametrize("gap", ["|", "| |"], ids=["nothing between them", "a blank column"])
def test_a_block_with_another_form_of_row_is_a_table_of_its_own(gap: str) -> None:
    rows = [("项目|单位|数量", "渠道|条数"), ("公开|条|100", "网站|60"), ("申请|件|5", "微博|30")]
    rows += [("复议|件|1", "报纸|10"), ("诉讼|件|0", "")]
    text = "\n".join(gap.join(row if row[1] else (row[0], "|")) for row in rows)
    left, right = tables_of(text)
    assert figures(left) == {"公开": ["100"], "申请": ["5"], "复议": ["1"], "诉讼": ["0"]}
    assert figures(right) == {"网站": ["60"], "微博": ["30"], "报纸": ["10"]}
    assert [column.path for column in (*left.columns, *right.columns)] == [("数量",), ("条数",)]


@pytest.mark.parametrize(
    "head", ["单位名称|件数|负责人|人数", "单位名称|件数|经办科室|人数"], ids=["who answers", "which office"]
)
def test_words_between_the_figures_of_a_row_begin_no_block(head: str) -> None:
    (found,) = tables_of(f"{head}\n教育局|40|张三|3\n卫生局|30|李四|5\n民政局|25|王五|2\n")
    assert figures(found) == {"教育局": ["40", "3"], "卫生局": ["30", "5"], "民政局": ["25", "2"]}


GROUPED = (
    '<tr><th rowspan="2">一、公开</th><td>总数（条）</td><td>６４</td><td>文件（件）</td><td>5</td></tr>'
    "<tr><td>环评（项）</td><td>61</td><td>发布会（次）</td><td></td></tr>"
    "<tr><th>二、申请</th><td>收到（件）</td><td>13</td><td>公开（件）</td><td>7</td></tr>"
    '<tr><th>备注</th><td colspan="4">全角数字为系统导出，含协议出让3宗。</td></tr>'
)


def test_labels_with_their_figures_stand_below_the_group_that_their_row_begins_with() -> None:
    (found,) = tables_of(f"<table>{GROUPED}</table>", "page.html")
    assert figures(found) == {
        "公开>总数": ["６４"],
        "公开>文件": ["5"],
        "公开>环评": ["61"],
        "公开>发布会": [""],
        "申请>收到": ["13"],
        "申请>公开": ["7"],
    }
    assert found.unit_of(found.rows[1], found.rows[1].figures[0]) == "条"


def test_a_header_may_name_the_labels_and_figures_behind_a_group() -> None:
    (found,) = tables_of(
        "类别|项目|数量|项目|数量\n公开|网站|13|微博|7\n |报纸|15|广播|9\n申请|收到|6|答复|5\n"
    )
    assert [*figures(found)] == ["公开>网站", "公开>微博", "公开>报纸", "公开>广播", "申请>收到", "申请>答复"]
    assert [column.path for column in found.columns] == [("数量",)]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(
            ["1|网站|13|微博|7", "2|报纸|15|广播|9", "3|收到|16|答复|8"],
            {"网站": ["13"], "报纸": ["15"], "收到": ["16"], "微博": ["7"], "广播": ["9"], "答复": ["8"]},
            id="a number that counts the rows is none",
        ),
        pytest.param(
            ["收到|13|其中：当面|7|网络|6", "答复|15|其中：公开|9|不公开|6", "复议|1|诉讼|0|举报|2"],
            {
                "收到": ["13"],
                "收到>当面": ["7"],
                "收到>网络": ["6"],
                "答复": ["15"],
                "答复>公开": ["9"],
                "答复>不公开": ["6"],
                "复议": ["1"],
                "诉讼": ["0"],
                "举报": ["2"],
            },
            id="nor a label with a figure, before its parts",
        ),
        pytest.param(
            ["1.网站|13|2.微博|7", "3.报纸|15|4.广播|9"],
            {"网站": ["13"], "微博": ["7"], "报纸": ["15"], "广播": ["9"]},
            id="nor a numbered label with a figure",
        ),
    ],
)
def test_a_first_cell_that_names_no_group(rows: list[str], expected: dict[str, list[str]]) -> None:
    (found,) = tables_of("\n".join(rows))
    assert figures(found) == expected
    assert [*figures(found)] == [*expected]


HEAD = "<tr><td>项　目</td><td>营业部</td><td>支行</td></tr>"
FIRST = (
    "<tr><td>（一）保护</td></tr><tr><td>1. 投诉</td><td>17</td><td>85</td></tr>"
    "<tr><td>①银行卡</td><td>11</td><td>46</td></tr>"
)


@pytest.mark.parametrize("between", ["续表3-1", "表3-1　保护情况（续）", "续表", "（接上表）"])
@pytest.mark.parametrize("head", [HEAD, HEAD.replace("　", "")], ids=["same", "other blanks"])
def test_a_table_that_is_continued_goes_on_inside_its_group(between: str, head: str) -> None:
    rest = "<tr><td>②贷款</td><td>4</td><td>19</td></tr><tr><td>2. 办结</td><td>17</td><td>82</td></tr>"
    (found,) = tables_of(
        f"<table>{HEAD}{FIRST}</table><p>{between}</p><table>{head}{rest}</table>", "page.html"
    )
    assert figures(found) == {
        "保护>投诉": ["17", "85"],
        "保护>投诉>银行卡": ["11", "46"],
        "保护>投诉>贷款": ["4", "19"],
        "保护>办结": ["17", "82"],
    }


def test_a_table_that_is_continued_may_begin_another_group() -> None:
    rest = "<tr><td>（二）网点</td></tr><tr><td>1. 公示牌</td><td>2</td><td>58</td></tr>"
    (found,) = tables_of(
        f"<table>{HEAD}{FIRST}</table><p>续表3-1</p><table>{HEAD}{rest}</table>", "page.html"
    )
    assert [*figures(found)] == ["保护>投诉", "保护>投诉>银行卡", "网点>公示牌"]


def test_a_table_with_a_title_of_its_own_continues_none() -> None:
    """续建项目 are projects, and no 续表."""
    rest = "".join(f"<tr><td>{one}</td><td>4</td><td>19</td></tr>" for one in ("①贷款", "②保险", "③存款"))
    page = f"<table>{HEAD}{FIRST}</table><p>续建项目情况</p><table>{HEAD}{rest}</table>"
    assert [*map(len, map(figures, tables_of(page, "page.html")))] == [2, 3]


GROUPS = (
    "项目\t\t\t2013年\t2012年",
    "一、公开\t（一）总量\t小计\t19条\t15条",
    "\t\t1.网站\t18条\t14条",
    "\t\t2.微博\t1条\t1条",
    "\t（二）重点\t小计\t4条\t3条",
    "\t\t1.财政\t4条\t3条",
)


def test_a_total_of_a_group_is_no_heading_of_the_rows_behind_it() -> None:
    (found,) = tables_of("\n".join(GROUPS))
    assert [*figures(found)] == [
        "公开>总量>小计",
        "公开>总量>网站",
        "公开>总量>微博",
        "公开>重点>小计",
        "公开>重点>财政",
    ]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            ["（一）总量|", "小计|19", "1.网站|18", "2.微博|1", "（二）重点|", "1.财政|4", "小计|4"],
            ["总量>小计", "总量>网站", "总量>微博", "重点>财政", "重点>小计"],
        ),
        (["合计|19", "1.网站|18", "2.微博|1"], ["合计", "合计>网站", "合计>微博"]),
        (["（一）重点|", "1.财政|4", "2.工程|3", "合计|7"], ["重点>财政", "重点>工程", "合计"]),
    ],
    ids=["below a heading", "a total of numbered rows", "a total of all"],
)
def test_totals_stand_where_their_words_say(rows: list[str], expected: list[str]) -> None:
    (found,) = tables_of("\n".join(["项目|数量", *rows]))
    assert [*figures(found)] == expected


def test_blanks_behind_a_mark_are_indentation_in_columns_beside_groups_too() -> None:
    rows = ["类别\t指标\t数量", "文书\t生效\t98", "\t上网\t74", "\t其中：刑事\t10", "\t　　　民事\t56"]
    (found,) = tables_of("\n".join([*rows, "\t不上网\t24", "执行\t公布\t21"]))
    assert [*figures(found)] == [
        "文书>生效",
        "文书>上网",
        "文书>上网>刑事",
        "文书>上网>民事",
        "文书>不上网",
        "执行>公布",
    ]


STACKED = (
    "3:一、主动公开",
    "公开形式 | 条数 | 浏览量（次）",
    "行业网站 | 205 | 18,422",
    "办事大厅 | 36 | —",
    "3:二、申请",
    "申请方式 | 收到（件） | 办结（件）",
    "当面申请 | 3 | 3",
    "网上申请 | 5 | 4",
)


def as_table(rows: tuple[str, ...]) -> str:
    """A table of a web page; a number before a colon is how many columns a cell is merged over."""
    lines = []
    for row in rows:
        count, mark, words = row.partition(":")
        lines.append(
            f'<td colspan="{count}">{words}</td>'
            if mark
            else "".join(f"<td>{cell.strip()}</td>" for cell in row.split("|"))
        )
    return f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


def test_groups_with_a_header_each_are_tables() -> None:
    first, second = tables_of(as_table(STACKED), "page.html")
    assert figures(first) == {"行业网站": ["205", "18,422"], "办事大厅": ["36", "—"]}
    assert figures(second) == {"当面申请": ["3", "3"], "网上申请": ["5", "4"]}
    assert [column.path for column in second.columns] == [("收到",), ("办结",)]


@pytest.mark.parametrize("row", ["公开地点 | 一楼大厅 | 每月更新", "公开形式 | 张榜 | 长期"])
def test_a_row_of_words_behind_a_heading_is_no_header(row: str) -> None:
    (found,) = tables_of(as_table((*STACKED[:5], row, *STACKED[6:])), "page.html")
    assert [column.path for column in found.columns] == [("条数",), ("浏览量",)]


PAIRS = (
    "4:平台",
    "网站 | 312条 | 微博 | 55条",
    "公示栏 | 18块 | 手册 | 20册",
    "4:申请",
    "受理 | 6件 | 答复 | 5件",
)


def test_pairs_stand_below_the_heading_that_is_merged_over_them() -> None:
    (found,) = tables_of(as_table(PAIRS), "page.html")
    assert figures(found) == {
        "平台>网站": ["312条"],
        "平台>公示栏": ["18块"],
        "平台>微博": ["55条"],
        "平台>手册": ["20册"],
        "申请>受理": ["6件"],
        "申请>答复": ["5件"],
    }


def test_rows_with_several_figures_below_headings_are_no_pairs() -> None:
    rows = ("4:平台", "网站 | 3 | 5 | 8", "公示栏 | 1 | 2 | 3", "4:申请", "受理 | 6 | 5 | 11")
    (found,) = tables_of(as_table(rows), "page.html")
    assert figures(found)["平台>网站"] == ["3", "5", "8"]


def test_codes_behind_the_groups_of_indicators_are_no_table_of_their_own() -> None:
    rows = [
        ("公开", "101", "网站", "8"),
        ("", "102", "公示栏", "4"),
        ("", "103", "微信", "9"),
        ("申请", "201", "网络", "2"),
    ]
    page = "\n".join("|".join(row) for row in (("类别", "代码", "统计指标", "统计数"), *rows))
    (found,) = tables_of(page)
    assert figures(found) == {
        "公开>网站": ["8"],
        "公开>公示栏": ["4"],
        "公开>微信": ["9"],
        "申请>网络": ["2"],
    }
