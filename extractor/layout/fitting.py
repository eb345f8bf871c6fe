"""Fitting the slots of a page row to the columns of a block."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from extractor.layout.items import Item
from extractor.layout.rows import PageRow

# A cell with room for one character of its column's label has room for so many digits.
_LEAST_ROOM = 2


class Fit(NamedTuple):
    """One slot a column, and whether no other assignment in reading order is possible."""

    slots: tuple[Item, ...]
    sure: bool


class Margins(NamedTuple):
    """What merged cells leave of blank slots around the figures, as far as a table's rows show it.

    Attributes:
        before: how many stand before the first column, by the shape of a row; None where rows of
            one shape don't agree.
        below: whether they leave any where slots stand below their label.
        exact: whether, where they do, every row has as many as the header has columns.
        kept: whether blank slots at the end of a line are on the page.
        mixed: whether some rows below their label have blank slots too many, and others, with blanks of their
            own, just enough: figures may stand there twice.
    """

    before: Mapping[tuple[bool, int, int], int | None]
    below: bool
    exact: bool = False
    kept: bool = False
    mixed: bool = False


def fit(row: PageRow, columns: int, margins: Margins) -> Fit | None:
    """Assign the slots of a row to its columns, in order.

    Slots beyond the columns are what merged cells leave behind; they are blank and stand at the
    row's ends. So a row with blank slots fits for sure only where its first slot is known to be the
    first column's: it holds a figure, or other rows show where the columns begin.

    Args:
        row: the row.
        columns: how many columns the header has.
        margins: from :func:`margins_of` the rows of the same table.

    Returns:
        None if the row doesn't hold a slot for every column, or nothing tells which ones.
    """
    slots, figures = row.slots, row.figures
    extra = len(slots) - columns
    if extra < 0 or _is_cut_in_cells(slots):
        return None
    if len(figures) == columns:
        is_doubtful = margins.mixed and not row.on_line
        return Fit(tuple(figures), sure=not extra or (len(_stripped(slots)) == columns and not is_doubtful))
    if not row.on_line and (extra or margins.below):
        # Where merged cells leave blank slots below a label, one of them may stand for a lost figure.
        return None
    if not figures:
        return Fit(tuple(slots[:columns]), sure=True)
    margin = margins.before.get(_shape(row))
    if not slots[0].is_blank or (row.on_line and row.head is None):
        # A line of slots without a label has no merged label cell before its first column either.
        margin = 0 if margin in (0, None) else None
    elif margin is None and extra == 0:
        is_sure = margins.kept if row.on_line else margins.exact
        return Fit(tuple(slots), is_sure) if row.on_line or is_sure else None
    if margin is None or margin > extra:
        return None
    inside, outside = slots[margin : margin + columns], [*slots[:margin], *slots[margin + columns :]]
    return Fit(tuple(inside), sure=True) if all(slot.is_blank for slot in outside) else None


def _is_cut_in_cells(slots: list[Item]) -> bool:
    """Whether a line has several cells, and one of them several figures: a number may be broken there."""
    cells = Counter((slot.row, slot.column) for slot in slots)
    if len(cells) == len(slots):
        return False
    lines = Counter(row for row, _ in cells)
    return any(count > 1 and lines[row] > 1 for (row, _), count in cells.items())


def aligned(row: PageRow, places: Sequence[int]) -> tuple[Item, ...] | None:
    """The slots of a row that stand at certain columns of the page's grid.

    Args:
        row: the row.
        places: the columns, and behind them the one at which a row ends.

    Returns:
        None if there isn't a slot at each of them, a figure stands elsewhere, or the row ends elsewhere.
    """
    *places, last = places
    if row.slots[0].last_place != last:
        return None
    slots = {slot.place: slot for slot in row.slots}
    own = [slots[place] for place in places if place in slots]
    is_whole = len(own) == len(places) and len({slot.row for slot in row.slots}) == 1
    return tuple(own) if is_whole and sum(not slot.is_blank for slot in own) == len(row.figures) else None


def is_settled(row: PageRow, places: Sequence[int], rows: Iterable[PageRow]) -> bool:
    """Whether no other adjacent columns of the grid could be meant by a header, as far as rows below it show.

    Where a row has a slot before the first of the columns, another row has a figure in the last one, so that
    not all columns can stand further left; and the other way round.

    Args:
        row: the row that has slots besides.
        places: as for :func:`aligned`.
        rows: all rows below the header.
    """
    *own, _ = places
    beside = [slot.place for slot in row.slots if slot.place is not None and slot.place not in own]
    filled = {slot.place for other in rows if aligned(other, places) for slot in other.figures}
    is_left = own[-1] in filled or not any(place < own[0] for place in beside)
    return is_left and (own[0] in filled or not any(place > own[-1] for place in beside))


def has_figure_beside(row: PageRow, places: Sequence[int]) -> bool:
    """Whether a row has slots at certain columns of the page's grid, and a figure at another one."""
    *own, last = places
    is_like = row.slots[0].last_place == last and {slot.place for slot in row.slots}.issuperset(own)
    return is_like and aligned(row, places) is None


def are_apart(
    above: Sequence[Item], below: Sequence[Item], others: Iterable[Sequence[Item]], text: str
) -> bool:
    """Whether two lines of slots, one below the other, print what can't be one row's.

    A cell that stands higher than the one beside it prints nothing on the line of that; a number that is
    broken fills its cell up to where it is broken. Where a converter breaks numbers anywhere, it doesn't
    break most of a row: so most columns have to print something on both lines, and two of them what can't
    be one number broken at the edge of its cell.

    Args:
        above: the slots of the upper one, one a column.
        below: those of the lower one.
        others: those of the other rows, which show how many digits a cell has room for.
        text: the document's text.
    """
    room = [_LEAST_ROOM] * len(above)
    for slots in others:
        room = [max(most, _digits(text, slot)) for most, slot in zip(room, slots, strict=True)]
    both = [
        (_digits(text, one), _digits(text, other), most)
        for one, other, most in zip(above, below, room, strict=True)
        if not (one.is_blank or other.is_blank)
    ]
    apart = sum(not follows or first < most for first, follows, most in both)
    return 2 * len(both) > len(above) and apart > 1


def _digits(text: str, slot: Item) -> int:
    return sum(character.isdigit() for character in text[slot.start : slot.end])


def windows(row: PageRow, columns: int) -> tuple[tuple[Item, ...], ...]:
    """Every run of as many adjacent slots as columns that holds all figures of a row."""
    runs = (tuple(row.slots[first : first + columns]) for first in range(len(row.slots) - columns + 1))
    count = len(row.figures)
    return tuple(run for run in runs if sum(not slot.is_blank for slot in run) == count)


def margins_of(rows: Iterable[PageRow], columns: int, *, padded: bool) -> Margins:
    """What the rows of a table show: those with a figure in the first slot, or in every column.

    Args:
        rows: rows with a label of the form.
        columns: how many columns the header has.
        padded: whether the header shows that merged cells leave blank slots.
    """
    before: dict[tuple[bool, int, int], int | None] = {}
    below = padded
    known_rows = list(rows)
    for row in known_rows:
        if not row.figures or (row.slots[0].is_blank and len(row.figures) < columns):
            continue
        if len(row.figures) == columns and len(_stripped(row.slots)) > columns:
            continue
        margin = row.slots.index(row.figures[0])
        known = before.setdefault(_shape(row), margin)
        if known != margin:
            before[_shape(row)] = None
        below = below or (not row.on_line and len(row.figures) == columns and row.slots[-1].is_blank)
    # Where a text ends, one row may be cut off.
    lengths = [len(row.slots) for row in known_rows if not row.on_line]
    exact = not below and len(lengths) > 1 and set(lengths) == {columns}
    kept = any(row.on_line and row.slots[-1].is_blank for row in known_rows)
    own = [row for row in known_rows if not row.on_line and len(row.slots) == columns]
    mixed = below and any(slot.is_blank for row in own for slot in row.slots)
    return Margins(before, below, exact, kept, mixed)


def _shape(row: PageRow) -> tuple[bool, int, int]:
    """Whether the slots stand on the label's line, in which cell of it the label stands, how many."""
    return row.on_line, row.head.column if row.head is not None else 0, len(row.slots)


def _stripped(slots: list[Item]) -> list[Item]:
    """Without the blank slots at both ends."""
    first, last = 0, len(slots)
    while first < last and slots[first].is_blank:
        first += 1
    while first < last and slots[last - 1].is_blank:
        last -= 1
    return slots[first:last]
