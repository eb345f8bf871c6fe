"""The slots of a page row for the columns of its header: every assignment that the page admits.

Where the page has a grid in which the header's labels stand, the slots below them are meant. Elsewhere the
slots of a row are its columns' in order; what is too much of them is what merged cells leave, which is
blank and stands at the row's ends. Where more than one run of slots could be meant, the other rows of the
same kind show how much merged cells leave; where none does, all of these runs are admitted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TypeAlias

from extractor.layout.headers.header import HeaderMatch
from extractor.layout.items.items import Item
from extractor.layout.rows.margins import Margins, RowKind, is_like_others, windows
from extractor.layout.rows.rows import PageRow

# A cell with room for one character of its column's label has room for so many digits.
_LEAST_ROOM = 2
# So many digits stand between two blanks of a number.
_THOUSANDS = 3

# One slot a column of the form, in its order; None for a column that the page hasn't.
Slots: TypeAlias = tuple[Item | None, ...]


def admitted(
    row: PageRow,
    kind: RowKind,
    header: HeaderMatch | None,
    margins: Margins,
    columns: Sequence[str],
    beside: Sequence[PageRow] = (),
) -> list[Slots]:
    """Every assignment of a row's slots to the columns of the form that the page admits.

    Args:
        row: the row.
        kind: of which kind it is.
        header: the header that it stands under; None if there is none.
        margins: what the rows of the table show.
        columns: the ids of the columns, in the order of the form.
        beside: all rows under the header, which show whether its grid is that of the figures.

    Returns:
        No assignment where the row doesn't hold a slot for every column, or the header tells no order.
    """
    if header is None or (is_cut_in_cells(row.slots) and not _stand_close(row, len(columns), beside)):
        return []
    by_grid = _by_grid(row, header, beside)
    if by_grid is not None:
        return [by_grid]
    if header.block.beside and len(row.slots) > max(map(len, header.orders), default=0):
        # Pages put columns of their own beside this block's: one that has lost its label may have the figure.
        return []
    assignments = _by_number(row, kind, header, margins, columns)
    if assignments and row.figures and header.columns_at and _has_grid_of(header, row):
        # The slots below the labels are a reading too, whatever their number admits.
        below = {slot.grid_column: slot for slot in row.slots}
        assignments[tuple(below[column] for column in header.columns_at)] = None
    return list(assignments)


def _by_grid(row: PageRow, header: HeaderMatch, beside: Sequence[PageRow]) -> Slots | None:
    """The slots of a row below the header's labels, where the page has a grid that tells them."""
    slots = aligned(row, header)
    if slots is None:
        return _each_below_its_label(row, header)
    return slots if is_grid_of(header, row, beside) else None


def _by_number(
    row: PageRow, kind: RowKind, header: HeaderMatch, margins: Margins, columns: Sequence[str]
) -> dict[Slots, None]:
    """The assignments that the number of a row's slots admits, each once.

    Args:
        row: the row.
        kind: of which kind it is.
        header: the header that it stands under.
        margins: what the rows of the table show.
        columns: the ids of the columns, in the order of the form.
    """
    assignments: dict[Slots, None] = {}
    for order in header.orders:
        for run in _runs(row, kind, len(order), margins):
            # A slot too many may be that of the column whose label is lost.
            if _is_merged(run, header) or (header.lacks and len(row.slots) != len(order)):
                continue
            at = {name: slot for name, slot in zip(order, run, strict=True) if name is not None}
            assignments[tuple(at.get(name) for name in columns)] = None
    return assignments


def proposed(row: PageRow, kind: RowKind, margins: Margins, size: int) -> Slots:
    """The slots to propose for a row where no header tells their order: as many as the form has columns.

    Args:
        row: the row.
        kind: of which kind it is.
        margins: what the rows of the table show.
        size: how many columns the form has.

    Returns:
        No slots if there aren't as many, or several runs of slots may be meant.
    """
    runs = _runs(row, kind, size, margins)
    return runs[0] if len(runs) == 1 else ()


def aligned(row: PageRow, header: HeaderMatch) -> Slots | None:
    """The slots of a row that stand at the columns of the grid at which the header's labels do.

    Args:
        row: the row.
        header: the header that it stands under.

    Returns:
        None if the page has no such grid, there isn't a slot at each of them, a figure stands elsewhere, or
        the row ends elsewhere.
    """
    if not header.columns_at or not row.on_line or row.slots[0].last_grid_column != header.row_end:
        return None
    slots = {slot.grid_column: slot for slot in row.slots}
    below = [slots[column] for column in header.columns_at if column in slots]
    is_whole = len(below) == len(header.columns_at) and len({slot.row for slot in row.slots}) == 1
    outside = [
        slot for slot in row.figures if slot not in below and slot.grid_column not in header.foreign_at
    ]
    return tuple(below) if is_whole and not outside else None


def _each_below_its_label(row: PageRow, header: HeaderMatch) -> Slots | None:
    """The figures of a row, if one stands below each of the header's labels, which reach to the next.

    So converters cut the cells of a page without telling which of them are merged.

    Args:
        row: the row.
        header: the header that it stands under.
    """
    at = header.columns_at
    if not at or not row.on_line or header.foreign_at or len(row.figures) != len(at):
        return None
    if row.slots[0].last_grid_column != header.row_end:
        return None
    borders = [*sorted(at)[1:], (header.row_end or 0) + 1]
    figures: dict[int, Item] = {}
    for start, end, slot in zip(sorted(at), borders, row.figures, strict=True):
        if slot.grid_column is None or not start <= slot.grid_column < end:
            return None
        figures[start] = slot
    return tuple(figures[column] for column in at)


def is_grid_of(header: HeaderMatch, row: PageRow, rows: Iterable[PageRow]) -> bool:
    """Whether the columns of a grid at which a header's labels stand are those of the figures below it.

    They aren't where a row has a figure elsewhere: a converter has moved the header's cells. Where a row
    has a slot before the first of the columns, another row must have a figure in the last one, so that not
    all columns can stand further left; and the other way round.

    Args:
        header: the header.
        row: the row in question.
        rows: all rows below the header.
    """
    at = header.columns_at
    outside = {slot.grid_column for slot in row.slots if slot.grid_column is not None}
    outside -= {*at, *header.foreign_at}
    if not outside:
        return True
    like = [other for other in rows if _has_grid_of(header, other)]
    if any(aligned(other, header) is None for other in like):
        return False
    filled = {slot.grid_column for other in like for slot in other.figures}
    is_held_right = max(at) in filled or min(outside) >= min(at)
    is_held_left = min(at) in filled or max(outside) <= max(at)
    return is_held_right and is_held_left


def _has_grid_of(header: HeaderMatch, row: PageRow) -> bool:
    """Whether a row ends where a header does, and has a slot at each of its columns of a grid."""
    is_like = row.on_line and row.slots[0].last_grid_column == header.row_end
    return is_like and {slot.grid_column for slot in row.slots}.issuperset(header.columns_at)


def _runs(row: PageRow, kind: RowKind, size: int, margins: Margins) -> Sequence[tuple[Item, ...]]:
    """The runs of so many slots of a row that may be its columns'."""
    runs = windows(row, size)
    if not runs or not is_like_others(row, kind, size, margins):
        return ()
    if not row.figures:
        # All of them print the same: nothing. Where the page keeps blank slots, one of them may be lost.
        return () if row.on_line and margins.kept and _has_fewer(row, kind, margins) else runs[:1]
    if len(row.slots) > size and (kind.header, kind.on_line) in margins.spread:
        return ()
    if len(row.slots) == size:
        return () if _may_be_trimmed(row, kind, margins) else runs
    return _runs_among_pads(row, kind, size, margins, runs)


def _runs_among_pads(
    row: PageRow, kind: RowKind, size: int, margins: Margins, runs: Sequence[tuple[Item, ...]]
) -> Sequence[tuple[Item, ...]]:
    """Those of the runs of a row that may be its columns' where merged cells leave what is too much of slots.

    Args:
        row: the row.
        kind: of which kind it is.
        size: how many columns there are.
        margins: what the rows of the table show.
        runs: all runs of as many adjacent slots that hold its figures.
    """
    if row.on_line and row.head is None and len(row.figures) < size:
        # A line of slots without a label has no merged label cell before its first column either.
        return runs[:1] if runs[0][0] is row.slots[0] else ()
    if len(runs) == 1:
        return runs
    before = margins.before.get((kind, len(row.slots)))
    return runs if before is None else [run for run in runs if row.slots.index(run[0]) == before]


def _may_be_trimmed(row: PageRow, kind: RowKind, margins: Margins) -> bool:
    """Whether the first slot of a line, a blank, may be its label's, and one behind it be lost.

    It may where the page cuts off blank slots at the end of a line, or where other rows of its kind have more
    slots: what merged cells leave stands before their figures.
    """
    if not (row.on_line and row.slots[0].is_blank and row.head is not None):
        return False
    if margins.kept:
        return _has_fewer(row, kind, margins)
    return margins.before.get((kind, len(row.slots))) != 0


def _has_fewer(row: PageRow, kind: RowKind, margins: Margins) -> bool:
    """Whether another row of its kind has more slots."""
    return any(count > len(row.slots) for count in margins.counts.get(kind, ()))


def _is_merged(run: Sequence[Item], header: HeaderMatch) -> bool:
    """Whether slots of a grid stand farther apart than the header's labels: one of them spans columns.

    A slot may stand anywhere below its own label, which reaches to the next one. Where each slot has a line
    of its own, they stand at no column of the header's grid.
    """
    if len({slot.row for slot in run}) > 1:
        return False
    at = sorted({*header.columns_at, *header.foreign_at})
    columns = [slot.grid_column for slot in run if slot.grid_column is not None]
    if len(at) != len(run) or len(columns) != len(run):
        return False
    ends = [*at[1:], max(at[-1], columns[-1]) + 1]
    is_below = all(start <= column < end for start, column, end in zip(at, columns, ends, strict=True))
    return not is_below and len({column - label for column, label in zip(columns, at, strict=True)}) > 1


def is_cut_in_cells(slots: Sequence[Item]) -> bool:
    """Whether a line has several cells, and one of them several figures: a number may be broken there."""
    cells = Counter((slot.row, slot.column) for slot in slots)
    if len(cells) == len(slots):
        return False
    lines = Counter(row for row, _ in cells)
    return any(count > 1 and lines[row] > 1 for (row, _), count in cells.items())


def _stand_close(row: PageRow, size: int, beside: Sequence[PageRow]) -> bool:
    """Whether several figures in a cell are of columns that stand close together: none is a broken number.

    Blanks keep the cells of such a line apart, where no grid does. There is a figure for every column, and no
    row of the table has fewer; a number with a blank before each three of its digits is none of two.

    Args:
        row: the row.
        size: how many columns the form has.
        beside: all rows under its header.
    """
    if not row.on_line or len(row.figures) != size or any(slot.grid_column is not None for slot in row.slots):
        return False
    pairs = ((left, right) for left, right in pairwise(row.slots) if left.column == right.column)
    if any(right.end - right.start == _THOUSANDS for _, right in pairs):
        return False
    return len(beside) > 1 and all(len(other.figures) == size for other in beside if other.figures)


def are_apart(above: Slots, below: Slots, others: Iterable[Slots], text: str) -> bool:
    """Whether two lines of slots, one below the other, print what can't be one row's.

    A cell that stands higher than the one beside it prints nothing on the line of that; a number that is
    broken fills its cell up to where it is broken. Where a converter breaks numbers anywhere, it doesn't
    break most of a row: so most columns have to print something on both lines, and two of them what can't
    be one number broken at the edge of its cell. A column that a header of theirs lacks tells nothing.

    Args:
        above: the slots of the upper line.
        below: those of the lower one.
        others: those of the other rows, which show how many digits a cell has room for.
        text: the document's text.
    """
    room = [_LEAST_ROOM] * len(above)
    for slots in others:
        room = [max(most, _digits(text, slot)) for most, slot in zip(room, slots, strict=True)]
    both = [
        (_digits(text, upper), _digits(text, lower), most)
        for upper, lower, most in zip(above, below, room, strict=True)
        if upper is not None and lower is not None and not (upper.is_blank or lower.is_blank)
    ]
    apart = sum(not follows or first < most for first, follows, most in both)
    return 2 * len(both) > len(above) and apart > 1


def _digits(text: str, slot: Item | None) -> int:
    return sum(character.isdigit() for character in text[slot.start : slot.end]) if slot is not None else 0
