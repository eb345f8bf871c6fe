"""How many blank slots merged cells leave around the figures of a row: what the rows of a table show of it.

Rows of the same kind have as many slots, and their figures begin at the same one of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from extractor.layout.items.items import Item
from extractor.layout.rows.rows import PageRow

# So many rows of a kind show how many slots such a row has.
_ENOUGH_ROWS = 2

# The level of a row without a label.
UNKNOWN_LEVEL = "?"


class RowKind(NamedTuple):
    """What rows must have in common for merged cells to leave as much around their figures.

    Attributes:
        level: how deep the row's label stands in the form (:func:`level_of`).
        on_line: whether the slots stand on the label's line.
        column: in which cell of its line the label stands.
        header: under which header of the block the row stands, counted from 0.
        follows_group: whether the label of a group stands right before the row's.
    """

    level: str
    on_line: bool
    column: int
    header: int
    follows_group: bool = False


class Margins(NamedTuple):
    """What merged cells leave of blank slots around the figures, as far as a table's rows show it.

    Attributes:
        before: how many stand before the first column, by kind and number of slots; None where rows don't
            agree.
        counts: how many rows of a kind have how many slots.
        full: how many slots those rows of a kind have, at most, that have a figure in every column.
        kept: whether blank slots at the end of a line are on the page.
        pads: how many blank slots merged cells leave behind the last label of each header.
        below: whether merged cells leave blank slots where slots stand below their label.
        mixed: whether some rows below their label have blank slots too many, and others, with blanks of their
            own, just enough: figures may stand there twice.
        spread: the headers, counted from 0, with whether slots stand on the label's line, below which a
            slot too many stands among the columns.
        ended: whether the page itself ends the rows, a cell a line, that have a figure in every column.
    """

    before: Mapping[tuple[RowKind, int], int | None]
    counts: Mapping[RowKind, Counter[int]]
    full: Mapping[RowKind, int]
    kept: bool
    pads: Mapping[int, int]
    below: bool = False
    mixed: bool = False
    spread: frozenset[tuple[int, bool]] = frozenset()
    ended: bool = False


def level_of(number: str | None) -> str:
    """How deep a row stands in the form, by how its ordinal is written: 一、 or (一) or 1."""
    if number is None:
        return ""
    return "1." if number[0].isdigit() else "(一)" if number[0] in "(（" else "一、"


def margins_of(
    rows: Sequence[tuple[PageRow, RowKind]], columns: int, pads: Mapping[int, int], *, is_closed: bool
) -> Margins:
    """What the rows of a table show: those with a figure in the first slot, or in every column.

    Args:
        rows: rows with a label of the form, and of which kind they are.
        columns: how many columns the header has.
        pads: how many blank slots merged cells leave behind the last label of each header.
        is_closed: whether the page ends the last cell of a line as it ends the others.
    """
    before: dict[tuple[RowKind, int], int | None] = {}
    counts: dict[RowKind, Counter[int]] = {}
    full: dict[RowKind, int] = {}
    kept, below, exact = is_closed, any(pads.values()), False
    for row, kind in rows:
        below = below or (not row.on_line and len(row.figures) == columns < len(row.slots))
        exact = exact or (not row.on_line and len(row.figures) < len(row.slots) == columns)
        counts.setdefault(kind, Counter())[len(row.slots)] += 1
        if len(row.figures) == columns:
            full[kind] = max(full.get(kind, 0), len(row.slots))
        kept = kept or (row.on_line and row.slots[-1].is_blank)
        runs = windows(row, columns)
        is_witness = not row.slots[0].is_blank or len(row.figures) == columns
        if not is_witness or len(runs) != 1:
            continue
        margin = row.slots.index(runs[0][0])
        if before.setdefault((kind, len(row.slots)), margin) != margin:
            before[kind, len(row.slots)] = None
    return Margins(
        before,
        counts,
        full,
        kept,
        pads,
        below,
        below and exact,
        _spread(rows, columns),
        _are_ended(rows, columns),
    )


def _spread(rows: Iterable[tuple[PageRow, RowKind]], columns: int) -> frozenset[tuple[int, bool]]:
    """The headers, with whether slots stand on the label's line, below which figures stand too far apart.

    Several rows whose figures don't fit into as many adjacent slots as the header has columns show that a
    slot too many stands among these, and isn't what merged cells leave before or behind them.
    """
    times = Counter(
        (kind.header, kind.on_line)
        for row, kind in rows
        if len(row.slots) > columns and row.figures and not windows(row, columns)
    )
    return frozenset(where for where, count in times.items() if count >= _ENOUGH_ROWS)


def _are_ended(rows: Iterable[tuple[PageRow, RowKind]], columns: int) -> bool:
    """Whether the page itself ends most of the rows, a cell a line, that have a figure in every column."""
    whole = [row.is_ended for row, _ in rows if not row.on_line and len(row.figures) == columns]
    return len(whole) >= _ENOUGH_ROWS and 2 * sum(whole) > len(whole)


def windows(row: PageRow, columns: int) -> tuple[tuple[Item, ...], ...]:
    """Every run of as many adjacent slots as columns that holds all figures of a row.

    Args:
        row: the row.
        columns: how many columns there are.
    """
    runs = (tuple(row.slots[first : first + columns]) for first in range(len(row.slots) - columns + 1))
    count = len(row.figures)
    return tuple(run for run in runs if sum(not slot.is_blank for slot in run) == count)


def is_like_others(row: PageRow, kind: RowKind, size: int, margins: Margins) -> bool:
    """Whether a row has as many slots as others of its kind.

    Else one of its numbers may be broken, or, a cell a line, what merged cells leave may stand for a figure
    that is lost.

    Args:
        row: the row.
        kind: of which kind it is.
        size: how many columns its header has.
        margins: what the rows of the table show.
    """
    count = len(row.slots)
    if row.on_line and (count == size or row.follows_group or _has_a_cell_each(row, size)):
        return True
    others = _counts_of_others(row, kind, margins)
    total = sum(others.values())
    if row.on_line:
        return total < _ENOUGH_ROWS or count in others
    if len(row.figures) == size:
        return count == size or 2 * others[count] > total or not margins.mixed
    return _has_lost_nothing(row, kind, size, margins, others)


def _has_a_cell_each(row: PageRow, size: int) -> bool:
    """Whether a row has a figure for every column, each in a cell of a grid: none of them is broken."""
    cells = {slot.grid_column for slot in row.figures} - {None}
    return len(cells) == len(row.figures) == size


def _has_lost_nothing(row: PageRow, kind: RowKind, size: int, margins: Margins, others: Counter[int]) -> bool:
    """Whether the blanks of a row, a cell a line, are its own, and none stands for a figure that is lost.

    Args:
        row: the row, which has fewer figures than columns.
        kind: of which kind it is.
        size: how many columns its header has.
        margins: what the rows of the table show.
        others: how many other rows of its kind have how many slots.
    """
    if kind.level == UNKNOWN_LEVEL or (margins.ended and not row.is_ended):
        # A blank before the figures may be what stands before the label that is lost; where what ends the row
        # is lost, one behind them may be what begins the next row.
        return False
    count = len(row.slots)
    if whole := margins.full.get(kind):
        # A slot less than theirs may be a figure that is lost, however many rows have as many.
        return count == whole
    # The first row of a group has a cell less for the group's label.
    own = count + 1 if row.follows_group else count
    if beside := _slots_of_whole_rows_beside(kind, margins):
        return beside == {own}
    if count in others or (count == size and not margins.below):
        return True
    return sum(others.values()) < _ENOUGH_ROWS and own in _slots_beside(kind, size, margins)


def _counts_of_others(row: PageRow, kind: RowKind, margins: Margins) -> Counter[int]:
    """How many other rows of a row's kind have how many slots."""
    others = margins.counts.get(kind, Counter()).copy()
    others[len(row.slots)] -= 1
    return +others


def _slots_beside(kind: RowKind, size: int, margins: Margins) -> set[int]:
    """How many slots rows of other kinds under a header have or, without such, the header itself."""
    counts = {count for like in _kinds_beside(kind, margins) for count in margins.counts[like]}
    return counts or {size + margins.pads.get(kind.header, 0)}


def _slots_of_whole_rows_beside(kind: RowKind, margins: Margins) -> set[int]:
    """How many slots the rows of other kinds under a header have that have a figure in every column."""
    return {margins.full[like] for like in _kinds_beside(kind, margins) if like in margins.full}


def _kinds_beside(kind: RowKind, margins: Margins) -> list[RowKind]:
    """The other kinds of rows under a header, without those below a group, with slots at the same place."""
    return [
        like
        for like in margins.counts
        if (like.header, like.on_line) == (kind.header, kind.on_line)
        and like != kind
        and not like.follows_group
    ]
