"""The process that reads the files of a batch, one after the other, within limits of time and memory.

What it makes of a content is results; :func:`serve` has a process make something else of it, as pages to look
at, within the same limits.

It says that it is ready. Then it takes a file's path, and answers with a digest of its content; is told
whether that is still to be read; and answers with what came of it. An archive it answers with the files in
it, which are read like others. Messages are JSON, each result a message of bytes behind its own: a process
that opens other people's files is believed no pickle.

A file that takes too long is given up from within, so that temporary files go and programs that were started
for it end; then the process ends, as it may have been interrupted anywhere. What doesn't come back to Python
is ended by the process that waits for the answer, or, if that is gone, by the watchdog.
"""

from __future__ import annotations

import faulthandler
import gc
import json
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import IO, TYPE_CHECKING, Any, NoReturn, TypeAlias, TypeVar

from extractor.batch.outcome import GRACE, Failure, FailureKind, Limits, Outcome, as_line, failure_of
from extractor.batch.reading import Content, content_of, read_content
from extractor.errors import GongkaiError, bugs_reported
from extractor.forms import FormSet
from extractor.platforms.here import HERE

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

# Cycles of objects are looked for when so many more were made than dropped: a report leaves few.
_ALLOCATIONS = 20_000
# What leaves a process that had better not go on.
_BROKEN = {FailureKind.TOO_SLOW, FailureKind.TOO_MUCH_MEMORY}

_Result = TypeVar("_Result")

# What comes of a content: of it, what messages call it, forms, and what was told of it besides.
MakesOutcome: TypeAlias = Callable[[Content, str, FormSet, Any], tuple[Outcome, bytes]]


class _TooSlowError(BaseException):
    """The time for a file is up; nothing that catches errors stops it."""


def main() -> None:
    """Read files until the other side closes."""
    serve(lambda content, name, forms, _about: read_content(content, name, forms))


def serve(make: MakesOutcome) -> None:
    """Make something of files until the other side closes.

    Args:
        make: what that is.
    """
    given = json.loads(sys.argv[1])
    limits = Limits(given["seconds"], given["megabytes"])
    with HERE.connection(given["connection"]) as connection, open(os.devnull, "wb") as nowhere:
        forms = FormSet.from_files(given["forms"], given["rules"])
        reader = _FileReader(connection, forms, limits, given["files"], nowhere, make)
        signal.signal(signal.SIGTERM, _end)
        HERE.limit_memory(limits.megabytes)
        gc.freeze()
        gc.set_threshold(_ALLOCATIONS)
        connection.send_bytes(as_line({"is_ready": True}))
        while reader.is_sound:
            try:
                task = json.loads(connection.recv_bytes())
            except EOFError:
                return
            reader.read(**task)


def _end(_signal: int, _frame: FrameType | None) -> NoReturn:
    sys.exit(128 + signal.SIGTERM)


class _FileReader:
    """What reads one file after another, and answers.

    Attributes:
        is_sound: whether the process can go on: it wasn't interrupted, memory didn't run out, and it has
            read no more files than it should.
    """

    def __init__(
        self,
        connection: Connection,
        forms: FormSet,
        limits: Limits,
        files: int,
        nowhere: IO[bytes],
        make: MakesOutcome,
    ) -> None:
        self.is_sound = True
        self._connection = connection
        self._forms = forms
        self._limits = limits
        self._files_left = files
        self._nowhere = nowhere
        self._make = make

    def read(self, path: str, member: str | None, name: str, about: Any = None) -> None:
        """Read a file, and answer.

        Args:
            path: of the file on disk.
            member: its path in the archive that ``path`` is; None if it is a file itself.
            name: what results and messages call it.
            about: what is told of it besides; None for nothing.
        """
        begun = time.perf_counter()
        content = self._guarded(name, lambda: content_of(path, member))
        if isinstance(content, Failure):
            self._answer(failure=content.as_json())
            return
        if not isinstance(content, Content):
            self._answer(members=content)
            return
        self._answer(content=content.digest)
        if not json.loads(self._connection.recv_bytes()):
            return
        read = self._guarded(name, lambda: self._make(content, name, self._forms, about))
        if isinstance(read, Failure):
            read = Outcome(0.0, failure=read), b""
        self._files_left -= 1
        self.is_sound = self.is_sound and self._files_left > 0
        outcome, results = read
        self._answer(outcome=outcome._replace(seconds=time.perf_counter() - begun).as_json())
        self._connection.send_bytes(results)

    def _answer(self, **message: Any) -> None:
        self._connection.send_bytes(as_line({**message, "is_last": not self.is_sound}))

    def _guarded(self, name: str, work: Callable[[], _Result]) -> _Result | Failure:
        """What some work on a file gives, or why it gives nothing."""
        try:
            with self._timed(), bugs_reported(name):
                return work()
        except _TooSlowError:
            failure = self._limits.too_slow(name)
        except GongkaiError as error:
            failure = failure_of(error, name, self._limits)
        except MemoryError:  # of what tells an error, as there was no memory left for it
            failure = self._limits.too_much_memory(name)
        self.is_sound = failure.kind not in _BROKEN
        return failure

    @contextmanager
    def _timed(self) -> Iterator[None]:
        """Within it, time runs."""
        seconds = self._limits.seconds
        # If nobody is left who would kill this process, it ends itself.
        faulthandler.dump_traceback_later(seconds + 2 * GRACE, exit=True, file=self._nowhere)
        try:
            with HERE.alarm(seconds, _TooSlowError):
                yield
        finally:
            faulthandler.cancel_dump_traceback_later()


if __name__ == "__main__":
    main()
