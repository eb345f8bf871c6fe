"""The reference reading: what one gets the usual way, to stand beside the pipeline's figures.

One call of instructor with one nested schema of the whole form, whose validators hold its sums, and
instructor's own re-asks. Whatever the validators accept counts as ``confirmed``, for that is what its user
takes it for. It is compared by value alone: it knows neither what is printed nor where, so a blank, a mark
and a zero are one thing.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any, cast

from pydantic import BaseModel, Field, create_model, model_validator

from eval.gold.expected import Expected, Gold
from eval.simulation.model import number_of
from eval.zoo.drawing import Number, contradictions
from extractor.asking.options import Prices
from extractor.asking.session import spent_on
from extractor.documents.document import Document
from extractor.errors import ModelError
from extractor.llm.protocol import Message, Model, Reply, Request, Traffic
from extractor.llm.tokens import Counter
from extractor.result.cells import Cell, Grounding, Status
from extractor.result.extraction import Extraction
from extractor.result.header import Header
from extractor.result.steps import Usage
from extractor.result.verdict import Verdict
from rules.confront import State
from rules.form import Form

_RETRIES = 2
_MOST_OUTPUT = 8192
_PROMPT = (
    "你是数据抽取助手。请从政府信息公开工作年度报告中抽取三张表的全部数字，按给定的结构填写。"
    "没有数字的单元格填 null，数字照原文填写，不要换算。"
)


# --- the schema ------------------------------------------------------------------------------------


@cache
def schema_of(form: Form) -> type[BaseModel]:
    """One nested schema of a whole form, whose sums must hold."""
    tree: dict[str, Any] = {}
    for address in form.places:
        *path, last = address.split(".")
        level = tree
        for part in path:
            level = level.setdefault(part, {})
        level[last] = None

    def accepted(self: BaseModel) -> BaseModel:
        amiss = contradictions(numbers_in(self.model_dump(), form))
        if amiss:
            told = (f"{address} ({rule}) doesn't equal the sum of its parts" for rule, address in amiss)
            raise ValueError("; ".join(told))
        return self

    # As a decorator would make it; the type of a validator made so isn't known to mypy.
    checks: dict[str, Any] = {"accepted": model_validator(mode="after")(cast("Any", accepted))}
    return _model("Report", tree, checks)


def _model(name: str, tree: Mapping[str, Any], checks: dict[str, Any] | None = None) -> type[BaseModel]:
    fields: dict[str, Any] = {}
    for key, below in tree.items():
        if below is None:
            fields[key] = (int | Decimal | None, None)
        else:
            model = _row(tuple(below)) if not any(below.values()) else _model(f"{name}_{key}", below)
            fields[key] = (model, Field(default_factory=model))
    return create_model(name, __validators__=checks, **fields)


@cache
def _row(columns: tuple[str, ...]) -> type[BaseModel]:
    """The rows that have these columns are of one model, as one would write it."""
    return _model(f"Row_{'_'.join(columns)}", dict.fromkeys(columns))


def numbers_in(nested: Mapping[str, Any], form: Form) -> dict[str, Number | None]:
    """The numbers of a reply by address."""
    numbers: dict[str, Number | None] = {}
    for address in form.places:
        level: Any = nested
        for part in address.split("."):
            level = level.get(part) if isinstance(level, dict) else None
        numbers[address] = level
    return numbers


# --- the reading -----------------------------------------------------------------------------------


@cache
def _prepared(form: Form) -> type[BaseModel]:
    """The schema as instructor makes its own of it, which it would do anew for every report."""
    import instructor
    from instructor.processing import handle_response_model

    prepared, _ = handle_response_model(schema_of(form), instructor.Mode.JSON, messages=[])
    if prepared is None:
        raise TypeError("instructor has no schema for the form")
    return prepared


async def reference_reading(
    document: Document, form: Form, model: Model, counter: Counter, prices: Prices | None = None
) -> Extraction:
    """Read a report the usual way.

    Args:
        document: the report; all of its text is sent.
        form: that it follows; the schema is of no other one.
        model: that is asked.
        counter: counts tokens where the server doesn't.
        prices: what they cost.

    Returns:
        What the validators accepted, as ``confirmed``; without any cell if they accepted nothing.
    """
    import instructor
    from instructor.core.exceptions import InstructorError

    # It logs what it asks again, and that the report may be wrong is no news here.
    logging.getLogger("instructor").setLevel(logging.CRITICAL)
    teller = _Teller(model, counter)
    create: Any = instructor.patch(create=teller.create, mode=instructor.Mode.JSON)
    messages = [
        {"role": "system", "content": _PROMPT},
        {"role": "user", "content": document.text},
    ]
    numbers: dict[str, Number | None] = {}
    try:
        reply = await create(
            response_model=_prepared(form),
            messages=messages,
            max_retries=_RETRIES,
            strict=False,
            model=model.name,
        )
        numbers = numbers_in(reply.model_dump(), form)
    except (InstructorError, ModelError):
        pass
    return _extraction(document, form, numbers, teller.spent(prices))


class _Teller:
    """Passes instructor's requests to a model, and counts what they cost."""

    def __init__(self, model: Model, counter: Counter) -> None:
        self._model = model
        self._counter = counter
        self._usage = Traffic()

    async def create(self, *_: object, **given: Any) -> Any:
        """One request, as instructor makes it of openai's client."""
        from openai.types.chat import ChatCompletion

        messages = tuple(Message(one["role"], _content(one)) for one in given["messages"])
        request = Request(messages, _Anything, max_output=_MOST_OUTPUT)
        reply = await self._model.ask(request)
        self._usage = self._usage.plus(self._counted(messages, reply))
        return ChatCompletion.model_validate(
            {
                "id": "reference",
                "object": "chat.completion",
                "created": 0,
                "model": self._model.name,
                "choices": [
                    {
                        "index": 0,
                        "message": {"role": "assistant", "content": reply.text},
                        "finish_reason": "length" if reply.finish == "length" else "stop",
                    }
                ],
            }
        )

    def _counted(self, messages: tuple[Message, ...], reply: Reply) -> Traffic:
        usage = reply.traffic
        if not usage.is_estimated:
            return usage
        return usage._replace(
            input_tokens=usage.input_tokens or self._counter.count_request(messages, ""),
            output_tokens=usage.output_tokens or self._counter.count(reply.text),
        )

    def spent(self, prices: Prices | None) -> Usage:
        """What was spent."""
        return spent_on(self._usage, self._model.name, self._counter, prices)


class _Anything(BaseModel):
    """The schema is in the words that instructor sends."""


def _content(message: Mapping[str, Any]) -> str:
    content = message.get("content") or ""
    if isinstance(content, str):
        return content
    return "\n".join(part.get("text", "") for part in content)


def _extraction(
    document: Document, form: Form, numbers: Mapping[str, Number | None], spent: Usage
) -> Extraction:
    """What was accepted, as a reading of the pipeline has it."""
    cells = tuple(
        Cell(
            address,
            str(number_of(str(number or 0))),
            number or 0,
            None,
            State.NUMBER,
            Status.CONFIRMED,
            "inferred",
            Grounding.NONE,
            None,
            None,
            None,
            ("reference",),
        )
        for address, number in numbers.items()
    )
    return Extraction(
        report=document.name,
        encoding=document.encoding,
        undecodable=document.undecodable,
        family=form.family,
        edition=form.edition,
        block_editions={},
        verdict=Verdict.VERIFIED if cells else Verdict.NEEDS_REVIEW,
        header=Header(),
        cells=cells,
        findings=(),
        usage=spent,
    )


# --- how it is compared ----------------------------------------------------------------------------


def gold_by_value(gold: Gold, form: Form) -> Gold:
    """Gold that knows values alone; what a page hasn't counts as nothing, so that none of it is spurious."""
    cells = {
        address: Expected(str(number_of(expected.printed)), State.NUMBER, is_on_page=expected.is_on_page)
        for address, expected in gold.cells.items()
    }
    nothing = Expected("0", State.NUMBER, is_on_page=False)
    return Gold({address: cells.get(address, nothing) for address in form.places}, gold.findings)
