"""Tables that are typed: tabs, pipes and blanks in the paragraphs of Word files and web pages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from docx import Document

from eval.zoo.word import saved
from extractor import Extraction, Status, extract
from extractor.documents.builder import DocumentBuilder
from extractor.documents.document import Document as Read
from tests.helpers.pages import COLUMNS, LAYOUTS, WITH_BLANKS, Page, document, figures

TYPED = [name for name in LAYOUTS if "line" not in name and "paragraph" not in name and name != "Word"]


def word(text: str) -> bytes:
    """A paragraph a line."""
    typed = Document()
    for line in text.splitlines():
        typed.add_paragraph(line)
    return saved(typed)


def html(text: str) -> bytes:
    """A paragraph a line; browsers show a run of blanks only if it is of some that can't be broken."""
    return "".join(f"<p>{line.replace('  ', '&nbsp; ')}</p>\n" for line in text.splitlines()).encode()


# A browser shows a tab as a blank, and blank cells between blanks are gone.
KINDS = [
    (layout, written, zero)
    for layout in TYPED
    for written in (word, html)
    for zero in ("0", "", "/")
    if (layout, written) != ("tabs", html) and (zero or layout in WITH_BLANKS)
]


@pytest.mark.parametrize(("layout", "written", "zero"), KINDS)
def test_they_are_read_as_those_of_a_text(layout: str, written: Callable[[str], bytes], zero: str) -> None:
    values = {row: [zero if text == "0" else text for text in texts] for row, texts in figures().items()}
    text = document(LAYOUTS[layout](Page(values))).decode()
    (found,), (expected,) = extract(written(text)), extract(text.encode())
    assert figures_of(found) == figures_of(expected)
    for row, texts in values.items():
        cells = [found.cell(f"requests.{row}.{column}") for column in COLUMNS]
        assert [cell.printed for cell in cells] == texts, row
        assert not {cell.status for cell in cells} & {Status.DISPUTED, Status.ABSENT}, row


def figures_of(extraction: Extraction) -> list[tuple[str, str, Status]]:
    return [(cell.address, cell.printed, cell.status) for cell in extraction.cells]


def built(*paragraphs: str) -> Read:
    builder = DocumentBuilder()
    builder.add_paragraph("表")
    builder.add_table([[]])
    for paragraph in paragraphs:
        builder.add_paragraph(paragraph)
    return builder.document("x", "DOCX")


def test_cells_are_cut_only_where_the_paragraphs_have_separators() -> None:
    plain = built("一、总体情况", "收到 12 件")
    assert [grid.kind for grid in plain.grids] == ["cell_per_line", "cell_per_line"]
    typed = built("\t一是依法公开。", "\t规章\t\t3\t", "行政强制\t", "完")
    assert typed.text == "表\n一是依法公开。\n\t规章\t\t3\t\n行政强制\t\n完\n"
    cells = [(typed.text[c.start : c.end], c.row) for grid in typed.grids[1:] for c in grid.cells]
    rows = (["一是依法公开。"], ["", "规章", "", "3", ""], ["行政强制", ""], ["完"])
    assert cells == [(text, number) for number, row in enumerate(rows, 2) for text in row]
