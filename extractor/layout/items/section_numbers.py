"""Numbers of sections set as ornaments on lines of their own above the headings: 01, / 02 /, PART 03.

They are no figures. An ornament is told by its series: the numbers follow each other, each stands right
before a heading that has no ordinal, and the tables come in the order of the form, by as much as the numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from operator import attrgetter
from typing import NamedTuple

from extractor.layout.items.items import Item, Kind
from extractor.layout.words.meanings import Role
from extractor.text.folding import fold_figure
from rules.form import Form

_NUMBER = re.compile(r"[/|\-—\s]*(0?[1-9])[/|\-—\s]*")
_WORD_BEFORE = re.compile(r"^(?:part|no|chapter|section)\b\.?", re.IGNORECASE)
# A heading that isn't that of a table has no more characters.
_LONGEST_HEADING = 20
_LONGEST_ORNAMENT = 12
_SENTENCE = re.compile("[，。；：,;:]")
# So many numbers that follow each other are a series, and so many of them stand before headings of tables.
_FEWEST, _FEWEST_TABLES = 3, 2
_ROW = attrgetter("row")
# Looked at for every item: a member of an Enum takes Python 3.11 0.27 µs to find.
_SLOT, _TEXT = Kind.SLOT, Kind.TEXT
_ENDS = (Kind.ROW_END, Kind.TABLE_END)


class _Numbered(NamedTuple):
    """A heading with a number on a line above it.

    Attributes:
        number: what it is.
        is_padded: whether it is written with a zero before it.
        items: what stands on its line.
        table: whose heading follows it; None if it is another section's.
    """

    number: int
    is_padded: bool
    items: tuple[Item, ...]
    table: str | None


def without_section_numbers(items: list[Item], text: str, forms: Sequence[Form]) -> list[Item]:
    """Items without the numbers of sections that stand above their headings.

    Args:
        items: of a document, in reading order.
        text: the document's text.
        forms: editions of one family.
    """
    tables = {table.id: number for number, table in enumerate(forms[0].tables)}
    found: set[Item] = set()
    series: list[_Numbered] = []
    for numbered in _numbered(items, text):
        if series and numbered.number != series[-1].number + 1:
            found |= _of_series(series, tables)
            series = []
        series.append(numbered)
    found |= _of_series(series, tables)
    return [item for item in items if item not in found] if found else items


def _of_series(series: Sequence[_Numbered], tables: Mapping[str, int]) -> set[Item]:
    """The items of a series of numbers, if it counts sections; else none.

    Args:
        series: numbers that follow each other.
        tables: where each stands in the order of the form.
    """
    ahead = [one.number - tables[one.table] for one in series if one.table is not None]
    is_long = len(series) >= _FEWEST and len(ahead) >= _FEWEST_TABLES
    # A figure may be any number, but has no zero before it.
    is_ornament = all(one.is_padded for one in series) or (bool(series) and series[0].number == 1)
    if not is_long or len(set(ahead)) > 1 or not is_ornament:
        return set()
    return {item for one in series for item in one.items}


def _numbered(items: Sequence[Item], text: str) -> Iterator[_Numbered]:
    """The headings without an ordinal that have a number above or before them, in page order."""
    whole = ([item for item in line if item.kind not in _ENDS] for _, line in groupby(items, key=_ROW))
    lines: list[list[Item]] = [line for line in whole if line]
    for line, below in pairwise([*lines, []]):
        stands_above = line[-1].kind is _SLOT
        before, heading = (line, below) if stands_above else (line[:-1], line[-1:])
        if not before or len(heading) != 1 or not _is_heading(heading[0], text):
            continue
        number = _number_of(text[before[0].start : before[-1].end])
        if number is not None:
            yield _Numbered(int(number), number.startswith("0"), tuple(before), _table_of(heading[0]))


def _number_of(words: str) -> str | None:
    """The number that a line is, but for marks around it and a word before it; None if it isn't one."""
    if len(words) > _LONGEST_ORNAMENT:
        return None
    match = _NUMBER.fullmatch(_WORD_BEFORE.sub("", fold_figure(words), count=1))
    return match[1] if match is not None else None


def _is_heading(item: Item, text: str) -> bool:
    """Whether an item may be a section's heading: that of a table, or a few words that are no sentence."""
    if item.label is not None:
        return item.label.roles == {Role.HEADING} and item.label.number is None
    words = text[item.start : item.end]
    return item.kind is _TEXT and len(words) <= _LONGEST_HEADING and _SENTENCE.search(words) is None


def _table_of(heading: Item) -> str | None:
    """The id of the table that a heading is that of; None if it is another section's."""
    meanings = heading.label.meanings if heading.label is not None else ()
    return meanings[0].table if meanings else None
