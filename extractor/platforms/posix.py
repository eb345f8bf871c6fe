"""Linux, macOS and other Unix systems."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from select import select
from types import FrameType
from typing import IO, TYPE_CHECKING, NoReturn

from extractor.platforms.system import Bounds, ConnectedCommand

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

# The shell sets the limits and then becomes the program; where it can't set one, it goes on without.
_LIMITED = 'ulimit -v "$1"; ulimit -f "$2"; shift 2; exec "$@"'
_OFFICE = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "~/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "/usr/lib/libreoffice/program/soffice",
    "/snap/bin/libreoffice",
)


class PosixProgram:
    """A program that leads a session: all that it starts is ended with it."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process

    def wait(self, seconds: float) -> None:
        """Wait for its end; TimeoutExpired if that doesn't come in time."""
        self._process.wait(seconds)

    def ask_to_end(self) -> None:
        """By SIGTERM."""
        self._process.terminate()

    def end(self) -> None:
        """By SIGKILL, to all of the session."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


class Posix:
    """What Unix systems have in common; :class:`extractor.platforms.system.System` says what each does."""

    def start(
        self, command: Sequence[str], bounds: Bounds, folder: Path, output: int | IO[bytes]
    ) -> PosixProgram:
        """By the shell, which sets the limits."""
        limits = [str(bounds.megabytes * 1024), str(bounds.megabytes_of_a_file * 2048)]
        return PosixProgram(
            subprocess.Popen(  # noqa: S603 - no word of the command is parsed by the shell
                ["/bin/sh", "-c", _LIMITED, "gongkai", *limits, *command],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.DEVNULL,
                cwd=folder,
                env={"PATH": os.environ.get("PATH", os.defpath), "HOME": str(folder), "TMPDIR": str(folder)},
                start_new_session=True,
            )
        )

    def start_connected(
        self, command: ConnectedCommand, environment: Mapping[str, str]
    ) -> tuple[PosixProgram, Connection]:
        """By a pair of sockets; Ctrl-C is for us alone."""
        from multiprocessing.connection import Connection

        ours, theirs = socket.socketpair()
        with theirs:
            process = subprocess.Popen(  # noqa: S603 - our own program
                command(theirs.fileno()),
                env=environment,
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        return PosixProgram(process), Connection(ours.detach())

    def connection(self, number: int) -> Connection:
        """The socket of this number."""
        from multiprocessing.connection import Connection

        return Connection(number)

    def limit_memory(self, megabytes: int, *, is_address_space: bool = False) -> None:
        """By a resource limit; macOS refuses some, and there is none then."""
        import resource

        kind = resource.RLIMIT_AS if is_address_space else resource.RLIMIT_DATA
        _, most = resource.getrlimit(kind)
        size = megabytes * 1024 * 1024
        size = size if most == resource.RLIM_INFINITY else min(size, most)
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (size, size if is_address_space else most))

    @contextmanager
    def alarm(self, seconds: float, error: type[BaseException]) -> Iterator[None]:
        """By a timer of the system."""

        def give_up(_signal: int, _frame: FrameType | None) -> NoReturn:
            raise error

        before = signal.signal(signal.SIGALRM, give_up)
        signal.setitimer(signal.ITIMER_REAL, seconds)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)

    def lock(self, stream: IO[bytes]) -> None:
        """By flock; BlockingIOError if another process has it."""
        import fcntl

        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)

    @contextmanager
    def locked_folder(self, folder: Path) -> Iterator[None]:
        """The folder itself is locked: nothing is left in it."""
        import fcntl

        handle = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    def piped(self, name: str, most: int, patience: float) -> bytes | None:
        """Opened so that nobody waits forever for one who writes."""
        pipe = os.open(name, os.O_RDONLY | os.O_NONBLOCK)
        try:
            return _read_all(pipe, most, patience)
        finally:
            os.close(pipe)

    def reachable(self, path: str) -> str:
        """The path: its length is no matter."""
        return path

    def cores(self) -> int:
        """Those that this process is held to, on Linux."""
        return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

    def office_programs(self) -> Sequence[Path]:
        """The places of macOS, Debian and snaps, and /opt, where LibreOffice's own packages go."""
        newest_first = sorted(Path("/opt").glob("libreoffice*/program/soffice"), reverse=True)
        return [*(Path(place).expanduser() for place in _OFFICE), *newest_first]

    def powershell(self) -> str | None:
        """There is no COM."""
        return None


def _read_all(pipe: int, most: int, patience: float) -> bytes | None:
    """Everything that is written to a pipe, or the first of it; None if nobody writes."""
    data, has_writer, has_waited = bytearray(), False, False
    while len(data) <= most:
        try:
            chunk = os.read(pipe, most)
        except BlockingIOError:
            # Somebody has it open, and may take any time.
            has_writer = True
            select([pipe], [], [])
            continue
        if chunk:
            data += chunk
            has_writer = True
        elif has_writer or has_waited:
            break
        else:
            select([pipe], [], [], patience)
            has_waited = True
    return bytes(data) if has_writer else None
