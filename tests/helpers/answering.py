"""Models for tests: one that answers what the gold of a case says, and what can be wrong with an answer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import TypeAlias

from eval.gold.answers import TABLES, Answer, answer_to, as_text, gold_rows, numbers_in
from eval.gold.cases import Case
from extractor import Extraction
from extractor.asking.options import Limits, WhoReads
from extractor.asking.plan import Asking
from extractor.llm.protocol import Model, Profile, Reply, Request, Traffic
from extractor.llm.settings import Settings

# A change to the answer to a question, counted from 0.
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
        self._rows = gold_rows(case, printed)

    async def ask(self, request: Request) -> Reply:
        self.history.append(request)
        system, user = request.messages
        answer = self._change(answer_to(system.content, user.content, self._rows), len(self.history) - 1)
        return Reply(as_text(answer), "stop", Traffic(1, 100, 10))


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


def is_about_tables(request: Request) -> bool:
    """Whether it asks for all tables, rather than for some rows again."""
    return TABLES in request.messages[0].content


def read(
    text: str,
    model: Model,
    reader: WhoReads = WhoReads.MODEL,
    limits: Limits = Limits(),  # noqa: B008 - immutable
    memory: Memory | None = None,
    extra: Mapping[str, object] | None = None,
) -> Extraction:
    """Read a report with this model."""
    asking = Asking(Settings("none", "http://127.0.0.1", extra=extra or {}), reader, limits, text=False)
    asked = asking.with_model(model, memory or Memory())
    (extraction,) = asyncio.run(asked.extract(text.encode(), name="report"))
    return extraction
