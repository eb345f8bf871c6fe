"""The process that reads what is sent to the service, one file after the other, within limits.

It says that it is ready. Then it takes a name and a language as JSON, and the bytes of a file. It answers in
JSON why that can't be read, or how many reports it holds; in the latter case there follow of each its result
as JSON and its page as HTML.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from extractor.batch.outcome import Failure, FailureKind, Limits, as_line, failure_of
from extractor.errors import GongkaiError, bugs_reported
from extractor.forms import FormSet
from extractor.platforms.here import HERE
from extractor.review.writing import Reviewing

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

# After these the process had better not go on.
_BROKEN = {FailureKind.TOO_SLOW, FailureKind.TOO_MUCH_MEMORY}


class _TooSlowError(BaseException):
    """The time for a file is up; nothing that catches errors stops it."""


def main() -> None:
    """Read files until the other side closes."""
    given = json.loads(sys.argv[1])
    limits = Limits(given["seconds"], given["megabytes"])
    forms = FormSet.from_files(given["forms"], given["rules"])
    with HERE.connection(given["connection"]) as connection:
        HERE.limit_memory(limits.megabytes)
        connection.send_bytes(as_line({"is_ready": True}))
        is_sound = True
        while is_sound:
            try:
                task = json.loads(connection.recv_bytes())
                data = connection.recv_bytes()
            except EOFError:
                return
            is_sound = _answer(connection, data, task["name"], Reviewing(forms, task["language"]), limits)


def _answer(connection: Connection, data: bytes, name: str, reviewing: Reviewing, limits: Limits) -> bool:
    """Read a file and answer; whether the process can go on."""
    try:
        with HERE.alarm(limits.seconds, _TooSlowError), bugs_reported(name):
            read = reviewing.read_content(data, name)
            pages = [reviewing.page(read, number) for number in range(1, len(read.reports) + 1)]
            results = [report.extraction.model_dump_json() for report in read.reports]
    except _TooSlowError:
        failure = limits.too_slow(name)
    except GongkaiError as error:
        failure = failure_of(error, name, limits)
    except MemoryError:  # of what tells an error, as there was no memory left for it
        failure = limits.too_much_memory(name)
    else:
        connection.send_bytes(as_line({"reports": len(results)}))
        for result, page in zip(results, pages, strict=True):
            connection.send_bytes(result.encode())
            connection.send_bytes(page.encode())
        return True
    return _refuse(connection, failure)


def _refuse(connection: Connection, failure: Failure) -> bool:
    connection.send_bytes(as_line({"failure": failure.as_json()}))
    return failure.kind not in _BROKEN


if __name__ == "__main__":
    main()
