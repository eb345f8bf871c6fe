"""Segments: a document cut at the headers of its tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extractor.layout.items.items import Item, Kind
from extractor.layout.rows.rows import MOST_SLOTS_LEFT, PageRow, page_rows
from extractor.layout.words.labels import Label
from extractor.layout.words.meanings import Role

# Words inside a header that are no label of the form, at most so long.
_HEADER_TEXT = 40
# Where all labels of a header are broken over lines, it has at least so many pieces of them.
_LEAST_PIECES = 4
# Asked of every item: a member of an Enum takes Python 3.11 0.27 µs to find.
_LABEL, _TEXT = Kind.LABEL, Kind.TEXT


@dataclass(slots=True)
class Segment:
    """A header and the rows below it, up to the next header.

    Attributes:
        header: labels of columns, groups and corners, and short words among them; empty for what stands
            before the first header.
        blank: rows of blank slots between the header and the first row.
        rows: the rows with figures, or with a row's label and blank slots.
        loose: row labels and short words to which no figures are tied.
        pads: how many blank slots merged cells leave behind the header's last label.
    """

    header: list[Item] = field(default_factory=list)
    blank: list[PageRow] = field(default_factory=list)
    rows: list[PageRow] = field(default_factory=list)
    loose: list[Item] = field(default_factory=list)
    pads: int = 0

    @property
    def left_by_header(self) -> int:
        """How many blank slots merged cells leave between the header and the first row."""
        return self.pads or sum(len(row.slots) for row in self.blank if row.head is None)


def segments_of(items: Sequence[Item], text: str) -> list[Segment]:
    """Cut a document at its table headers.

    Args:
        items: of the document, in reading order.
        text: the document's text.
    """
    cut = _Cut(text)
    rows = {row.position: row for row in page_rows(items, text)}
    for position, item in enumerate(items):
        row = rows.get(position)
        if item.label is not None and cut.names_row(item.label, row):
            cut.add_row_label(item, item.label, row)
            continue
        if item.kind is _LABEL or item.kind is _TEXT:
            cut.add_words(item)
        elif item.kind is Kind.TABLE_END:
            cut.end_table(items[position + 1] if position + 1 < len(items) else None)
        if row is not None:
            cut.add_slots(row, item.label)
    cut.end_header()
    return cut.segments


@dataclass(slots=True)
class _Header:
    """What may be a header, as far as the page was read.

    Attributes:
        items: labels and words.
        blank: rows of blank slots below them.
        has_column: whether any of the labels names a column.
        pads: how many blank slots stand behind the last label.
    """

    items: list[Item] = field(default_factory=list)
    blank: list[PageRow] = field(default_factory=list)
    has_column: bool = False
    pads: int = 0

    @property
    def is_header(self) -> bool:
        """Whether any of its labels makes it one, or all labels of its columns are broken over lines."""
        labels = [item.label for item in self.items if item.label is not None]
        if any(label.makes_header for label in labels):
            return True
        pieces = sum(item.kind is _TEXT for item in self.items)
        is_begun = any(label.begins_header for label in labels)
        return is_begun and pieces >= _LEAST_PIECES and any(Role.GROUP in label.roles for label in labels)


class _Cut:
    """The segments of a document, as far as it was read, and what may be the header of the next one."""

    def __init__(self, text: str) -> None:
        self.segments = [Segment()]
        self._text = text
        self._header = _Header()
        # The last label that stands before figures, and whether it names a row there; None if words do.
        self._before: Label | None = None
        self._is_row_before = False

    def names_row(self, label: Label, row: PageRow | None) -> bool:
        """Whether a label names a row here; 其他 and 总计 name a column inside a header.

        Args:
            label: the label.
            row: the slots that follow it; None if none do.
        """
        if not label.names_row:
            return False
        if not label.is_of_header or (label.number is not None and label.names_column):
            return True
        if label.names_column and (self._header.has_column or self._follows_column(label)):
            return False
        if label.names_column and row is not None and self._stands_below_rows(label, len(row.slots)):
            return False
        # (六)其他处理 is a group in one edition and a row in another: a row has slots, even if all are blank.
        return row is not None and (bool(row.figures) or len(row.slots) > MOST_SLOTS_LEFT)

    def _follows_column(self, label: Label) -> bool:
        """Whether the figures before a label stand behind another column of its table, a line a column."""
        before = self._before
        return (
            before is not None
            and not self._is_row_before
            and not before.columns.keys().isdisjoint(label.columns)
        )

    def _stands_below_rows(self, label: Label, size: int) -> bool:
        """Whether the labels of a table's rows stand side by side above, one for each of so many figures.

        Then a label of its columns stands before the figures of that column, be it that it names a row
        elsewhere, as 总计 does.
        """
        labels = [item.label for item in self._header.items if item.label is not None]
        named = [one for one in labels if not one.wide_rows.keys().isdisjoint(label.columns)]
        return len(named) == size > 1

    def add_row_label(self, item: Item, label: Label, row: PageRow | None) -> None:
        """Add the label of a row; it ends the header above it.

        Args:
            item: where it stands.
            label: what it is.
            row: the slots that follow it; None if none do.
        """
        self.end_header()
        self._before, self._is_row_before = label, True
        if row is None:
            self.segments[-1].loose.append(item)
        else:
            row.names = label.rows
            self.segments[-1].rows.append(row)

    def add_words(self, item: Item) -> None:
        """Add words, or a label that names no row here: to the header, or they end it."""
        is_of_header = item.label.is_of_header if item.label is not None else self._may_be_of_header(item)
        if is_of_header:
            self._extend_header(item)
            return
        self.end_header()
        if item.label is None:
            self.segments[-1].loose.append(item)

    def add_slots(self, row: PageRow, label: Label | None) -> None:
        """Add slots that no label of a row stands before.

        Args:
            row: the slots.
            label: the label that they follow; None if they follow words, or nothing.
        """
        if not row.on_line and label is not None:
            # Below the header's last label, a cell a line: figures without a label of their own.
            row.head = None
        if row.figures:
            self.end_header()
            self._before, self._is_row_before = label, False
            self.segments[-1].rows.append(row)
        elif row.head is None:
            self._header.blank.append(row)
        else:
            self._header.pads = len(row.slots)

    def _may_be_of_header(self, words: Item) -> bool:
        """Whether words go on with a header: they are few, and no whole row of blanks stands above them."""
        header = self._header
        if not header.items or (
            header.has_column and any(len(row.slots) > MOST_SLOTS_LEFT for row in header.blank)
        ):
            return False
        parts = self._text[words.start : words.end].split()
        return max(map(len, parts), default=0) <= _HEADER_TEXT

    def _extend_header(self, item: Item) -> None:
        label = item.label
        if label is not None and label.begins_header and self._header.has_column:
            self.end_header()
        header = self._header
        header.items.append(item)
        header.has_column = header.has_column or (label is not None and label.names_column)
        header.pads = 0
        header.blank = []

    def end_table(self, following: Item | None) -> None:
        """What follows a table isn't of its header, be it that all cells below that are blank.

        Where every row is a table of its own, the labels of columns follow those of rows side by side.

        Args:
            following: what stands behind the table; None if nothing does.
        """
        label = following.label if following is not None else None
        columns = label.columns.keys() if label is not None else frozenset[tuple[str, str]]()
        rows = [item.label.wide_rows.keys() for item in self._header.items if item.label is not None]
        goes_on = not self._header.has_column and any(not columns.isdisjoint(named) for named in rows)
        if self._header.is_header and not goes_on:
            self.end_header()

    def end_header(self) -> None:
        """Open a segment if what was collected is a header."""
        header = self._header
        if not header.items:
            header.blank = []
            return
        if header.is_header:
            self.segments.append(Segment(header.items, header.blank, pads=header.pads))
        else:
            self.segments[-1].loose += header.items
        self._header = _Header(pads=header.pads)
