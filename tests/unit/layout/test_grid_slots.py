"""Slots by the columns of a grid, and lines of slots that can't be one row's."""

from __future__ import annotations

import pytest

from extractor.layout.headers.header import HeaderMatch
from extractor.layout.items.items import Item, Kind
from extractor.layout.placing.slots import Slots, admitted, aligned, are_apart, is_grid_of
from extractor.layout.rows.margins import Margins, RowKind
from extractor.layout.rows.rows import PageRow
from tests.helpers.layout_pages import FORMS

FORM = FORMS[0]
TABLE = FORM.tables[0]
# Labels at the columns 1, 2 and 3 of a grid whose lines end at column 4.
HEADER = HeaderMatch(
    FORM, TABLE, TABLE.blocks[0], (("a", "b", "c"),), {}, {}, columns_at=(1, 2, 3), row_end=4
)
MARGINS = Margins({}, {}, {}, kept=True, pads={})


def row(text: str, last: int = 4) -> PageRow:
    """A row from ``"1 _ 2"``, a word for each column of the grid; _ is a blank slot, - is no slot."""
    slots = [
        Item(Kind.SLOT, i * 2, i * 2 + (word != "_"), 0, i, None, i, last)
        for i, word in enumerate(text.split())
        if word != "-"
    ]
    return PageRow(Item(Kind.TEXT, 90, 99, 0), slots, on_line=True, position=0)


@pytest.mark.parametrize(
    ("text", "last", "columns"),
    [
        ("- 1 2 3 _", 4, [1, 2, 3]),
        ("_ _ 2 3 _", 4, [1, 2, 3]),
        # A figure outside; no slot at the last column; a line that ends elsewhere.
        ("- 1 2 3 4", 4, None),
        ("- 1 2 -", 4, None),
        ("- 1 2 3", 3, None),
    ],
)
def test_the_slots_below_the_labels(text: str, last: int, columns: list[int] | None) -> None:
    slots = aligned(row(text, last), HEADER)
    assert (None if slots is None else [slot.grid_column for slot in slots if slot]) == columns


# Labels at the columns 1, 4 and 8, each of a cell that reaches to the next, which the page doesn't tell.
WIDE = HEADER._replace(columns_at=(1, 4, 8), row_end=10)


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("- 1 _ _ _ 2 _ _ _ 3 _", [1, 5, 9]),
        ("- _ _ 1 _ 2 _ _ 3 _ _", [3, 5, 8]),
        # Two figures below one label; one too few.
        ("- 1 _ _ _ 2 3 _ _ _ _", None),
        ("- 1 _ _ _ 2 _ _ _ _ _", None),
    ],
)
def test_each_figure_may_stand_anywhere_below_its_label(text: str, columns: list[int] | None) -> None:
    one = row(text, 10)
    placements = admitted(one, RowKind("", on_line=True, column=0, header=0), WIDE, MARGINS, ("a", "b", "c"))
    told = [[slot.grid_column for slot in slots if slot] for slots in placements]
    assert told == ([] if columns is None else [columns])


@pytest.mark.parametrize(
    ("text", "others", "is_grid"),
    [
        ("- 1 2 3 -", ["- _ 5 _ -"], True),
        # A slot before the first column: all columns may stand further left, unless the last one is filled.
        ("_ _ 2 _ -", ["_ 4 5 _ -"], False),
        ("_ _ 2 _ -", ["_ 4 5 6 -"], True),
        # A slot behind the last column, likewise.
        ("- _ 2 _ _", ["- _ 5 6 _"], False),
        ("- _ 2 _ _", ["- 4 5 6 _"], True),
        # Another row has a figure outside the columns.
        ("_ 1 2 3 _", ["_ 4 5 6 7"], False),
    ],
)
def test_whether_the_grid_of_the_labels_is_that_of_the_figures(
    text: str, others: list[str], *, is_grid: bool
) -> None:
    assert is_grid_of(HEADER, row(text), [row(other) for other in others]) is is_grid


@pytest.mark.parametrize(
    ("above", "below", "others", "apart"),
    [
        ("1 2 3", "4 5 6", "1 1 1", True),
        # The cells have room for no more than two digits: 12 and 7 may be 127, broken.
        ("12 34 56", "7 8 9", "11 11 11", False),
        ("12 34 56", "7 8 9", "1111 1111 1111", True),
        # Most columns print nothing below.
        ("1 2 3", "4 _ _", "1 1 1", False),
        # A header lacks one column, or each its own, so that most aren't shared.
        ("1 - 3", "4 5 6", "- 1 1", True),
        ("1 - 3 4", "5 6 7 -", "1 1 1 1", False),
    ],
)
def test_lines_that_cant_be_one_row(above: str, below: str, others: str, *, apart: bool) -> None:
    lines = [above.split(), below.split(), others.split()]
    text = ""
    slots: list[Slots] = []
    for words in lines:
        own: list[Item | None] = []
        for word in words:
            printed = "" if word == "_" else word
            own.append(Item(Kind.SLOT, len(text), len(text) + len(printed), 0) if word != "-" else None)
            text += printed
        slots.append(tuple(own))
    assert are_apart(slots[0], slots[1], slots[2:], text) is apart
