"""The errors of gongkai, one tree::

    GongkaiError                  every error below; its message says what to do next
    ├── InputError                the input can't be used
    │   ├── UnreadableError       it can't be opened or read: missing, no permission, damaged, encrypted
    │   ├── TooLargeError         it is larger than a report can be
    │   ├── UnknownFormatError    its bytes are of no format that can be read, or hold no text
    │   ├── MissingProgramError   the program that reads this kind of file isn't installed
    │   └── NoReportError         it was read, but holds no annual report
    ├── FormFileError             a form file has a mistake, or can't be read
    ├── AddedRulesError           a file of rules has a mistake, or rules in Python can't be loaded, or fail
    ├── ConfigurationError        a file of configuration has a mistake
    ├── SelectionError            a rule, or a suite of an evaluation, is selected that there isn't
    ├── OutputError               the result can't be written
    ├── InternalError             gongkai itself fails; the error behind it is its ``__cause__``
    └── ModelError                a language model gives no usable answer
        ├── SettingsError         what it is asked with is wrong: key, model name, address, parameters
        ├── TooLongError          the question is longer than its context
        ├── UnavailableError      its server can't be reached, is overloaded, or breaks off
        ├── RefusalError          it refuses to answer
        ├── EmptyReplyError       its reply holds no answer
        ├── TruncatedError        its answer is cut off
        ├── MalformedReplyError   its answer isn't what the schema asks for
        ├── BudgetError           the limit of tokens or requests is reached
        └── NotCachedError        only kept replies may be used, and there is none

Every message exists in Chinese and in English; ``str()`` gives the English one.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator
from contextlib import contextmanager
from traceback import format_exception
from typing import NamedTuple

from rules.words import Bilingual

_NO_CHARACTER = re.compile("[\ud800-\udfff]")


class GongkaiError(Exception):
    """Base of all errors that gongkai raises on purpose."""

    def __init__(self, zh: str, en: str) -> None:
        # What an exception is made anew from, where it comes out of another process.
        super().__init__(legible(zh), legible(en))
        self.message = Bilingual(zh=legible(zh), en=legible(en))

    def __str__(self) -> str:
        return self.message.en


class InputError(GongkaiError):
    """The input can't be used."""


class UnreadableError(InputError):
    """The input can't be opened or read."""


class TooLargeError(InputError):
    """The input is larger than a report can be."""


class UnknownFormatError(InputError):
    """The bytes are of no format that can be read, or hold no text."""


class MissingProgramError(InputError):
    """The program that reads this kind of file isn't installed."""


class NoReportError(InputError):
    """The input was read, but no annual report is in it."""


class FormFileError(GongkaiError):
    """A form file has a mistake, or can't be read."""


class AddedRulesError(GongkaiError):
    """A file of rules has a mistake, or rules in Python can't be loaded, or fail."""


class ConfigurationError(GongkaiError):
    """A file of configuration has a mistake."""


class SelectionError(GongkaiError):
    """A rule is selected or left out, or a suite of an evaluation named, that there isn't."""


class OutputError(GongkaiError):
    """The result can't be written."""


class InternalError(GongkaiError):
    """Gongkai itself fails on an input: an error that nothing foresaw, which is its ``__cause__``.

    Nobody who reads reports can do anything about it but report it; whoever reads many goes on with the next.
    """

    @property
    def traceback(self) -> str:
        """Where it happened, as Python prints it; for a report of the error."""
        return "".join(format_exception(self.__cause__ or self))


@contextmanager
def bugs_reported(name: str) -> Iterator[None]:
    """Whatever else than a :class:`GongkaiError` ends the reading of an input is an :class:`InternalError`.

    Args:
        name: what messages call the input.

    Raises:
        InternalError: instead of any exception that isn't ours. What asks a program to end, as Ctrl-C does,
            stays what it is.
    """
    try:
        yield
    except GongkaiError:
        raise
    except Exception as error:
        kind = type(error).__name__
        raise InternalError(
            f"读取 {name} 时程序出错（{kind}）。这是 gongkai 的缺陷，请连同该文件一并报告。",
            f"reading {name} made gongkai fail ({kind}); this is a bug: please report it, with the file",
        ) from error


class ModelError(GongkaiError):
    """A language model gives no usable answer.

    ``requests`` tells how many requests were sent before it was given up.
    """

    def __init__(self, zh: str, en: str, *, requests: int = 0) -> None:
        super().__init__(zh, en)
        self.requests = requests


class SettingsError(ModelError):
    """What a model is asked with is wrong."""


class TooLongError(ModelError):
    """The question is longer than the model's context.

    Attributes:
        limit: how many tokens the server says that this has; None if it doesn't say.
    """

    def __init__(self, zh: str, en: str, *, requests: int = 0, limit: int | None = None) -> None:
        super().__init__(zh, en, requests=requests)
        self.limit = limit


class UnavailableError(ModelError):
    """The server can't be reached, is overloaded, or breaks off."""


class RefusalError(ModelError):
    """The model refuses to answer."""


class EmptyReplyError(ModelError):
    """The reply holds no answer."""


class TruncatedError(ModelError):
    """The answer is cut off."""


class Misfit(NamedTuple):
    """Where an answer isn't what its schema asks for.

    Attributes:
        place: names and positions from the outside in; empty for the whole.
        reason: what is wrong there, in English.
    """

    place: tuple[str | int, ...]
    reason: str


class MalformedReplyError(ModelError):
    """The answer isn't what the schema asks for.

    Attributes:
        misfits: where it isn't.
        answer: the JSON object that came nearest, as text, so that what is right in it can be kept.
    """

    def __init__(
        self, zh: str, en: str, *, requests: int = 0, misfits: tuple[Misfit, ...] = (), answer: str = ""
    ) -> None:
        super().__init__(zh, en, requests=requests)
        self.misfits = misfits
        self.answer = answer


class BudgetError(ModelError):
    """The limit of tokens or requests is reached."""


class NotCachedError(ModelError):
    """Only kept replies may be used, and there is none."""


def legible(text: str) -> str:
    """The text with U+FFFD for each code that is no character, as names of files in another encoding have."""
    return _NO_CHARACTER.sub("\ufffd", text)


def reason(error: OSError) -> tuple[str, str]:
    """Why the system refused, in Chinese and in English."""
    # Windows, whose errors alone have this, says the same where another program has the file open.
    if error.errno == errno.EACCES and hasattr(error, "winerror"):
        return "没有权限，或别的程序正打开着它", "no permission, or another program has it open"
    english = error.strerror or type(error).__name__
    return _REASONS.get(error.errno or 0, english), english


_REASONS = {
    errno.ENOENT: "文件或文件夹不存在",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EBADF: "已关闭",
    errno.EISDIR: "是文件夹",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.ENAMETOOLONG: "名称过长",
    errno.ENOSPC: "磁盘已满",
    errno.EROFS: "文件系统只读",
    errno.EADDRINUSE: "端口已被占用",
    errno.EADDRNOTAVAIL: "本机没有这个地址",
}
