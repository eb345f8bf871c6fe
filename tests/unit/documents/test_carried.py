"""Text as something else carries it: what was added is taken off, and its lines stay those of the file."""

from __future__ import annotations

import pytest

from extractor.documents.plain.carried import as_written

LINES = [
    "一、总体情况",
    "",
    "本年公开信息12条。",
    "二、主动公开",
    "规章\t0\t0\t0",
    *[f"第{i}行\t{i}" for i in range(7)],
]
TEXT = "\n".join(LINES)


def numbered(separator: str, first: int = 1, *, counts_blanks: bool = True) -> str:
    """The lines with numbers before them."""
    lines, number = [], first
    for line in LINES:
        is_counted = bool(line) or counts_blanks
        lines.append(f"{number:6}{separator}{line}" if is_counted else "")
        number += is_counted
    return "\n".join(lines)


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(f"> {line}" for line in LINES),
        "\n".join(f">{line}" for line in LINES),
        "\n".join(f"> > {line}" for line in LINES),
        numbered("\t"),
        numbered("\t", counts_blanks=False),
        numbered(":", 41),
        numbered("  "),
    ],
    ids=["a quotation", "without blanks", "one in another", "cat -n", "cat -b", "grep -n", "an editor"],
)
def test_what_stands_before_all_lines_is_taken_off(text: str) -> None:
    assert as_written(text) == TEXT


def test_a_line_before_a_quotation_stays() -> None:
    text = "\n".join(["张三写道：", *(f"> {line}" for line in LINES)])
    assert as_written(text) == f"张三写道：\n{TEXT}"


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        # A number is missing, one isn't the next, and the lines are too few for that to say anything.
        numbered("\t").replace("     4\t", ""),
        numbered("\t").replace("     4\t", "     5\t"),
        "1\t规章\n2\t行政规范性文件\n3\t总计",
        # The items of a list have their numbers.
        "\n".join(f"{i}.第{i}项" for i in range(1, 13)),
        # Some lines only.
        "\n".join([*(f"> {line}" for line in LINES[:6]), *LINES[6:]]),
    ],
    ids=["none", "missing", "another", "few", "a list", "some"],
)
def test_what_does_not_stand_before_all_lines_stays(text: str) -> None:
    assert as_written(text) == text


def test_a_quotation_between_other_lines_is_one() -> None:
    around = ["张三：", "请见下文。", "谢谢", "此致", "敬礼"]
    text = "\n".join([*around, *(f"> {line}" for line in LINES), *around])
    assert as_written(text) == "\n".join([*around, TEXT, *around])


def test_branches_of_a_tree_are_blanks_and_drawn_tables_stay() -> None:
    tree = ["├─ 公开  9", "│   ├── 网站  4", "│   └── 报纸  5", "└─ 咨询  3"]
    assert as_written("\n".join(tree)).split("\n") == [
        "   公开  9",
        "        网站  4",
        "        报纸  5",
        "   咨询  3",
    ]
    drawn = (
        "│ 项目 │ 数量 │\n├──────┼──────┤\n│ 网站 │ 4    │\n├──────┼──────┤\n│ 报纸 │ 5    │\n└──────┴──────┘"
    )
    assert as_written(drawn) == drawn


def test_quotations_without_end_end() -> None:
    assert as_written("\n".join([">" * 5000] * 20)).startswith(">" * 4000)


def test_rows_that_python_prints_are_rows_with_tabs() -> None:
    rows = ["('行政许可', 1250, None)", "['行政处罚', '1,250', ''],", '("行政\t强制", 3.50, -2)']
    text = as_written("\n".join(["二、主动公开", *rows]))
    assert text == "二、主动公开\n行政许可\t1250\t\n行政处罚\t1,250\t\n行政 强制\t3.50\t-2"


def test_dictionaries_have_the_names_of_their_columns_before_the_first() -> None:
    rows = [f"{{'项目': '{name}', '自然人': {i}, '总计': None}}" for i, name in enumerate("甲乙丙")]
    assert as_written("\n".join(["三、", *rows])) == "三、\n项目\t自然人\t总计\t甲\t0\t\n乙\t1\t\n丙\t2\t"


@pytest.mark.parametrize(
    "row",
    [
        "{'行政许可', 1}",
        "{**{'行政许可': 1}}",
        "{'行政许可': [1]}",
        "('行政许可', f(1))",
        "('行政许可', [1, 2])",
        "('行政许可', True)",
        "('行政许可', -None)",
        "('行政许可', 1",
        "(注：'上年'数, 1)",
        "['a' 'b'",
    ],
)
def test_what_is_no_row_of_python_stays(row: str) -> None:
    assert as_written("\n".join([row] * 4)) == "\n".join([row] * 4)


def test_one_or_two_such_rows_may_be_words() -> None:
    assert as_written("('a', 'b')\n('c', 'd')") == "('a', 'b')\n('c', 'd')"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("|Col1|商业企业|Col3|", "||商业企业||"),
        ("Unnamed: 0\t商业企业\tUnnamed: 2", "\t商业企业\t"),
        ("| Unnamed: 0_level_0 | 商业企业 |", "|| 商业企业 |"),
        # Not the number of its own column.
        ("|Col2|商业企业|", "|Col2|商业企业|"),
        ("|Col1 甲|", "|Col1 甲|"),
    ],
)
def test_columns_without_a_name_have_none(line: str, told: str) -> None:
    assert as_written(line) == told


INDEXED = [",0,1,2", "0,规章,5,2", "1,行政规范性文件,48,37", "2,行政许可,7,", "二、主动公开"]


def test_an_index_is_no_column() -> None:
    assert as_written("\n".join(INDEXED)).split("\n") == [
        "",
        "规章,5,2",
        "行政规范性文件,48,37",
        "行政许可,7,",
        "二、主动公开",
    ]


def test_an_index_before_blanks_leaves_the_columns_where_they_are() -> None:
    lines = ["    0    1  2", "0  规章    5  2", "1  文件   48  7", "2  许可    7  9", "二、主动公开"]
    expected = ["", "   规章    5  2", "   文件   48  7", "   许可    7  9", "二、主动公开"]
    assert as_written("\n".join(lines)).split("\n") == expected


@pytest.mark.parametrize(
    "lines",
    [
        [",1,2,3", *INDEXED[1:]],
        [",0,2,3", *INDEXED[1:]],
        [INDEXED[0], "1,规章,5,2", "2,行政规范性文件,48,37", "3,行政许可,7,"],
        [INDEXED[0], "0,规章,5,2", "2,行政规范性文件,48,37", "3,行政许可,7,"],
        ["项目,0,1,2", *INDEXED[1:]],
        INDEXED[1:],
    ],
    ids=["columns from 1", "columns with a gap", "rows from 1", "rows with a gap", "a name", "no columns"],
)
def test_numbers_that_are_no_index_stay(lines: list[str]) -> None:
    assert as_written("\n".join(lines)) == "\n".join(lines)
