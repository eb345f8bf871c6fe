"""Replies of language models, kept on disk, for as long as nobody clears them."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import NamedTuple

from cache.mode import Mode
from cache.problems import FAULTS, Problem, Trouble, problem_of
from cache.reading import count_replies, database_files, find_reply
from cache.writing import Writer

# After a failed write, for so many seconds none is tried: each might wait for a lock again.
PAUSE = 60.0


class Info(NamedTuple):
    """What a cache holds.

    Attributes:
        folder: where it is; it may not exist yet.
        entries: how many replies.
        bytes: the size of its files.
    """

    folder: Path
    entries: int
    bytes: int


def default_folder() -> Path:
    """``GONGKAI_CACHE_DIR``, or else the user's folder for caches."""
    from platformdirs import user_cache_path

    chosen = os.environ.get("GONGKAI_CACHE_DIR")
    return Path(chosen).absolute() if chosen else user_cache_path("gongkai", appauthor=False)


class ReplyCache:
    """Replies on disk; may be used by many processes and threads at once.

    Nothing that is wrong with the disk raises: it is told, once for each kind, and what couldn't be read
    counts as a miss. The folder is opened at the first use, and made for the first reply.

    Args:
        folder: where the replies are.
        mode: what :meth:`get` and :meth:`put` do.
        on_problem: is called with the first problem of each kind.
    """

    def __init__(self, folder: Path, mode: Mode, on_problem: Callable[[Problem], None]) -> None:
        self._folder = folder.absolute()
        self._mode = mode
        self._on_problem = on_problem
        self._told: set[Trouble] = set()
        self._telling = Lock()
        self._writer = Writer(self._folder)
        self._paused_until = 0.0

    def get(self, key: str) -> str | None:
        """The reply kept under a key; None if there is none, or the mode is ``off``."""
        if self._mode is Mode.OFF:
            return None
        try:
            return find_reply(self._folder, key)
        except FAULTS as error:
            self._tell(error)
            return None

    def put(self, key: str, value: str) -> None:
        """Keep a reply; does nothing unless the mode is ``read-write``.

        After it has returned without telling a problem, the reply survives the end of the process,
        ``kill -9`` included.

        Args:
            key: a line of text that stands for everything that the reply depends on.
            value: the reply, any text.
        """
        if self._mode is not Mode.READ_WRITE or monotonic() < self._paused_until:
            return
        try:
            self._writer.put(key, value)
        except FAULTS as error:
            self._paused_until = monotonic() + PAUSE
            self._tell(error)

    def info(self) -> Info:
        """What it holds, whatever the mode; zeros as far as it can't be read."""
        size = entries = 0
        try:
            size = sum(path.stat().st_size for path in database_files(self._folder))
            entries = count_replies(self._folder)
        except FAULTS as error:
            self._tell(error)
        return Info(self._folder, entries, size)

    def clear(self) -> int:
        """Remove all replies, whatever the mode, and return how many they were.

        A damaged database is told, and removed with what it held, which nobody can count: that returns 0.
        Other files in the folder stay.
        """
        try:
            if not database_files(self._folder):
                return 0
            removed = self._writer.clear()
            self._writer.close()  # which gives the space back
        except FAULTS as error:
            if self._tell(error).trouble is Trouble.DATABASE:
                self._remove_database()
            return 0
        return removed

    def close(self) -> None:
        """Let go of the files; it may be used again."""
        self._writer.close()

    def _remove_database(self) -> None:
        try:
            self._writer.close()
            for path in database_files(self._folder):
                path.unlink(missing_ok=True)
        except FAULTS as error:
            self._tell(error)

    def _tell(self, error: Exception) -> Problem:
        problem = problem_of(self._folder, error)
        with self._telling:
            is_new = problem.trouble not in self._told
            self._told.add(problem.trouble)
        if is_new:
            self._on_problem(problem)
        return problem
