"""Headers: which block of which edition a header is, and whether all of its columns are there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple, TypeAlias

from extractor.documents.document import Span
from extractor.folding import fold_label, label_key
from extractor.labels import Role
from extractor.layout.items import Item, Kind
from rules.form import Block, Column, Form, Table

# A label of a header, and what it can name in a block.
_Named: TypeAlias = tuple[Item, frozenset[str]]


class ColumnLabel(NamedTuple):
    """Where a column's label stands, and the unit printed with it; None where there is none."""

    span: Span | None
    unit: str | None


@dataclass(frozen=True, slots=True)
class HeaderMatch:
    """A header read as that of one block.

    Attributes:
        complete: every column of the block is there, in the form's order, and no other.
        columns: the label of each column that is there; of a wide block, of its first row's.
        rows: for a wide block, the label of each row that is there.
    """

    form: Form
    table: Table
    block: Block
    complete: bool
    columns: dict[str, ColumnLabel]
    rows: dict[str, Span]


def matches(header: Sequence[Item], text: str, forms: Sequence[Form]) -> list[HeaderMatch]:
    """Read a header as every block that has a column in it; complete ones first."""
    found = []
    named = {place for item in header if item.label is not None for place in item.label.columns}
    for form in forms:
        for key, (table, block) in form.blocks.items():
            match = _match(header, text, form, table, block) if key in named else None
            if match is not None:
                found.append(match)
    return sorted(found, key=lambda match: (not match.complete, -len(match.columns)))


def _match(header: Sequence[Item], text: str, form: Form, table: Table, block: Block) -> HeaderMatch | None:
    named = list(_named(header, table.id, block.id, Role.COLUMN))
    if not named:
        return None
    torn = _torn(header, text, block, {element for _, elements in named for element in elements})
    named += torn
    if block.orientation == "wide":
        return _match_wide(header, named, form, table, block)
    order = _order(block, named)
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
    return HeaderMatch(form, table, block, order is not None, labels, {})


def _match_wide(
    header: Sequence[Item],
    named: list[_Named],
    form: Form,
    table: Table,
    block: Block,
) -> HeaderMatch:
    """A wide header repeats the columns once for each row, whose labels stand above in order."""
    expected = [column.id for column in block.columns] * len(block.rows)
    in_order = len(named) == len(expected) and all(
        element in elements for element, (_, elements) in zip(expected, named, strict=True)
    )
    rows = list(_named(header, table.id, block.id, Role.WIDE_ROW))
    rows_in_order = [row.id for row in block.rows] == [next(iter(ids)) for _, ids in rows]
    labels: dict[str, ColumnLabel] = {}
    for item, elements in named:
        for element in elements:
            labels.setdefault(element, _column_label(item))
    return HeaderMatch(
        form,
        table,
        block,
        in_order and rows_in_order,
        labels,
        {element: Span(item.start, item.end) for item, ids in rows for element in ids},
    )


def _named(header: Sequence[Item], table: str, block: str, role: Role) -> Iterator[_Named]:
    """Each label of the header that can name an element of the block, and which ones."""
    for item in header:
        ids = item.label.elements.get((role, table, block)) if item.label is not None else None
        if ids:
            yield item, ids


def _column_label(item: Item) -> ColumnLabel:
    return ColumnLabel(Span(item.start, item.end), item.label.unit if item.label is not None else None)


def _order(block: Block, named: list[_Named]) -> list[Column] | None:
    """The block's columns in the order in which the header prints them, if they are all there.

    Labels come column by column, or line by line: then those under a group follow all the others.
    Where the page keeps the lines of the header, only the order within a line counts, as a merged
    cell may stand on any of them.
    """
    by_line = [c for c in block.columns if c.under is None] + [c for c in block.columns if c.under]
    for order in (list(block.columns), by_line):
        if len(order) == len(named) and all(c.id in ids for c, (_, ids) in zip(order, named, strict=True)):
            return order
    lines = [[ids for _, ids in line] for _, line in groupby(named, key=lambda one: one[0].row)]
    groups = [
        [c.id for c in group] for under, group in groupby(block.columns, key=lambda c: c.under) if under
    ]
    if not groups or not all(any(len(line) >= len(group) for line in lines) for group in groups):
        return None
    found = [_in_order(block, line) for line in lines]
    columns = [column for line in found for column in line]
    return (
        columns if len(columns) == len(named) and len({c.id for c in columns}) == len(block.columns) else None
    )


def _in_order(block: Block, line: list[frozenset[str]]) -> list[Column]:
    """The columns that the labels of one header line name, if they stand in the form's order."""
    columns: list[Column] = []
    rest = iter(block.columns)
    for ids in line:
        column = next((c for c in rest if c.id in ids), None)
        if column is None:
            return []
        columns.append(column)
    return columns


def _torn(header: Sequence[Item], text: str, block: Block, present: set[str]) -> list[_Named]:
    """Column labels whose two lines a converter has torn apart.

    The first halves stand glued on one line and the second halves are cells of a line below; they
    are taken only if, put together in order, they are exactly the labels that are missing.
    """
    missing = [column for column in block.columns if column.id not in present]
    words = [item for item in header if item.kind is Kind.TEXT]
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
