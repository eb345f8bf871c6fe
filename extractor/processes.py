"""Programs of our own that run as processes of their own."""

from __future__ import annotations

import os
import sys
from pathlib import Path

# The folder that holds the package, wherever it was imported from.
_HOME = str(Path(__file__).parents[1])
#: Before the name of a module that a program without Python is to run instead of the command line.
MODULE = "--gongkai-module"


def command_of(module: str) -> tuple[str, ...]:
    """The command that runs one of our modules: by Python, or by the program that has Python in it.

    Args:
        module: its dotted name.
    """
    if is_frozen():
        return (sys.executable, MODULE, module)
    # -P keeps the folder that we were started in from being looked at for modules.
    return (sys.executable, "-P", "-m", module)


def is_frozen() -> bool:
    """Whether this is the program that has Python in it (`make bundle`)."""
    return bool(getattr(sys, "frozen", False))


def environment() -> dict[str, str]:
    """This process's environment, by which another finds modules where we did, in the same order."""
    paths = [path for path in sys.path if path]
    known = paths if _HOME in paths else [_HOME, *paths]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(known)}
