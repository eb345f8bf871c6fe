"""Our own programs as processes that are ready at once: forked from one that has imported what they need.

They are processes like any other, with a session, an environment and a folder of their own, and can be
killed; only that none has to import everything anew, which takes a second.
:func:`tests.helpers.batches.started` starts the program as users do.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import runpy
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from multiprocessing.connection import Connection
from select import select
from struct import unpack
from tempfile import TemporaryDirectory
from typing import NoReturn

from eval.gold.cases import load_case
from extractor.platforms.system import ConnectedCommand
from extractor.processes import command_of, environment
from tests.helpers.processes import be_of
from tests.helpers.ready import attend

# The number of its end of the connection, in each process.
_NUMBER = 100
_MOST = 1_000_000
_NAME = "tests.helpers.forking"


class ForkedProgram:
    """A process that was forked, as a :class:`extractor.platforms.system.Program`."""

    def __init__(self, process: int) -> None:
        self._process = process
        # It isn't ours to wait for, but this tells when it ends.
        self._end: int | None = os.pidfd_open(process)

    def wait(self, seconds: float | None) -> None:
        """Wait for its end; TimeoutExpired if that doesn't come in time."""
        if self._end is not None and not select([self._end], [], [], seconds)[0]:
            raise subprocess.TimeoutExpired(_NAME, seconds or 0.0)

    def ask_to_end(self) -> None:
        """By SIGTERM."""
        if self._end is not None:
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._end, signal.SIGTERM)

    def end(self) -> None:
        """By SIGKILL, to all of its session."""
        if self._end is not None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process, signal.SIGKILL)
            self.wait(None)
            os.close(self._end)
            self._end = None


def start_forked(command: ConnectedCommand, env: Mapping[str, str]) -> tuple[ForkedProgram, Connection]:
    """As :meth:`extractor.platforms.system.System.start_connected`."""
    return start_forked_at(address(), command, env)


def start_forked_at(
    server: str, command: ConnectedCommand, env: Mapping[str, str]
) -> tuple[ForkedProgram, Connection]:
    """The same in a process that was forked itself, whose server is at this address."""
    _python, _safe, _module, program, *arguments = command(_NUMBER)
    told = {"program": program, "arguments": arguments, "environment": {**env}, "folder": os.getcwd()}
    ours, theirs = socket.socketpair()
    with theirs, socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as asking:
        asking.connect(server)
        socket.send_fds(asking, [json.dumps(told).encode()], [theirs.fileno()])
        process = int(asking.recv(20))
    return ForkedProgram(process), Connection(ours.detach())


@cache
def address() -> str:
    """Where whoever connects gets a process: there is what forks them, as long as this process runs."""
    folder = TemporaryDirectory()
    path = f"{folder.name}/socket"
    ours, theirs = socket.socketpair()
    with theirs, socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listener:
        listener.bind(path)
        listener.listen()
        numbers = (theirs.fileno(), listener.fileno())
        command = [*command_of(_NAME), *map(str, numbers)]
        process = subprocess.Popen(command, env=environment(), pass_fds=numbers)

    def stop() -> None:
        ours.close()
        process.wait()
        folder.cleanup()

    atexit.register(stop)
    return path


def main() -> None:
    """Fork a process for each client, until whoever started this one is gone."""
    _prepare()
    life, listener = (socket.socket(fileno=int(number)) for number in sys.argv[1:])
    while life not in select([life, listener], [], [])[0]:
        # One that has just ended is kept until the next is wanted: whoever asked for it must find it.
        with suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        client, _ = listener.accept()
        if not os.fork():
            life.close()
            listener.close()
            _attend(client)
        client.close()


def _attend(client: socket.socket) -> NoReturn:
    message, handles, *_ = socket.recv_fds(client, _MOST, 3)
    told = json.loads(message)
    (parent, *_) = unpack("3i", client.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))
    if "program" in told:
        be_of(parent)
        client.send(b"%d" % os.getpid())
        client.close()
        _become(handles[0], **told)
    attend(client, parent, handles, told)


def _prepare() -> None:
    """Import what commands do, and read a report: what is loaded once is there then."""
    from extractor.batch import result_parts, worker  # noqa: F401
    from extractor.batch.reading import Content, content_of, read_content
    from extractor.commands import app, check, extract, rules  # noqa: F401
    from extractor.forms import FormSet
    from extractor.llm import client  # noqa: F401
    from extractor.review import page_process  # noqa: F401

    content = content_of(str(load_case("longting-2023").path), None)
    assert isinstance(content, Content)
    read_content(content, "report", FormSet.from_files([], []))
    gc.freeze()


def _become(
    end: int, program: str, arguments: list[str], environment: dict[str, str], folder: str
) -> NoReturn:
    """Be another program from here on."""
    code = 1
    try:
        os.setsid()
        os.dup2(end, _NUMBER)
        os.close(end)
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in range(3):
            os.dup2(nowhere, stream)
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(environment)
        sys.path[:] = environment["PYTHONPATH"].split(os.pathsep)
        sys.argv[1:] = arguments
        runpy.run_module(program, run_name="__main__", alter_sys=True)
        code = 0
    except SystemExit as error:
        code = error.code if isinstance(error.code, int) else 1
    finally:
        os._exit(code)


if __name__ == "__main__":
    main()
