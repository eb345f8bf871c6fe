"""Tables of PDFs: cells from ruling lines, and from what is aligned; what a page break cuts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from extractor.documents.pdf.reader import read_pdf
from extractor.documents.source import Source
from tests.helpers.pdf_files import cells, drawn
from tests.helpers.rendering import FONT

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

LATIN = "Helvetica"


def test_a_merged_cell_stands_once_in_its_first_row() -> None:
    def draw(canvas: Canvas) -> None:
        for line in ([100, 700, 300, 700], [100, 600, 300, 600], [200, 650, 300, 650]):
            canvas.line(*line)
        for x in (100, 200, 300):
            canvas.line(x, 600, x, 700)
        for x, y, text in ((110, 645, "合并的"), (210, 670, "上面"), (210, 620, "下面")):
            canvas.drawString(x, y, text)

    assert cells(drawn(draw)) == [["合并的", "上面"], ["下面"]]


def test_blank_cells_stay_at_their_place() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([100, 200, 300, 400], [600, 650, 700])
        canvas.drawString(110, 670, "规章")
        canvas.drawString(310, 670, "12")

    assert cells(drawn(draw)) == [["规章", "", "12"], ["", "", ""]]


def test_a_figure_drawn_before_the_number_of_its_row_stands_in_its_own_cell() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(LATIN, 10)
        canvas.grid([100, 200, 300], [600, 620])
        canvas.drawString(250, 605, "0")
        canvas.drawString(110, 605, "2.")

    assert cells(drawn(draw)) == [["2.", "0"]]


def numbers_in_narrow_cells(first: str, second: str, x: float) -> list[str]:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(LATIN, 10)
        canvas.grid([100, 122, 144], [600, 620])
        canvas.drawString(101, 605, first)
        canvas.drawString(x, 605, second)

    (row,) = cells(drawn(draw))
    return row


def test_a_number_wider_than_its_cell_stands_in_one_cell() -> None:
    assert numbers_in_narrow_cells("12345", "6", 135) == ["12345", "6"]


def test_numbers_that_touch_each_other_are_unreadable() -> None:
    assert all("\ufffd" in cell for cell in numbers_in_narrow_cells("12345", "6", 129))


def test_lines_drawn_as_thin_areas_in_pieces_are_lines() -> None:
    def draw(canvas: Canvas) -> None:
        for y in (600, 650, 700):
            for x in (100, 200):
                canvas.rect(x, y, 99.5, 0.5, fill=1, stroke=0)
        for x in (100, 200, 300):
            for y in (600, 650):
                canvas.rect(x, y, 0.5, 49.5, fill=1, stroke=0)
        canvas.drawString(110, 670, "规章")
        canvas.drawString(210, 620, "12")

    assert cells(drawn(draw)) == [["规章", ""], ["", "12"]]


def test_a_table_without_lines_at_its_ends_and_sides_is_closed_there() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.line(100, 650, 400, 650)
        for x in (200, 300):
            canvas.line(x, 600, x, 700)
        for x in (110, 210, 310):
            for y in (670, 620):
                canvas.drawString(x, y, f"格{x}{y}")

    rows = cells(drawn(draw))
    assert ["格210670"] in rows
    assert ["格210620"] in rows


def cut_table(upper: list[str], lower: list[str]) -> list[list[str]]:
    """The last rows of a table whose second row stands on another page."""

    def draw(canvas: Canvas) -> None:
        for rows in (["标签", "数量", "件数"], upper), (lower,):
            canvas.setFont(FONT, 12)
            canvas.grid([100, 200, 300, 400], [600 + 30 * i for i in range(len(rows) + 1)])
            for y, row in zip((608 + 30 * i for i in reversed(range(len(rows)))), rows, strict=True):
                for x, text in zip((105, 205, 305), row, strict=True):
                    canvas.drawString(x, y, text)
            canvas.showPage()

    return cells(drawn(draw))[1:]


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        (["行政规范性文件以", "1", "2"], ["及其他文件", "", ""]),
        (["行政规范性文件以", "", ""], ["及其他文件", "1", "2"]),
    ],
)
def test_a_row_cut_in_its_label_is_one_row(upper: list[str], lower: list[str]) -> None:
    assert cut_table(upper, lower) == [["行政规范性文件以及其他文件", "1", "2"]]


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        (["规章文件", "", ""], ["其他文件", "1", "2"]),
        (["规章文件", "1", "2"], ["其他文件", "", ""]),
        (["1.行政规范性文件", "", ""], ["2.其他文件", "1", "2"]),
        (["行政规范性文件以", "3", "4"], ["及其他文件", "1", "2"]),
    ],
    ids=["short line", "short line, figures above", "ordinal", "figures on both"],
)
def test_two_rows_beside_a_page_break_stay_two(upper: list[str], lower: list[str]) -> None:
    assert cut_table(upper, lower) == [upper, lower]


def test_a_header_that_stands_again_on_the_next_page_is_there_once() -> None:
    def draw(canvas: Canvas) -> None:
        for label, figure in (("规章文件", "1"), ("其他文件", "2")):
            canvas.setFont(FONT, 12)
            canvas.grid([100, 200, 300], [600, 630, 660])
            for x, y, text in ((105, 638, "标签"), (205, 638, "数量"), (105, 608, label), (205, 608, figure)):
                canvas.drawString(x, y, text)
            canvas.showPage()

    assert cells(drawn(draw)) == [["标签", "数量"], ["规章文件", "1"], ["其他文件", "2"]]


def test_tables_of_other_widths_are_two() -> None:
    def draw(canvas: Canvas) -> None:
        for right in (300, 350):
            canvas.setFont(FONT, 12)
            canvas.grid([100, 200, right], [600, 630])
            canvas.drawString(105, 608, "标签文字")
            canvas.showPage()

    document = read_pdf(Source(drawn(draw), "x"))
    places = [document.locator(grid.cells[0].start) for grid in document.grids]
    assert [place and place.table for place in places] == [1, 2]


def columns(canvas: Canvas, rows: list[tuple[float, list[tuple[float, str]]]]) -> None:
    canvas.setFont(FONT, 9)
    for y, words in rows:
        for x, text in words:
            canvas.drawString(x, y, text)


HEADER = [(100.0, "信息内容"), (250.0, "本年制发件数"), (350.0, "本年废止件数"), (450.0, "现行有效件数")]


def test_without_lines_a_figure_is_of_the_column_that_it_stands_below() -> None:
    data = drawn(
        lambda canvas: columns(
            canvas,
            [
                (700, HEADER),
                (680, [(100, "规章文件"), (350, "17")]),
                (660, [(100, "行政规范性文件"), (250, "13"), (450, "15")]),
                (640, [(100, "其他文件")]),
                (560, [(100, "三、收到和处理政府信息公开申请情况以及其他情况的说明文字的一行文字如下")]),
            ],
        )
    )
    assert cells(data) == [
        ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
        ["规章文件", "", "17", ""],
        ["行政规范性文件", "13", "", "15"],
        ["其他文件", "", "", ""],
    ]


@pytest.mark.parametrize(
    ("x", "text"),
    [(290, "13579111317192329"), (314, "5"), (312, "135791113")],
    ids=["below two", "below none", "touching one"],
)
def test_a_figure_between_the_columns_leaves_its_row_without_blanks(x: float, text: str) -> None:
    def draw(canvas: Canvas) -> None:
        columns(canvas, [(130, HEADER), (110, [(100, "规章文件"), (260, "10"), (370, "17"), (470, "12")])])
        canvas.showPage()
        columns(canvas, [(700, [(100, "行政规范性文件"), (x, text), (470, "15")])])

    assert cells(drawn(draw))[-1] == ["行政规范性文件", text, "15"]


def test_figures_that_only_touch_each_other_leave_their_rows_without_blanks() -> None:
    def draw(canvas: Canvas) -> None:
        one = [(100.0, "规章文件"), (260.0, "10")]
        columns(canvas, [(700, HEADER), (680, one), (660, [(100, "其他文件"), (266, "1234567")])])

    assert cells(drawn(draw))[-2:] == [["规章文件", "10"], ["其他文件", "1234567"]]


def test_figures_that_stand_askew_leave_their_row_without_blanks() -> None:
    def draw(canvas: Canvas) -> None:
        rows = [(700 - 20 * i, [(100.0, f"规章文件{i}"), (250.0, "10"), (450.0, "12")]) for i in (1, 2, 3)]
        columns(canvas, [(700, HEADER), *rows, (620, [(100, "其他文件"), (254, "10"), (450, "12")])])

    *_, above, last = cells(drawn(draw))
    assert above == ["规章文件3", "10", "", "12"]
    assert last == ["其他文件", "10", "12"]


def test_figures_without_a_label_leave_a_label_without_figures_without_blanks() -> None:
    def draw(canvas: Canvas) -> None:
        figures = [(260.0, "1"), (370.0, "2"), (470.0, "3")]
        rows = [(680, [(100.0, "规章文件"), *figures]), (650, [(100.0, "其他文件")]), (630, figures)]
        columns(canvas, [(700, HEADER), *rows])

    assert cells(drawn(draw))[-2:] == [["其他文件"], ["1", "2", "3"]]


@pytest.mark.parametrize("borders", [True, False])
def test_figures_on_the_next_page_leave_their_label_without_blanks(borders: bool) -> None:  # noqa: FBT001
    def draw(canvas: Canvas) -> None:
        rows = [(680, [(100.0, "规章文件"), (250.0, "1")]), (660, [(100.0, "其他文件")])]
        columns(canvas, [(700, HEADER[:2]), *rows])
        if borders:
            canvas.grid([95, 245, 330], [655, 675, 695, 715])
        canvas.showPage()
        columns(canvas, [(700, HEADER[:2]), (680, [(250.0, "2")])])
        if borders:
            canvas.grid([95, 245, 330], [675, 695, 715])

    rows = cells(drawn(draw))
    assert ["其他文件", ""] not in rows
    assert ["其他文件"] in rows or ["其他文件", "2"] in rows


def test_a_number_below_a_single_word_is_no_table() -> None:
    data = drawn(lambda canvas: columns(canvas, [(700, [(100, "联系电话")]), (685, [(100, "2233445")])]))
    assert cells(data) == []


def test_words_below_a_column_leave_their_row_without_blanks() -> None:
    data = drawn(
        lambda canvas: columns(
            canvas,
            [
                (700, HEADER),
                (680, [(100, "规章文件"), (260, "10"), (370, "17"), (470, "12")]),
                (660, [(100, "行政规范性文件以及其他文件和文书目录 5"), (370, "14"), (470, "15")]),
            ],
        )
    )
    assert cells(data)[-1][1:] == ["14", "15"]


def test_without_lines_a_wrapped_label_is_one_and_stands_beside_its_figures() -> None:
    data = drawn(
        lambda canvas: columns(
            canvas,
            [
                (700, HEADER),
                (680, [(100, "规章"), (260, "1"), (370, "2"), (470, "3")]),
                (660, [(100, "行政规范性文件以及")]),
                (654.5, [(260, "4"), (370, "5"), (470, "6")]),
                (649, [(100, "其他的文件")]),
            ],
        )
    )
    assert cells(data)[2] == ["行政规范性文件以及其他的文件", "4", "5", "6"]


def places(data: bytes) -> list[tuple[str, int | None]]:
    """The cells of the tables of a PDF, and the columns of their grids."""
    document = read_pdf(Source(data, "x"))
    tables = [grid for grid in document.grids if grid.kind == "table"]
    return [(document.text[cell.start : cell.end], cell.column) for grid in tables for cell in grid.cells]


def test_without_lines_figures_have_the_column_of_their_label() -> None:
    one, other = [(100.0, "三、结果"), (150.0, "予以公开"), (470.0, "15")], [(100.0, "其他"), (250.0, "7")]
    rows = [(680, one), (660, other)]
    assert places(drawn(lambda canvas: columns(canvas, [(700, HEADER), *rows]))) == [
        *zip(("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"), (None, 3, 4, 5), strict=True),
        *zip(("三、结果", "予以公开", "", "", "15"), (None, None, 3, 4, 5), strict=True),
        *zip(("其他", "7", "", ""), (None, 3, 4, 5), strict=True),
    ]


def test_without_lines_a_column_without_a_label_leaves_all_without_a_number() -> None:
    rows = [(680, [(100.0, "规章文件"), (260.0, "1"), (410.0, "2"), (470.0, "3")])]
    found = places(drawn(lambda canvas: columns(canvas, [(700, [*HEADER[:2], HEADER[3]]), *rows])))
    assert [text for text, _ in found[-4:]] == ["规章文件", "1", "2", "3"]
    assert {column for _, column in found} == {None}


def test_without_lines_the_first_label_above_a_blank_column_is_of_that() -> None:
    """What stands alone on its line above the labels is in their column."""
    rows = [(720.0, [(100.0, "勾稽关系见说明")]), (700, HEADER[1:])]
    rows.append((680, [(100, "规章文件"), (350, "17"), (450, "18")]))
    found = cells(drawn(lambda canvas: columns(canvas, rows)))
    assert found[-2:] == [[text for _, text in HEADER[1:]], ["规章文件", "", "17", "18"]]
