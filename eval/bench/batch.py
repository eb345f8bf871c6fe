"""Benchmark of a batch: its cost beside reading in a loop, and again when nothing changed; kills.

Figures are ratios of one run, and of CPU time where that is said, so that they mean something on a machine
that others use, too; those by the clock want one that does nothing else. ``--count`` says how many files
there are; the more, the less it counts that processes have to start.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import chdir
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from eval.bench.clock import cpu_seconds, name_of_cpu
from eval.bench.pile import make_pile, planted

_LOOPED = 300
# Files at the beginning and the end whose memory is compared; of fewer than twice as many, the halves.
_COMPARED = 1_000
_OUTPUTS = ("one", "two", "killed")
# So many files are read by a program that is started for each.
_STARTED = 12
# What a process computes that touches nothing, some seconds; it prints how many by the clock.
_BARE = (
    "import time; t = time.monotonic(); sum(n * n for n in range(30_000_000)); print(time.monotonic() - t)"
)


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=400, help="how many files")
    parser.add_argument("--kills", type=int, default=10, help="how often a run is killed")
    parser.add_argument("--folder", type=Path, help="to work in, which stays; a pile in it is used again")
    given = parser.parse_args()
    print(name_of_cpu())
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        with chdir(folder):
            _print_all(given.count, given.kills)


def _print_all(count: int, kills: int) -> None:
    if not Path("pile").exists():
        make_pile(Path("pile"), count)
    for output in _OUTPUTS:
        shutil.rmtree(output, ignore_errors=True)
    _print_costs(count)
    _print_found(count)
    _print_kills(kills)


class _Cost(NamedTuple):
    """What a command took: seconds of CPU and by the clock, and how its memory went.

    Attributes:
        cpu, wall: seconds.
        memory: of each look at it, how far the journal had grown by then, and MB.
    """

    cpu: float
    wall: float
    memory: Sequence[tuple[int, float]] = ()

    def peak(self, begin: float, end: float) -> float:
        """The most MB in a stretch of the reading, from 0 to 1; what is written comes behind 1."""
        whole = max((size for size, _ in self.memory), default=0)
        return max((mb for size, mb in self.memory if begin * whole <= size <= end * whole), default=0.0)

    def peak_at_end(self) -> float:
        """The most MB when all was read, and the tables were written."""
        return self.peak(1.0, 1.0)


def _batch(output: str, jobs: int) -> _Cost:
    before, begun = cpu_seconds(), time.monotonic()
    process = _started(output, jobs)
    samples: list[tuple[int, float]] = []
    watch = threading.Thread(target=_watch, args=(process, Path(output, "journal/1-of-1.jsonl"), samples))
    watch.start()
    process.wait()
    watch.join()
    return _Cost(cpu_seconds() - before, time.monotonic() - begun, samples)


def _started(output: str, jobs: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "extractor", "batch", "pile", "-o", output, "--jobs", str(jobs)]
    return subprocess.Popen(command, stderr=subprocess.DEVNULL, env=_environment())  # noqa: S603 - our own program


def _environment() -> dict[str, str]:
    """As an installed program has it: its modules compiled once."""
    paths = os.pathsep.join(filter(None, sys.path))
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPATH": paths, "PYTHONPYCACHEPREFIX": os.path.abspath("compiled")}


def _watch(process: subprocess.Popen[bytes], journal: Path, samples: list[tuple[int, float]]) -> None:
    while process.poll() is None:
        size = journal.stat().st_size if journal.exists() else 0
        samples.append((size, sum(map(_megabytes, _tree(process.pid)))))
        time.sleep(0.2)


def _tree(process: int) -> Iterator[int]:
    yield process
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:
        return
    for child in children:
        yield from _tree(int(child))


def _megabytes(process: int) -> float:
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0.0
    return pages * os.sysconf("SC_PAGESIZE") / 2**20


def _print_costs(count: int) -> None:
    """What a batch takes beside processes that read in a loop and write the same tables."""
    paths = sorted(map(str, Path("pile").iterdir()))
    some = paths[:: max(1, len(paths) // _LOOPED)]
    _looped([some[:20]], count)  # modules are compiled
    alone, together = _looped([some], count), _looped([some[::2], some[1::2]], count)
    one, two, again = _batch("one", 1), _batch("two", 2), _batch("two", 2)
    # Whatever else the machine did meanwhile, it did to both.
    alone = [*alone, *_looped([some], count)]
    cpu_read, cpu_tables, wall_read, wall_tables = (
        sum(one[name] for one in alone) / (2 * len(some))
        for name in ("cpu_read", "cpu_tables", "wall_read", "wall_tables")
    )
    print(f"\n{count} files; milliseconds of CPU a file")
    print(f"a loop in one process, reading, CSV and JSON  {cpu_read * 1000:8.1f}")
    print(f"the same with workbook and Parquet            {(cpu_read + cpu_tables) * 1000:8.1f}")
    for name, cost in (("batch, one process", one), ("batch, two", two), ("batch, nothing changed", again)):
        print(f"{name:<45} {cost.cpu / count * 1000:8.1f}   {cost.wall:7.1f} s by the clock")
    print(f"rate a core, of the loop's                    {cpu_read * count / two.cpu:8.2f}")
    print(f"rate a core, of the loop's with all tables    {(cpu_read + cpu_tables) * count / two.cpu:8.2f}")
    # Two threads of one core aren't two cores: what two loops reach at once is the most there is to have.
    at_once = max(one["wall_read"] + one["wall_tables"] for one in together) / len(some)
    best = wall_read + wall_tables
    print("\nby the clock")
    print(f"files a second, `extract` started for each    {1 / _each_started(some):8.2f}")
    for name, cost in (("one process", one), ("two", two)):
        print(f"files a second, batch, {name:<23}{count / cost.wall:8.2f}")
    print(f"two bare loops at once beside one             {_bare_scaling():8.2f}")
    print(f"two loops at once beside one                  {best / at_once:8.2f}")
    print(f"batch, two processes beside one               {one.wall / two.wall:8.2f}")
    print(f"the same, of what two loops reach             {one.wall / two.wall / (best / at_once):8.2f}")
    print(f"batch, two, of twice the rate of one loop     {best * count / 2 / two.wall:8.2f}")
    print(f"batch, two, of the rate of two loops at once  {at_once * count / two.wall:8.2f}")
    print(f"second run, times faster                      {two.wall / again.wall:8.0f}")
    print("\nmost MB, all processes together")
    part = min(0.5, _COMPARED / count)
    first, last = two.peak(0.0, part), two.peak(1 - part, 0.99)
    print(f"reading the first thousand, the last          {first:8.0f} {last:8.0f} {last / first:8.2f}")
    print(
        f"reading, writing the tables                   {two.peak(0.0, 0.99):8.0f} {two.peak_at_end():8.0f}"
    )
    same = _bytes("one") == _bytes("two")
    print(f"one process and two write the same bytes      {same!s:>8}")


def _looped(parts: Sequence[Sequence[str]], count: int) -> list[dict[str, float]]:
    """What it takes processes to read files in a loop, all at once, each its own.

    Args:
        parts: the files of each.
        count: of how many files these are some.
    """
    running = []
    for number, paths in enumerate(parts):
        listed = Path(f"looped-{number}.txt")
        listed.write_text("\n".join(paths), encoding="utf-8")
        command = [sys.executable, "-m", "eval.bench.loop", str(listed), str(count)]
        running.append(subprocess.Popen(command, stdout=subprocess.PIPE, env=_environment()))  # noqa: S603 - ours
    return [json.loads(process.communicate()[0]) for process in running]


def _each_started(paths: Sequence[str]) -> float:
    """Seconds by the clock a file, where the program is started for each."""
    some = paths[:: max(1, len(paths) // _STARTED)]
    begun = time.monotonic()
    for path in some:
        command = [sys.executable, "-m", "extractor", "extract", path, "--to", "csv"]
        subprocess.run(command, check=False, env=_environment(), capture_output=True)  # noqa: S603 - our own program
    return (time.monotonic() - begun) / len(some)


def _bare_scaling() -> float:
    """How much more than one process two get done here that share nothing but the machine."""
    alone = (_bare(1) + _bare(1)) / 2
    return 2 * alone / _bare(2)


def _bare(count: int) -> float:
    """Seconds by the clock of the slowest of some processes that compute at once."""
    command = [sys.executable, "-c", _BARE]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(count)]  # noqa: S603 - ours
    return max(float(process.communicate()[0]) for process in running)


def _print_found(count: int) -> None:
    """That every file that gave no report is named, with its reason, and every copy."""
    there = planted(count)
    print(f"\nfiles without a report, of {there.hostile} planted:", _kinds("two/failures.csv"))
    print(f"copies, of {there.copies} planted:", _kinds("two/copies.csv"))


def _kinds(path: str) -> str:
    with open(path, encoding="utf-8-sig", newline="") as stream:
        kinds = Counter(row["kind"] for row in csv.DictReader(stream))
    return ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))


def _bytes(folder: str) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(Path(folder).iterdir()) if path.is_file()}


def _print_kills(count: int) -> None:
    """A run that is killed again and again, anywhere, ends with the bytes of one that nothing disturbed.

    The last time it is killed while it writes the tables.
    """
    draw = random.Random(7)  # noqa: S311 - no secret
    whole, killed = _Kept("two").count(), _Kept("killed")
    done: list[int] = []
    for left in reversed(range(count)):
        wanted = killed.count() + draw.randint(1, max(1, 2 * whole // (count + 1)))
        process = _started("killed", 2)
        while process.poll() is None and not (
            killed.is_finished() if left == 0 else killed.count() >= wanted
        ):
            time.sleep(draw.uniform(0.0, 0.05))
        if left == 0:
            time.sleep(draw.uniform(0.0, 2.0))
        process.send_signal(signal.SIGKILL)
        process.wait()
        done.append(killed.count())
    _batch("killed", 2)
    lost = sum(after < before for before, after in pairwise(done))
    print(f"\nkilled {count} times, after so many results: {' '.join(map(str, done))} of {whole}")
    twice, same = killed.count() - whole, _bytes("killed") == _bytes("two")
    print(f"lost {lost}, read twice {twice}, the same bytes: {same}")


class _Kept:
    """What the journal in a folder of results has, looked at again and again while it grows."""

    def __init__(self, folder: str) -> None:
        self._journal = Path(folder, "journal")
        self._seen = self._count = 0

    def count(self) -> int:
        """How many results."""
        path = self._journal / "1-of-1.jsonl"
        if path.exists():
            with path.open("rb") as stream:
                stream.seek(self._seen)
                lines = stream.read()
            whole = lines.rfind(b"\n") + 1
            self._count += lines.count(b'"settings":', 0, whole)
            self._seen += whole
        return self._count

    def is_finished(self) -> bool:
        """Whether all files were read."""
        return (self._journal / "1-of-1.files").exists()


if __name__ == "__main__":
    main()
