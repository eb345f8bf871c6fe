"""What stands in the cells of a sheet, as another library reads it back."""

from __future__ import annotations

import io
from decimal import Decimal
from fractions import Fraction

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from xlsxwriter import Workbook

from extractor.output.tables import sheet
from extractor.output.tables.entry import Entry, Head, Link, Tone
from extractor.output.tables.sheet import Sheet, Styles

HEADS = [Head("a", 10), Head("b", 10, wraps=True)]


def read_back(*rows: list[Entry]) -> Worksheet:
    """A sheet with these rows, as another library reads it."""
    buffer = io.BytesIO()
    with Workbook(buffer, {"constant_memory": True}) as book:
        target = Sheet(book.add_worksheet(), Styles(book), HEADS, "en", fixed=1)
        for row in rows:
            target.add(row)
        target.close()
    read = openpyxl.load_workbook(buffer).active
    assert isinstance(read, Worksheet)
    return read


@pytest.mark.parametrize(
    "text",
    [
        'a & <b> "c"',
        " 两端有空格 ",
        "_x0041_",
        "线\n行",
        "tab\t",
        "\x01\x1f",
        "😀" * 3,
        "&amp;",
        "\ufffe",
    ],
)
def test_a_text_is_read_back_as_it_is(text: str) -> None:
    value = read_back([Entry(text), Entry("b")]).cell(2, 1).value
    # As XlsxWriter writes it, too: a control character has an escape, which not every reader undoes.
    buffer = io.BytesIO()
    with Workbook(buffer, {"constant_memory": True}) as book:
        book.add_worksheet().write_string(0, 0, text)
    page = openpyxl.load_workbook(buffer).active
    assert page is not None
    assert value == page.cell(1, 1).value


def test_a_text_longer_than_a_cell_holds_is_cut() -> None:
    value = read_back([Entry("x" * 40_000), Entry("😀" * 20_000)])
    assert value.cell(2, 1).value == "x" * 32_766 + "…"
    assert value.cell(2, 2).value == "😀" * 16_383 + "…"


@pytest.mark.parametrize(
    ("number", "value"),
    [
        (12, 12),
        (-3, -3),
        (999_999_999_999_999, 999_999_999_999_999),
        (1_234_567_890_123_456, "1234567890123456"),
        (Decimal("0.10"), 0.1),
        (Decimal("1234567.890123456"), "1234567.890123456"),
        (Fraction(1, 3), 1 / 3),
        (2.5, 2.5),
    ],
)
def test_a_number_that_excel_would_round_is_a_text(
    number: int | float | Decimal | Fraction, value: object
) -> None:
    assert read_back([Entry(number), Entry(None)]).cell(2, 1).value == value


def test_a_number_does_not_touch_the_text_beside_it() -> None:
    page = read_back([Entry(12), Entry("12:3")])
    assert (page.cell(2, 1).alignment.horizontal, page.cell(2, 1).alignment.indent) == ("right", 1)


def test_a_sheet_is_printed_on_the_paper_that_offices_have() -> None:
    setup = read_back().page_setup
    assert (setup.paperSize, setup.orientation) == (9, "landscape")


def test_links_comments_and_looks_go_to_their_cells() -> None:
    page = read_back(
        [Entry(Link("first", "http://a.cn/x?a=1&b=2")), Entry("long " * 10, Tone.BAD, "why")],
        [Entry(None, Tone.WARNING), Entry("=1", Tone.PLAIN, "because")],
        [Entry(Link("far", "http://a.cn/" + "x" * 3000)), Entry(None)],
    )
    link, first, second = page.cell(2, 1).hyperlink, page.cell(2, 2).comment, page.cell(3, 2).comment
    assert link is not None
    assert first is not None
    assert second is not None
    assert (link.target, first.text, second.text) == ("http://a.cn/x?a=1&b=2", "why", "because")
    assert page.cell(2, 1).value == "first"
    assert page.cell(2, 2).fill.fgColor.rgb == "FFF8CBAD"
    assert page.row_dimensions[2].height == 75
    assert page.cell(3, 1).fill.fgColor.rgb == "FFFFF2CC"
    assert page.cell(3, 2).data_type == "s"
    assert page.cell(3, 2).quotePrefix
    assert (page.cell(4, 1).value, page.cell(4, 1).hyperlink) == ("far", None)
    assert not page.cell(4, 1).font.underline
    assert page.cell(1, 1).font.b
    assert page.dimensions == "A1:B4"


def test_a_row_beyond_the_links_that_a_sheet_holds_leads_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "_MOST_LINKS", 1)
    link = Link("=a", "http://a.cn/")
    page = read_back([Entry(link), Entry("b")], [Entry(link), Entry("b")])
    assert [page.cell(row, 1).hyperlink is not None for row in (2, 3)] == [True, False]
    assert [page.cell(row, 1).value for row in (2, 3)] == ["=a", "=a"]
    assert [page.cell(row, 1).quotePrefix for row in (2, 3)] == [True, True]
    assert not page.cell(3, 1).font.underline
