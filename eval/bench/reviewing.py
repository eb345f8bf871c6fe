"""What a page for reviewing costs beside reading: each command as it is run, in CPU time, as a ratio.

The pictures of a PDF's pages are part of it. A page should take at most twice what reading does.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from eval.bench.clock import cpu_seconds, name_of_cpu
from eval.gold.cases import load_case

_REPORTS = ("longting-2023", "hongze-2023")
_TIMES = 5


def seconds_of(*arguments: str) -> float:
    """What a command takes of the processor, in seconds, all its processes together.

    Args:
        arguments: of ``gongkai``.

    Raises:
        CalledProcessError: if it fails.
    """
    before = cpu_seconds()
    command = [sys.executable, "-m", "extractor", *arguments]
    subprocess.run(command, capture_output=True, check=True)  # noqa: S603 - our own program
    return cpu_seconds() - before


def main() -> None:
    """Print the least of some runs of both commands, and how many times the one the other takes."""
    print(name_of_cpu())
    with tempfile.TemporaryDirectory() as folder:
        page = str(Path(folder, "page.html"))
        for name in _REPORTS:
            path = str(load_case(name).path)
            pairs = [
                (seconds_of("extract", path, "--to", "json"), seconds_of("review", path, "-o", page))
                for _ in range(_TIMES)
            ]
            read, shown = (min(times) for times in zip(*pairs, strict=True))
            print(f"{name}: extract {read:.2f} s, review {shown:.2f} s, {shown / read:.2f} times")


if __name__ == "__main__":
    main()
