"""What can be wrong with a cache. Nothing of it is worth a result: it is told, and counts as a miss."""

from __future__ import annotations

import sqlite3
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple


class Trouble(StrEnum):
    """The kind of a problem.

    ``reply``: one reply isn't what was put there · ``database``: the database is damaged, or is none ·
    ``unusable``: the system refuses to read or write · ``busy``: another process doesn't let go of it.
    """

    REPLY = "reply"
    DATABASE = "database"
    UNUSABLE = "unusable"
    BUSY = "busy"


class Problem(NamedTuple):
    """What went wrong, where, and the error behind it."""

    trouble: Trouble
    folder: Path
    error: Exception


class DamagedReplyError(Exception):
    """What is kept isn't a reply that was put there."""


# What a broken cache raises; a UnicodeDecodeError comes of a message of SQLite's that quotes damaged bytes.
FAULTS = (DamagedReplyError, sqlite3.Error, OSError, UnicodeDecodeError)

_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_REFUSED = {
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_TOOBIG,
}


def problem_of(folder: Path, error: Exception) -> Problem:
    """The problem that one of ``FAULTS`` tells of."""
    if isinstance(error, DamagedReplyError):
        return Problem(Trouble.REPLY, folder, error)
    if isinstance(error, OSError):
        return Problem(Trouble.UNUSABLE, folder, error)
    # Where taking back a transaction failed too, the first error says why.
    while isinstance(error.__context__, sqlite3.Error):
        error = error.__context__
    # The lowest byte is the code, the others say more of it. Errors of Python's own have none.
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
    if code in _BUSY:
        return Problem(Trouble.BUSY, folder, error)
    return Problem(Trouble.UNUSABLE if code in _REFUSED else Trouble.DATABASE, folder, error)
