"""Headers whose columns the layout can't tell, and what another reader says of their order.

A header that is damaged may admit several orders of columns, or none. Another reader can say which words
name which column; the rows below are then placed as below any other header.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from extractor.documents.document import Span
from extractor.layout.headers.header import HeaderMatch
from extractor.layout.headers.header_words import Order
from extractor.layout.reading import ColumnLabel
from rules.form import Block, Form, Table

_DIGIT = re.compile(r"\d")
_SEPARATOR = re.compile(r"[|｜│┃\t]")


class OpenHeader(NamedTuple):
    """A header whose columns the layout can't tell.

    Attributes:
        form: the edition that the page follows in the block.
        table: that the block is of.
        block: whose columns are to be told.
        start, end: the stretch of the document's text that holds the header.
        rows: where the rows below it begin, in page order.
    """

    form: Form
    table: Table
    block: Block
    start: int
    end: int
    rows: tuple[int, ...]

    @property
    def key(self) -> tuple[str, str]:
        """The ids of the table and the block."""
        return self.table.id, self.block.id


class ToldHeader(NamedTuple):
    """What another reader than the layout says of a header.

    Attributes:
        key: the ids of the table and of the block.
        rows_start: where the first row below the header begins.
        order: the ids of the columns from left to right, None for one that the form doesn't have.
        labels: by the id of a column, where the words stand that are its label.
        columns_at: by the id of a column, the column of the page's grid at which it stands; empty without.
        row_end: the column of the grid at which the header's lines end; None without.
    """

    key: tuple[str, str]
    rows_start: int
    order: Order
    labels: Mapping[str, Span]
    columns_at: Mapping[str, int] = {}
    row_end: int | None = None


def start_of_header(text: str, start: int) -> int:
    """Where a header begins whose first known label begins at ``start``: what stands before it may be of it.

    These are words on its line, and lines above that have cells but no figures.

    Args:
        text: the document's text.
        start: where the label begins.
    """
    first = text.rfind("\n", 0, start) + 1
    while first:
        above = text.rfind("\n", 0, first - 1) + 1
        line = text[above : first - 1]
        if not _SEPARATOR.search(line) or _DIGIT.search(line):
            return first
        first = above
    # A page of one line has all its tables on it.
    return start


def with_told(
    headers: Mapping[tuple[Form, tuple[str, str]], HeaderMatch],
    starts: Iterable[int],
    forms: Iterable[Form],
    told: Iterable[ToldHeader],
) -> dict[tuple[Form, tuple[str, str]], HeaderMatch]:
    """What a header can be, where another reader has told the columns of a block.

    Args:
        headers: what it can be by the layout, by form and block.
        starts: where the rows below it begin.
        forms: editions of one family.
        told: what was told of headers of the document.
    """
    known, below = dict(headers), frozenset(starts)
    for one in told:
        for form in forms:
            if one.rows_start in below and one.key in form.blocks:
                table, block = form.blocks[one.key]
                if {column.id for column in block.columns} == one.labels.keys():
                    known[form, one.key] = _match(form, table, block, one, headers.get((form, one.key)))
    return known


def _match(
    form: Form, table: Table, block: Block, told: ToldHeader, by_layout: HeaderMatch | None
) -> HeaderMatch:
    """A header as it was told; ``by_layout``: as the layout has it."""
    labels = {name: ColumnLabel(span, None, is_put_together=True) for name, span in told.labels.items()}
    columns_at = tuple(told.columns_at[column.id] for column in block.columns) if told.columns_at else ()
    return HeaderMatch(
        form,
        table,
        block,
        (told.order,),
        labels,
        {},
        columns_at=columns_at,
        row_end=told.row_end,
        is_put_together=True,
        is_disowned=by_layout is not None and by_layout.is_disowned,
        disowned=by_layout.disowned if by_layout is not None else frozenset(),
        is_told=True,
    )
