"""Letters that number the rows of a table without vertical lines: A, A1, A2, B."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.documents.pages.assembly import document_of
from extractor.documents.pages.page import Glyph, RawPage
from extractor.documents.source import Source

SIZE = 10
COLUMNS = (50, 110, 400)
ROWS = (
    ("序号", "内容", "2011年"),
    ("A", "主动公开", "926"),
    ("A1", "政策法规", "22"),
    ("A2", "行政审批", "904"),
    ("B", "公开渠道", ""),
    ("B1", "气象局网站", "900"),
    ("C", "行政复议", "0"),
    ("D", "行政诉讼", "1"),
    ("E", "开放活动", "11"),
)


def rows_of(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """The cells of the table that words in columns are, a line each."""
    glyphs = []
    for number, row in enumerate(rows):
        y = 80 + 18 * number
        for left, words in zip(COLUMNS, row, strict=True):
            for i, character in enumerate(words):
                glyphs.append(Glyph(character, 0, left + SIZE * i, y, left + SIZE * (i + 1), y + SIZE))
    document = document_of([RawPage(600, 800, glyphs, [])], Source(b"", "page.pdf"), "PDF")
    (grid,) = [grid for grid in document.grids if grid.kind == "table"]
    lines: dict[int, list[str]] = {}
    for cell in grid.cells:
        lines.setdefault(cell.row, []).append(document.text[cell.start : cell.end])
    return [*lines.values()]


def test_each_letter_stands_in_the_row_of_its_label() -> None:
    assert rows_of(ROWS) == [[*row] for row in ROWS]


def test_characters_one_below_the_other_that_count_nothing_are_one_label() -> None:
    """大 中 小 beside three figures is written downwards."""
    rows = [*ROWS[:6], ("监", "行政复议", "0"), ("督", "行政诉讼", "1"), ("类", "开放活动", "11")]
    assert ["监督类", "行政复议", "0"] in [
        ["".join(row[0].split()), *row[1:]] for row in rows_of(rows) if len(row) > 1
    ]
