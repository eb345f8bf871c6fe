"""Headers of tables of PDFs that a page break cuts, or that end a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import pytest

from tests.helpers.pdf_files import cells, drawn
from tests.helpers.rendering import FONT

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

# Left and right side, rows counted from the top (first, and behind the last), text.
Cell: TypeAlias = tuple[int, int, int, int, str]
ROW = 30


def pages(*tables: list[Cell]) -> list[list[str]]:
    """The rows of a table of which each page has a part."""

    def draw(canvas: Canvas) -> None:
        for table in tables:
            canvas.setFont(FONT, 12)
            for left, right, first, end, text in table:
                canvas.rect(left, 700 - ROW * end, right - left, ROW * (end - first))
                canvas.drawString(left + 5, 700 - ROW * first - 18, text)
            canvas.showPage()

    return cells(drawn(draw))


GROUPS: list[Cell] = [(100, 200, 0, 1, "行政复议"), (200, 400, 0, 1, "行政诉讼")]
FIGURES = ["1", "2", "3", "4"]


def row(number: int, texts: list[str]) -> list[Cell]:
    sides = ((100, 150), (150, 200), (200, 300), (300, 400))
    return [(*side, number, number + 1, text) for side, text in zip(sides, texts, strict=True)]


def test_labels_merged_over_the_rows_of_a_header_are_cut_between_these() -> None:
    """Those beside them are divided where the next page begins."""
    upper: list[Cell] = [
        *GROUPS,
        (100, 150, 1, 2, "结果维"),
        (150, 200, 1, 2, "总计"),
        (200, 400, 1, 2, "起诉"),
    ]
    lower = [*row(0, ["持", "", "结果维持", "总计"]), *row(1, FIGURES)]
    assert pages(upper, lower) == [
        ["行政复议", "行政诉讼"],
        ["结果维持", "总计", "起诉"],
        ["结果维持", "总计"],
        FIGURES,
    ]


@pytest.mark.parametrize("label", ["结", "1.结果"])
def test_a_label_with_room_left_or_another_ordinal_isn_t_cut(label: str) -> None:
    begun = "结果维" if label[0] == "1" else label
    upper: list[Cell] = [*GROUPS, (100, 150, 1, 2, begun), (150, 200, 1, 2, "总计"), (200, 400, 1, 2, "起诉")]
    below = ["果" if begun == label else label, "", "维持", "总计"]
    assert pages(upper, row(0, below) + row(1, FIGURES))[2] == below


def test_a_row_of_blanks_is_no_header_that_the_next_row_divides() -> None:
    upper: list[Cell] = [(100, 200, 0, 1, "二、上年结转"), (200, 300, 0, 1, ""), (300, 400, 0, 1, "")]
    lower = row(0, ["三、", "(一)", "", ""])
    assert pages(upper, lower) == [["二、上年结转", "", ""], ["三、", "(一)", "", ""]]


def test_the_last_row_of_a_header_is_cut_in_one_of_its_labels() -> None:
    upper = row(0, ["自然", "总计", "社会公益组织以", "其他"])
    lower = [*row(0, ["", "", "及团体", ""]), *row(1, FIGURES)]
    assert pages(upper, lower) == [["自然", "总计", "社会公益组织以及团体", "其他"], FIGURES]


@pytest.mark.parametrize("figures", [["", "0", "7", ""], ["一、", "", "", ""]])
def test_below_a_merged_label_of_the_header_a_row_has_its_blanks(figures: list[str]) -> None:
    upper: list[Cell] = [
        *GROUPS,
        (100, 150, 1, 3, "维持"),
        (150, 200, 1, 3, "总计"),
        (200, 400, 1, 2, "起诉"),
    ]
    upper += [(200, 300, 2, 3, "结果维持"), (300, 400, 2, 3, "总计")]
    assert pages(upper, row(0, figures))[-1] == figures


def test_the_label_of_a_group_goes_on_below_rows_of_blanks() -> None:
    upper: list[Cell] = [(100, 200, 0, 1, "申请人情况"), (200, 400, 0, 1, "总计")]
    upper += [(100, 150, 1, 3, "三、办"), (150, 200, 1, 2, "(一)"), (200, 400, 1, 2, "")]
    upper += [(150, 200, 2, 3, "(二)"), (200, 400, 2, 3, "")]
    lower: list[Cell] = [(100, 150, 0, 1, "理结果"), (150, 200, 0, 1, "(三)"), (200, 400, 0, 1, "5")]
    header, *rows = pages(upper, lower)
    assert header == ["申请人情况", "总计"]
    assert rows == [["三、办理结果", "(一)", ""], ["(二)", ""], ["(三)", "5"]]
