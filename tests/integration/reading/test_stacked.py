"""Table 4 in other shapes than the form's: a line a row, a table a row, turned round, a figure a line."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from extractor import extract
from extractor.result.cells import Status

OUTCOMES = {
    "upheld": "结果维持",
    "overturned": "结果纠正",
    "other": "其他结果",
    "pending": "尚未审结",
    "total": "总计",
}
ROWS = {
    "reconsideration": ("行政复议", (2, 1, 0, 1, 4)),
    "litigation.direct": ("未经复议直接起诉", (3, 0, 1, 0, 4)),
    "litigation.after_reconsideration": ("复议后起诉", (1, 0, 0, 2, 3)),
}
PRINTED = {
    f"disputes.{row}.{outcome}": str(figure)
    for row, (_, figures) in ROWS.items()
    for outcome, figure in zip(OUTCOMES, figures, strict=True)
}
HEADER = list(OUTCOMES.values())


def page(table: str) -> bytes:
    return (
        "某县某局2023年政府信息公开工作年度报告\n一、总体情况\n平稳。\n"
        f"四、政府信息公开行政复议、行政诉讼情况\n{table}\n五、存在的主要问题及改进情况\n无。\n"
    ).encode()


def piped(lines: list[list[object]]) -> bytes:
    return page("\n".join("|".join(map(str, line)) for line in lines))


def web(lines: list[list[object]]) -> bytes:
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in line) + "</tr>" for line in lines)
    return page(f"<table>{rows}</table>")


A_LINE_A_ROW: list[list[object]] = [
    ["类别", *HEADER],
    *([label, *figures] for label, figures in ROWS.values()),
]
TURNED_ROUND: list[list[object]] = [
    ["", *(label for label, _ in ROWS.values())],
    *([name, *(figures[i] for _, figures in ROWS.values())] for i, name in enumerate(HEADER)),
]
A_TABLE_A_ROW = "\n".join(
    f"{label}\n{' '.join(HEADER)}\n{' '.join(map(str, figures))}" for label, figures in ROWS.values()
).replace("未经", "行政诉讼\n未经")
A_LINE_A_CELL = "\n".join(
    f"{label}\n" + "\n".join(f"{name}|{figure}" for name, figure in zip(HEADER, figures, strict=True))
    for label, figures in ROWS.values()
)


def printed(data: bytes) -> dict[str, tuple[str, Status]]:
    (extraction,) = extract(data)
    return {
        cell.address: (cell.printed, cell.status)
        for cell in extraction.cells
        if cell.address.startswith("disputes.")
    }


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(piped(A_LINE_A_ROW), id="a line a row"),
        pytest.param(web(A_LINE_A_ROW), id="a line a row, web page"),
        pytest.param(
            piped(
                [
                    A_LINE_A_ROW[0],
                    A_LINE_A_ROW[1],
                    ["行政诉讼（未经复议直接起诉）", *A_LINE_A_ROW[2][1:]],
                    ["行政诉讼（复议后起诉）", *A_LINE_A_ROW[3][1:]],
                ]
            ),
            id="a line a row, labels in whole",
        ),
        pytest.param(page(A_TABLE_A_ROW), id="a table a row"),
        pytest.param(page(A_TABLE_A_ROW.replace("行政复议\n", "（一）行政复议情况\n")), id="a heading a row"),
        pytest.param(
            piped([[line[0], "", *line[1:]] if i < 2 else line for i, line in enumerate(A_LINE_A_ROW)]),
            id="a line a row, a cell for groups",
        ),
        pytest.param(web(TURNED_ROUND), id="turned round"),
        pytest.param(page(A_LINE_A_CELL), id="a line a cell"),
    ],
)
def test_each_shape_is_read(data: bytes) -> None:
    assert printed(data) == {address: (figure, Status.CONFIRMED) for address, figure in PRINTED.items()}


def exchanged(lines: list[list[object]], first: int, second: int) -> list[list[object]]:
    """Two columns exchanged, with their labels."""
    order = list(range(len(lines[0])))
    order[first], order[second] = order[second], order[first]
    return [[line[i] for i in order] for line in lines]


@pytest.mark.parametrize("columns", [(1, 2), (1, 5), (3, 4)])
def test_columns_and_rows_are_where_their_labels_are(columns: tuple[int, int]) -> None:
    expected = {address: (figure, Status.CONFIRMED) for address, figure in PRINTED.items()}
    assert printed(piped(exchanged(A_LINE_A_ROW, *columns))) == expected
    header, first, second, third = A_LINE_A_ROW
    assert printed(piped([header, third, first, second])) == expected


def litigation_apart(groups: list[str], header: list[str], figures: list[str]) -> bytes:
    """行政复议 in a table of five columns, 行政诉讼 in another one of ten."""
    first: list[list[object]] = [["行政复议", "", "", "", ""], [*HEADER], [*ROWS["reconsideration"][1]]]
    second: list[list[object]] = [
        [cell for group in groups for cell in (ROWS[group][0], "", "", "", "")],
        [*header],
        [*figures],
    ]
    return page(
        "".join(
            "<table>"
            + "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in line) + "</tr>" for line in lines)
            + "</table><p>行政诉讼</p>"
            for lines in (first, second)
        )
    )


@pytest.mark.parametrize(
    ("groups", "header"),
    [
        (["litigation.direct", "litigation.after_reconsideration"], [*HEADER, *HEADER]),
        (["litigation.after_reconsideration", "litigation.direct"], [*HEADER, *HEADER[::-1]]),
    ],
)
def test_two_rows_side_by_side_in_a_table_of_their_own(groups: list[str], header: list[str]) -> None:
    ids = {name: outcome for outcome, name in OUTCOMES.items()}
    owners = [group for group in groups for _ in HEADER]
    figures = [PRINTED[f"disputes.{group}.{ids[name]}"] for group, name in zip(owners, header, strict=True)]
    expected = {address: (figure, Status.CONFIRMED) for address, figure in PRINTED.items()}
    assert printed(litigation_apart(groups, header, figures)) == expected
    assert not settled(printed(litigation_apart(groups, [*header[:-1], "上年"], figures)))
    # A blank that a merged cell left, and the last figure lost.
    assert not settled(printed(litigation_apart(groups, header, ["", *figures[:-1]])))


def settled(statuses: Mapping[str, tuple[str, Status]]) -> set[str]:
    return {
        address
        for address, (_, status) in statuses.items()
        if status in (Status.CONFIRMED, Status.UNCHECKED, Status.AS_PRINTED)
    }


# Whose figures hold by the wrong five of six columns, too.
WITH_LAST_YEAR: list[list[object]] = [
    ["类别", *HEADER, "上年总计"],
    ["行政复议", "", 1, 0, 1, 2, 4],
    ["未经复议直接起诉", "", 0, 1, 1, 2, 4],
    ["复议后起诉", "", 0, 0, 0, 0, 0],
]
WITHOUT_BLANKS = [[cell for cell in line if cell != ""] for line in WITH_LAST_YEAR]


LITIGATION_FIRST = ["litigation.direct", "litigation.after_reconsideration", "reconsideration"]


def turned_round(order: list[str]) -> list[list[object]]:
    """The lines of figures of a table that is turned round."""
    return [[name, *(ROWS[row][1][i] for row in order)] for i, name in enumerate(HEADER)]


@pytest.mark.parametrize(
    ("above", "order"),
    [
        (["结果|行政诉讼||行政复议", "|未经复议直接起诉|复议后起诉|"], LITIGATION_FIRST),
        (
            ["|行政诉讼||行政复议", "|复议后起诉|未经复议直接起诉|"],
            [LITIGATION_FIRST[1], LITIGATION_FIRST[0], LITIGATION_FIRST[2]],
        ),
        (["结果|行政复议|行政诉讼|", "||未经复议直接起诉|复议后起诉"], list(ROWS)),
        (["结果|未经复议直接起诉|复议后起诉|行政复议"], LITIGATION_FIRST),
    ],
)
def test_the_order_of_groups_side_by_side_is_the_pages(above: list[str], order: list[str]) -> None:
    figures = turned_round(order)
    in_lines = page("\n".join([*above, *("|".join(map(str, line)) for line in figures)]))
    headings: list[list[object]] = [[*line.split("|")] for line in above]
    cells = web([*headings, *figures])
    for data in (in_lines, cells):
        assert {cell: text for cell, (text, _) in printed(data).items()} == PRINTED
        assert {status for _, status in printed(data).values()} <= {Status.CONFIRMED, Status.UNCHECKED}


@pytest.mark.parametrize(
    "above",
    [
        # The same text on a page with litigation first, whose label stands higher than that of 行政复议.
        ["行政诉讼", "行政复议", "未经复议直接起诉|复议后起诉"],
        ["行政复议", "未经复议直接起诉|复议后起诉"],
    ],
)
def test_where_labels_stand_on_several_lines_nothing_is_settled(above: list[str]) -> None:
    lines = [*above, *("|".join(map(str, line)) for line in turned_round(LITIGATION_FIRST))]
    settled = {Status.CONFIRMED, Status.UNCHECKED, Status.AS_PRINTED}
    assert not settled.intersection(status for _, status in printed(page("\n".join(lines))).values())


def test_labels_of_columns_of_two_heights_tell_no_order() -> None:
    # 总计 is two lines high and stands first on the page, or last: the text is the same.
    lines = ["类别|||总计|尚未审结", "结果维持|结果纠正|其他结果"]
    lines += [f"{label}|{'|'.join(map(str, figures))}" for label, figures in ROWS.values()]
    settled = {Status.CONFIRMED, Status.UNCHECKED, Status.AS_PRINTED}
    assert not settled.intersection(status for _, status in printed(page("\n".join(lines))).values())


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param([A_LINE_A_ROW[0], *A_LINE_A_ROW[1:3], A_LINE_A_ROW[2]], id="a row twice"),
        pytest.param([*A_LINE_A_ROW, *A_LINE_A_ROW[1:]], id="all rows twice"),
        pytest.param([line[:-1] for line in A_LINE_A_ROW], id="a column lost"),
        pytest.param([[*line, 7] for line in A_LINE_A_ROW], id="a figure more"),
        pytest.param([["类别", *HEADER[:-1], "上年"], *A_LINE_A_ROW[1:]], id="another column"),
        pytest.param(WITH_LAST_YEAR, id="last year's total behind, a blank first"),
        pytest.param([[cell] for line in WITHOUT_BLANKS for cell in line], id="the same, a cell a line"),
        pytest.param([[" ".join(map(str, line))] for line in WITHOUT_BLANKS], id="the same, blanks between"),
        pytest.param(
            [A_LINE_A_ROW[0], ["行政复议 复议后起诉", *A_LINE_A_ROW[1][1:]], *A_LINE_A_ROW[2:]],
            id="two labels",
        ),
        pytest.param([["（2022年）"], *A_LINE_A_ROW], id="another year"),
    ],
)
def test_where_labels_or_figures_do_not_fit_nothing_is_settled(lines: list[list[object]]) -> None:
    assert settled(printed(piped(lines))) == set()


SIDE_BY_SIDE = "行政复议\t行政诉讼\n未经复议直接起诉\t复议后起诉\n{}\n" + "\t".join("210143010410023")


@pytest.mark.parametrize("misprint", ["结果纠错", "结果糾正", "結果纠正", "果纠正"])
def test_a_misprint_that_each_row_has_names_its_column(misprint: str) -> None:
    header = "\t".join(HEADER * 3).replace("结果纠正", misprint)
    read = printed(page(SIDE_BY_SIDE.format(header)))
    assert {address: figure for address, (figure, _) in read.items()} == PRINTED
    assert settled(read) == set(PRINTED)


@pytest.mark.parametrize("word", ["结果驳回", "上年纠正", "维持"])
def test_another_word_names_none(word: str) -> None:
    header = "\t".join(HEADER * 3).replace("结果纠正", word)
    assert settled(printed(page(SIDE_BY_SIDE.format(header)))) == set()


BROKEN_HEADER = """\
行政复议|||||行政诉
讼|||||||||
结果维持|结果纠
正|其他结
果|尚未审
结|总计|未经复议直接起诉|||||复议
后起诉||||
|||||结果
维持|结果
纠正|其他结果|尚未
审结|总
计|结果维持|结果纠
正|其他
结果|尚
未审结|总
计
""".replace("|", "\t")


def test_labels_of_rows_that_are_broken_over_lines_stand_in_no_column() -> None:
    read = printed(page(BROKEN_HEADER + "\t".join("210143010410023")))
    assert {address: read[address][0] for address in settled(read)}.items() <= PRINTED.items()


# Its outcomes below each other, the total first and the groups from right to left.
TOTAL_FIRST = [TURNED_ROUND[row] for row in (0, 5, 4, 2, 1, 3)]


@pytest.mark.parametrize("write", [piped, web])
@pytest.mark.parametrize("columns", [(1, 3), (2, 3)])
def test_the_total_may_stand_first_in_a_table_that_is_turned_round(
    write: Callable[[list[list[object]]], bytes], columns: tuple[int, int]
) -> None:
    expected = {address: (figure, Status.CONFIRMED) for address, figure in PRINTED.items()}
    assert printed(write(exchanged(TOTAL_FIRST, *columns))) == expected


@pytest.mark.parametrize("write", [piped, web])
@pytest.mark.parametrize("head", ["", "行政诉讼", "合计", "上年"])
@pytest.mark.parametrize("lost", [1, 2, 3])
def test_a_turned_table_with_a_head_that_is_no_row_is_open(
    write: Callable[[list[list[object]]], bytes], lost: int, head: str
) -> None:
    heads = [head if i == lost else cell for i, cell in enumerate(TOTAL_FIRST[0])]
    assert not settled(printed(write([heads, *TOTAL_FIRST[1:]])))


@pytest.mark.parametrize("write", [piped, web])
def test_a_turned_table_with_two_totals_is_open(write: Callable[[list[list[object]]], bytes]) -> None:
    assert not settled(printed(write([*TOTAL_FIRST[:2], ["总计", 9, 9, 9], *TOTAL_FIRST[2:]])))
