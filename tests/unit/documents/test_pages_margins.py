"""What stands in the margins beside ruled tables is parted from them, and nothing else is."""

from __future__ import annotations

import pytest

from extractor.documents.pages.assembly import document_of
from extractor.documents.pages.lines import lines_of
from extractor.documents.pages.margins import parted_from_margins
from extractor.documents.pages.page import Glyph, RawPage, Ruling
from extractor.documents.pages.ruled import RuledTable, ruled_tables
from extractor.documents.source import Source

FILE = Source(b"", "x.pdf")


def glyphs(text: str, left: float, top: float) -> list[Glyph]:
    """Characters of 10 points each."""
    return [Glyph(one, 0, left + 10 * i, top, left + 10 * i + 10, top + 10) for i, one in enumerate(text)]


def rulings(top: float, bottom: float) -> list[Ruling]:
    """Two columns from 100 to 300 points from the left, in rows of 20 points."""
    across = [Ruling(100, y, 300, y) for y in range(round(top), round(bottom) + 1, 20)]
    return [*across, *(Ruling(x, top, x, bottom) for x in (100, 200, 300))]


def table() -> tuple[RuledTable]:
    (ruled,) = ruled_tables(FILE, rulings(100, 200))
    return (ruled,)


@pytest.mark.parametrize("is_picture", [True, False])
@pytest.mark.parametrize(
    ("text", "left", "top", "is_marginal"),
    [
        # Left and right of the table, beside it or not.
        ("7", 50, 110, True),
        ("7", 320, 110, True),
        ("7", 320, 300, True),
        # Below it, or reaching into it.
        ("7", 150, 300, False),
        ("777", 290, 300, False),
        # Words are of the page.
        ("附注", 320, 110, False),
    ],
)
def test_figures_beside_all_tables_and_words_stand_in_a_margin(
    text: str, left: float, top: float, *, is_marginal: bool, is_picture: bool
) -> None:
    lines = lines_of(glyphs(text, left, top))
    inner, marginal = parted_from_margins(lines, table(), is_picture=is_picture)
    assert [line.text for line in marginal] == ([text] if is_marginal else [])
    assert [line.text for line in inner] == ([] if is_marginal else [text])


@pytest.mark.parametrize("is_picture", [True, False])
def test_beside_a_heading_strokes_are_parted_from_words_only_in_a_picture(*, is_picture: bool) -> None:
    lines = lines_of([*glyphs("2", 50, 300), *glyphs("四、行政复议", 110, 300), *glyphs("△", 330, 300)])
    inner, marginal = parted_from_margins(lines, table(), is_picture=is_picture)
    told = (["四、行政复议"], ["2 △"]) if is_picture else (["2 四、行政复议 △"], [])
    assert ([line.text for line in inner], [line.text for line in marginal]) == told


@pytest.mark.parametrize("is_picture", [True, False])
def test_figures_below_words_as_far_out_are_those_of_a_table_without_lines(*, is_picture: bool) -> None:
    lines = lines_of([*glyphs("自然人", 50, 300), *glyphs("总计", 320, 300), *glyphs("7", 325, 320)])
    inner, marginal = parted_from_margins(lines, table(), is_picture=is_picture)
    assert (len(inner), marginal) == (2, [])


def test_without_a_ruled_table_nothing_stands_in_a_margin() -> None:
    lines = lines_of(glyphs("7", 5, 300))
    assert parted_from_margins(lines, (), is_picture=True) == (lines, [])


@pytest.mark.parametrize("beside", [[], glyphs("8", 330, 190)], ids=["none", "figure"])
def test_a_figure_in_a_margin_parts_no_table_from_what_goes_on_with_it(beside: list[Glyph]) -> None:
    first = [*glyphs("规章", 110, 105), *glyphs("1", 240, 105), *beside]
    second = [*glyphs("许可", 110, 105), *glyphs("2", 240, 105)]
    pages = [RawPage(400, 220, one, rulings(100, 200)) for one in (first, second)]
    document = document_of(pages, FILE, "PDF")
    lines = [line for line in document.text.splitlines() if line.strip()]
    assert [line.split() for line in lines] == [*([["8"]] if beside else []), ["规章", "1"], ["许可", "2"]]
