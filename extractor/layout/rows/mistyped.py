"""Labels with mistakes of typing in the cells of tables, where nothing else on the page is the label.

The label of a row stands right before its figures, that of a column in a row without any.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from operator import attrgetter
from typing import TypeAlias

from extractor.layout.items.items import Item, Kind
from extractor.layout.words.labels import Label, LabelIndex
from extractor.layout.words.meanings import Meaning, Role
from extractor.layout.words.typing_mistakes import mistyped_label
from rules.form import Form

_SLOT, _TEXT = Kind.SLOT, Kind.TEXT
_BlockIds: TypeAlias = tuple[str, str]


def with_mistyped_labels(
    items: list[Item], text: str, index: LabelIndex, forms: Sequence[Form]
) -> list[Item]:
    """Items in which words are the labels of rows, and of columns, that they are but for mistakes of typing.

    Columns of which a table has several are told by each other elsewhere
    (`extractor.layout.headers.misprints`). In lists of indicators, whose labels differ by little, nothing is.

    Args:
        items: of a document, in reading order.
        text: the document's text.
        index: the labels that are looked for.
        forms: editions of one family.
    """
    if index.units or not any(item.kind is _TEXT and item.grid_column is not None for item in items):
        return items
    found = _found(items, text, index, _told_alone(forms))
    taken = _rows_of(items, found)
    return [
        replace(item, kind=Kind.LABEL, label=label)
        if (label := found.get(id(item))) is not None and all(taken[one] == 1 for one in label.all_rows)
        else item
        for item in items
    ]


def _found(
    items: Sequence[Item], text: str, index: LabelIndex, alone: dict[_BlockIds, bool]
) -> dict[int, Label]:
    """The labels that words in cells are but for mistakes of typing, by the identity of their items."""
    found: dict[int, Label] = {}
    for _, group in groupby(items, key=attrgetter("row")):
        row = list(group)
        for item, following in zip(row, [*row[1:], None], strict=True):
            if item.kind is not _TEXT or item.grid_column is None:
                continue
            is_before_slot = following is not None and following.kind is _SLOT
            is_wanted = _is_row if is_before_slot else _is_of_header(row, item, alone)
            label = _meant(text[item.start : item.end], index, is_wanted) if is_wanted is not None else None
            if label is not None:
                found[id(item)] = label
    return found


def _meant(words: str, index: LabelIndex, is_wanted: Callable[[Meaning], bool]) -> Label | None:
    """The label that words are but for mistakes, with those of its meanings that are wanted; None without."""
    label = mistyped_label(words, index)
    meanings = tuple(filter(is_wanted, label.meanings)) if label is not None else ()
    return Label(meanings, label.number, label.unit) if label is not None and meanings else None


def _is_row(meaning: Meaning) -> bool:
    return meaning.role is Role.ROW


def _told_alone(forms: Sequence[Form]) -> dict[_BlockIds, bool]:
    """The blocks whose columns aren't told by each other, each with whether it is wide."""
    blocks = [(table.id, block) for form in forms for table in form.tables for block in table.blocks]
    return {
        (table, block.id): block.orientation == "wide"
        for table, block in blocks
        if block.orientation == "wide" or len(block.columns) == 1
    }


def _is_of_header(
    row: Sequence[Item], item: Item, alone: dict[_BlockIds, bool]
) -> Callable[[Meaning], bool] | None:
    """What words in a row without figures may name; None if nothing.

    The only column of a block stands behind words that the form has in the corner.
    """
    if any(one.kind is _SLOT and not one.is_blank for one in row):
        return None
    first = row[0].label
    has_corner = item is not row[0] and first is not None and first.begins_header

    def is_wanted(meaning: Meaning) -> bool:
        is_wide = alone.get((meaning.table, meaning.block))
        return meaning.role in (Role.COLUMN, Role.WIDE_ROW) and (is_wide or (is_wide is False and has_corner))

    return is_wanted


def _rows_of(items: Sequence[Item], found: dict[int, Label]) -> Counter[str]:
    """How often each row of a form is named right before slots, by whole labels or by those with mistakes."""
    times: Counter[str] = Counter()
    for item, following in pairwise(items):
        label = found.get(id(item)) or item.label
        if label is not None and following.kind is _SLOT and following.row == item.row:
            times.update(label.all_rows)
    return times
