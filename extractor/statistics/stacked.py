"""Rows of a table that stand in one, a line each in every cell: a whole, its parts, their figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

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
    for line in lines:
        cells = [pieces for cell in line if (pieces := [*_lines_of(text, cell)])]
        groups = [*takewhile(lambda one: len(one) == 1, cells)]
        cells = cells[len(groups) :]
        count = len(cells[0]) if cells else 0
        if count > 1 and all(len(one) == count for one in cells) and _are_rows(cells):
            rows = [[one[number] for one in cells] for number in range(count)]
            yield [*(one[0] for one in groups), *rows[0]]
            yield from rows[1:]
        else:
            yield line


def _are_rows(cells: Sequence[Sequence[RawCell]]) -> bool:
    """Whether lines of cells are rows: each has its unit or its number, or is a part, or they are many; a
    label, or a number, may be broken over two lines."""
    labels, *others = cells
    words = [taken_apart(cell.text) for cell in labels]
    has_units = any(all(is_unit(cell.text) for cell in one) for one in others)
    are_told = all(one.unit is not None or one.level is not None for one in words)
    are_parts = all(cell.indent > 0 or one.is_part for cell, one in zip(labels[1:], words[1:], strict=True))
    is_any = has_units or are_told or are_parts or len(labels) >= LEAST_ROWS
    return is_any and any(all(is_value(cell.text) for cell in one) for one in others)


def _lines_of(text: str, cell: RawCell) -> Iterator[RawCell]:
    """The lines of a cell, each as one, with how far in it begins."""
    start = cell.span.start
    for line in text[slice(*cell.span)].split("\n"):
        inner = line.strip(BLANK)
        if inner:
            begin = start + line.index(inner)
            indent = cell.indent if start == cell.span.start else indent_of(line)
            yield cell._replace(text=inner, span=Span(begin, begin + len(inner)), indent=indent)
        start += len(line) + 1
