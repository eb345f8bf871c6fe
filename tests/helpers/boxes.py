"""Tables of web pages that are made of boxes, without any ``<table>``."""

from __future__ import annotations

from collections.abc import Sequence

from tests.helpers.merged import MergedCell
from tests.helpers.pages import TITLE

# What the classes of the boxes below are: a grid of ten columns, items that span some, parts of a table.
GRID = ".g{display:grid;grid-template-columns:80px [labels] 90px minmax(0, 2fr) repeat(7, 1fr)}" + "".join(
    f".r{size}{{grid-row:span {size}}}.c{size}{{grid-column:span {size}}}" for size in range(1, 23)
)
PARTS = ".table{display:table}.row{display:table-row}.cell{display:table-cell}"


def page(body: str, sheet: str = "") -> bytes:
    """A report around a table 3."""
    paragraphs = "".join(f"<p>{line}</p>" for line in TITLE.split("\n") if line)
    style = f"<style>{sheet}</style>" if sheet else ""
    return (
        f"<html><head>{style}</head><body>{paragraphs}<h3>三、收到和处理政府信息公开申请情况</h3>"
        f"{body}<h3>五、存在的主要问题及改进情况</h3><p>无。</p></body></html>"
    ).encode()


def columns_of(rows: Sequence[Sequence[MergedCell]]) -> int:
    """How many columns a table has, by its first row, which nothing reaches into from above."""
    return sum(cell.columns for cell in rows[0])


def grid(rows: Sequence[Sequence[MergedCell]]) -> str:
    """Items that say how many rows and columns they span, one behind the other."""
    items = "".join(
        f'<div style="grid-row:span {cell.rows};grid-column:span {cell.columns}">{cell.text}</div>'
        for row in rows
        for cell in row
    )
    return f'<div style="display:grid;grid-template-columns:repeat({columns_of(rows)},1fr)">{items}</div>'


def placed_grid(rows: Sequence[Sequence[MergedCell]]) -> str:
    """Items that name the lines between which they stand, from the last one to the first."""
    items: list[str] = []
    taken: set[tuple[int, int]] = set()
    for row, cells in enumerate(rows, 1):
        column = 1
        for cell in cells:
            while (row, column) in taken:
                column += 1
            taken |= {(row + r, column + c) for r in range(cell.rows) for c in range(cell.columns)}
            place = f"grid-area:{row}/{column}/{row + cell.rows}/span {cell.columns}"
            items.append(f'<div style="{place}">{cell.text}</div>')
    return f'<div class="g">{"".join(reversed(items))}</div>'


def grid_of_rows(rows: Sequence[Sequence[MergedCell]]) -> str:
    """Items in rows of which no box is made (``display: contents``)."""
    wrapped = "".join(
        '<div style="display:contents">'
        + "".join(f'<span class="r{cell.rows} c{cell.columns}">{cell.text}</span>' for cell in row)
        + "</div>"
        for row in rows
    )
    return f'<section class="g">{wrapped}</section>'


def boxes_of_rows(rows: Sequence[Sequence[MergedCell]]) -> str:
    """Boxes in rows of them, told by their classes."""
    lines = ("".join(f'<div class="cell">{cell.text}</div>' for cell in row) for row in rows)
    return f'<div class="table">{"".join(f"""<div class="row">{line}</div>""" for line in lines)}</div>'
