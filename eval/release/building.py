"""The wheel and the source distribution, the same bytes of the same commit wherever they are built."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def build(folder: Path, *, has_source: bool = False, root: Path = ROOT) -> Path:
    """Build the wheel.

    Args:
        folder: to write it to.
        has_source: whether the source distribution is built, too.
        root: of the sources: this checkout, or a copy of it.

    Returns:
        The wheel.
    """
    # Hatchling puts files in order, with rights that don't depend on the machine's, and of this time.
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(_time())}
    for target in ("wheel", "sdist") if has_source else ("wheel",):
        subprocess.run(  # noqa: S603 - our own environment's program
            [sys.executable, "-m", "hatchling", "build", "--target", target, "--directory", str(folder)],
            cwd=root,
            env=environment,
            stdout=subprocess.DEVNULL,
            check=True,
        )
    (wheel,) = folder.glob("gongkai-*.whl")
    return wheel


def _time() -> int:
    """Seconds: when the last commit was made; of an unpacked source distribution, that of its changelog."""
    told = subprocess.run(
        ["git", "log", "-1", "--format=%ct"],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return int(told.stdout or (ROOT / "CHANGELOG.md").stat().st_mtime)
