"""Runs batches as a user does, and reads what they write."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path

from eval.gold.cases import load_case

RIGHT = load_case("longting-2023").path
# Of another organ than the first, and verified as well.
OTHER = load_case("luozhuang-2023").path


def batch(*arguments: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run ``gongkai batch`` in a folder, to its end."""
    return subprocess.run(
        command(*arguments), cwd=folder, capture_output=True, text=True, check=False, env=environment()
    )


def command(*arguments: str | Path) -> list[str]:
    """The command line of a batch in English."""
    return [sys.executable, "-m", "extractor", "batch", *map(str, arguments), "--lang", "en"]


def environment() -> dict[str, str]:
    """The environment that it runs in: modules are found from any folder."""
    return {**os.environ, "LC_ALL": "C.UTF-8", "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a table that was written."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def result_bytes(folder: Path) -> dict[str, bytes]:
    """Everything that is in a folder of results, but for the journal."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}
