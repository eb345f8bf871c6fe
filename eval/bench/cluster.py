"""A real Ray cluster of one machine: a batch on it writes the bytes that one process writes, killed or not.

Ray is put into an environment of its own, in ``.integration`` in the checkout, as it takes 300 MB.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import sysconfig
import tempfile
import time
import tomllib
import venv
from pathlib import Path

from eval.bench.pile import make_pile
from eval.servers.integration import FOLDER

_FILES = 120
_WORKER = b"ray::MapWorker"
_PATIENCE = 300


def main() -> None:
    """Compare what is written; exit status 1 if it differs."""
    python = _environment()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_pile(folder / "pile", _FILES)
        _started(python, folder, "one", "--jobs", "1").wait(_PATIENCE)
        begun = time.monotonic()
        _started(python, folder, "ray", "--jobs", "2", "--engine", "ray").wait(_PATIENCE)
        seconds = time.monotonic() - begun
        print(f"{_FILES} files on a cluster of this machine: {seconds:.0f} s, its start included")
        killed = _killed(python, folder)
        whole = _bytes(folder / "one")
        same = {name: _bytes(folder / name) == whole for name in ("ray", "killed")}
    print(f"the bytes of one process: {same['ray']}; with {killed} workers killed: {same['killed']}")
    if not whole or not killed or not all(same.values()):
        sys.exit(1)


def _environment() -> Path:
    """The interpreter of an environment that has Ray beside what this one has."""
    folder = FOLDER / "ray"
    python = folder / "bin" / "python"
    if not python.exists():
        project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
        venv.create(folder, with_pip=True)
        (packages,) = folder.glob("lib/python*/site-packages")
        (packages / "beside.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
        wanted = project["project"]["optional-dependencies"]["ray"]
        command = [python, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", *wanted]
        subprocess.run(command, check=True)  # noqa: S603 - our own list of packages
    return python


def _started(python: Path, folder: Path, output: str, *more: str) -> subprocess.Popen[bytes]:
    paths = os.pathsep.join([str(Path(__file__).parents[2]), *filter(None, [os.environ.get("PYTHONPATH")])])
    return subprocess.Popen(  # noqa: S603 - our own program
        [python, "-m", "extractor", "batch", "pile", "-o", output, "--lang", "en", *more],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": paths},
    )


def _killed(python: Path, folder: Path) -> int:
    """Run it again, and kill a worker as soon as something was read; how many were."""
    process = _started(python, folder, "killed", "--jobs", "2", "--engine", "ray")
    journal, killed = folder / "killed/journal/1-of-1.jsonl", 0
    while process.poll() is None:
        if not killed and journal.exists() and journal.stat().st_size:
            for worker in _workers()[:1]:
                os.kill(worker, signal.SIGKILL)
                killed += 1
        time.sleep(0.05)
    return killed


def _workers() -> list[int]:
    """The processes of Ray that read files."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if path.read_bytes().startswith(_WORKER):
                found.append(int(path.parent.name))
        except OSError:
            continue
    return sorted(found)


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


if __name__ == "__main__":
    main()
