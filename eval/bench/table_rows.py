"""The rows of table 3 that a tool gets right with their labels, whatever shape it gives tables.

A row is right if a cell says its label (width, blanks and punctuation don't count, and a group's label may
stand before it) and right of it stand its seven figures in order, with nothing but blank cells beside them.
Blanks aren't zeros, but a tool's NaN is a blank and its 72.0 is 72. Of gongkai's own rows those are right
that have their label and seven figures as printed, none of them disputed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isnan
from typing import Any, NamedTuple, TypeAlias

from eval.gold.cases import Case
from eval.zoo import ZooDocument
from extractor import Extraction, Status
from extractor.text.folding import fold_figure, fold_label, label_key
from rules.loader import built_in_forms

# Of each table its rows, of each row its cells, as the tool has them; None where it says that none is.
Tables: TypeAlias = list[list[list[Any]]]

_TABLE = "requests"
_UNSETTLED = (Status.DISPUTED, Status.ABSENT)


class GoldRow(NamedTuple):
    """A row of table 3: what its label may be, folded, and what its seven cells print, by address."""

    labels: tuple[str, ...]
    printed: dict[str, str]


def rows_of_case(case: Case) -> tuple[GoldRow, ...]:
    """The rows of a case, their labels as printed or as in the form."""
    labels: dict[str, list[str]] = {}
    for label in case.labels:
        labels.setdefault(label.row, []).append(label.printed)
    return _gold_rows(case.edition, {cell.address: cell.printed for cell in case.cells}, labels)


def rows_of_zoo(document: ZooDocument) -> tuple[GoldRow, ...]:
    """The rows of a document of the zoo."""
    return _gold_rows(
        document.edition, {address: cell.printed for address, cell in document.gold.items()}, {}
    )


def _gold_rows(
    edition: str, printed: Mapping[str, str], labels: Mapping[str, list[str]]
) -> tuple[GoldRow, ...]:
    form = next(form for form in built_in_forms() if form.edition == edition)
    table = next(table for table in form.tables if table.id == _TABLE)
    rows = []
    for block in table.blocks:
        for row in block.rows:
            address = f"{_TABLE}.{row.id}"
            cells = {
                place: printed[place]
                for column in block.columns
                if (place := f"{address}.{column.id}") in printed
            }
            if cells:
                texts = [f"{row.number or ''}{row.label}", *labels.get(address, ())]
                rows.append(GoldRow(tuple(map(_key, texts)), cells))
    return tuple(rows)


def rows_in_tables(tables: Tables, rows: Sequence[GoldRow]) -> int:
    """How many of the rows stand in the tables that a tool made of their file."""
    lines = [[cell for cell in line if cell is not None] for table in tables for line in table]
    keys = [[_key(str(cell)) for cell in line] for line in lines]
    return sum(any(_is_row(line, key, row) for line, key in zip(lines, keys, strict=True)) for row in rows)


def rows_in_extraction(extraction: Extraction, rows: Sequence[GoldRow]) -> int:
    """How many of the rows gongkai has made of their file."""
    cells = {cell.address: cell for cell in extraction.cells}
    return sum(
        all(
            (cell := cells.get(address)) is not None
            and cell.printed == printed
            and cell.status not in _UNSETTLED
            and cell.row_label is not None
            for address, printed in row.printed.items()
        )
        for row in rows
    )


def _is_row(line: Sequence[Any], keys: Sequence[str], row: GoldRow) -> bool:
    places = [i for i, key in enumerate(keys) if key.endswith(row.labels)]
    if not places:
        return False
    # Merged cells may have been repeated.
    beside = [_figure(cell) for cell in line[places[-1] + 1 :]]
    figures = [_figure(printed) for printed in row.printed.values()]
    return any(
        beside[i : i + len(figures)] == figures and not any(beside[:i] + beside[i + len(figures) :])
        for i in range(len(beside) - len(figures) + 1)
    )


def _key(text: str) -> str:
    return label_key(fold_label(text))


def _figure(cell: Any) -> str:
    if isinstance(cell, float):
        return "" if isnan(cell) else str(cell).removesuffix(".0")
    return fold_figure(str(cell)).strip()
