"""Headers of text that keeps the look of its page: what a word names is told by what stands below it.

Converters such as ``pdftotext -layout`` put every word as far from the left as it stands on the page. Labels
that are broken over lines and centred are then read column by column: a header is told where the pieces above
each column of figures are one label of the form, and nothing else stands there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from extractor.documents.document import Span
from extractor.layout.headers.header import HeaderMatch, matches
from extractor.layout.headers.header_words import Order
from extractor.layout.items.items import Item
from extractor.layout.reading import ColumnLabel
from extractor.layout.rows.places import Places, Word, places_below, word_at
from extractor.layout.rows.segments import Segment
from extractor.layout.words.meanings import Role
from extractor.text.folding import fold_label, label_key
from rules.form import Block, Column, Form

_WORD = re.compile(r"\S+")
# So many rows of figures show where the columns of a table stand; a wide table has one.
_FEWEST_ROWS = 2
# So many lines of pieces may stand above the first whole word of a header.
_MOST_ABOVE = 2
# A word of a header may stand above the column beside its own; by so many columns further it is another's.
_BESIDE, _ELSEWHERE = 1, 3


def headers_of(segment: Segment, text: str, forms: Sequence[Form]) -> list[HeaderMatch]:
    """The header of a segment read as that of every block that has a column in it; complete ones first.

    Args:
        segment: the header, and the rows below it.
        text: the document's text.
        forms: editions of one family.
    """
    headers = [read_by_position(header, segment, text) for header in matches(segment.header, text, forms)]
    return sorted(headers, key=lambda header: not header.complete)


def read_by_position(header: HeaderMatch, segment: Segment, text: str) -> HeaderMatch:
    """A header whose words alone don't tell its columns, told by where they stand above the figures.

    Args:
        header: as its words are read.
        segment: the header, and the rows below it.
        text: the document's text.

    Returns:
        The header as it was where it is told, or the text isn't laid out, or not all of it fits.
    """
    block = header.block
    if header.complete or header.columns_at:
        return header
    is_wide = block.orientation == "wide"
    size = len(block.columns) * (len(block.rows) if is_wide else 1)
    if size == 1:
        return header
    measured = list(places_below(segment.rows, text, size, 1 if is_wide else _FEWEST_ROWS))
    for places in measured:
        told = _told(header, segment, text, places, size)
        rows = _rows(header, segment, text, places) if is_wide else {}
        if told is not None and (not is_wide or len(rows) == len(block.rows)):
            return _with_columns(header, *told, rows)
    return header if is_wide else _with_orders_in_place(header, segment, text, measured)


def _with_orders_in_place(
    header: HeaderMatch, segment: Segment, text: str, measured: Sequence[Places]
) -> HeaderMatch:
    """A header of several orders with those only that the places of its words admit, if they tell any.

    Args:
        header: as its words are read.
        segment: the header, and the rows below it.
        text: the document's text.
        measured: where the figures stand, by each measure.
    """
    if len(header.orders) == 1:
        return header
    in_place = {_orders_in_place(header, segment, text, places) for places in measured} - {frozenset()}
    if len(in_place) != 1:
        return header
    (admitted,) = in_place
    return header._replace(orders=tuple(order for order in header.orders if order in admitted))


def _with_columns(
    header: HeaderMatch, order: tuple[str, ...], pieces: Sequence[Sequence[Word]], rows: dict[str, Span]
) -> HeaderMatch:
    """A header with the order of columns, and the words above each of them, that its places tell."""
    columns = {
        column: ColumnLabel(words[-1].span, None, is_put_together=len(words) > 1)
        for column, words in zip(order, pieces, strict=False)
    }
    return header._replace(
        orders=(order,),
        columns=columns,
        rows=rows,
        lacks=frozenset(),
        is_put_together=any(len(words) > 1 for words in pieces),
        may_be_usual=False,
    )


def _orders_in_place(header: HeaderMatch, segment: Segment, text: str, places: Places) -> frozenset[Order]:
    """Of the orders that broken words admit, those whose words stand near the figures of their columns.

    Args:
        header: with several orders.
        segment: the header, and the rows below it.
        text: the document's text, which is laid out.
        places: where the figures stand.

    Returns:
        None of them if no order has all of its words beside its figures, so that their places tell nothing.
    """
    at: list[tuple[str, int]] = []
    for word in _words(header, segment, text, segment.header[0].start, places):
        key = label_key(fold_label(text[word.span.start : word.span.end]))
        named = [column.id for column in header.block.columns if any(key in label for label in _keys(column))]
        # Whose a piece is, is known where one column only has it in its label.
        if key and len(named) == 1:
            column = places.column_at(word.middle)
            at.append((named[0], len(places.lefts) if column is None else column))

    def displaced(order: Order) -> int:
        """By how many columns a word stands elsewhere at most."""
        return max((abs(order.index(name) - column) for name, column in at if name in order), default=0)

    if all(displaced(order) > _BESIDE for order in header.orders):
        return frozenset()
    return frozenset(order for order in header.orders if displaced(order) < _ELSEWHERE)


def _told(
    header: HeaderMatch, segment: Segment, text: str, places: Places, size: int
) -> tuple[tuple[str, ...], list[list[Word]]] | None:
    """The order of the columns and the words above each; None if those are no labels.

    Pieces of labels may stand on lines above the first whole word of the header.
    """
    start = text.rfind("\n", 0, segment.header[0].start) + 1
    for _ in range(_MOST_ABOVE + 1):
        pieces = _pieces(_words(header, segment, text, start, places), places, size)
        order = _order_of(pieces, header.block, text) if pieces is not None else None
        if pieces is not None and order is not None:
            return order, pieces
        start = text.rfind("\n", 0, max(0, start - 1)) + 1
    return None


def _pieces(words: Iterable[Word], places: Places, size: int) -> list[list[Word]] | None:
    """The words above each of so many columns; None if some stand right of all of them."""
    pieces: list[list[Word]] = [[] for _ in range(size)]
    for word in words:
        column = places.column_at(word.middle)
        if column is None:
            return None
        if column >= 0:
            pieces[column].append(word)
    return pieces


def _order_of(pieces: Sequence[Sequence[Word]], block: Block, text: str) -> tuple[str, ...] | None:
    """The order of columns, under each row of a wide block the same; None if words are no label."""
    named = [_named(words, block, text) for words in pieces]
    known = tuple(name for name in named if name is not None)
    size = len(block.columns)
    orders = {known[start : start + size] for start in range(0, len(known), size)}
    is_whole = len(known) == len(named) and len(orders) == 1
    return known[:size] if is_whole and len(set(known)) == size else None


def _words(header: HeaderMatch, segment: Segment, text: str, start: int, places: Places) -> Iterator[Word]:
    """The words from a line on, above the figures, that may be pieces of the labels of columns."""
    items = segment.header
    end = min(row.slots[0].start for row in segment.rows)
    end = text.rfind("\n", 0, end) + 1
    others = [item for item in items if _stands_above_columns(item, header)]
    for match in _WORD.finditer(text, start, max(start, end)):
        if not any(item.start < match.end() and match.start() < item.end for item in others):
            yield word_at(text, Span(match.start(), match.end()), places.measure)


def _stands_above_columns(item: Item, header: HeaderMatch) -> bool:
    """Whether an item is a label of a block, but none of a column: of several columns, or of a row."""
    meanings = item.label.meanings if item.label is not None else ()
    roles = {
        meaning.role
        for meaning in meanings
        if (meaning.table, meaning.block) == (header.table.id, header.block.id)
    }
    return bool(roles) and Role.COLUMN not in roles


def _named(words: Sequence[Word], block: Block, text: str) -> str | None:
    """The column that words are the whole label of; None if they are none's."""
    key = label_key(fold_label("".join(text[word.span.start : word.span.end] for word in words)))
    return next((column.id for column in block.columns if key in _keys(column)), None)


def _keys(column: Column) -> frozenset[str]:
    return frozenset(label_key(fold_label(label)) for label in (column.label, *column.variants))


def _rows(header: HeaderMatch, segment: Segment, text: str, places: Places) -> dict[str, Span]:
    """The labels of the rows of a wide block that stand above columns, from left to right."""
    block = header.block
    key, size = (header.table.id, block.id), len(block.columns)
    shown: dict[int, tuple[str, Span]] = {}
    for item in segment.header:
        names = item.label.wide_rows.get(key, frozenset()) if item.label is not None else frozenset()
        if len(names) == 1:
            span = Span(item.start, item.end)
            column = places.column_at(word_at(text, span, places.measure).middle)
            if column is not None and column >= 0:
                shown.setdefault(column // size, (next(iter(names)), span))
    return dict(shown[position] for position in sorted(shown))
