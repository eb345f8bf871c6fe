"""Blank cells of text that keeps the look of its page: where a figure stands on its line tells its column.

There nothing stands for a blank cell. Where rows with a figure in every column show where the columns are,
a row of fewer figures has blanks in the columns in which none of them stands; and beside such rows a label
without figures, whose table has none without a label, has a row of blanks. A label too long for its field
pushes its figures right, below other columns: where one may be so, nothing is told of its row. Figures with
one blank between them (`30 178`) are two cells where each stands in a column of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain

from extractor.documents.document import Span
from extractor.layout.headers.header import HeaderMatch
from extractor.layout.items.items import Item, Kind
from extractor.layout.rows.places import Places, are_laid_out, places_of, word_at
from extractor.layout.rows.rows import PageRow
from extractor.layout.rows.segments import Segment
from extractor.layout.words.meanings import Role

_WORD = re.compile(r"\S+")
# So many rows with all figures show where the columns stand.
_FEWEST_ROWS = 2


def with_blanks_in_place(
    items: Sequence[Item], tables: Sequence[tuple[Segment, HeaderMatch]], text: str
) -> list[Item]:
    """Items with a slot of its own in each column of a laid out row, a blank one where no figure stands.

    Args:
        items: of the document, in reading order.
        tables: its segments, each with a header that tells the order of its columns.
        text: the document's text.
    """
    before: dict[int, list[Item]] = {}
    behind: dict[int, list[Item]] = {}
    instead: dict[int, Item] = {}
    for segment, header in tables:
        size = len(header.orders[0])
        places = places_of(segment.rows, text, size, _FEWEST_ROWS) if size > 1 else None
        if places is not None and _begin_elsewhere(segment, places, text):
            places = None
        if places is not None:
            instead |= _cells_apart(segment, places, text)
        if places is not None and all(row.names or not row.figures for row in segment.rows):
            _add_blanks_of(segment, places, text, before, behind)
    if not before and not behind and not instead:
        return list(items)
    return [
        part
        for item in items
        for part in (*before.get(id(item), ()), instead.get(id(item), item), *behind.get(id(item), ()))
    ]


def _cells_apart(segment: Segment, places: Places, text: str) -> dict[int, Item]:
    """The figures of whole rows that share cells, each as a cell of its own, by the identity of the item."""
    size = len(places.lefts)
    apart: dict[int, Item] = {}
    for row in segment.rows:
        cells = {(slot.row, slot.column) for slot in row.slots}
        if row.on_line and len(cells) < len(row.slots) == size and _stand_below(row.slots, places, text):
            apart |= {id(slot): replace(slot, column=-1 - column) for column, slot in enumerate(row.slots)}
    return apart


def _stand_below(slots: Sequence[Item], places: Places, text: str) -> bool:
    """Whether each figure of a whole row stands where those of its column do."""
    middles = [word_at(text, Span(slot.start, slot.end), places.measure).middle for slot in slots]
    return all(
        slot.grid_column is None and places.column_at(middle) == column and places.stands_in(column, middle)
        for column, (slot, middle) in enumerate(zip(slots, middles, strict=True))
    )


def _add_blanks_of(
    segment: Segment,
    places: Places,
    text: str,
    before: dict[int, list[Item]],
    behind: dict[int, list[Item]],
) -> None:
    """Note the blank slots of a table, by the identity of the item that they stand before or behind."""
    size = len(places.lefts)
    short = [row for row in segment.rows if row.on_line and len(row.slots) < size]
    reach = _reach_of_labels(segment, places, text)
    told = [row for row in short if _is_in_place(row, places, text, reach)]
    has_blanks = [_add_blanks(row, places, text, before, behind) for row in told]
    # Where every row prints its zeros, figures are lost that a label should have.
    for item in segment.loose if any(has_blanks) else ():
        if item.label is not None and item.label.names_row and Role.GROUP not in item.label.roles:
            behind[id(item)] = [_blank(item, item.end, column) for column in range(size)]


def _begin_elsewhere(segment: Segment, places: Places, text: str) -> bool:
    """Whether a row begins left of all columns: the rows that show where these are were pushed right."""
    return any(row.on_line and row.slots and _begins_at(row, places, text) == -1 for row in segment.rows)


def _begins_at(row: PageRow, places: Places, text: str) -> int | None:
    """The column of the first slot of a row; -1 left of all, None right of them."""
    first = row.slots[0]
    return places.column_at(word_at(text, Span(first.start, first.end), places.measure).middle)


def _reach_of_labels(segment: Segment, places: Places, text: str) -> float:
    """How far right labels may reach that push nothing below another column.

    As far as those of rows that have a figure in the first column, or half of a column short of that.
    """
    rows = [row for row in segment.rows if row.on_line and row.slots and _begins_at(row, places, text) == 0]
    half = (places.lefts[1] - places.lefts[0]) / 2
    return max([places.lefts[0] - half, *(_label_end(row, places, text) for row in rows)])


def _is_in_place(row: PageRow, places: Places, text: str, reach: float) -> bool:
    """Whether the label of a row can't have pushed its figures below other columns."""
    return _begins_at(row, places, text) == 0 or _label_end(row, places, text) <= reach


def _label_end(row: PageRow, places: Places, text: str) -> int:
    """How far right the words before the figures of a row reach on their line."""
    first = row.slots[0].start
    return places.measure(text[text.rfind("\n", 0, first) + 1 : first].rstrip())


def _add_blanks(
    row: PageRow, places: Places, text: str, before: dict[int, list[Item]], behind: dict[int, list[Item]]
) -> bool:
    """Note the blank slots of one row; False if its figures don't stand below the columns."""
    columns = _columns_of(row, places, text)
    if columns is None:
        return False
    last = -1
    for column, slot in columns.items():
        # Each has a place of its own among the blanks before the figure.
        before[id(slot)] = [
            _blank(slot, slot.start - column + missing, missing) for missing in range(last + 1, column)
        ]
        last = column
    end = row.slots[-1]
    behind[id(end)] = [_blank(end, end.end, column) for column in range(last + 1, len(places.lefts))]
    return True


def _columns_of(row: PageRow, places: Places, text: str) -> Mapping[int, Item] | None:
    """The figures of a row by column, from left to right; None if they stand elsewhere, or words there."""
    if not are_laid_out(row.slots, text) or _has_words_in_columns(row, places, text):
        return None
    columns: dict[int, Item] = {}
    for slot in row.slots:
        middle = word_at(text, Span(slot.start, slot.end), places.measure).middle
        column = places.column_at(middle)
        is_there = column is not None and column >= 0 and places.stands_in(column, middle)
        if column is None or not is_there or column in columns:
            return None
        columns[column] = slot
    return columns


def _has_words_in_columns(row: PageRow, places: Places, text: str) -> bool:
    """Whether something else than a figure stands on the line of a row where figures of a column do."""
    first, last = row.slots[0].start, row.slots[-1].end
    before = _WORD.finditer(text, text.rfind("\n", 0, first) + 1, first)
    end = text.find("\n", last)
    behind = _WORD.finditer(text, last, end if end >= 0 else len(text))
    for match in chain(before, behind):
        middle = word_at(text, Span(*match.span()), places.measure).middle
        column = places.column_at(middle)
        if column is not None and column >= 0 and places.stands_in(column, middle):
            return True
    return False


def _blank(item: Item, place: int, column: int) -> Item:
    """A blank slot; it is no part of the cell of the item beside it."""
    return replace(item, kind=Kind.SLOT, label=None, start=place, end=place, column=-1 - column)
