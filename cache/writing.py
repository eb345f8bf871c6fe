"""Writing to the database, through diskcache; safe for many processes and threads.

The database has a log of writes (WAL): a reply that was put there survives a ``kill -9`` of the process. At a
power failure the last ones may be lost, and never damaged.
"""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

from cache.reading import DATABASE, PATIENCE

# What diskcache counts in its table of settings; the other rows there are settings.
_COUNTERS = {"count", "size", "hits", "misses"}
# All that diskcache writes of a reply.
_COLUMNS_QUERY = """SELECT key, raw, store_time, expire_time, access_time, access_count, tag, size, mode,
    filename, value FROM Cache LIMIT 0"""


class Writer:
    """Puts replies into a folder, which is made for the first of them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._opening = Lock()
        self._cache: Any = None

    def put(self, key: str, value: str) -> None:
        """Keep a reply, in place of one that is there.

        Raises:
            FAULTS: if it can't be written.
        """
        with _causes():
            # The key stands in the value as well, under the checksum: see find_reply.
            self._open().set(key, f"{key}\n{value}")

    def clear(self) -> int:
        """Remove all replies and return how many they were.

        Raises:
            FAULTS: if that can't be done.
        """
        with _causes():
            return int(self._open().clear())

    def close(self) -> None:
        """Let go of the files; the next reply opens them again."""
        with self._opening:
            if self._cache is not None:
                self._cache.close()
                self._cache = None

    def _open(self) -> Any:
        from diskcache import DEFAULT_SETTINGS, Cache

        from cache.disk import ReplyDisk

        with self._opening:
            if self._cache is None:
                _check_name(self._folder)
                # Reports that aren't published yet may be quoted in a reply: the folder is the user's alone.
                self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                _check_database(self._folder, DEFAULT_SETTINGS.keys() | _COUNTERS)
                # Every setting is given, so that none is taken from the disk. Nothing is ever evicted, which
                # diskcache otherwise does from 1 GiB on. Memory isn't mapped: a file that someone else
                # truncates would then kill the process.
                settings = {**DEFAULT_SETTINGS, "eviction_policy": "none", "sqlite_mmap_size": 0}
                try:
                    self._cache = Cache(str(self._folder), timeout=PATIENCE, disk=ReplyDisk, **settings)
                except (AttributeError, TypeError, ValueError) as error:
                    raise sqlite3.DatabaseError(f"not a database of replies: {error}") from error
            return self._cache


def _check_name(folder: Path) -> None:
    """Refuse a name in which diskcache would replace a variable, and so write to another folder."""
    if os.path.expandvars(folder) != str(folder):
        raise OSError(errno.EINVAL, "its name holds a variable of the environment", str(folder))


def _check_database(folder: Path, known_settings: set[str]) -> None:
    """Find out whether diskcache can open a database, if there is one.

    By itself it waits a whole minute for a lock, and takes every row of its settings for an attribute or a
    pragma.
    """
    with closing(sqlite3.connect(folder / DATABASE, timeout=PATIENCE, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
        if "Cache" in tables:
            connection.execute(_COLUMNS_QUERY)
        if "Settings" in tables:
            settings = {key for (key,) in connection.execute("SELECT key FROM Settings")}
            if not settings <= known_settings:
                raise sqlite3.DatabaseError("it holds settings that are not diskcache's")


@contextmanager
def _causes() -> Iterator[None]:
    """Raise the cause of diskcache's timeout, which it makes of whatever keeps it from beginning to write."""
    from diskcache import Timeout

    try:
        yield
    except Timeout as timeout:
        error: BaseException = timeout
        while not isinstance(error, sqlite3.Error) and error.__context__ is not None:
            error = error.__context__
        raise error from timeout
