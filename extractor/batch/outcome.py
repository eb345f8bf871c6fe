"""What comes of a file in a batch: its reports, or why there are none."""

from __future__ import annotations

import json
from collections.abc import Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from extractor.errors import (
    GongkaiError,
    InternalError,
    MissingProgramError,
    NoReportError,
    TooLargeError,
    UnknownFormatError,
    UnreadableError,
)
from rules.words import Bilingual

# How many seconds a file that took too long has to end in order, before its process is killed.
GRACE = 5.0


class FailureKind(StrEnum):
    """Why a file gave no report.

    ``no_report``: it was read, and holds none · ``unknown_format``: it is of no format that is read ·
    ``unreadable``: it can't be opened, is damaged or encrypted · ``too_large``: for a report ·
    ``missing_program``: what reads it isn't installed · ``too_slow``, ``too_much_memory``: it reached a limit
    of the run · ``crashed``: the process that read it ended · ``bug``: gongkai failed.
    """

    NO_REPORT = "no_report"
    UNKNOWN_FORMAT = "unknown_format"
    UNREADABLE = "unreadable"
    TOO_LARGE = "too_large"
    MISSING_PROGRAM = "missing_program"
    TOO_SLOW = "too_slow"
    TOO_MUCH_MEMORY = "too_much_memory"
    CRASHED = "crashed"
    BUG = "bug"


# The kind of each error, the narrower before the wider.
_KINDS: tuple[tuple[type[GongkaiError], FailureKind], ...] = (
    (NoReportError, FailureKind.NO_REPORT),
    (UnknownFormatError, FailureKind.UNKNOWN_FORMAT),
    (UnreadableError, FailureKind.UNREADABLE),
    (TooLargeError, FailureKind.TOO_LARGE),
    (MissingProgramError, FailureKind.MISSING_PROGRAM),
)


class Failure(NamedTuple):
    """Why a file gave no report.

    Attributes:
        kind: of the cause.
        message: for the reader, with what to do next.
    """

    kind: FailureKind
    message: Bilingual

    @classmethod
    def of(cls, error: GongkaiError) -> Failure:
        """The failure that an error is."""
        kind = next((kind for known, kind in _KINDS if isinstance(error, known)), FailureKind.BUG)
        return cls(kind, error.message)

    def as_json(self) -> list[str]:
        """What :meth:`from_json` takes."""
        return [self.kind, self.message.zh, self.message.en]

    @classmethod
    def from_json(cls, value: Sequence[str]) -> Failure:
        """The failure that was written so.

        Raises:
            ValueError: if it is none.
        """
        kind, zh, en = value
        return cls(FailureKind(kind), Bilingual(zh=zh, en=en))


class Limits(NamedTuple):
    """The most that the reading of one file may take.

    Attributes:
        seconds: of time.
        megabytes: of memory, of the process that reads it; where the system limits it, as Linux does.
    """

    seconds: float
    megabytes: int

    def too_slow(self, name: str) -> Failure:
        """That a file took longer.

        Args:
            name: what messages call it.
        """
        return Failure(
            FailureKind.TOO_SLOW,
            Bilingual(
                zh=f"{name} 在 {self.seconds:g} 秒内未能读完。请检查该文件，或用 --timeout 放宽时限后再试。",
                en=f"{name} was not read within {self.seconds:g} seconds; look at the file, or give it more "
                "time with --timeout",
            ),
        )

    def too_much_memory(self, name: str) -> Failure:
        """That a file took more memory.

        Args:
            name: what messages call it.
        """
        return Failure(
            FailureKind.TOO_MUCH_MEMORY,
            Bilingual(
                zh=f"读取 {name} 所需内存超过 {self.megabytes} MB。请检查该文件，或用 --memory 放宽后再试。",
                en=f"reading {name} takes more than {self.megabytes} MB of memory; look at the file, or "
                "allow more with --memory",
            ),
        )


def crashed(name: str) -> Failure:
    """That the process which read a file ended.

    Args:
        name: what messages call the file.
    """
    return Failure(
        FailureKind.CRASHED,
        Bilingual(
            zh=f"读取 {name} 的进程意外结束。请检查该文件和剩余内存，用 --retry 再试。",
            en=f"the process that read {name} ended; look at the file and the memory that is left, and try "
            "again with --retry",
        ),
    )


def failure_of(error: GongkaiError, name: str, limits: Limits) -> Failure:
    """The failure that an error is; memory that ran out is the limit that was reached.

    Args:
        error: that ended the reading of a file.
        name: what messages call the file.
        limits: within which it was read.
    """
    if isinstance(error, InternalError) and isinstance(error.__cause__, MemoryError):
        return limits.too_much_memory(name)
    return Failure.of(error)


class ReportFacts(NamedTuple):
    """What is known of a report without opening its result again.

    Attributes:
        organ, year: as the report states them; None if it doesn't.
        verdict: the value of it.
        text: a digest of the report's text, without blanks.
        figures: a digest of its figures, each with its address; None if there are too few to tell.
        wording: the signature of its own text (:mod:`extractor.batch.wording`); None if that is too short.
    """

    organ: str | None
    year: str | None
    verdict: str
    text: str
    figures: str | None
    wording: str | None = None


class Outcome(NamedTuple):
    """What came of the content of a file.

    Attributes:
        seconds: that reading it took.
        reports: of each report in it, in the order of the page.
        failure: why there are none; None if there are.
        text_size: how many bytes of the results, at their end, have the reports' own text.
    """

    seconds: float
    reports: tuple[ReportFacts, ...] = ()
    failure: Failure | None = None
    text_size: int = 0

    def as_json(self) -> dict[str, Any]:
        """What :meth:`from_json` takes."""
        value: dict[str, Any] = {"seconds": round(self.seconds, 4)}
        if self.failure is not None:
            return {**value, "failure": self.failure.as_json()}
        return {**value, "reports": [list(facts) for facts in self.reports], "text_size": self.text_size}

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Outcome:
        """The outcome that was written so; what else stands there is passed over.

        Raises:
            ValueError: if it is none.
            KeyError: likewise.
            TypeError: likewise.
        """
        failure = value.get("failure")
        return cls(
            value["seconds"],
            tuple(ReportFacts(*facts) for facts in value.get("reports", ())),
            None if failure is None else Failure.from_json(failure),
            value.get("text_size", 0),
        )


def as_line(value: object) -> bytes:
    """A value as one line of JSON; a name that isn't UTF-8 is kept as it is."""
    return json.dumps(value, separators=(",", ":")).encode() + b"\n"
