"""A column that numbers the rows of a table, 序号: its numbers are no figures of any row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractor.layout.items import Item, Kind

# So many rows, numbered from 1 without a gap, are numbered; fewer may have such figures.
_FEWEST = 4
_MOST_DIGITS = 2
# Asked of every item: a member of an Enum takes Python 3.11 0.27 µs to find.
_SLOT, _WORDS = Kind.SLOT, (Kind.TEXT, Kind.LABEL)


class _Numbered(NamedTuple):
    """A row that begins with a number, with words and figures behind it.

    Attributes:
        position: of the number among all items.
        number: what it is.
    """

    position: int
    number: int


def without_row_numbers(items: list[Item], text: str) -> list[Item]:
    """Items without the numbers that count the rows of a table: 1, 2, 3 … in a first column of their own.

    Args:
        items: of a document, in reading order.
        text: the document's text.
    """
    numbers: set[int] = set()
    run: list[_Numbered] = []
    for numbered in _numbered(items, text):
        if numbered.number != (run[-1].number + 1 if run else 1):
            numbers |= _positions(run)
            run = []
        if numbered.number == len(run) + 1:
            run.append(numbered)
    numbers |= _positions(run)
    return [item for position, item in enumerate(items) if position not in numbers] if numbers else items


def _positions(run: Sequence[_Numbered]) -> set[int]:
    return {numbered.position for numbered in run} if len(run) >= _FEWEST else set()


def _numbered(items: Sequence[Item], text: str) -> Iterator[_Numbered]:
    """The rows that begin with a whole number and go on with words and at least one other cell."""
    row = -1
    for position, (first, words, cell) in enumerate(zip(items, items[1:], items[2:], strict=False)):
        if first.row == row:
            continue
        row = first.row
        if first.kind is not _SLOT or first.column or not words.row == cell.row == row:
            continue
        printed = text[first.start : first.end]
        is_number = printed.isdecimal() and len(printed) <= _MOST_DIGITS
        if is_number and words.kind in _WORDS and cell.kind is not Kind.ROW_END:
            yield _Numbered(position, int(printed))
