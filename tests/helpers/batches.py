"""Runs batches as a user does, and reads what they write."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import chdir
from pathlib import Path
from typing import NamedTuple

from typer.testing import CliRunner

from eval.gold.cases import load_case
from extractor.commands.app import app
from tests.helpers.ready import ready_program

RIGHT = load_case("longting-2023").path
# Of another organ than the first, and verified as well.
OTHER = load_case("luozhuang-2023").path


class Ended(NamedTuple):
    """A command that has come to its end."""

    code: int
    out: str
    err: str


def batch(*arguments: str | Path, folder: Path, jobs: int = 1) -> Ended:
    """Run ``gongkai batch`` in a folder, to its end; only the processes that read are real ones."""
    with chdir(folder):
        result = CliRunner().invoke(app, _words(*arguments, jobs=jobs))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return Ended(result.exit_code, result.stdout, result.stderr)


def started(
    *arguments: str | Path,
    folder: Path,
    program: Sequence[str] | None = None,
    stderr: int = subprocess.PIPE,
) -> subprocess.Popen[str]:
    """The program as a process that has begun a batch.

    Args:
        arguments: those of ``gongkai batch``.
        folder: where it is begun.
        program: the command that it is; unless given, one that is ready at once.
        stderr: as :class:`subprocess.Popen` takes it.
    """
    return subprocess.Popen(
        [*(program or ready_program()), *_words(*arguments, jobs=2)],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=stderr,
        text=True,
        env={**os.environ, "LC_ALL": "C.UTF-8", "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )


def _words(*arguments: str | Path, jobs: int) -> list[str]:
    reads = arguments[0] != "merge"
    return ["batch", *map(str, arguments), *(["--jobs", str(jobs)] if reads else []), "--lang", "en"]


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a table that was written."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def result_bytes(folder: Path) -> dict[str, bytes]:
    """Everything that is in a folder of results, but for the journal."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


def outcomes(folder: Path) -> list[Mapping[str, object]]:
    """What the journal in a folder of results says came of contents, in the order in which it was kept."""
    path = folder / "journal/1-of-1.jsonl"
    lines = path.read_bytes().split(b"\n")[:-1] if path.exists() else []
    return [line for line in map(json.loads, lines) if "settings" in line]


def wait_until(is_so: Callable[[], bool]) -> None:
    """Wait for something that comes soon."""
    until = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.01)
