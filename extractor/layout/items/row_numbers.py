"""Numbers that count the rows of a table, 序号, or its columns, 栏次: they are no figures of any cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import count, dropwhile, groupby, pairwise, takewhile
from operator import attrgetter
from typing import NamedTuple

from extractor.layout.items.items import Item, Kind
from extractor.layout.words.meanings import Role

# So many rows, numbered from 1 without a gap, are numbered; fewer may have such figures.
_FEWEST = 4
_MOST_DIGITS = 2
_LONGEST_UNIT = 3
# Programs count from 0.
_BEGINNINGS = (0, 1)
# A line that counts from 1 to so many, at least, counts columns: with sums, no row has such figures.
_FEWEST_COLUMNS = 5
# No table has more of them.
_MOST_COLUMNS = 200
# No row with sums counts from 0 to so many.
_MANY_COLUMNS = 10
_COUNTS_COLUMNS = re.compile(r"[甲乙丙\s]*|栏\s*次|列\s*次|栏\s*目|序\s*号|编\s*号|栏\s*号|列\s*号|行\s*次")
# How statistical forms count the columns of labels, before those of figures: 甲 乙 丙 1 2.
_STEMS = "甲乙丙丁戊"
_FEWEST_WITH_STEMS = 3
_ROW = attrgetter("row")
# The number of a column with what its figures are the sum of: 7=1+2+3+4+5+6.
_WITH_SUM = re.compile(r"[(（]?(\d{1,2})\s?[=＝]\s?\d[\d+＋\-－—~～至…\s]*[)）]?")
# Asked of every item: a member of an Enum takes Python 3.11 0.27 µs to find.
_SLOT, _WORDS = Kind.SLOT, (Kind.TEXT, Kind.LABEL)


class _Numbered(NamedTuple):
    """A row that begins with a number, with words and figures behind it.

    Attributes:
        position: of the number among all items.
        number: what it is.
        has_words: whether words stand right behind it; else figures do, at columns of a grid.
    """

    position: int
    number: int
    has_words: bool


def without_row_numbers(items: list[Item], text: str) -> list[Item]:
    """Items without the numbers that count the rows of a table, and without the label above them.

    They are 1, 2, 3 … in a first column of their own, or whatever stands before the labels of rows in a
    column of a grid whose label says that it numbers them, or rising codes on lines of their own where the
    label of such a column stands before that of the rows' labels.

    Args:
        items: of a document, in reading order.
        text: the document's text.
    """
    numbers = _coded(items) | _coded_in_lines(items, text)
    run: list[_Numbered] = []
    for numbered in _numbered(items, text):
        goes_on = bool(run) and numbered.number == run[-1].number + 1
        if not goes_on:
            numbers |= _positions(run, items)
            run = []
        # A row without words, that of figures below a header, goes on with what others began.
        if goes_on or (numbered.has_words and numbered.number in _BEGINNINGS):
            run.append(numbered)
    numbers |= _positions(run, items)
    return [item for position, item in enumerate(items) if position not in numbers] if numbers else items


def _positions(run: Sequence[_Numbered], items: Sequence[Item]) -> set[int]:
    """Where the numbers stand, if they are enough, and the label above them."""
    if len(run) < _FEWEST:
        return set()
    before = takewhile(lambda place: items[place].kind is not _SLOT, range(run[0].position - 1, -1, -1))
    label = next((place for place in before if _numbers_rows(items[place])), None)
    return {numbered.position for numbered in run} | ({label} if label is not None else set())


def _coded(items: Sequence[Item]) -> set[int]:
    """The columns of a grid that number its rows, by the label above them, beside the labels of rows."""
    found: set[int] = set()
    heads = [
        place for place, item in enumerate(items) if _numbers_rows(item) and item.grid_column is not None
    ]
    for head in heads:
        column, codes = items[head].grid_column, set[int]()
        for place, (item, following) in enumerate(pairwise(items[head + 1 :]), head + 1):
            if item.kind is Kind.TABLE_END or _numbers_rows(item):
                break
            is_at = item.kind is _SLOT and item.grid_column == column
            if is_at and _is_beside_words(items[place - 1], item, following):
                codes.add(place)
        if len(codes) >= _FEWEST:
            found |= codes | {head}
    return found


def _is_beside_words(before: Item, item: Item, following: Item) -> bool:
    """Whether a cell stands before words of its row, or behind them and before another cell."""
    if following.row != item.row:
        return False
    is_behind = before.row == item.row and before.kind in _WORDS and following.kind is _SLOT
    return following.kind in _WORDS or is_behind


def _coded_in_lines(items: Sequence[Item], text: str) -> set[int]:
    """The codes of a list with a cell a line, each before the label of its row, as the header has them."""
    heads = [
        place
        for place, (item, following) in enumerate(pairwise(items))
        if _numbers_rows(item) and item.grid_column is None and _begins_header(following)
    ]
    if not heads:
        return set()
    rows = [place for place in range(heads[-1] + 2, len(items)) if _begins_row(items, place, text)]
    codes = [text[items[place - 1].start : items[place - 1].end] for place in rows]
    is_coded = len(codes) >= _FEWEST and all(map(str.isdecimal, codes))
    is_rising = is_coded and all(int(code) < int(other) for code, other in pairwise(codes))
    return {heads[-1], *(place - 1 for place in rows)} if is_rising else set()


def _begins_header(item: Item) -> bool:
    return item.label is not None and item.label.begins_header


def _begins_row(items: Sequence[Item], place: int, text: str) -> bool:
    """Whether an item is the label of a row, or words behind a number that may be one's, and no unit."""
    item, before = items[place], items[place - 1]
    is_long = item.kind is Kind.TEXT and item.end - item.start > _LONGEST_UNIT
    is_local = is_long and before.kind is _SLOT and text[before.start : before.end].isdecimal()
    return is_local or (item.label is not None and item.label.names_row)


def _numbers_rows(item: Item) -> bool:
    """Whether an item is the label of a column that numbers the rows."""
    return item.label is not None and item.label.roles == {Role.CODES}


def _numbered(items: Sequence[Item], text: str) -> Iterator[_Numbered]:
    """The rows that begin with a whole number and go on with words, or in a grid with figures, and more."""
    row = -1
    for position, (first, words, cell) in enumerate(zip(items, items[1:], items[2:], strict=False)):
        if first.row == row:
            continue
        row = first.row
        if first.kind is not _SLOT or first.column or not words.row == cell.row == row:
            continue
        printed = text[first.start : first.end]
        is_number = printed.isdecimal() and len(printed) <= _MOST_DIGITS
        if not is_number or cell.kind is Kind.ROW_END:
            continue
        if words.kind in _WORDS or first.grid_column is not None:
            yield _Numbered(position, int(printed), words.kind in _WORDS)


def without_column_numbers(items: Sequence[Item], text: str) -> list[Item]:
    """Items without the lines that count the columns of a table: 栏次 1 2 3 ….

    Args:
        items: of a document, in reading order.
        text: the document's text.
    """
    lines = [list(line) for _, line in groupby(items, key=_ROW)]
    counting = [_counts_columns(line, text) for line in lines]
    if not any(counting):
        return list(items)
    return [item for line, counts in zip(lines, counting, strict=True) if not counts for item in line]


def _counts_columns(line: Sequence[Item], text: str) -> bool:
    """Whether a line counts the columns of a table, with no words but such as 栏次."""
    words, slots = _words_and_numbers(line, text)
    has_stems = bool(words) and words[0].startswith(_STEMS[0])
    if not (has_stems or _FEWEST_COLUMNS <= len(slots) <= _MOST_COLUMNS):
        return False
    if has_stems:
        return _counts_with_stems("".join("".join(words).split()), slots)
    return _counts(slots) and _COUNTS_COLUMNS.fullmatch("".join(words)) is not None


def _words_and_numbers(line: Sequence[Item], text: str) -> tuple[list[str], list[str]]:
    """The words of a line, and what its other cells print; of a number with its sum, the number."""
    words: list[str] = []
    numbers: list[str] = []
    for item in line:
        printed = text[item.start : item.end]
        said = _WITH_SUM.fullmatch(printed)
        if item.kind is _SLOT or (said is not None and item.kind in _WORDS):
            numbers.append(said[1] if said is not None else printed.strip("()（） "))
        elif item.kind in _WORDS:
            words.append(printed)
    return words, numbers


def _counts(slots: Sequence[str]) -> bool:
    """Whether cells have the numbers from 0 or 1 on.

    Merged cells leave blanks before the numbers; between them, or behind them, they are a row's.
    """
    numbers = list(dropwhile(lambda printed: not printed, slots))
    # Programs count from 0, with a blank above the numbers of the rows; 0 1 2 3 4 alone may be figures.
    first = 0 if not slots[0] or len(numbers) >= _MANY_COLUMNS else 1
    counted = (zip(numbers, map(str, count(start)), strict=False) for start in (first, 1))
    return len(numbers) >= _FEWEST_COLUMNS and any(all(a == b for a, b in pairs) for pairs in counted)


def _counts_with_stems(words: str, figures: Sequence[str]) -> bool:
    """Whether a line has nothing but 甲 乙 丙 …, what merged cells leave, and the numbers from 1 on."""
    numbers = list(dropwhile(lambda printed: not printed, figures))
    is_counted = numbers == [str(number) for number in range(1, len(numbers) + 1)]
    return _STEMS.startswith(words) and is_counted and len(words) + len(numbers) >= _FEWEST_WITH_STEMS
