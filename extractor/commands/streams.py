"""The standard streams, made so that nothing about them ends in a traceback."""

from __future__ import annotations

import codecs
import io
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, TextIO

from extractor.errors import OutputError, reason

if TYPE_CHECKING:
    from typing_extensions import Buffer

# What stands for a character that an encoding lacks: a console in GBK lacks the signs of a blank and of an
# unread cell, and a "?" in their place would say that the cell is disputed.
_STAND_INS = {"␣": "_", "▨": "#", "×": "x", "“": '"', "”": '"', "…": "...", "—": "-", "·": "-"}
_ERRORS = "gongkai"


def guard_standard_streams() -> None:
    """Make the standard streams of this process safe to use.

    Standard output that can't be written raises :class:`OutputError`, once: what is written afterwards is
    dropped, and so is what Python itself writes at exit. (A reader that stops early stays a broken pipe.)
    Standard error that can't be written drops everything, as there is nobody to tell. A stream that was
    closed before the program started is one that can't be read or written. An encoding that lacks a
    character gets what it can show.
    """
    codecs.register_error(_ERRORS, _stand_in)
    # In this order each takes the lowest number that is free, which is the closed stream's: no file of ours
    # can come to stand there.
    if sys.stdin is None:
        sys.stdin = os.fdopen(os.open(os.devnull, os.O_WRONLY), "r")
    sys.stdout = _guarded(sys.stdout, _raise_output_error)
    sys.stderr = _guarded(sys.stderr, _drop)


def _stand_in(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lost = error.object[error.start : error.end]
    return "".join(_STAND_INS.get(character, "?") for character in lost), error.end


def _guarded(stream: TextIO | None, on_failure: Callable[[OSError], None]) -> TextIO:
    if stream is None:
        stream = os.fdopen(os.open(os.devnull, os.O_RDONLY), "w", encoding="utf-8")
    if not isinstance(stream, io.TextIOWrapper):  # one that a program around this one put there
        return stream
    return io.TextIOWrapper(
        io.BufferedWriter(_GuardedRaw(stream, on_failure)),
        encoding=stream.encoding,
        errors=_ERRORS,
        line_buffering=stream.line_buffering,
        write_through=stream.write_through,
    )


class _GuardedRaw(io.RawIOBase):
    """The bytes of a stream; its first failure is told, and then it takes everything and drops it."""

    def __init__(self, stream: TextIO, on_failure: Callable[[OSError], None]) -> None:
        super().__init__()
        self._stream = stream
        # Without a buffer, if Python was told so, it is the raw stream itself.
        self._write = getattr(stream.buffer, "raw", stream.buffer).write
        self._on_failure = on_failure
        self._is_broken = False

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._stream.fileno()

    def isatty(self) -> bool:
        return self._stream.isatty()

    def write(self, content: Buffer) -> int:
        if not self._is_broken:
            try:
                return self._write(content)
            except OSError as error:
                self._is_broken = True
                self._on_failure(error)
        return memoryview(content).nbytes


def _raise_output_error(error: OSError) -> None:
    if isinstance(error, BrokenPipeError):
        raise error
    zh, en = reason(error)
    raise OutputError(
        f"无法写到标准输出：{zh}。请检查它重定向到了何处。",
        f"can't write to standard output: {en}; check where it is redirected to",
    ) from error


def _drop(_error: OSError) -> None:
    """Nobody can be told."""
