"""Models for tests: one that answers what the gold of a case says, and what can be wrong with an answer."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any, TypeAlias

from eval.cases import Case
from extractor import Extraction
from extractor.asking import Asking, AskingReader
from extractor.layout.reading import Reader
from extractor.llm.lines import NumberedLines
from extractor.llm.protocol import Model, Profile, Reply, Request, Usage
from extractor.llm.replies import units_of
from extractor.llm.session import Limits
from extractor.llm.settings import Settings
from extractor.pipeline import open_document, read_by_layout

# What only the question about all tables says.
_TABLES = "年度报告中的统计表"

# An answer as JSON has it, and a change to the answer to a question, counted from 0.
Answer: TypeAlias = dict[str, Any]
Change: TypeAlias = Callable[[Answer, int], Answer]


class Memory:
    """Keeps replies."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def get(self, key: str) -> str | None:
        return self.kept.get(key)

    def put(self, key: str, value: str) -> None:
        self.kept[key] = value


class GoldModel:
    """Answers from the gold, as far as it is asked and shown.

    Args:
        case: whose gold it knows.
        change: what is done to each answer.
        printed: what the page prints in place of the gold, by address.
    """

    name = "gold"
    profile: Profile | None = Profile.JSON_SCHEMA

    def __init__(
        self, case: Case, change: Change = lambda answer, _: answer, printed: Mapping[str, str] | None = None
    ) -> None:
        self.history: list[Request] = []
        self._change = change
        self._rows = gold_rows(case, printed or {})

    async def ask(self, request: Request) -> Reply:
        self.history.append(request)
        system, user = request.messages
        answer = self._change(answer_to(system.content, user.content, self._rows), len(self.history) - 1)
        return Reply(json.dumps(answer, ensure_ascii=False), "stop", Usage(1, 100, 10))


def answer_to(system: str, user: str, rows: Mapping[str, Answer]) -> Answer:
    """The right answer to a question, about the rows that it names and the lines that it shows."""
    shown = numbers_in(user)
    asked = [row for name, row in rows.items() if re.search(rf"(?<![\w.]){name}(?![\w.])", system)]
    return as_answer([row for row in asked if row["line"] in shown], allow_zeros=_TABLES in system)


def gold_rows(case: Case, printed: Mapping[str, str]) -> dict[str, Answer]:
    """What a right answer says of each row, by its name."""
    document = open_document(case.text.encode(), case.name)
    lines, gold = NumberedLines(document), {cell.address: cell for cell in case.cells}
    rows: dict[str, Answer] = {}
    for unit in units_of(read_by_layout(document).reading):
        cells = [gold[address] for address in unit.addresses]
        line = lines.at(case.offset(cells[0].line, cells[0].column)).number
        words = [printed.get(cell.address, cell.printed) for cell in cells]
        rows[unit.name] = {"row": unit.name, "line": line, "cells": words, "torn": cells[0].torn}
    return rows


def as_answer(rows: list[Answer], *, allow_zeros: bool = True) -> Answer:
    """Rows as the prompts ask for them: those of zeros by their lines alone."""
    answer: Answer = {"rows": [], "zeros": []}
    for row in deepcopy(rows):
        if not row.pop("torn") and allow_zeros and set(row["cells"]) == {"0"}:
            answer["zeros"].append(row["line"])
        else:
            answer["rows"].append(row)
    return answer


def row_of(answer: Answer, name: str) -> Answer:
    """The row of this name in an answer."""
    found: Answer = next(row for row in answer["rows"] if row["row"] == name)
    return found


def names_of(request: Request) -> list[str]:
    """The rows that a question is about."""
    row = request.schema.model_json_schema()["$defs"]["Row"]["properties"]["row"]
    return list(row["enum"]) if "enum" in row else [row["const"]]


def lines_of(request: Request) -> list[int]:
    """The numbers of the lines that a question shows."""
    return numbers_in(request.messages[-1].content)


def numbers_in(user: str) -> list[int]:
    """The numbers of the lines in a user's message."""
    return [int(number) for number in re.findall(r"^\d+(?= )", user, re.M)]


def is_about_tables(request: Request) -> bool:
    """Whether it asks for all tables, rather than for some rows again."""
    return _TABLES in request.messages[0].content


def read(
    text: str,
    model: Model,
    reader: Reader = Reader.MODEL,
    limits: Limits = Limits(),  # noqa: B008 - immutable
    memory: Memory | None = None,
) -> Extraction:
    """Read a report with this model."""
    asking = Asking(Settings("none", "http://127.0.0.1"), reader, limits)
    asked = AskingReader(model, memory or Memory(), asking)
    (extraction,) = asyncio.run(asked.extract(text.encode(), name="report"))
    return extraction
