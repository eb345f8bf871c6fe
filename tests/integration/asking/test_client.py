"""The real openai client against a real server on this machine: what is sent, how often, what comes of it."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from email.utils import formatdate
from typing import Literal

import pytest
from pydantic import BaseModel

from extractor.errors import ModelError, SettingsError, TooLongError, UnavailableError
from extractor.llm.client import OpenAIModel
from extractor.llm.parsing import parse_reply
from extractor.llm.protocol import Message, Profile, Reply, Request, Traffic
from extractor.llm.settings import Settings
from tests.helpers.loopback import Answer, Loopback, Seen, completion, error

KEY = "sk-not-to-be-seen-0123456789"


class Row(BaseModel):
    """Not to be sent."""

    row: Literal["received", "granted"]
    cells: list[str] = []


class Table(BaseModel):
    """Not to be sent either."""

    rows: list[Row]


RIGHT = '{"rows":[{"row":"received","cells":["157","0"]}]}'
QUESTION = Request(
    (Message("system", "读表，只答 JSON。"), Message("user", "1 新收 157 0")), Table, max_output=300
)


class Waits:
    """Takes the place of sleep."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)


def ask(server: Loopback, waits: Waits | None = None, times: int = 1, **fields: object) -> list[Reply]:
    """The replies to the question, asked several times at once."""
    known: dict[str, object] = {"profile": Profile.JSON_SCHEMA, "api_key": KEY, "retries": 2, "timeout": 5.0}
    settings = Settings("a-model", **({"base_url": server.url} | known | fields))  # type: ignore[arg-type]

    async def go() -> list[Reply]:
        async with OpenAIModel(settings, sleep=waits or Waits()) as model:
            return list(await asyncio.gather(*(model.ask(QUESTION) for _ in range(times))))

    return asyncio.run(go())


def failure(server: Loopback, waits: Waits | None = None, /, **fields: object) -> ModelError:
    with pytest.raises(ModelError) as caught:
        ask(server, waits, 1, **fields)
    assert caught.value.requests == len(server.seen)
    return caught.value


async def arrived(server: Loopback) -> None:
    """Returns once a request has reached the server."""
    while not server.seen:
        await asyncio.sleep(0.01)


def test_an_answer_and_what_was_sent_for_it() -> None:
    with Loopback(completion(RIGHT)) as server:
        (reply,) = ask(server)
    assert reply == Reply(RIGHT, "stop", Traffic(1, 11, 7, 0, is_estimated=False))
    assert parse_reply(reply, Table).rows[0].cells == ["157", "0"]
    (seen,) = server.seen
    assert seen.path == "/v1/chat/completions"
    assert seen.headers["authorization"] == f"Bearer {KEY}"
    row = {
        "type": "object",
        "properties": {
            "row": {"type": "string", "enum": ["received", "granted"]},
            "cells": {"type": "array", "items": {"type": "string"}},
        },
        "required": ["row", "cells"],
        "additionalProperties": False,
    }
    assert seen.body == {
        "model": "a-model",
        "messages": [
            {"role": "system", "content": "读表，只答 JSON。"},
            {"role": "user", "content": "1 新收 157 0"},
        ],
        "max_tokens": 300,
        "temperature": 0,
        "response_format": {
            "type": "json_schema",
            "json_schema": {
                "name": "Table",
                "strict": True,
                "schema": {
                    "$defs": {"Row": row},
                    "type": "object",
                    "properties": {"rows": {"type": "array", "items": {"$ref": "#/$defs/Row"}}},
                    "required": ["rows"],
                    "additionalProperties": False,
                },
            },
        },
    }


@pytest.mark.parametrize("profile", Profile)
def test_each_profile_sends_what_it_is_made_of_and_leaves_the_messages_alone(profile: Profile) -> None:
    with Loopback(completion(RIGHT)) as server:
        ask(server, profile=profile, extra={"enable_thinking": False})
    (body,) = server.bodies
    assert [message["content"] for message in body.pop("messages")] == [m.content for m in QUESTION.messages]
    assert (body.pop("model"), body.pop("max_tokens"), body.pop("temperature")) == ("a-model", 300, 0)
    assert body.pop("enable_thinking") is False
    assert {key: body[key].get("type") for key in body if key == "response_format"} == {
        Profile.JSON_SCHEMA: {"response_format": "json_schema"},
        Profile.JSON_OBJECT: {"response_format": "json_object"},
    }.get(profile, {})
    if profile is Profile.TOOLS:
        (tool,) = body["tools"]
        assert tool["type"] == "function"
        assert set(tool["function"]) == {"name", "parameters"}
        assert tool["function"]["parameters"]["properties"]["rows"]["type"] == "array"
        assert body["tool_choice"] == {"type": "function", "function": {"name": "Table"}}
    assert set(body) == {"tools", "tool_choice"} & set(body) | {"response_format"} & set(body)
    assert "Not to be sent" not in str(server.bodies)


def test_a_server_without_keys_gets_none_of_another(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_ADMIN_KEY"):
        monkeypatch.setenv(name, KEY)
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:1/v1")
    with Loopback(completion(RIGHT)) as server:
        ask(server, api_key=None)
    assert KEY not in str(server.seen)


# --- failures that pass


@pytest.mark.parametrize(
    ("first", "least", "most"),
    [
        (error(429, "slow down")._replace(headers=(("retry-after", "7"),)), 7, 8),
        (error(429, "slow down")._replace(headers=(("retry-after", "soon"),)), 0.5, 1),
        (error(500, "oops"), 0.5, 1),
        (error(408), 0.5, 1),
        (error(409), 0.5, 1),
        (Answer(b"<html><h1>502 Bad Gateway</h1>", 502), 0.5, 1),
        (Answer(b"<html><h1>Welcome</h1>", 200), 0.5, 1),
        (completion(RIGHT)._replace(torn=60), 0.5, 1),
        (Answer(b'{"choices": [{"message": {"content": "{', 200), 0.5, 1),
        (Answer({"error": {"message": "overloaded", "code": 503}}, 200), 0.5, 1),
        (Answer({"error": {"message": "overloaded", "type": "server_error"}}, 200), 0.5, 1),
        (completion(RIGHT, finish_reason="insufficient_system_resource"), 0.5, 1),
    ],
    ids=lambda value: f"{value.status}" if isinstance(value, Answer) else "",
)
def test_a_failure_that_passes_costs_a_request_and_a_wait(first: Answer, least: float, most: float) -> None:
    waits = Waits()
    with Loopback(first, completion(RIGHT)) as server:
        (reply,) = ask(server, waits)
    assert (reply.text, reply.traffic.requests, len(server.seen)) == (RIGHT, 2, 2)
    assert server.bodies[0] == server.bodies[1]
    (wait,) = waits.seconds
    assert least <= wait <= most


def test_a_date_to_wait_for_is_waited_for() -> None:
    waits = Waits()
    busy = error(429, "slow down")._replace(headers=(("retry-after", formatdate(time.time() + 90)),))
    with Loopback(busy, completion(RIGHT)) as server:
        (reply,) = ask(server, waits)
    assert reply.text == RIGHT
    (wait,) = waits.seconds
    assert 30 <= wait <= 92


def test_a_server_that_is_always_busy_is_given_up_after_waits_that_double() -> None:
    waits = Waits()
    with Loopback(error(503, "try later")) as server:
        raised = failure(server, waits, retries=3)
    assert isinstance(raised, UnavailableError)
    assert "503" in str(raised)
    assert "try later" in str(raised)
    assert len(server.seen) == 4
    assert [2**n * 0.5 <= wait <= 2**n for n, wait in enumerate(waits.seconds)] == [True] * 3


def test_a_server_that_wants_to_be_left_alone_for_an_hour_is_given_up_at_once() -> None:
    waits = Waits()
    with Loopback(error(429)._replace(headers=(("retry-after", "3600"),))) as server:
        raised = failure(server, waits)
    assert isinstance(raised, UnavailableError)
    assert "3600" in str(raised)
    assert (len(server.seen), waits.seconds) == (1, [])


@pytest.mark.parametrize(
    "slow",
    [completion(RIGHT)._replace(drip=0.1), completion(RIGHT)._replace(delay=2.0)],
    ids=["drip", "late"],
)
def test_an_attempt_ends_in_time_however_its_answer_drips(slow: Answer) -> None:
    start = time.monotonic()
    with Loopback(slow) as server:
        raised = failure(server, retries=1, timeout=0.6)
    assert isinstance(raised, UnavailableError)
    assert "0.6 seconds" in str(raised)
    assert len(server.seen) == 2
    assert time.monotonic() - start < 4


def test_a_server_that_is_not_there() -> None:
    with Loopback(completion(RIGHT)) as server:
        pass
    waits = Waits()
    address = server.url.replace("//", "//user:password@")
    with pytest.raises(UnavailableError, match=r"can't reach .*//127\.0\.0\.1") as caught:
        ask(server, waits, base_url=address)
    assert "password" not in str(caught.value)
    assert (caught.value.requests, len(waits.seconds)) == (3, 2)


def test_a_question_that_is_withdrawn_is_not_asked_again() -> None:
    async def go() -> None:
        async with OpenAIModel(Settings("m", server.url, KEY)) as model:
            asked = asyncio.create_task(model.ask(QUESTION))
            await arrived(server)
            asked.cancel()
            with pytest.raises(asyncio.CancelledError):
                await asked

    with Loopback(completion(RIGHT)._replace(delay=0.5)) as server:
        asyncio.run(go())
    assert len(server.seen) == 1


# --- failures that don't


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (error(401, f"Incorrect API key provided: {KEY}.", code="invalid_api_key"), "key"),
        (error(403, "Forbidden"), "key"),
        (Answer([{"error": {"code": 400, "message": "API key not valid."}}], 400), "API key"),
        (error(200, "Incorrect API key", code="invalid_api_key"), "key"),
        (error(429, "You exceeded your current quota", type="insufficient_quota"), "top up"),
        (error(402, "Insufficient Balance"), "top up"),
        (error(404, "The model `a-model` does not exist", code="model_not_found"), "no model a-model"),
        (error(400, "Model Not Exist"), "no model a-model"),
        (Answer({"error": "model 'a-model' not found, try pulling it first"}, 404), "no model a-model"),
        (error(400, "This model's maximum context length is 8192 tokens"), "window"),
        (Answer({"detail": "Not Found"}, 404), "address"),
        (Answer(b"<html>404</html>", 404), "address"),
        (Answer(b"", 301, (("location", "http://192.0.2.1/v1/chat/completions"),)), "address"),
        (
            error(400, "max_tokens is too large: 300. At most 200 are supported", param="max_tokens"),
            "too large",
        ),
        (Answer({"detail": [{"loc": ["body", "messages"], "msg": "字段有误"}]}, 422), "字段有误"),
    ],
    ids=lambda value: str(value.status) if isinstance(value, Answer) else value,
)
@pytest.mark.parametrize("profile", [None, Profile.PLAIN])
def test_a_refusal_for_good_is_sent_once_and_says_what_to_do(
    answer: Answer, words: str, profile: Profile | None, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    waits = Waits()
    with Loopback(answer) as server:
        raised = failure(server, waits, profile=profile)
    assert isinstance(raised, TooLongError if words == "window" else SettingsError)
    assert words in str(raised)
    assert waits.seconds == []
    is_about_parameters = "parameters" in str(raised)
    assert len(server.seen) == (4 if is_about_parameters and profile is None else 1)
    shown = (str(raised), repr(raised), str(raised.message), caplog.text)
    assert not any(KEY in text for text in shown)
    assert raised.__cause__ is None
    assert raised.__context__ is None


def test_the_key_is_shown_nowhere(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    settings = Settings("m", "http://127.0.0.1/v1", KEY)
    with Loopback(Answer(f"<p>{KEY}</p>".encode(), 200), error(500, f"\x1b[31m Bearer {KEY} x")) as server:
        raised = failure(server)
    assert raised.__context__ is None
    for text in (repr(settings), str(raised), str(raised.message), repr(raised), caplog.text):
        assert KEY not in text
    assert "\x1b" not in str(raised)


# --- what a server refuses


def refusing(*parameters: str) -> Callable[[Seen], Answer]:
    """A server that knows some parameters only, and says which it doesn't."""

    def script(seen: Seen) -> Answer:
        for name in parameters:
            if name in seen.body:
                return error(
                    400, f"Unsupported parameter: '{name}' is not supported with this model.", param=name
                )
        return completion(RIGHT)

    return script


@pytest.mark.parametrize(
    ("refused", "found"),
    [
        ((), Profile.JSON_SCHEMA),
        (("response_format",), Profile.TOOLS),
        (("response_format", "tools"), Profile.PLAIN),
    ],
)
def test_the_profile_is_found_by_what_is_refused_and_remembered(
    refused: tuple[str, ...], found: Profile
) -> None:
    async def go(url: str) -> tuple[Profile | None, Profile | None, list[int]]:
        async with OpenAIModel(Settings("m", url, KEY), sleep=Waits()) as model:
            before = model.profile
            replies = [await model.ask(QUESTION) for _ in range(2)]
            return before, model.profile, [reply.traffic.requests for reply in replies]

    with Loopback(script=refusing(*refused)) as server:
        before, after, requests = asyncio.run(go(server.url))
    steps = list(Profile).index(found) + 1
    assert (before, after, requests) == (None, found, [steps, 1])
    assert len(server.seen) == steps + 1


def test_a_server_that_knows_json_objects_only() -> None:
    def script(seen: Seen) -> Answer:
        if seen.body.get("response_format", {}).get("type") == "json_schema":
            return error(400, "This response_format type is unavailable now")
        if "tools" in seen.body:
            return Answer(
                {"detail": [{"loc": ["body", "tools"], "msg": "Extra inputs are not permitted"}]}, 422
            )
        return completion(RIGHT)

    with Loopback(script=script) as server:
        (reply,) = ask(server, profile=None)
    assert reply.traffic.requests == 3
    assert server.bodies[-1]["response_format"] == {"type": "json_object"}


def test_a_profile_that_was_chosen_is_kept() -> None:
    with Loopback(script=refusing("response_format")) as server:
        raised = failure(server)
    assert isinstance(raised, SettingsError)
    assert "--profile" in str(raised)
    assert len(server.seen) == 1


def test_questions_asked_at_once_wait_for_one_search() -> None:
    with Loopback(script=refusing("response_format", "tools")) as server:
        replies = ask(server, times=20, profile=None)
    assert sorted(reply.traffic.requests for reply in replies) == [1] * 19 + [4]
    assert len(server.seen) == 23


def test_a_dead_server_is_not_searched_by_each_of_them() -> None:
    waits = Waits()

    async def go(url: str) -> list[Reply | BaseException]:
        async with OpenAIModel(Settings("m", url, KEY, retries=1), sleep=waits) as model:
            asked = (model.ask(QUESTION) for _ in range(20))
            return await asyncio.gather(*asked, return_exceptions=True)

    with Loopback(error(503)) as server:
        results = asyncio.run(go(server.url))
    assert all(isinstance(result, UnavailableError) for result in results)
    assert [result.requests for result in results if isinstance(result, ModelError)] == [2] + [0] * 19
    assert len(server.seen) == 2


def test_a_search_that_is_withdrawn_is_taken_over_by_another_question() -> None:
    async def go() -> Reply:
        async with OpenAIModel(Settings("m", server.url, KEY), sleep=Waits()) as model:
            first = asyncio.create_task(model.ask(QUESTION))
            second = asyncio.create_task(model.ask(QUESTION))
            await arrived(server)
            first.cancel()
            return await second

    with Loopback(completion(RIGHT)._replace(delay=0.3), completion(RIGHT)) as server:
        assert asyncio.run(go()).traffic.requests == 1
    assert len(server.seen) == 2


@pytest.mark.parametrize(
    ("refused", "left"),
    [
        (("max_tokens",), {"max_completion_tokens": 300, "temperature": 0}),
        (("temperature",), {"max_tokens": 300}),
        (("max_tokens", "temperature"), {"max_completion_tokens": 300}),
    ],
)
@pytest.mark.parametrize("profile", [None, Profile.JSON_SCHEMA])
def test_the_name_of_the_limit_and_the_temperature_are_found_likewise(
    refused: tuple[str, ...], left: dict[str, int], profile: Profile | None
) -> None:
    async def go(url: str) -> list[int]:
        async with OpenAIModel(Settings("m", url, KEY, profile), sleep=Waits()) as model:
            return [(await model.ask(QUESTION)).traffic.requests for _ in range(2)]

    with Loopback(script=refusing(*refused)) as server:
        requests = asyncio.run(go(server.url))
    assert requests == [1 + len(refused), 1]
    for body in server.bodies[-2:]:
        assert body["response_format"]["type"] == "json_schema"
        names = ("max_tokens", "max_completion_tokens", "temperature")
        assert {name: body[name] for name in names if name in body} == left


def test_openai_itself_is_asked_with_the_new_name_first() -> None:
    model = OpenAIModel(Settings("m", None, KEY))
    assert model._dialect.limit == "max_completion_tokens"  # noqa: SLF001 - it must not be asked
    assert (model.name, model.profile) == ("m", None)
    asyncio.run(model.close())


# --- what stands in an answer


@pytest.mark.parametrize(
    ("answer", "text", "finish"),
    [
        (completion(None, refusal="I can't help with that."), "I can't help with that.", "refusal"),
        (completion("", finish_reason="content_filter"), "", "refusal"),
        (error(400, "Output may be bad", code="data_inspection_failed"), "Output may be bad", "refusal"),
        (completion('{"rows":[', finish_reason="length"), '{"rows":[', "length"),
        (completion(choices=[]), "", "empty"),
        (completion(choices=None), "", "empty"),
        (completion(message=None), "", "empty"),
        (completion(None), "", "empty"),
        (completion(" \n"), " \n", "empty"),
        (Answer({}), "", "empty"),
        (completion(RIGHT, finish_reason=None), RIGHT, "stop"),
        (completion([{"type": "text", "text": RIGHT}]), RIGHT, "stop"),
    ],
)
def test_how_an_answer_ends(answer: Answer, text: str, finish: str) -> None:
    with Loopback(answer) as server:
        (reply,) = ask(server)
    assert (reply.text, reply.finish) == (text, finish)
    assert reply.traffic.requests == len(server.seen) == 1


@pytest.mark.parametrize(
    "message",
    [
        {"tool_calls": [{"id": "1", "type": "function", "function": {"name": "Table", "arguments": RIGHT}}]},
        {"tool_calls": [{"function": {"arguments": {"rows": [{"row": "received", "cells": ["157", "0"]}]}}}]},
        {"content": RIGHT, "tool_calls": None},
        {"content": f"<think>\n</think>\n```json\n{RIGHT}\n```", "tool_calls": []},
    ],
    ids=["call", "object", "content", "thoughts"],
)
def test_a_function_call_or_what_a_server_says_in_place_of_one(message: dict[str, object]) -> None:
    with Loopback(completion(None, **message)) as server:
        (reply,) = ask(server, profile=Profile.TOOLS)
    assert reply.finish == "stop"
    assert parse_reply(reply, Table).model_dump_json() == RIGHT


def test_usage_is_the_servers_or_said_to_be_missing() -> None:
    counted = {"prompt_tokens": 90, "completion_tokens": 5, "prompt_tokens_details": {"cached_tokens": 64}}
    with Loopback(completion(RIGHT, usage=counted), completion(RIGHT, usage=None)) as server:
        (first,), (second,) = ask(server), ask(server)
    assert first.traffic == Traffic(1, 90, 5, 64, is_estimated=False)
    assert second.traffic == Traffic(1, 0, 0, 0, is_estimated=True)
