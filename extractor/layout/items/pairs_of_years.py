"""Last year's figures beside this year's in every column, or in a row above: whose are whose, the page says.

Under each label of a column stand 上年 and 本年, in either order; or each label is there twice, with a year
before it: 2022年制发件数, 2023年制发件数; or the only row is there twice, each with its year. What is last
year's is left out, so that the rest is the form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from extractor.layout.items.items import Item, Kind
from extractor.layout.words.labels import LabelIndex
from extractor.layout.words.other_year import is_nothing_but_another_year, is_year_of_title
from extractor.text.folding import fold_label

_SLOT, _TABLE_END = Kind.SLOT, Kind.TABLE_END
_ENDS = (Kind.ROW_END, Kind.TABLE_END)
_YEAR = re.compile(r"(?:20\d\d年|本年|今年|当年|上年|去年|上一年)度?")
# What stands above a column of years.
_OF_YEARS = frozenset({"年度", "年份", "时间", "年"})
# What heads the row of what changed from last year to this one.
_OF_CHANGES = re.compile(
    r"(?:[比较与]上年(?:同期)?(?:相比)?)?(?:同比)?(?:增减|增长|变化|变动)(?:情况|幅度|[数率量值])?(?:\([%％]\))?|同比"
)
# No label of a year is longer.
_LONGEST = 8


class _Pairs(NamedTuple):
    """The columns of a table that are another year's, and at which column each of the report's own stands.

    Attributes:
        begin: the first column of them all.
        others: those of another year.
        own: where the figures of each of the report's own belong: where the label above them stands.
    """

    begin: int
    others: frozenset[int]
    own: dict[int, int]


def without_other_years_beside(items: list[Item], text: str, index: LabelIndex) -> list[Item]:
    """Items without what the labels of a table say to be another year's, beside the report's own.

    Args:
        items: of a document, in reading order.
        text: the document's text.
        index: the labels that are looked for.
    """
    if not any(_is_of_another_year(item, text) for item in items):
        return items
    result: list[Item] = []
    for table in tables_of(items):
        result += _without_other_years(table, text, index)
    return result


def _is_of_another_year(item: Item, text: str) -> bool:
    """Whether a cell is another year, or begins with one."""
    headed = _headed(item, text)
    return year_of_cell(item, text) is False or (headed is not None and not headed[0])


def tables_of(items: Sequence[Item]) -> Iterator[list[Item]]:
    """What stands up to the end of each table.

    Args:
        items: of a document, in reading order.
    """
    table: list[Item] = []
    for item in items:
        table.append(item)
        if item.kind is _TABLE_END:
            yield table
            table = []
    yield table


def _without_other_years(table: list[Item], text: str, index: LabelIndex) -> list[Item]:
    rows = [list(row) for _, row in groupby(table, key=attrgetter("row"))]
    result: list[Item] = []
    pairs: _Pairs | None = None
    above: list[Item] = []
    for number, row in enumerate(rows):
        found = _pairs_of(row, above, text)
        if found is not None:
            pairs = found
            below = list(_below(rows[number + 1 :]))
            if not all(_fits(pairs, other) for other in below) or not _has_figures(pairs, below):
                return table
        elif pairs is not None and _names_columns(row, pairs):
            pairs = None
        result += _own(row, pairs, text, index) if pairs is not None else _with_own_named(row, text, index)
        above = row
    return _without_other_rows(result, text)


def year_of_cell(item: Item, text: str) -> bool | None:
    """Whether a cell is nothing but the report's own year; False: another one's; None if it is no year.

    Args:
        item: the cell, of a grid.
        text: the document's text.
    """
    if item.kind is _SLOT or item.grid_column is None or item.end - item.start > _LONGEST:
        return None
    words = text[item.start : item.end]
    if is_nothing_but_another_year(text, words):
        return False
    return True if is_year_of_title(text, words) else None


def _headed(item: Item, text: str) -> tuple[bool, str] | None:
    """Whether a label begins with the report's own year, and what follows; None without a year."""
    if item.kind is _SLOT or item.grid_column is None:
        return None
    words = fold_label(text[item.start : item.end])
    year = _YEAR.match(words)
    if year is None or year.end() == len(words):
        return None
    if is_nothing_but_another_year(text, year[0]):
        return False, words[year.end() :]
    return (True, words[year.end() :]) if is_year_of_title(text, year[0]) else None


def _pairs_of(row: Sequence[Item], above: Sequence[Item], text: str) -> _Pairs | None:
    """The pairs of columns that a row of a header names; None if it doesn't name such."""
    if any(item.kind is _SLOT and not item.is_blank for item in row):
        return None
    years = [(item.grid_column, own) for item in row if (own := year_of_cell(item, text)) is not None]
    if years and len(years) == len(_words(row)):
        return _under_labels([(column or 0, own) for column, own in years], above)
    return _with_years_before(row, text)


def _two_by_two(years: Sequence[tuple[int, bool]]) -> bool:
    """Whether years stand in pairs, one another's and one the report's own, all in the same order."""
    kinds = [own for _, own in years]
    is_order = kinds[:2] in ([False, True], [True, False])
    return is_order and len(kinds) % 2 == 0 and kinds == kinds[:2] * (len(kinds) // 2)


def _under_labels(years: Sequence[tuple[int, bool]], above: Sequence[Item]) -> _Pairs | None:
    """The pairs of years alone, each under one label that stands where the pair begins."""
    columns = [column for column, _ in years]
    firsts = columns[::2]
    is_dense = columns == list(range(columns[0], columns[0] + len(columns)))
    labels = [item.grid_column for item in _words(above)]
    named = [column for column in labels if column is not None and column >= columns[0]]
    if not _two_by_two(years) or not is_dense or named != firsts:
        return None
    own = {column: firsts[place // 2] for place, (column, is_own) in enumerate(years) if is_own}
    return _Pairs(columns[0], frozenset(column for column, is_own in years if not is_own), own)


def _with_years_before(row: Sequence[Item], text: str) -> _Pairs | None:
    """The pairs of labels that are the same but for the year before them."""
    words = _words(row)
    headed = [(item.grid_column or 0, said) for item in words if (said := _headed(item, text)) is not None]
    years = [(column, own) for column, (own, _) in headed]
    labels = [label for _, (_, label) in headed]
    if not headed or len(headed) + 1 < len(words) or not _two_by_two(years) or labels[::2] != labels[1::2]:
        return None
    return _Pairs(
        years[0][0],
        frozenset(column for column, own in years if not own),
        {column: column for column, own in years if own},
    )


def _names_columns(row: Sequence[Item], pairs: _Pairs) -> bool:
    """Whether words stand in the columns of a row: it is of another header."""
    return any((item.grid_column or 0) >= pairs.begin for item in _words(row)) or not any(
        item.kind is _SLOT for item in row
    )


def _below(rows: Sequence[Sequence[Item]]) -> Iterator[Sequence[Item]]:
    """The rows of figures below a header, down to the next one."""
    for row in rows:
        if not any(item.kind is _SLOT for item in row):
            return
        yield row


def _has_figures(pairs: _Pairs, rows: Sequence[Sequence[Item]]) -> bool:
    """Whether the report's own columns hold any: where all are blank, the labels may stand the other way."""
    return any(item.grid_column in pairs.own and not item.is_blank for row in rows for item in _cells(row))


def _fits(pairs: _Pairs, row: Sequence[Item]) -> bool:
    """Whether a row has a cell for each column of every pair, and no other ones."""
    columns = [item.grid_column or 0 for item in row if item.kind is _SLOT]
    return [column for column in columns if column >= pairs.begin] == sorted({*pairs.others, *pairs.own})


def _own(row: Sequence[Item], pairs: _Pairs, text: str, index: LabelIndex) -> Iterator[Item]:
    """What of a row is the report's own year's, without the words that say so."""
    for item in row:
        column = item.grid_column
        if column is None or column < pairs.begin:
            yield item
        elif column in pairs.own and year_of_cell(item, text) is None:
            yield replace(_named(item, text, index), grid_column=pairs.own[column])


def _with_own_named(row: Sequence[Item], text: str, index: LabelIndex) -> Iterator[Item]:
    """A row in which a label behind the report's own year is one, where another year has it, too.

    So the last columns may be 2023年总计, 2022年总计, 增减: the others are no columns of the form.
    """
    said = [_headed(item, text) for item in row]
    others = {headed[1] for headed in said if headed is not None and not headed[0]}
    for item, headed in zip(row, said, strict=True):
        is_one_of_two = headed is not None and headed[0] and headed[1] in others
        yield _named(item, text, index) if is_one_of_two else item


def _named(item: Item, text: str, index: LabelIndex) -> Item:
    """A label behind the report's own year in figures: 2023年制发件数 is 本年制发件数."""
    said = _headed(item, text) if item.kind is Kind.TEXT else None
    year = _YEAR.match(text, item.start, item.end)
    label = index.find(f"本年{said[1]}") or index.find(said[1]) if said is not None else None
    return (
        item
        if label is None or year is None
        else replace(item, kind=Kind.LABEL, start=year.end(), label=label)
    )


def _without_other_rows(items: list[Item], text: str) -> list[Item]:
    """Items without a row that is another year's, right above or below one of the report's own.

    Nor with one below both of what changed from one year to the other. Be its own row too short: the
    figures of the other ones are no better for that.
    """
    rows = [list(row) for _, row in groupby(items, key=attrgetter("row"))]
    named = {number: own for number, row in enumerate(rows) if (own := _year_of_row(row, text)) is not None}
    if sorted(named.values()) != [False, True] or max(named) - min(named) != 1:
        return items
    other, mine = sorted(named, key=named.__getitem__)
    column = rows[mine][0].grid_column
    rows[mine] = rows[mine][1:]
    below = max(named) + 1
    changes = [below] if below < len(rows) and _is_row_of_changes(rows[below], text) else []
    for number in (other, *changes):
        rows[number] = [item for item in rows[number] if item.kind in _ENDS]
    return [item for row in rows for item in row if not is_head_of_years(item, column, text)]


def _is_row_of_changes(row: Sequence[Item], text: str) -> bool:
    """Whether a row of figures is what changed from one year to the other."""
    if not _is_named_row(row):
        return False
    return _OF_CHANGES.fullmatch(fold_label(text[row[0].start : row[0].end])) is not None


def _is_named_row(row: Sequence[Item]) -> bool:
    """Whether a row is figures behind one cell of words."""
    return len(_words(row)) == 1 and row[0].kind is not _SLOT and any(item.kind is _SLOT for item in row)


def _year_of_row(row: Sequence[Item], text: str) -> bool | None:
    """Whether a row of figures behind a year is the report's own; None if it is no such row."""
    return year_of_cell(row[0], text) if _is_named_row(row) else None


def _cells(row: Sequence[Item]) -> list[Item]:
    return [item for item in row if item.kind not in _ENDS]


def _words(row: Sequence[Item]) -> list[Item]:
    return [item for item in _cells(row) if item.kind is not _SLOT]


def is_head_of_years(item: Item, column: int | None, text: str) -> bool:
    """Whether a cell heads the column of years.

    Args:
        item: the cell.
        column: of the grid, where the years stand.
        text: the document's text.
    """
    return item.grid_column == column and fold_label(text[item.start : item.end]) in _OF_YEARS
