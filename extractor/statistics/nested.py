"""Rows without a header behind the name of each group, as in tables within cells: they are one list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, groupby

from extractor.documents.document import Grid, GridCell
from extractor.statistics.words import is_title, is_value

# So many groups with rows of one form are no accident.
_LEAST_GROUPS = 2
_LONGEST_NAME = 20


def with_tables_in_cells(text: str, grids: Sequence[Grid]) -> Iterator[Grid]:
    """The grids of a document, those that are a name alone and rows without a header, in turns, as one.

    The first name may stand below other lines.

    Args:
        text: of the document.
        grids: in the order of the page.
    """
    place = 0
    while place < len(grids):
        groups = [*_groups(text, grids[place:])]
        if len(groups) < _LEAST_GROUPS:
            yield grids[place]
            place += 1
            continue
        above = grids[place].cells[:-1]
        yield from [replace(grids[place], cells=above)] if above else []
        yield Grid("table", tuple(_counted(chain.from_iterable(groups))))
        place += 2 * len(groups)


def _groups(text: str, grids: Sequence[Grid]) -> Iterator[list[list[GridCell]]]:
    """The rows of each group that grids begin with, its name first; all of them are of one form."""
    width = 0
    for name, body in zip(grids[::2], grids[1::2], strict=False):
        is_name = _is_name(text, name) and (width == 0 or len(name.cells) == 1)
        own = _width(text, body) if is_name else 0
        if own == 0 or width not in (0, own):
            return
        width = own
        rows = [[*cells] for _, cells in groupby(body.cells, key=lambda cell: cell.row)]
        yield [[replace(name.cells[-1], column=1)], *rows]


def _is_name(text: str, grid: Grid) -> bool:
    """Whether the last line of a grid is one cell that may be the name of a group."""
    if not grid.cells:
        return False
    last = grid.cells[-1]
    words = text[last.start : last.end]
    is_alone = all(cell.row < last.row for cell in grid.cells[:-1])
    is_short = 0 < len(words) <= _LONGEST_NAME and not words.endswith(("。", "；", "："))
    is_line = grid.kind == "cell_per_line" or len(grid.cells) == 1
    return is_alone and is_line and is_short and not is_value(words) and not is_title(words)


def _width(text: str, grid: Grid) -> int:
    """How many cells each row of a table without a header has; 0 if it has one, or rows of several widths."""
    rows = [[*cells] for _, cells in groupby(grid.cells, key=lambda cell: cell.row)]
    widths = {len(row) for row in rows}
    has_figures = all(any(is_value(text[cell.start : cell.end]) for cell in row[1:]) for row in rows)
    return widths.pop() if grid.kind == "table" and len(widths) == 1 and has_figures else 0


def _counted(rows: Iterator[list[GridCell]]) -> Iterator[GridCell]:
    """The cells of rows, these counted on from 0."""
    return (replace(cell, row=number) for number, row in enumerate(rows) for cell in row)
