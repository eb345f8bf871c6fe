"""Lines of glyphs that aren't quite level, and rulings that are no table."""

from __future__ import annotations

from extractor.documents.pages.lines import lines_of
from extractor.documents.pages.page import Glyph, Ruling
from extractor.documents.pages.ruled import ruled_tables
from extractor.documents.pages.tables import grids_of
from extractor.documents.source import Source

FILE = Source(b"", "x.pdf")


def glyphs(text: str, left: float, top: float, height: float = 7) -> list[Glyph]:
    """Characters of 4 points each, a blank as a gap."""
    return [
        Glyph(one, 0, left + 4 * i, top, left + 4 * i + 4, top + height)
        for i, one in enumerate(text)
        if one != " "
    ]


def test_digits_of_one_number_never_stand_on_two_lines() -> None:
    """Row by row they would be: 1 beside the label, 4 and 9.37 below it."""
    label = glyphs("行政事业性收费", 50, 384)
    number = [*glyphs("4", 362, 388), *glyphs("1", 366, 387), *glyphs("9.37", 370, 388)]
    assert [line.text.split() for line in lines_of([*label, *number])] == [["行政事业性收费"], ["419.37"]]


def frame(height: float) -> list[Ruling]:
    """Two frames below each other, 200 points wide, from the top of the page."""
    across = [Ruling(0, y, 200, y) for y in (0, height / 2, height)]
    return [*across, *(Ruling(x, 0, x, height) for x in (0, 200))]


def test_a_frame_around_a_table_without_lines_is_no_table() -> None:
    rulings = ruled_tables(FILE, frame(60))
    assert len(rulings) == 1
    assert grids_of(rulings, glyphs("规章       11     9", 10, 20)) == []
    assert grids_of(rulings, glyphs("规章", 10, 20)) == rulings


def test_a_line_cut_by_the_end_of_a_page_is_of_its_table() -> None:
    (table,) = grids_of(ruled_tables(FILE, frame(60)), glyphs("人", 10, 57, 10))
    assert table.ys[-1] == 67
    (table,) = grids_of(ruled_tables(FILE, frame(60)), glyphs("人", 10, 59, 10))
    assert table.ys[-1] == 60
