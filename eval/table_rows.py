"""The rows of table 3 that a tool gets right with their labels, whatever shape it gives tables.

A row is right if a cell says its label (width, blanks and punctuation don't count, and a group's label may
stand before it) and right of it stand its seven figures in order, with nothing but blank cells beside them.
Blanks aren't zeros, but a tool's NaN is a blank and its 72.0 is 72. Of gongkai's own rows those are right
that have their label and seven figures as printed, none of them disputed.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from math import isnan
from typing import Any, NamedTuple, TypeAlias

from eval.cases import Case
from extractor import Extraction, Status
from extractor.folding import fold_figure, fold_label, label_key
from rules.loader import built_in_forms

# Of each table its rows, of each row its cells, as the tool has them; None where it says that none is.
Tables: TypeAlias = list[list[list[Any]]]

_TABLE = "requests."
_FIGURES = 7
_UNSETTLED = (Status.DISPUTED, Status.ABSENT)


class GoldRow(NamedTuple):
    """A row of table 3: what its label may be, folded, and its figures."""

    labels: tuple[str, ...]
    figures: list[str]


@cache
def gold_rows(case: Case) -> tuple[GoldRow, ...]:
    """The rows of a case's table 3, their labels as printed or as in the form."""
    form = next(form for form in built_in_forms() if form.edition == case.edition)
    labels = {
        f"{table.id}.{row.id}": [f"{row.number or ''}{row.label}"]
        for table in form.tables
        for block in table.blocks
        for row in block.rows
    }
    for label in case.labels:
        labels[label.row].append(label.printed)
    rows: dict[str, list[str]] = {}
    for cell in case.cells:
        if cell.address.startswith(_TABLE):
            rows.setdefault(cell.row, []).append(_figure(cell.printed))
    return tuple(GoldRow(tuple(map(_key, labels[row])), figures) for row, figures in rows.items())


def rows_in_tables(tables: Tables, case: Case) -> int:
    """How many rows of table 3 stand in the tables that a tool made of a case's file."""
    lines = [[cell for cell in line if cell is not None] for table in tables for line in table]
    keys = [[_key(str(cell)) for cell in line] for line in lines]
    return sum(
        any(_is_row(line, key, row) for line, key in zip(lines, keys, strict=True)) for row in gold_rows(case)
    )


def rows_in_extraction(extraction: Extraction, case: Case) -> int:
    """How many rows of table 3 gongkai has made of a case's file."""
    gold = [cell for cell in case.cells if cell.address.startswith(_TABLE)]
    wrong = set()
    for cell in gold:
        found = extraction.cell(cell.address)
        if found.printed != cell.printed or found.status in _UNSETTLED or found.row_label is None:
            wrong.add(cell.row)
    return len({cell.row for cell in gold} - wrong)


def _is_row(line: Sequence[Any], keys: Sequence[str], row: GoldRow) -> bool:
    places = [i for i, key in enumerate(keys) if key.endswith(row.labels)]
    if not places:
        return False
    # Merged cells may have been repeated.
    beside = [_figure(cell) for cell in line[places[-1] + 1 :]]
    return any(
        beside[i : i + _FIGURES] == row.figures and not any(beside[:i] + beside[i + _FIGURES :])
        for i in range(len(beside) - _FIGURES + 1)
    )


def _key(text: str) -> str:
    return label_key(fold_label(text))


def _figure(cell: Any) -> str:
    if isinstance(cell, float):
        return "" if isnan(cell) else str(cell).removesuffix(".0")
    return fold_figure(str(cell)).strip()
