"""Blank cells of text with a cell a line: an empty line between a label and the next one is a blank cell.

Where every label of a table is followed by as many lines as the table has columns, figures on some and
nothing on the others, these lines are its cells. Where empty lines part all cells of a page, figures stand on
every second line only.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import NamedTuple, TypeAlias

from extractor.layout.items.items import Item, Kind
from extractor.layout.rows.margins import level_of
from extractor.layout.words.meanings import Role
from rules.form import Form

_EMPTY_LINE = re.compile(r"\n[^\S\n]*\n")
# So many rows of a table show it; so many empty lines are what merged cells leave.
_FEWEST_ROWS, _MOST_PADS = 2, 3
# Rows of so many columns that all have a figure less, and an empty line behind them, are no accident.
_WIDE_ENOUGH = 5
_OF_ROWS = (Role.ROW, Role.GROUP)

# A block: the ids of its table and its own.
_BlockIds: TypeAlias = tuple[str, str]


class _Size(NamedTuple):
    """How many cells stand behind a label: of a row, or of a header whose table has one line of figures."""

    cells: int
    is_wide: bool


class _Gap(NamedTuple):
    """What stands between a label and the next words.

    Attributes:
        position: of the label among all items.
        lines: the numbers of the lines in between.
        slots: the figures on them, by the number of their line; None if a line holds several.
        level: how deep the next words stand, by how their ordinal is written.
        is_last: whether these are no label of a row of the same block.
    """

    position: int
    lines: range
    slots: dict[int, Item] | None
    level: str
    is_last: bool


def with_blank_lines(items: Sequence[Item], text: str, forms: Sequence[Form]) -> list[Item]:
    """Items with a blank slot for each empty line that is a cell.

    Args:
        items: of a document, in reading order.
        text: the document's text.
        forms: whose tables it may hold.
    """
    if _EMPTY_LINE.search(text) is None:
        return list(items)
    starts = list(accumulate((len(line) + 1 for line in text.split("\n")), initial=0))
    behind: dict[int, list[Item]] = {}
    for depends, key, (size, is_wide) in _sizes(forms):
        if depends and not behind:
            break
        gaps = list((_wide_gaps if is_wide else _row_gaps)(items, text, starts, key))
        if (_are_filled if depends else _are_cells)(gaps, size):
            behind |= {gap.position: _cells(items[gap.position], gap, size, starts) for gap in gaps}
    return list(_with_cells(items, behind)) if behind else list(items)


def _sizes(forms: Sequence[Form]) -> list[tuple[bool, _BlockIds, _Size]]:
    """How many cells stand behind a label of each block, and whether other tables must tell that they do.

    Of a narrow table, or one of one line, only wide tables on the page tell; these come first.
    """
    sizes: set[tuple[bool, _BlockIds, _Size]] = set()
    for form in forms:
        for key, (_, block) in form.blocks.items():
            is_wide = block.orientation == "wide"
            cells = len(block.columns) * (len(block.rows) if is_wide else 1)
            sizes.add((is_wide or cells < _WIDE_ENOUGH, key, _Size(cells, is_wide)))
    return sorted(sizes)


def _with_cells(items: Sequence[Item], behind: dict[int, list[Item]]) -> Iterator[Item]:
    """Items with the cells of each label behind it, in place of the figures that stood there."""
    position = 0
    while position < len(items):
        yield items[position]
        cells = behind.get(position, [])
        yield from cells
        position = _next_words(items, position) if cells else position + 1


def _row_gaps(items: Sequence[Item], text: str, starts: Sequence[int], key: _BlockIds) -> Iterator[_Gap]:
    """The gaps behind the labels of a block's rows."""
    named = [
        position
        for position, item in enumerate(items)
        if item.label is not None and not item.label.is_of_header and key in item.label.rows
    ]
    for position in named:
        following = _next_words(items, position)
        label = items[following].label if following < len(items) else None
        meanings = label.meanings if label is not None else ()
        goes_on = any((table, block) == key and role in _OF_ROWS for role, table, block, _ in meanings)
        gap = _gap(items, starts, position, following, is_last=not goes_on)
        yield gap._replace(level=level_of(text[items[following].start :][:1]) if goes_on else "")


def _wide_gaps(items: Sequence[Item], _: str, starts: Sequence[int], key: _BlockIds) -> Iterator[_Gap]:
    """The gap behind the last label of a wide block's header."""
    for position, item in enumerate(items):
        following = _next_words(items, position)
        label = items[following].label if following < len(items) else None
        is_of_header = item.label is not None and key in item.label.columns
        if is_of_header and (label is None or key not in label.columns) and following > position + 1:
            yield _gap(items, starts, position, following, is_last=True)


def _next_words(items: Sequence[Item], position: int) -> int:
    following = position + 1
    while following < len(items) and items[following].kind is Kind.SLOT:
        following += 1
    return following


def _gap(
    items: Sequence[Item], starts: Sequence[int], position: int, following: int, *, is_last: bool
) -> _Gap:
    first = _line(items[position].end, starts) + 1
    last = _line(items[following].start, starts) if following < len(items) else len(starts) - 1
    slots = {_line(item.start, starts): item for item in items[position + 1 : following]}
    is_one_a_line = len(slots) == following - position - 1 and all(line >= first for line in slots)
    return _Gap(position, range(first, last), slots if is_one_a_line else None, "", is_last)


def _line(offset: int, starts: Sequence[int]) -> int:
    return bisect_right(starts, offset) - 1


def _are_filled(gaps: Sequence[_Gap], size: int) -> bool:
    """Whether there are as many lines as cells behind every label, and all figures stand on these.

    Lines beyond them are empty: what merged cells leave before the next label, and space behind a table.
    """
    return bool(gaps) and all(
        gap.slots is not None
        and size <= len(gap.lines)
        and (gap.is_last or len(gap.lines) <= size + _MOST_PADS)
        and all(line in gap.lines[:size] for line in gap.slots)
        for gap in gaps
    )


def _are_cells(gaps: Sequence[_Gap], size: int) -> bool:
    """Whether the lines behind all labels of a table are its cells, and some of them blank."""
    if len(gaps) < _FEWEST_ROWS or not _are_filled(gaps, size):
        return False
    is_single_spaced = any((line - gap.lines[0]) % 2 == 0 for gap in gaps for line in gap.slots or ())
    is_blank_somewhere = any(len(gap.slots or ()) < size for gap in gaps)
    return is_single_spaced and is_blank_somewhere and _are_pads(gaps, size)


def _are_pads(gaps: Sequence[_Gap], size: int) -> bool:
    """Whether the lines beyond the cells are what merged cells leave: as much before every label of a level.

    Else a line of a row is another's. Some rows must have a figure in their first and their last cell.
    """
    pads = {(gap.level, len(gap.lines) - size) for gap in gaps if not gap.is_last}
    reaching = sum({gap.lines[0], gap.lines[size - 1]} <= (gap.slots or {}).keys() for gap in gaps)
    is_same = len({level for level, _ in pads}) == len(pads)
    return is_same and (reaching >= _FEWEST_ROWS or not any(count for _, count in pads))


def _cells(label: Item, gap: _Gap, size: int, starts: Sequence[int]) -> list[Item]:
    """The cells of a row as if they stood on the line of its label."""
    cells: list[Item] = []
    for column, line in enumerate(gap.lines[:size], 1):
        slot = (gap.slots or {}).get(line)
        start, end = (starts[line], starts[line]) if slot is None else (slot.start, slot.end)
        cells.append(
            replace(
                label,
                kind=Kind.SLOT,
                start=start,
                end=end,
                column=label.column + column,
                label=None,
                middle=None,
            )
        )
    return cells
