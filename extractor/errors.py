"""The errors of gongkai, one tree::

    GongkaiError                  every error below; its message says what to do next
    ├── InputError                the input can't be used
    │   ├── UnreadableError       it can't be opened or read: missing, a directory, no permission
    │   ├── TooLargeError         it is larger than a report can be
    │   ├── UnknownFormatError    its bytes are no text, or text in no known encoding
    │   └── NoReportError         it was read, but holds no annual report
    ├── FormFileError             a form file has a mistake, or can't be read
    └── OutputError               the result can't be written

Every message exists in Chinese and in English; ``str()`` gives the English one.
"""

from __future__ import annotations

from rules.form import Bilingual


class GongkaiError(Exception):
    """Base of all errors that gongkai raises on purpose."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.message = Bilingual(zh=zh, en=en)


class InputError(GongkaiError):
    """The input can't be used."""


class UnreadableError(InputError):
    """The input can't be opened or read."""


class TooLargeError(InputError):
    """The input is larger than a report can be."""


class UnknownFormatError(InputError):
    """The bytes are no text in a known encoding."""


class NoReportError(InputError):
    """The input was read, but no annual report is in it."""


class FormFileError(GongkaiError):
    """A form file has a mistake, or can't be read."""


class OutputError(GongkaiError):
    """The result can't be written."""
