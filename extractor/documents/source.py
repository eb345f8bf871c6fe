"""Where a document comes from: the bytes of a file or of standard input, and what messages call it."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, replace
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import IO, TYPE_CHECKING, BinaryIO, TypeAlias

from extractor.errors import TooLargeError, UnreadableError, reason
from extractor.platforms.here import HERE

if TYPE_CHECKING:
    from extractor.documents.archives.bounded import Archive

# The largest report seen has less than one; nothing near this can be a report.
MAX_BYTES = 32 * 1024 * 1024
STANDARD_INPUT = "<stdin>"
# Seconds that somebody has to begin to write to a named pipe.
PATIENCE = 10.0
# Of more pictures in a file, the first are read: each takes a second and more.
MOST_PICTURES = 20

# The path of a file, or its content.
AnySource: TypeAlias = str | os.PathLike[str] | bytes | bytearray | memoryview


class Pictures:
    """What becomes of the pictures in a file: as many as there is room for are read, the others counted.

    Attributes:
        unread: how many pictures in the file may hold a table and aren't read.
        elsewhere: how many pictures the file shows that aren't in it.
    """

    def __init__(self, room: int = 0) -> None:
        """None is taken yet.

        Args:
            room: how many may be read.
        """
        self.unread = 0
        self.elsewhere = 0
        self._room = room

    def admit(self) -> bool:
        """Give one picture a place among those that are read or, if there is none, count it as unread.

        Returns:
            Whether it has got a place.
        """
        if not self._room:
            self.unread += 1
            return False
        self._room -= 1
        return True


@dataclass(frozen=True, eq=False)
class Source:
    """The content of one file.

    Attributes:
        data: its bytes.
        name: what messages call it.
        pictures: takes the pictures between its text; None if these are passed over uncounted.
    """

    data: bytes
    name: str
    pictures: Pictures | None = None

    @cached_property
    def archive(self) -> Archive:
        """The files in it, if it is a ZIP archive, as Word files are.

        Raises:
            UnreadableError: if it is a damaged archive or none at all, or encrypted.
            TooLargeError: if it holds more than a report and its attachments can.
        """
        from extractor.documents.archives.bounded import Archive  # not needed for a text

        return Archive(BytesIO(self.data), self.name)

    @cached_property
    def streams(self) -> frozenset[str]:
        """The names of the streams in it, in lower case, if it is a compound file, as old Word files are.

        Raises:
            UnreadableError: if it is a damaged compound file or none at all, or encrypted.
        """
        from extractor.documents.archives.compound import streams_of  # not needed for a text

        return streams_of(self.data, self.name)

    def with_pictures(self, pictures: Pictures) -> Source:
        """The same file, whose pictures are taken so."""
        return replace(self, pictures=pictures)

    def part(self, data: bytes) -> Source:
        """What is embedded in it, under its name, with pictures that are passed over."""
        return Source(data, self.name)


def read_file(path: str | os.PathLike[str]) -> bytes:
    """The bytes of a file.

    Raises:
        UnreadableError: if it can't be read.
        TooLargeError: if it is too large to be a report.
    """
    name = os.fspath(path)
    if "\n" in name or "\0" in name:
        raise UnreadableError(
            "路径中有换行符或空字符。若要传入报告的内容，请用 bytes。",
            "the path holds a newline or a NUL; to pass a report's content, pass bytes",
        )
    try:
        if Path(name).is_dir():
            raise UnreadableError(
                f"{name} 是文件夹。请给出其中的文件。", f"{name} is a directory; name the files in it"
            )
        with _opened(name) as stream:
            return read_stream(stream, name)
    except OSError as error:
        zh, en = reason(error)
        raise UnreadableError(
            f"无法读取 {name}：{zh}。请检查路径和权限。",
            f"can't read {name}: {en}; check the path and its permissions",
        ) from error


def _opened(name: str) -> BinaryIO:
    """A file; a named pipe is read to its end, or given up, where opening it would wait forever.

    Raises:
        UnreadableError: if it is a pipe that nobody opens to write to it.
        OSError: if it can't be opened.
    """
    if not Path(name).is_fifo():
        return Path(HERE.reachable(name)).open("rb")
    data = HERE.piped(name, MAX_BYTES, PATIENCE)
    if data is None:
        raise UnreadableError(
            f"{name} 是管道，但没有程序向其中写入。请先启动写入的程序，或把内容存为文件。",
            f"{name} is a pipe that no program writes to; start that program first, or save what it gives as "
            "a file",
        )
    return BytesIO(data)


def read_standard_input() -> bytes:
    """What is piped in.

    Raises:
        UnreadableError: if it can't be read, as when it was closed.
        TooLargeError: if it is too large to be a report.
    """
    try:
        return read_stream(sys.stdin.buffer, STANDARD_INPUT)
    except OSError as error:
        zh, en = reason(error)
        raise UnreadableError(
            f"无法读取标准输入：{zh}。请给出文件，或把报告重定向到标准输入。",
            f"can't read standard input: {en}; name a file, or redirect a report to it",
        ) from error


def read_stream(stream: IO[bytes], name: str) -> bytes:
    """Everything, but never more than a report can have: a stream may have no end.

    Args:
        stream: to read to its end.
        name: what messages call it.

    Raises:
        TooLargeError: if it is too large to be a report.
    """
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        size = MAX_BYTES // 1024 // 1024
        raise TooLargeError(
            f"{name} 超过 {size} MB，不可能是一份年度报告。请给出单份报告的文件。",
            f"{name} is larger than {size} MB, which no annual report is; name the file of one report",
        )
    return data
