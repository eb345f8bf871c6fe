"""The items of a document, in reading order: labels, slots for figures, other words, ends of rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import lru_cache
from itertools import groupby, zip_longest
from operator import attrgetter
from typing import NamedTuple

from extractor.documents.document import Document, GridCell, Locator
from extractor.layout.words.figure_lists import Stretch, stretches
from extractor.layout.words.glosses import glossed_labels
from extractor.layout.words.labels import Label, LabelIndex
from extractor.layout.words.meanings import Role
from extractor.text.figures import is_figure, is_furniture
from extractor.text.folding import fold_label, fold_with_offsets

# The stop of an ordinal, on a line of its own: converters write 2 其他 and the stop below it.
_LONE_STOP = re.compile(r"(?:^|\s)[.．、](?:\s|$)")
_GLUED = re.compile(r"(?P<label>.*?[^\d.,])(?P<figure>\d[\d,.]*)")
_DIGITS = re.compile(r"(?:增加?|减少?|新增|[-+])?(?:\d{1,3}(?:,\d{3}){1,3}|\d{1,9})(?:\.\d{1,6})?")
_STOP, _BEGINNING = re.compile("[。；;]"), re.compile(r"[\w(（]")
# Longer than any label with its explanation: prose.
PROSE = 150
_WORD = re.compile(r"\S+")
_FIRST_WORD = re.compile(r"[^\s；;。]{1,60}(?=[\s；;。])")
# What may stand between the labels of groups and that of their row, in one cell.
_SEPARATORS = ("/", "／", "-", "–", "—")
# What programs write into a grid for a cell without anything in it.
_NO_VALUE = frozenset({"None", "nan", "NaN", "<NA>", "NULL", "null"})
# Lines whose cells stand below each other, blank ones included.
_GRIDS = ("pipes", "tabs")


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
        grid_column: the column that its cell stands at, where the page has it in a grid; None elsewhere.
        last_grid_column: that of the last cell on its row.
        middle: of a label of a header, how far its middle is from the left of its page, in points; None where
            the file has no pages.
        words: of a label put together of pieces, these one after the other; others may stand between them.
    """

    kind: Kind
    start: int
    end: int
    row: int
    column: int = 0
    label: Label | None = None
    grid_column: int | None = None
    last_grid_column: int | None = None
    middle: float | None = None
    words: str | None = None

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


def pieces_of(document: Document, index: LabelIndex) -> list[Item]:
    """Cut the cells of a document into items; a label that is torn over several cells or lines is several.

    Args:
        document: the input.
        index: the labels that are looked for.
    """
    text, glossed = document.text, glossed_labels(document, index)
    items: list[Item] = []
    last_row, column = -1, 0
    last_columns: dict[int, int | None] = {}
    for grid in document.grids:
        is_grid = grid.kind in _GRIDS
        for cell, following in zip_longest(grid.cells, grid.cells[1:]):
            row = cell.row
            column = column + 1 if row == last_row else 0
            last_row = row
            last_columns[row] = grid_column = column if is_grid else cell.column
            is_last = following is None or following.row != row
            if (own := glossed.get(cell.start)) is not None:
                items.append(Item(_LABEL, own.start, own.end, row, column, own.label, grid_column))
            else:
                items += _items_of_cell(cell, text, index, column, grid_column, is_last=is_last)
            if cell.ends_row:
                items.append(Item(_ROW_END, cell.end, cell.end, row, column))
        if grid.kind == "table":
            items.append(Item(Kind.TABLE_END, grid.cells[-1].end, grid.cells[-1].end, last_row))
    for item in items:
        item.last_grid_column = last_columns[item.row]
        if document.located and item.label is not None and item.label.is_of_header:
            item.middle = _middle(document.locator(item.start))
    return list(_with_figures_apart(text, items, index))


def _with_figures_apart(text: str, items: Sequence[Item], index: LabelIndex) -> Iterator[Item]:
    """Cut the last figure of a row off the label of the next one on its line: 0二、上年结转."""
    before: Item | None = None
    for item in items:
        is_words = item.grid_column is None and item.kind in (_LABEL, _TEXT)
        follows = is_words and before is not None and before.row == item.row and _takes_figure(before)
        glued = _glued(text, item.start, item.end, index) if follows else None
        pieces = [item]
        if glued is not None:
            pieces = [replace(item, kind=_SLOT, end=glued.figure_end, label=None)]
            pieces += (
                replace(item, kind=part.kind, start=part.start, end=part.end, label=part.label)
                for part in _run(text, glued.start, item.end, index)
            )
        yield from pieces
        before = pieces[-1]


def _takes_figure(item: Item) -> bool:
    """Whether a figure may stand behind an item."""
    return item.kind is _SLOT or (item.label is not None and item.label.names_row)


class _Glued(NamedTuple):
    """Where a figure ends and the words that are glued to it start."""

    figure_end: int
    start: int


def _glued(text: str, start: int, end: int, index: LabelIndex) -> _Glued | None:
    """A figure and words that a text is made of, if it can be cut so at one place only.

    The words are a label that begins with the ordinal that its form gives it, if any: 12.重复申请 is 1 and
    2.重复申请. Behind a full stop they are any labels.
    """
    digits = _DIGITS.match(text, start, end)
    if digits is None:
        return None
    stop = _STOP.match(text, digits.end(), end)
    if stop is not None:
        rest = text[stop.end() : end]
        is_label = index.find(rest) is not None or index.split(fold_label(rest))
        return _Glued(digits.end(), stop.end()) if is_label else None
    cuts = [
        border
        for border in range(start + 1, digits.end() + 1)
        if _BEGINNING.match(text, border) and index.find_as_in_form(text[border:end]) is not None
    ]
    return _Glued(cuts[0], cuts[0]) if len(cuts) == 1 else None


def _items_of_cell(
    cell: GridCell, text: str, index: LabelIndex, column: int, grid_column: int | None, *, is_last: bool
) -> list[Item]:
    """What stands in a cell.

    Args:
        cell: the cell.
        text: the document's text.
        index: the labels that are looked for.
        column: how many cells stand before it on its row.
        grid_column: the column of a grid that it stands at; None outside a grid.
        is_last: whether no other cell follows it on its row.
    """
    start, end, row = cell.start, cell.end, cell.row
    if start == end or (grid_column is not None and text[start:end] in _NO_VALUE):
        return [Item(_SLOT, start, start, row, column, None, grid_column)]
    if end - start > PROSE and (grid_column is not None or not _begins_with_label(text, start, index)):
        return [Item(_TEXT, start, end, row, column)]
    parts = _parts(text[start:end], index, in_grid=grid_column is not None)
    if grid_column is not None and not is_last:
        parts = _without_note(parts)
    if len(parts) == 1:
        # Nearly all cells are of one part.
        kind, first, last, label = parts[0]
        return [Item(kind, start + first, start + last, row, column, label, grid_column)]
    return [
        Item(kind, start + first, start + last, row, column, label, grid_column)
        for kind, first, last, label in parts
    ]


def _begins_with_label(text: str, start: int, index: LabelIndex) -> bool:
    """Whether a long line may be a table in one paragraph: a label, or several, are what it begins with."""
    first = _FIRST_WORD.match(text, start)
    return first is not None and (index.find(first[0]) is not None or bool(index.split(fold_label(first[0]))))


def _middle(locator: Locator | None) -> float | None:
    return (locator.box[0] + locator.box[2]) / 2 if locator is not None and locator.box is not None else None


def _without_note(parts: tuple[_Part, ...]) -> tuple[_Part, ...]:
    """A label without the digit of a footnote that is glued to it; its figures have cells of their own."""
    is_noted = [part.kind for part in parts] == [_LABEL, _SLOT]
    return parts[:1] if is_noted and parts[0].end == parts[1].start else parts


@lru_cache(maxsize=8192)
def _parts(raw: str, index: LabelIndex, *, in_grid: bool) -> tuple[_Part, ...]:
    """What the text of a cell is made of."""
    if is_furniture(raw):
        return ()
    pieces = tuple(stretches(raw, lists=not in_grid, indicators=not in_grid and bool(index.units)))
    if in_grid:
        pieces = tuple(_without_separators(raw, pieces))
    if is_figure(raw) and (len(pieces) == 1 or not all(piece.is_figure for piece in pieces)):
        return (_Part(_SLOT, 0, len(raw)),)
    label = index.find(raw)
    if label is not None:
        return (_Part(_LABEL, 0, len(raw), label),)
    if in_grid and _LONE_STOP.search(raw):
        return (_Part(_TEXT, 0, len(raw)),)
    return tuple(_words(raw, pieces, index) or _labels(raw, 0, index)) or (_Part(_TEXT, 0, len(raw)),)


def _words(raw: str, pieces: Sequence[Stretch], index: LabelIndex) -> list[_Part]:
    """A line of labels and figures with blanks between them, or nothing if it is anything else."""
    parts: list[_Part] = []
    figures = 0
    for is_number, group in groupby(_apart(raw, pieces, index), key=attrgetter("is_figure")):
        run = list(group)
        if is_number:
            parts += (_Part(_SLOT, piece.start, piece.end) for piece in run)
            figures += len(run)
        else:
            parts += _run(raw, run[0].start, run[-1].end, index)
    texts = [part for part in parts if part.kind is _TEXT and not _is_unit(raw, part, index)]
    if not texts:
        return parts
    # The end of a torn label and a whole row of figures behind it.
    is_tail = len(texts) == 1 and parts[0] is texts[0] and figures > 1 and len(parts) == figures + 1
    return parts if is_tail else []


def _without_separators(raw: str, pieces: Sequence[Stretch]) -> Iterator[Stretch]:
    """The pieces of a cell without marks between its words: 三、本年度办理结果 / （一）予以公开 is a path."""
    words = [place for place, piece in enumerate(pieces) if not piece.is_figure]
    for place, piece in enumerate(pieces):
        is_between = bool(words) and words[0] < place < words[-1]
        if not (is_between and raw[piece.start : piece.end] in _SEPARATORS):
            yield piece


def _is_unit(raw: str, part: _Part, index: LabelIndex) -> bool:
    """Whether words are a unit of the form's rows."""
    return bool(index.units) and fold_label(raw[part.start : part.end]) in index.units


def _apart(raw: str, pieces: Sequence[Stretch], index: LabelIndex) -> Iterator[Stretch]:
    """The pieces of a line, words cut behind the figure that is glued to a label.

    Only behind a figure or a row's label: the first number of a line may count its rows.
    """
    takes_figure = False
    for piece in pieces:
        is_words = takes_figure and not piece.is_figure
        glued = _glued(raw, piece.start, piece.end, index) if is_words else None
        words = piece
        if glued is not None:
            yield Stretch(piece.start, glued.figure_end, is_figure=True)
            words = Stretch(glued.start, piece.end, is_figure=False)
        yield words
        label = None if words.is_figure else _run(raw, words.start, words.end, index)[-1].label
        takes_figure = words.is_figure or (label is not None and label.names_row)


def _run(raw: str, start: int, end: int, index: LabelIndex) -> list[_Part]:
    """The words between two figures: a label, several, one with a figure glued on, or text."""
    end = start + len(raw[start:end].rstrip())
    if index.has_columns_beside and (apart := _with_column_beside(raw, start, end, index)):
        return apart
    label = index.find(raw[start:end])
    if label is not None:
        return [_Part(_LABEL, start, end, label)]
    glued = _GLUED.fullmatch(raw, start, end)
    if glued and (label := index.find(glued["label"])) is not None:
        border = glued.start("figure")
        return [_Part(_LABEL, start, border, label), _Part(_SLOT, border, end)]
    return _labels(raw[start:end], start, index) or [_Part(_TEXT, start, end)]


def _with_column_beside(raw: str, start: int, end: int, index: LabelIndex) -> list[_Part]:
    """Labels with blanks between them, one of a column beside the form's: 本年 累计 isn't 本年累计."""
    words = [_Part(_LABEL, start + m.start(), start + m.end()) for m in _WORD.finditer(raw[start:end])]
    labels = [index.find(raw[word.start : word.end]) for word in words]
    pairs = zip(words, labels, strict=True)
    parts = [part._replace(label=label) for part, label in pairs if label is not None]
    is_beside = any(label is not None and Role.BESIDE in label.roles for label in labels)
    return parts if len(parts) == len(words) > 1 and is_beside else []


def _labels(raw: str, start: int, index: LabelIndex) -> list[_Part]:
    """Several labels without anything between them, or nothing."""
    pieces = index.split(fold_label(raw))
    if not pieces:
        return []
    offsets = fold_with_offsets(raw, start).offsets
    return [_Part(_LABEL, offsets[piece.start], offsets[piece.end - 1] + 1, piece.label) for piece in pieces]
