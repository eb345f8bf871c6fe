"""Grounding what a model says of a header: which words are the label of which column, from left to right.

The words must stand in the header, most of them must be like the labels of the columns that they are said to
name, and no two of them must be more like each other's. What else they mean (公民 for 自然人) only a reader
knows. Where the columns stand is never for the model to say: the page's own grid tells, or its lines where
each breaks inside a label, or the one order that the words admit as an exact cover.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import combinations, groupby, pairwise
from typing import NamedTuple

from extractor.asking.likeness import likeness
from extractor.asking.schemas import NONE, ColumnReply, ColumnsReply
from extractor.documents.document import Document, GridCell, Span
from extractor.layout.headers.told_headers import OpenHeader, ToldHeader
from extractor.layout.open_headers import orders_of
from extractor.layout.words.label_index import label_index
from extractor.text.folding import fold_label, label_key
from rules.form import Form
from rules.relabelled import relabelled

_WORD = re.compile(r"[^\s|｜│┃]+")
_TEXT_GRIDS = ("pipes", "tabs")
# What tells a year's column from another's.
_OTHER_YEAR = re.compile(r"上年|去年|上一年|20\d\d")


class HeaderRefusal(StrEnum):
    """Why what was said of a header isn't taken."""

    NOT_PRINTED = "words_not_printed"
    INCOMPLETE = "columns_missing"
    OTHER_LABEL = "other_columns_words"
    UNLIKE = "unlike_the_form"
    ORDER = "other_order"
    SUMS = "sums_say_otherwise"


class _Word(NamedTuple):
    """A word of a header: its key, its line, and the column of the grid that it stands at, if any."""

    key: str
    line: int
    column: int | None
    span: Span


class _Said(NamedTuple):
    """A column as it was said: its id, None for one that the form doesn't have; its words as keys, joined."""

    id: str | None
    key: str


def told_header(
    document: Document, forms: tuple[Form, ...], header: OpenHeader, reply: ColumnsReply
) -> ToldHeader | HeaderRefusal:
    """What a model says of a header, if the page bears it out.

    Args:
        document: the report.
        forms: the editions that it is read by.
        header: the header.
        reply: what the model says.
    """
    words, row_end = _words_of(document, header)
    said = [_said(column) for column in reply.columns]
    refusal = _refusal(words, said, header, reply) or _likeness_refusal(said, header, forms)
    if refusal is not None:
        return refusal
    order = tuple(one.id for one in said)
    at = _at_grid(words, said)
    if at is not None:
        placed = [(one.id, word) for one, word in zip(said, at, strict=True) if one.id is not None]
        columns_at = {name: word.column for name, word in placed if word.column is not None}
        labels = {name: word.span for name, word in placed}
        return ToldHeader(header.key, header.rows[0], order, labels, columns_at, row_end)
    flowing = _flowing(words, said)
    if flowing is None and _orders_worded(document, forms, header, said) != (order,):
        return HeaderRefusal.ORDER
    return ToldHeader(header.key, header.rows[0], order, flowing or _first_words(words, said))


def _said(column: ColumnReply) -> _Said:
    key = "".join(label_key(fold_label(word)) for word in column.words)
    return _Said(None if column.column == NONE else column.column, key)


def _refusal(
    words: Sequence[_Word], said: Sequence[_Said], header: OpenHeader, reply: ColumnsReply
) -> HeaderRefusal | None:
    """Why an answer can't be taken: it lacks columns, or quotes what the header doesn't print."""
    named = sorted(one.id for one in said if one.id is not None)
    if named != sorted(column.id for column in header.block.columns):
        return HeaderRefusal.INCOMPLETE
    printed = "".join(word.key for word in words)
    quoted = [label_key(fold_label(word)) for column in reply.columns for word in column.words]
    is_printed = all(key and key in printed for key in quoted) and all(one.key for one in said)
    return None if is_printed else HeaderRefusal.NOT_PRINTED


def _likeness_refusal(
    said: Sequence[_Said], header: OpenHeader, forms: tuple[Form, ...]
) -> HeaderRefusal | None:
    if any(_is_anothers(one, header, forms) for one in said):
        return HeaderRefusal.OTHER_LABEL
    columns = {column.id: column for column in header.block.columns}
    known = [(columns[one.id], one.key) for one in said if one.id is not None]
    for (column, key), (other, other_key) in combinations(known, 2):
        exchanged = likeness(other_key, column) + likeness(key, other)
        if exchanged > likeness(key, column) + likeness(other_key, other):
            return HeaderRefusal.OTHER_LABEL
    alike = sum(likeness(key, column) > 0 for column, key in known)
    return None if 2 * alike > len(known) else HeaderRefusal.UNLIKE


def _words_of(document: Document, header: OpenHeader) -> tuple[list[_Word], int | None]:
    """The words of a header in reading order, and the column of the grid at which its lines end."""
    words: list[_Word] = []
    ends: dict[int, int | None] = {}
    kinds: set[str] = set()
    for kind, cell, column in _cells(document, header):
        ends[cell.row] = column
        kinds.add(kind)
        found = _WORD.finditer(document.text, cell.start, cell.end)
        keyed = ((label_key(fold_label(match[0])), Span(*match.span())) for match in found)
        words += [_Word(key, cell.row, column, span) for key, span in keyed if key]
    known = [end for end in ends.values() if end is not None]
    if len(known) < len(ends) or not ("table" in kinds or len(set(known)) == 1):
        # Lines of text that aren't of one length are no grid: merged cells have left nothing.
        return [word._replace(column=None) for word in words], None
    return words, max(known, default=None)


def _cells(document: Document, header: OpenHeader) -> Iterator[tuple[str, GridCell, int | None]]:
    """The cells of a header, each with the kind of its grid and its column in it, if it has any."""
    for grid in document.grids:
        for _, line in groupby(grid.cells, key=lambda cell: cell.row):
            for position, cell in enumerate(line):
                if header.start <= cell.start < header.end:
                    counted = position if grid.kind in _TEXT_GRIDS else None
                    yield grid.kind, cell, cell.column if grid.kind == "table" else counted


def _is_anothers(said: _Said, header: OpenHeader, forms: tuple[Form, ...]) -> bool:
    """Whether words are the label of another column of the form than they are said to name."""
    label = label_index(forms).find(said.key)
    named = label.columns.get(header.key, frozenset()) if label is not None else frozenset()
    if said.id is None:
        return bool(named) and not _OTHER_YEAR.search(said.key)
    return bool(named) and said.id not in named


def _first_words(words: Sequence[_Word], said: Iterable[_Said]) -> dict[str, Span]:
    """Where the label of each column of the form begins."""
    return {
        one.id: next((word.span for word in words if one.key.startswith(word.key)), words[0].span)
        for one in said
        if one.id is not None
    }


# --- where they stand --------------------------------------------------------------------------------


def _at_grid(words: Sequence[_Word], said: Sequence[_Said]) -> list[_Word] | None:
    """The lowest word of each column in a grid, if the columns stand there as they were said."""
    by_column: dict[int, list[_Word]] = {}
    for word in words:
        if word.column is None:
            return None
        by_column.setdefault(word.column, []).append(word)
    found: list[_Word] = []
    last = -1
    for one in said:
        # What stands lowest in a column of the grid is its label; groups stand above it.
        right = (stack for column, stack in by_column.items() if column > last)
        lowest = next((stack[-1] for stack in right if _ends_with(stack, one.key)), None)
        if lowest is None or lowest.column is None:
            return None
        found.append(lowest)
        last = lowest.column
    # Every column of the grid that has words is one that was said.
    is_whole = sum(column >= (found[0].column or 0) for column in by_column) == len(said)
    return found if is_whole else None


def _ends_with(stack: Sequence[_Word], key: str) -> bool:
    """Whether words one below the other end with those of a column, cut where words are."""
    return any("".join(word.key for word in stack[first:]) == key for first in range(len(stack)))


def _flowing(words: Sequence[_Word], said: Sequence[_Said]) -> dict[str, Span] | None:
    """Where the columns stand if the last words of a header are theirs, one after the other.

    Lines may end within a header of one row, but only inside a label: between two labels, what follows could
    be a line of its own, below other columns.
    """
    key = "".join(one.key for one in said)
    first = len(words)
    length = 0
    while first and length < len(key):
        first -= 1
        length += len(words[first].key)
    row = words[first:]
    if "".join(word.key for word in row) != key:
        return None
    starts = _starts(row, said)
    if starts is None:
        return None
    ends_inside = all(
        after not in starts for after, (a, b) in enumerate(pairwise(row), 1) if a.line != b.line
    )
    if not ends_inside or (first and words[first - 1].line == row[0].line and not _is_corner(words, first)):
        return None
    pairs = zip(said, starts, strict=True)
    return {one.id: row[start].span for one, start in pairs if one.id is not None}


def _starts(row: Sequence[_Word], said: Sequence[_Said]) -> list[int] | None:
    """The word with which each column begins; None if one begins inside a word."""
    starts: list[int] = []
    position = 0
    for one in said:
        starts.append(position)
        length = 0
        while position < len(row) and length < len(one.key):
            length += len(row[position].key)
            position += 1
        if length != len(one.key):
            return None
    return starts


def _is_corner(words: Sequence[_Word], first: int) -> bool:
    """Whether what stands before the columns on their line is the corner's: as above, or one cell."""
    line = words[first].line
    before = {word.key for word in words[:first] if word.line == line}
    above = {word.key for word in words[:first] if word.line != line}
    return len(before) == 1 or before <= above


def _orders_worded(
    document: Document, forms: tuple[Form, ...], header: OpenHeader, said: Sequence[_Said]
) -> tuple[tuple[str | None, ...], ...]:
    """The orders of columns that a header admits if columns are called what they are said to be called."""
    worded: Mapping[str, str] = {one.id: one.key for one in said if one.id is not None}
    called = tuple(relabelled(form, {header.key: worded}, {}) for form in forms)
    return orders_of(document, called, header)
