"""Rows with more cells than others, or fewer: blank ones lead them, or their label is merged over several."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from extractor.statistics.raw_cells import RawCell
from extractor.statistics.words import is_value

# How far in a row begins for every blank cell before its label, in blanks.
_PER_CELL = 4


def in_their_columns(lines: Sequence[list[RawCell]]) -> list[list[RawCell]]:
    """The lines of a table, each with its figures where other rows have theirs.

    A row is further in whose label stands where others have figures. A label before as many figures as there
    are columns of them is merged over all columns of labels.

    Args:
        lines: of the table, with its header, each cell at the place that it has in its line.

    Returns:
        The same lines, the blank cells before such a label left out. A label in a column of labels, beside
        that of its group, stays where it is.
    """
    full = [line for line in lines if line[0].text and _has_figure(line[1:])]
    width = max((len(line) for line in full), default=0)
    cells = [cell for line in full for cell in line[1:] if cell.text]
    filled = Counter(cell.column for cell in cells)
    values = Counter(cell.column for cell in cells if is_value(cell.text))
    of_figures = {column for column, times in values.items() if 2 * times > filled[column]}
    return [_in_its_columns(line, width, of_figures) for line in lines]


def _has_figure(cells: Sequence[RawCell]) -> bool:
    return any(is_value(cell.text) for cell in cells)


def _in_its_columns(line: list[RawCell], width: int, of_figures: set[int]) -> list[RawCell]:
    before = next((place for place, cell in enumerate(line) if cell.text), 0)
    label, *others = line[before:]
    if not _has_figure(others):
        return line
    if before == 0:
        return [label, *_below_theirs(others, width, of_figures)]
    if label.column not in of_figures or is_value(label.text) or len(line) - before > width:
        return line
    moved = [cell._replace(column=cell.column - before) for cell in others]
    return [label._replace(column=0, indent=label.indent + _PER_CELL * before), *moved]


def _below_theirs(cells: Sequence[RawCell], width: int, of_figures: set[int]) -> Iterator[RawCell]:
    """The cells behind a label, which may be merged over all columns of labels, in their columns."""
    is_short = len(cells) + 1 < width and len(cells) == len(of_figures)
    is_merged = is_short and all(not cell.text or is_value(cell.text) for cell in cells)
    columns = sorted(of_figures) if is_merged else [cell.column for cell in cells]
    return (cell._replace(column=at) for cell, at in zip(cells, columns, strict=True))
