"""In which cell of a ruled table a glyph stands, in whatever order a page draws its glyphs."""

from __future__ import annotations

from extractor.documents.pages.assembly import document_of
from extractor.documents.pages.page import Glyph, RawPage, Ruling
from extractor.documents.source import Source

GRID = [*(Ruling(100, y, 300, y) for y in (100, 120)), *(Ruling(x, 100, x, 120) for x in (100, 200, 300))]


def glyphs(text: str, left: float) -> list[Glyph]:
    return [Glyph(character, 0, left + 6 * i, 105, left + 6 * i + 6, 115) for i, character in enumerate(text)]


def cells(*words: list[Glyph]) -> list[str]:
    page = RawPage(400, 200, [glyph for word in words for glyph in word], GRID)
    document = document_of([page], Source(b"", "page.pdf"), "PDF")
    return [document.text[cell.start : cell.end] for grid in document.grids for cell in grid.cells]


def test_a_figure_drawn_before_the_ordinal_of_its_row_stays_in_its_cell() -> None:
    assert cells(glyphs("0", 250), glyphs("2.另行制作", 110)) == ["2.另行制作", "0"]


def test_digits_of_one_number_that_reaches_over_a_line_stand_in_one_cell() -> None:
    assert cells(glyphs("12345", 174)) == ["12345", ""]
