"""What a style sheet puts beside or over the text of a cell, and rows of cells that it turns around."""

import pytest

from extractor.documents.source import Source
from extractor.documents.web.page import read_html

U = "\ufffc"
STRUCK = "content:'';position:absolute;left:0;right:0;top:50%;"


def text_of(sheet: str, cell: str) -> str:
    page = f"<style>{sheet}</style><table><tr><td>a<td class=b>{cell}</table>"
    return read_html(Source(page.encode(), "page")).text.partition("\t")[2].rstrip("\n")


@pytest.mark.parametrize(
    ("sheet", "text"),
    [
        # A line through the figure, a patch over it.
        (f".b::after{{{STRUCK}border-top:2px solid red}}", f"12{U}"),
        (f".b::before{{{STRUCK}background:#fff;bottom:0}}", f"12{U}"),
        # What has no place of its own, or isn't drawn, covers nothing.
        (".b::after{content:'';display:table;clear:both}", "12"),
        (f".b::after{{{STRUCK}}}", "12"),
        (f".b::after{{{STRUCK}border:none}}", "12"),
        # A picture behind digits that have no colour is what one sees.
        (".b{color:transparent;background:url(5.png)}", U),
        (".b{color:transparent}", U),
        (".b{background:url(5.png)}", "12"),
    ],
)
def test_a_figure_that_something_lies_over_is_unread(sheet: str, text: str) -> None:
    assert text_of(sheet, "12") == text


@pytest.mark.parametrize(
    ("sheet", "text"),
    [
        (".b::before{content:'其中：'}", "其中：新收"),
        (".b::after{content:'（上年数）'}", "（上年数）新收"),
        (".b::before{content:'■'}", "新收"),
        (".b::before{content:'第' counter(c) '项'}", "新收"),
        (".b::before{content:'其中：';display:none}", "新收"),
    ],
)
def test_words_that_a_sheet_puts_beside_a_label_are_part_of_it(sheet: str, text: str) -> None:
    assert text_of(sheet, "新收") == text


def test_digits_set_above_the_line_are_a_note() -> None:
    assert text_of("i{font-variant-position:super}", "12<i>3</i>") == "12"


@pytest.mark.parametrize("display", ["table", "inline-table", "table-row"])
def test_a_row_of_boxes_from_right_to_left_is_unread(display: str) -> None:
    rows = "".join(
        f"<div class=r><span>{one}</span><span>{two}</span></div>" for one, two in ((1, 2), (3, 4))
    )
    sheet = f".r{{display:{display};direction:rtl}}span{{display:table-cell}}"
    text = read_html(Source(f"<style>{sheet}</style>{rows}".encode(), "page")).text
    assert not set("1234") & set(text)
