"""The service, over loopback: what is sent is read within limits, and nobody else gets at it."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from typing import Any

import pytest
import uvicorn
from typer.testing import CliRunner

from eval.gold.cases import load_case
from extractor import Verdict, extract
from extractor.batch.outcome import FailureKind, Limits
from extractor.commands.app import app
from extractor.serving.application import application
from extractor.serving.kept import Kept
from extractor.serving.readers import BusyError, Readers, ReadFile
from tests.helpers.import_graph import ROOT

CASE = load_case("longting-2023")
DATA = CASE.path.read_bytes()
HOSTS = frozenset({"127.0.0.1"})


@contextmanager
def served(readers: Readers, most_bytes: int = 1_000_000) -> Iterator[int]:
    """The service at a free port."""
    config = uvicorn.Config(application(readers, HOSTS, most_bytes), port=0, log_level="critical")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        thread.join()
        readers.close()


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with served(Readers(1, Limits(20, 2048), ())) as found:
        yield found


def ask(
    port: int, method: str, path: str, body: bytes | None = None, **headers: str
) -> tuple[int, dict[str, str], bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    finally:
        connection.close()


def test_what_is_sent_comes_back_as_a_result_and_a_page(port: int) -> None:
    status, headers, body = ask(port, "POST", "/reports?name=%E5%B9%B4%E6%8A%A5.txt&lang=zh", DATA)
    assert status == 200
    assert headers["cache-control"] == "no-store"
    answer = json.loads(body)
    (expected,) = extract(DATA, name="年报.txt")
    assert answer["reports"] == [json.loads(expected.model_dump_json())]
    again, _, same = ask(port, "GET", f"/reports/{answer['id']}")
    assert (again, json.loads(same)) == (200, answer)
    (page,) = answer["pages"]
    shown, headers, text = ask(port, "GET", page)
    assert shown == 200
    assert headers["content-type"].startswith("text/html")
    assert "requests.received.total" in text.decode()
    for missing in (f"/reports/{answer['id']}/pages/2", "/reports/another", "/reports/x/pages/1"):
        assert ask(port, "GET", missing)[0] == 404


@pytest.mark.parametrize(
    ("body", "status", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n", 422, "unreadable"),
        ("一封信\n".encode(), 422, "no_report"),
        (b"Rar!\x1a\x07", 415, "unknown_format"),
    ],
)
def test_what_is_no_report_is_told_in_both(port: int, body: bytes, status: int, kind: str) -> None:
    found, _, answer = ask(port, "POST", "/reports?name=a.txt", body)
    told = json.loads(answer)
    assert (found, told["kind"]) == (status, kind)
    assert told["zh"]
    assert "a.txt" in told["en"]


def test_a_file_that_is_too_large_is_refused_before_it_is_taken(port: int) -> None:
    assert ask(port, "POST", "/reports", bytes(1_000_001))[0] == 413


def test_other_sites_get_nothing_sent_and_nothing_told(port: int) -> None:
    here = f"http://127.0.0.1:{port}"
    assert ask(port, "POST", "/reports", DATA, Origin="http://evil.example")[0] == 403
    assert ask(port, "GET", "/health", Host="evil.example:80")[0] == 403
    assert ask(port, "GET", "/health", Origin=here)[0] == 200
    page = ask(port, "GET", "/")[2].decode()
    assert "files" in page
    # A verdict is told in words.
    (words,) = re.findall(r"verdicts = (\{.*\});", page)
    assert json.loads(words)["source_error"]["zh"] == "页面自身有误"
    assert json.loads(words).keys() == set(Verdict)


def test_a_name_is_no_path(port: int) -> None:
    answer = json.loads(ask(port, "POST", "/reports?name=../../etc/passwd", DATA)[2])
    assert answer["reports"][0]["report"] == "passwd"


def test_the_description_is_one_and_describes_the_answers(port: int) -> None:
    import jsonschema

    described = json.loads(ask(port, "GET", "/openapi.json")[2])
    one = "/reports/{identifier}"
    assert set(described["paths"]) == {"/health", "/reports", one, f"{one}/pages/{{number}}"}
    assert "application/octet-stream" in described["paths"]["/reports"]["post"]["requestBody"]["content"]
    answer = json.loads(ask(port, "POST", "/reports", DATA)[2])
    schema: dict[str, Any] = {
        "$ref": "#/components/schemas/Extraction",
        "components": described["components"],
    }
    jsonschema.validate(answer["reports"][0], schema)


def test_a_file_that_takes_too_long_costs_itself_only() -> None:
    readers = Readers(1, Limits(0.02, 2048), ())
    try:
        slow = readers.read(DATA * 40, "a.txt", "zh")
        assert not isinstance(slow, ReadFile)
        assert slow.kind is FailureKind.TOO_SLOW
    finally:
        readers.close()


def test_a_process_that_ends_is_replaced() -> None:
    readers = Readers(1, Limits(20, 2048), ())
    try:
        assert isinstance(readers.read(DATA, "a.txt", "zh"), ReadFile)
        (reader,) = readers._idle  # noqa: SLF001 - what the system would do to it
        reader._program.end()  # noqa: SLF001
        ended = readers.read(DATA, "a.txt", "zh")
        assert not isinstance(ended, ReadFile)
        assert ended.kind is FailureKind.CRASHED
        assert isinstance(readers.read(DATA, "a.txt", "zh"), ReadFile)
    finally:
        readers.close()


def test_more_requests_than_may_wait_are_sent_away(monkeypatch: pytest.MonkeyPatch) -> None:
    readers = Readers(1, Limits(20, 2048), ())
    held = threading.Event()
    free = threading.Event()

    def wait(*_: object) -> ReadFile:
        held.set()
        free.wait(10)
        return ReadFile((), ())

    monkeypatch.setattr(readers, "_read", wait)
    threads = [threading.Thread(target=readers.read, args=(DATA, "a", "zh")) for _ in range(5)]
    for thread in threads:
        thread.start()
    held.wait(10)
    time.sleep(0.1)
    with pytest.raises(BusyError):
        readers.read(DATA, "a", "zh")
    free.set()
    for thread in threads:
        thread.join()


def test_what_is_kept_goes_after_an_hour_and_when_there_is_more_than_room() -> None:
    now = [0.0]
    kept = Kept(lambda: now[0], megabytes=1)
    first = kept.add(ReadFile(("{}",), ("p",)))
    now[0] = 3599.0
    assert kept.get(first) == (("{}",), ("p",))
    second = kept.add(ReadFile(("x" * 1_000_000,), ()))
    third = kept.add(ReadFile(("x" * 100_000,), ()))
    assert (kept.get(first), kept.get(second)) == (None, None)
    assert kept.get(third) is not None
    now[0] += 3601
    assert kept.get(third) is None
    assert len({first, second, third}) == 3


def test_the_command_serves_until_it_is_interrupted() -> None:
    command = [sys.executable, "-m", "extractor", "serve", "--port", "0", "--jobs", "1", "--lang", "en"]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            told = re.fullmatch(r"http://127\.0\.0\.1:(\d+)/; Ctrl-C ends it\n", process.stderr.readline())
            assert told is not None
            # Whoever connects before it answers waits, as it listens already.
            assert ask(int(told[1]), "GET", "/health")[0] == 200
            taken = CliRunner().invoke(app, ["serve", "--port", told[1], "--lang", "zh"])
            assert taken.exit_code == 2
            assert f"无法在 127.0.0.1 的端口 {told[1]} 提供服务：端口已被占用。" in taken.stderr
            os.kill(process.pid, signal.SIGINT)
            assert process.wait(60) in (0, 130)
            assert "Traceback" not in process.stderr.read()
        finally:
            process.kill()
