"""The demonstration: one real report read and verified, and one planted mismatch caught."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from eval.gold.cases import load_case
from eval.gold.planting import with_figures

_ADDRESS, _PLANTED = "requests.granted.natural_person", "130"


def _gongkai(*arguments: str, exits: int) -> None:
    print(f"\n$ gongkai {' '.join(arguments)}", flush=True)
    run = subprocess.run([sys.executable, "-m", "extractor", *arguments], check=False)  # noqa: S603  # our own
    if run.returncode != exits:
        sys.exit(f"it exited with {run.returncode}, not {exits}")


def main() -> None:
    """Run it."""
    case = load_case("luozhuang-2023")
    cell = next(cell for cell in case.cells if cell.address == _ADDRESS)
    print("A real report, read by its layout and verified by the form's own arithmetic:")
    _gongkai("extract", str(case.path.relative_to(Path.cwd())), exits=0)
    with tempfile.TemporaryDirectory() as folder:
        planted = Path(folder) / "planted.txt"
        planted.write_text(with_figures(case, {_ADDRESS: _PLANTED}), encoding="utf-8")
        print(f"\nThe same report with {_PLANTED} for {cell.printed} on line {cell.line}, and nothing else:")
        _gongkai("check", str(planted), exits=1)


if __name__ == "__main__":
    main()
