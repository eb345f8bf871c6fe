"""Benchmark: what our client adds to a request, beside plain openai and instructor as it comes.

A thousand questions of about 8 KB are put, so many at once, to a server in its own process that answers
after half a second with about 1 KB. All three are measured in the same run, each in one thread, and so on
one core at a time: CPU time a request, and how near the run comes to the throughput that the server's half
second allows. Other work on the machine lowers the second, hardly the first.
"""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from enum import StrEnum
from multiprocessing.connection import Connection
from typing import NamedTuple

import httpx2
import instructor
import openai
from pydantic import BaseModel

from extractor.llm.client import OpenAIModel
from extractor.llm.parsing import parse_reply
from extractor.llm.protocol import Message, Profile, Request
from extractor.llm.settings import Settings

_QUESTIONS, _AT_ONCE, _LATENCY = 1000, (64, 256), 0.5
_MOST_OF_PLAIN, _MOST_OF_INSTRUCTOR, _LEAST_OF_IDEAL = 1.5, 0.5, 0.8
_WARM_UP = 4

RowName = StrEnum("RowName", [f"requests_row_{number:02}" for number in range(40)])  # type: ignore[misc]


class Row(BaseModel):
    """One row of a table."""

    row: RowName
    line: int
    cells: list[str]


class Table(BaseModel):
    """A reply like those for table 3."""

    rows: list[Row]


_ANSWER = Table(
    rows=[
        Row(row=row, line=40 + n, cells=["157", "0", "3", "12"]) for n, row in enumerate(list(RowName)[:14])
    ]
).model_dump_json()
_PROMPT = "三、收到和处理政府信息公开申请情况：本年新收政府信息公开申请数量157件。\n" * 75
_REQUEST = Request(
    (Message("system", "读表，逐行抄录，只答 JSON。"), Message("user", _PROMPT)), Table, max_output=2000
)
_MESSAGES = [{"role": one.role, "content": one.content} for one in _REQUEST.messages]

Asker = Callable[[], Awaitable[Table]]


class Result(NamedTuple):
    """One client at one number of questions at once."""

    milliseconds: float
    ideal_share: float


class _Canned(asyncio.Protocol):
    """As much of a server as is needed: it finds the end of a request, and sends the same answer."""

    body = json.dumps(
        {
            "id": "chatcmpl-1",
            "object": "chat.completion",
            "created": 1,
            "model": "canned",
            "choices": [
                {
                    "index": 0,
                    "finish_reason": "stop",
                    "message": {"role": "assistant", "content": _ANSWER},
                }
            ],
            "usage": {"prompt_tokens": 5000, "completion_tokens": 400, "total_tokens": 5400},
        }
    ).encode()
    answer = (
        b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n" % len(body) + body
    )

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - asyncio says so
        self._transport = transport
        self._buffer = b""

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head, separator, rest = self._buffer.partition(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0] or 0)
        if separator and len(rest) >= length:
            self._buffer = b""
            asyncio.get_running_loop().call_later(_LATENCY, self._transport.write, self.answer)


def _serve(pipe: Connection) -> None:
    async def go() -> None:
        server = await asyncio.get_running_loop().create_server(_Canned, "127.0.0.1", 0, backlog=1024)
        pipe.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(go())


@asynccontextmanager
async def _plain(url: str) -> AsyncIterator[Asker]:
    """What anyone would write with openai alone, with a pool that is large enough."""
    limits = httpx2.Limits(max_connections=1024, max_keepalive_connections=1024)
    pool = openai.DefaultAsyncHttpxClient(limits=limits)
    schema = {"name": "Table", "schema": Table.model_json_schema()}
    async with openai.AsyncOpenAI(base_url=url, api_key="none", max_retries=0, http_client=pool) as client:

        async def ask() -> Table:
            completion = await client.chat.completions.create(  # type: ignore[call-overload]
                model="m",
                messages=_MESSAGES,
                max_tokens=2000,
                temperature=0,
                response_format={"type": "json_schema", "json_schema": schema},
            )
            return json.loads(completion.choices[0].message.content or "")  # type: ignore[no-any-return]

        yield ask


@asynccontextmanager
async def _ours(url: str) -> AsyncIterator[Asker]:
    async with OpenAIModel(Settings("m", url, profile=Profile.JSON_SCHEMA)) as model:

        async def ask() -> Table:
            return parse_reply(await model.ask(_REQUEST), Table)

        yield ask


@asynccontextmanager
async def _instructor(url: str) -> AsyncIterator[Asker]:
    """instructor as it comes, with the same pool."""
    limits = httpx2.Limits(max_connections=1024, max_keepalive_connections=1024)
    pool = openai.DefaultAsyncHttpxClient(limits=limits)
    async with openai.AsyncOpenAI(base_url=url, api_key="none", max_retries=0, http_client=pool) as client:
        patched = instructor.from_openai(client, mode=instructor.Mode.JSON_SCHEMA)

        async def ask() -> Table:
            return await patched.chat.completions.create(
                model="m",
                messages=_MESSAGES,  # type: ignore[arg-type]
                response_model=Table,
                max_retries=0,
                strict=False,
                max_tokens=2000,
                temperature=0,
            )

        yield ask


_CLIENTS = {"openai": _plain, "gongkai": _ours, "instructor": _instructor}


async def _measured(name: str, url: str, at_once: int) -> Result:
    async with _CLIENTS[name](url) as ask:
        await asyncio.gather(*(ask() for _ in range(_WARM_UP)))
        left = iter(range(_QUESTIONS))

        async def worker() -> None:
            for _ in left:
                await ask()

        start, busy = time.perf_counter(), time.process_time()
        await asyncio.gather(*(worker() for _ in range(at_once)))
        took, used = time.perf_counter() - start, time.process_time() - busy
    ideal = _QUESTIONS * _LATENCY / at_once
    return Result(used / _QUESTIONS * 1000, ideal / took)


def _misses(results: dict[tuple[str, int], Result]) -> list[str]:
    misses = []
    for at_once in _AT_ONCE:
        plain, ours, other = (results[name, at_once].milliseconds for name in _CLIENTS)
        if ours > _MOST_OF_PLAIN * plain:
            misses.append(f"{at_once} at once: {ours / plain:.2f} times openai, at most {_MOST_OF_PLAIN}")
        if ours > _MOST_OF_INSTRUCTOR * other:
            misses.append(
                f"{at_once} at once: {ours / other:.2f} times instructor, at most {_MOST_OF_INSTRUCTOR}"
            )
    share = results["gongkai", _AT_ONCE[0]].ideal_share
    if share < _LEAST_OF_IDEAL:
        misses.append(
            f"{_AT_ONCE[0]} at once: {share:.0%} of the ideal throughput, at least {_LEAST_OF_IDEAL:.0%}"
        )
    return misses


def _run(url: str) -> dict[tuple[str, int], Result]:
    results = {}
    print(f"{'client':12}{'at once':>8}{'CPU ms a request':>18}{'of openai':>11}{'of the ideal':>14}")
    for at_once in _AT_ONCE:
        for name in _CLIENTS:
            result = results[name, at_once] = asyncio.run(_measured(name, url, at_once))
            share = result.milliseconds / results["openai", at_once].milliseconds
            print(f"{name:12}{at_once:8}{result.milliseconds:18.2f}{share:11.2f}{result.ideal_share:14.0%}")
    return results


def main() -> None:
    """Print the table, and which of the targets of the design are missed."""
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=_serve, args=(theirs,), daemon=True)
    server.start()
    url = f"http://127.0.0.1:{ours.recv()}/v1"
    try:
        misses = _misses(_run(url))
    finally:
        server.terminate()
    for miss in misses:
        print(f"missed: {miss}")


if __name__ == "__main__":
    main()
