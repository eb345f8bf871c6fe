"""Two tables of their own side by side in one grid, each with its header: 项目 | 数量 | | 渠道 | 条数."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractor.statistics.raw_cells import LEAST_ROWS, RawCell
from extractor.statistics.words import is_code_head, is_label_head, is_unit, is_value


def tables_beside(lines: Sequence[list[RawCell]]) -> Iterator[list[list[RawCell]]]:
    """The lines of each of the tables that stand side by side; all of them where they are one table.

    Another one begins where the header names indicators again, or behind a column that is blank all the way
    down: there each row with figures further right has a label, and figures stand to the left, too, which
    codes are none of. Words between figures of one row, as who answers for it, have another name above them
    and no blank before them.

    Args:
        lines: of a grid, from top to bottom, the cells of each from left to right.
    """
    filled = [_has_figure(line[1:], 0) for line in lines]
    first = filled.index(True) if True in filled else 0
    starts = [*_starts(lines[first - 1], lines[first:])] if first else []
    if not starts:
        yield [*lines]
        return
    bounds = [0, *starts, max(cell.column for line in lines for cell in line) + 1]
    for left, right in pairwise(bounds):
        yield [*_between(left, right, lines)]


def _between(left: int, right: int, lines: Sequence[list[RawCell]]) -> Iterator[list[RawCell]]:
    """What lines have in the columns of one table, as far as they have anything there."""
    for line in lines:
        own = [cell._replace(column=cell.column - left) for cell in line if left <= cell.column < right]
        if any(cell.text for cell in own):
            yield own


def _starts(head: Sequence[RawCell], body: Sequence[Sequence[RawCell]]) -> Iterator[int]:
    """The columns that other tables begin with, below the words of a header."""
    figures = _columns_of_figures(head, body)
    filled = {cell.column for line in (head, *body) for cell in line if cell.text}
    left = max(head[0].column, min(figures)) if figures else None
    for cell in head:
        is_told = is_label_head(cell.text) or (bool(cell.text) and cell.column - 1 not in filled)
        if left is not None and cell.column > left and is_told and _are_labels(cell.column, body):
            yield cell.column


def _columns_of_figures(head: Sequence[RawCell], body: Sequence[Sequence[RawCell]]) -> set[int]:
    """The columns that have figures behind the first cell of a line, and no codes."""
    codes = {cell.column for cell in head if is_code_head(cell.text)}
    return {cell.column for line in body for cell in line[1:] if is_value(cell.text)} - codes


def _are_labels(column: int, body: Sequence[Sequence[RawCell]]) -> bool:
    """Whether every row with figures behind a column has words of its own there."""
    behind = [line for line in body if _has_figure(line, column + 1)]
    labels = [cell.text for line in behind for cell in line if cell.column == column and cell.text]
    are_own = len(labels) == len(behind) == len({*labels}) and len(labels) >= LEAST_ROWS
    return are_own and not any(is_value(label) or is_unit(label) for label in labels)


def _has_figure(line: Sequence[RawCell], start: int) -> bool:
    """Whether a figure stands in a column or to the right of it."""
    return any(cell.column >= start and is_value(cell.text) for cell in line)
