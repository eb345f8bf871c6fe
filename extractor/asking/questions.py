"""The questions put to a model: static words first, the report's lines last."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from typing import TypeVar

from extractor.asking.numbered_lines import SEPARATOR, NumberedLine
from extractor.asking.schemas import Unit, by_block, reply_schema
from extractor.llm.protocol import Message, Request
from prompts.loader import load_prompt
from rules.form import Column

T = TypeVar("T")

_BRACKETED = re.compile(r"\([^()]*\)")


def tables_request(units: Sequence[Unit], lines: Iterable[NumberedLine]) -> Request:
    """Ask for all rows of the tables.

    Args:
        units: the rows.
        lines: of the report, all on which the tables stand.
    """
    return _request("tables", units, lines)


def rows_request(units: Sequence[Unit], lines: Iterable[NumberedLine]) -> Request:
    """Ask for some rows only, and show no more than what stands around them.

    Args:
        units: the rows.
        lines: of the report.
    """
    return _request("rows", units, lines)


def _request(prompt: str, units: Sequence[Unit], lines: Iterable[NumberedLine]) -> Request:
    words = load_prompt(prompt)
    shown = "\n".join(f"{line.number} {line.text}" for line in lines)
    names = tuple(unit.name for _, _, asked in by_block(units) for group in _groups(asked) for unit in group)
    return Request(
        (Message("system", words.filled(rows=described(units))), Message("user", shown)),
        reply_schema(names, max(len(unit.addresses) for unit in units)),
        words.hash,
    )


def described(units: Sequence[Unit]) -> str:
    """The rows by block: the columns, then each row's name and its label on the page.

    The rows of a block are in no order of the page: who answers by their position is found out.

    Args:
        units: the rows, in the order of the form.
    """
    described: list[str] = []
    for table, block, asked in by_block(units):
        columns = SEPARATOR.join(_column_name(column) for column in block.columns)
        if block.orientation == "wide":
            groups = "、".join(row.label for row in block.rows)
            described.append(
                f"{table.title.zh}，{len(asked[0].addresses)}栏在同一行，{groups}各有{columns}：\n{asked[0].name}"
            )
            continue
        described.append(f"{table.title.zh}，{len(block.columns)}栏{columns}：")
        described += _row_names(asked)
    return "\n".join(described)


def _row_names(units: Sequence[Unit]) -> list[str]:
    """One line a group, and one for each row that belongs to none."""
    lines: list[str] = []
    for group in _groups(units):
        rows = [unit.rows[0].row for unit in group]
        words = [
            f"{unit.name} {row.number or ''}{min((row.label, *row.variants), key=len)}"
            for unit, row in zip(group, rows, strict=True)
        ]
        under = rows[0].under
        lines.append(f"{under}：{'；'.join(words)}" if under is not None else words[0])
    return lines


def _groups(units: Sequence[Unit]) -> list[list[Unit]]:
    """The rows of a block by their groups, neither these nor those in an order that the page can have."""
    groups: dict[str, list[Unit]] = {}
    for unit in units:
        under = unit.rows[0].row.under
        groups.setdefault(unit.name if under is None else under, []).append(unit)
    return _mixed([_mixed(group, _name) for group in groups.values()], lambda group: _name(group[0]))


def _name(unit: Unit) -> str:
    return unit.name


def _mixed(ordered: list[T], name: Callable[[T], str]) -> list[T]:
    """In an order that is always the same, and never the one that they have."""
    mixed = sorted(ordered, key=lambda one: sha256(name(one).encode()).digest())
    return mixed if mixed != ordered else mixed[::-1]


def _column_name(column: Column) -> str:
    return _BRACKETED.sub("", column.label)
