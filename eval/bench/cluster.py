"""A real Ray cluster of one machine: a batch on it writes the bytes that one process writes, killed or not.

So it does where files and results are in a store that speaks S3, which is one of this machine, too. Both are
put into an environment of their own, in ``.integration`` in the checkout, as they take 400 MB.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import sysconfig
import tempfile
import time
import tomllib
import venv
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from pyarrow.fs import FileSelector, S3FileSystem, copy_files

from eval.bench.pile import make_pile
from eval.servers.integration import FOLDER

_FILES = 120
_WORKER = b"ray::MapWorker"
_PATIENCE = 900
_STORE = "moto[server]>=5.2,<6"
_BUCKET = "reports"


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
        with _store(python) as (store, environment):
            same |= _stored(python, folder, store, environment)
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
        wanted = [*project["project"]["optional-dependencies"]["ray"], _STORE]
        command = [python, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", *wanted]
        subprocess.run(command, check=True)  # noqa: S603 - our own list of packages
    return python


def _started(
    python: Path,
    folder: Path,
    output: str,
    *more: str,
    pile: str = "pile",
    environment: Mapping[str, str] | None = None,
) -> subprocess.Popen[bytes]:
    paths = os.pathsep.join([str(Path(__file__).parents[2]), *filter(None, [os.environ.get("PYTHONPATH")])])
    return subprocess.Popen(  # noqa: S603 - our own program
        [python, "-m", "extractor", "batch", pile, "-o", output, "--lang", "en", *more],
        cwd=folder,
        env={**os.environ, **(environment or {}), "PYTHONPATH": paths},
    )


@contextmanager
def _store(python: Path) -> Iterator[tuple[S3FileSystem, Mapping[str, str]]]:
    """A server that speaks S3 on this machine, with an empty bucket, and what a program needs to find it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(python), "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 - ours
    try:
        until = time.monotonic() + _PATIENCE
        while True:
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except OSError:
                if server.poll() is not None or time.monotonic() > until:
                    raise
                time.sleep(0.2)
        key, secret = "of no", "account"
        store = S3FileSystem(
            access_key=key,
            secret_key=secret,
            endpoint_override=f"127.0.0.1:{port}",
            scheme="http",
            region="us-east-1",
            request_timeout=60,
            allow_bucket_creation=True,
        )
        store.create_dir(_BUCKET)
        yield (
            store,
            {
                "AWS_ACCESS_KEY_ID": key,
                "AWS_SECRET_ACCESS_KEY": secret,
                "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
                "AWS_DEFAULT_REGION": "us-east-1",
                "AWS_EC2_METADATA_DISABLED": "true",
            },
        )
    finally:
        server.kill()
        server.wait()


def _stored(
    python: Path, folder: Path, store: S3FileSystem, environment: Mapping[str, str]
) -> Mapping[str, bool]:
    """Whether all is as it should be where the pile and the results are in a store."""
    copy_files(str(folder / "pile"), f"{_BUCKET}/pile", destination_filesystem=store)

    def run(output: str, machine: str, *more: str) -> subprocess.Popen[bytes]:
        cache = {"GONGKAI_CACHE_DIR": str(folder / machine)}
        address = f"s3://{_BUCKET}/{output}" if output != "here" else output
        pile = f"s3://{_BUCKET}/pile"
        return _started(python, folder, address, *more, pile=pile, environment={**environment, **cache})

    run("here", "first", "--jobs", "2").wait(_PATIENCE)
    process = run("out", "first", "--engine", "ray", "--jobs", "2")
    killed = _kill_one(process, lambda: _has_results(folder / "first/batches"))
    # Links lead to no file that was read from a store, so that the workbooks are the same, too.
    is_same = _files_in(store, f"{_BUCKET}/out") == _bytes(folder / "here")
    same = {f"in a store, {killed} workers killed": is_same and killed > 0}
    journal = _journal_in(store, "out")
    run("out", "second", "--engine", "ray", "--jobs", "2").wait(_PATIENCE)
    same["on another machine"] = bool(journal) and _journal_in(store, "out") == journal
    kept = folder / "first/batches"
    others = set(kept.iterdir())
    process = run("again", "first", "--jobs", "2")
    while process.poll() is None and not any(map(_has_results, set(kept.iterdir()) - others)):
        time.sleep(0.05)
    process.kill()
    process.wait()
    run("again", "first", "--jobs", "2").wait(_PATIENCE)
    same["gone on with"] = _files_in(store, f"{_BUCKET}/again") == _bytes(folder / "here")
    for what, is_so in same.items():
        print(f"the bytes of one process, {what}: {is_so}")
    return same


def _has_results(folder: Path) -> bool:
    """Whether a journal somewhere in a folder has any."""
    return any(path.stat().st_size for path in folder.rglob("journal/*.results.gz"))


def _journal_in(store: S3FileSystem, output: str) -> bytes:
    """All lines of a journal."""
    return b"".join(_files_in(store, f"{_BUCKET}/{output}/journal", ".jsonl").values())


def _files_in(store: S3FileSystem, folder: str, ending: str = "") -> dict[str, bytes]:
    """The files of a folder, by their names."""
    found = {}
    for info in store.get_file_info(FileSelector(folder)):
        if info.is_file and info.path.endswith(ending):
            with store.open_input_stream(info.path, compression=None) as stream:
                found[info.base_name] = stream.read()
    return found


def _killed(python: Path, folder: Path) -> int:
    """Run it again, and kill a worker as soon as something was read; how many were."""
    process = _started(python, folder, "killed", "--jobs", "2", "--engine", "ray")
    return _kill_one(process, lambda: _has_results(folder / "killed"))


def _kill_one(process: subprocess.Popen[bytes], has_begun: Callable[[], bool]) -> int:
    """Wait for the end of a run, of which a worker is killed when it has begun; how many were."""
    killed = 0
    while process.poll() is None:
        if not killed and has_begun():
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
