"""Page rows that their own labels name, and those of them that stand where the form has them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from extractor.layout.items.items import Kind
from extractor.layout.placing.order import in_order
from extractor.layout.placing.own_order import every_row_is_named
from extractor.layout.placing.page_table import PageTable
from extractor.layout.words.slips import is_bare_ordinal, is_misprint
from rules.form import Row


class Anchors(NamedTuple):
    """The rows that labels name.

    Attributes:
        named: by the position of a candidate, the only row that its label names, which no other label does.
        twice: the rows that several labels name.
        in_order: the positions of those that stand where the form has them.
        is_complete: whether all rows are named, so that it doesn't matter where they stand.
    """

    named: Mapping[int, str]
    twice: frozenset[str]
    in_order: frozenset[int]
    is_complete: bool


def anchors_of(table: PageTable) -> Anchors:
    """The rows that labels name, misprinted ones between two certain neighbours included."""
    times = Counter(name for name in table.names if name is not None)
    named = {i: name for i, name in enumerate(table.names) if name is not None and times[name] == 1}
    ordered = in_order([table.index[name] for name in named.values()])
    certain = {i for i, right in zip(named, ordered, strict=True) if right}
    misprinted = _misprinted(table, named, certain)
    twice = frozenset(name for name, count in times.items() if count > 1)
    everything = dict(sorted((named | misprinted).items()))
    return Anchors(everything, twice, frozenset(certain | misprinted.keys()), every_row_is_named(table))


def _misprinted(table: PageTable, named: Mapping[int, str], certain: set[int]) -> dict[int, str]:
    """Rows whose label is misprinted but whose ordinal stands between two certain neighbours.

    Returns:
        By the position of its candidate, the id of each.
    """
    position_of = {table.index[named[i]]: i for i in certain}
    known = {name for name in table.names if name is not None}
    misprinted: dict[int, str] = {}
    for number, row in enumerate(table.rows):
        before, after = position_of.get(number - 1), position_of.get(number + 1)
        if number in position_of or row.id in known or before is None or after is None:
            continue
        between = [i for i in range(before + 1, after) if table.candidates[i].row.figures]
        if len(between) == 1 and _is_misprint_of(table, between[0], row):
            misprinted[between[0]] = row.id
            position_of[number] = between[0]
    return misprinted


def _is_misprint_of(table: PageTable, position: int, row: Row) -> bool:
    """Whether the words before the figures of a candidate are a row's label, misprinted.

    The ordinal alone will do where its figures stand on its line, and the words nowhere else: they
    are lost, and not torn from figures of their own.
    """
    page_row = table.candidates[position].row
    head = page_row.head
    if head is None or head.kind is not Kind.TEXT:
        return False
    words = table.text[head.start : head.end]
    is_bare = page_row.on_line and is_bare_ordinal(words, row) and table.loose_label(row) is None
    return is_bare or is_misprint(words, row)
