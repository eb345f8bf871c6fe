"""Fitting the slots of a page row to the columns of a block."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from extractor.layout.items import Item
from extractor.layout.rows import PageRow


class Fit(NamedTuple):
    """One slot a column, and whether no other assignment in reading order is possible."""

    slots: tuple[Item, ...]
    sure: bool


class Margins(NamedTuple):
    """Where the figures of a table's rows begin, as far as some of its rows show it.

    Attributes:
        by_length: how many blank slots stand before the first column, by a row's number of slots;
            None where rows of that length don't agree.
        seen: all the numbers that were seen.
    """

    by_length: dict[int, int | None]
    seen: frozenset[int]


NO_MARGINS = Margins({}, frozenset())


def fit(row: PageRow, columns: int, margins: Margins) -> Fit | None:
    """Assign the slots of a row to its columns, in order.

    Slots beyond the columns are what merged cells leave behind; they are blank and stand at the
    row's ends. So a row whose first slot is blank fits for sure only where other rows show that
    their first slot is the first column: its last slots may have been cut off.

    Args:
        row: the row.
        columns: how many columns the header has.
        margins: from :func:`margins_of` the rows of the same table.

    Returns:
        None if the row doesn't hold a slot for every column.
    """
    slots, figures = row.slots, row.figures
    extra = len(slots) - columns
    if extra < 0:
        return None
    if len(figures) == columns:
        return Fit(tuple(figures), sure=len(_stripped(slots)) == columns)
    if not figures:
        return Fit(tuple(slots[:columns]), sure=True)
    if extra == 0:
        # A line of slots without a label has no merged label cell before its first column either.
        begins = not slots[0].is_blank or margins.seen == {0} or (row.on_line and row.head is None)
        return Fit(tuple(slots), sure=begins) if begins or row.on_line else None
    margin = margins.by_length.get(len(slots))
    if margin is None:
        return None
    inside, outside = slots[margin : margin + columns], [*slots[:margin], *slots[margin + columns :]]
    return Fit(tuple(inside), sure=True) if all(slot.is_blank for slot in outside) else None


def margins_of(rows: Iterable[PageRow], columns: int) -> Margins:
    """What the rows of a table show: those with a figure in every column, or in the first of them."""
    by_length: dict[int, int | None] = {}
    seen: set[int] = set()
    for row in rows:
        if len(row.figures) == columns and len(_stripped(row.slots)) == columns:
            margin = row.slots.index(row.figures[0])
            known = by_length.setdefault(len(row.slots), margin)
            by_length[len(row.slots)] = margin if known == margin else None
            seen.add(margin)
        elif len(row.slots) == columns and not row.slots[0].is_blank:
            seen.add(0)
    return Margins(by_length, frozenset(seen))


def _stripped(slots: list[Item]) -> list[Item]:
    """Without the blank slots at both ends."""
    first, last = 0, len(slots)
    while first < last and slots[first].is_blank:
        first += 1
    while first < last and slots[last - 1].is_blank:
        last -= 1
    return slots[first:last]
