"""Programs that some layouts take: a browser with its driver, LibreOffice, and a font with Chinese."""

from __future__ import annotations

import shutil
import subprocess
from enum import StrEnum
from functools import cache


class Program(StrEnum):
    """What must be installed; ``make programs`` does it on Debian."""

    BROWSER = "chromium"
    FIREFOX = "firefox-esr"
    DRIVER = "chromedriver"
    OFFICE = "soffice"
    FONT = "a Chinese font"


@cache
def path_of(program: Program) -> str | None:
    """Where a program is; of the font, what it is called; None if it isn't there."""
    if program is not Program.FONT:
        return shutil.which(program)
    lister = shutil.which("fc-list")
    if lister is None:
        return None
    found = subprocess.run([lister, ":lang=zh", "family"], capture_output=True, text=True, check=False)  # noqa: S603
    return next(iter(found.stdout.splitlines()), None)


def missing(programs: tuple[Program, ...]) -> str:
    """Why what takes these programs is left out; empty if they are all there."""
    lacking = [program for program in programs if path_of(program) is None]
    return f"{', '.join(lacking)} not installed: `make programs` installs what is missing" if lacking else ""
