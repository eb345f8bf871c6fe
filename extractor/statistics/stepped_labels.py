"""Labels each in the column of its level, behind blank cells: 查询总量 in the second, 柜面 in the third."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.statistics.raw_cells import RawCell
from extractor.statistics.words import is_unit, is_value

# How far in a row begins for every column before that of its label, in blanks.
_PER_COLUMN = 4
# So many labels of a further column are no accident.
_LEAST_LABELS = 2
# Beyond all columns of a table.
_NO_COLUMN = 1 << 30


def with_stepped_labels(lines: Sequence[list[RawCell]]) -> list[list[RawCell]]:
    """The lines of a table, its labels in one column, each as far in as its own column says.

    No line has labels in two columns, as one has that stands beside the cell of its group, and each has
    blank cells before its label.

    Args:
        lines: with the header, which has words above the first of these columns alone, or above each.
    """
    columns = _columns_of_labels(lines)
    labels = [[cell for cell in line if cell.column in columns and cell.text] for line in lines]
    if labels and len(labels[0]) == len(columns):
        del labels[0][1:]
    if not _are_steps(labels[1:]) or not all(map(_is_behind_blanks, lines, labels)):
        return [*lines]
    return [
        [*map(_moved, own), *(cell for cell in line if cell.column not in columns)]
        for line, own in zip(lines, labels, strict=True)
    ]


def _are_steps(labels: Sequence[Sequence[RawCell]]) -> bool:
    """Whether some labels below a header stand in the first column, and several further in."""
    steps = [cell.column for own in labels for cell in own]
    return 0 in steps and sum(step > 0 for step in steps) >= _LEAST_LABELS


def _columns_of_labels(lines: Sequence[Sequence[RawCell]]) -> set[int]:
    """The columns before the first figure in which lines have words, but for units: headings, and rows."""
    filled = [[cell for cell in line if cell.text] for line in lines]
    firsts = [_first_figure(line) for line in filled]
    width = min(firsts, default=_NO_COLUMN)
    rows = [line for line, first in zip(filled, firsts, strict=True) if len(line) == 1 or first < _NO_COLUMN]
    return {cell.column for line in rows for cell in line if cell.column < width and not is_unit(cell.text)}


def _first_figure(line: Sequence[RawCell]) -> int:
    """The column of a line's first figure behind its first words; beyond all columns if it has none."""
    return next((cell.column for cell in line[1:] if is_value(cell.text)), _NO_COLUMN)


def _is_behind_blanks(line: Sequence[RawCell], labels: Sequence[RawCell]) -> bool:
    """Whether a line has one label, and a blank cell in every column before it; or none."""
    blank = {cell.column for cell in line if not cell.text}
    return not labels or (len(labels) == 1 and set(range(labels[0].column)) <= blank)


def _moved(label: RawCell) -> RawCell:
    return label._replace(column=0, indent=label.indent + _PER_COLUMN * label.column)
