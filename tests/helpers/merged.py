"""Table 3 as its form has it, in merged cells: a header of three rows, groups' labels beside their rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tests.helpers.pages import BLOCK, COLUMNS, CORNER, LABELS

# The first row of each group, its label, and how many rows it has.
_GROUPS = {
    "refused.state_secret": ("（三）不予公开", 8),
    "unavailable.not_held": ("（四）无法提供", 3),
    "not_processed.petition": ("（五）不予处理", 5),
    "other.not_corrected": ("（六）其他处理", 3),
}
_RESULTS = ("三、本年度办理结果", 22)
_OF_GROUPS = ("refused.", "unavailable.", "not_processed.", "other.")
_NAMES = {column.id: column.label for column in BLOCK.columns}


class MergedCell(NamedTuple):
    """A cell: its text, and how many rows and columns it covers."""

    text: str
    rows: int = 1
    columns: int = 1


def merged_table(
    values: Mapping[str, Sequence[str]],
    order: Sequence[str] = COLUMNS,
    labels: Mapping[str, str] = LABELS,
) -> list[list[MergedCell]]:
    """The rows of table 3, of each its own cells.

    Args:
        values: the figures of each row, in the form's order of columns.
        order: of the columns on the page: that of a natural person, five in any order, the total.
        labels: of the rows.
    """
    header = [
        [MergedCell(CORNER, 3, 3), MergedCell("申请人情况", 1, 7)],
        [
            MergedCell(_NAMES[order[0]], 2),
            MergedCell("法人或其他组织", 1, 5),
            MergedCell(_NAMES[order[-1]], 2),
        ],
        [MergedCell(_NAMES[column]) for column in order[1:-1]],
    ]
    return [*header, *(_row(row, values[row], order, labels[row]) for row in values)]


def _row(row: str, values: Sequence[str], order: Sequence[str], label: str) -> list[MergedCell]:
    is_of_results = row not in ("received", "carried_in", "carried_out")
    is_of_group = row.startswith(_OF_GROUPS)
    cells = [MergedCell(_RESULTS[0], _RESULTS[1])] if row == "granted" else []
    if row in _GROUPS:
        group, rows = _GROUPS[row]
        cells.append(MergedCell(group, rows))
    cells.append(MergedCell(label, 1, 1 if is_of_group else 2 if is_of_results else 3))
    return [*cells, *(MergedCell(values[COLUMNS.index(column)]) for column in order)]
