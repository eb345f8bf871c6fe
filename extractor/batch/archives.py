"""Archives in a batch: ZIP files of any size, of which each file is read like others."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import IO

from extractor.batch.stores import is_address, opened_at, state_at
from extractor.documents.archives.bounded import Archive, Bounds
from extractor.documents.formats import ARCHIVE, format_of
from extractor.documents.source import Source
from extractor.errors import InputError, UnreadableError, reason

_OF_A_BATCH = Bounds(entries=100_000, megabytes=1024 * 1024)
# Of an archive, and of an empty one.
_BEGINNINGS = (b"PK\x03\x04", b"PK\x05\x06")


def members_of(path: str) -> list[str] | None:
    """The names of the files in an archive, hidden ones and those of other systems left out.

    Args:
        path: of a file, or its address in a store.

    Returns:
        None if the file is no archive of documents, or can't be read as one; a Word file is one document.

    Raises:
        UnreadableError: if the system refuses to read it.
    """
    try:
        with _stream(path) as stream:
            beginning = stream.read(4)
        if beginning not in _BEGINNINGS:
            return None
        archive = _opened(path, _state(path))
        if format_of(_OnDisk(beginning, path, opened=archive)) is not ARCHIVE:
            return None
    except OSError as error:
        raise _unreadable(path, error) from error
    except InputError:
        # It is damaged, encrypted or too large: whoever reads it as one document tells so.
        return None
    return [member for member in archive if not _is_hidden(member)]


def member_in(path: str, member: str) -> bytes:
    """The content of a file in an archive.

    Args:
        path: of the archive.
        member: its path there.

    Raises:
        UnreadableError: if it can't be read, or isn't there any more.
        TooLargeError: if it is larger than a report can be.
    """
    try:
        archive = _opened(path, _state(path))
    except OSError as error:
        raise _unreadable(path, error) from error
    try:
        return archive.read(member)
    except KeyError as error:
        raise UnreadableError(
            f"{path} 中已没有 {member}。请重新运行。", f"{member} is no longer in {path}; run again"
        ) from error


@dataclass(frozen=True, eq=False)
class _OnDisk(Source):
    """An archive that isn't in memory."""

    opened: Archive = field(kw_only=True)

    @cached_property
    def archive(self) -> Archive:
        return self.opened


def _state(path: str) -> tuple[int, ...] | None:
    if is_address(path):
        return state_at(path)
    state = os.stat(path)
    return state.st_size, state.st_mtime_ns


@lru_cache(maxsize=1)
def _opened(path: str, _changed: tuple[int, ...] | None) -> Archive:
    """An archive, kept open as its files are read one after the other."""
    return Archive(_stream(path), path, _OF_A_BATCH)


def _stream(path: str) -> IO[bytes]:
    return opened_at(path) if is_address(path) else Path(path).open("rb")


def _is_hidden(member: str) -> bool:
    parts = member.split("/")
    return parts[0] == "__MACOSX" or any(part.startswith((".", "~$")) for part in parts)


def _unreadable(path: str, error: OSError) -> UnreadableError:
    zh, en = reason(error)
    return UnreadableError(
        f"无法读取 {path}：{zh}。请检查路径和权限。",
        f"can't read {path}: {en}; check the path and its permissions",
    )
