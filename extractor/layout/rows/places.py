"""Where the columns of a table stand in text that keeps the look of its page.

Converters such as ``pdftotext -layout`` put every word as far from the left as it stands on the page. Some
count a Chinese character as wide as two digits, as a terminal shows it, others as one character among others:
the figures of a table stand below each other by one of these measures.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from extractor.documents.document import Span
from extractor.layout.items.items import Item
from extractor.layout.rows.rows import PageRow
from extractor.text.width import width_in_digits

# Cells that are further apart than a blank are laid out.
_APART = re.compile(r"[^\S\n]{2,}")
# By how much of the gap to the next column figures of one may stand left and right of where others stand.
_TOLERANCE = 0.25

# How wide the text before a word is.
_Measure: TypeAlias = Callable[[str], int]
_MEASURES: tuple[_Measure, ...] = (width_in_digits, len)


class Word(NamedTuple):
    """A word or a figure.

    Attributes:
        span: where it stands in the text.
        middle: how far its middle is from the beginning of its line, in widths of a digit or in characters.
    """

    span: Span
    middle: float


class Places(NamedTuple):
    """Where the columns of figures stand from the beginning of a line.

    Attributes:
        lefts, rights: of each column, between which the middles of its figures are.
        measure: how wide a text is, in widths of a digit or in characters.
    """

    lefts: tuple[float, ...]
    rights: tuple[float, ...]
    measure: _Measure

    @property
    def are_apart(self) -> bool:
        """Whether no figure of a column stands as far right as one of the next column."""
        return all(right < left for right, left in zip(self.rights, self.lefts[1:], strict=False))

    @property
    def are_tight(self) -> bool:
        """Whether figures of a column stand nearer to each other than half the way to the next one's."""
        spread = max(right - left for left, right in zip(self.lefts, self.rights, strict=True))
        apart = min(left - right for right, left in zip(self.rights, self.lefts[1:], strict=False))
        return apart > 0 and 2 * spread <= apart

    @property
    def spread(self) -> float:
        """How far the figures of a column stand from each other, as a share of the table's width."""
        pairs = zip(self.lefts, self.rights, strict=True)
        return sum(right - left for left, right in pairs) / (self.rights[-1] - self.lefts[0])

    def joined_with(self, other: Places) -> Places:
        """Where the columns stand by the lines of both."""
        lefts = tuple(map(min, self.lefts, other.lefts))
        return Places(lefts, tuple(map(max, self.rights, other.rights)), self.measure)

    def column_at(self, middle: float) -> int | None:
        """The column that is nearest, counted from 0; -1 left of all of them, None right of them."""
        between = [(right + left) / 2 for right, left in zip(self.rights, self.lefts[1:], strict=False)]
        first = self.lefts[0] - (self.lefts[1] - self.rights[0]) / 2
        last = self.rights[-1] + (self.lefts[-1] - self.rights[-2]) / 2
        return None if middle >= last else sum(border <= middle for border in (first, *between)) - 1

    def stands_in(self, column: int, middle: float) -> bool:
        """Whether a figure stands where those of a column do, or hardly beside it."""
        gap = min(left - right for right, left in zip(self.rights, self.lefts[1:], strict=False))
        beside = gap * _TOLERANCE
        return self.lefts[column] - beside <= middle <= self.rights[column] + beside


def places_of(rows: Sequence[PageRow], text: str, size: int, fewest: int) -> Places | None:
    """Where the columns stand by the rows with a figure in each of them.

    Args:
        rows: of a table.
        text: the document's text.
        size: how many columns there are, two at least.
        fewest: how many rows must show it.

    Returns:
        None where too few do, the text isn't laid out, or the columns come near each other by every measure.
    """
    lines = _laid_out_lines(rows, text, size)
    if len(lines) < fewest:
        return None
    told = [places for measure in _MEASURES if (places := _places(lines, text, measure)).are_tight]
    return min(told, key=lambda places: places.spread, default=None)


def places_below(rows: Sequence[PageRow], text: str, size: int, fewest: int) -> Iterator[Places]:
    """Where the columns stand right below a header, by each measure: lines further down may stand elsewhere.

    Args:
        rows: of a table, from its header on.
        text: the document's text.
        size: how many columns there are, two at least.
        fewest: how many rows must show it.
    """
    lines = _laid_out_lines(rows, text, size)
    for measure in _MEASURES:
        below: Places | None = None
        count = 0
        for slots in lines:
            line = _places([slots], text, measure)
            wider = line if below is None else below.joined_with(line)
            if not wider.are_apart:
                break
            below, count = wider, count + 1
        if below is not None and count >= fewest:
            yield below


def _laid_out_lines(rows: Sequence[PageRow], text: str, size: int) -> list[Sequence[Item]]:
    """The slots of the rows that have one for every column, and are laid out."""
    lines = [row.slots for row in rows if row.on_line and len(row.slots) == size]
    return [slots for slots in lines if are_laid_out(slots, text)]


def _places(lines: Sequence[Sequence[Item]], text: str, measure: _Measure) -> Places:
    """Where columns stand by lines with a slot for every one of them."""
    middles = [
        [word_at(text, Span(slot.start, slot.end), measure).middle for slot in slots] for slots in lines
    ]
    columns = list(zip(*middles, strict=True))
    return Places(tuple(map(min, columns)), tuple(map(max, columns)), measure)


def are_laid_out(slots: Sequence[Item], text: str) -> bool:
    """Whether the cells of a line are text, and stand apart from each other.

    Args:
        slots: the cells.
        text: the document's text.
    """
    return all(
        before.grid_column is None and _APART.fullmatch(text, before.end, after.start) is not None
        for before, after in pairwise(slots)
    )


def word_at(text: str, span: Span, measure: _Measure) -> Word:
    """A word with its place on its line.

    Args:
        text: the document's text.
        span: where the word stands in it.
        measure: how wide a text is (:attr:`Places.measure`).
    """
    before = measure(text[text.rfind("\n", 0, span.start) + 1 : span.start])
    return Word(span, before + measure(text[span.start : span.end]) / 2)
