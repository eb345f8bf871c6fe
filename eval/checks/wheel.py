"""Build the wheel, install it into a fresh environment, run the main job outside the checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

from eval.gold.cases import load_case
from eval.release.building import build

_ROOT = Path(__file__).parents[2]


def _run(*command: str, cwd: Path = _ROOT) -> str:
    run = subprocess.run(  # noqa: S603  # our own program, and pip
        command, check=True, cwd=cwd, env=_outside(), stdout=subprocess.PIPE, text=True
    )
    return run.stdout


def _outside() -> dict[str, str]:
    """The environment without what would let Python find the checkout."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}


def main() -> None:
    """Run it; exits other than 0 if the installed program doesn't do what the checkout does."""
    case = load_case("longting-2023")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        wheel = build(place)
        _check_copy(wheel, place)
        venv.create(place / "fresh", with_pip=True)
        python = str(place / "fresh" / "bin" / "python")
        install = (python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
        _run(*install, "--constraint", str(_constraints(place)), str(wheel))
        report = place / "report.txt"
        report.write_bytes(case.path.read_bytes())
        program = str(place / "fresh" / "bin" / "gongkai")
        _check_names(program, python, report)
        table = _run(program, "extract", str(report), "--to", "csv", cwd=place)
        rows = table.splitlines()
        if len(rows) != 1 + len(case.cells):
            sys.exit(f"the installed program printed {len(rows)} lines, not {1 + len(case.cells)}")
        _check_refusal(program, place)
        packages = _run(
            python,
            "-c",
            "import gongkai, rules, cache; "
            "print(gongkai.__file__, gongkai.extract.__module__, rules.__file__, cache.__file__)",
            cwd=place,
        )
        print(f"{wheel.name}: installed, checked and read a report outside the checkout\n{packages}", end="")


def _check_copy(wheel: Path, place: Path) -> None:
    """Built of a copy, whose files have other times and rights and lie elsewhere, it is the same."""
    copy = place / "copy"
    for room in ("gongkai", "extractor", "rules", "prompts", "cache"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(_ROOT / room, copy / room, copy_function=shutil.copyfile, ignore=ignored)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copyfile(_ROOT / name, copy / name)
    if build(place / "again", root=copy).read_bytes() != wheel.read_bytes():
        sys.exit("the wheel isn't the same when it is built again")


def _check_names(program: str, python: str, report: Path) -> None:
    """However it is called, it is the same program."""
    for arguments in (("--version",), ("check", str(report))):
        told = {
            _run(*command, *arguments, cwd=report.parent)
            for command in ((program,), (python, "-m", "gongkai"), (python, "-m", "extractor"))
        }
        if len(told) != 1:
            sys.exit(f"`gongkai`, `python -m gongkai` and `python -m extractor` say different things: {told}")


def _check_refusal(program: str, place: Path) -> None:
    """No wheel has eval: the command must say so."""
    command = (program, "eval", "cases")
    own = subprocess.run(  # noqa: S603
        command, cwd=place, env=_outside(), capture_output=True, text=True, check=False
    )
    if own.returncode != 2 or "gongkai eval" not in own.stderr or "Traceback" in own.stderr:
        sys.exit(f"`gongkai eval` exits {own.returncode} and says {own.stderr!r}")


def _constraints(folder: Path) -> Path:
    """The pinned versions without their hashes, which a wheel made here can't have."""
    lines = (_ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    pins = [line.split(" ")[0] for line in lines if "==" in line and not line.startswith((" ", "#"))]
    path = folder / "constraints.txt"
    path.write_text("\n".join(pins) + "\n", encoding="utf-8")
    return path


if __name__ == "__main__":
    main()
