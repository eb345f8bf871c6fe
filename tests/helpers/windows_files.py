"""Files as Windows has them: what is open can be neither renamed, nor replaced, nor removed."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pytest

# So many files are open at once at most.
_NUMBERS = range(256)


def hold_open_files(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Refuse, in this process, what Windows refuses.

    Returns:
        The files for which something was refused, by their names, as it goes on.
    """
    refused: list[str] = []

    def held(function: Callable[..., Any]) -> Callable[..., Any]:
        def refusing(*paths: Any, **named: Any) -> Any:
            for path in paths:
                if _is_open(path):
                    refused.append(Path(os.fsdecode(path)).name)
                    raise PermissionError(13, "another process uses the file", str(path))
            return function(*paths, **named)

        return refusing

    for name in ("replace", "rename", "unlink", "remove"):
        monkeypatch.setattr(os, name, held(getattr(os, name)))
    return refused


def _is_open(path: Any) -> bool:
    try:
        this = os.stat(path)
    except OSError:
        return False
    return any((this.st_dev, this.st_ino) == known for known in map(_identity, _NUMBERS))


def _identity(number: int) -> tuple[int, int]:
    try:
        state = os.fstat(number)
    except OSError:
        return (0, 0)
    return state.st_dev, state.st_ino
