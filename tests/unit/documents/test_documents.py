"""Encodings found from the bytes, and cells found from the text's own separators."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.documents.builder import BuiltCell, DocumentBuilder
from extractor.documents.document import Document, Locator
from extractor.documents.plain.encoding import decode
from extractor.documents.plain.text import read_text
from extractor.documents.source import Source
from extractor.errors import UnknownFormatError
from extractor.text.folding import fold_figure, fold_label, fold_with_offsets

TEXT = "一、总体情况\n行政许可 | 97 |\n"
LONGER = TEXT * 20


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8"),
        (TEXT.encode("gbk"), "gb18030"),
        (TEXT.encode("gb18030"), "gb18030"),
        ((TEXT + "㐀𠀀").encode("gb18030"), "gb18030"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
        (b"plain ascii", "utf-8"),
        (b"", "utf-8"),
    ],
)
def test_encodings(data: bytes, encoding: str) -> None:
    decoded = decode(Source(data, "x"))
    assert decoded.encoding == encoding
    assert decoded.undecodable == 0
    assert decoded.text in (TEXT, TEXT + "㐀𠀀", "plain ascii", "")


def test_a_few_broken_bytes_are_counted_and_do_not_change_the_encoding() -> None:
    data, at = LONGER.encode(), len(TEXT.encode())
    decoded = decode(Source(data[:at] + b"\xff" + data[at:], "x"))
    assert (decoded.encoding, decoded.undecodable) == ("utf-8", 1)
    assert decoded.text.replace("\ufffd", "") == LONGER


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 4,
        b"PK\x03\x04" + bytes(range(256)) * 4,
        bytes(1000),
        b"\xff" * 1000,
    ],
)
def test_what_is_no_text(data: bytes) -> None:
    with pytest.raises(UnknownFormatError, match=r"报告\.txt is no text"):
        decode(Source(data, "报告.txt"))


def cells(text: str) -> list[list[str]]:
    """The cells of each grid, as printed."""
    document = read_text(Source(text.encode(), "x"))
    return [[document.text[cell.start : cell.end] for cell in grid.cells] for grid in document.grids]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲 |\n1 |\n|\n2 |\n", ["甲", "1", "", "2"]),
        ("甲 |\n1 | ||\n||\n", ["甲", "1", "", "", "", ""]),
        ("| 甲\n| 1\n|\n| 2\n", ["甲", "1", "", "2"]),
        ("甲\n|\n1\n|\n|\n2\n", ["甲", "1", "", "2"]),
        ("| 甲 | 1 |  | 2 |\n|---|---|---|---|\n", ["甲", "1", "", "2"]),
        ("甲 | 1 |  | 2\n", ["甲", "1", "", "2"]),
        ("甲｜1｜2\n", ["甲", "1", "2"]),
        ("甲\t1\t\t2\n乙\t3\t4\t5\n", ["甲", "1", "", "2", "乙", "3", "4", "5"]),
        ("\t甲\n\t1\n\t\n\t2\n", ["甲", "1", "", "2"]),
        ("\t结果\n维持\n\t1\n", ["结果\n维持", "1"]),
        ("甲  1   2\n", ["甲", "1", "2"]),
        ("甲\n\n1\n\n2\n", ["甲", "1", "2"]),
        ("甲\r\n1\r\n", ["甲", "1"]),
        ("甲\r1\r", ["甲", "1"]),
        # A row of nothing but tabs, as many as above.
        ("甲\t乙\t丙\n\t\t\n\t\t\n", ["甲", "乙", "丙", *[""] * 6]),
        ("甲\t乙\t丙\n\t\n", ["甲", "乙", "丙"]),
        ("甲\t乙\n\t\n", ["甲", "乙"]),
        # The rest of a table below a line of words: its pipes part cells as they do above.
        ("甲 | 乙 | 丙\n话\n1 |  | \n2 |  | \n", ["甲", "乙", "丙", "话", "1", "", "", "2", "", ""]),
        (
            "甲 | 乙 | 丙\n话\n | 2 | 3\n话\n | 4 | 5\n",
            ["甲", "乙", "丙", "话", "", "2", "3", "话", "", "4", "5"],
        ),
        # Another table.
        ("甲 | 乙 |\n话\n1 | 2 |\n", ["甲", "乙", "话", "1", "2"]),
        ("甲 | 乙 | 丙\n话\n1 | 2 | 3 |\n", ["甲", "乙", "丙", "话", "1", "2", "3"]),
        ("甲 | 乙 | 丙 | 丁\n话\n| 1 | 2 |\n", ["甲", "乙", "丙", "丁", "话", "1", "2"]),
        ("甲 | 乙 | 丙\n一\n二\n三\n四\n1 | 2 |\n", ["甲", "乙", "丙", "一", "二", "三", "四", "1", "2"]),
        ("首页 | 公开\n话\n1 |\n2 |\n", ["首页", "公开", "话", "1", "2"]),
    ],
)
def test_cells_by_their_separators(text: str, expected: list[str]) -> None:
    assert [cell for grid in cells(text) for cell in grid] == expected


def test_prose_and_tables_are_separate_grids() -> None:
    text = "一段话。\n甲 | 1\n乙 | 2\n又一段话。\n甲\t1\n乙\t2\n"
    document = read_text(Source(text.encode(), "x"))
    assert [grid.kind for grid in document.grids] == ["cell_per_line", "pipes", "cell_per_line", "tabs"]


def test_an_empty_line_ends_a_row_of_the_tab_layout() -> None:
    document = read_text(Source(b"\ta\n\t1\n\n\tb\n\t2\n\n", "x"))
    assert [cell.ends_row for cell in document.grids[0].cells] == [False, True, False, True]


def test_a_line_of_many_figures_is_cut_at_every_blank() -> None:
    words = " ".join(["甲 1 2 3"] * 30)
    assert cells(words)[0][:4] == ["甲", "1", "2", "3"]


@given(st.text(alphabet="甲1 |｜\t\n\r　-\u200b0.", max_size=60))
def test_every_cell_points_into_the_text(text: str) -> None:
    document = read_text(Source(text.encode(), "x"))
    last = 0
    for grid in document.grids:
        for cell in grid.cells:
            assert last <= cell.start <= cell.end <= len(document.text)
            printed = document.text[cell.start : cell.end]
            assert printed == printed.strip(" 　\t\n\r\u200b")
            last = cell.end


@given(st.text(alphabet="a\n\r", max_size=30))
def test_positions_count_lines_as_editors_do(text: str) -> None:
    document = Document(text, "x", "utf-8", ())
    for offset in range(len(text)):
        before = text[:offset].replace("\r\n", "\n")
        if text[:offset].endswith("\r") and text[offset] == "\n":
            continue
        lines = before.replace("\r", "\n").split("\n")
        assert document.position(offset)[0] == len(lines)


@given(st.text(max_size=40))
def test_folding_keeps_offsets(text: str) -> None:
    folded = fold_with_offsets(text, 7)
    assert folded.text == fold_label(text)
    assert len(folded.text) == len(folded.offsets)
    assert all(fold_label(text[o - 7]) == c for o, c in zip(folded.offsets, folded.text, strict=True))


def test_folding_never_joins_digits_across_a_blank() -> None:
    assert fold_figure("１ ２\u3000３") == "1 2 3"
    assert fold_figure("1\u200b2") == "12"


@pytest.mark.parametrize(
    ("page", "form"),
    [
        ("（三）不予 公开", "(三)不予公开"),
        ("⾏政许可", "行政许可"),
        ("⻓期", "长期"),
        ("⻄⻘⻙⻮⺟", "西青韦齿母"),
        ("㈠予以公開", "一予以公开"),
        ("規範性文件", "规范性文件"),
        ("行政處罰", "行政处罚"),
        ("結轉下年度繼續辦理", "结转下年度继续办理"),
    ],
)
def test_folding_labels(page: str, form: str) -> None:
    assert fold_label(page) == form


def test_a_built_document_says_where_its_cells_stand() -> None:
    builder = DocumentBuilder()
    builder.add_paragraph(" 二、主动公开\n")
    builder.add_paragraph("  ")
    builder.add_table(
        [[BuiltCell("规章", Locator(table=1, row=1, column=1)), BuiltCell(" 0 ")], [BuiltCell("")]]
    )
    builder.add_paragraph("完")
    document = builder.document("report.docx", "DOCX")
    assert document.text == "二、主动公开\n规章\t0\n\n完\n"
    assert [grid.kind for grid in document.grids] == ["cell_per_line", "table", "cell_per_line"]
    cells = [document.text[c.start : c.end] for grid in document.grids for c in grid.cells]
    assert cells == ["二、主动公开", "规章", "0", "", "完"]
    assert [c.ends_row for c in document.grids[1].cells] == [False, True, True]
    assert document.locator(document.text.index("章")) == Locator(table=1, row=1, column=1)
    assert document.locator(0) is None
    assert document.locator(document.text.index("完")) is None
