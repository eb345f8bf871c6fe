"""A column that the form hasn't is told by its own label; where nothing tells, nothing is settled."""

from __future__ import annotations

import pytest

from extractor import extract
from extractor.result.cells import Status
from tests.helpers.pages import BLOCK, COLUMNS, CORNER, LABELS, document, figures

LEAVES = [column.label for column in BLOCK.columns]
UNDER, SPANNING = "法人或其他组织", BLOCK.spanning[0]
# The header in three lines, as merged cells leave it in text: the group's columns below the others.
BELOW = [[LEAVES[0], UNDER, LEAVES[-1]], LEAVES[1:-1]]
SEPARATORS = [" | ", "\t", "    "]


def rows_with(extra: list[str], at: int) -> list[list[str]]:
    """The rows of the table, each with one more figure before that of a column."""
    return [
        [LABELS[row], *texts[:at], more, *texts[at:]]
        for (row, texts), more in zip(figures().items(), extra, strict=True)
    ]


def numbers() -> list[str]:
    """Figures of another year, none of them that of the cell beside it."""
    return [str(number) for number in range(701, 701 + len(figures()))]


def statuses(body: str) -> set[Status]:
    """How the cells of the table are settled that have a figure of the page, after a look at each."""
    (extraction,) = extract(document(body))
    settled = set()
    for row, texts in figures().items():
        cells = [extraction.cell(f"requests.{row}.{column}") for column in COLUMNS]
        settled |= {cell.status for cell in cells}
        for cell, text in zip(cells, texts, strict=True):
            assert cell.status in {Status.DISPUTED, Status.ABSENT} or cell.printed == text, cell.address
    return settled


def text_of(lines: list[list[str]], separator: str) -> str:
    return "".join(f"{separator.join(line)}\n" for line in lines)


@pytest.mark.parametrize("separator", SEPARATORS)
@pytest.mark.parametrize(("is_left", "at"), [(True, 0), (False, 7)], ids=["left", "right"])
def test_beside_what_stands_above_all_columns_it_is_first_or_last(
    separator: str, at: int, *, is_left: bool
) -> None:
    beside = ["上年同期", SPANNING] if is_left else [SPANNING, "上年同期"]
    body = text_of([[CORNER, *beside], *BELOW, *rows_with(numbers(), at)], separator)
    assert statuses(body) == {Status.CONFIRMED}


def test_cells_with_lines_of_their_own_are_cells_of_one_line_of_the_header() -> None:
    """Labels in two lines each don't flow into each other: what stands behind all columns is the last."""
    header = [
        [CORNER, SPANNING, "说明"],
        *([f"{label[:2]}<br>{label[2:]}" for label in line] for line in BELOW),
    ]
    rows = [[*row[:-1], "含上年"] for row in rows_with(numbers(), 7)]
    table = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in line)}</tr>" for line in [*header, *rows])
    (extraction,) = extract(document("@").replace(b"@", f"<table>{table}</table>".encode()), name="page.html")
    for row, texts in figures().items():
        assert [extraction.cell(f"requests.{row}.{column}").printed for column in COLUMNS] == texts


def test_behind_cells_that_are_broken_inside_it_is_not_taken_for_the_first() -> None:
    """A converter breaks lines inside the cells of the header: its own lines tell nothing then."""
    leaves = [f"{label[:1]}\n{label[1:]}" for label in BELOW[1]]
    header = [
        [CORNER, "", "", SPANNING, *[""] * 6, "备注"],
        ["", "", "", LEAVES[0], f"{UNDER[:3]}\n{UNDER[3:]}", *[""] * 4, LEAVES[-1], ""],
        [*[""] * 4, *leaves, "", ""],
    ]
    rows = [[row[0], "", "", *row[1:-1], "—"] for row in rows_with(numbers(), 7)]
    statuses("".join(f"|{'|'.join(line)}|\n" for line in [*header, *rows]))


def test_a_cell_a_line_it_stands_before_what_stands_above_all_columns() -> None:
    header = [CORNER, "上年同期", SPANNING, *BELOW[0], *BELOW[1]]
    lines = [[word] for word in header] + [[cell] for row in rows_with(numbers(), 0) for cell in row]
    assert statuses(text_of(lines, "")) == {Status.CONFIRMED}


@pytest.mark.parametrize(("more", "at"), [("小计", 1), ("比重", 7)], ids=["of the group", "behind"])
@pytest.mark.parametrize("is_alone", [False, True], ids=["figures", "one figure a row"])
def test_a_cell_a_line_between_the_total_and_a_group_it_may_be_of_either(
    more: str, at: int, *, is_alone: bool
) -> None:
    """自然人, 法人或其他组织, 总计, 小计, 商业企业 …: the last on the first line, or the first on the second.

    Where the last column of the group has its only figure, that is the group's sum, too, and balances hold
    for the one and for the other.
    """
    header = [CORNER, SPANNING, LEAVES[0], UNDER, LEAVES[-1], more, *LEAVES[1:-1]]
    rows = {row: [*"00000", "9", "9"] for row in figures()} if is_alone else figures()
    cells = [
        cell
        for row, texts in rows.items()
        for cell in (LABELS[row], *texts[:at], "9" if is_alone else "701", *texts[at:])
    ]
    (extraction,) = extract(document("".join(f"{word}\n" for word in (*header, *cells))))
    for row, texts in rows.items():
        for column, text in zip(COLUMNS, texts, strict=True):
            cell = extraction.cell(f"requests.{row}.{column}")
            assert cell.status is not Status.CONFIRMED or cell.printed == text
            assert cell.status in {Status.DISPUTED, Status.ABSENT} or cell.printed == text, cell.address


@pytest.mark.parametrize("separator", SEPARATORS)
def test_below_it_a_column_stands_among_the_others(separator: str) -> None:
    below = [[LEAVES[0], UNDER, "比重", LEAVES[-1]], LEAVES[1:-1]]
    body = text_of([[CORNER, SPANNING], *below, *rows_with(numbers(), 6)], separator)
    assert statuses(body) == {Status.CONFIRMED}


def test_figures_that_stand_elsewhere_than_the_header_says_settle_nothing() -> None:
    # The figures of the other year stand last, and the header says first: the sums don't hold so.
    body = text_of([[CORNER, "上年同期", SPANNING], *BELOW, *rows_with(numbers(), 7)], " | ")
    (extraction,) = extract(document(body))
    cells = [cell for cell in extraction.cells if cell.address.startswith("requests.")]
    assert Status.CONFIRMED not in {cell.status for cell in cells}


def html(rows: list[list[str]], header: str) -> str:
    lines = ["".join(f"<td>{cell}</td>" for cell in row) for row in rows]
    return f"<table>{header}{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


HEADER = (
    f"<tr><td rowspan=3>{CORNER}</td><td rowspan=3>说明</td><td colspan=7>{SPANNING}</td></tr>"
    f"<tr><td rowspan=2>{LEAVES[0]}</td><td colspan=5>{UNDER}</td><td rowspan=2>{LEAVES[-1]}</td></tr>"
    f"<tr>{''.join(f'<td>{label}</td>' for label in LEAVES[1:-1])}</tr>"
)


@pytest.mark.parametrize("words", ["已核对", "含上年", "—", ""])
def test_words_in_such_a_column_are_no_label(words: str) -> None:
    remarks = [words if i % 2 else "" for i in range(len(figures()))]
    assert statuses(html(rows_with(remarks, 0), HEADER)) == {Status.CONFIRMED}


def test_in_text_too_they_are_no_label() -> None:
    remarks = ["已核对" if i % 2 else "—" for i in range(len(figures()))]
    body = text_of([[CORNER, "说明", SPANNING], *BELOW, *rows_with(remarks, 0)], "|")
    assert statuses(body) == {Status.CONFIRMED}


def test_without_a_label_above_them_words_behind_a_label_are_a_row_of_their_own() -> None:
    header = HEADER.replace("<td rowspan=3>说明</td>", "").replace(
        "rowspan=3>" + CORNER, "rowspan=3 colspan=2>" + CORNER
    )
    rows = rows_with(["其中：网上申请"] * len(figures()), 0)
    (extraction,) = extract(document(html(rows, header)))
    cells = [cell for cell in extraction.cells if cell.address.startswith("requests.")]
    assert Status.CONFIRMED not in {cell.status for cell in cells}


def test_a_mark_that_stands_in_another_column_than_all_labels_settles_nothing() -> None:
    # Nothing but marks and numbers of rows: by their number alone they would be the form's columns.
    rows = [
        [LABELS[row], "—" if i < 2 else "", *[""] * 5, str(i + 1), "", ""] for i, row in enumerate(figures())
    ]
    header = (
        f"<tr><td rowspan=3>{CORNER}</td><td rowspan=3></td><td colspan=8>{SPANNING}</td></tr>"
        f"<tr><td rowspan=2>{LEAVES[0]}</td><td colspan=6>{UNDER}</td><td rowspan=2>{LEAVES[-1]}</td></tr>"
        f"<tr>{''.join(f'<td>{label}</td>' for label in (*LEAVES[1:5], '序号', LEAVES[5]))}</tr>"
    )
    (extraction,) = extract(document(html(rows, header)))
    cells = {cell.address: cell for cell in extraction.cells}
    for row in figures():
        cell = cells[f"requests.{row}.other_organization"]
        assert cell.status is Status.DISPUTED or cell.printed == ""


def test_two_columns_under_each_label_are_told_apart_by_nothing() -> None:
    words = "".join("<td>上年</td><td>本年</td>" for _ in COLUMNS)
    header = (
        f"<tr><td rowspan=2>{CORNER}</td>{''.join(f'<td colspan=2>{label}</td>' for label in LEAVES)}</tr>"
        f"<tr>{words}</tr>"
    )
    rows = [
        [LABELS[row], *(cell for text in texts for cell in (text, ""))] for row, texts in figures().items()
    ]
    (extraction,) = extract(document(html(rows, header)))
    cells = [cell for cell in extraction.cells if cell.address.startswith("requests.")]
    assert {cell.status for cell in cells} <= {Status.DISPUTED, Status.ABSENT}


REMARKS_LAST = HEADER.replace("<td rowspan=3>说明</td>", "").replace(
    f"<td colspan=7>{SPANNING}</td>", f"<td colspan=7>{SPANNING}</td><td rowspan=3>备注</td>"
)


@pytest.mark.parametrize("place", [0, 5, -1])
@pytest.mark.parametrize("words", ["2024年1月已办结1件", "含延期答复", "5件"])
def test_words_in_the_last_column_of_any_row_are_remarks(words: str, place: int) -> None:
    remarks = ["" for _ in figures()]
    remarks[place] = words
    assert statuses(html(rows_with(remarks, 7), REMARKS_LAST)) == {Status.CONFIRMED}


@pytest.mark.parametrize("words", ["2024年1月已办结1件", "含延期答复"])
def test_a_row_whose_remark_stands_in_the_place_of_a_figure_is_open(words: str) -> None:
    rows = rows_with(["" for _ in figures()], 7)
    # The last figure of the last row is lost, and the remark has moved up.
    rows[-1][-2:] = [words]
    (extraction,) = extract(document(html(rows, REMARKS_LAST)))
    total = extraction.cell("requests.carried_out.total")
    assert total.status not in {Status.CONFIRMED, Status.UNCHECKED, Status.AS_PRINTED}
