"""``make release VERSION=0.2.0``: a version, in pyproject.toml, in the changelog and as a tag."""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from datetime import UTC, datetime

from eval.release.building import ROOT

_VERSION = re.compile(r'^version = "([^"]+)"$', re.M)
_UNRELEASED = "## Unreleased\n"


def main() -> None:
    """Set the version, commit it and tag it; push and `make dist` are left to who releases."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("version")
    version: str = parser.parse_args().version
    if _git("status", "--porcelain"):
        sys.exit("there are changes that aren't committed")
    project, changelog = ROOT / "pyproject.toml", ROOT / "CHANGELOG.md"
    try:
        texts = released(
            project.read_text(encoding="utf-8"),
            changelog.read_text(encoding="utf-8"),
            version,
            f"{datetime.now(UTC):%Y-%m-%d}",
        )
    except ValueError as error:
        sys.exit(str(error))
    for path, text in zip((project, changelog), texts, strict=True):
        path.write_text(text, encoding="utf-8")
    _git("commit", "--all", "--message", f"Version {version}")
    _git("tag", "--annotate", f"v{version}", "--message", f"Version {version}")
    print(f"v{version} is tagged; `make dist` builds it")


def released(project: str, changelog: str, version: str, date: str) -> tuple[str, str]:
    """pyproject.toml and the changelog of a version.

    Args:
        project: the first as it is; the only place where the version stands.
        changelog: the second as it is.
        version: three numbers, more than those that are there.
        date: of today.

    Raises:
        ValueError: if the version is none, or isn't newer, or nothing has changed.
    """
    if not re.fullmatch(r"\d+\.\d+\.\d+", version):
        raise ValueError(f"{version} is no version such as 0.2.0")
    match = _VERSION.search(project)
    if match is None:
        raise ValueError("pyproject.toml has no version")
    if _numbers(version) <= _numbers(match[1]):
        raise ValueError(f"{version} isn't newer than {match[1]}")
    before, heading, after = changelog.partition(_UNRELEASED)
    if not heading or not after.partition("\n## ")[0].strip():
        raise ValueError("the changelog says of nothing that has changed")
    project = project[: match.start(1)] + version + project[match.end(1) :]
    return project, f"{before}{heading}\n## {version} ({date})\n{after}"


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def _git(*arguments: str) -> str:
    run = subprocess.run(  # noqa: S603
        ["git", *arguments],  # noqa: S607
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return run.stdout


if __name__ == "__main__":
    main()
