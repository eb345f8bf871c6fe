"""The whole way against a real server on this machine, with all that can go wrong on it."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shlex
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from eval.gold.answers import Answer as Said
from eval.gold.answers import answer_to, gold_rows
from eval.gold.cases import Case, load_case
from extractor import Extraction, Status, extract
from extractor.asking.options import Limits, WhoReads
from extractor.asking.plan import Asking
from extractor.commands.app import app
from extractor.errors import SettingsError
from extractor.llm.protocol import Profile
from extractor.llm.settings import Settings
from extractor.result.steps import Action
from tests.helpers.answering import row_of
from tests.helpers.loopback import Answer, Loopback, Seen, completion, error
from tests.helpers.ready import PROGRAM, ready_program
from tests.helpers.torn import TORN

CASE = load_case("luozhuang-2023")
KEY = "sk-never-to-be-shown-1234"
Fault = Callable[[Seen], Answer]


class GoldServer(Loopback):
    """Answers from the gold; the first answers are others where some are given."""

    def __init__(
        self, *first: Answer, case: Case = CASE, change: Callable[[Said], Said] | None = None
    ) -> None:
        super().__init__(script=self._answer)
        self._first = list(first)
        self._rows = gold_rows(case)
        self._change = change

    def _answer(self, seen: Seen) -> Answer:
        if self._first:
            return self._first.pop(0)
        system, user = (message["content"] for message in seen.body["messages"])
        answer = answer_to(system, user, self._rows)
        if self._change is not None and len(self.seen) == 1:
            answer = self._change(answer)
        text = json.dumps(answer, ensure_ascii=False)
        if "tools" in seen.body:
            name = seen.body["tools"][0]["function"]["name"]
            call = {"id": "1", "type": "function", "function": {"name": name, "arguments": text}}
            return completion(None, tool_calls=[call], finish_reason="tool_calls")
        return completion(text)


def asking(server: Loopback, folder: Path, reader: WhoReads = WhoReads.MODEL, **more: Any) -> Asking:
    fields: dict[str, Any] = {"profile": Profile.JSON_SCHEMA, "retries": 2, "backoff": 0.01, "timeout": 2.0}
    settings = Settings("a-model", server.url, KEY, **(fields | more))
    return Asking(settings, reader, Limits(), cache_folder=folder, text=False)


def read(server: Loopback, folder: Path, case: Case = CASE, **more: Any) -> Extraction:
    """The report, read with the server's model."""
    (extraction,) = extract(case.path.read_bytes(), name=case.name, asking=asking(server, folder, **more))
    return extraction


def nothing_is_wrong(extraction: Extraction, case: Case = CASE) -> bool:
    gold = {cell.address: cell for cell in case.cells}
    trusted = (Status.CONFIRMED, Status.UNCHECKED, Status.AS_PRINTED)
    return all(c.printed == gold[c.address].printed for c in extraction.cells if c.status in trusted)


JSON = (("content-type", "application/json"),)
PASSING = {
    "too many requests": error(429, "slow down")._replace(headers=(("retry-after", "0"),)),
    "server error": error(500, "oops"),
    "reset in the middle": completion("{}")._replace(torn=40),
    "slow drip": completion("x" * 500)._replace(drip=0.05),
    "truncated body": Answer(
        b'{"choices":[{"message":{"content":"', headers=(("content-type", "application/json"),)
    ),
    "a page instead of JSON": Answer(b"<html><body>502 Bad Gateway</body></html>"),
}


@pytest.mark.parametrize("name", PASSING)
def test_what_passes_is_tried_again_and_nothing_else_is(name: str, tmp_path: Path) -> None:
    with GoldServer(PASSING[name]) as server:
        extraction = read(server, tmp_path, timeout=0.5 if name == "slow drip" else 10.0)
    assert extraction.verdict == "verified"
    assert nothing_is_wrong(extraction)
    first, second = server.bodies
    assert first == second
    assert extraction.usage is not None
    assert extraction.usage.requests == 2


@pytest.mark.parametrize("name", PASSING)
def test_what_does_not_pass_is_given_up_and_told(name: str, tmp_path: Path) -> None:
    is_slow = name == "slow drip"
    with Loopback(PASSING[name]) as server:
        extraction = read(server, tmp_path, reader=WhoReads.BOTH, timeout=0.5 if is_slow else 10.0)
    assert len(server.seen) == (2 if is_slow else 3)
    assert extraction.trace[-1].action is Action.STOPPED
    assert extraction.verdict == "needs_review"
    assert extraction.findings
    assert nothing_is_wrong(extraction)


def malformed(answer: Said) -> Said:
    row_of(answer, "granted")["cells"] = "103"
    return answer


def lines_without_the_value(answer: Said) -> Said:
    row_of(answer, "granted")["line"] = row_of(answer, "received")["line"]
    return answer


def columns_swapped(answer: Said) -> Said:
    for row in answer["rows"]:
        row["cells"].reverse()
    return answer


def rows_swapped(answer: Said) -> Said:
    one, two = row_of(answer, "granted"), row_of(answer, "partially_granted")
    one["row"], two["row"] = two["row"], one["row"]
    return answer


def sums_made_to_fit(answer: Said) -> Said:
    cells = row_of(answer, "granted")["cells"]
    cells[0], cells[-1] = "104", "107"
    return answer


def invented(answer: Said) -> Said:
    zeros = answer["zeros"].pop()
    answer["rows"].append({"row": "not_processed.repeated", "line": zeros, "cells": ["2", *"00000", "2"]})
    return answer


WRONG = [malformed, lines_without_the_value, columns_swapped, rows_swapped, sums_made_to_fit, invented]


@pytest.mark.parametrize("profile", Profile)
@pytest.mark.parametrize("change", WRONG, ids=lambda change: change.__name__)
def test_a_wrong_answer_costs_one_more_request(
    change: Callable[[Said], Said], profile: Profile, tmp_path: Path
) -> None:
    with GoldServer(change=change) as server:
        extraction = read(server, tmp_path, profile=profile)
    assert extraction.verdict == "verified"
    assert nothing_is_wrong(extraction)
    tables, rows = (body["messages"][0]["content"] for body in server.bodies)
    assert "granted (一)予以公开" in tables
    assert len(rows) < len(tables) / 2
    kinds = {"response_format", "tools"} & server.bodies[0].keys()
    assert kinds == {Profile.TOOLS: {"tools"}, Profile.PLAIN: set()}.get(profile, {"response_format"})


def test_a_refusal_is_not_argued_with(tmp_path: Path) -> None:
    with GoldServer(completion(None, refusal="I can't.")) as server:
        extraction = read(server, tmp_path, reader=WhoReads.BOTH)
    assert len(server.seen) == 1
    assert extraction.verdict == "needs_review"


def test_an_answer_without_choices_is_asked_for_again(tmp_path: Path) -> None:
    with GoldServer(completion("", choices=[])) as server:
        extraction = read(server, tmp_path)
    assert len(server.seen) == 2
    assert extraction.verdict == "verified"


def test_work_done_before_the_server_went_away_is_kept(tmp_path: Path) -> None:
    def skip(answer: Said) -> Said:
        answer["rows"].remove(row_of(answer, "granted"))
        return answer

    class Going(GoldServer):
        def _answer(self, seen: Seen) -> Answer:
            return super()._answer(seen) if len(self.seen) == 1 else error(503, "gone")

    with Going(change=skip) as server:
        extraction = read(server, tmp_path, reader=WhoReads.BOTH)
    assert extraction.cell("requests.received.total").printed == "157"
    assert extraction.cell("requests.granted.total").status is Status.DISPUTED
    assert extraction.trace[-1].action is Action.STOPPED


def test_no_report_goes_to_a_server_that_wants_another_key(tmp_path: Path) -> None:
    wrong_key = error(401, f"wrong key {KEY}", code="invalid_api_key")
    with Loopback(wrong_key) as server, pytest.raises(SettingsError) as caught:
        read(server, tmp_path)
    assert len(server.seen) == 1
    assert KEY not in f"{caught.value!r} {caught.value.message}"


def test_the_way_to_ask_is_found_once_and_remembered(tmp_path: Path) -> None:
    no_schema = error(400, "response_format json_schema is not supported", param="response_format")
    with GoldServer(no_schema, case=TORN) as server:
        first = read(server, tmp_path, TORN, reader=WhoReads.AUTO, profile=None)
        assert ["tools" in body for body in server.bodies] == [False, True]
        read(server, tmp_path, TORN, profile=None)
        assert ["tools" in body for body in server.bodies] == [False, True, True]
        again = read(server, tmp_path, TORN, reader=WhoReads.AUTO, profile=None)
        assert len(server.seen) == 3
    assert again == first


def test_nothing_secret_is_kept(tmp_path: Path) -> None:
    with GoldServer() as server:
        read(server, tmp_path)
    for path in tmp_path.rglob("*"):
        assert path.is_dir() or KEY.encode() not in path.read_bytes()


def test_many_reports_are_read_at_once_on_one_set_of_connections(tmp_path: Path) -> None:
    cases = [CASE, TORN] * 8

    async def all_of_them(server: Loopback) -> list[Extraction]:
        how = asking(server, tmp_path)
        async with how.opened() as reader:
            found = await asyncio.gather(
                *(reader.extract(c.path.read_bytes() + b"\n" * i, name=c.name) for i, c in enumerate(cases))
            )
        return [extraction for (extraction,) in found]

    rows = {"a": gold_rows(CASE), "b": gold_rows(TORN)}

    def script(seen: Seen) -> Answer:
        system, user = (message["content"] for message in seen.body["messages"])
        own = rows["b"] if "|32|2|0|0|0|0|34" in user else rows["a"]
        return completion(json.dumps(answer_to(system, user, own)))._replace(delay=0.05)

    with Loopback(script=script) as server:
        found = asyncio.run(all_of_them(server))
    assert all(nothing_is_wrong(x, c) for x, c in zip(found, cases, strict=True))
    assert {x.verdict for x, c in zip(found, cases, strict=True) if c is CASE} == {"verified"}


# --- the command line ------------------------------------------------------------------------------------


def environment(server: Loopback, folder: Path) -> dict[str, str]:
    given = {"GONGKAI_MODEL": "a-model", "OPENAI_BASE_URL": server.url, "OPENAI_API_KEY": KEY}
    return {**given, "GONGKAI_CACHE_DIR": str(folder)}


def gongkai(*arguments: str, server: Loopback, folder: Path) -> Result:
    """The command, in this process; what a process of its own is asked for is below."""
    command = [*arguments, "--lang", "en", "--no-text"]
    result = CliRunner().invoke(app, command, env=environment(server, folder))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_extract_asks_only_what_it_must_and_is_quiet(tmp_path: Path) -> None:
    with GoldServer(case=TORN) as server:
        shown = gongkai("extract", str(TORN.path), "--to", "json", server=server, folder=tmp_path)
        asked = len(server.seen)
        again = gongkai(
            "extract", str(TORN.path), "--to", "json", "--cache", "replay", server=server, folder=tmp_path
        )
    assert shown.exit_code == 0
    assert asked == len(server.seen) == 1
    assert again.stdout == shown.stdout
    result = json.loads(shown.stdout)
    assert result["usage"]["requests"] == 1
    # 15 of table 4, whose header is torn; 3 rows with their label in pieces, 4 beside figures without one.
    assert shown.stderr == "64 cells left unread or disputed\n"
    assert KEY not in shown.stdout + shown.stderr


def test_trace_tells_every_step(tmp_path: Path) -> None:
    with GoldServer(case=TORN) as server:
        shown = gongkai("extract", str(TORN.path), "--trace", server=server, folder=tmp_path)
    lines = shown.stderr.splitlines()
    assert lines[0].startswith("0  the model is asked for 7 rows and shown lines ")
    line = "0  requests.unavailable.not_held: 4|0|0|0|0|0|4 stands on line 74"
    assert f"{line}; the layout reading has the same" in lines
    assert "a-model: 1 requests, 11 tokens sent, 7 received" in lines


def test_a_terminal_is_told_what_is_done(tmp_path: Path) -> None:
    asked = ("extract", str(TORN.path), "--lang", "zh", "-o", str(tmp_path / "x.json"))
    command = shlex.join([*ready_program(), *asked])
    with GoldServer(case=TORN) as server:
        watched = ["script", "-qec", command, "/dev/null"]
        known = os.environ | environment(server, tmp_path)
        shown = subprocess.run(watched, capture_output=True, check=True, env=known).stdout.decode()
    assert "请模型读 7 行" in shown
    assert "token）" in shown


def test_check_asks_the_model_too(tmp_path: Path) -> None:
    with GoldServer(case=TORN) as server:
        shown = gongkai("check", str(TORN.path), str(CASE.path), server=server, folder=tmp_path)
    assert len(server.seen) == 1
    assert shown.exit_code == 1
    # The 3 rows of table 4; 3 rows whose label is in pieces, and 4 beside figures without a label.
    told = re.findall(r"  disputed  (?:(\d+) rows)?", shown.stdout)
    assert sum(int(rows or 1) for rows in told) == 10


def test_check_reads_all_files_on_one_connection_and_learns_once_how_to_ask(tmp_path: Path) -> None:
    """Without kept replies, nothing but one open reader can know it for the second file."""
    files = [tmp_path / f"{name}.txt" for name in "abc"]
    for file in files:
        file.write_bytes(CASE.path.read_bytes())
    no_schema = error(400, "response_format json_schema is not supported", param="response_format")
    with GoldServer(no_schema) as server:
        options = ("--reader", "model", "--cache", "off")
        shown = gongkai("check", *map(str, files), *options, server=server, folder=tmp_path / "cache")
        assert ["tools" in body for body in server.bodies] == [False, True, True, True]
        assert server.connections == 1
    assert (shown.exit_code, shown.stdout) == (0, "")
    assert shown.stderr == "3 files, 3 reports, 3 verified\n"


def test_an_open_reader_reads_one_report_after_the_other_on_one_connection(tmp_path: Path) -> None:
    with GoldServer() as server:
        with asking(server, tmp_path).reading() as reader:
            first, second = (
                extract(CASE.path.read_bytes() + b"\n" * lines, name=CASE.name, asking=reader)
                for lines in range(2)
            )
        assert server.connections == 1
    assert len(server.seen) == 1  # The same question: the second answer was kept.
    assert first[0].usage == second[0].usage


def test_in_an_event_loop_the_blocking_reader_says_what_to_use(tmp_path: Path) -> None:
    async def read_blocking(server: Loopback) -> Extraction:
        return read(server, tmp_path)

    with GoldServer() as server:
        with pytest.raises(SettingsError, match=r"asking\.opened\(\)"):
            asyncio.run(read_blocking(server))
        assert server.seen == []


def test_a_wrong_key_and_a_missing_reply_are_told(tmp_path: Path) -> None:
    with Loopback(error(401, "no such key", code="invalid_api_key")) as server:
        shown = gongkai("extract", str(TORN.path), server=server, folder=tmp_path)
        assert (shown.exit_code, shown.stdout) == (2, "")
        assert "API key" in shown.stderr
        assert KEY not in shown.stderr
        replayed = gongkai("extract", str(TORN.path), "--cache", "replay", server=server, folder=tmp_path)
        assert replayed.exit_code == 2
        assert "no reply to this question is kept" in replayed.stderr
        asked = len(server.seen)
        prices = gongkai("extract", str(TORN.path), "--price-input", "2", server=server, folder=tmp_path)
        assert prices.exit_code == 2
        assert len(server.seen) == asked


def test_an_interrupted_run_loses_no_reply_that_had_arrived(tmp_path: Path) -> None:
    """Killed without a chance to tidy up, while it waits for the second of two answers."""
    waiting = threading.Event()

    def skip(answer: Said) -> Said:
        answer["rows"].remove(row_of(answer, "granted"))
        return answer

    class Stalling(GoldServer):
        def _answer(self, seen: Seen) -> Answer:
            if len(self.seen) == 2:
                waiting.set()
                return completion("{}")._replace(delay=3)
            return super()._answer(seen)

    with Stalling(change=skip) as server:
        command = [*PROGRAM, "check", str(CASE.path), "--reader", "model"]
        known = os.environ | environment(server, tmp_path)
        process = subprocess.Popen(command, env=known, stdout=subprocess.DEVNULL)
        assert waiting.wait(20)
        process.send_signal(signal.SIGKILL)
        process.wait()
        shown = gongkai("check", str(CASE.path), "--reader", "model", server=server, folder=tmp_path)
    assert shown.exit_code == 0
    first, second, third = server.bodies
    assert second == third
    assert first != second


class _Waiting(GoldServer):
    """Answers the second question late; says when it has come."""

    def __init__(self, delay: float) -> None:
        def skip(answer: Said) -> Said:
            answer["rows"].remove(row_of(answer, "granted"))
            return answer

        super().__init__(change=skip)
        self.waiting = threading.Event()
        self._delay = delay

    def _answer(self, seen: Seen) -> Answer:
        answer = super()._answer(seen)
        if len(self.seen) != 2:
            return answer
        self.waiting.set()
        return answer._replace(delay=self._delay)


@contextmanager
def _interrupted(
    server: _Waiting, folder: Path, number: int = signal.SIGINT
) -> Iterator[subprocess.Popen[str]]:
    """A run that gets Ctrl-C, or another signal, while it waits for its second answer."""
    command = [*ready_program(), "check", str(CASE.path), "--reader", "model", "--lang", "en"]
    known = os.environ | environment(server, folder)
    with subprocess.Popen(
        command, env=known, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert server.waiting.wait(60)
            process.send_signal(number)
            yield process
        finally:
            process.kill()


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupt_waits_for_the_answer_that_is_on_its_way(tmp_path: Path, number: int, code: int) -> None:
    with _Waiting(delay=1.5) as server:
        with _interrupted(server, tmp_path, number) as process:
            told = process.communicate(timeout=60)[1].splitlines()
        assert process.returncode == code
        assert "gongkai: interrupted: the answer that is on its way is waited for" in told[0]
        assert "gongkai: the answers so far (2) are kept" in told[1]
        assert "interrupted: 0 of 1 file checked" in told
        shown = gongkai("check", str(CASE.path), "--reader", "model", server=server, folder=tmp_path)
        assert shown.exit_code == 0
        assert len(server.seen) == 2


def test_a_second_interrupt_ends_at_once(tmp_path: Path) -> None:
    with _Waiting(delay=40) as server, _interrupted(server, tmp_path) as process:
        assert process.stderr is not None
        assert "waited for" in process.stderr.readline()
        process.send_signal(signal.SIGINT)
        told = process.communicate(timeout=30)[1]
        assert process.returncode == 130
        assert "the answers so far (1) are kept" in told
