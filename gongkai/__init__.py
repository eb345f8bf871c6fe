"""``import gongkai`` gives what ``extractor`` gives, and ``python -m gongkai`` is the program.

>>> import gongkai
>>> report, = gongkai.extract("report.txt")
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import extractor

if TYPE_CHECKING:
    from extractor import *  # noqa: F403 - for type checkers and editors: all its names, none by hand

__all__ = extractor.__all__

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(extractor, name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
