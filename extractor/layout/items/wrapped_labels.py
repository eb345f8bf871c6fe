"""Labels that stand around their figures: cells of several lines, and the figures level with one of them.

So converters lay out a table's text when they keep its look: 一、本年新收政府 before the figures or above,
信息公开申请数量 on the line below. Where both parts together are one label of a row, whole, and what is left
begins another, no other label is admitted there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from extractor.documents.document import Span
from extractor.layout.items.items import Item, Kind
from extractor.layout.words.labels import Label, LabelIndex
from extractor.layout.words.ordinals import ordinal
from extractor.text.folding import fold_label

_WORDS = (Kind.TEXT, Kind.LABEL)
# Asked of every item: a member of an Enum takes Python 3.11 0.27 µs to find.
_SLOT = Kind.SLOT
# A label in more parts than this on one side of its figures isn't put together: the longest has 39
# characters, and a line of the narrowest cells three.
_MOST_PARTS = 14
# A label of a group stands in a narrow cell: its pieces are short.
_LONGEST_PIECE = 6
_NUMBER_ALONE = re.compile(r"\(?(?:\d{1,2}|[一二三四五六七八九十]{1,3})\)?[、.]?")


class _Wrapped(NamedTuple):
    """A label around figures.

    Attributes:
        parts: the positions of its parts, in reading order.
        last: the position right before the figures: of the last one, or of a piece of a group beside it.
        row: the physical row of the figures; where each has its own, of the words above them.
        label: what all parts are together.
    """

    parts: tuple[int, ...]
    last: int
    row: int
    label: Label


def with_wrapped_labels(items: list[Item], text: str, index: LabelIndex) -> list[Item]:
    """Put labels together that stand around their figures; the figures then follow them.

    Args:
        items: of a document, in reading order.
        text: the document's text.
        index: the labels that are looked for.
    """
    parts: dict[int, Item | None] = {}
    # The position behind the last label.
    after = 0
    for start, end in _runs_of_figures(items):
        first = max(after, start - _MOST_PARTS)
        wrapped = _wrapped(items, text, index, range(first, start), end)
        if wrapped is not None:
            span = Span(items[wrapped.parts[0]].start, items[wrapped.parts[-1]].end)
            whole = replace(items[wrapped.last], start=span.start, end=span.end, row=wrapped.row)
            whole = replace(whole, kind=Kind.LABEL, label=wrapped.label)
            parts |= dict.fromkeys(wrapped.parts)
            parts[wrapped.last] = whole
            after = max(*wrapped.parts, wrapped.last) + 1
    if not parts:
        return items
    kept = (parts.get(position, item) for position, item in enumerate(items))
    return [item for item in kept if item is not None]


def _runs_of_figures(items: Sequence[Item]) -> Iterator[tuple[int, int]]:
    """Where figures of a row of text begin and end that words stand behind, without figures on their line.

    They are all on one line or, where a picture's words were recognised one by one, each on its own.
    """
    for end in range(1, len(items)):
        item, before = items[end], items[end - 1]
        if item.kind is _SLOT or before.kind is not _SLOT or before.grid_column is not None:
            continue
        if end + 1 < len(items) and items[end + 1].kind is _SLOT and items[end + 1].row == item.row:
            continue
        start = end - 1
        while start and items[start - 1].kind is _SLOT and items[start - 1].row == before.row:
            start -= 1
        yield _first_of_column(items, start) if start == end - 1 else start, end


def _first_of_column(items: Sequence[Item], last: int) -> int:
    """Where the figures begin that end with one that is alone on its line, each alone on its own."""
    first = last
    while (
        first > 1
        and items[first - 1].kind is _SLOT
        and items[first - 1].row == items[first].row - 1
        and items[first - 2].row < items[first - 1].row
    ):
        first -= 1
    return first


def _wrapped(items: Sequence[Item], text: str, index: LabelIndex, before: range, end: int) -> _Wrapped | None:
    """The label around a run of figures; None if none is there, or more than one row could be meant.

    Args:
        items: of the document.
        text: its text.
        index: the labels that are looked for.
        before: the positions right before the figures at which its parts may stand.
        end: the position behind the figures.
    """
    behind = _lines_behind(items, end)
    if not behind:
        return None
    figures = before.stop
    is_column = items[figures].row != items[end - 1].row
    row = items[figures - 1 if is_column else figures].row
    starts = [
        position
        for position in before
        if _are_words(items, position, figures) and _may_begin(items[position], text, index)
    ]
    found = [
        _Wrapped(parts, figures - 1, row, label)
        for first in starts
        for in_front in _without_piece_of_group(items, text, range(first, figures))
        for parts, label in _labels(items, text, index, in_front, behind)
    ]
    return _longest(found, items)


def _longest(found: Sequence[_Wrapped], items: Sequence[Item]) -> _Wrapped | None:
    """The label of most parts; None if several rows could be meant, or a part by itself names another."""
    if len({one.label.all_rows for one in found}) != 1:
        return None
    longest = max(found, key=lambda one: (one.parts[-1], -one.parts[0], len(one.parts)))
    beside = [items[part] for part in longest.parts if part >= longest.last]
    return None if any(_names_another(part, longest.label) for part in beside) else longest


def _labels(
    items: Sequence[Item], text: str, index: LabelIndex, before: tuple[int, ...], behind: range
) -> Iterator[tuple[tuple[int, ...], Label]]:
    """The labels of rows that parts before figures make with some behind them, and all those parts.

    The same whole label before the figures and behind them are the labels of two rows.
    """
    start = _joined(items, text, before)
    for stop in range(behind.start + 1, behind.stop + 1):
        end = _joined(items, text, range(behind.start, stop))
        if _are_twice(index.find(start), index.find(end)) or _have_own_ordinals(start, end):
            return
        parts, words = (*before, *range(behind.start, stop)), start + end
        label = index.find(words)
        if label is None and not index.begins(words):
            return
        if label is not None and label.names_row and _is_all(words, items, text, index, stop):
            yield parts, label


def _are_twice(one: Label | None, other: Label | None) -> bool:
    """Whether two labels name the same rows of the form."""
    return one is not None and other is not None and one.names_row and one.all_rows == other.all_rows


def _have_own_ordinals(before: str, behind: str) -> bool:
    """Whether an ordinal alone stands before figures whose words behind have one: 5. 3 71 0 (六)其他处理."""
    is_number_alone = _NUMBER_ALONE.fullmatch(fold_label(before)) is not None
    return is_number_alone and ordinal(fold_label(behind))[0] is not None


def _joined(items: Sequence[Item], text: str, parts: Sequence[int]) -> str:
    """The words of parts, as one."""
    return "".join(items[part].words or text[items[part].start : items[part].end] for part in parts)


def _without_piece_of_group(items: Sequence[Item], text: str, parts: range) -> Iterator[tuple[int, ...]]:
    """Parts of a label: all, and without a short one that may be a piece of a group's label beside it."""
    yield tuple(parts)
    for part in parts[1:]:
        words = text[items[part].start : items[part].end]
        if items[part].kind is Kind.TEXT and len(words) <= _LONGEST_PIECE:
            yield tuple(other for other in parts if other != part)


def _are_words(items: Sequence[Item], position: int, end: int) -> bool:
    return all(item.kind in _WORDS and item.grid_column is None for item in items[position:end])


def _may_begin(item: Item, text: str, index: LabelIndex) -> bool:
    """Whether words are the beginning of a label, or one of their own that another one goes on with."""
    words = item.words or text[item.start : item.end]
    return index.begins(words) or index.find(words) is not None


def _lines_behind(items: Sequence[Item], start: int) -> range:
    """The positions of the words behind figures that stand on lines without any."""
    stop = start
    while stop < len(items) and stop - start <= _MOST_PARTS and items[stop].kind in _WORDS:
        stop += 1
    after = items[stop].row if stop < len(items) else None
    while stop > start and items[stop - 1].row == after:
        stop -= 1
    return range(start, min(stop, start + _MOST_PARTS))


def _is_all(words: str, items: Sequence[Item], text: str, index: LabelIndex, stop: int) -> bool:
    """Whether what follows a label begins another one, or isn't more of this one."""
    if stop >= len(items) or items[stop].kind is not Kind.TEXT:
        return True
    following = text[items[stop].start : items[stop].end]
    return index.begins(following) or not index.begins(words + following)


def _names_another(item: Item, label: Label) -> bool:
    """Whether an item by itself is the label of another row."""
    by_itself = item.label
    if by_itself is None or not by_itself.names_row or by_itself.all_rows == label.all_rows:
        return False
    # Of 2.其他 + 法律行政法规禁止公开, the first is one that can also name a column.
    return not (by_itself.names_column and by_itself.number is not None and by_itself.number == label.number)
