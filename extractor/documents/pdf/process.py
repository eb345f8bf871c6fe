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
import threading
from array import array
from collections.abc import Callable
from typing import IO, Any, NamedTuple, TypeVar

from extractor.documents.asides import Mark
from extractor.documents.pages.page import Aside, Colours, Glyph, Picture, RawPage, Ruling
from extractor.documents.source import Source
from extractor.errors import InputError, TooLargeError, UnreadableError
from extractor.processes import command_of, environment

# The slowest report seen takes a tenth of a second.
SECONDS = 20.0
_PROGRAM = "extractor.documents.pdf.worker"
_Answer = TypeVar("_Answer")
# What the worker calls that which stands on a page besides its text.
_ASIDES = {
    "hidden": Mark.HIDDEN,
    "struck": Mark.STRUCK,
    "reversed": Mark.REVERSED,
    "overlay": Mark.OVERLAY,
    "control": Mark.CONTROL,
    "picture": Mark.PICTURE,
    "drawing": Mark.BACKDROP,
}


class _BrokenOffError(Exception):
    """The worker is gone."""


class _TooSlowError(Exception):
    """The worker took too long, and was ended."""


class _RefusedError(Exception):
    """The worker can't read the file; the text is one of the reasons that :func:`_refused` knows."""


class _Wanted(NamedTuple):
    """What is wanted of a file.

    Attributes:
        number: of the page to be painted, counted from 1; 0 for what is on all pages.
        depth: in so many bytes a pixel: 1 for grey, 3 for blue, green and red.
    """

    number: int
    depth: int


class _Worker:
    """The process, and who may talk to it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0

    def ask(self, data: bytes, page: _Wanted, read: Callable[[IO[bytes]], _Answer]) -> _Answer:
        """Send a file, and read what is answered.

        Args:
            data: the bytes of a PDF.
            page: what is wanted of it.
            read: takes the answer from the stream.

        Raises:
            _BrokenOffError: if the process ends at it, even a fresh one.
            _TooSlowError: if it takes too long.
            _RefusedError: if it can't read the file.
        """
        with self._lock:
            is_fresh = self._ensure()
            try:
                return self._ask(data, page, read)
            except _BrokenOffError:
                if is_fresh:
                    raise
            # It served other files before, and may have been damaged by one of them.
            self._ensure()
            return self._ask(data, page, read)

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
            command_of(_PROGRAM),
            env=environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._owner = os.getpid()
        return True

    def _ask(self, data: bytes, page: _Wanted, read: Callable[[IO[bytes]], _Answer]) -> _Answer:
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
            head = b"".join(one.to_bytes(8, "little") for one in (*page, len(data)))
            process.stdin.write(head + data)
            process.stdin.flush()
            return read(process.stdout)
        except (OSError, ValueError) as error:
            self.stop()
            if late.is_set():
                raise _TooSlowError from error
            raise _BrokenOffError from error
        finally:
            timer.cancel()


_worker = _Worker()
atexit.register(_worker.stop)


def raw_pages(source: Source) -> list[RawPage]:
    """The glyphs and rulings of every page of a PDF.

    Raises:
        UnreadableError: if the file is encrypted or damaged.
        TooLargeError: if it has more pages or more on them than a report can have, or takes too long.
    """
    return _asked(source, _Wanted(0, 0), _pages)


def page_picture(source: Source, number: int) -> Picture:
    """A page of a PDF as it looks, in 200 pixels an inch.

    Args:
        source: the PDF.
        number: of the page, counted from 1.

    Raises:
        UnreadableError: if the file is encrypted or damaged.
        TooLargeError: if the page can't be painted in the time or memory that there is.
    """
    return _asked(source, _Wanted(number, 1), _painted)


def page_colours(source: Source, number: int) -> Colours:
    """The same in colours."""
    return _asked(source, _Wanted(number, 3), _coloured)


def _asked(source: Source, page: _Wanted, read: Callable[[IO[bytes]], _Answer]) -> _Answer:
    try:
        return _worker.ask(source.data, page, read)
    except _BrokenOffError:
        raise _damaged(source.name) from None
    except _TooSlowError as error:
        raise _too_slow(source.name) from error
    except _RefusedError as error:
        raise _refused(str(error), source.name) from None


# --- what the worker answers -----------------------------------------------------------------------------


def _painted(stream: IO[bytes]) -> Picture:
    head = _head(stream)
    columns, rows = head["columns"], head["rows"]
    return Picture(head["width"], head["height"], columns, rows, _exactly(stream, columns * rows))


def _coloured(stream: IO[bytes]) -> Colours:
    head = _head(stream)
    columns, rows = head["columns"], head["rows"]
    return Colours(head["width"], head["height"], columns, rows, _exactly(stream, 3 * columns * rows))


def _head(stream: IO[bytes]) -> dict[str, Any]:
    head: dict[str, Any] = json.loads(_exactly(stream, int.from_bytes(_exactly(stream, 8), "little")))
    if "refusal" in head:
        raise _RefusedError(head["refusal"])
    return head


def _pages(stream: IO[bytes]) -> list[RawPage]:
    return [_page(stream, about) for about in _head(stream)["pages"]]


def _page(stream: IO[bytes], about: dict[str, Any]) -> RawPage:
    """A page of which the head of the answer says so much."""
    return RawPage(
        width=about["width"],
        height=about["height"],
        glyphs=_glyphs(stream, about["text"]),
        rulings=_rulings(stream, about["rulings"]),
        pictures=tuple((left, top, right, bottom) for left, top, right, bottom in about["pictures"]),
        asides=tuple([Aside(_ASIDES[kind], words, tuple(box)) for kind, words, box in about["asides"]]),
    )


def _glyphs(stream: IO[bytes], text: str) -> list[Glyph]:
    """The glyphs of these characters: their turns are sent first, then all left sides, all tops and so on."""
    count = len(text)
    turns = _exactly(stream, count)
    lefts, tops, rights, bottoms = (_floats(stream, count) for _ in range(4))
    return list(map(Glyph, text, turns, lefts, tops, rights, bottoms))


def _rulings(stream: IO[bytes], count: int) -> list[Ruling]:
    """So many rulings, which are sent as four numbers each."""
    numbers = _floats(stream, 4 * count)
    return list(map(Ruling, numbers[0::4], numbers[1::4], numbers[2::4], numbers[3::4]))


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


def _refused(refusal: str, name: str) -> InputError:
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


def _damaged(name: str) -> UnreadableError:
    return UnreadableError(
        f"{name} 是损坏的 PDF 文件，无法打开。请重新下载或重新导出后再试。",
        f"{name} is a damaged PDF and can't be opened; download or export it anew and try again",
    )


def _too_slow(name: str) -> TooLargeError:
    return TooLargeError(
        f"{name} 在 {SECONDS:.0f} 秒内未能打开，不可能是一份年度报告。请重新导出为 PDF 后再试。",
        f"{name} could not be opened within {SECONDS:.0f} seconds, so it is no annual report; "
        "export it as PDF anew and try again",
    )
