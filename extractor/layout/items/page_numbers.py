"""Page numbers inside a table that stand alone on their lines: programs write them where a page ends."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from extractor.layout.items.items import Item, Kind

_MOST_DIGITS = 3
# Rows of fewer figures may have one of theirs on a line of its own.
_FEWEST_FIGURES = 3
# Words that go on with a label, and what a page repeats at its head, stand between a page number and rows.
_MOST_BETWEEN = 8
_NEW_PAGE = "\f"
_ROW = attrgetter("row")
_SLOT, _ROW_END = Kind.SLOT, Kind.ROW_END


class _Alone(NamedTuple):
    """A number that stands alone on its line.

    Attributes:
        line: which of the lines with items it is.
        item: where it stands.
        number: what it is.
    """

    line: int
    item: Item
    number: int


def without_page_numbers(items: list[Item], text: str) -> list[Item]:
    """Items without the page numbers that stand between whole rows of a table.

    A number that is alone on its line, between two rows with as many figures each on lines of their own, is
    a page number where the text has the end of a page beside it, or where the one before or behind it counts
    on: 4, then 5; and where cells of both rows have borders on their lines, and blank lines part it from
    them. Digits torn from a row would do none of that.

    Args:
        items: of a document, in reading order.
        text: the document's text.
    """
    lines = [[item for item in line if item.kind is not _ROW_END] for _, line in groupby(items, key=_ROW)]
    alone = [
        _Alone(number, line[0], int(text[line[0].start : line[0].end]))
        for number, line in enumerate(lines)
        if len(line) == 1 and _is_number(line[0], text)
    ]
    found = {
        id(one.item)
        for place, one in enumerate(alone)
        if _stands_between_rows(one.line, lines)
        and (
            _counts_on(alone, place)
            or _is_at_end_of_page(one.line, lines, text)
            or _is_outside_of_grid(one.line, lines, text)
        )
    }
    return [item for item in items if id(item) not in found] if found else items


def _is_number(item: Item, text: str) -> bool:
    printed = text[item.start : item.end]
    is_short = 0 < len(printed) <= _MOST_DIGITS
    return item.kind is _SLOT and is_short and printed.isascii() and printed.isdigit() and printed[0] != "0"


def _counts_on(alone: Sequence[_Alone], place: int) -> bool:
    number = alone[place].number
    is_next = place + 1 < len(alone) and alone[place + 1].number == number + 1
    return is_next or (place > 0 and alone[place - 1].number == number - 1)


def _is_at_end_of_page(line: int, lines: Sequence[Sequence[Item]], text: str) -> bool:
    """Whether a page ends between a line and the one above or below it."""
    above, own, below = lines[line - 1], lines[line][0], lines[line + 1]
    return _NEW_PAGE in text[above[-1].end : own.start] or _NEW_PAGE in text[own.end : below[0].start]


def _is_outside_of_grid(line: int, lines: Sequence[Sequence[Item]], text: str) -> bool:
    """Whether a line is in no grid, those above and below it are, and blank lines stand between them."""
    above, own, below = lines[line - 1], lines[line][0], lines[line + 1]
    are_gaps = all(
        text.count("\n", start, end) > 1
        for start, end in ((above[-1].end, own.start), (own.end, below[0].start))
    )
    is_in_grid = above[-1].grid_column is not None and below[0].grid_column is not None
    return own.grid_column is None and is_in_grid and are_gaps


def _stands_between_rows(line: int, lines: Sequence[Sequence[Item]]) -> bool:
    """Whether the next lines with figures above and below a line are whole rows, of as many figures each."""
    above = _figures_of_next(lines[max(0, line - _MOST_BETWEEN) : line][::-1])
    below = _figures_of_next(lines[line + 1 : line + 1 + _MOST_BETWEEN])
    return above == below and above >= _FEWEST_FIGURES


def _figures_of_next(lines: Sequence[Sequence[Item]]) -> int:
    """How many figures the first line has that has any; 0 if none has, or no words stand before them."""
    for line in lines:
        filled = [item for item in line if not item.is_blank]
        figures = sum(item.kind is _SLOT for item in filled)
        if figures:
            return figures if filled[0].kind is not _SLOT else 0
    return 0
