"""No test reaches another machine, whichever way it tries."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable

import pytest
from pydantic import BaseModel

from extractor.errors import UnavailableError
from extractor.llm.client import OpenAIModel
from extractor.llm.protocol import Message, Request
from extractor.llm.settings import Settings
from tests.helpers.guard import only_loopback

# Set aside for documentation: nothing answers there.
ADDRESS, NAME = "192.0.2.1", "report.example.com"


class Reply(BaseModel):
    rows: list[str]


def ask(host: str) -> None:
    async def go() -> None:
        async with OpenAIModel(Settings("m", f"http://{host}/v1", retries=0, timeout=2)) as model:
            await model.ask(Request((Message("user", "?"),), Reply, max_output=1))

    asyncio.run(go())


def datagram(_: str) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.sendto(b"?", (ADDRESS, 53))


WAYS: list[tuple[Callable[[str], object], str]] = [
    (lambda host: socket.create_connection((host, 80), timeout=1), ADDRESS),
    (lambda host: socket.create_connection((host, 80), timeout=1), NAME),
    (lambda host: socket.getaddrinfo(host, 80), NAME),
    (lambda host: socket.gethostbyname(host), NAME),  # noqa: PLW0108 - patched only later
    (lambda host: asyncio.run(asyncio.wait_for(asyncio.open_connection(host, 80), 1)), ADDRESS),
    (lambda host: asyncio.run(asyncio.wait_for(asyncio.open_connection(host, 80), 1)), NAME),
    (datagram, ADDRESS),
]


@pytest.mark.parametrize(("way", "host"), WAYS)
def test_another_machine_is_never_reached(way: Callable[[str], object], host: str) -> None:
    with pytest.raises(AssertionError, match=f"tried to reach {host}"), only_loopback():
        way(host)


@pytest.mark.parametrize("host", [ADDRESS, NAME])
def test_a_client_that_takes_the_guard_for_a_dead_network_does_not_hide_it(host: str) -> None:
    taken = pytest.raises(UnavailableError)
    with pytest.raises(AssertionError, match=f"tried to reach {host}"), only_loopback(), taken:
        ask(host)


def test_this_machine_is_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(("localhost", server.getsockname()[1]), timeout=1).close()
