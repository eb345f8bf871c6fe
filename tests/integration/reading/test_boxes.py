"""Tables of web pages made of boxes: grids, and boxes that a style makes parts of a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pytest

from extractor import extract
from extractor.documents.source import Source
from extractor.documents.web.page import read_html
from extractor.result.cells import Cell, Status
from tests.helpers.boxes import GRID, PARTS, boxes_of_rows, grid, grid_of_rows, page, placed_grid
from tests.helpers.merged import MergedCell, merged_table
from tests.helpers.pages import BLOCK, COLUMNS, CORNER, LABELS, by_address, figures

SETTLED = {Status.CONFIRMED, Status.UNCHECKED, Status.AS_PRINTED}
ORGAN = "某市林业局"
EXCHANGED = [COLUMNS[0], *COLUMNS[3:6], *COLUMNS[1:3], COLUMNS[6]]
NAMES = {column.id: column.label for column in BLOCK.columns}
WRITERS: dict[str, tuple[Callable[[Sequence[Sequence[MergedCell]]], str], str]] = {
    "spans": (grid, ""),
    "lines": (placed_grid, GRID),
    "rows without boxes": (grid_of_rows, GRID),
}


def with_blanks() -> dict[str, list[str]]:
    """The figures with nothing for 0."""
    return {row: ["" if text == "0" else text for text in texts] for row, texts in figures().items()}


def flat_table(values: Mapping[str, Sequence[str]], order: Sequence[str]) -> list[list[MergedCell]]:
    """Table 3 without merged cells."""
    header = [MergedCell(text) for text in (CORNER, *(NAMES[column] for column in order))]
    rows = (
        [LABELS[row], *(texts[COLUMNS.index(column)] for column in order)] for row, texts in values.items()
    )
    return [header, *([MergedCell(text) for text in row] for row in rows)]


def read(data: bytes) -> dict[str, Cell]:
    (extraction,) = extract(data)
    return {cell.address: cell for cell in extraction.cells if cell.address.startswith("requests.")}


def printed(cells: Mapping[str, Cell]) -> dict[str, str]:
    return {address: cell.printed for address, cell in cells.items()}


@pytest.mark.parametrize("order", [COLUMNS, EXCHANGED], ids=["usual", "exchanged"])
@pytest.mark.parametrize("writer", WRITERS)
def test_items_of_a_grid_stand_where_a_browser_shows_them(writer: str, order: list[str]) -> None:
    write, sheet = WRITERS[writer]
    cells = read(page(write(merged_table(figures(), order)), sheet))
    assert printed(cells) == by_address(figures())
    assert {cell.status for cell in cells.values()} == {Status.CONFIRMED}


@pytest.mark.parametrize("writer", WRITERS)
def test_an_item_without_anything_is_a_blank(writer: str) -> None:
    write, sheet = WRITERS[writer]
    cells = read(page(write(merged_table(with_blanks())), sheet))
    assert printed(cells) == by_address(with_blanks())
    assert Status.DISPUTED not in {cell.status for cell in cells.values()}


@pytest.mark.parametrize("order", [COLUMNS, EXCHANGED], ids=["usual", "exchanged"])
def test_boxes_that_a_style_makes_a_table_are_one(order: list[str]) -> None:
    cells = read(page(boxes_of_rows(flat_table(with_blanks(), order)), PARTS))
    assert printed(cells) == by_address(with_blanks())
    assert Status.DISPUTED not in {cell.status for cell in cells.values()}


@pytest.mark.parametrize(
    "sheet",
    [
        PARTS + ".table{direction:rtl}",
        PARTS + ".cell{transform:translateX(80px)}",
    ],
)
def test_rows_of_boxes_that_may_stand_otherwise_settle_nothing(sheet: str) -> None:
    table = boxes_of_rows(flat_table(with_blanks(), COLUMNS))
    assert SETTLED.isdisjoint(cell.status for cell in read(page(table, sheet)).values())


def test_boxes_in_the_cells_of_a_table_are_lines() -> None:
    """Pages centre what stands in a cell so."""
    styles = ("display:grid;grid-template-columns:1fr 1fr", "display:table")
    rows = flat_table(with_blanks(), COLUMNS)
    for style in styles:
        cells = (
            "".join(f'<td><div style="{style}"><b>{one.text}</b></div></td>' for one in row) for row in rows
        )
        table = "".join(f"<tr>{row}</tr>" for row in cells)
        assert printed(read(page(f"<table>{table}</table>"))) == by_address(with_blanks())


def test_rows_of_a_grid_are_where_their_labels_are() -> None:
    labels = dict(LABELS)
    one, other = "refused.internal_affairs", "refused.state_secret"
    labels[one], labels[other] = labels[other], labels[one]
    cells = read(page(grid(merged_table(figures(), labels=labels))))
    assert cells[f"requests.{other}.business"].printed == "2"
    assert cells[f"requests.{one}.business"].printed == "0"


@pytest.mark.parametrize(
    "style",
    [
        "order:3",
        "transform:translateX(80px)",
        "position:relative;left:70px",
        "position:absolute",
        "grid-area:a",
        "grid-column:-2",
        "grid-column:span 11",
        "grid-column:5",
        "grid-row:2",
    ],
)
def test_an_item_that_may_stand_elsewhere_settles_nothing(style: str) -> None:
    """The first figure of the first row: what follows moves with it, and what it is set upon is covered."""
    text = grid(merged_table(with_blanks()))
    assert text.count(">40<") == 1
    text = text.replace('grid-row:span 1;grid-column:span 1">40<', f'{style}">40<')
    assert SETTLED.isdisjoint(cell.status for cell in read(page(text)).values())


@pytest.mark.parametrize(
    ("usual", "other"),
    [
        ("display:grid", "display:grid;grid-auto-flow:column"),
        ("display:grid", "display:grid;grid-auto-flow:dense"),
        ("display:grid", "display:grid;direction:rtl"),
        ("display:grid", "display:grid;writing-mode:vertical-rl"),
        ("display:grid", "display:grid;grid-template-areas:'a b c'"),
        # A column that isn't seen, one too few, and a number that depends on the window.
        ("repeat(10,1fr)", "repeat(4,1fr) 0 repeat(5,1fr)"),
        ("repeat(10,1fr)", "repeat(9,1fr)"),
        ("repeat(10,1fr)", "repeat(auto-fill,80px)"),
        # What is no item, though a browser shows it as one.
        (">40</div>", ">41</div>40"),
    ],
)
def test_a_grid_that_may_be_arranged_otherwise_settles_nothing(usual: str, other: str) -> None:
    text = grid(merged_table(with_blanks()))
    assert text.count(usual) == 1
    assert SETTLED.isdisjoint(cell.status for cell in read(page(text.replace(usual, other))).values())


def test_a_grid_around_a_page_is_no_table() -> None:
    table = grid(merged_table(with_blanks()))
    menu = "<ul><li>首页</li><li>年报</li></ul>"
    around = f'<div style="display:grid;grid-template-columns:1fr 3fr">{menu}<div>{table}</div></div>'
    assert printed(read(page(around))) == by_address(with_blanks())


@pytest.mark.parametrize("style", ["display:grid;grid-template-columns:1fr 3fr", "display:table"])
def test_a_row_of_boxes_alone_arranges_a_page(style: str) -> None:
    title = f"{ORGAN}2022年政府信息公开工作年度报告"
    cells = "".join(f'<div style="display:table-cell">{text}</div>' for text in ("徽标", title))
    table = page(grid(merged_table(figures()))).split(b"</p>", 1)[1]
    (extraction,) = extract(f'<div style="{style}">{cells}</div>'.encode() + table)
    told = [fact.value for fact in (extraction.header.organ, extraction.header.year) if fact is not None]
    assert told == [ORGAN, "2022"]


def test_prose_in_a_grid_around_a_page_is_as_it_is_elsewhere() -> None:
    """A sheet that didn't come with the page may hide what has a class; in prose that counts for nothing."""
    prose = '<p>公开信息<span class="n">5</span>31条。</p>'
    around = f'<div style="display:grid;grid-template-columns:1fr">{prose}<p>完。</p></div>'
    document = read_html(Source(f'<link rel="stylesheet" href="a.css">{around}'.encode(), "page"))
    assert document.text == "公开信息531条。\n完。\n"
