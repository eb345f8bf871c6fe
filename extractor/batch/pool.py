"""The processes that read the files of a batch: each within limits, replaced when it ends.

No file holds up another, and none ends the run: a process that takes too long or dies over a file costs this
file, and another takes its place.
"""

from __future__ import annotations

import json
import subprocess
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from multiprocessing.connection import wait
from typing import Any, NamedTuple, TypeAlias

from extractor.batch.files import FileToRead
from extractor.batch.outcome import GRACE, Failure, Limits, Outcome, as_line, crashed
from extractor.errors import InternalError
from extractor.platforms.here import HERE
from extractor.processes import command_of, environment

_PROGRAM = "extractor.batch.worker"
# How often the loop turns although nothing happened, in seconds.
_TURN = 0.2
# How long a process that is no longer needed has to end in order.
_PATIENCE = 3.0
# A process grows by 15 MB while it reads so many, from 65; to start another takes as long as thirty of them.
_FILES_OF_A_PROCESS = 1000


class Members(NamedTuple):
    """That a file is an archive.

    Attributes:
        file: the archive.
        members: the paths in it of its files.
    """

    file: FileToRead
    members: tuple[str, ...]


class Content(NamedTuple):
    """What a file holds, before it is read.

    Attributes:
        file: any file but an archive.
        digest: of its bytes.
        is_being_read: whether this file is read now: its content isn't known, nor read elsewhere.
    """

    file: FileToRead
    digest: str
    is_being_read: bool


class Read(NamedTuple):
    """What came of the content of a file.

    Attributes:
        file: that it was read from.
        digest: of the content; None if it came to no digest.
        outcome: of reading it.
        results: the results as lines of JSON and, behind them, the reports' own text, compressed; empty if
            there are none.
    """

    file: FileToRead
    digest: str | None
    outcome: Outcome
    results: bytes = b""


Event: TypeAlias = Members | Content | Read


class Pool:
    """Processes that read files.

    Args:
        jobs: how many.
        limits: of reading one file.
        forms: the paths of files with forms of one's own.
        rules: of files with rules to add, and names by which installed packages offer some.
        is_known: whether a content with this digest needn't be read.
        files: so many are read by one process, before another takes its place: what libraries keep of each
            adds up.
        program: the module that reads them, which serves as :mod:`extractor.batch.worker` does.
        about: what that is told of a file besides, as JSON has it; None for nothing.
    """

    def __init__(
        self,
        jobs: int,
        limits: Limits,
        forms: Sequence[str],
        is_known: Callable[[str], bool],
        *,
        rules: Sequence[str] = (),
        files: int = _FILES_OF_A_PROCESS,
        program: str = _PROGRAM,
        about: Callable[[FileToRead], object] | None = None,
    ) -> None:
        self._program, self._about = program, about
        self._jobs = jobs
        self._limits = limits
        self._is_known = is_known
        self._given = {**limits._asdict(), "forms": list(forms), "rules": list(rules), "files": files}
        self._workers: list[_Worker] = []
        # What comes before other files: those in archives, and one whose process ended.
        self._first: deque[FileToRead] = deque()
        # The file of which each content is being read; the same content elsewhere isn't.
        self._reading: dict[str, str] = {}

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        """End all processes, first in order, so that they remove what they have in the way of files."""
        _end(self._workers)
        self._workers = []

    def read(self, files: Iterable[FileToRead]) -> Iterator[Event | None]:
        """Read files, and the files in archives among them.

        Args:
            files: to read; taken as processes are free for them.

        Yields:
            What happened, in no certain order; None where nothing did for a while.

        Raises:
            InternalError: if a process can't even be started.
        """
        source = iter(files)
        while True:
            self._give_out(source)
            busy = [worker for worker in self._workers if worker.file is not None]
            if not busy:
                return
            events = list(self._events(busy))
            yield from events
            if not events:
                yield None

    def _give_out(self, source: Iterator[FileToRead]) -> None:
        """Give each process that is free a file, as long as there are any; start those that are missing."""
        free = [worker for worker in self._workers if worker.file is None]
        while free or len(self._workers) < self._jobs:
            file = self._first.popleft() if self._first else next(source, None)
            if file is None:
                return
            if not free:
                free.append(_Worker(self._program, self._given))
                self._workers += free
            free.pop().take(file, None if self._about is None else self._about(file))

    def _events(self, busy: Sequence[_Worker]) -> Iterator[Event]:
        ready = wait([worker.connection for worker in busy], _TURN)
        for worker in busy:
            file = worker.file
            if file is None:
                continue
            if worker.connection in ready:
                yield from self._heard(worker, file)
            elif worker.seconds > self._limits.seconds + GRACE:
                yield self._lost(worker, file, self._limits.too_slow(file.name))

    def _heard(self, worker: _Worker, file: FileToRead) -> Iterator[Event]:
        try:
            answer = worker.heard()
            if answer.get("is_ready"):
                worker.is_ready()
                return
            event = self._event(answer, worker, file)
        except (EOFError, OSError, ValueError, KeyError, TypeError):
            yield from self._ended(worker, file)
            return
        if answer["is_last"]:
            self._workers.remove(worker)
            worker.kill()
        yield event

    def _event(self, answer: dict[str, Any], worker: _Worker, file: FileToRead) -> Event:
        if "content" in answer:
            digest = answer["content"]
            is_wanted = not self._is_known(digest) and self._reading.setdefault(digest, file.key) == file.key
            worker.go_on(digest, is_wanted=is_wanted)
            return Content(file, digest, is_being_read=is_wanted)
        worker.file = None
        if "members" in answer:
            members = tuple(answer["members"])
            self._first.extend(file.inside(members))
            return Members(file, members)
        if "failure" in answer:
            return Read(file, None, Outcome(0.0, failure=Failure.from_json(answer["failure"])))
        outcome, results = Outcome.from_json(answer["outcome"]), worker.connection.recv_bytes()
        self._reading.pop(worker.digest or "", None)
        return Read(file, worker.digest, outcome, results)

    def _ended(self, worker: _Worker, file: FileToRead) -> Iterator[Event]:
        """A process has ended over a file: that may be the fault of what it read before."""
        if not worker.was_ready:
            raise InternalError(
                "读取报告的进程无法启动。这是 gongkai 的缺陷，请报告。",
                "a process that reads reports can't be started; this is a bug: please report it",
            )
        if worker.files == 1:
            yield self._lost(worker, file, crashed(file.name))
            return
        self._first.appendleft(file)
        self._workers.remove(worker)
        worker.kill()

    def _lost(self, worker: _Worker, file: FileToRead, failure: Failure) -> Read:
        """End a process that is of no more use, and tell what that means for its file."""
        digest, seconds = worker.digest, worker.seconds
        self._reading.pop(digest or "", None)
        self._workers.remove(worker)
        worker.kill()
        return Read(file, digest, Outcome(seconds, failure=failure))


class _Worker:
    """A process, and what it is reading.

    Attributes:
        connection: to it.
        file: that it reads; None if it reads none.
        digest: of the content of that, once it is known.
        files: how many it has taken.
        was_ready: whether it has started.
    """

    def __init__(self, program: str, given: dict[str, Any]) -> None:
        self.file: FileToRead | None = None
        self.digest: str | None = None
        self.files = 0
        self.was_ready = False
        self._begun = 0.0
        self._program, self.connection = HERE.start_connected(
            lambda number: [*command_of(program), as_line({**given, "connection": number}).decode()],
            environment(),
        )

    @property
    def seconds(self) -> float:
        """How long it has been reading its file; starting isn't counted."""
        return time.monotonic() - self._begun if self.was_ready else 0.0

    def take(self, file: FileToRead, about: object) -> None:
        """Have it read a file.

        Args:
            file: to read.
            about: what it is told of it besides.
        """
        self.file, self.digest, self._begun = file, None, time.monotonic()
        self.files += 1
        self._say({"path": file.path, "member": file.member, "name": file.name, "about": about})

    def is_ready(self) -> None:
        """It has started, and begins to read its file."""
        self.was_ready, self._begun = True, time.monotonic()

    def go_on(self, digest: str, *, is_wanted: bool) -> None:
        """Have it read the content of its file, or be done with it.

        Args:
            digest: of the content.
            is_wanted: whether it is to be read.
        """
        self.digest = digest
        self._say(is_wanted)
        if not is_wanted:
            self.file = None

    def _say(self, message: object) -> None:
        """Send a message; that nobody hears it is noticed when the answer is waited for."""
        with suppress(OSError):
            self.connection.send_bytes(as_line(message))

    def heard(self) -> dict[str, Any]:
        """Its next message.

        Raises:
            EOFError: if it has ended.
            OSError: likewise.
            ValueError: if that isn't JSON.
        """
        message: dict[str, Any] = json.loads(self.connection.recv_bytes())
        return message

    def ask_to_end(self) -> None:
        """Have it end in order."""
        self.connection.close()
        self._program.ask_to_end()

    def kill(self) -> None:
        """End it now, and all that it has started."""
        self._program.end()
        self.connection.close()

    def wait_for_end(self, seconds: float) -> None:
        """Wait until it has ended, but only for so many seconds."""
        with suppress(subprocess.TimeoutExpired):
            self._program.wait(max(0.0, seconds))


def _end(workers: Sequence[_Worker]) -> None:
    for worker in workers:
        worker.ask_to_end()
    until = time.monotonic() + _PATIENCE
    for worker in workers:
        worker.wait_for_end(until - time.monotonic())
        worker.kill()
