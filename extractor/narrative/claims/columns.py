"""Whose a count is, where a sentence lists it behind some columns: 商业企业提出的15件申请中，予以公开10件."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from extractor.narrative.claims.mentions import Mention, earlier
from extractor.narrative.claims.tables import Tables

# A count in a list ends a clause, too: 自然人100件、商业企业15件.
_CLAUSE_END = re.compile(r"[,;:()]|(?<=[件项起宗])(?:、|和|与|以?及)")
_AMONG = re.compile(r"[中里]$")
_AROUND = re.compile(r"^[在对从就]|[中里]$")
_COUNTED = re.compile(r"\d[件项起宗]")
_BEGINS_LIST = "其中"


class Columns(NamedTuple):
    """The columns that a count can be of.

    Attributes:
        readings: the columns whose sum it can be of, the likeliest first.
        is_certain: whether it is of these, and not of the total.
        is_frame: whether the words say so with 中: 自然人申请中,予以公开46件.
        clause: the words that name them.
    """

    readings: tuple[tuple[str, ...], ...]
    is_certain: bool
    is_frame: bool
    clause: str


def columns_of(mentions: Sequence[Mention], mention: Mention, tables: Tables) -> Columns | None:
    """The columns that are named before a count; None if none is, or all are together.

    Args:
        mentions: those of its stretch of text.
        mention: the count.
        tables: of the report.
    """
    for text, is_own in _texts_before(mentions, mention):
        clauses = _CLAUSE_END.split(text)
        named = {place: found for place, one in enumerate(clauses) if (found := _named(one, tables))}
        if named:
            place = max(named)
            is_first = len(named) == 1 and not any(map(_COUNTED.search, clauses[:place]))
            is_frame = is_own and _AMONG.search(clauses[place]) is not None
            is_certain = is_frame or (is_own and is_first)
            readings = dict.fromkeys(chain.from_iterable(reversed(named.values())))
            return Columns(tuple(readings), is_certain, is_frame, _AROUND.sub("", clauses[place]))
    return None


def in_columns(addresses: Sequence[str], columns: Sequence[str], tables: Tables) -> tuple[str, ...]:
    """The cells of some columns in the rows whose totals are given.

    Args:
        addresses: of totals.
        columns: the columns.
        tables: of the report.

    Returns:
        Empty if these aren't totals of such columns, or the report hasn't the cells.
    """
    if not is_total_of(addresses, columns, tables):
        return ()
    cells = tuple(f"{one.rpartition('.')[0]}.{column}" for one in addresses for column in columns)
    return cells if all(cell in tables.cells for cell in cells) else ()


def is_total_of(addresses: Sequence[str], columns: Sequence[str], tables: Tables) -> bool:
    """Whether some cells are totals of columns, and of others beside them.

    Args:
        addresses: of the cells.
        columns: the columns.
        tables: of the report.
    """
    return all(set(columns) < set(tables.parts_of(one)) for one in addresses)


def are_all(addresses: Sequence[str], columns: Sequence[str], tables: Tables) -> bool:
    """Whether columns together are all that some cells are totals of: 公民、法人和其他组织.

    Args:
        addresses: of the cells.
        columns: the columns.
        tables: of the report.
    """
    parts = [set(tables.parts_of(one)) for one in addresses]
    return all(parts) and all(own <= set(columns) for own in parts)


def _texts_before(mentions: Sequence[Mention], mention: Mention) -> Iterator[tuple[str, bool]]:
    """What stands before a count, the nearest first, and whether a list in it goes on to the count."""
    nearest = mention.before.rpartition(";")[2]
    yield nearest, True
    if nearest != mention.before:
        yield mention.before, False
    last = next((one for one in earlier(mentions, mention) if one.sentence < mention.sentence), None)
    if last is not None:
        told = f"{last.before}{last.quantity.value}{last.quantity.unit}{last.following}"
        yield f"{told},{mention.before}", mention.before.startswith(_BEGINS_LIST)


def _named(clause: str, tables: Tables) -> Sequence[tuple[str, ...]]:
    """The columns that a clause names: those of all its names together, then of each of them."""
    found = tables.told_as.columns_in(clause) if tables.told_as is not None else ()
    if len(found) <= 1:
        return [reading for readings in found for reading in readings]
    together = dict.fromkeys(column for readings in found for column in readings[0])
    return [tuple(together), *(reading for readings in found for reading in readings)]
