"""What stands in a row of a table besides its label and its figures, and says that these aren't the report's.

A column that the form hasn't says of each row what it is of: a year, a scope, a version; a remark says that a
figure is wrong. 2022年, 作废, 应为1件 disown the row that they stand in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise, takewhile

from extractor.layout.headers.header import HeaderMatch
from extractor.layout.items.items import Item, Kind
from extractor.layout.rows.rows import PageRow
from extractor.layout.rows.segments import Segment
from extractor.layout.scope.statements import tells_of_fault
from extractor.layout.words.other_year import is_year_of_title, year_of_title
from extractor.layout.words.scopes import DISOWNING, is_of_another_scope, says_another_scope
from extractor.text.figures import is_figure
from extractor.text.folding import fold_label

# Longer words tell a story; a cell a line, those of the next rows follow soon.
_LONGEST, _LONGEST_BELOW, _MOST_BELOW = 60, 20, 2
# What heads a column of years, in which a number is one.
_HEADS_YEARS = re.compile("(?:报告|统计|所属)?(?:年度|年份|时间|年|时期|期间)")
_YEAR = re.compile(r"20\d\d")


def rows_disowned_by_words(
    segment: Segment, headers: Sequence[HeaderMatch], items: Sequence[Item], text: str
) -> Mapping[tuple[str, str], frozenset[str]]:
    """The rows of a section that words in them disown, by table and block.

    Args:
        segment: with its rows.
        headers: what its header can be.
        items: of the document, in reading order, those of the rows among them.
        text: the document's text.
    """
    rows: dict[tuple[str, str], frozenset[str]] = {}
    several = {row.position for row, below in pairwise(segment.rows) if _goes_on_below(row, below, text)}
    for row in segment.rows:
        years = {slot.start for header in headers for slot in _years_of(row, header, text)}
        is_disowned = any(_disowns(item, text, years) for item in _words_of(row, items))
        if row.names and (is_disowned or row.position in several):
            for key, ids in row.names.items():
                rows[key] = rows.get(key, frozenset()) | ids
    return rows


def _goes_on_below(row: PageRow, below: PageRow, text: str) -> bool:
    """Whether a row's label is that of the next row, too, and words behind it tell the two apart.

    局机关, 下属单位: whose figures the report's are, nothing says.
    """
    first = row.slots[0]
    is_told_apart = not first.is_blank and not is_figure(text[first.start : first.end]) and row.on_line
    head = below.head
    if not is_told_apart or head is None or head.kind is not Kind.TEXT or not below.figures:
        return False
    is_below = head.grid_column == first.grid_column and len(below.slots) == len(row.slots) - 1
    own = [is_year_of_title(text, text[item.start : item.end]) for item in (first, head)]
    return is_below and own != [True, False]


def _years_of(row: PageRow, header: HeaderMatch, text: str) -> Iterator[Item]:
    """The slots of a row in columns of a header whose labels say that years stand below them."""
    order = header.orders[0] if len(header.orders) == 1 else ()
    slots = row.slots[-len(order) :] if order else []
    foreign = [slot for slot, name in zip(slots, order, strict=False) if name is None]
    for slot, label in zip(foreign, header.foreign, strict=False):
        if label is not None and _HEADS_YEARS.fullmatch(fold_label(text[label.start : label.end])):
            yield slot


def _words_of(row: PageRow, items: Sequence[Item]) -> Iterator[Item]:
    """What stands in a row besides the labels of the form: on its lines or, a cell a line, behind it."""
    end = row.position
    while end < len(items) and items[end] is not row.slots[-1]:
        end += 1
    if not row.on_line:
        yield from _words_behind(row, items[end + 1 : end + 2 + _MOST_BELOW])
        return
    start = row.position
    while start and items[start - 1].row == row.slots[0].row:
        start -= 1
    while end < len(items) and items[end].row == row.slots[-1].row:
        end += 1
    yield from (item for item in items[start:end] if item.label is None and not item.is_blank)


def _words_behind(row: PageRow, items: Sequence[Item]) -> Iterator[Item]:
    """The words between a row and the label of the next one: behind the last, a page goes on otherwise.

    Args:
        row: with a cell a line.
        items: that follow its last slot.
    """
    behind = list(takewhile(lambda item: item.kind is Kind.TEXT, items))
    label = items[len(behind)].label if len(behind) < len(items) else None
    if label is not None and any(label.rows.get(key) for key in row.names):
        yield from (item for item in behind if item.end - item.start <= _LONGEST_BELOW)


def _disowns(item: Item, text: str, years: AbstractSet[int]) -> bool:
    """Whether what stands in a row says that its figures are of another scope, or wrong."""
    words = text[item.start : item.end]
    if item.end - item.start > _LONGEST or item.label is not None:
        return False
    if is_figure(words) and (_YEAR.fullmatch(words) is None or item.start not in years):
        return False
    folded = fold_label(words)
    own = year_of_title(text)
    return (
        (_YEAR.fullmatch(folded) is not None and own is not None and int(folded) != own)
        or is_of_another_scope(folded, text)
        or says_another_scope(folded, text)
        or DISOWNING.search(folded) is not None
        or tells_of_fault(folded)
    )
