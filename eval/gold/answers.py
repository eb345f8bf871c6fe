"""Right answers: what a model that makes no mistake replies about a case, as the prompts ask for it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from functools import cache
from typing import Any, TypeAlias

from eval.gold.cases import Case, GoldCell
from extractor.asking.numbered_lines import NumberedLines
from extractor.asking.schemas import units_of
from extractor.reports.by_layout import read_by_layout
from extractor.reports.opening import open_document
from extractor.text.figures import is_zero

# An answer, or a row of it, as JSON has it.
Answer: TypeAlias = dict[str, Any]
# What only the question about all tables says.
TABLES = "年度报告中的统计表"


def gold_rows(case: Case, printed: Mapping[str, str] | None = None) -> dict[str, Answer]:
    """What a right answer says of each row, by its name.

    Args:
        case: the report.
        printed: what the page prints in place of the gold, by address.
    """
    rows: dict[str, Answer] = {}
    for name, line, cells in _gold_units(case):
        words = [(printed or {}).get(cell.address, cell.printed) for cell in cells]
        rows[name] = {"row": name, "line": line, "cells": words, "torn": cells[0].torn}
    return rows


@cache
def _gold_units(case: Case) -> list[tuple[str, int, list[GoldCell]]]:
    """The rows that questions name, with the number of the line on which each begins, and its cells."""
    document = open_document(case.text.encode(), case.name)
    lines, gold = NumberedLines(document), {cell.address: cell for cell in case.cells}
    found = []
    for unit in units_of(read_by_layout(document)[0].reading):
        cells = [gold[address] for address in unit.addresses]
        found.append((unit.name, lines.at(case.offset(cells[0].line, cells[0].column)).number, cells))
    return found


def answer_to(system: str, user: str, rows: Mapping[str, Answer]) -> Answer:
    """The right answer to a question, about the rows that it names and the lines that it shows."""
    shown = numbers_in(user)
    asked = [row for name, row in rows.items() if re.search(rf"(?<![\w.]){re.escape(name)}(?![\w.])", system)]
    return as_answer([row for row in asked if row["line"] in shown], allow_zeros=TABLES in system)


def as_answer(rows: Sequence[Answer], *, allow_zeros: bool = True) -> Answer:
    """Rows as the prompts ask for them: those of zeros by their lines alone."""
    answer: Answer = {"rows": [], "zeros": []}
    for row in deepcopy(list(rows)):
        if not row.pop("torn") and allow_zeros and all(is_zero(cell) for cell in row["cells"]):
            answer["zeros"].append(row["line"])
        else:
            answer["rows"].append(row)
    return answer


def as_text(answer: Answer) -> str:
    """An answer as the example of the prompt writes it."""
    return json.dumps(answer, ensure_ascii=False, separators=(",", ":"))


def numbers_in(user: str) -> list[int]:
    """The numbers of the lines that a question shows."""
    return [int(number) for number in re.findall(r"^\d+(?= )", user, re.M)]
