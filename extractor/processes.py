"""Programs of our own that run as processes of their own."""

from __future__ import annotations

import os
import sys
from pathlib import Path

# The folder that holds the package, wherever it was imported from.
_HOME = str(Path(__file__).parents[1])


def command_of(module: str) -> tuple[str, ...]:
    """The command that runs one of our modules by the Python that runs this.

    Args:
        module: its dotted name.
    """
    # -P keeps the folder that we were started in from being looked at for modules.
    return (sys.executable, "-P", "-m", module)


def environment() -> dict[str, str]:
    """This process's environment, by which another finds modules where we did, in the same order."""
    paths = [path for path in sys.path if path]
    known = paths if _HOME in paths else [_HOME, *paths]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(known)}
