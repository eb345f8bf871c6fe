"""A real server: llama.cpp's, built once, with a tiny random model, asked about the reports of eval/cases.

It shows what a scripted server can't: that the requests are ones which a real server takes, and that the
schemas are ones which it can bind a model to. Then a language model is asked about two reports, a weak one:
its errors are a real model's. What is built and downloaded is kept in ``.integration`` in the checkout.
"""

from __future__ import annotations

import asyncio
import http.client
import os
import shutil
import socket
import subprocess
import sys
import tarfile
import time
import venv
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from eval.gold.cases import Case, all_cases, load_case
from eval.servers.tiny_model import CONTEXT, write
from eval.servers.weak_model import CONTEXT as WEAK_CONTEXT
from eval.servers.weak_model import weak_model
from eval.zoo.flattened import flattened
from eval.zoo.generation import FlatLayout
from extractor import extract
from extractor.asking.options import Limits, WhoReads
from extractor.asking.plan import Asking
from extractor.documents.source import AnySource
from extractor.llm.client import OpenAIModel
from extractor.llm.parsing import parse_reply
from extractor.llm.protocol import Profile, Reply, Request
from extractor.llm.settings import Settings
from extractor.result.cells import Status
from extractor.result.extraction import Extraction
from extractor.result.steps import Action

FOLDER = Path(__file__).parents[2] / ".integration"
_SOURCE = "llama-cpp-python==0.3.36"  # carries llama.cpp whole
_TOOLS = ("cmake==4.4.4", "ninja==1.13.2")
_PIP = ("-m", "pip", "--disable-pip-version-check")
_SLOTS = 2
_PATIENCE = 30
# Seconds that an answer may take; and what the weak model may be asked about a report, and answer.
_LONGEST_ANSWER = 300
_WEAK_LIMITS = Limits(requests=2, rounds=1, window=4300, output=256)
# A report that the page proves without a model, and one whose table 3 has lost its rows and columns.
_PROVED, _FLATTENED = "luozhuang-2023", FlatLayout.SENTENCES

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
def serve(program: Path, model: Path, context: int, slots: int) -> Iterator[str]:
    """Run the server on loopback, and give the base URL for a client of the OpenAI protocol.

    Args:
        program: the server's.
        model: the GGUF file.
        context: tokens that a question and its answer may have.
        slots: how many questions it answers at the same time.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = {
        "--model": str(model),
        "--host": "127.0.0.1",
        "--port": str(port),
        "--ctx-size": str(context * slots),
        "--parallel": str(slots),
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


class _Watched:
    """The real client, and every answer that came whole."""

    def __init__(self, base_url: str) -> None:
        self.answers: list[tuple[Request, Reply]] = []
        self._model = OpenAIModel(Settings("tiny", base_url, retries=1, timeout=_LONGEST_ANSWER))

    @property
    def name(self) -> str:
        """What its server calls it."""
        return self._model.name

    @property
    def profile(self) -> Profile | None:
        """How it is asked for JSON."""
        return self._model.profile

    async def ask(self, request: Request) -> Reply:
        """The server's answer."""
        reply = await self._model.ask(request)
        if reply.finish == "stop":
            self.answers.append((request, reply))
        return reply

    async def close(self) -> None:
        """Close its connections."""
        await self._model.close()


class _NothingKept:
    def get(self, key: str) -> str | None:  # noqa: ARG002 - as the protocol has it
        return None

    def put(self, key: str, value: str) -> None:
        pass


async def _read(
    base_url: str, source: AnySource, name: str, who_reads: WhoReads, limits: Limits
) -> tuple[Extraction, _Watched]:
    model = _Watched(base_url)
    asking = Asking(Settings("tiny", base_url), who_reads, limits, text=False)
    try:
        (extraction,) = await asking.with_model(model, _NothingKept()).extract(source, name=name)
    finally:
        await model.close()
    return extraction, model


def _shown_row(name: str, extraction: Extraction, gold: Mapping[str, str], seconds: float) -> list[str]:
    """Print what came of a report; the cells that are trusted, and aren't what the page prints."""
    unsure = (Status.DISPUTED, Status.ABSENT)
    trusted = [cell for cell in extraction.cells if cell.status not in unsure]
    wrong = [cell.address for cell in trusted if cell.printed != gold[cell.address]]
    refused = sum(step.action is Action.REFUSED for step in extraction.trace)
    usage = extraction.usage
    spent = [0, 0, 0] if usage is None else [usage.requests, usage.input_tokens, usage.output_tokens]
    row = [*spent, f"{seconds:.1f}", refused, len(extraction.cells) - len(trusted), len(wrong)]
    print(f"{name:<22}" + "".join(f"{value:>10}" for value in row), flush=True)
    return wrong


def _print_heads() -> None:
    heads = ("requests", "tokens in", "out", "seconds", "refused", "disputed", "wrong")
    print(f"{'report':<22}" + "".join(f"{head:>10}" for head in heads))


def read_every_report(base_url: str) -> None:
    """Read each report with the server's model; exits if its nonsense gets anywhere.

    Every whole answer must obey the schema, and no cell may be trusted that isn't what the page prints.
    """
    _print_heads()
    for case in all_cases():
        start = time.monotonic()
        extraction, model = asyncio.run(
            _read(base_url, case.path, case.name, WhoReads.MODEL, Limits(rounds=1))
        )
        for request, reply in model.answers:
            parse_reply(reply, request.schema)
        wrong = _shown_row(case.name, extraction, _gold_of(case), time.monotonic() - start)
        if model.profile is not Profile.JSON_SCHEMA or extraction.usage is None or not model.answers:
            sys.exit(f"{case.name}: no answer came that is bound to the schema: {extraction.trace}")
        if wrong:
            sys.exit(f"{case.name}: trusted, and not what the page prints: {wrong}")


def _gold_of(case: Case) -> dict[str, str]:
    return {cell.address: cell.printed for cell in case.cells}


def read_with_language_model(base_url: str) -> None:
    """Read two reports with a weak language model; exits if anything wrong is settled, or a proof is lost."""
    _print_heads()
    proved, flat = load_case(_PROVED), flattened(1, _FLATTENED)
    reports = [
        (proved.name, proved.path.read_bytes(), _gold_of(proved), WhoReads.MODEL),
        (f"{_FLATTENED}", flat.text.encode(), {a: c.printed for a, c in flat.cells.items()}, WhoReads.AUTO),
    ]
    for name, data, gold, who_reads in reports:
        start = time.monotonic()
        (alone,) = extract(data, name=name)
        extraction, _ = asyncio.run(_read(base_url, data, name, who_reads, _WEAK_LIMITS))
        wrong = _shown_row(name, extraction, gold, time.monotonic() - start)
        lost = [
            cell.address
            for cell in alone.cells
            if cell.status is Status.CONFIRMED and extraction.cell(cell.address).status is not cell.status
        ]
        if extraction.usage is None or not extraction.usage.requests:
            sys.exit(f"{name}: the model wasn't asked: {extraction.trace}")
        if wrong or lost:
            sys.exit(f"{name}: wrong {wrong}; proved by the page, and lost: {lost}")


def main() -> None:
    """Build what isn't there yet, then read."""
    program = build()
    with serve(program, tiny_model(), CONTEXT, _SLOTS) as base_url:
        read_every_report(base_url)
    with serve(program, weak_model(FOLDER), WEAK_CONTEXT, slots=1) as base_url:
        read_with_language_model(base_url)


if __name__ == "__main__":
    main()
