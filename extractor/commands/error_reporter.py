"""Errors as the user of a command meets them: a line in their language, never a traceback."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from extractor.commands.language import note
from extractor.errors import GongkaiError, InputError, InternalError
from rules.words import Bilingual, Language

# Set to anything in the environment, a bug is told with its traceback.
_DEBUG = "GONGKAI_DEBUG"


class ErrorReporter:
    """Within it, an error is told on standard error, and ends what stands there, but not the program.

    An error of ours says itself what to do. Any other exception is a bug, and is told as one, but for a
    module that isn't installed. An interrupt goes on, and so does what ends a command; within the work on one
    file nothing but the interrupt does, so that the next file gets its turn.

    Attributes:
        told: the error that was told; None if there was none.

    Args:
        language: to tell it in.
        file: that is being read, which begins the line; None if it is none of a file's.
    """

    def __init__(self, language: Language, file: str | None = None) -> None:
        self.told: Bilingual | None = None
        self._language = language
        self._file = file

    def __enter__(self) -> ErrorReporter:
        return self

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> bool:
        if error is None or self._goes_on(error):
            return False
        told = error if isinstance(error, GongkaiError) else _told(error)
        zh, en = told.message.zh, told.message.en
        if isinstance(told, InternalError):
            zh += f"设置环境变量 {_DEBUG}=1 再次运行，可显示出错之处。"
            en += f"; with {_DEBUG}=1 in the environment, it shows where"
        self.told = Bilingual(zh=zh, en=en)
        origin = self._file if self._file is not None else "gongkai"
        note(self._language, f"{origin}: {zh}", f"{origin}: {en}")
        if isinstance(told, InternalError) and os.environ.get(_DEBUG):
            note(self._language, told.traceback, told.traceback)
        return True

    def _goes_on(self, error: BaseException) -> bool:
        if self._file is not None:
            return isinstance(error, KeyboardInterrupt)
        # A broken pipe is a reader of standard output that has had enough, as `head` has.
        return not isinstance(error, Exception) or isinstance(
            error, BrokenPipeError | typer.Exit | typer.Abort
        )


@contextmanager
def exit_on_error(language: Language, file: str | None = None) -> Iterator[None]:
    """Within it, an error is told, and ends the command with exit status 2.

    Args:
        language: to tell it in.
        file: that is being read, which begins the line; None if it is none of a file's.
    """
    with ErrorReporter(language, file) as reporter:
        yield
    if reporter.told is not None:
        raise typer.Exit(2)


def _told(error: BaseException) -> GongkaiError:
    """A foreign exception as an error of ours."""
    if isinstance(error, ModuleNotFoundError):
        return InputError(
            f"缺少 Python 模块 {error.name}。gongkai eval 还需要开发依赖：请在源代码目录中运行 make，"
            "或 pip install --editable . --group dev。",
            f"the Python module {error.name} isn't installed; gongkai eval needs the development "
            "dependencies, too: run make in the checkout, or pip install --editable . --group dev",
        )
    kind = type(error).__name__
    bug = InternalError(
        f"程序出错（{kind}）。这是 gongkai 的缺陷，请报告。",
        f"gongkai failed ({kind}); this is a bug: please report it",
    )
    bug.__cause__ = error
    return bug
