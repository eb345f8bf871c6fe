"""The program that has Python in it: `make bundle` makes it of this module.

It is the command line, and it runs our other programs, as there is no Python that could. Files that are
dragged onto it are its arguments, without a command: of each the page is written beside it, and opened.
"""

from __future__ import annotations

import multiprocessing
import sys
import webbrowser
from collections.abc import Callable, Sequence
from pathlib import Path
from runpy import run_module

from extractor.processes import MODULE

# Below it lie our programs; no argument makes it run anything else.
_HOME = "extractor."
_ENDING = ".html"


def main() -> None:
    """Run what the arguments ask for, and exit."""
    multiprocessing.freeze_support()
    arguments = sys.argv[1:]
    if arguments[:1] == [MODULE]:
        run_program(arguments[1:])
        return
    from extractor.__main__ import main as run

    dropped = dropped_files(arguments)
    if dropped:
        sys.exit(max(write_page(file, run, webbrowser.open) for file in dropped))
    run()


def run_program(arguments: Sequence[str]) -> None:
    """Run one of our programs.

    Args:
        arguments: its module, and what it is told.
    """
    module, *given = arguments
    if not module.startswith(_HOME):
        sys.exit(2)
    sys.argv = [module, *given]
    run_module(module, run_name="__main__", alter_sys=True)


def dropped_files(arguments: Sequence[str]) -> list[Path]:
    """The files and folders that arguments name; none if there is anything else among them.

    Args:
        arguments: of the program.
    """
    paths = [Path(one) for one in arguments]
    from extractor.commands.app import COMMANDS

    is_dropped = all(path.exists() for path in paths) and not set(arguments) & {*COMMANDS, "eval"}
    return paths if is_dropped else []


def write_page(file: Path, run: Callable[[], None], show: Callable[[str], object]) -> int:
    """Write the page of a file beside it, and show it; what went wrong stays to be read.

    Args:
        file: the report, or a folder of reports.
        run: the command line, which takes ``sys.argv`` and exits.
        show: opens an address in a browser.

    Returns:
        The exit status of the command.
    """
    page = file.with_name(file.name + _ENDING)
    sys.argv = [sys.argv[0], "review", str(file), "-o", str(page)]
    status = 0
    try:
        run()
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 1
    if page.exists() and not status:
        show(page.resolve().as_uri())
    elif sys.stdin is not None and sys.stdin.isatty():
        input("按回车键关闭 / press Enter to close ")
    return status


if __name__ == "__main__":
    main()
