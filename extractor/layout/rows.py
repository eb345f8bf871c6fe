"""Page rows: a label and the slots that follow it, on its line or, a cell a line, below it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from extractor.layout.items import Item, Kind
from extractor.layout.labels import Label

# Words inside a header that are no label of the form, at most so long.
_HEADER_TEXT = 40
# A line with a figure and more slots than a figure and what merged cells leave is a table row.
_MOST_SLOTS = 4
# Looked at 1200 times a report: a member of an Enum takes Python 3.11 0.27 µs to find, which is 6 % of
# reading its tables.
_LABEL, _SLOT, _TEXT = Kind.LABEL, Kind.SLOT, Kind.TEXT
_ENDS = (Kind.ROW_END, Kind.TABLE_END)


@dataclass(slots=True)
class PageRow:
    """Slots and what stands before them.

    Attributes:
        head: the last label or words before the slots; None if another row's slots stand there.
        slots: the slots, blank ones included.
        on_line: whether the slots stand on the head's own line.
        position: of the head, or of the first slot, among the items of the document.
        names: the rows that the head can name, by table and block; empty if it names none here.
        figures: the slots with something in them.
    """

    head: Item | None
    slots: list[Item]
    on_line: bool
    position: int
    names: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    figures: list[Item] = field(init=False)

    def __post_init__(self) -> None:
        self.figures = [slot for slot in self.slots if slot.start != slot.end]


@dataclass(slots=True)
class Segment:
    """A header and the rows below it, up to the next header.

    Attributes:
        header: labels of columns, groups and corners, and short words among them; empty for what
            stands before the first header.
        blank: rows of blank slots between the header and the first row.
        rows: the rows with figures, or with a row's label and blank slots.
        loose: row labels and short words to which no figures are tied.
        padded: whether merged cells leave blank slots behind the header's last label.
    """

    header: list[Item] = field(default_factory=list)
    blank: list[PageRow] = field(default_factory=list)
    rows: list[PageRow] = field(default_factory=list)
    loose: list[Item] = field(default_factory=list)
    padded: bool = False


def page_rows(items: Sequence[Item]) -> list[PageRow]:
    """Group the slots of a document."""
    rows: list[PageRow] = []
    position, size = 0, len(items)
    while position < size:
        item = items[position]
        head = None if item.kind is _SLOT else item
        start = position if head is None else position + 1
        if item.kind in _ENDS or start == size or items[start].kind is not _SLOT:
            position += 1
            continue
        end, filled = _line(items, start, item.row)
        slots = list(items[start:end])
        on_line = head is not None or len(slots) > 1
        # Merged cells leave a few blank slots behind a label; a whole row of them is a row of blanks.
        alone = (not filled and len(slots) <= _MOST_SLOTS) or (head is None and len(slots) == 1)
        if alone and not _follows_slot(items, position):
            last, below = _below(items, end)
            if below and not _is_blank_row(below):
                slots = below if head is not None else [*slots, *below]
                end, on_line = last, False
        if slots:
            rows.append(PageRow(head, slots, on_line, position))
        position = max(end, position + 1)
    return rows


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
    """Slots from ``position`` on as far as every line holds slots only, and one figure at most."""
    first, size = position, len(items)
    while position < size and (item := items[position]).kind is _SLOT:
        row, end = item.row, position + 1
        # Most lines hold one slot and nothing else.
        if end < size and items[end].row == row:
            end, filled = _line(items, position, row)
            others = end < size and items[end].row == row and items[end].kind not in _ENDS
            if filled > 1 or others or (filled and end - position > _MOST_SLOTS):
                break
        position = end
    return position, list(items[first:position])


def _is_blank_row(slots: Sequence[Item]) -> bool:
    """Whether slots are blank, and so many on a line that it is a table row of its own."""
    if any(not slot.is_blank for slot in slots):
        return False
    return max(Counter(slot.row for slot in slots).values()) > _MOST_SLOTS


def segments_of(items: Sequence[Item]) -> list[Segment]:
    """Cut a document at its table headers."""
    cutter = _Cutter()
    rows = {row.position: row for row in page_rows(items)}
    for position, item in enumerate(items):
        row = rows.get(position)
        if row is not None or item.kind is _LABEL or item.kind is _TEXT:
            cutter.take(item, row)
        elif item.kind is Kind.TABLE_END:
            cutter.end_table()
    cutter.end_header()
    return cutter.segments


class _Cutter:
    """Takes the items of a document one by one and collects them in segments."""

    def __init__(self) -> None:
        self.segments = [Segment()]
        self._header: list[Item] = []
        self._blank: list[PageRow] = []
        # Whether a label of the header so far names a column; whether its last one has blank slots behind.
        self._has_column = False
        self._padded = False

    def take(self, item: Item, row: PageRow | None) -> None:
        label = item.label
        names_row = label is not None and label.names_row and self._names_row(label, row)
        if label is not None and not names_row:
            if label.is_of_header:
                self._extend_header(item)
            else:
                self.end_header()
        elif item.kind is _TEXT and self._header and not self._is_behind_header(item):
            self._extend_header(item)
        elif item.kind is _TEXT:
            self.end_header()
            self.segments[-1].loose.append(item)
        if row is not None and (row.figures or names_row):
            if names_row and label is not None:
                row.names = label.rows
            self.end_header()
            self.segments[-1].rows.append(row)
        elif names_row:
            self.end_header()
            self.segments[-1].loose.append(item)
        elif row is not None and row.head is None:
            self._blank.append(row)
        elif row is not None:
            self._padded = True

    def _names_row(self, label: Label, row: PageRow | None) -> bool:
        """Whether a row's label names a row here; 其他 and 总计 name a column inside a header."""
        if not label.is_of_header or (label.number is not None and label.names_column):
            return True
        if label.names_column and self._has_column:
            return False
        # (六)其他处理 is a group in one edition and a row in another: a row has slots, even if all are blank.
        return row is not None and (bool(row.figures) or len(row.slots) > _MOST_SLOTS)

    def _is_behind_header(self, item: Item) -> bool:
        """Whether words are too many for a header, or stand below a whole row of blanks under it."""
        is_above = self._has_column and any(len(row.slots) > _MOST_SLOTS for row in self._blank)
        return is_above or item.end - item.start > _HEADER_TEXT

    def _extend_header(self, item: Item) -> None:
        label = item.label
        if label is not None and label.begins_header and self._has_column:
            self.end_header()
        self._header.append(item)
        self._has_column = self._has_column or (label is not None and label.names_column)
        self._padded = False
        self._blank = []

    def end_table(self) -> None:
        """What follows a table isn't of its header, be it that all cells below that are blank."""
        if self._makes_header():
            self.end_header()

    def end_header(self) -> None:
        """Open a segment if what was collected is a header."""
        if self._header:
            if self._makes_header():
                self.segments.append(Segment(self._header, self._blank, padded=self._padded))
            else:
                self.segments[-1].loose += self._header
            self._header = []
            self._has_column = False
        self._blank = []

    def _makes_header(self) -> bool:
        return any(item.label is not None and item.label.makes_header for item in self._header)
