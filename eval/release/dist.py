"""``make dist``: the wheel, the source distribution, and the list of what the wheel installs (CycloneDX)."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import tomllib
import venv
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name

from eval.release.building import ROOT, build
from eval.release.licences import Package, packages, packages_in

TARGET = ROOT / "dist"


def main() -> None:
    """Write them to ``dist``; exits other than 0 if a licence doesn't allow it to be given on."""
    _refuse(packages())
    shutil.rmtree(TARGET, ignore_errors=True)
    wheel = build(TARGET, has_source=True)
    bill = TARGET / f"{wheel.name.partition('-py3')[0]}.cdx.json"
    _write_bill(wheel, bill)
    for path in sorted(TARGET.iterdir()):
        print(f"{path.relative_to(ROOT)}  {path.stat().st_size // 1024} KB")


def _refuse(found: Iterable[Package]) -> None:
    refused = [one for one in found if not one.is_allowed]
    for package in refused:
        print(f"{package.name} {package.version}: {package.licence or 'no licence'}", file=sys.stderr)
    if refused:
        sys.exit(1)


def _write_bill(wheel: Path, target: Path) -> None:
    """List what a fresh environment has after the wheel was installed there with all its extras."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = str(next(Path(folder).glob("[bS]*/python*")))
        pip = (python, "-m", "pip", "--disable-pip-version-check")
        asked = f"{wheel}[{','.join(project['optional-dependencies'])}]"
        subprocess.run([*pip, "install", "--quiet", asked], check=True)  # noqa: S603
        subprocess.run([*pip, "uninstall", "--quiet", "--yes", "pip", "setuptools"], check=True)  # noqa: S603
        form = ("--output-reproducible", "--output-format", "JSON", "--output-file", str(target))
        own = ("--pyproject", str(ROOT / "pyproject.toml"))
        subprocess.run(  # noqa: S603 - our own environment's program
            [sys.executable, "-m", "cyclonedx_py", "environment", python, *own, *form], check=True
        )
        installed = packages_in(next(Path(folder).glob("[lL]ib*/**/site-packages")))
    _refuse(installed)
    bill = with_licences(json.loads(target.read_text(encoding="utf-8")), installed)
    target.write_text(json.dumps(bill, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def with_licences(bill: dict[str, Any], installed: Iterable[Package]) -> dict[str, Any]:
    """A list in which each package has its licence: some state theirs in words that no list of licences has.

    Args:
        bill: as CycloneDX has it.
        installed: what it lists.
    """
    licences = {one.name: one.licence for one in installed}
    components = [
        {"licenses": [{"license": {"name": licences[canonicalize_name(one["name"])]}}], **one}
        for one in bill["components"]
    ]
    return {**bill, "components": components}


if __name__ == "__main__":
    main()
