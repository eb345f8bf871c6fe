"""Page numbers in the margins of PDFs, and figures of tables that stand there."""

from __future__ import annotations

import pytest

from extractor.documents.pages.lines import lines_of
from extractor.documents.pages.page import Glyph, RawPage
from extractor.documents.pages.paragraphs import Furniture

WIDTH, HEIGHT, SIZE = 600.0, 800.0, 10.0


def page(*lines: tuple[str, float]) -> RawPage:
    """A page with lines of text, each at its distance from the top."""
    glyphs = [
        Glyph(character, 0, 50 + SIZE * place, top, 50 + SIZE * (place + 1), top + SIZE)
        for text, top in lines
        for place, character in enumerate(text)
    ]
    return RawPage(WIDTH, HEIGHT, glyphs, [])


@pytest.mark.parametrize(("gap", "kept"), [(2.0, True), (30.0, False)])
def test_a_bare_number_close_to_a_line_is_its_figure_and_no_page_number(gap: float, *, kept: bool) -> None:
    above = 760.0
    raw = page(("正文", 400.0), ("结转下年度", above), ("3", above + SIZE + gap))
    left = [line.text for line in Furniture().without(lines_of(raw.glyphs), raw)]
    assert left == ["正文", "结转下年度", *(["3"] if kept else [])]
