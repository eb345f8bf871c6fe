"""Labels that stand around their figures: cells of several lines, and the figures level with one of them.

So converters lay out a table's text when they keep its look: 一、本年新收政府 before the figures or above,
信息公开申请数量 on the line below. Where both parts together are one label of a row, whole, and what is left
begins another, no other label is admitted there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from extractor.documents.document import Span
from extractor.layout.items import Item, Kind
from extractor.layout.labels import Label, LabelIndex

_WORDS = (Kind.TEXT, Kind.LABEL)
# A label in more parts than this on one side of its figures isn't put together.
_MOST_PARTS = 8


class _Wrapped(NamedTuple):
    """A label around figures.

    Attributes:
        first, last: the positions of its parts before the figures, both included.
        rest: the positions of its parts behind them, from the first to behind the last.
        row: the physical row of the figures.
        label: what all parts are together.
    """

    first: int
    last: int
    rest: range
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
    for start, end in _runs_of_figures(items):
        wrapped = _wrapped(items, text, index, start, end)
        if wrapped is not None and wrapped.first not in parts:
            span = Span(items[wrapped.first].start, items[wrapped.rest[-1]].end)
            whole = replace(items[wrapped.last], start=span.start, end=span.end, row=wrapped.row)
            whole = replace(whole, kind=Kind.LABEL, label=wrapped.label)
            parts |= dict.fromkeys([*range(wrapped.first, wrapped.last + 1), *wrapped.rest])
            parts[wrapped.last] = whole
    if not parts:
        return items
    kept = (parts.get(position, item) for position, item in enumerate(items))
    return [item for item in kept if item is not None]


def _runs_of_figures(items: Sequence[Item]) -> Iterator[tuple[int, int]]:
    """Where the figures of every physical row of text begin and end that stand together."""
    start = None
    for position, item in enumerate([*items, None]):
        is_figure = item is not None and item.kind is Kind.SLOT and item.grid_column is None
        if start is not None and (not is_figure or item is None or item.row != items[start].row):
            yield start, position
            start = None
        if is_figure and start is None:
            start = position


def _wrapped(items: Sequence[Item], text: str, index: LabelIndex, start: int, end: int) -> _Wrapped | None:
    """The label around a run of figures; None if none is there, or more than one row could be meant."""
    behind = _lines_behind(items, end)
    if not behind:
        return None
    before = [p for p in range(max(0, start - _MOST_PARTS), start) if _are_words(items, p, start)]
    found = []
    for first in before:
        for stop in range(end + 1, behind.stop + 1):
            words = "".join(text[item.start : item.end] for item in (*items[first:start], *items[end:stop]))
            label = index.find(words)
            if label is not None and label.names_row and _is_all(words, items, text, index, stop):
                found.append(_Wrapped(first, start - 1, range(end, stop), items[start].row, label))
    if not found or any(one.label.all_rows != found[0].label.all_rows for one in found):
        return None
    longest = max(found, key=lambda one: (one.rest.stop, -one.first))
    parts = [items[start - 1], *items[end : longest.rest.stop]]
    return None if any(_names_another(part, longest.label) for part in parts) else longest


def _are_words(items: Sequence[Item], position: int, end: int) -> bool:
    return all(item.kind in _WORDS and item.grid_column is None for item in items[position:end])


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
    return item.label is not None and item.label.names_row and item.label.all_rows != label.all_rows
