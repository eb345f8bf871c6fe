"""Rows of a table that stand in one, a line each in every cell: a whole, its parts, their figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from extractor.documents.document import Span
from extractor.statistics.raw_cells import LEAST_ROWS, RawCell
from extractor.statistics.words import is_unit, is_value, taken_apart
from extractor.text.folding import BLANK, indent_of


def with_rows_apart(text: str, lines: Sequence[list[RawCell]]) -> Iterator[list[RawCell]]:
    """The rows of a table, those that stand in one each as its own; a group beside them stays that of all.

    Args:
        text: of the document.
        lines: of the table.
    """
    stacks = [_stack(text, line) for line in lines]
    is_told = any(_are_many(stack) for stack in stacks)
    for line, stack in zip(lines, stacks, strict=True):
        if stack is not None and (is_told or _are_rows(stack.cells)):
            rows = [[one[number] for one in stack.cells] for number in range(len(stack.cells[0]))]
            yield [*stack.groups, *rows[0]]
            yield from rows[1:]
        else:
            yield line


class _Stack(NamedTuple):
    """The lines of a row's cells, as many in each, and the groups beside them."""

    groups: tuple[RawCell, ...]
    cells: list[list[RawCell]]


def _stack(text: str, line: Sequence[RawCell]) -> _Stack | None:
    """The lines of a row's cells; None if they aren't as many in each, two or more, those of one figures.

    Blank ones count, of all cells but that of the labels, where the others alone aren't as many.
    """
    cells = [[*_lines_of(text, cell)] for cell in line if cell.text.strip()]
    filled = [[one for one in pieces if one.text] for pieces in cells]
    groups = [*takewhile(lambda one: len(one) == 1, filled)]
    inner = next((one for one in (filled, cells) if _are_as_many(one[len(groups) :])), None)
    if inner is None:
        return None
    stack = inner[len(groups) :]
    has_figures = any(all(is_value(cell.text) for cell in one) for one in stack[1:])
    return _Stack(tuple(one[0] for one in groups), stack) if has_figures else None


def _are_as_many(cells: Sequence[Sequence[RawCell]]) -> bool:
    """Whether cells have as many lines each, two or more, and the first of them has no blank one."""
    counts = {len(one) for one in cells}
    return len(counts) == 1 and counts != {1} and all(one.text for one in cells[0])


def _are_many(stack: _Stack | None) -> bool:
    """Whether so many lines stand in a row that they are rows, and others of the table may be, too."""
    return stack is not None and len(stack.cells[0]) >= LEAST_ROWS


def _are_rows(cells: Sequence[Sequence[RawCell]]) -> bool:
    """Whether lines of cells are rows: each has its unit or its number, or is a part, or they are many; a
    label, or a number, may be broken over two lines."""
    labels, *others = cells
    words = [taken_apart(cell.text) for cell in labels]
    has_units = any(all(is_unit(cell.text) for cell in one) for one in others)
    are_told = all(one.unit is not None or one.level is not None for one in words)
    are_parts = all(cell.indent > 0 or one.is_part for cell, one in zip(labels[1:], words[1:], strict=True))
    return has_units or are_told or are_parts or len(labels) >= LEAST_ROWS


def _lines_of(text: str, cell: RawCell) -> Iterator[RawCell]:
    """The lines of a cell, each as one, blank ones, too, with how far in it begins."""
    start = cell.span.start
    for line in text[slice(*cell.span)].split("\n"):
        inner = line.strip(BLANK)
        begin = start + line.index(inner)
        indent = cell.indent if start == cell.span.start else indent_of(line)
        yield cell._replace(text=inner, span=Span(begin, begin + len(inner)), indent=indent)
        start += len(line) + 1
