"""Whether the figures of a row may stand on the line above or below it."""

from __future__ import annotations

from extractor.layout.placing.anchors import Anchors
from extractor.layout.placing.page_table import PageTable
from extractor.layout.placing.slots import are_apart
from extractor.layout.rows.rows import PageRow

# The first column of a grid: those of texts are counted from 0, those of tables from 1.
_LEFTMOST = (0, 1)


def figures_may_be_of_a_neighbour(table: PageTable, anchors: Anchors, position: int, beside: int) -> bool:
    """Whether the figures of a row may stand, in whole or in part, on the line above or below it.

    They may if that line has figures, but no label of a row, and the row lacks some, or the line
    has no words at all and too few to be a whole row: then digits of the row's may stand there. They
    don't if the line is another row of the form, and what both print can't be one row's.

    Args:
        table: what the page shows of the block.
        anchors: the rows that labels name.
        position: of the row's candidate.
        beside: the position of the candidate above or below it.
    """
    row = table.candidates[position].row
    if not (row.on_line and 0 <= beside < len(table.candidates)):
        return False
    header, other = table.candidates[position].header, table.candidates[beside]
    is_below_it = other.header is header or (other.header is not None and other.header.complete)
    if other.ids or beside in anchors.named or not other.row.figures or not is_below_it:
        return False
    is_part = _may_be_a_part(other.row, len(table.columns), is_below=beside > position)
    foreign = sum(label is not None for label in header.foreign) if header is not None else 0
    if not is_part and len(row.figures) in (len(table.columns), len(table.columns) + foreign):
        return False
    return not (_are_apart(table, position, beside) and has_lost_its_label(table, anchors, beside))


def _may_be_a_part(other: PageRow, size: int, *, is_below: bool) -> bool:
    """Whether a line may be a part of the row beside it: it has no words, and too few figures for a row.

    Where there is one column only, a figure below the line of a label and a figure may be that row's, and
    the first a note of the label.

    Args:
        other: the line.
        size: how many columns there are.
        is_below: whether it stands below the row.
    """
    if other.head is not None:
        return False
    return len(other.figures) < size or (size == 1 and is_below and not other.on_line)


def _are_apart(table: PageTable, position: int, beside: int) -> bool:
    """Whether a row and the whole line above or below it print what can't be one row's.

    Then both have figures in most columns, and not all of these may be broken numbers.
    """
    above, below = (table.proposals[i] for i in sorted((position, beside)))
    if not above or not below:
        return False
    others = [slots for i, slots in enumerate(table.proposals) if slots and i not in (position, beside)]
    return are_apart(above, below, others, table.text)


def has_lost_its_label(table: PageTable, anchors: Anchors, position: int) -> bool:
    """Whether a line without a label is a whole row of the form, and not part of one beside it.

    It begins its line of a grid and has a place for every column and for no label, so that it goes on
    with no row above it; and between the certain rows around it there are as many rows of the form, at
    least, that have no line of their own, as there are such lines.

    Args:
        table: what the page shows of the block.
        anchors: the rows that labels name.
        position: of the line's candidate.
    """
    row = table.candidates[position].row
    first = row.slots[0]
    is_whole = row.head is None and len(row.slots) == len(table.columns) and row.slots[-1].row == first.row
    if not is_whole or first.column or first.grid_column not in _LEFTMOST:
        return False
    before = max((i for i in anchors.in_order if i < position), default=-1)
    after = min((i for i in anchors.in_order if i > position), default=len(table.candidates))
    start = table.index[anchors.named[before]] + 1 if before >= 0 else 0
    end = table.index[anchors.named[after]] if after < len(table.candidates) else len(table.rows)
    known = {*anchors.named.values(), *anchors.twice}
    missing = sum(row.id not in known for row in table.rows[start:end])
    between = table.candidates[before + 1 : after]
    return sum(not other.ids and bool(other.row.figures) for other in between) <= missing
