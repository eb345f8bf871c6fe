"""Wide tables in another shape than the form's: a line a row, a table a row, a line a column or a cell.

The form has all cells of such a table on one line, below the labels of its rows side by side. Pages also
print 行政复议 and 行政诉讼 below each other, each with its five figures; in three small tables; turned round;
or each figure beside the label of its column. A row's and a column's label with each figure settle it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise
from typing import NamedTuple

from extractor.documents.document import Span
from extractor.layout.headers.header import HeaderMatch
from extractor.layout.headers.wide_header import labels_of, rows_of
from extractor.layout.items.items import Item
from extractor.layout.placing.placed_block import PlacedBlock
from extractor.layout.placing.placed_row import PlacedRow
from extractor.layout.reading import ColumnLabel
from extractor.layout.rows.rows import PageRow
from extractor.layout.rows.segments import Segment
from extractor.layout.words.labels import Label
from extractor.layout.words.meanings import Role
from rules.form import Block


class _Line(NamedTuple):
    """Figures, and the labels that stand between them and the figures before.

    Attributes:
        rows, columns: the ids of the labels of the table's rows and columns, from left to right.
        slots: the figures.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    slots: tuple[Item, ...]


class _UnorderedError(Exception):
    """Labels above figures stand on several lines, and which of them stands further left isn't told."""


class _Labels(NamedTuple):
    """Where the labels of rows and columns stand, by id; the first one of several."""

    rows: dict[str, Span]
    columns: dict[str, Span]


# A cell of the table: the ids of its row and its column.
_Cells = Mapping[tuple[str, str], Item]


def place_stacked(
    block: Block, segments: Sequence[Segment], headers: Sequence[HeaderMatch], text: str
) -> PlacedBlock | None:
    """Place the rows of a wide block whose labels don't stand side by side above one line of figures.

    Args:
        block: in the edition that the page follows.
        segments: of the document, in page order.
        headers: those that have labels of its rows.
        text: the document's text.

    Returns:
        None unless every cell of the block has a figure of its own, and nothing else the same labels; where
        words among the labels may name another column; and where the order of the labels isn't told.
    """
    if not headers:
        return None
    labels, key = _Labels({}, {}), (headers[0].table.id, block.id)
    if any(_has_strangers(segment.header, key, text) for segment in segments):
        return None
    try:
        lines = list(_lines(key[0], block, segments, labels, text))
    except _UnorderedError:
        return None
    cells = _a_line_a_row(block, lines) or _a_line_a_column(block, lines) or _a_line_a_cell(block, lines)
    if cells is None:
        return None
    shown = {id_: ColumnLabel(span, None) for id_, span in labels.columns.items()}
    order = tuple(column.id for column in block.columns)
    whole = headers[0]._replace(
        orders=(order,),
        columns=shown,
        rows=labels.rows,
        lacks=frozenset(),
        is_disowned=any(header.is_disowned for header in headers),
        disowned=frozenset().union(*(header.disowned for header in headers)),
    )
    rows = {
        row.id: PlacedRow(
            tuple(cells[row.id, column] for column in order), labels.rows[row.id], whole, frozenset()
        )
        for row in block.rows
    }
    return PlacedBlock(rows, frozenset(rows), None)


def _has_strangers(header: Sequence[Item], key: tuple[str, str], text: str) -> bool:
    """Whether words may name a column that a block hasn't: behind its labels, or more than a corner's before.

    Args:
        header: its items, in reading order.
        key: the ids of the table and the block.
        text: the document's text.
    """
    named = [place for place, item in enumerate(header) if _names_row_or_column(item, key)]
    strangers = [place for place, item in enumerate(header) if not _is_of_block(item, key)]
    if not named:
        return False
    before = [header[place] for place in strangers if place < named[0]]
    words = sum(len(text[item.start : item.end].split()) for item in before)
    return words > 1 or any(place > named[0] for place in strangers)


def _names_row_or_column(item: Item, key: tuple[str, str]) -> bool:
    """Whether an item names a row of a wide block, or a column of it and no row elsewhere, as 总计 does."""
    label = item.label
    return label is not None and (key in label.wide_rows or (key in label.columns and not label.names_row))


def _is_of_block(item: Item, key: tuple[str, str]) -> bool:
    meanings = item.label.meanings if item.label is not None else ()
    return any((meaning.table, meaning.block) == key for meaning in meanings)


def _lines(
    table: str, block: Block, segments: Sequence[Segment], labels: _Labels, text: str
) -> Iterator[_Line]:
    """The figures of a table from a row's first label on, and the labels before each.

    Args:
        table: its id.
        block: the block of its rows.
        segments: of the document.
        labels: takes where they stand.
        text: the document's text.

    Raises:
        _UnorderedError: if the order of labels before figures isn't told.
    """
    key = (table, block.id)
    header: list[Item] = []
    # Of groups of rows, which may stand above several lines of figures.
    groups: set[str] = set()
    is_begun = False
    for segment in segments:
        for item in segment.header:
            if item.label is None:
                continue
            header.append(item)
            groups |= _groups_in(item.label, key)
            span = Span(item.start, item.end)
            if len(names := item.label.wide_rows.get(key, frozenset())) == 1:
                is_begun = True
                labels.rows.setdefault(next(iter(names)), span)
            elif len(names := item.label.columns.get(key, frozenset())) == 1:
                labels.columns.setdefault(next(iter(names)), span)
        if is_begun:
            for figures in _figures(segment):
                yield _Line(*_from_left(header, table, block, text, groups), tuple(figures.slots))
                header = []
        else:
            # What stands above the first label of a row is its header only if no figures stand between.
            header = [] if segment.rows else header
    rows, columns = _from_left(header, table, block, text, groups)
    if rows:
        yield _Line(rows, columns, ())


def _groups_in(label: Label, key: tuple[str, str]) -> frozenset[str]:
    """The groups of rows of a block that a label names."""
    return frozenset(
        meaning.element
        for meaning in label.meanings
        if meaning.role is Role.GROUP and (meaning.table, meaning.block) == key
    )


def _from_left(
    header: Sequence[Item], table: str, block: Block, text: str, groups: AbstractSet[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The ids of the rows and columns that labels before figures name, as they stand from left to right.

    Args:
        header: the labels, in reading order.
        table: the id of the table.
        block: the block of its rows.
        text: the document's text.
        groups: of rows, whose labels stand among these, or above figures further up.

    Raises:
        _UnorderedError: if labels share lines, stand on several, and neither a grid nor a group tells.
    """
    key = (table, block.id)
    columns = [
        (next(iter(names)), item)
        for item in header
        if item.label is not None
        and not item.label.wide_rows.get(key)
        and len(names := item.label.columns.get(key, frozenset())) == 1
    ]
    below = ["\n" in text[left.end : right.start] for (_, left), (_, right) in pairwise(columns)]
    rows = labels_of(header, table, block)
    ordered = rows_of(header, table, block) if len(rows) > 1 else rows
    # Labels on a line each are cells that stand one after the other.
    is_mixed = any(below) and not all(below)
    if len(ordered) < len(rows) or is_mixed or _lacks_a_group(block, rows, groups):
        raise _UnorderedError
    return tuple(name for name, _ in ordered), tuple(name for name, _ in columns)


def _lacks_a_group(block: Block, rows: Sequence[tuple[str, Item]], groups: AbstractSet[str]) -> bool:
    """Whether labels of rows stand on several lines without a grid, and what one is under isn't there."""
    if len({item.row for _, item in rows}) < 2 or all(item.grid_column is not None for _, item in rows):
        return False
    named = dict(rows)
    under = {row.under for row in block.rows if row.under is not None and row.id in named}
    return not under <= groups


def _figures(segment: Segment) -> Iterator[PageRow]:
    """The lines below a header, up to the first with words of another row."""
    for row in segment.rows:
        if row.names:
            return
        yield row


def _a_line_a_row(block: Block, lines: Sequence[_Line]) -> _Cells | None:
    """The cells where each line has all figures of a row, or of several that are named side by side."""
    width, wanted = len(block.columns), {column.id for column in block.columns}
    cells: dict[tuple[str, str], Item] = {}
    order: tuple[str, ...] = ()
    figures = 0
    for line in lines:
        order = line.columns or order
        parts = [order[start : start + width] for start in range(0, len(order), width)]
        is_whole = len(parts) == len(line.rows) and all(set(part) == wanted for part in parts)
        slots = _slots_below(order, line.slots, may_have_blanks=len(parts) == 1)
        if not is_whole or slots is None:
            return None
        names = [(row, column) for row, part in zip(line.rows, parts, strict=True) for column in part]
        cells |= dict(zip(names, slots, strict=True))
        figures += len(slots)
    return _all_of(block, cells, figures)


def _slots_below(
    order: Sequence[str], slots: Sequence[Item], *, may_have_blanks: bool
) -> Sequence[Item] | None:
    """The slots of a line that stand below the labels of columns, one each; None if that isn't so.

    The cell of a group that a row isn't under is blank, and stands before its figures.

    Args:
        order: the ids of the columns, from left to right.
        slots: of the line.
        may_have_blanks: else blanks may be what the header's merged cells left, and as many figures be lost.
    """
    pads = max(0, len(slots) - len(order))
    is_padded = all(slot.is_blank for slot in slots[:pads])
    may_lack = not may_have_blanks and any(slot.is_blank for slot in slots)
    return slots[pads:] if is_padded and not may_lack and len(slots) - pads == len(order) else None


def _a_line_a_column(block: Block, lines: Sequence[_Line]) -> _Cells | None:
    """The cells where each line has a column's label and its figures, below the labels of the rows."""
    wanted = {row.id for row in block.rows}
    cells: dict[tuple[str, str], Item] = {}
    order = lines[0].rows if lines else ()
    for line in lines:
        is_headed = line.rows == (order if line is lines[0] else ())
        if not is_headed or len(line.columns) != 1 or len(line.slots) != len(order) or set(order) != wanted:
            return None
        cells |= {(row, line.columns[0]): slot for row, slot in zip(order, line.slots, strict=True)}
    return _all_of(block, cells, sum(len(line.slots) for line in lines))


def _a_line_a_cell(block: Block, lines: Sequence[_Line]) -> _Cells | None:
    """The cells where each line has one figure behind the label of its column, below that of its row."""
    cells: dict[tuple[str, str], Item] = {}
    row: str | None = None
    for line in lines:
        if len(line.rows) > 1 or len(line.columns) != 1 or len(line.slots) != 1:
            return None
        row = line.rows[0] if line.rows else row
        if row is not None:
            cells[row, line.columns[0]] = line.slots[0]
    return _all_of(block, cells, len(lines))


def _all_of(block: Block, cells: _Cells, figures: int) -> _Cells | None:
    """The cells, if they are all of a block and each has one figure."""
    wanted = {(row.id, column.id) for row in block.rows for column in block.columns}
    return cells if cells.keys() == wanted and figures == len(wanted) else None
