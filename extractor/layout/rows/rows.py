"""Page rows: a label and the slots that follow it, on its line or, a cell a line, below it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import NamedTuple

from extractor.layout.items.items import Item, Kind
from extractor.layout.items.labels_above import labels_above_figures
from extractor.layout.words.labels import Label
from extractor.layout.words.meanings import Role
from extractor.text.figures import says_nothing

# Words in the place of a figure are no longer than this.
_LONGEST_WORD = 8
# A line with a figure and more slots than a figure and what merged cells leave is a table row.
MOST_SLOTS_LEFT = 4
# Looked at 1200 times a report: a member of an Enum takes Python 3.11 0.27 µs to find, which is 6 % of
# reading its tables.
_SLOT, _TEXT = Kind.SLOT, Kind.TEXT
_ENDS = (Kind.ROW_END, Kind.TABLE_END)


@dataclass(slots=True)
class PageRow:
    """Slots and what stands before them.

    Attributes:
        head: the last label or words before the slots; None if another row's slots stand there.
        slots: the slots, blank ones included.
        on_line: whether the slots stand on the head's own line.
        position: of the head, or of the first slot, among the items of the document.
        follows_group: whether the label of a group of rows stands right before the head.
        rival: another row's label that stands before the head on its line; the figures may be that row's.
        names: the rows that the head can name, by table and block; empty if it names none here.
        is_ended: whether the page itself ends a table row right behind the last slot.
        figures: the slots with something in them.
    """

    head: Item | None
    slots: list[Item]
    on_line: bool
    position: int
    follows_group: bool = False
    rival: Label | None = None
    names: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    is_ended: bool = False
    figures: list[Item] = field(init=False)

    def __post_init__(self) -> None:
        self.figures = [slot for slot in self.slots if slot.start != slot.end]


class _Run(NamedTuple):
    """Slots that belong together.

    Attributes:
        slots: in reading order.
        end: the position behind the last one.
        on_line: whether they stand on the line of their label or, without one, side by side.
    """

    slots: list[Item]
    end: int
    on_line: bool


def start_of(row: PageRow) -> int:
    """Where a page row begins.

    Args:
        row: with a label or slots.
    """
    return row.head.start if row.head is not None else row.slots[0].start


def start_with_copies(row: PageRow, text: str) -> int:
    """Where a page row begins, with its label as often as a merged cell repeats it.

    Args:
        row: with a label or slots.
        text: the document's text.
    """
    start = start_of(row)
    label = text[start : row.head.end] if row.head is not None else ""
    while label and (before := text[:start].rstrip(" \t|\r\n")).endswith(label):
        start = len(before) - len(label)
    return start


def with_word_slots(items: Sequence[Item], text: str) -> list[Item]:
    """Words that stand in the place of a figure are its slot: 未增未减, 未收费.

    In a grid they are if a figure stands before them on their line; elsewhere, and behind a label, only if
    they say that there is nothing.

    Args:
        items: of the document, in reading order.
        text: the document's text.
    """
    result = list(items)
    labelled = -1
    for position, (before, item) in enumerate(pairwise(items), 1):
        if before.label is not None and before.label.names_row:
            labelled = before.row
        if item.kind is not _TEXT or item.end - item.start > _LONGEST_WORD:
            continue
        words = text[item.start : item.end]
        in_grid = item.grid_column is not None and labelled == item.row and result[position - 1].kind is _SLOT
        follows = before.kind is _SLOT or (before.label is not None and before.label.names_row)
        if in_grid or (follows and says_nothing(words)):
            result[position] = replace(item, kind=_SLOT)
    return result


def with_slots_of_foreign_columns(
    items: Sequence[Item], columns: AbstractSet[int], start: int, end: int, *, is_first: bool
) -> list[Item]:
    """Words of a table in a column that the form doesn't have are its slots, and no labels: 已核对.

    Args:
        items: of the document, in reading order.
        columns: those of the grid that the header has a label for which is none of the form.
        start: where the table's header ends in the text.
        end: where its last figure ends.
        is_first: whether such a column stands before those of the form, wherever the page's grid has it.
    """
    result = list(items)
    labelled = -1
    for position, (before, item) in enumerate(pairwise(items), 1):
        if not start <= item.start < end:
            continue
        is_behind_label = before.label is not None and before.label.names_row
        if is_behind_label:
            labelled = before.row
        if item.kind is not _TEXT or item.row != labelled:
            continue
        if item.grid_column in columns or (is_first and is_behind_label):
            result[position] = replace(item, kind=_SLOT)
    return result


def page_rows(items: Sequence[Item], text: str) -> list[PageRow]:
    """The rows of a document: its slots, each with the label or the words that they follow.

    Args:
        items: of the document, in reading order.
        text: the document's text.
    """
    rows: list[PageRow] = []
    above = labels_above_figures(items)
    position, size = 0, len(items)
    while position < size:
        item = items[position]
        first = position if item.kind is _SLOT else position + 1
        if item.kind in _ENDS or first == size or items[first].kind is not _SLOT:
            position += 1
            continue
        run = _run_of_slots(items, position, first)
        if position in above or (_is_broken(item, text) and _stands_alone(items, position, rows)):
            run = _going_on_below(items, run) if run.slots else _line_below(items, first)
        if run.slots:
            head = None if item.kind is _SLOT else item
            follows_group, rival = _before(items, position) if head is not None else (False, None)
            row = PageRow(head, run.slots, run.on_line, position, follows_group, rival)
            row.is_ended = run.end < size and items[run.end].kind in _ENDS
            rows.append(row)
        position = max(run.end, position + 1)
    return rows


def _run_of_slots(items: Sequence[Item], position: int, first: int) -> _Run:
    """The slots of a row: those on its line or, where it has none or only what merged cells leave, below it.

    Args:
        items: of the document, in reading order.
        position: of the row's head, or of its first slot where it has no head.
        first: of the first slot.
    """
    has_head = position < first
    end, filled = _line(items, first, items[position].row)
    slots = list(items[first:end])
    # Merged cells leave a few blank slots behind a label; a whole row of them is a row of blanks.
    is_left_over = (not filled and len(slots) <= MOST_SLOTS_LEFT) or (not has_head and len(slots) == 1)
    if is_left_over and not _follows_slot(items, position):
        last, below = _below(items, end)
        if below and not _is_blank_row(below):
            return _Run(below if has_head else [*slots, *below], last, on_line=False)
    return _Run(slots, end, on_line=has_head or len(slots) > 1)


def _is_broken(item: Item, text: str) -> bool:
    """Whether an item is a row's label that is broken over lines, as in narrow cells of a page."""
    is_of_row = item.label is not None and item.label.names_row and item.grid_column is None
    return is_of_row and "\n" in text[item.start : item.end]


def _stands_alone(items: Sequence[Item], position: int, rows: Sequence[PageRow]) -> bool:
    """Whether the figures below a label can be no other row's.

    Above it stands neither a label that has no figures, nor a line of figures that has no label.

    Args:
        items: of the document, in reading order.
        position: of the label.
        rows: those above it.
    """
    above = items[position - 1].label if position else None
    is_bare = above is not None and above.names_row and not above.is_of_header
    below = items[position + 1] if position + 1 < len(items) else None
    is_in_grid = below is not None and below.grid_column is not None
    return not is_bare and not is_in_grid and (not rows or rows[-1].head is not None)


def _line_below(items: Sequence[Item], first: int) -> _Run:
    """The line of figures below a label, if nothing but words follows it.

    Args:
        items: of the document, in reading order.
        first: of the first slot.
    """
    last, filled = _line(items, first, items[first].row)
    is_whole = filled > 1 and (last == len(items) or items[last].kind is not _SLOT)
    return _Run(list(items[first:last]) if is_whole else [], last if is_whole else first, on_line=False)


def _going_on_below(items: Sequence[Item], run: _Run) -> _Run:
    """The slots of a row of which the first stands on the line where its label ends, others below it."""
    end, below = _below(items, run.end)
    is_begun = run.on_line and len(run.slots) == 1 and len(below) > 1
    return _Run([*run.slots, *below], end, on_line=False) if is_begun else run


def _before(items: Sequence[Item], position: int) -> tuple[bool, Label | None]:
    """Whether a group's label stands right before a head, and another row's label on its line."""
    head, before = items[position], items[position - 1] if position else None
    label = before.label if before is not None else None
    if before is None or label is None:
        return False, None
    if Role.GROUP in label.roles and not _is_of_the_same_level(label, head.label):
        return True, None
    named = head.label.all_rows if head.label is not None else frozenset[str]()
    # 其他 and 总计 without an ordinal are labels of the header on a page of one line.
    is_row = label.names_row and (label.number is not None or not label.names_column)
    is_rival = before.row == head.row and bool(named) and is_row and named.isdisjoint(label.all_rows)
    return False, label if is_rival else None


def _is_of_the_same_level(label: Label, other: Label | None) -> bool:
    """Whether a label that may be a group's or a row's, (六)其他处理, is a row's beside that of (七)总计."""
    numbers = (label.number, other.number if other is not None else None)
    return label.names_row and all(number is not None and not number.isdigit() for number in numbers)


def _line(items: Sequence[Item], start: int, row: int) -> tuple[int, int]:
    """Where the slots end that stand on one line from ``start`` on, and how many are filled."""
    end, size, filled = start, len(items), 0
    while end < size and (item := items[end]).row == row and item.kind is _SLOT:
        filled += item.start != item.end
        end += 1
    return end, filled


def _follows_slot(items: Sequence[Item], position: int) -> bool:
    """Whether a slot stands before an item on its line."""
    row = items[position].row
    while position > 0 and items[position - 1].row == row:
        position -= 1
        if items[position].kind is _SLOT:
            return True
    return False


def _below(items: Sequence[Item], position: int) -> tuple[int, list[Item]]:
    """Slots from ``position`` on as far as every line holds slots only, and one figure at most.

    The last line may hold a few, as where a converter takes the last cells for one line.
    """
    first, size = position, len(items)
    while position < size and (item := items[position]).kind is _SLOT:
        row, end = item.row, position + 1
        # Most lines hold one slot and nothing else.
        if end < size and items[end].row == row:
            end, filled = _line(items, position, row)
            others = end < size and items[end].row == row and items[end].kind not in _ENDS
            is_last = end == size or items[end].kind is not _SLOT
            if filled > 1 and is_last and filled == end - position < position - first:
                return end, list(items[first:end])
            if filled > 1 or others or (filled and end - position > MOST_SLOTS_LEFT):
                break
        position = end
    return position, list(items[first:position])


def _is_blank_row(slots: Sequence[Item]) -> bool:
    """Whether slots are blank, and so many on a line that it is a table row of its own."""
    if any(not slot.is_blank for slot in slots):
        return False
    return max(Counter(slot.row for slot in slots).values()) > MOST_SLOTS_LEFT
