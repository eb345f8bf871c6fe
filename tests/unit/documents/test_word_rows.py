"""Rows, columns and tables of Word files that aren't seen, and rows that are no higher than they say."""

import pytest

from extractor.documents.document import UNREADABLE
from extractor.documents.source import Source
from extractor.documents.word.docx import read_docx
from tests.helpers.packages import cell, word

U = UNREADABLE
GRID = '<w:tblGrid><w:gridCol w:w="900"/><w:gridCol w:w="900"/></w:tblGrid>'
TEXT = "<w:p><w:pPr>{}</w:pPr>{}<w:r><w:t>12</w:t></w:r></w:p>"
BREAKS = "<w:r><w:br/><w:br/></w:r>"
TOP = '<w:tcMar><w:top w:w="{}" w:type="dxa"/></w:tcMar>'


def text_of(content: str, cell_look: str = "", height: int = 300, rule: str = "exact") -> str:
    look = f'<w:trPr><w:trHeight w:val="{height}" w:hRule="{rule}"/></w:trPr>'
    own = f"<w:tc><w:tcPr>{cell_look}</w:tcPr>{content}</w:tc>"
    body = f"<w:tbl><w:tblPr/><w:tr>{look}{own}{cell('a')}</w:tr></w:tbl>"
    return read_docx(Source(word(body), "report.docx")).text.split("\t")[0].strip()


@pytest.mark.parametrize(
    "content",
    [
        TEXT.format('<w:spacing w:before="2000"/>', ""),
        TEXT.format('<w:spacing w:beforeLines="200"/>', ""),
        TEXT.format('<w:spacing w:line="3000" w:lineRule="exact"/>', ""),
        TEXT.format('<w:spacing w:line="3000" w:lineRule="atLeast"/>', ""),
        TEXT.format("", BREAKS),
        "<w:p/><w:p/>" + TEXT.format("", ""),
    ],
)
def test_what_stands_below_their_foot_is_not_seen(content: str) -> None:
    assert text_of(content) == U
    assert text_of(content, rule="atLeast") == "12"
    assert text_of(content, height=4000) == "12"


def test_a_margin_of_the_cell_moves_its_text_down() -> None:
    assert text_of(TEXT.format("", ""), TOP.format(2000)) == U
    assert text_of(TEXT.format("", ""), TOP.format(100)) == "12"


@pytest.mark.parametrize(
    "content",
    [
        TEXT.format('<w:spacing w:before="60" w:after="60" w:line="240" w:lineRule="auto"/>', ""),
        TEXT.format('<w:spacing w:line="300" w:lineRule="exact"/>', ""),
        TEXT.format('<w:spacing w:line="360" w:lineRule="auto"/>', ""),
        # What is empty below the text is cut off, and nobody misses it.
        TEXT.format("", "") + "<w:p/><w:p/>",
    ],
)
def test_what_has_room_is_read(content: str) -> None:
    assert text_of(content) == "12"


def test_rows_columns_and_tables_that_are_not_seen() -> None:
    def text_of(table_look: str, row_look: str, cell_look: str, grid: str = GRID) -> str:
        own = f"<w:tr><w:trPr>{row_look}</w:trPr>{cell('12', cell_look)}{cell('a')}</w:tr>"
        body = f"<w:tbl><w:tblPr>{table_look}</w:tblPr>{grid}{own}</w:tbl>"
        return read_docx(Source(word(body), "report.docx")).text.split("\t")[0]

    fixed, narrow = '<w:tblLayout w:type="fixed"/>', '<w:tcW w:w="10" w:type="dxa"/>'
    assert text_of(fixed, "", narrow) == U
    assert text_of("", "", narrow) == "12"
    # As converters write that don't know any width.
    assert text_of(fixed, "", narrow, GRID.replace("900", "10")) == "12"
    assert text_of(fixed, "", narrow.replace("dxa", "auto")) == "12"
    assert text_of(fixed, "", narrow.replace("10", "0.5pt")) == U
    # Of a cell that doesn't say how wide it is, the columns of the grid do.
    assert text_of(fixed, "", "", flat_grid := GRID.replace("900", "10", 1)) == U
    assert text_of("", "", "", flat_grid) == "12"
    assert text_of(fixed, "", '<w:gridSpan w:val="2"/>', flat_grid) == "12"
    assert text_of("", flat := '<w:trHeight w:val="20" w:hRule="exact"/>', "") == U
    assert text_of("", flat.replace("20", "1pt"), "") == U
    assert text_of("", flat.replace("exact", "atLeast"), "") == "12"
    assert text_of("", flat.replace("20", "400"), "") == "12"
    for away in ('<w:tblpPr w:tblpX="-20000"/>', '<w:tblInd w:w="30000" w:type="dxa"/>'):
        assert text_of(away, "", "") == U
    assert text_of('<w:tblInd w:w="-1000pt" w:type="dxa"/>', "", "") == U
    assert text_of('<w:tblpPr w:tblpX="1200" w:tblpY="-300"/><w:tblInd w:w="-105"/>', "", "") == "12"
