"""The baseline: what the program made of small runs when it was last looked at, kept in eval/baselines.

``make baseline`` makes the same runs and compares; exit status 1 on a regression.
``python -m eval.runs.baseline --keep`` writes them down anew, to be done where a change is meant and the
comparison has been read.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from eval.runs.folder import MANIFEST, RESULTS, read_run
from eval.runs.suites import CASES, SIMULATION, ZOO
from eval.scoring.compare import compare, lines
from eval.zoo import LAYOUTS, Layout

FOLDER = Path(__file__).parents[1] / "baselines"
_ROOT = Path(__file__).parents[2]
# Only layouts that no other program writes, so that the runs are the same everywhere.
_WRITTEN = tuple(f"{ZOO}:{layout}" for layout in Layout if not LAYOUTS[layout].needs)
RUNS = {
    "cases": (CASES,),
    "zoo": (*_WRITTEN, "--limit", "4"),
    "simulation": (SIMULATION, "--limit", "54"),
}
_SHOWN = 20


def make(name: str, folder: Path) -> None:
    """Make one of the runs.

    Args:
        name: of the run.
        folder: to write it to.
    """
    command = [sys.executable, "-m", "eval", *RUNS[name], "-o", str(folder)]
    made = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, check=False)  # noqa: S603
    if made.returncode not in (0, 1):
        sys.exit(made.stderr)


def keep(made: Path, folder: Path) -> None:
    """Write a run down, without what differs from one time to the next."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MANIFEST).write_bytes((made / MANIFEST).read_bytes())
    with (folder / RESULTS).open("w", encoding="utf-8") as stream:
        for line in (made / RESULTS).read_text(encoding="utf-8").splitlines():
            kept = json.loads(line)
            if "seconds" in kept:
                kept["seconds"] = 0.0
            stream.write(json.dumps(kept, ensure_ascii=False) + "\n")


def main() -> None:
    """Compare with the baseline, or keep another one."""
    parser = argparse.ArgumentParser(prog="python -m eval.runs.baseline", description=__doc__)
    parser.add_argument("--keep", action="store_true", help="write the runs down as the baseline")
    is_kept = parser.parse_args().keep
    is_worse = False
    for name in RUNS:
        with TemporaryDirectory() as place:
            made = Path(place) / name
            make(name, made)
            if is_kept:
                keep(made, FOLDER / name)
                continue
            comparison = compare(read_run(FOLDER / name), read_run(made))
        is_worse = is_worse or comparison.is_regression(0)
        print(f"{name}: " + "\n".join(lines(comparison, _SHOWN)))
    if is_worse:
        sys.exit(
            "worse than the baseline; if that is meant, keep another one: python -m eval.runs.baseline --keep"
        )


if __name__ == "__main__":
    main()
