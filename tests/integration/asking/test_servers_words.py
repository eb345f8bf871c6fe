"""What is told, and done, of servers that behave as OpenAI, Ollama, vLLM, llama.cpp and Alibaba do."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from eval.gold.answers import answer_to, as_text, gold_rows
from eval.gold.cases import load_case
from extractor import extract
from extractor.asking.options import WhoReads
from extractor.asking.plan import Asking
from extractor.commands.model_progress import ModelProgress
from extractor.errors import ModelError, SettingsError, TooLongError, UnavailableError
from extractor.llm.client import OpenAIModel
from extractor.llm.protocol import Message, Profile, Reply, Request
from extractor.llm.retrying import Wait
from extractor.llm.settings import Settings
from tests.helpers.loopback import Answer, Loopback, Seen, completion, error
from tests.helpers.ready import ready_program
from tests.helpers.torn import TORN

CASE = load_case("luozhuang-2023")


class Nothing(BaseModel):
    """An answer without anything."""


QUESTION = Request((Message("system", "答"), Message("user", "1 新收 157")), Nothing, max_output=300)


async def no_wait(_: float) -> None:
    """Takes the place of sleep."""


def asked(
    server: Loopback, times: int = 1, told: Callable[[Wait], None] = lambda _: None, **fields: object
) -> list[Reply | ModelError]:
    """What comes of the question, put several times, one after the other."""
    known: dict[str, object] = {"base_url": server.url, "profile": Profile.JSON_SCHEMA, "timeout": 5.0}
    settings = Settings("a-model", **(known | fields))  # type: ignore[arg-type]

    async def go() -> list[Reply | ModelError]:
        results: list[Reply | ModelError] = []
        async with OpenAIModel(settings, sleep=no_wait, on_wait=told) as model:
            for _ in range(times):
                try:
                    results.append(await model.ask(QUESTION))
                except ModelError as failed:
                    results.append(failed)
        return results

    return asyncio.run(go())


@pytest.mark.parametrize(
    ("answer", "limit"),
    [
        (error(400, "This model's maximum context length is 8192 tokens, you requested 9000"), 8192),
        (
            error(400, "the request exceeds the available context size (4096 tokens), try increasing it"),
            4096,
        ),
        (error(400, "The input is too long: context length exceeded"), None),
        (Answer({"error": {"message": "prompt is too long", "n_ctx": 2048}}, 413), None),
    ],
    ids=["vllm and openai", "llama.cpp", "no number", "gateway"],
)
def test_a_context_that_is_too_small_names_the_option_and_what_the_server_states(
    answer: Answer, limit: int | None
) -> None:
    with Loopback(answer) as server:
        (failed,) = asked(server)
    assert isinstance(failed, TooLongError)
    assert failed.limit == limit
    assert "--window" in failed.message.en
    assert "--window" in failed.message.zh


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (
            error(
                400,
                "parameter.enable_thinking must be set to false for non-streaming calls",
                code="invalid_parameter_error",
            ),
            "--parameters '{\"enable_thinking\": false}'",
        ),
        (
            error(
                403,
                "Access to model denied. Please make sure you are eligible for using the model.",
                code="AccessDenied.Unpurchased",
            ),
            "the account may not use the model a-model, though its key is right",
        ),
        (error(403, "Forbidden"), "doesn't accept the API key"),
    ],
    ids=["thinking", "not bought", "bad key"],
)
def test_a_refusal_says_what_to_do(answer: Answer, words: str) -> None:
    with Loopback(answer) as server:
        (failed,) = asked(server)
    assert isinstance(failed, SettingsError)
    assert words in failed.message.en


def test_a_time_out_is_tried_once_more_and_names_the_option() -> None:
    with Loopback(completion("{}")._replace(delay=1.0)) as server:
        (failed,) = asked(server, timeout=0.3)
    assert isinstance(failed, UnavailableError)
    assert "--timeout" in failed.message.en
    assert len(server.seen) == 2


def test_every_wait_is_told_and_a_server_that_is_down_is_waited_for_once() -> None:
    waits: list[Wait] = []
    with Loopback(error(503, "loading")) as server:
        results = asked(server, 4, waits.append, retries=2)
    # Three requests for the first question, one for each after it.
    assert [isinstance(one, UnavailableError) for one in results] == [True] * 4
    assert len(server.seen) == 6
    assert [wait.number for wait in waits] == [2, 3]
    assert "can't answer now (HTTP 503)" in waits[0].error.message.en


def test_a_server_that_has_come_back_is_waited_for_again() -> None:
    answers = [*[error(503)] * 2, completion("{}"), error(503), completion("{}")]
    with Loopback(*answers) as server:
        down, back, again = asked(server, 3, retries=1)
    assert isinstance(down, UnavailableError)
    assert isinstance(back, Reply)
    assert isinstance(again, Reply)


# --- what is told ----------------------------------------------------------------------------------------


def plan(server: Loopback, folder: Path, **fields: Any) -> Asking:
    settings = Settings("a-model", server.url, retries=2, backoff=0.01, profile=Profile.JSON_SCHEMA)
    return Asking(settings, cache_folder=folder, text=False, **fields)


def told_of(reading: Asking, contents: Sequence[bytes]) -> None:
    """Read files, and tell of it as a command does."""
    with (
        ModelProgress("en", keeps=True) as progress,
        reading.reading(
            on_step=progress.on_step, on_kept=progress.on_kept, on_wait=progress.on_wait
        ) as reader,
    ):
        for content in contents:
            extract(content, name="report", asking=reader)


def right(seen: Seen) -> Answer:
    """The right answer."""
    system, user = (message["content"] for message in seen.body["messages"])
    return completion(as_text(answer_to(system, user, gold_rows(CASE))))


def ollama(seen: Seen) -> Answer:
    """Reads the last 1,700 tokens of a longer prompt, and says no more than that it has read so many."""
    answer = right(seen)
    read = min(round(sum(len(message["content"]) for message in seen.body["messages"]) * 0.6), 1700)
    assert isinstance(answer.body, dict)
    usage = {"prompt_tokens": read, "completion_tokens": 7, "total_tokens": read + 7}
    return answer._replace(body={**answer.body, "usage": usage})


def test_a_question_that_is_cut_off_without_a_word_is_noticed_and_told_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Loopback(script=ollama) as server:
        told_of(plan(server, tmp_path, who_reads=WhoReads.MODEL), [CASE.path.read_bytes()])
    told = capsys.readouterr().err
    assert told.count("it cut the question off without a word; say with --window") == 1
    assert "OLLAMA_CONTEXT_LENGTH" in told
    assert len(server.seen) > 1


def test_what_fails_with_one_question_after_the_other_is_told_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    small = error(400, "This model's maximum context length is 8192 tokens, you requested 9000")
    with Loopback(small) as server:
        told_of(plan(server, tmp_path), [TORN.path.read_bytes()])
    told = capsys.readouterr().err
    assert told.count("--window") == 1
    assert len(server.seen) > 1


def test_a_server_that_is_down_is_waited_for_once_for_all_files_and_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    torn = TORN.path.read_bytes()
    with Loopback(error(503, "loading model")) as server:
        told_of(plan(server, tmp_path), [torn + b"\n" * number for number in range(3)])
    told = capsys.readouterr().err
    assert len(server.seen) == 3 + 1 + 1
    assert told.count("request 2 follows in 1 s") == 1
    assert "can't answer now (HTTP 503)" in told


def test_a_terminal_has_a_clock_and_a_second_run_says_that_nothing_was_spent(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with Loopback(script=lambda seen: right(seen)._replace(delay=3.5)) as server:
        reading = plan(server, tmp_path, who_reads=WhoReads.MODEL)
        told_of(reading, [CASE.path.read_bytes()])
        first = capsys.readouterr().err
        told_of(reading, [CASE.path.read_bytes()])
        second = capsys.readouterr().err
    assert len(server.seen) == 1
    assert re.search(r"waiting: [23] s", first)
    assert "nothing was spent" not in first
    assert "kept replies have answered all questions (1): nothing was spent" in second


def test_a_model_that_was_named_was_not_left_out(tmp_path: Path) -> None:
    """Its limit leaves no question, and the command doesn't say that nobody was named."""
    command = [*ready_program(), "extract", str(TORN.path), "--lang", "en"]
    given = {"GONGKAI_MODEL": "a-model", "OPENAI_BASE_URL": "http://127.0.0.1:9/v1"}
    known = {**os.environ, **given, "GONGKAI_CACHE_DIR": str(tmp_path)}
    command += ["--max-tokens", "300"]
    shown = subprocess.run(command, capture_output=True, text=True, check=True, env=known)
    assert "cells left unread or disputed" in shown.stderr
    assert "no model was asked" not in shown.stderr
