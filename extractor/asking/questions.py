"""The questions put to a model: static words first, the report's lines last."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from extractor.asking.numbered_lines import SEPARATOR, NumberedLine
from extractor.asking.schemas import Unit, by_block, reply_schema
from extractor.llm.protocol import Message, Request
from prompts.loader import load_prompt
from rules.form import Column

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
    return Request(
        (Message("system", words.filled(rows=described(units))), Message("user", shown)),
        reply_schema(tuple(unit.name for unit in units), max(len(unit.addresses) for unit in units)),
        words.hash,
    )


def described(units: Sequence[Unit]) -> str:
    """The rows by block: the columns, then each row's name and its label on the page."""
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
    last: str | None = None
    for unit in units:
        row = unit.rows[0].row
        words = f"{unit.name} {row.number or ''}{min((row.label, *row.variants), key=len)}"
        if row.under is not None and row.under == last:
            lines[-1] += f"；{words}"
        else:
            lines.append(f"{row.under}：{words}" if row.under is not None else words)
        last = row.under
    return lines


def _column_name(column: Column) -> str:
    return _BRACKETED.sub("", column.label)
