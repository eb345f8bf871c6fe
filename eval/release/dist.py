"""``make dist``: the wheel, the source distribution, and the list of what the wheel installs (CycloneDX)."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

from eval.release.building import ROOT, build
from eval.release.licences import packages

TARGET = ROOT / "dist"
_EXTRAS = "ocr,serve,tables"


def main() -> None:
    """Write them to ``dist``; exits other than 0 if a licence doesn't allow it to be given on."""
    refused = [one for one in packages() if not one.is_allowed]
    for package in refused:
        print(f"{package.name} {package.version}: {package.licence or 'no licence'}", file=sys.stderr)
    if refused:
        sys.exit(1)
    shutil.rmtree(TARGET, ignore_errors=True)
    wheel = build(TARGET, has_source=True)
    bill = TARGET / f"{wheel.name.partition('-py3')[0]}.cdx.json"
    _write_bill(wheel, bill)
    for path in sorted(TARGET.iterdir()):
        print(f"{path.relative_to(ROOT)}  {path.stat().st_size // 1024} KB")


def _write_bill(wheel: Path, target: Path) -> None:
    """List what a fresh environment has after the wheel was installed there with all its extras."""
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = str(next(Path(folder).glob("[bS]*/python*")))
        pip = (python, "-m", "pip", "--disable-pip-version-check")
        subprocess.run([*pip, "install", "--quiet", f"{wheel}[{_EXTRAS}]"], check=True)  # noqa: S603
        subprocess.run([*pip, "uninstall", "--quiet", "--yes", "pip", "setuptools"], check=True)  # noqa: S603
        form = ("--output-reproducible", "--output-format", "JSON", "--output-file", str(target))
        own = ("--pyproject", str(ROOT / "pyproject.toml"))
        subprocess.run(  # noqa: S603 - our own environment's program
            [sys.executable, "-m", "cyclonedx_py", "environment", python, *own, *form], check=True
        )


if __name__ == "__main__":
    main()
