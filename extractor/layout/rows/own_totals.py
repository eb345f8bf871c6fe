"""Totals that a page has of its own in a table whose form has none: 合计 below the kinds of documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractor.layout.items.items import Kind
from extractor.layout.rows.rows import PageRow


def take_totals_as_own(rows: Sequence[PageRow], tables: set[str]) -> None:
    """Take 合计 and 其他 without ordinals for words of the page's own among the rows of another table.

    They name rows of one table by themselves; under the header of another one, below its rows and with no
    other row of theirs beside them, they are none of it.

    Args:
        rows: below a header.
        tables: the ids of the tables that the header is a complete one of.
    """
    others = [row for row in rows if row.names and tables.isdisjoint(table for table, _ in row.names)]
    is_own = any(table in tables for row in rows for table, _ in row.names)
    if not is_own or not all(_is_bare(row) for row in others):
        return
    for row in others:
        if row.head is not None:
            row.head, row.names = replace(row.head, kind=Kind.TEXT, label=None), {}


def _is_bare(row: PageRow) -> bool:
    """Whether the label of a row has no ordinal, and can name a column as well."""
    label = row.head.label if row.head is not None else None
    return label is not None and label.number is None and label.names_column
