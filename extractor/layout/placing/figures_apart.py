"""Labels in one block and figures, a cell a line, in another: their number cuts the figures into rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from extractor.layout.items.items import Item
from extractor.layout.placing.page_table import Candidate
from extractor.layout.rows.rows import PageRow


class Parts(NamedTuple):
    """The page rows of a block, and the labels that no figures are tied to.

    Attributes:
        candidates: in page order.
        loose: labels and short words.
    """

    candidates: tuple[Candidate, ...]
    loose: tuple[Item, ...]


def cut_in_rows(candidates: Sequence[Candidate], loose: Sequence[Item], columns: int) -> Parts:
    """Cut the one run of figures of a block into rows, if labels stand before it that need as many.

    Only where every line holds one figure: a blank that left no trace would shift all that follow. So pages
    look that were pasted from a phone, labels and figures each selected for themselves.

    Args:
        candidates: page rows, in page order.
        loose: labels and short words near the table that no figures are tied to.
        columns: how many the block has, in the edition that the page follows.

    Returns:
        What is given, where there is no such run.
    """
    given = Parts(tuple(candidates), tuple(loose))
    if len(candidates) != 1:
        return given
    (candidate,) = candidates
    row = candidate.row
    size = _columns(candidate, columns)
    labels = {row_id for item in loose if item.label is not None for row_id in item.label.all_rows}
    count, rest = divmod(len(row.slots), size)
    is_cell_a_line = len({slot.row for slot in row.slots}) == len(row.slots) == len(row.figures)
    if rest or count < 2 or row.on_line or not is_cell_a_line or not labels:
        return given
    runs = [row.slots[first : first + size] for first in range(0, len(row.slots), size)]
    rows = [PageRow(None, run, on_line=False, position=row.position) for run in runs]
    head = () if row.head is None else (row.head,)
    return Parts(
        tuple(Candidate(part, frozenset(), candidate.header) for part in rows), (*given.loose, *head)
    )


def _columns(candidate: Candidate, columns: int) -> int:
    """How many columns the page has: what its header tells, else what the form has."""
    orders = candidate.header.orders if candidate.header is not None else ()
    return max(map(len, orders), default=columns)
