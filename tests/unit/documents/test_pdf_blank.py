"""Tables of PDFs without lines: those without a figure, and what a page break leaves of their rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from extractor.documents.pdf.reader import read_pdf
from extractor.documents.source import Source
from tests.helpers.pdf_files import cells, drawn
from tests.helpers.rendering import FONT

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

# Of each line of a page: how high it stands, and where each of its words begins.
Page = list[tuple[float, list[tuple[float, str]]]]
HEADER = [(100.0, "信息内容"), (250.0, "采购项目数量"), (350.0, "采购总金额")]


def pdf(*pages: Page) -> bytes:
    def draw(canvas: Canvas) -> None:
        for page in pages:
            canvas.setFont(FONT, 9)
            for y, words in page:
                for x, text in words:
                    canvas.drawString(x, y, text)
            canvas.showPage()

    return drawn(draw)


def test_labels_alone_below_a_header_are_rows_of_blanks() -> None:
    data = pdf([(700, HEADER), (680, [(100, "行政许可")]), (660, [(100, "其他事项")])])
    assert cells(data) == [
        ["信息内容", "采购项目数量", "采购总金额"],
        ["行政许可", "", ""],
        ["其他事项", "", ""],
    ]


def test_the_next_header_begins_a_table_of_its_own() -> None:
    """The figure of the second block was once taken for one of the first."""
    other = [(100.0, "信息内容"), (300.0, "本年收费金额")]
    data = pdf(
        [
            (700, HEADER),
            (680, [(100, "行政许可")]),
            (660, other),
            (640, [(100, "行政事业性收费"), (300, "5")]),
        ]
    )
    assert cells(data) == [
        ["信息内容", "采购项目数量", "采购总金额"],
        ["行政许可", "", ""],
        ["信息内容", "本年收费金额"],
        ["行政事业性收费", "5"],
    ]


def test_figures_without_a_label_leave_no_blanks_above_them() -> None:
    data = pdf([(700, HEADER), (680, [(100, "行政许可")]), (660, [(250, "5"), (350, "7")])])
    assert ["行政许可", "", ""] not in cells(data)


def test_a_heading_is_no_row() -> None:
    """It stands farther away than rows do."""
    data = pdf([(700, HEADER), (680, [(100, "行政许可")]), (640, [(100, "三、申请情况")])])
    assert cells(data)[1:] == [["行政许可", "", ""]]


def test_short_lines_below_a_line_of_prose_are_no_table() -> None:
    lines: Page = [
        (700, [(100, "本机关主动公开政府信息以及其他有关情况的说明文字如下，请予以关注和监督指导")])
    ]
    data = pdf([*lines, (680, [(100, "行政许可")]), (660, [(100, "其他事项")])])
    assert [grid.kind for grid in read_pdf(Source(data, "x")).grids] == ["cell_per_line"]


@pytest.mark.parametrize("figures", [[], [(250.0, "4"), (350.0, "6")]], ids=["no figure", "figures"])
def test_labels_alone_go_on_on_the_next_page(figures: list[tuple[float, str]]) -> None:
    first: Page = [(700, HEADER), (680, [(100, "1.行政许可")]), (660, [(100, "2.其他事项")])]
    second: Page = [(700, [(100, "3.行政处罚")]), (680, [(100, "4.行政强制"), *figures])]
    assert cells(pdf(first, second)) == [
        ["信息内容", "采购项目数量", "采购总金额"],
        ["1.行政许可", "", ""],
        ["2.其他事项", "", ""],
        ["3.行政处罚", "", ""],
        ["4.行政强制", *([text for _, text in figures] or ["", ""])],
    ]


def test_the_header_stands_at_the_end_of_a_page_and_a_row_of_blanks_on_the_next() -> None:
    second: Page = [(700, [(100, "政府集中采购")]), (640, [(100, "三、申请情况")])]
    assert cells(pdf([(100, HEADER)], second))[1:] == [["政府集中采购", "", ""]]


# --- what a page break cuts ----------------------------------------------------------------------------

TOP: Page = [
    (700, [(100, "事项"), (250, "数量"), (350, "件数")]),
    (680, [(100, "1.属于三类内部事务信息的申请事项"), (250, "1"), (350, "2")]),
]


def test_the_end_of_a_label_on_the_next_page_is_put_to_its_beginning() -> None:
    first: Page = [*TOP, (650, [(100, "2.申请人无正当理由逾期不补正以"), (250, "3"), (350, "4")])]
    second: Page = [(700, [(100, "及其他")]), (670, [(100, "3.其他"), (250, "5"), (350, "6")])]
    assert cells(pdf(first, second))[2:] == [
        ["2.申请人无正当理由逾期不补正以及其他", "3", "4"],
        ["3.其他", "5", "6"],
    ]


@pytest.mark.parametrize(
    ("above", "below"),
    [("2.申请人无正当理由逾期不补正以", "3.重复申请"), ("2.重复申请", "其他事项")],
    ids=["ordinal", "room on the line above"],
)
def test_a_label_of_its_own_on_the_next_page_is_a_row(above: str, below: str) -> None:
    first: Page = [*TOP, (650, [(100, above), (250, "3"), (350, "4")])]
    second: Page = [(700, [(100, below)]), (670, [(100, "4.其他"), (250, "5"), (350, "6")])]
    assert cells(pdf(first, second))[2:] == [[above, "3", "4"], [below, "", ""], ["4.其他", "5", "6"]]


@pytest.mark.parametrize(
    ("below", "blanks"), [("3.重复申请", ["", ""]), ("重复申请", [])], ids=["ordinal", "no ordinal"]
)
def test_two_rows_of_blanks_beside_a_page_break(below: str, blanks: list[str]) -> None:
    """One without an ordinal may be the rest of the other, whose figures stand nowhere."""
    first: Page = [*TOP, (656, [(100, "2.提供出版物")])]
    second: Page = [(700, [(100, below)]), (670, [(100, "4.其他"), (250, "5"), (350, "6")])]
    assert cells(pdf(first, second))[2:4] == [["2.提供出版物", *blanks], [below, *blanks]]


def test_a_blank_row_that_a_page_ends_with_is_blank_if_its_table_ends_there() -> None:
    first: Page = [*TOP, (656, [(100, "2.提供出版物")])]
    text = "本机关主动公开政府信息以及其他有关情况的说明文字如下，请予以关注和监督指导，并提出意见"
    heading: Page = [(700, [(100, "五、存在的问题")]), (680, [(100, text)])]
    assert cells(pdf(first, heading))[-1] == ["2.提供出版物", "", ""]


def test_figures_that_a_page_begins_with_may_be_of_the_row_above() -> None:
    first: Page = [*TOP, (656, [(100, "2.提供出版物")])]
    assert ["2.提供出版物", "", ""] not in cells(
        pdf(first, [(700, [(200, "五、问题")]), (660, [(250, "5")])])
    )


# --- columns and labels that stand apart ---------------------------------------------------------------


def test_figures_below_no_label_leave_no_row_with_blanks() -> None:
    """Those of one column may stand at two places."""
    rows: Page = [(680, [(100, "行政许可"), (250, "5"), (420, "7")]), (660, [(100, "其他事项"), (250, "6")])]
    assert cells(pdf([(700, HEADER), *rows]))[1:] == [["行政许可", "5", "7"], ["其他事项", "6"]]


def test_a_figure_that_nearly_touches_its_label_is_of_the_column_of_a_header() -> None:
    header = [(100.0, "事项"), (200.0, "数量"), (300.0, "件数")]
    rows: Page = [
        (680, [(100, "2.申请"), (200, "3"), (300, "4")]),
        (660, [(100, "3.危及三安全一稳定"), (200, "1"), (300, "2")]),
    ]
    assert cells(pdf([(700, header), *rows]))[-1] == ["3.危及三安全一稳定", "1", "2"]


def test_a_short_label_above_the_middle_of_a_longer_one_is_a_row() -> None:
    header = [(100.0, "信息内容"), (250.0, "采购项目数量"), (350.0, "采购总金额")]
    rows: Page = [(686, [(108, "规章"), (260, "5"), (370, "7")]), (674, [(95, "规范性文件")])]
    assert cells(pdf([(700, header), *rows]))[1][0] == "规章"
