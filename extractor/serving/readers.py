"""The processes that read what is sent: so many at once, and no more than a few requests wait for one."""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from contextlib import suppress
from typing import NamedTuple

from extractor.batch.outcome import Failure, FailureKind, Limits, as_line
from extractor.platforms.here import HERE
from extractor.processes import command_of, environment
from rules.words import Bilingual, Language

_PROGRAM = "extractor.serving.worker"
# How many seconds a file that took too long has to end in order, and a process to start.
_GRACE, _START = 5.0, 60.0
# So many requests may wait for each process.
_WAITING = 4


class BusyError(Exception):
    """More requests wait than may."""


class ReadFile(NamedTuple):
    """What came of a file.

    Attributes:
        results: of each report in it, as JSON.
        pages: the page of each, as HTML.
    """

    results: tuple[str, ...]
    pages: tuple[str, ...]


class Readers:
    """Reads files in processes of their own, by several threads at once.

    Args:
        jobs: how many files at once.
        limits: of reading one.
        forms: the paths of files with forms of one's own.
        rules: of files with rules to add, and names by which installed packages offer some.
    """

    def __init__(self, jobs: int, limits: Limits, forms: Sequence[str], rules: Sequence[str] = ()) -> None:
        self._limits = limits
        self._given = {**limits._asdict(), "forms": list(forms), "rules": list(rules)}
        self._free = threading.BoundedSemaphore(jobs)
        self._room = threading.BoundedSemaphore(jobs * (1 + _WAITING))
        self._idle: list[_Reader] = []
        self._lock = threading.Lock()

    def read(self, data: bytes, name: str, language: Language) -> ReadFile | Failure:
        """Read a file.

        Args:
            data: its bytes.
            name: what messages call it.
            language: that its pages are shown in at first.

        Raises:
            BusyError: if too many others wait.
        """
        if not self._room.acquire(blocking=False):
            raise BusyError
        try:
            with self._free:
                return self._read(data, name, language)
        finally:
            self._room.release()

    def close(self) -> None:
        """End all processes."""
        with self._lock:
            for reader in self._idle:
                reader.end()
            self._idle.clear()

    def _read(self, data: bytes, name: str, language: Language) -> ReadFile | Failure:
        with self._lock:
            reader = self._idle.pop() if self._idle else None
        reader = reader or _Reader(self._given)
        is_sound = False
        try:
            found = reader.read(data, name, language, self._limits.seconds + _GRACE)
            is_sound = isinstance(found, ReadFile) or found.kind not in (
                FailureKind.TOO_SLOW,
                FailureKind.TOO_MUCH_MEMORY,
            )
        except TimeoutError:
            found = self._limits.too_slow(name)
        except (EOFError, OSError, ValueError, KeyError):
            found = _ended(name)
        finally:
            if is_sound:
                with self._lock:
                    self._idle.append(reader)
            else:
                reader.end()
        return found


class _Reader:
    """A process that reads."""

    def __init__(self, given: dict[str, object]) -> None:
        self._program, self._connection = HERE.start_connected(
            lambda number: [*command_of(_PROGRAM), as_line({**given, "connection": number}).decode()],
            environment(),
        )
        self._is_ready = False

    def read(self, data: bytes, name: str, language: Language, seconds: float) -> ReadFile | Failure:
        """Have it read a file; TimeoutError if that takes longer, EOFError or OSError if it ends."""
        if not self._is_ready:
            self._heard(_START)
            self._is_ready = True
        self._connection.send_bytes(as_line({"name": name, "language": language}))
        self._connection.send_bytes(data)
        answer = json.loads(self._heard(seconds))
        if "failure" in answer:
            return Failure.from_json(answer["failure"])
        both = [
            (self._heard(_GRACE).decode(), self._heard(_GRACE).decode()) for _ in range(answer["reports"])
        ]
        return ReadFile(tuple(result for result, _ in both), tuple(page for _, page in both))

    def _heard(self, seconds: float) -> bytes:
        if not self._connection.poll(seconds):
            raise TimeoutError
        return self._connection.recv_bytes()

    def end(self) -> None:
        """End it and all that it has started."""
        with suppress(OSError):
            self._connection.close()
        self._program.end()


def _ended(name: str) -> Failure:
    return Failure(
        FailureKind.CRASHED,
        Bilingual(
            zh=f"读取 {name} 的进程意外结束。请检查该文件，稍后再试。",
            en=f"the process that read {name} ended; look at the file, and try again later",
        ),
    )
