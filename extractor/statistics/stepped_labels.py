"""Labels each in the column of its level, behind blank cells: 查询总量 in the second, 柜面 in the third."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.statistics.raw_cells import RawCell
from extractor.statistics.words import is_unit, is_value

# How far in a row begins for every column before that of its label, in blanks.
_PER_COLUMN = 4
# So many labels of a further column are no accident.
_LEAST_LABELS = 2


def with_stepped_labels(lines: Sequence[list[RawCell]]) -> list[list[RawCell]]:
    """The lines of a table, its labels in one column, each as far in as its own column says.

    No line has labels in two columns, as one has that stands beside the cell of its group, and each has
    blank cells before its label.

    Args:
        lines: with the header, which has words above the first of these columns alone.
    """
    columns = _columns_of_labels(lines)
    labels = [[cell for cell in line if cell.column in columns and cell.text] for line in lines]
    steps = [cell.column for own in labels[1:] for cell in own]
    is_stepped = 0 in steps and sum(step > 0 for step in steps) >= _LEAST_LABELS
    if not is_stepped or not all(map(_is_behind_blanks, lines, labels)):
        return [*lines]
    return [
        [*map(_moved, own), *(cell for cell in line if cell.column not in columns)]
        for line, own in zip(lines, labels, strict=True)
    ]


def _columns_of_labels(lines: Sequence[Sequence[RawCell]]) -> set[int]:
    """The columns in which lines have words before their first figure, but for units."""
    body = [line for line in lines if any(is_value(cell.text) for cell in line[1:])]
    width = min(map(_first_figure, body), default=0)
    cells = (cell for line in body for cell in line if cell.column < width)
    return {cell.column for cell in cells if cell.text and not is_unit(cell.text)}


def _first_figure(line: Sequence[RawCell]) -> int:
    return next(cell.column for cell in line[1:] if is_value(cell.text))


def _is_behind_blanks(line: Sequence[RawCell], labels: Sequence[RawCell]) -> bool:
    """Whether a line has one label, and a blank cell in every column before it; or none."""
    blank = {cell.column for cell in line if not cell.text}
    return not labels or (len(labels) == 1 and set(range(labels[0].column)) <= blank)


def _moved(label: RawCell) -> RawCell:
    return label._replace(column=0, indent=label.indent + _PER_COLUMN * label.column)
