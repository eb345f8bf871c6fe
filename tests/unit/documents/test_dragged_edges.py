"""Tables of Word, and of its web pages, whose columns' edges were dragged row by row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import pytest

from extractor import extract
from extractor.documents.dragged_edges import straightened
from extractor.documents.web.cell_widths import Extent, stated_width, widths_of_columns
from extractor.result.cells import Status
from tests.helpers.packages import cell, row, word
from tests.helpers.pages import CORNER, LABELS, NAMES, TITLE, by_address, figures

SETTLED = {Status.CONFIRMED, Status.UNCHECKED, Status.AS_PRINTED}
# A label's column and seven others, in twentieths of a point.
USUAL = [0, 4000, 4700, 5400, 6100, 6800, 7500, 8200, 8900]


def spans(edges: Sequence[Sequence[int]]) -> list[list[int]]:
    """Of each row how many columns of the grid that all edges make its cells cover."""
    grid = sorted({edge for own in edges for edge in own})
    return [[grid.index(after) - grid.index(before) for before, after in pairwise(own)] for own in edges]


def word_file(before: Sequence[str], rows: Sequence[Sequence[str]], edges: Sequence[Sequence[int]]) -> bytes:
    """Lines and a table; of each row the words of its cells, and the edges between which they stand."""
    grid = sorted({edge for own in edges for edge in own})
    columns = "".join(f'<w:gridCol w:w="{after - before}"/>' for before, after in pairwise(grid))
    lines = [
        row(*(cell(text, f'<w:gridSpan w:val="{n}"/>') for text, n in zip(words, own, strict=True)))
        for words, own in zip(rows, spans(edges), strict=True)
    ]
    paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in before)
    body = f"<w:tbl><w:tblPr/><w:tblGrid>{columns}</w:tblGrid>{''.join(lines)}</w:tbl>"
    return word(paragraphs + body)


def web_page(before: Sequence[str], rows: Sequence[Sequence[str]], edges: Sequence[Sequence[int]]) -> bytes:
    """The same as Word writes it as a page: how wide each cell is stands in its tag."""
    lines = [
        "".join(
            f"<td colspan={n} width={round((after - start) / 15)}>{text}</td>"
            for text, n, (start, after) in zip(words, own, pairwise(at), strict=True)
        )
        for words, own, at in zip(rows, spans(edges), edges, strict=True)
    ]
    table = "".join(f"<tr>{line}</tr>" for line in lines)
    return f"{''.join(f'<p>{line}</p>' for line in before)}<table>{table}</table>".encode()


Made = Callable[[Sequence[str], Sequence[Sequence[str]], Sequence[Sequence[int]]], bytes]
MADE: dict[str, Made] = {"report.docx": word_file, "report.html": web_page}


def settled(
    name: str, edges: Sequence[Sequence[int]], rows: Sequence[Sequence[str]]
) -> dict[str, str | None]:
    """What is settled of table 3 of a report that is made of a header and rows."""
    lines = [*TITLE.splitlines(), "三、收到和处理政府信息公开申请情况"]
    (extraction,) = extract(MADE[name](lines, rows, edges), name=name)
    return {one.address: one.printed for one in extraction.cells if one.status in SETTLED}


@pytest.mark.parametrize("name", MADE)
def test_edges_some_millimetres_apart_are_one(name: str) -> None:
    shown = figures()
    rows = [[CORNER, *NAMES], *([LABELS[name], *texts] for name, texts in shown.items())]
    dragged = [
        [
            edge + (0 if edge in (0, 4000, 8900) else 40 * ((number + place) % 5))
            for place, edge in enumerate(USUAL)
        ]
        for number in range(len(rows))
    ]
    found = settled(name, dragged, rows)
    assert {address: found[address] for address in by_address(shown)} == by_address(shown)


@pytest.mark.parametrize("name", MADE)
def test_a_row_that_begins_a_column_further_right_is_no_dragged_one(name: str) -> None:
    shown = figures()
    rows = [[CORNER, *NAMES], *([LABELS[name], *texts] for name, texts in shown.items())]
    rows[-1] = [rows[-1][0], *rows[-1][2:]]
    found = settled(name, [*[USUAL] * (len(rows) - 1), [0, *USUAL[2:]]], rows)
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


def test_cells_of_a_page_say_how_wide_columns_are() -> None:
    cells = [Extent(0, 1, 60), Extent(1, 3, 40), Extent(0, 2, 63), Extent(2, 3, 38)]
    assert widths_of_columns(cells) == [900, 45, 562.5]
    # Nothing ends where the second column does.
    assert widths_of_columns([Extent(0, 1, 60), Extent(1, 3, 40)]) == [900, 600, 0]


def test_cells_that_disagree_tell_no_width() -> None:
    assert not widths_of_columns([Extent(0, 1, 60), Extent(1, 2, 40), Extent(0, 2, 160)])
    assert not widths_of_columns([Extent(0, 1, 60), Extent(1, 2, 0)])


@pytest.mark.parametrize(
    ("attributes", "width"),
    [
        ({"width": "57"}, 57),
        ({"width": " 57px"}, 57),
        ({"width": "12%"}, 0),
        ({"style": "border:none;WIDTH: 42pt"}, 56),
        ({"width": "90", "style": "width:60.0px !important"}, 60),
        ({"style": "max-width:9px"}, 0),
        ({"style": "width:auto"}, 0),
    ],
)
def test_a_cell_says_how_wide_it_is(attributes: dict[str, str], width: float) -> None:
    assert stated_width(attributes) == pytest.approx(width)
