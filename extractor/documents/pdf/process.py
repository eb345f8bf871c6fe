"""PDFium in a process of its own: what is on the pages of a PDF, in bounded time and memory.

PDFium is the fastest reader of PDFs with a free licence, but it is C++, it may crash or hang on a
hostile file, and it may not be used by two threads. So it runs in a worker process that is started
for the first PDF, kept for the next ones, and killed when it takes too long.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import threading
from array import array
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, NamedTuple, TypeAlias, TypeVar

from extractor.errors import GongkaiError, TooLargeError, UnknownFormatError, UnreadableError

# The slowest report seen takes a tenth of a second.
SECONDS = 20.0
# The packages are shells there: to run theirs would import the whole program.
_START = """
import sys, types
for path in sys.argv[1:]:
    name, _, folder = path.partition("=")
    sys.modules[name] = types.ModuleType(name)
    sys.modules[name].__path__ = [folder]
from extractor.documents.pdf.worker.program import main
main()
"""
# The package of the worker and those around it, with their folders.
_PACKAGES = [
    f"{'.'.join(__name__.split('.')[: 3 - i])}={folder}"
    for i, folder in enumerate(Path(__file__).parents[:3])
]
_Answer = TypeVar("_Answer")


Box: TypeAlias = tuple[float, float, float, float]


class Glyph(NamedTuple):
    """A character and its box, in points from the upper left corner of its page.

    Attributes:
        turn: by how many quarter turns it is turned against the page.
    """

    text: str
    turn: int
    left: float
    top: float
    right: float
    bottom: float


class Ruling(NamedTuple):
    """A straight line."""

    x0: float
    y0: float
    x1: float
    y1: float


class RawPage(NamedTuple):
    """A page as the file has it.

    Attributes:
        width, height: in points.
        found: how many characters it has, those included that can't be seen.
        pictures: where pictures stand on it, except small ones.
        recognised: the parts of it whose text was recognised from pictures.
        confidences: where the words stand there, and how sure each of them is, from 0 to 1.
    """

    width: float
    height: float
    glyphs: list[Glyph]
    rulings: list[Ruling]
    found: int
    pictures: tuple[Box, ...] = ()
    recognised: tuple[Box, ...] = ()
    confidences: tuple[tuple[Box, float], ...] = ()


class Picture(NamedTuple):
    """A page as it looks.

    Attributes:
        width, height: in points.
        columns, rows: in pixels.
        grey: a byte a pixel, row by row from the top.
    """

    width: float
    height: float
    columns: int
    rows: int
    grey: bytes


class _BrokenOffError(Exception):
    """The worker is gone."""


class _Worker:
    """The process, and who may talk to it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0

    def ask(self, data: bytes, name: str, number: int, read: Callable[[IO[bytes], str], _Answer]) -> _Answer:
        with self._lock:
            # A process that served other files before may have been damaged by one of them.
            is_fresh = self._ensure()
            try:
                return self._ask(data, name, number, read)
            except _BrokenOffError:
                if is_fresh:
                    raise _damaged(name) from None
            self._ensure()
            try:
                return self._ask(data, name, number, read)
            except _BrokenOffError:
                raise _damaged(name) from None

    def stop(self) -> None:
        """End the process, if it is ours: a fork of ours has not inherited it."""
        process, self._process = self._process, None
        if process is not None and self._owner == os.getpid():
            process.kill()
            process.communicate()

    def _ensure(self) -> bool:
        if self._process is not None and self._owner == os.getpid():
            return False
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-P", "-c", _START, *_PACKAGES],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._owner = os.getpid()
        return True

    def _ask(self, data: bytes, name: str, number: int, read: Callable[[IO[bytes], str], _Answer]) -> _Answer:
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            raise _BrokenOffError
        late = threading.Event()

        def end() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(SECONDS, end)
        timer.start()
        try:
            process.stdin.write(number.to_bytes(8, "little") + len(data).to_bytes(8, "little") + data)
            process.stdin.flush()
            return read(process.stdout, name)
        except (OSError, ValueError) as error:
            self.stop()
            if late.is_set():
                raise _too_slow(name) from error
            raise _BrokenOffError from error
        finally:
            timer.cancel()


_worker = _Worker()
atexit.register(_worker.stop)


def raw_pages(data: bytes, name: str) -> list[RawPage]:
    """The glyphs and rulings of every page.

    Raises:
        UnreadableError: if the file is encrypted or damaged.
        TooLargeError: if it has more pages or more on them than a report can have.
    """
    return _worker.ask(data, name, 0, _pages)


def page_picture(data: bytes, name: str, number: int) -> Picture:
    """A page as it looks, in 200 pixels an inch.

    Args:
        data: the bytes of a PDF.
        name: what messages call it.
        number: of the page, counted from 1.

    Raises:
        UnreadableError: if the file is encrypted or damaged.
        TooLargeError: if the page can't be painted in the time or memory that there is.
    """
    return _worker.ask(data, name, number, _painted)


def _painted(stream: IO[bytes], name: str) -> Picture:
    head = _head(stream, name)
    columns, rows = head["columns"], head["rows"]
    return Picture(head["width"], head["height"], columns, rows, _exactly(stream, columns * rows))


def _head(stream: IO[bytes], name: str) -> dict[str, Any]:
    head: dict[str, Any] = json.loads(_exactly(stream, int.from_bytes(_exactly(stream, 8), "little")))
    if "refusal" in head:
        raise _refused(head["refusal"], name)
    return head


def _pages(stream: IO[bytes], name: str) -> list[RawPage]:
    head = _head(stream, name)
    pages = []
    for about in head["pages"]:
        glyphs = _glyphs(stream, about["text"])
        rulings = _floats(stream, 4 * about["rulings"])
        pages.append(
            RawPage(
                about["width"],
                about["height"],
                glyphs,
                list(map(Ruling._make, zip(*[iter(rulings)] * 4, strict=True))),
                about["found"],
                tuple((left, top, right, bottom) for left, top, right, bottom in about["pictures"]),
            )
        )
    return pages


def _glyphs(stream: IO[bytes], text: str) -> list[Glyph]:
    count = len(text)
    turns, edges = _exactly(stream, count), _floats(stream, 4 * count)
    sides = (edges[first : first + count] for first in range(0, 4 * count, count or 1))
    return list(map(Glyph._make, zip(text, turns, *sides, strict=True)))


def _floats(stream: IO[bytes], count: int) -> array[float]:
    numbers = array("f")
    numbers.frombytes(_exactly(stream, count * numbers.itemsize))
    return numbers


def _exactly(stream: IO[bytes], size: int) -> bytes:
    data = stream.read(size)
    if len(data) < size:
        raise OSError("the worker broke off")
    return data


# --- what can go wrong -----------------------------------------------------------------------------------


def _refused(refusal: str, name: str) -> GongkaiError:
    if refusal == "encrypted":
        return UnreadableError(
            f"{name} 是加密的 PDF 文件。请解除密码后再试。",
            f"{name} is an encrypted PDF; remove its password and try again",
        )
    if refusal == "pages":
        return TooLargeError(
            f"{name} 的页数过多，不可能是一份年度报告。请给出单份报告的文件。",
            f"{name} has more pages than an annual report; name the file of one report",
        )
    if refusal == "content":
        return TooLargeError(
            f"{name} 的页面内容过多，不可能是一份年度报告。请给出单份报告的文件。",
            f"{name} has more on its pages than an annual report; name the file of one report",
        )
    return _damaged(name)


def _damaged(name: str) -> UnknownFormatError:
    return UnknownFormatError(
        f"{name} 是损坏的 PDF 文件，无法打开。请重新下载或重新导出后再试。",
        f"{name} is a damaged PDF and can't be opened; download or export it anew and try again",
    )


def _too_slow(name: str) -> TooLargeError:
    return TooLargeError(
        f"{name} 在 {SECONDS:.0f} 秒内未能打开，不可能是一份年度报告。请重新导出为 PDF 后再试。",
        f"{name} could not be opened within {SECONDS:.0f} seconds, so it is no annual report; "
        "export it as PDF anew and try again",
    )
