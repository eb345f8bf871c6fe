"""Dates beside words, rows behind parts of a part, blank cells among rows that stand in one."""

from __future__ import annotations

import pytest

from tests.helpers.packages import paragraph, row, table, word
from tests.unit.statistics.test_hierarchy import paths, table_of


@pytest.mark.parametrize(
    ("words", "is_row"), [("最近更新", True), ("办理时限", True), ("云溪市社会保险局", False)]
)
def test_a_date_beside_words_signs_a_table_only_where_these_are_an_organ(words: str, *, is_row: bool) -> None:
    found = table_of(f"项目\t数量\n公开\t4\n申请\t3\n{words}\t2017年1月20日\n收费\t0\n")
    assert [one.words for one in found.rows] == ["公开", "申请", *([words] if is_row else []), "收费"]


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        # 其中 stands right below the words of 不予公开, its part; of 同意 it would be further out.
        ("　　　　其中：秘密 | 1", "答复>不予公开>秘密"),
        ("　其中：秘密 | 1", "答复>秘密"),
    ],
    ids=["below words", "below the first 其中"],
)
def test_a_row_behind_the_parts_of_a_part_is_beside_that(inner: str, expected: str) -> None:
    rows = ["答复 | 9", "　其中：同意 | 5", "　　　　不予公开 | 3", inner, "　　　　不存在 | 1", "复议 | 0"]
    assert paths(table_of("\n".join(["项目 | 数量", *rows]))) == [
        "答复",
        "答复>同意",
        "答复>不予公开",
        expected,
        "答复>不存在",
        "复议",
    ]


def stacked(
    years: tuple[str, str], labels: str = "1.网站<br>2.微博<br>3.微信"
) -> list[tuple[str, list[str]]]:
    """The rows of a table with a group in one row, its last year and this one as they are given."""
    group = ["公开", labels, "条<br>条<br>条", *years]
    other = ["申请", "1.收到<br>2.答复<br>3.诉讼", "件<br>件<br>件", "4<br>5<br>6", "7<br>8<br>9"]
    rows = [["类别", "内容", "单位", "2019年", "2020年"], group, other]
    cells = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    page = "<table>" + "".join(f"<tr>{own}</tr>" for own in cells) + "</table>"
    found = table_of(page, "page.html")
    figures = [[one.printed for one in row.figures] for row in found.rows]
    return [(row.words, own) for row, own in zip(found.rows, figures, strict=True) if own]


OTHER = [("收到", ["4", "7"]), ("答复", ["5", "8"]), ("诉讼", ["6", "9"])]


@pytest.mark.parametrize(
    "year", ["1<br>&nbsp;<br>3", "<p>1</p><p>　</p><p>3</p>"], ids=["lines", "paragraphs"]
)
def test_a_line_that_shows_nothing_is_the_blank_cell_of_its_row(year: str) -> None:
    rows = [("网站", ["1", "4"]), ("微博", ["", "5"]), ("微信", ["3", "6"])]
    assert stacked((year, "4<br>5<br>6")) == [*rows, *OTHER]


def test_an_empty_paragraph_is_the_blank_cell_of_its_row() -> None:
    lines = [["公开"], ["1.网站", "2.微博", "3.微信"], ["1", "", "3"], ["4", "5", "6"]]
    heads = [["类别"], ["内容"], ["2019年"], ["2020年"]]
    rows = (row(*(f"<w:tc>{''.join(map(paragraph, one))}</w:tc>" for one in own)) for own in (heads, lines))
    found = table_of(word(table(*rows)), "page.docx")
    figures = [[one.printed for one in own.figures] for own in found.rows if own.figures]
    assert figures == [["1", "4"], ["", "5"], ["3", "6"]]


@pytest.mark.parametrize(
    ("years", "labels"),
    [
        # Nothing tells which of three is blank.
        (("1<br>3", "4<br>5<br>6"), "1.网站<br>2.微博<br>3.微信"),
        (("<p>1</p><p></p><p>3</p>", "4<br>5<br>6"), "1.网站<br>2.微博<br>3.微信"),
        # Nor of labels, one of which may be another's rest.
        (("1<br>2<br>3", "4<br>5<br>6"), "1.网站<br>&nbsp;<br>3.微信"),
    ],
    ids=["no line", "a paragraph without height", "labels"],
)
def test_fewer_lines_than_others_have_are_rows_of_none(years: tuple[str, str], labels: str) -> None:
    assert stacked(years, labels) == OTHER


def test_labels_in_columns_that_each_have_a_name_stand_below_one_another() -> None:
    head = "大类\t中类\t小类\t单位\t数量"
    rows = [
        "公开\t\t\t\t",
        "\t查询\t\t次\t9",
        "\t\t柜面\t次\t5",
        "\t\t网站\t次\t4",
        "\t寄送\t\t份\t2",
        "举报\t\t\t件\t7",
    ]
    assert paths(table_of("\n".join([head, *rows]), "page.csv")) == [
        "公开>查询",
        "公开>查询>柜面",
        "公开>查询>网站",
        "公开>寄送",
        "举报",
    ]
    # So they do where all in the first column are headings.
    assert paths(table_of("\n".join([head, *rows[:-1]]), "page.csv"))[1] == "公开>查询>柜面"
    # Beside the labels of their groups they are beside one another.
    beside = ["公开\t文件\t\t件\t3", "\t指南\t\t项\t4", "\t\t网站\t次\t4", "举报\t\t\t件\t7"]
    assert paths(table_of("\n".join([head, *beside]), "page.csv"))[:2] == ["公开>文件", "公开>指南"]


@pytest.mark.parametrize(
    ("head", "first", "columns"),
    [
        ("序号 项目 单位 2018年 2019年", "一 招生", [("2018年",), ("2019年",)]),
        ("项目 单位 2018年 2019年", "一 招生", [("2018年",), ("2019年",)]),
        ("项目 单位 本学年 上学年", "招生", [("本学年",), ("上学年",)]),
        # Another word before the others, and words above a heading that name no labels, are no header.
        ("云溪一中 项目 单位 2018年 2019年", "一 招生", [(), ()]),
        ("云溪一中 校务 统计 情况", "招生", [(), ()]),
    ],
)
def test_a_header_stands_above_the_heading_of_the_first_row(
    head: str, first: str, columns: list[tuple[str, ...]]
) -> None:
    rows = ["1 简章 份 2 2", "2 录取 人 610 560", "二 经费", "1 决算 万元 286.4 271.08", "2 账目 次 10 10"]
    found = table_of("\n".join([head, first, *rows]))
    assert [column.path for column in found.columns] == columns
