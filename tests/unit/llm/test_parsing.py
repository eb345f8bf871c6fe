"""From the text of a reply to what its schema describes, and the model of tests."""

from __future__ import annotations

import asyncio
import json
import time
from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from extractor.errors import (
    EmptyReplyError,
    MalformedReplyError,
    Misfit,
    ModelError,
    RefusalError,
    TruncatedError,
    UnavailableError,
)
from extractor.llm.parsing import parse_reply
from extractor.llm.protocol import Finish, Message, Model, Profile, Reply, Request, Traffic
from extractor.llm.scripted import ScriptedModel
from extractor.llm.tightening import tightened


class Table(BaseModel):
    """Every field has a default, as in a sparse reply: the easiest to mistake something for."""

    rows: list[dict[str, str]] = []
    share: float | None = None


class Strict(BaseModel):
    rows: list[list[str]]


def parsed(text: str) -> Table:
    return parse_reply(Reply(text, "stop", Traffic(1)), Table)


def refused(text: str, finish: Finish = "stop") -> ModelError:
    with pytest.raises(ModelError) as caught:
        parse_reply(Reply(text, finish, Traffic(requests=3)), Table)
    assert caught.value.requests == 3
    return caught.value


ANSWER = '{"rows": [{"a": "1"}]}'


@pytest.mark.parametrize(
    "text",
    [
        ANSWER,
        f"\ufeff\n {ANSWER}\n",
        f"```json\n{ANSWER}\n```",
        f"```\n{ANSWER}```",
        f"好的，以下是表格 [1]：\n\n{ANSWER}\n\n以上。",
        f"<think>行 {{1}} 是 …</think>\n{ANSWER}",
        f"<think></think><think>再想</think>{ANSWER}",
        f'<think>先写 {{"rows": []}}</think>{ANSWER}',
        f'想一想，也许 {{"rows": []}}，不对。</think>\n{ANSWER}',
        f'想一想，也许 {{"rows": [\n</think>\n{ANSWER}',
        f"<think>报告里写着 </think>{{}} 这样的话</think>{ANSWER}",
        f'草稿：{{"rows": []}}\n定稿：{ANSWER}',
        f'{ANSWER}\n说明：{{"unit": "件", "share": "x"}}',
        f"集合 {{a, b}} 和 {{ 都不是答案。{ANSWER}",
    ],
)
def test_an_answer_is_found_whatever_stands_around_it(text: str) -> None:
    assert parsed(text).rows == [{"a": "1"}]


@pytest.mark.parametrize(
    "cell",
    ["}", '"}', "{", "[{", "\\", '\\"', "</think>", '</think>{"rows": []}', "<think>", "```", "\n", "公开"],
)
@pytest.mark.parametrize("ascii_only", [True, False])
def test_what_stands_in_a_string_is_never_taken_for_anything_else(
    cell: str,
    ascii_only: bool,  # noqa: FBT001
) -> None:
    text = json.dumps({"rows": [{"a": cell}]}, ensure_ascii=ascii_only)
    for around in ("{}", "答：{}。", "<think>x</think>{}", "```json\n{}\n```"):
        assert parsed(around.replace("{}", text)).rows == [{"a": cell}]


@given(st.dictionaries(st.text(), st.text()), st.text(alphabet="ab，。<>`\n 1", max_size=30))
def test_any_strings_come_back_as_they_are(row: dict[str, str], around: str) -> None:
    text = json.dumps({"rows": [row]}, ensure_ascii=False)
    assert parsed(f"{around}{text}{around}").rows == [row]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n",
        "<think>还在想",
        "<think>想</think>\n",
        '{"rows": []}</think>',
        '<think>{"rows": []}',
        "</think>",
    ],
)
def test_thoughts_are_no_answer(text: str) -> None:
    assert isinstance(refused(text), EmptyReplyError)


def test_how_a_reply_ends_decides_before_what_it_says() -> None:
    refusal = refused("我不能回答 \x1b[31m", "refusal")
    assert isinstance(refusal, RefusalError)
    assert "我不能回答" in refusal.message.zh
    assert "\x1b" not in str(refusal)
    assert isinstance(refused(ANSWER, "length"), TruncatedError)
    assert isinstance(refused(ANSWER, "empty"), EmptyReplyError)


@pytest.mark.parametrize(
    "text",
    [
        "没有表格。",
        '草稿 {"rows": []}</think>没有表格。',
        '{"rows": [{"a": "1"}, {"b"',
        '{"rows": [{"a": "1"}, {"rows": []}',
        f'{ANSWER} 改为 {{"rows": [{{"a": "2"',
        '[{"rows": []}]',
        '"rows"',
        "{'rows': []}",
        '{"rows": [],}',
        '{"rows": [{"a": "1"}], "rows": []}',
        '{"rows": [{"a": "1", "a": "2"}]}',
        '{"share": NaN}',
        '{"share": -Infinity}',
        '{"rows": "无"}',
        '{"rows": [{"a": 1}]}',
        '{"rows": [{"a": "\\ud800"}]}',
    ],
)
def test_what_is_no_answer_is_refused_and_never_mended(text: str) -> None:
    assert isinstance(refused(text), MalformedReplyError)


def test_a_refusal_of_the_schema_says_where() -> None:
    raised = refused('{"rows": [{"a": "1"}, {"a": 2}], "share": "x"}')
    assert isinstance(raised, MalformedReplyError)
    assert [misfit.place for misfit in raised.misfits] == [("rows", 1, "a"), ("share",)]
    assert "rows.1.a" in str(raised)
    assert "rows.1.a" in raised.message.zh
    again = refused("没有")
    assert isinstance(again, MalformedReplyError)
    assert again.misfits == (Misfit((), "no complete JSON object"),)


@pytest.mark.parametrize(
    "part",
    [
        "{", '{"', '{"a":', '"', '{"\\"', "[{", "{}", '{"a":1}', "<think>", "</think>", '{"a":"', "{ ", "\\",
        "`", "[", '\\"', '{"a":[', '{"rows":[{"a":"1"}]}',
    ],
)  # fmt: skip
@pytest.mark.parametrize("start", ["", '{"'])
def test_a_quarter_of_a_megabyte_of_anything_is_read_in_linear_time(start: str, part: str) -> None:
    text = start + part * ((1 << 18) // len(part))
    began = time.process_time()
    with suppress(ModelError):
        parsed(text)
    assert time.process_time() - began < 2.5  # what is quadratic takes ten seconds


# --- schemas


class Free(BaseModel):
    title: str = "a name, not a keyword"
    parts: dict[str, int]


class Money(BaseModel):
    """Words."""

    amount: Decimal | None = None
    pair: tuple[int, str]


def test_a_schema_is_closed_complete_and_without_prose() -> None:
    tight, is_strict = tightened(Strict.model_json_schema())
    assert is_strict
    assert tight == {
        "type": "object",
        "properties": {"rows": {"type": "array", "items": {"type": "array", "items": {"type": "string"}}}},
        "required": ["rows"],
        "additionalProperties": False,
    }


@pytest.mark.parametrize("schema", [Free, Money])
def test_what_strict_servers_refuse_is_not_called_strict(schema: type[BaseModel]) -> None:
    original = schema.model_json_schema()
    kept = json.dumps(original)
    tight, is_strict = tightened(original)
    assert not is_strict
    assert json.dumps(original) == kept
    assert tight["required"] == list(original["properties"])
    assert "Words" not in str(tight)
    assert "default" not in str(tight)


# --- the model of tests


def ask(model: Model, words: str = "?") -> Reply:
    return asyncio.run(model.ask(Request((Message("user", words),), Table, max_output=10)))


def test_a_scripted_model_answers_in_order_and_remembers() -> None:
    kept = Reply("x", "length", Traffic(2, 5, 5))
    model = ScriptedModel(["{}", Table(), kept, UnavailableError("无", "none")], profile=Profile.TOOLS)
    assert ask(model, "一") == Reply("{}", "stop", Traffic(1))
    assert parse_reply(ask(model, "二"), Table) == Table()
    assert ask(model, "三") is kept
    assert model.left == 1
    with pytest.raises(UnavailableError):
        ask(model, "四")
    assert [request.messages[0].content for request in model.history] == list("一二三四")


def test_a_scripted_model_says_what_it_was_not_told_to_answer() -> None:
    model = ScriptedModel()
    with pytest.raises(LookupError, match="no reply is left for request 1: …'报告"):
        ask(model, "报告")
    model.add("{}")
    assert ask(model).text == "{}"
