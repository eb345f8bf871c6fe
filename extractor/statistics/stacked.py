"""Rows of a table that stand in one, a line each in every cell: a whole, its parts, their figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.documents.document import Span
from extractor.statistics.raw_cells import RawCell
from extractor.statistics.words import is_unit, is_value, taken_apart
from extractor.text.folding import BLANK, indent_of


def with_rows_apart(text: str, lines: Sequence[list[RawCell]]) -> Iterator[list[RawCell]]:
    """The rows of a table, those that stand in one each as its own.

    Args:
        text: of the document.
        lines: of the table.
    """
    for line in lines:
        cells = [pieces for cell in line if (pieces := [*_lines_of(text, cell)])]
        count = len(cells[0]) if cells else 0
        if count > 1 and all(len(one) == count for one in cells) and _are_rows(cells):
            yield from ([one[number] for one in cells] for number in range(count))
        else:
            yield line


def _are_rows(cells: Sequence[Sequence[RawCell]]) -> bool:
    """Whether lines of cells are rows: each has its unit, or is a part; a number may be broken over lines."""
    labels, *others = cells
    has_units = any(all(is_unit(cell.text) for cell in one) for one in others)
    are_parts = all(cell.indent > 0 or taken_apart(cell.text).is_part for cell in labels[1:])
    return (has_units or are_parts) and any(all(is_value(cell.text) for cell in one) for one in others)


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
