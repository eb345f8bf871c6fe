"""A real server: llama.cpp's, built once, with a tiny random model, asked about the reports of eval/cases.

It shows what a scripted server can't: that the requests are ones which a real server takes, and that the
schemas are ones which it can bind a model to. What is built is kept in ``.integration`` in the checkout.
"""

from __future__ import annotations

import http.client
import json
import os
import shutil
import socket
import subprocess
import sys
import tarfile
import time
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field

from eval.cases import Case, all_cases
from eval.tiny_model import CONTEXT, write
from rules.loader import built_in_forms

FOLDER = Path(__file__).parent.parent / ".integration"
_SOURCE = "llama-cpp-python==0.3.36"  # carries llama.cpp whole
_TOOLS = ("cmake==4.4.4", "ninja==1.13.2")
_PIP = ("-m", "pip", "--disable-pip-version-check")
_SLOTS = 2
_PATIENCE = 30

# Optimised for being built soon: the model is so small that its speed doesn't matter.
_OPTIONS = {
    "CMAKE_BUILD_TYPE": "Release",
    "CMAKE_C_FLAGS_RELEASE": "-O2",
    "CMAKE_CXX_FLAGS_RELEASE": "-O1",
    "BUILD_SHARED_LIBS": "OFF",
    "GGML_CCACHE": "OFF",
    "GGML_OPENMP": "OFF",
    "LLAMA_BUILD_APP": "OFF",
    "LLAMA_BUILD_EXAMPLES": "OFF",
    "LLAMA_BUILD_TESTS": "OFF",
    "LLAMA_CURL": "OFF",
    "LLAMA_OPENSSL": "OFF",
    "LLAMA_USE_PREBUILT_UI": "OFF",  # it would be downloaded
}


def build() -> Path:
    """The server's program; built if it isn't there yet, in six minutes if two cores are idle."""
    program = FOLDER / f"llama-server-{_SOURCE.rpartition('=')[2]}"
    if program.exists():
        return program
    work = FOLDER / "build"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    print(f"building llama-server from {_SOURCE}, once; log: {_shown(FOLDER / 'build.log')}", flush=True)
    start = time.monotonic()
    with (FOLDER / "build.log").open("wb") as log:
        source = _source(work, log.fileno())
        venv.create(work / "tools", with_pip=True)
        tools = work / "tools" / "bin"
        _logged(log.fileno(), str(tools / "python"), *_PIP, "install", *_TOOLS)
        options = [f"-D{name}={value}" for name, value in _OPTIONS.items()]
        ninja = f"-DCMAKE_MAKE_PROGRAM={tools / 'ninja'}"
        cmake = str(tools / "cmake")
        _logged(
            log.fileno(), cmake, "-S", str(source), "-B", str(work / "out"), "-G", "Ninja", ninja, *options
        )
        _logged(log.fileno(), "nice", cmake, "--build", str(work / "out"), "--target", "llama-server")
    (work / "out" / "bin" / "llama-server").rename(program)
    shutil.rmtree(work)
    print(f"built in {time.monotonic() - start:.0f} s", flush=True)
    return program


def _source(work: Path, log: int) -> Path:
    """llama.cpp, out of the source package."""
    name = _SOURCE.partition("=")[0]
    command = (sys.executable, *_PIP, "download", "--no-deps", "--no-binary", name, "--dest", str(work))
    _logged(log, *command, _SOURCE)
    (archive,) = work.glob("*.tar.gz")
    with tarfile.open(archive) as content:
        content.extractall(work, filter="data")
    (source,) = work.glob("*/vendor/llama.cpp")
    return source


def _logged(log: int, *command: str) -> None:
    if subprocess.run(command, stdout=log, stderr=log, check=False).returncode:  # noqa: S603
        sys.exit(f"{command[0]} failed; see {_shown(FOLDER / 'build.log')}")


def _shown(path: Path) -> str:
    return os.path.relpath(path)


def tiny_model() -> Path:
    """The model; a character that is in a report is one token to it, any other a token a byte."""
    path = FOLDER / "tiny.gguf"
    FOLDER.mkdir(exist_ok=True)
    write(path, letters=set("".join(case.text for case in all_cases())))
    return path


@contextmanager
def serve(program: Path, model: Path) -> Iterator[str]:
    """Run the server on loopback, and give the base URL for a client of the OpenAI protocol."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = {
        "--model": str(model),
        "--host": "127.0.0.1",
        "--port": str(port),
        "--ctx-size": str(CONTEXT * _SLOTS),
        "--parallel": str(_SLOTS),
        "--threads": "1",  # two would wait for each other longer than they compute
        "--seed": "1",
        # No sampler that heeds the temperature: at 0, which a client asks for rightly, a random model
        # repeats itself until it is cut off.
        "--samplers": "min_p",
    }
    command = [str(program), *(word for pair in settings.items() for word in pair), "--offline"]
    with (FOLDER / "server.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)  # noqa: S603
    try:
        _wait_until_ready(process, port)
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        process.terminate()
        process.wait()


def _wait_until_ready(process: subprocess.Popen[bytes], port: int) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end and process.poll() is None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
        try:
            connection.request("GET", "/health")
            if connection.getresponse().status == http.client.OK:
                return
        except ConnectionError:
            pass
        finally:
            connection.close()
        time.sleep(0.05)
    sys.exit(f"llama-server doesn't start; see {_shown(FOLDER / 'server.log')}")


_ROWS = sorted({address.rpartition(".")[0] for form in built_in_forms() for address in form.places})


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid")

    row: Annotated[str, Field(json_schema_extra={"enum": list(_ROWS)})]
    line: int
    cells: Annotated[list[Annotated[str, Field(max_length=8)]], Field(max_length=4)]


class _Answer(BaseModel):
    """All that may be long is bounded, so that even a random model comes to an end."""

    model_config = ConfigDict(extra="forbid")

    rows: Annotated[list[_Row], Field(max_length=9)]
    zeros: Annotated[list[int], Field(max_length=8)]


def _ask(base_url: str, case: Case) -> dict[str, Any]:
    """What the server replies about this report."""
    schema = {"name": "reading", "strict": True, "schema": _Answer.model_json_schema()}
    body = {
        "model": "tiny",
        "messages": [{"role": "user", "content": case.text}],
        "max_tokens": 800,
        "temperature": 0,
        "response_format": {"type": "json_schema", "json_schema": schema},
    }
    address = urlsplit(base_url)
    connection = http.client.HTTPConnection(address.netloc, timeout=_PATIENCE)
    connection.request(
        "POST",
        f"{address.path}/chat/completions",
        json.dumps(body, ensure_ascii=False).encode(),
        {"Content-Type": "application/json"},
    )
    response = connection.getresponse()
    reply: dict[str, Any] = json.loads(response.read())
    connection.close()
    if response.status != http.client.OK:
        sys.exit(f"{case.name}: HTTP {response.status}: {reply}")
    return reply


def ask_about_every_report(base_url: str) -> None:
    """Ask for figures of each report; exits if an answer is cut off or doesn't obey the schema."""
    print(f"{'report':<22}{'tokens in':>10}{'out':>6}{'seconds':>9}  rows")
    for case in all_cases():
        start = time.monotonic()
        reply = _ask(base_url, case)
        seconds = time.monotonic() - start
        (choice,) = reply["choices"]
        if choice["finish_reason"] != "stop":
            sys.exit(f"{case.name}: cut off: {choice}")
        answer = _Answer.model_validate_json(choice["message"]["content"], strict=True)
        if any(row.row not in _ROWS for row in answer.rows):
            sys.exit(f"{case.name}: a row that the schema doesn't allow: {answer}")
        usage = reply["usage"]
        spent = f"{usage['prompt_tokens']:>10}{usage['completion_tokens']:>6}{seconds:>9.1f}"
        print(f"{case.name:<22}{spent}  {len(answer.rows)}", flush=True)


def main() -> None:
    """Build what isn't there yet, then ask."""
    program = build()
    with serve(program, tiny_model()) as base_url:
        ask_about_every_report(base_url)


if __name__ == "__main__":
    main()
