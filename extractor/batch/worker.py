"""The process that reads the files of a batch, one after the other, within limits of time and memory.

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
import gzip
import json
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import IO, TYPE_CHECKING, Any, NamedTuple, NoReturn, TypeVar

from extractor.batch.archives import member_in, members_of
from extractor.batch.facts import facts_of
from extractor.batch.outcome import Failure, FailureKind, Limits, Outcome, as_line, failure_of
from extractor.batch.own_text import own_sentences
from extractor.decisions.honoured import Decisions
from extractor.decisions.kept import path_beside
from extractor.decisions.record import ENDING, digest_of, record_in
from extractor.documents.source import read_file
from extractor.errors import GongkaiError, bugs_reported
from extractor.forms import FormSet
from extractor.pipeline import read_reports
from extractor.platforms.here import HERE

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

# How many seconds a file that took too long has to end in order, before its process is killed.
GRACE = 5.0
# Cycles of objects are looked for when so many more were made than dropped: a report leaves few.
_ALLOCATIONS = 20_000
# What leaves a process that had better not go on.
_BROKEN = {FailureKind.TOO_SLOW, FailureKind.TOO_MUCH_MEMORY}

# Of gzip: it costs half a millisecond, and makes a tenth of the size of it.
_COMPRESSION = 1
_Result = TypeVar("_Result")


class _TooSlowError(BaseException):
    """The time for a file is up; nothing that catches errors stops it."""


def main() -> None:
    """Read files until the other side closes."""
    given = json.loads(sys.argv[1])
    limits = Limits(given["seconds"], given["megabytes"])
    with HERE.connection(given["connection"]) as connection, open(os.devnull, "wb") as nowhere:
        reader = _FileReader(connection, FormSet.from_files(given["forms"]), limits, given["files"], nowhere)
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
        self, connection: Connection, forms: FormSet, limits: Limits, files: int, nowhere: IO[bytes]
    ) -> None:
        self.is_sound = True
        self._connection = connection
        self._forms = forms
        self._limits = limits
        self._files_left = files
        self._nowhere = nowhere

    def read(self, path: str, member: str | None, name: str) -> None:
        """Read a file, and answer.

        Args:
            path: of the file on disk.
            member: its path in the archive that ``path`` is; None if it is a file itself.
            name: what results and messages call it.
        """
        begun = time.perf_counter()
        content = self._guarded(name, lambda: _content(path, member))
        if isinstance(content, Failure):
            self._answer(failure=content.as_json())
            return
        if not isinstance(content, _Content):
            self._answer(members=content)
            return
        self._answer(content=content.digest)
        if not json.loads(self._connection.recv_bytes()):
            return
        read = self._guarded(name, lambda: _read(content, name, self._forms))
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


class _Content(NamedTuple):
    """What there is to read.

    Attributes:
        source: the bytes of a file.
        decisions: those of the file of decisions beside it; None if there is none.
    """

    source: bytes
    decisions: bytes | None = None

    @property
    def digest(self) -> str:
        """What tells it from any other: what people decided is a part of it."""
        digest = digest_of(self.source)
        return digest if self.decisions is None else digest_of(digest.encode() + self.decisions)


def _content(path: str, member: str | None) -> _Content | list[str]:
    """What a file holds; of an archive, the names of the files in it."""
    if member is not None:
        return _Content(member_in(path, member))
    if members := members_of(path):
        return members
    beside = path_beside(Path(path))
    return _Content(read_file(path), read_file(beside) if beside.exists() else None)


def _read(content: _Content, name: str, forms: FormSet) -> tuple[Outcome, bytes]:
    """What comes of the content of a file: facts, and the results and the reports' own text, compressed."""
    decisions: Decisions | None = None
    if content.decisions is not None:
        record = record_in(content.decisions, f"{name}{ENDING}")
        decisions = Decisions(record, digest_of(content.source))
    reports = read_reports(content.source, forms=forms, name=name, decisions=decisions)
    lines = "".join(report.extraction.model_dump_json() + "\n" for report in reports)
    own = [own_sentences(report) for report in reports]
    results, text = _compressed(lines.encode("utf-8")), _compressed(b"".join(map(as_line, own)))
    facts = tuple(facts_of(*pair) for pair in zip(reports, own, strict=True))
    return Outcome(0.0, facts, text_size=len(text)), results + text


def _compressed(data: bytes) -> bytes:
    return gzip.compress(data, _COMPRESSION, mtime=0)


if __name__ == "__main__":
    main()
