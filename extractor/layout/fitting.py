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


def fit(row: PageRow, columns: int, margins: dict[int, int | None]) -> Fit | None:
    """Assign the slots of a row to its columns, in order.

    Slots beyond the columns are what merged cells leave behind; they are blank and stand at the
    row's ends.

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
    if extra == 0 or not figures:
        return Fit(tuple(slots[:columns]), sure=True)
    if len(figures) == columns:
        inner = _stripped(slots)
        return Fit(tuple(figures), sure=len(inner) == columns)
    margin = margins.get(len(slots))
    if margin is None:
        return None
    inside, outside = slots[margin : margin + columns], [*slots[:margin], *slots[margin + columns :]]
    return Fit(tuple(inside), sure=True) if all(slot.is_blank for slot in outside) else None


def margins_of(rows: Iterable[PageRow], columns: int) -> dict[int, int | None]:
    """How many blank slots stand before the first column, by the number of slots of a row.

    Only rows with a figure in every column tell; where they don't agree, the margin is None.
    """
    margins: dict[int, int | None] = {}
    for row in rows:
        if len(row.figures) == columns and len(_stripped(row.slots)) == columns:
            margin = row.slots.index(row.figures[0])
            known = margins.setdefault(len(row.slots), margin)
            if known != margin:
                margins[len(row.slots)] = None
    return margins


def _stripped(slots: list[Item]) -> list[Item]:
    """Without the blank slots at both ends."""
    first, last = 0, len(slots)
    while first < last and slots[first].is_blank:
        first += 1
    while first < last and slots[last - 1].is_blank:
        last -= 1
    return slots[first:last]
