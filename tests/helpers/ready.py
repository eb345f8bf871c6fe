"""The program as a process that is ready at once: forked, with the streams of the command that stands for it.

It has the arguments, the environment, the folder and the standard streams that this command was started
with, gets the signals that this is sent, and ends it as it ends. What only Python's own start shows, as what
its variables do (``PYTHONIOENCODING``), it doesn't show; nor is it killed with its command. For that there is
:data:`PROGRAM`. What it starts is forked as well.
"""

from __future__ import annotations

import io
import os
import socket
import sys
from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, NoReturn, TextIO

from tests.helpers.processes import be_of

#: The program as users start it.
PROGRAM = (sys.executable, "-m", "extractor")
_CLIENT = Path(__file__).with_name("ready_client.py")
_NAMES = ("stdin", "stdout", "stderr")


def ready_program() -> tuple[str, ...]:
    """The command that stands for :data:`PROGRAM`; on other systems than Linux, that itself."""
    if sys.platform != "linux":
        return PROGRAM
    from tests.helpers.forking import address

    return (sys.executable, "-I", "-S", str(_CLIENT), address())


def attend(client: socket.socket, command: int, handles: list[int], told: Mapping[str, Any]) -> NoReturn:
    """Be, from here on, between a program and its client: tell that its process, and how it ended.

    Args:
        client: the connection to it.
        command: its process, the command that the program stands for.
        handles: its streams.
        told: what else it was started with.
    """
    program = os.fork()
    if not program:
        client.close()
        be_of(command)
        _become(handles, **told)
    for handle in handles:
        os.close(handle)
    client.send(b"%d" % program)
    status = os.waitstatus_to_exitcode(os.waitpid(program, 0)[1])
    with suppress(OSError):
        client.send(b"%d" % status)
    os._exit(0)


def _become(
    handles: list[int],
    server: str,
    streams: list[int],
    arguments: list[str],
    environment: dict[str, str],
    folder: str,
) -> NoReturn:
    """Be the program, as Python begins it."""
    code = 1
    try:
        for number in range(3):
            with suppress(OSError):
                os.close(number)
        for handle, number in zip(handles, streams, strict=True):
            os.dup2(handle, number)
        for handle in handles:
            os.close(handle)
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(environment)
        for number, name in enumerate(_NAMES):
            setattr(sys, name, _stream(number) if number in streams else None)
        sys.argv[:] = ["gongkai", *arguments]
        from extractor.commands.app import main
        from extractor.platforms.here import HERE
        from tests.helpers.forking import start_forked_at

        vars(HERE)["start_connected"] = partial(start_forked_at, server)
        main()
        code = 0
    except SystemExit as error:
        code = error.code if isinstance(error.code, int) else int(error.code is not None)
    finally:
        for stream in (sys.stdout, sys.stderr):
            with suppress(Exception):
                stream.flush()
        os._exit(code)


def _stream(number: int) -> TextIO:
    raw = io.FileIO(number, "rb" if number == 0 else "wb", closefd=False)
    if number == 0:
        return io.TextIOWrapper(io.BufferedReader(raw), "utf-8", "surrogateescape")
    return io.TextIOWrapper(io.BufferedWriter(raw), "utf-8", line_buffering=number == 2 or raw.isatty())
