"""Reading the database without touching it.

diskcache writes its settings whenever it opens a folder, even only to read. So what is only read, is read
past it: a replay changes nothing on disk, works from a read-only folder, and waits for no writer.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from cache.problems import DamagedReplyError

DATABASE = "cache.db"
# How many seconds a locked database is waited for; writing a reply takes well under a millisecond.
PATIENCE = 10.0


def find_reply(folder: Path, key: str) -> str | None:
    """The reply kept under a key; None if there is none.

    Raises:
        FAULTS: if it can't be read, or something else is kept under the key.
    """
    from cache.disk import ReplyDisk

    row = _first(folder, "SELECT mode, filename, value FROM Cache WHERE key = ? AND raw = 1", (key,))
    if row is None:
        return None
    mode, filename, value = row
    text = ReplyDisk(str(folder)).fetch(mode, filename, value, read=False)
    # A damaged index can lead to the reply to another question, whose checksum is right.
    kept_key, _, reply = text.partition("\n")
    if kept_key != key:
        raise DamagedReplyError("a reply stands under the key of another")
    return reply


def count_replies(folder: Path) -> int:
    """How many replies are kept.

    Raises:
        FAULTS: if the database can't be read.
    """
    row = _first(folder, "SELECT count(*) FROM Cache")
    return row[0] if row is not None else 0


def database_files(folder: Path) -> list[Path]:
    """The files of the database that exist.

    Raises:
        OSError: if the system doesn't tell.
    """
    candidates = [folder / (DATABASE + ending) for ending in ("", "-wal", "-shm", "-journal")]
    return [path for path in candidates if _size(path) is not None]


def _first(folder: Path, query: str, values: tuple[Any, ...] = ()) -> tuple[Any, ...] | None:
    if _size(folder / DATABASE) is None:
        return None
    with _connected(folder / DATABASE) as connection:
        try:
            row: tuple[Any, ...] | None = connection.execute(query, values).fetchone()
        except sqlite3.OperationalError as error:
            if str(error) == "no such table: Cache":  # another process is just making it
                return None
            raise
    return row


@contextmanager
def _connected(database: Path) -> Iterator[sqlite3.Connection]:
    # With nothing in the log of writes, the database is read as if on a read-only medium: opened for reading
    # in the usual way, SQLite makes a log and an index of it, and leaves both behind.
    log_size = _size(database.with_name(database.name + "-wal"))
    options = "mode=ro" if log_size else "mode=ro&immutable=1"
    uri = f"{database.absolute().as_uri()}?{options}"
    with closing(sqlite3.connect(uri, uri=True, timeout=PATIENCE)) as connection:
        yield connection


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return None
