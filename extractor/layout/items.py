"""The items of a document, in reading order: labels, slots for figures, other words, ends of rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import lru_cache
from itertools import groupby, pairwise
from operator import attrgetter
from typing import NamedTuple

from extractor.documents.document import Document
from extractor.layout.labels import Label, LabelIndex
from extractor.text.figures import is_figure, is_furniture
from extractor.text.folding import fold_label, fold_with_offsets

_WORD = re.compile(r"\S+")
_GLUED = re.compile(r"(?P<label>.*?[^\d.,])(?P<figure>\d[\d,.]*)")
_PUNCTUATION = re.compile(r"[^\w\s]+")
# Longer than any label with its explanation: prose.
PROSE = 150
# Lines whose cells stand below each other, blank ones included.
_GRIDS = ("pipes", "tabs")
# A label torn over more pieces than this is not put together.
_MOST_PIECES = 40


class Kind(Enum):
    """What an item is."""

    LABEL = auto()
    SLOT = auto()
    TEXT = auto()
    ROW_END = auto()
    TABLE_END = auto()


# Looked at 1300 times a report: a member of an Enum takes Python 3.11 0.27 µs to find, which is 6 % of
# reading its tables.
_LABEL, _SLOT, _TEXT, _ROW_END = Kind.LABEL, Kind.SLOT, Kind.TEXT, Kind.ROW_END


@dataclass(slots=True, eq=False)
class Item:
    """A piece of the document; not frozen, as there are hundreds to make.

    Attributes:
        start, end: its span in ``Document.text``; a blank slot has an empty one.
        row: the physical row that it ends on.
        column: how many cells stand before its own on that row.
        label: what it is found to be, for labels.
        place: the column that its cell stands at, where the page has it in a grid; None elsewhere.
        last_place: that of the last cell on its row.
    """

    kind: Kind
    start: int
    end: int
    row: int
    column: int = 0
    label: Label | None = None
    place: int | None = None
    last_place: int | None = None

    @property
    def is_blank(self) -> bool:
        """Whether it is a slot with nothing in it."""
        return self.start == self.end


# Asked of every item.
_KIND, _ROW = attrgetter("kind"), attrgetter("row")


class _Part(NamedTuple):
    """What a part of a cell is, with offsets in the cell."""

    kind: Kind
    start: int
    end: int
    label: Label | None = None


def items_of(document: Document, index: LabelIndex) -> list[Item]:
    """Cut a document into items."""
    text = document.text
    items: list[Item] = []
    last_row, column = -1, 0
    last_places: dict[int, int | None] = {}
    for grid in document.grids:
        is_grid = grid.kind in _GRIDS
        for cell in grid.cells:
            start, end, row = cell.start, cell.end, cell.row
            column = column + 1 if row == last_row else 0
            last_row = row
            last_places[row] = place = column if is_grid else cell.column
            if start == end:
                items.append(Item(_SLOT, start, end, row, column, None, place))
            elif end - start > PROSE:
                items.append(Item(_TEXT, start, end, row, column))
            else:
                for kind, first, last, label in _parts(text[start:end], index):
                    items.append(Item(kind, start + first, start + last, row, column, label, place))
            if cell.ends_row:
                items.append(Item(_ROW_END, end, end, row, column))
        if grid.kind == "table":
            items.append(Item(Kind.TABLE_END, grid.cells[-1].end, grid.cells[-1].end, last_row))
    for item in items:
        item.last_place = last_places[item.row]
    return _with_torn_labels(text, _with_cut_labels(text, items, index), index)


@lru_cache(maxsize=8192)
def _parts(raw: str, index: LabelIndex) -> tuple[_Part, ...]:
    """What the text of a cell is made of."""
    if is_furniture(raw):
        return ()
    words = raw.split()
    if is_figure(raw) and (len(words) == 1 or not all(is_figure(word) for word in words)):
        return (_Part(_SLOT, 0, len(raw)),)
    label = index.find(raw)
    if label is not None:
        return (_Part(_LABEL, 0, len(raw), label),)
    return tuple(_words(raw, index) or _labels(raw, 0, index)) or (_Part(_TEXT, 0, len(raw)),)


def _words(raw: str, index: LabelIndex) -> list[_Part]:
    """A line of labels and figures with blanks between them, or nothing if it is anything else."""
    parts: list[_Part] = []
    text_start: int | None = None
    figures = 0
    for match in _WORD.finditer(raw):
        if not is_figure(match[0]):
            text_start = match.start() if text_start is None else text_start
            continue
        if text_start is not None:
            parts += _run(raw, text_start, match.start(), index)
            text_start = None
        parts.append(_Part(_SLOT, *match.span()))
        figures += 1
    if text_start is not None:
        parts += _run(raw, text_start, len(raw), index)
    texts = [part for part in parts if part.kind is _TEXT]
    if not texts:
        return parts
    # The end of a torn label and a whole row of figures behind it.
    is_tail = len(texts) == 1 and parts[0] is texts[0] and figures > 1 and len(parts) == figures + 1
    return parts if is_tail else []


def _run(raw: str, start: int, end: int, index: LabelIndex) -> list[_Part]:
    """The words between two figures: a label, several, one with a figure glued on, or text."""
    end = start + len(raw[start:end].rstrip())
    label = index.find(raw[start:end])
    if label is not None:
        return [_Part(_LABEL, start, end, label)]
    glued = _GLUED.fullmatch(raw, start, end)
    if glued and (label := index.find(glued["label"])) is not None:
        border = glued.start("figure")
        return [_Part(_LABEL, start, border, label), _Part(_SLOT, border, end)]
    return _labels(raw[start:end], start, index) or [_Part(_TEXT, start, end)]


def _labels(raw: str, start: int, index: LabelIndex) -> list[_Part]:
    """Several labels without anything between them, or nothing."""
    pieces = index.split(fold_label(raw))
    if not pieces:
        return []
    offsets = fold_with_offsets(raw, start).offsets
    return [_Part(_LABEL, offsets[piece.start], offsets[piece.end - 1] + 1, piece.label) for piece in pieces]


def _with_torn_labels(text: str, items: list[Item], index: LabelIndex) -> list[Item]:
    """Put labels together that are torn over lines or cells."""
    result: list[Item] = []
    # The position behind the last torn label.
    after = 0
    is_words = [item.kind is _TEXT or item.kind is _LABEL for item in items]
    # Words with no words behind them aren't torn.
    for position, (one, other) in enumerate(pairwise(is_words)):
        if not (one and other) or position < after:
            continue
        joined = _joined(text, items, position, index)
        if joined is not None:
            last, label = joined
            end = items[last]
            result += items[after:position]
            start = items[position].start
            result.append(replace(end, kind=_LABEL, start=start, label=label))
            after = last + 1
    return result + items[after:]


def _joined(text: str, items: list[Item], first: int, index: LabelIndex) -> tuple[int, Label] | None:
    """The last item and the label of the longest torn label that begins at ``first``, if one does."""
    best = None
    words = ""
    for last in range(first, min(first + _MOST_PIECES, len(items))):
        item = items[last]
        if item.end - item.start > PROSE or (item.kind is not _TEXT and item.kind is not _LABEL):
            break
        words += text[item.start : item.end]
        if last > first and (label := index.find(words)) is not None:
            best = (last, label)
        after = items[last + 1] if last + 1 < len(items) else None
        is_end = after is None or _PUNCTUATION.fullmatch(text, after.start, after.end) is None
        if is_end and not index.begins(words):
            break
    if best is None:
        return None
    rest = "".join(text[item.start : item.end] for item in items[first + 1 : best[0] + 1])
    label = index.find(rest)
    is_same = (
        label is not None and label.meanings == best[1].meanings and label.number in (None, best[1].number)
    )
    if label is None or (is_same and items[first].kind is _TEXT):
        # The rest may be a shorter wording of the same.
        return best
    # The ordinal may be what is torn off a word that can also name a column.
    is_bare = label.names_column and label.number is None
    return best if is_bare and best[1].number is not None else None


# --- labels that are cut over two rows ----------------------------------------------------------------


def _with_cut_labels(text: str, items: list[Item], index: LabelIndex) -> list[Item]:
    """Put labels together whose second part stands in a row of its own, with nothing but blanks beside it.

    So converters leave a row that a page break has cut inside its label.
    """
    result = list(items)
    # Where a row of the grid with one word in it begins and ends, and where that word stands.
    for first, end, word in reversed(list(_rows_of_one_word(items))):
        below = items[word]
        cut = next(
            (i for i in range(first - 1, -1, -1) if _is_above(items[i], below, items[first - 1])), None
        )
        if cut is None or items[cut].kind not in (_TEXT, _LABEL):
            continue
        above = items[cut]
        label = index.find(text[above.start : above.end] + text[below.start : below.end])
        if label is None or not label.names_row or not _is_whole(label, above.label, below.label):
            continue
        result[first:end] = []
        result[cut] = replace(above, kind=_LABEL, end=below.end, label=label)
    return result


def _rows_of_one_word(items: Sequence[Item]) -> Iterator[tuple[int, int, int]]:
    """The rows of a grid that hold one word or label, and blank slots besides."""
    start = 0
    for _, group in groupby(items, key=_ROW):
        own = list(group)
        kinds = list(map(_KIND, own))
        if kinds.count(_TEXT) + kinds.count(_LABEL) == 1 and _SLOT in kinds:
            word = kinds.index(_TEXT) if _TEXT in kinds else kinds.index(_LABEL)
            if own[word].place is not None and all(item.is_blank for item in own if item.kind is _SLOT):
                yield start, start + len(own), start + word
        start += len(own)


def _is_above(item: Item, below: Item, last: Item) -> bool:
    """Whether an item stands above another one, in the row that ends with ``last``."""
    return item.row == last.row and item.place == below.place


def _is_whole(label: Label, first: Label | None, second: Label | None) -> bool:
    """Whether two parts are one label: one of them at most is one by itself, and it names no other row.

    Of 2.其他 + 法律行政法规禁止公开 each is one; but the ordinal is that of both together.
    """
    if first is not None and second is not None:
        has_ordinal = label.number is not None and first.number == label.number and second.number is None
        return has_ordinal and first.names_column and second.all_rows == label.all_rows
    if first is not None:
        return second is None and first.all_rows != label.all_rows
    return second is None or second.all_rows == label.all_rows
