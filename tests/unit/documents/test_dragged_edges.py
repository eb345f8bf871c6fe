"""Word tables whose columns' edges were dragged row by row."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractor import extract
from extractor.documents.word.dragged_edges import straightened
from extractor.result.cells import Status
from tests.helpers.packages import cell, row, word
from tests.helpers.pages import CORNER, LABELS, NAMES, TITLE, by_address, figures

SETTLED = {Status.CONFIRMED, Status.UNCHECKED, Status.AS_PRINTED}
# A label's column and seven others, in twentieths of a point.
USUAL = [0, 4000, 4700, 5400, 6100, 6800, 7500, 8200, 8900]


def table(rows: Sequence[Sequence[str]], edges: Sequence[Sequence[int]]) -> str:
    """A table of Word; of each row the words of its cells, and the edges between which they stand."""
    grid = sorted({edge for own in edges for edge in own})
    columns = "".join(f'<w:gridCol w:w="{after - before}"/>' for before, after in pairwise(grid))
    lines = []
    for words, own in zip(rows, edges, strict=True):
        spans = [grid.index(after) - grid.index(before) for before, after in pairwise(own)]
        lines.append(
            row(*(cell(text, f'<w:gridSpan w:val="{n}"/>') for text, n in zip(words, spans, strict=True)))
        )
    return f"<w:tbl><w:tblPr/><w:tblGrid>{columns}</w:tblGrid>{''.join(lines)}</w:tbl>"


def settled(edges: Sequence[Sequence[int]], rows: Sequence[Sequence[str]]) -> dict[str, str | None]:
    """What is settled of table 3 of a report that is made of a header and rows."""
    lines = [*TITLE.splitlines(), "三、收到和处理政府信息公开申请情况"]
    before = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
    (extraction,) = extract(word(before + table(rows, edges)), name="report.docx")
    return {one.address: one.printed for one in extraction.cells if one.status in SETTLED}


def test_edges_some_millimetres_apart_are_one() -> None:
    shown = figures()
    rows = [[CORNER, *NAMES], *([LABELS[name], *texts] for name, texts in shown.items())]
    dragged = [
        [
            edge + (0 if edge in (0, 4000, 8900) else 40 * ((number + place) % 5))
            for place, edge in enumerate(USUAL)
        ]
        for number in range(len(rows))
    ]
    found = settled(dragged, rows)
    assert {address: found[address] for address in by_address(shown)} == by_address(shown)


def test_a_row_that_begins_a_column_further_right_is_no_dragged_one() -> None:
    shown = figures()
    rows = [[CORNER, *NAMES], *([LABELS[name], *texts] for name, texts in shown.items())]
    rows[-1] = [rows[-1][0], *rows[-1][2:]]
    found = settled([*[USUAL] * (len(rows) - 1), [0, *USUAL[2:]]], rows)
    printed = by_address(shown)
    carried = {address: text for address, text in found.items() if "carried_out" in address}
    assert all(text == printed[address] for address, text in carried.items())


def test_what_a_cell_stands_between_are_two_edges() -> None:
    assert straightened([[(0, 1), (1, 3)], [(0, 2), (2, 3)]], [900, 60, 900]) == [0, 1, 1, 3]
    assert straightened([[(0, 1), (1, 2), (2, 3)], [(0, 2), (2, 3)]], [900, 60, 900]) == [0, 1, 2, 3]


def test_edges_further_apart_are_two() -> None:
    assert straightened([[(0, 1), (1, 3)], [(0, 2), (2, 3)]], [900, 400, 900]) == [0, 1, 2, 3]


def test_edges_that_lie_over_most_of_a_cell_are_not_one() -> None:
    rows = [[(0, end), (end, 5)] for end in range(1, 5)]
    assert straightened(rows, [900, 100, 100, 100, 300]) == [0, 1, 2, 3, 4, 5]


def test_a_grid_that_does_not_hold_all_cells_is_left() -> None:
    assert straightened([[(0, 1), (1, 4)]], [900, 60]) == [0, 1, 2, 3, 4]
    assert straightened([], []) == [0]
