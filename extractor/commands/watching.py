"""Checking again whenever a file changes, until somebody presses Ctrl-C."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

import typer

from extractor.checking.configuration import CONFIGURATION_FILES
from extractor.commands.error_reporter import exit_on_error
from extractor.commands.inputs import STANDARD_INPUT
from extractor.commands.language import note
from extractor.commands.wishes import forget_files
from extractor.errors import InputError
from rules.words import Language

# An editor may write a file in several steps; what changes within so many milliseconds is one change.
_DEBOUNCE, _STEP = 400, 50
# So long a turn without a change lasts, in milliseconds.
_TURN = 500


def watch(paths: Sequence[Path], check: Callable[[], int], language: Language) -> NoReturn:
    """Check, and again whenever one of some files changes.

    Args:
        paths: of the files. The files of configuration beside them count, too.
        check: checks them, prints what it finds, and gives the exit status.
        language: of what is told of the waiting.

    Raises:
        typer.Exit: after Ctrl-C, with the status of the last check; 2 if the files can't be watched.
    """
    with exit_on_error(language):
        folders = _folders(paths)
    from watchfiles import watch as changes  # needed here alone

    names = {path.absolute() for path in paths}

    def concerns(_change: object, name: str) -> bool:
        path = Path(name)
        return path in names or path.name in CONFIGURATION_FILES

    status: int | None = None
    try:
        # Whole folders: an editor puts a new file in the place of the old one. The first turn comes when they
        # are watched: what changes while the files are checked is seen.
        for changed in changes(
            *folders,
            watch_filter=concerns,
            debounce=_DEBOUNCE,
            step=_STEP,
            rust_timeout=_TURN,
            yield_on_timeout=True,
            recursive=False,
        ):
            if changed or status is None:
                forget_files()
                status = _checked(check)
                note(language, "等待文件改动，按 Ctrl-C 结束", "waiting for changes; Ctrl-C ends it")
    except KeyboardInterrupt:
        pass
    raise typer.Exit(130 if status is None else status)


def _folders(paths: Sequence[Path]) -> list[Path]:
    if Path(STANDARD_INPUT) in paths:
        raise InputError(
            "标准输入（-）无法监视。请给出文件，或去掉 --watch。",
            "standard input (-) can't be watched; name a file, or leave out --watch",
        )
    folders = dict.fromkeys(path.absolute().parent for path in paths)
    for folder in folders:
        if not folder.is_dir():
            raise InputError(
                f"没有文件夹 {folder}。请检查路径。", f"there is no folder {folder}; check the path"
            )
    return list(folders)


def _checked(check: Callable[[], int]) -> int:
    """The status of a check; a mistake in a file of rules, which is told, may be mended the next time."""
    try:
        return check()
    except typer.Exit as end:
        return end.exit_code
