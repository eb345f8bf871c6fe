"""Lines of a page whose words dots lead to a figure: each is a line of its own, as far in as it stands."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.documents.pages.assembly import document_of
from extractor.documents.pages.page import Glyph, RawPage
from extractor.documents.source import Source

SIZE = 10
RIGHT = 550


def lines_of(rows: Sequence[tuple[int, str]]) -> list[tuple[str, int]]:
    """The lines of a page and how far in they are; of each where its words begin, and what they are."""
    glyphs = []
    for number, (left, words) in enumerate(rows):
        y = 80 + 18 * number
        for i, character in enumerate(words):
            x = left + SIZE * i
            glyphs.append(Glyph(character, 0, x, y, x + SIZE, y + SIZE))
    document = document_of([RawPage(600, 800, glyphs, [])], Source(b"", "page.pdf"), "PDF")
    return [
        (document.text[cell.start : cell.end], cell.indent) for grid in document.grids for cell in grid.cells
    ]


def led(left: int, label: str, figure: str) -> tuple[int, str]:
    """A line whose figure ends at the right side of the page."""
    count = (RIGHT - left) // SIZE - len(label) - len(figure)
    return left, f"{label}{'.' * count}{figure}"


def test_no_line_goes_on_with_one_that_dots_lead_to_a_figure() -> None:
    rows = [
        led(50, "收到诉求", "63件"),
        led(70, "热线", "49件"),
        led(70, "来访", "14件"),
        led(50, "公告", "7条"),
    ]
    assert [(text[:2], indent) for text, indent in lines_of(rows)] == [
        ("收到", 0),
        ("热线", 4),
        ("来访", 4),
        ("公告", 0),
    ]


def test_prose_goes_on_and_is_as_far_in_as_before() -> None:
    rows = [(70, "今年收到诉求六十三件" * 4 + "其中热线四十九件"), (50, "来访十四件。")]
    assert [indent for _, indent in lines_of(rows)] == [0]
