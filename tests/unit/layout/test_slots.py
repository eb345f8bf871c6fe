"""Slots of a row for the columns of its header, by their number and by what merged cells leave."""

from __future__ import annotations

import pytest

from extractor.layout.headers.header import HeaderMatch
from extractor.layout.items.items import Item, Kind
from extractor.layout.placing.slots import admitted
from extractor.layout.rows.margins import RowKind, margins_of
from extractor.layout.rows.rows import PageRow
from rules.loader import built_in_forms

FORM = built_in_forms()[0]
TABLE = FORM.tables[1]


def row(text: str, *, on_line: bool = True) -> PageRow:
    """A page row from ``"1 _ 2"``, where _ is a blank slot."""
    slots = [Item(Kind.SLOT, i * 2, i * 2 + (word != "_"), 0) for i, word in enumerate(text.split())]
    return PageRow(Item(Kind.TEXT, 90, 99, 0), slots, on_line, 0)


HEADER = HeaderMatch(FORM, TABLE, TABLE.blocks[0], (("a", "b", "c"),), {}, {})


def places(
    text: str, siblings: tuple[str, ...] = (), *, on_line: bool = True, pads: int = 0
) -> list[list[int]]:
    """Which slots go to three columns, in every way that the page admits."""
    kind = RowKind("1.", on_line, 0, 0)
    rows = [(row(slots, on_line=on_line), kind) for slots in (text, *siblings)]
    margins = margins_of(rows, 3, {0: pads}, is_closed=False)
    assignments = admitted(rows[0][0], kind, HEADER, margins, "abc")
    return [[slot.start // 2 for slot in slots if slot is not None] for slots in assignments]


@pytest.mark.parametrize(
    ("text", "siblings", "expected"),
    [
        ("1 2 3", (), [[0, 1, 2]]),
        ("1 2", (), []),
        ("1 2 3 4", (), []),
        ("1 2 3 _ _", (), [[0, 1, 2]]),
        ("_ 1 2 3 _", (), [[1, 2, 3]]),
        ("1 _ 2 3", (), []),
        ("1 _ _", (), [[0, 1, 2]]),
        # Blanks at the end may be cut off, and the first slot be a label's.
        ("_ 1 2", (), []),
        ("_ 1 2", ("5 6 7",), [[0, 1, 2]]),
        ("_ _ _", (), [[0, 1, 2]]),
        ("1 _ 2 _", (), [[0, 1, 2]]),
        ("_ 1 _ 2", (), [[1, 2, 3]]),
        ("1 _ 2 _", ("5 6 7 _",), [[0, 1, 2]]),
        ("_ 1 _ 2", ("_ 5 6 7",), [[1, 2, 3]]),
        # Nothing shows on which side merged cells leave a slot.
        ("_ 1 2 _", (), [[0, 1, 2], [1, 2, 3]]),
        ("_ 1 2 _", ("5 6 7 _",), [[0, 1, 2]]),
        ("_ 1 2 _", ("5 6 7 _", "_ 5 6 7"), [[0, 1, 2], [1, 2, 3]]),
    ],
)
def test_slots_of_a_line(text: str, siblings: tuple[str, ...], expected: list[list[int]]) -> None:
    assert places(text, siblings) == expected


def test_a_blank_slot_below_a_row_may_stand_for_a_lost_figure() -> None:
    assert places("1 2 _", ("5 6 7",), on_line=False) == [[0, 1, 2]]
    assert places("1 2 _", ("5 6 7 _", "5 6 7 _"), on_line=False) == []
    assert places("1 2 _", on_line=False, pads=1) == []
    assert places("1 2 _ _", ("5 6 7", "5 6 7"), on_line=False) == []
    assert places("_ _ _", on_line=False, pads=1) == []


def test_where_merged_cells_leave_slots_behind_some_rows_only_a_figure_may_stand_there_twice() -> None:
    """One is left behind ``5 6 7 _`` and none behind ``1 _ 3``: whose is the last of ``1 2 3 _``?"""
    assert places("1 2 3 _", ("5 6 7 _",), on_line=False) == [[0, 1, 2]]
    assert places("1 2 3 _", ("5 6 7 _", "1 _ 3"), on_line=False) == []
    assert places("1 2 3 _", ("5 6 7 _", "1 4 3"), on_line=False) == [[0, 1, 2]]
