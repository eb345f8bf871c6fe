"""Keeps tests from reaching another machine."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from unittest.mock import patch

# All ways from a name or an address to another machine; asyncio and anyio go through these too.
_METHODS = ("connect", "connect_ex", "sendto", "sendmsg")
_FUNCTIONS = ("getaddrinfo", "gethostbyname", "gethostbyname_ex")


@contextmanager
def only_loopback() -> Iterator[None]:
    """Refuse to reach another machine, or to ask for the address of one.

    Raises:
        AssertionError: at once, and at the end once more: a client takes the first for trouble with the
            connection, and its error for that may be just what a test expects.
    """
    reached: list[str] = []

    def check(host: object) -> None:
        name = host.decode() if isinstance(host, bytes) else host
        if isinstance(name, str) and not _is_here(name):
            reached.append(name)
            raise AssertionError(f"a test tried to reach {name}")

    def method(original: Callable[..., object]) -> Callable[..., object]:
        def guarded(self: socket.socket, *arguments: object) -> object:
            # The address comes last; of a socket in the file system it is no tuple.
            if arguments and isinstance(arguments[-1], tuple):
                check(arguments[-1][0])
            return original(self, *arguments)

        return guarded

    def function(original: Callable[..., object]) -> Callable[..., object]:
        def guarded(host: object, *arguments: object, **named: object) -> object:
            check(host)
            return original(host, *arguments, **named)

        return guarded

    patches = [patch.object(socket.socket, name, method(getattr(socket.socket, name))) for name in _METHODS]
    patches += [patch.object(socket, name, function(getattr(socket, name))) for name in _FUNCTIONS]
    for one in patches:
        one.start()
    try:
        yield
    finally:
        for one in reversed(patches):
            one.stop()
    assert not reached, f"a test tried to reach {', '.join(reached)}"


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host in ("", "localhost")
