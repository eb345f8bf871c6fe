"""Levels that neither numbers nor indentation alone tell, columns of words, and pages without lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from extractor import extract
from extractor.reports.opening import open_document
from extractor.statistics.reading import read_statistics
from extractor.statistics.titles import groups_of
from tests.helpers.pdf_files import drawn
from tests.helpers.rendering import FONT
from tests.unit.statistics.test_hierarchy import paths, table_of

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas


def counted(*rows: str) -> list[str]:
    return paths(table_of("序号,项目,数量\n" + "\n".join(rows) + "\n", "page.csv"))


def listed(*rows: str) -> list[str]:
    return paths(table_of("项目 | 数量\n" + "\n".join(rows) + "\n"))


def test_a_part_whose_number_only_counts_on_stands_below_the_row_before_it() -> None:
    rows = ["一,热线,9", "1,来电,5", "2,投诉,4", "3,其中：水质类,2", "4,计量类,1", "5,回访,4", "二,申请,1"]
    assert counted(*rows) == [
        "热线",
        "热线>来电",
        "热线>投诉",
        "热线>投诉>水质类",
        "热线>投诉>计量类",
        "热线>回访",
        "申请",
    ]
    # Where what follows isn't another kind, or the whole is one of its kind, nothing says that it goes on.
    assert counted("1,投诉,9", "2,其中：水质类,2", "3,回访数,1", "4,申请,1")[2] == "回访数"
    assert counted("1,投诉类,9", "2,其中：水质类,2", "3,申请类,1", "4,其他,1")[2] == "申请类"
    # A number that begins anew behind 其中 is within the one before it.
    anew = ["1.收到申请 | 9", "其中：1.当面 | 5", "2.信函 | 4", "2.答复 | 9", "3.复议 | 0"]
    assert listed(*anew) == ["收到申请", "收到申请>当面", "收到申请>信函", "答复", "复议"]


@pytest.mark.parametrize(
    "blanks",
    [(1, 1, 2, 2, 1), (0, 2, 4, 4, 2), (3, 3, 6, 6, 3)],
    ids=["a blank each", "words behind 其中", "three blanks each"],
)
def test_a_part_has_parts_of_its_own_that_are_further_in(blanks: tuple[int, ...]) -> None:
    labels = ["其中：同意 | 10", "否决 | 7", "其中：不存在 | 3", "非本部门 | 4", "告知 | 1"]
    rows = ["　" * count + label for count, label in zip(blanks, labels, strict=True)]
    found = listed("答复总数 | 18", *rows, "复议 | 1")
    assert found == [
        "答复总数",
        "答复总数>同意",
        "答复总数>否决",
        "答复总数>否决>不存在",
        "答复总数>否决>非本部门",
        "答复总数>告知",
        "复议",
    ]


def test_words_that_say_how_are_no_label_and_those_that_tell_rows_apart_are_one() -> None:
    head = "公开类别,公开形式,件数\n"
    rows = "机构设置,公开栏,3\n工作目标,网站,4\n预决算,网站,2\n农机补贴,公开栏,63\n"
    assert paths(table_of(head + rows, "page.csv")) == ["机构设置", "工作目标", "预决算", "农机补贴"]
    apart = "预决算,公开栏,3\n预决算,网站,4\n补贴,公开栏,63\n补贴,网站,7\n"
    assert paths(table_of(head + apart, "page.csv")) == [
        "预决算>公开栏",
        "预决算>网站",
        "补贴>公开栏",
        "补贴>网站",
    ]
    # Each has words of its own: they may be the names of indicators.
    own = "机构设置,领导名录,3\n工作目标,年度计划,4\n预决算,决算表,2\n农机补贴,补贴名单,63\n"
    assert paths(table_of(head + own, "page.csv"))[0] == "机构设置>领导名录"
    # What stands below a merged cell has no other label.
    merged = "预决算,公开栏,3\n,网站,4\n补贴,公开栏,63\n,网站,7\n"
    assert paths(table_of(head + merged, "page.csv"))[1] == "预决算>网站"


def test_who_fills_in_a_table_stands_in_two_cells_and_is_no_row() -> None:
    text = (
        "云溪供电公司信息公开统计表,,,,\n填报单位：,云溪供电公司,,填报日期：,2015-01-12\n,,,,\n"
        '指标,单位,2013年,2014年,备注\n一、公开信息,条,"2,031","2,384",\n　1.停电信息,条,14,19,按月\n'
        "二、申请,件,/,1,\n审核：王××,,填表：赵××,,电话：0379-67230000\n"
    )
    found = table_of(text, "page.csv")
    assert [column.path for column in found.columns] == [("2013年",), ("2014年",)]
    assert paths(found) == ["公开信息", "公开信息>停电信息", "申请"]
    # A label that ends in a colon has its figure in the next cell.
    rows = "网站公开：,12,14\n微信公开：,30,31\n报纸公开：,4,5\n"
    assert paths(table_of("项目,2013年,2014年\n" + rows, "page.csv")) == ["网站公开", "微信公开", "报纸公开"]


def test_a_title_that_one_of_two_tables_has_alone_heads_neither() -> None:
    rows = "项目 | 数量\n网站 | 4\n微信 | 5\n报纸 | 6\n"
    told = "收到申请7件，均按规定答复，未收取任何费用，也没有发生行政复议和诉讼。\n"
    text = f"二、主动公开情况\n{rows}三、依申请公开情况\n{told}{rows}"
    tables = read_statistics(open_document(text.encode(), "page.txt"))
    assert groups_of(tables) == ("", "")


def page(rows: list[tuple[str, str, int, str]], *, title: str = "云溪市总工会2009年厂务公开统计") -> bytes:
    """A PDF of a table without lines: number, label, how far in that is in characters, figure."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont(FONT, 10)
        canvas.drawString(60, 760, title)
        for number, (count, label, depth, figure) in enumerate(rows):
            y = 720 - 17 * number
            canvas.drawString(60, y, count)
            canvas.drawString(110 + 10 * depth, y, label)
            canvas.drawString(420, y, figure)

    return drawn(draw)


WITHOUT_LINES = [
    ("序号", "统计指标", 0, "数量"),
    ("1", "建立工会组织的单位（家）", 0, "1286"),
    ("2", "其中：公有制单位（家）", 1, "341"),
    ("3", "非公有制单位（家）", 1, "945"),
    ("4", "建立职代会制度的单位（家）", 0, "1190"),
    ("5", "召开职代会（次）", 0, "1322"),
    ("6", "审议重大事项（项）", 0, "2960"),
    ("7", "工资福利（项）", 2, "1240"),
]


def test_rows_that_are_counted_and_set_further_in_are_read_off_a_page_without_lines() -> None:
    found = table_of(page(WITHOUT_LINES), "page.pdf")
    assert paths(found) == [
        "建立工会组织的单位",
        "建立工会组织的单位>公有制单位",
        "建立工会组织的单位>非公有制单位",
        "建立职代会制度的单位",
        "召开职代会",
        "审议重大事项",
        "审议重大事项>工资福利",
    ]
    assert [one.figures[0].printed for one in found.rows] == [row[3] for row in WITHOUT_LINES[1:]]
    assert found.corner == ("序号", "统计指标")


def test_numbers_that_count_nothing_are_figures_on_a_page_without_lines() -> None:
    figures = ["12", "7", "31", "4", "15", "9", "22"]
    rows = [("", *row[1:]) for row in WITHOUT_LINES]
    beside = [(count, *row[1:]) for count, row in zip(["本期", *figures], rows, strict=True)]
    text = open_document(page(beside), "page.pdf").text
    # No label stands before these numbers, so that no table is made of their lines.
    assert "\t1286" not in text


@pytest.mark.parametrize("unit", ["", "份"])
def test_a_heading_as_wide_as_any_label_of_its_column_doesnt_go_on_below(unit: str) -> None:
    rows = [
        (unit and "单位", "项目", 0, "数量"),
        ("", "信息披露情况", 0, ""),
        (unit, "服务收费价目名录更新", 2, "2"),
        (unit, "消费者投诉", 0, "143"),
        ("", "普惠金融知识宣传", 0, ""),
        (unit, "活动", 2, "27"),
        (unit, "受众", 2, "86"),
        (unit, "依申请公开", 0, "3"),
    ]

    def draw(canvas: Canvas) -> None:
        canvas.setFont(FONT, 10)
        canvas.drawString(60, 760, "安宁银行2017年度信息公开情况报告")
        for number, (one, label, depth, figure) in enumerate(rows):
            y = 720 - 14 * number
            for x, text in ((60 + 10 * depth, label), (320, one), (420, figure)):
                canvas.drawString(x, y, text)

    assert paths(table_of(drawn(draw), "page.pdf")) == [
        "信息披露情况>服务收费价目名录更新",
        "消费者投诉",
        "普惠金融知识宣传>活动",
        "普惠金融知识宣传>受众",
        "依申请公开",
    ]


def web_page(head: list[str], rows: list[list[str]], title: str) -> bytes:
    lines = "".join(f"<tr>{''.join(f'<td>{one}</td>' for one in line)}</tr>" for line in (head, *rows))
    return f"<h1>{title}</h1><table>{lines}</table>".encode()


NEW_FORM = [
    ["一、本年新收政府信息公开申请数量", "37", "9", "46"],
    ["　1.通过统一入口提交", "22", "6", "28"],
    ["　2.当面、信函提交", "15", "3", "18"],
    ["二、上年结转政府信息公开申请数量", "2", "0", "2"],
    ["三、办理情况", "", "", ""],
    ["　（一）予以公开", "14", "4", "18"],
    ["　（二）属于个人信息", "20", "5", "25"],
    ["　（三）转为咨询", "3", "0", "3"],
    ["四、结转下年度继续办理", "2", "0", "2"],
]


def test_a_table_with_rows_and_columns_of_its_own_is_none_of_the_form_that_it_is_like() -> None:
    title = "溪口区市场监督管理局2026年政府信息公开工作年度报告"
    head = ["申请和办理", "自然人", "法人或其他组织", "总计"]
    (new,) = extract(web_page(head, NEW_FORM, title), name="page.html")
    assert new.edition is None
    settled = {cell.address: (cell.printed, str(cell.status)) for cell in new.extra}
    assert settled["extra.1.办理情况.属于个人信息.法人或其他组织"] == ("5", "unchecked")
    assert len(settled) == 24
    # Figures below no words of their own are of no column: the form's rows are there, and stay open.
    (lost,) = extract(web_page(["申请和办理", "自然人", "", "总计"], NEW_FORM, title), name="page.html")
    assert lost.edition == "2021"
    assert {str(cell.status) for cell in lost.cells if cell.printed} <= {"disputed"}


def test_a_list_whose_column_has_another_name_is_read_by_its_own_columns() -> None:
    rows = [
        ["主动公开信息数", "01", "条", "1567", "5920"],
        ["　其中：机构职能类", "02", "条", "42", "186"],
        ["现场接待人数", "03", "人次", "206", "1148"],
        ["申请总数", "04", "条", "19", "66"],
        ["　其中：当面申请数", "05", "条", "4", "21"],
        ["　网上申请数", "06", "条", "15", "45"],
    ]
    title = "普宁区房管局2010年政府信息公开工作年度报告"
    head = ["指标名称", "代码", "计量单位", "本年发生数", "历年累计数"]
    (found,) = extract(web_page(head, rows, title), name="page.html")
    cells = {cell.address: cell.printed for cell in found.extra}
    assert cells["extra.1.申请总数.网上申请数.本年发生数"] == "15"
    assert cells["extra.1.申请总数.网上申请数.历年累计数"] == "45"
    assert len(cells) == 12


def test_a_list_that_names_reviews_and_lawsuits_is_none_of_the_form_that_has_them_as_columns() -> None:
    title = "永川市中心支行2015年政府信息公开工作年度报告"
    head = ["序号", "指标", "单位", "2015年", "备注"]
    rows = [
        ["1", "主动公开信息", "条", "163", ""],
        ["2", "　其中：网站", "条", "120", ""],
        ["3", "设置查阅场所", "个", "2", ""],
        ["4", "依申请公开信息", "件", "3", ""],
        ["5", "　当面申请", "件", "1", ""],
        ["6", "收取费用", "元", "0.00", "免收"],
        ["7", "行政复议", "件", "0", ""],
        ["8", "行政诉讼", "件", "-", "未发生"],
    ]
    (found,) = extract(web_page(head, rows, title), name="page.html")
    assert found.edition is None
    assert {cell.address: cell.printed for cell in found.extra} == {
        "extra.1.主动公开信息.2015年": "163",
        "extra.1.主动公开信息.网站.2015年": "120",
        "extra.1.设置查阅场所.2015年": "2",
        "extra.1.依申请公开信息.2015年": "3",
        "extra.1.依申请公开信息.当面申请.2015年": "1",
        "extra.1.收取费用.2015年": "0.00",
        "extra.1.行政复议.2015年": "0",
        "extra.1.行政诉讼.2015年": "-",
    }
    # A column of the form is there: its table is damaged, and no other.
    (damaged,) = extract(web_page([*head[:3], "尚未审结", "备注"], rows, title), name="page.html")
    assert damaged.edition == "2021"
    assert not [cell for cell in damaged.extra if str(cell.status) == "unchecked"]


def centred(heads: list[tuple[float, str]], rows: list[tuple[str, int, str, str]]) -> bytes:
    """A PDF of a table without lines: words by their middles, labels, units, figures by their right."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont(FONT, 10)
        canvas.drawString(60, 760, "平湖燃气公司2018年信息公开工作报告")
        for middle, words in heads:
            canvas.drawCentredString(middle, 720, words)
        for number, (label, depth, unit, figure) in enumerate(rows, 1):
            y = 720 - 17 * number
            canvas.drawString(60 + 10 * depth, y, label)
            canvas.drawString(320, y, unit)
            canvas.drawRightString(540, y, figure)

    return drawn(draw)


GAS = [
    ("一、主动公开信息", 0, "条", "97"),
    ("用气指南", 2, "条", "15"),
    ("停气通知", 2, "条", "82"),
    ("二、服务热线", 0, "次", "143"),
    ("业务咨询", 2, "次", "120"),
    ("三、应急演练", 0, "次", "5"),
]


def test_words_in_the_middle_of_columns_name_figures_at_their_right_by_their_order() -> None:
    found = table_of(centred([(190, "指标"), (360, "单位"), (460, "数量")], GAS), "page.pdf")
    assert paths(found) == [
        "主动公开信息",
        "主动公开信息>用气指南",
        "主动公开信息>停气通知",
        "服务热线",
        "服务热线>业务咨询",
        "应急演练",
    ]
    assert [column.path for column in found.columns] == [("数量",)]
    assert {one.unit for one in found.rows} == {"条", "次"}
    # With a word more than columns nothing tells which of these is blank.
    more = centred([(190, "指标"), (330, "上年"), (440, "本年")], [(*row[:2], "", row[3]) for row in GAS])
    (open_one,) = extract(more, name="page.pdf")
    assert {str(cell.status) for cell in open_one.extra} == {"disputed"}
    assert [cell.printed for cell in open_one.extra] == [row[3] for row in GAS]


def test_a_heading_that_tells_its_total_heads_the_parts_below_it() -> None:
    lines = [
        "一、党务公开",
        "  1. 党费公示……4次",
        "  2. 三会一课……12次",
        "二、村务公开共14次，具体为：",
        "  1. 宅基地审批……10次",
        "  2. 低保名单……4次",
        "三、公开载体",
        "  1. 公开栏……3块",
    ]
    found = table_of("\n".join(lines) + "\n")
    assert paths(found) == [
        "党务公开>党费公示",
        "党务公开>三会一课",
        "村务公开",
        "村务公开>宅基地审批",
        "村务公开>低保名单",
        "公开载体>公开栏",
    ]
    assert [one.figures[0].printed for one in found.rows if one.words == "村务公开"] == ["14"]


CODED = [
    ["主动公开信息数", "101", "条", "383", "1335"],
    ["其他形式主动公开信息数", "103", "条", "41", "230"],
    ["新增的行政规范性文件数", "104", "件", "6", "21"],
    ["提供服务类信息数", "105", "条", "128", "396"],
    ["网站专栏页面访问量", "106", "人次", "56320", "143877"],
    ["现场接待人数", "107", "人次", "217", "640"],
]


def test_codes_behind_labels_are_part_of_none_and_leave_no_row_in_doubt() -> None:
    title = "宁江省国土资源厅2010年政府信息公开工作年度报告"
    head = ["指标名称", "指标代码", "计量单位", "本年度", "历年累计"]
    (found,) = extract(web_page(head, CODED, title), name="page.html")
    assert found.edition == "2008"
    cells = {cell.address: (cell.printed, str(cell.status)) for cell in (*found.cells, *found.extra)}
    assert cells["statistics.disclosure.published.value"] == ("383", "unchecked")
    assert cells["statistics.disclosure.normative_new.value"] == ("6", "unchecked")
    assert cells["extra.statistics.其他形式主动公开信息数.value"] == ("41", "unchecked")
    assert cells["extra.statistics.其他形式主动公开信息数.历年累计"] == ("230", "unchecked")
    # A row that lacks its figures may have them on the line beside it.
    short = [CODED[0], ["", "", "", "41", "230"], [*CODED[2][:3], "", ""], *CODED[3:]]
    (doubted,) = extract(web_page(head, short, title), name="page.html")
    states = {cell.address: str(cell.status) for cell in doubted.cells}
    assert states["statistics.disclosure.normative_new.value"] == "disputed"


def test_a_row_of_a_list_with_a_cell_a_line_has_its_label_above_its_unit() -> None:
    rows = [[row[0], row[2], row[3]] for row in CODED]
    rows[1] = ["公开统计公报", "篇", "41"]
    lines = [one for row in [["指标名称", "单位", "本年度"], *rows] for one in row]
    text = "宁江省统计局2010年政府信息公开工作年度报告\n" + "".join(f"{one} |\n" for one in lines)
    (found,) = extract(text.encode())
    assert {cell.address: (cell.printed, cell.unit) for cell in found.extra} == {
        "extra.statistics.公开统计公报.value": ("41", "篇")
    }


OF_2016 = [
    ["一、主动公开情况", "——", "——"],
    ["　（一）主动公开政府信息数", "条", "2846"],
    ["　（二）“12328”热线公开信息数", "条", "15420"],
    ["二、依申请公开情况", "——", "——"],
    ["　（一）收到申请数", "件", "41"],
    ["　　1.当面申请数", "件", "3"],
    ["　　2.传真申请数", "件", "0"],
    ["　　3.网络申请数", "件", "29"],
    ["　　4.信函申请数", "件", "9"],
    ["　（二）申请办结数", "件", "40"],
    ["　　1.按时办结数", "件", "38"],
    ["　　2.延期办结数", "件", "2"],
]


@pytest.mark.parametrize(
    ("year", "status"),
    [("2016年", "confirmed"), ("2016年度数", "confirmed"), ("2015年", "unchecked")],
)
def test_the_report_s_own_year_names_the_column_of_a_list(year: str, status: str) -> None:
    title = "江宁省交通运输厅2016年政府信息公开工作年度报告"
    (found,) = extract(web_page(["指　　标", "计量单位", year], OF_2016, title), name="page.html")
    assert found.edition == "2014"
    cells = {cell.address: (cell.printed, str(cell.status)) for cell in (*found.cells, *found.extra)}
    assert cells["statistics.requests.received.value"] == ("41", status)
    is_own = status == "confirmed"
    assert ("extra.statistics.（二）“12328”热线公开信息数.value" in cells) == is_own


def test_of_two_years_above_a_list_the_report_s_own_is_its_column() -> None:
    title = "江宁省交通运输厅2016年政府信息公开工作年度报告"
    rows = [[*row, "7" if row[2].isdigit() else row[2]] for row in OF_2016]
    (found,) = extract(web_page(["指标", "单位", "2016年", "2015年"], rows, title), name="page.html")
    cells = {cell.address: cell.printed for cell in (*found.cells, *found.extra)}
    assert cells["statistics.requests.received.value"] == "41"
    assert cells["extra.statistics.requests.received.2015年"] == "7"
    (turned,) = extract(web_page(["指标", "单位", "2015年", "2016年"], rows, title), name="page.html")
    cells = {cell.address: cell.printed for cell in (*turned.cells, *turned.extra)}
    assert cells["statistics.requests.received.value"] == "7"


LETTERED = [
    "Ⅰ．公开事项\t\t",
    "A．收购公告\t期\t14",
    "B．出入库\t次\t220",
    "Ⅱ．途径\t\t",
    "A．电子屏\t条\t43",
    "Ⅲ．意见\t条\t31",
    "A．采纳\t条\t22",
    "B．未采纳\t条\t9",
]


def test_letters_and_roman_numbers_tell_levels() -> None:
    assert paths(table_of("\n".join(LETTERED))) == [
        "公开事项>收购公告",
        "公开事项>出入库",
        "途径>电子屏",
        "意见",
        "意见>采纳",
        "意见>未采纳",
    ]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            ["1．公开\t\t", "A．网站\t条\t4", "B．微博\t条\t5", "2．申请\t件\t3", "A．当面\t件\t3"],
            ["公开>网站", "公开>微博", "申请", "申请>当面"],
        ),
        (
            ["A．公开\t条\t9", "1．网站\t条\t4", "2．微博\t条\t5", "B．申请\t件\t3"],
            ["公开", "公开>网站", "公开>微博", "申请"],
        ),
        (["公开\t条\t9", "A类企业\t家\t4", "B类企业\t家\t5"], ["公开", "A类企业", "B类企业"]),
        (["公开\t条\t9", "B.超检查\t次\t4", "申请\t家\t5"], ["公开", "B.超检查", "申请"]),
        (["公开\t条\t9", "A.网站\t次\t4", "C.微博\t家\t5"], ["公开", "A.网站", "C.微博"]),
    ],
    ids=["below numbers", "above numbers", "letters of words", "one alone", "they don't count on"],
)
def test_letters_are_numbers_where_they_count_on(rows: list[str], expected: list[str]) -> None:
    assert paths(table_of("项目\t单位\t数量\n" + "\n".join(rows))) == expected
