"""What stands beside the text of pages: at their edges, in margins, across them; and what is their text."""

from collections.abc import Iterator

import pytest

from extractor.documents.asides import Mark
from extractor.documents.document import Document, Locator
from extractor.documents.pages.page import Aside, Glyph, RawPage
from extractor.documents.pages.stamps import noted, words_beside

WIDTH, HEIGHT = 595.0, 842.0


def line(words: str, top: float, size: float = 10.0, left: float = 60.0) -> Iterator[Glyph]:
    for i, character in enumerate(words):
        yield Glyph(character, 0, left + i * size, top, left + (i + 1) * size, top + size)


TEXT = [glyph for row in range(20) for glyph in line("政府信息公开申请办理情况", 200.0 + 20 * row)]


def page(*glyphs: Glyph, asides: tuple[Aside, ...] = ()) -> RawPage:
    return RawPage(WIDTH, HEIGHT, [*TEXT, *glyphs], [], asides=asides)


def slanted(words: str, size: float = 90.0) -> Iterator[Glyph]:
    for i, character in enumerate(words):
        left, top = 100.0 + 60 * i, 500.0 - 50 * i
        yield Glyph(character, 0, left, top, left + size, top + size)


def test_letters_across_a_page_are_words_on_it() -> None:
    assert words_beside(page(*slanted("作废"))) == ["作废"]


def test_two_stamps_are_told_apart() -> None:
    assert words_beside(page(*slanted("初稿"), *slanted("内部"))) == ["初稿", "内部"]


def test_digits_of_a_stamp_stand_among_its_letters() -> None:
    digits = tuple(
        Aside(Mark.REVERSED, one, (20.0 + 10 * i, 500, 90.0 + 10 * i, 570)) for i, one in enumerate("2022")
    )
    assert "2022年度" in words_beside(page(*slanted("年度"), asides=digits))


def test_turned_words_in_a_margin_are_read_along_it() -> None:
    places = [700.0, 690, 680, 640, 630, 620]
    turned = [Glyph(one, 3, 577, y, 587, y + 10) for one, y in zip("以上为年数据", places, strict=True)]
    digits = tuple(
        Aside(Mark.REVERSED, one, (577, 670.0 - 8 * i, 587, 678.0 - 8 * i)) for i, one in enumerate("2022")
    )
    assert words_beside(page(*turned, asides=digits)) == ["以上为2022年数据"]


@pytest.mark.parametrize("top", [20.0, 810.0])
def test_what_stands_at_the_edge_of_a_page_is_said_of_it(top: float) -> None:
    assert words_beside(page(*line("样本", top, 9))) == ["样本"]


@pytest.mark.parametrize("size", [10.0, 22.0, 30.0])
def test_lines_and_titles_within_a_page_are_its_text(size: float) -> None:
    assert words_beside(page(*line("年度报告", 100, size))) == []


def test_a_page_whose_text_is_turned_has_no_turned_margin() -> None:
    glyphs = [glyph._replace(turn=1) for glyph in TEXT]
    assert words_beside(RawPage(WIDTH, HEIGHT, glyphs, [])) == []


def test_words_on_the_first_page_are_said_of_all_those_on_another_of_that_page() -> None:
    located = ((0, 4, Locator(1)), (4, 8, Locator(2)), (8, 12, Locator(2)))
    document = Document("公开公开公开公开公开公开", "x", "PDF", (), located=located)
    assert noted(document, [["样本"], ["作废"]]).notes == ((0, 12, "样本"), (4, 12, "作废"))
