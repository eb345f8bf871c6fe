"""What is left of an answer of which some doesn't fit its schema."""

from __future__ import annotations

import json
from typing import Any

import pytest

from extractor.asking.salvage import salvaged
from extractor.asking.schemas import MappingReply, mapping_schema
from extractor.llm.protocol import Message, Request

QUESTION = Request((Message("user", "?"),), mapping_schema(("total", "granted", "refused")))
ROW = {"name": "granted", "line": 3, "words": "予以公开", "cells": ["5"]}
TOTAL = {"name": "total", "line": 1, "words": "总计"}
WHOLE: dict[str, Any] = {"by": "rows", "across": [TOTAL], "series": [ROW]}


def left(**changed: object) -> MappingReply | None:
    """What is left of an answer with other members."""
    return salvaged(json.dumps({**WHOLE, **changed}), QUESTION, MappingReply)


@pytest.mark.parametrize(
    "bad",
    [
        ROW | {"name": "unheard_of"},
        ROW | {"line": "three"},
        ROW | {"cells": 5},
        {"name": "granted"},
        None,
        "5",
    ],
)
def test_an_element_that_does_not_fit_is_left_out_alone(bad: object) -> None:
    second = ROW | {"name": "refused", "line": 4}
    reply = left(series=[ROW, bad, second])
    assert reply is not None
    assert [one.name for one in reply.series] == ["granted", "refused"]
    assert [one.words for one in reply.across] == ["总计"]


def test_other_members_than_the_schema_has_are_left_out() -> None:
    reply = left(remark="as requested")
    assert reply is not None
    assert json.loads(reply.model_dump_json()) == WHOLE


@pytest.mark.parametrize("changed", [{"by": "lines"}, {"by": None}])
def test_nothing_is_left_where_what_is_no_list_does_not_fit(changed: dict[str, object]) -> None:
    assert left(**changed) is None


@pytest.mark.parametrize("answer", ["", "[]", "{", "7", "[" * 100_000])
def test_nothing_is_left_of_what_is_no_answer(answer: str) -> None:
    assert salvaged(answer, QUESTION, MappingReply) is None
