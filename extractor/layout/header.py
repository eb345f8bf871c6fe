"""Headers: which block of which edition a header is, and whether all of its columns are there."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise
from typing import NamedTuple, TypeAlias

from extractor.documents.document import Span
from extractor.layout.items import Item, Kind
from extractor.layout.labels import Role
from extractor.layout.reading import ColumnLabel
from extractor.text.folding import fold_label, label_key
from rules.form import Block, BlockShape, Column, Form, Table

# Looked at 200 times a report: a member of an Enum takes Python 3.11 0.27 µs to find, which is 1 % of reading
# its tables.
_TEXT = Kind.TEXT
# A label of a header, and what it can name in a block.
_Named: TypeAlias = tuple[Item, frozenset[str]]


class HeaderMatch(NamedTuple):
    """A header read as that of one block.

    Attributes:
        complete: every column of the block is there, in the form's order, and no other.
        columns: the label of each column that is there; of a wide block, of its first row's.
        rows: for a wide block, the label of each row that is there.
        lacks: the columns that aren't there, where the others are as they should be.
        places: the columns of a grid at which the labels stand, in the order of the form, of a wide block
            those of every row, and behind them that of the last cell on their lines; empty where the page
            has no grid, or they don't stand in this order.
    """

    form: Form
    table: Table
    block: Block
    complete: bool
    columns: dict[str, ColumnLabel]
    rows: dict[str, Span]
    lacks: frozenset[str] = frozenset()
    places: tuple[int, ...] = ()


def matches(header: Sequence[Item], text: str, forms: Sequence[Form]) -> list[HeaderMatch]:
    """Read a header as every block that has a column in it; complete ones first."""
    found = []
    labels = [item.label for item in header if item.label is not None]
    named = {place for label in labels for place in label.columns}
    # Blocks can have the same columns; a caption tells them apart.
    captions = {place for label in labels for place in label.captions}
    named &= captions or named
    # Editions share most of their blocks.
    known: dict[BlockShape, HeaderMatch | None] = {}
    for form in forms:
        for key, (table, block) in form.blocks.items():
            if key not in named:
                continue
            shape = form.shapes[key]
            if shape not in known:
                known[shape] = _match(header, text, form, table, block)
            match = known[shape]
            if match is not None:
                own = match if match.form is form else match._replace(form=form, table=table, block=block)
                found.append(own)
    return sorted(found, key=lambda match: (not match.complete, -len(match.columns)))


def _match(header: Sequence[Item], text: str, form: Form, table: Table, block: Block) -> HeaderMatch | None:
    place = (table.id, block.id)
    named = [
        (item, ids) for item in header if item.label is not None and (ids := item.label.columns.get(place))
    ]
    if not named:
        return None
    torn = _torn(header, text, block, {element for _, elements in named for element in elements})
    named += torn
    if block.orientation == "wide":
        strange = _has_strangers(header, named, text)
        return _match_wide(header, named, form, table, block, strange=strange)
    columns = list(block.columns)
    is_own = bool(torn) or not _has_strangers(header, named, text)
    order = _order(columns, named, header) if is_own else None
    if torn and order is None and {c.id for c in block.columns} == {i for _, ids in named for i in ids}:
        # Torn from their line, the other labels' order on the page says nothing.
        order = [next(c for c in block.columns if c.id in ids) for _, ids in named]
    labels: dict[str, ColumnLabel] = {}
    if order is not None:
        labels = {column.id: _column_label(item) for column, (item, _) in zip(order, named, strict=True)}
    else:
        for item, elements in named:
            for element in elements:
                labels.setdefault(element, _column_label(item))
    lacks: frozenset[str] = frozenset()
    if order is None and is_own and _order([c for c in columns if c.id in labels], named, header):
        lacks = frozenset(c.id for c in columns if c.id not in labels)
    places: tuple[int, ...] = ()
    if order is not None:
        items = {column.id: item for column, (item, _) in zip(order, named, strict=True)}
        places = _places([items[column.id] for column in columns])
    return HeaderMatch(form, table, block, order is not None, labels, {}, lacks, places)


def _match_wide(
    header: Sequence[Item], named: list[_Named], form: Form, table: Table, block: Block, *, strange: bool
) -> HeaderMatch:
    """A wide header repeats the columns once for each row, whose labels stand above in order.

    Where merged cells are repeated, a row's label stands above each of its columns, and the columns
    of the first row, whose labels have no second line, stand once more.
    """
    columns = [column.id for column in block.columns]
    expected = columns * len(block.rows)
    in_order = _name_all(expected, named) or _name_all([*columns, *expected], named)
    place = (table.id, block.id)
    rows = [
        (item, ids) for item in header if item.label is not None and (ids := item.label.wide_rows.get(place))
    ]
    shown = [next(iter(ids)) for _, ids in rows]
    rows_in_order = [row.id for row in block.rows] == [row_id for row_id, _ in groupby(shown)]
    labels: dict[str, ColumnLabel] = {}
    for item, elements in named:
        for element in elements:
            labels.setdefault(element, _column_label(item))
    spans: dict[str, Span] = {}
    for item, ids in rows:
        for element in ids:
            spans.setdefault(element, Span(item.start, item.end))
    complete = in_order and rows_in_order and not strange
    places = _places([item for item, _ in named[-len(expected) :]]) if complete else ()
    return HeaderMatch(form, table, block, complete, labels, spans, places=places)


def _places(labels: Sequence[Item]) -> tuple[int, ...]:
    """The columns of a grid at which labels stand, if they do so in this order, and where their lines end."""
    places = [item.place for item in labels if item.place is not None]
    ends = [item.last_place for item in labels if item.last_place is not None]
    in_order = len(places) == len(labels) and all(a < b for a, b in pairwise(places))
    return (*places, max(ends)) if in_order and ends else ()


def _name_all(expected: list[str], named: list[_Named]) -> bool:
    """Whether labels name these elements, in this order."""
    return len(named) == len(expected) and all(
        element in elements for element, (_, elements) in zip(expected, named, strict=True)
    )


def _column_label(item: Item) -> ColumnLabel:
    return ColumnLabel(Span(item.start, item.end), item.label.unit if item.label is not None else None)


def _has_strangers(header: Sequence[Item], named: list[_Named], text: str) -> bool:
    """Whether words that the form doesn't know stand where a column's label could.

    The first cell of a header line may hold any words: it is the corner above the row labels.
    """
    lines = {item.row for item, _ in named}
    first, last = named[0][0].start, named[-1][0].start
    for item in header:
        if item.kind is not _TEXT:
            continue
        if item.row not in lines and not first < item.start < last:
            continue
        before = text[text.rfind("\n", 0, item.start) + 1 : item.start].strip()
        if item.row not in lines or len(before) > 1:
            return True
    return False


def _order(columns: list[Column], named: list[_Named], header: Sequence[Item]) -> list[Column] | None:
    """The columns in the order in which the header prints them, if they are all there.

    Labels come column by column, or line by line: those under a group then follow all the others,
    and the group's own label stands among these. Where the page keeps the lines of the header, only
    the order within a line counts, as a merged cell may stand on any of them.
    """
    if _name_all([column.id for column in columns], named):
        return columns
    lines = [list(line) for _, line in groupby(named, key=lambda one: one[0].row)]
    if len(lines) in (1, len(named)):
        above = [column for column in columns if column.under is None]
        by_line = [*above, *(column for column in columns if column.under is not None)]
        groups = [item for item in header if item.label is not None and Role.GROUP in item.label.roles]
        if not above or not _name_all([column.id for column in by_line], named):
            return None
        return by_line if any(group.start < named[len(above) - 1][0].start for group in groups) else None
    under = [list(group) for name, group in groupby(columns, key=lambda c: c.under) if name]
    if not all(any(len(line) >= len(group) for line in lines) for group in under) or not under:
        return None
    found = [column for line in lines for column in _in_order(columns, [ids for _, ids in line])]
    return found if len(found) == len(named) == len({c.id for c in found}) == len(columns) else None


def _in_order(columns: list[Column], line: list[frozenset[str]]) -> list[Column]:
    """Those that the labels of one header line name, if they stand in the form's order."""
    found: list[Column] = []
    rest = iter(columns)
    for ids in line:
        column = next((c for c in rest if c.id in ids), None)
        if column is None:
            return []
        found.append(column)
    return found


def _torn(header: Sequence[Item], text: str, block: Block, present: set[str]) -> list[_Named]:
    """Column labels whose two lines a converter has torn apart.

    The first halves stand glued on one line and the second halves are cells of a line below; they
    are taken only if, put together in order, they are exactly the labels that are missing.
    """
    missing = [column for column in block.columns if column.id not in present]
    words = [item for item in header if item.kind is _TEXT]
    # One of the words is the first halves, and each missing column has its second half.
    if not missing or len(words) <= len(missing):
        return []
    keys = [label_key(fold_label(column.label)) for column in missing]
    texts = [label_key(fold_label(text[item.start : item.end])) for item in words]
    for start in range(1, len(words) - len(missing) + 1):
        ends = texts[start : start + len(missing)]
        pairs = list(zip(keys, ends, strict=True))
        if all(key.endswith(end) and len(key) > len(end) > 0 for key, end in pairs):
            beginnings = "".join(key.removesuffix(end) for key, end in pairs)
            if beginnings in texts[:start]:
                items = words[start : start + len(missing)]
                return [(item, frozenset({column.id})) for item, column in zip(items, missing, strict=True)]
    return []
