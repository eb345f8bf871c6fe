"""Benchmark of a batch: its cost beside reading in a loop, and again when nothing changed; kills; growth.

Figures are ratios of one run, and of CPU time, so that they mean something on a machine that others use, too.
``--count`` says how many files there are; the more, the less it counts that processes have to start.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import chdir
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from eval.bench.clock import cpu_seconds, name_of_cpu
from eval.zoo.documents import documents
from eval.zoo.layouts import LAYOUTS, Kind, Layout
from extractor import extract
from extractor.batch.files import Shard
from extractor.batch.journal import Journal, JournalWriter
from extractor.batch.outcome import Limits, Outcome
from extractor.batch.result_parts import csv_bytes
from extractor.forms import FormSet
from extractor.output.tables.parquet import ParquetTables
from extractor.output.tables.parts import PartMaker
from extractor.output.tables.writing import write_tables
from extractor.output.tidy import cell_rows
from extractor.result.extraction import Extraction

_ENDINGS = {Kind.TEXT: "txt", Kind.HTML: "html", Kind.WORD: "docx"}
_COPIES, _HOSTILE = 33, 50  # every so many files
_LOOPED = 200
_GROWTH = (100, 1_000, 10_000, 100_000)


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=400, help="how many files")
    parser.add_argument("--kills", type=int, default=10, help="how often a run is killed")
    given = parser.parse_args()
    print(name_of_cpu())
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        make_pile(Path("pile"), given.count)
        _print_costs(given.count)
        _print_kills(given.kills)
        _print_growth()


def make_pile(folder: Path, count: int) -> None:
    """Write files: reports of all layouts that no other program draws, 3 % copies, 2 % damaged.

    Args:
        folder: to be made.
        count: how many files.
    """
    folder.mkdir()
    layouts = [layout for layout in Layout if LAYOUTS[layout].kind in _ENDINGS]
    drawn = (one for layout in layouts for one in documents(layout, 7, -(-count // len(layouts))))
    last = b""
    for number, one in enumerate(drawn):
        if number == count:
            break
        ending = _ENDINGS[LAYOUTS[one.layout].kind]
        data = last if number % _COPIES == _COPIES - 1 else one.data
        if number % _HOSTILE == _HOSTILE - 1:
            ending, data = "pdf", b"%PDF-1.7 damaged " + one.name.encode()
        (folder / f"{number:06}.{ending}").write_bytes(data)
        last = data


class _Cost(NamedTuple):
    """What a command took: seconds of CPU and of the clock; peaks of memory in MB, by quarters of the run."""

    cpu: float
    wall: float
    peaks: Sequence[float] = ()


def _batch(output: str, jobs: int) -> _Cost:
    before, begun = cpu_seconds(), time.monotonic()
    process = _started(output, jobs)
    samples: list[float] = []
    watch = threading.Thread(target=_watch, args=(process, samples))
    watch.start()
    process.wait()
    watch.join()
    quarter = max(1, len(samples) // 4)
    starts = range(0, min(len(samples), 4 * quarter), quarter)
    peaks = [max(samples[start : start + quarter]) for start in starts]
    return _Cost(cpu_seconds() - before, time.monotonic() - begun, peaks)


def _started(output: str, jobs: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "extractor", "batch", "pile", "-o", output, "--jobs", str(jobs)]
    paths = os.pathsep.join(filter(None, sys.path))
    return subprocess.Popen(  # noqa: S603 - our own program
        command, stderr=subprocess.DEVNULL, env={**os.environ, "PYTHONPATH": paths}
    )


def _watch(process: subprocess.Popen[bytes], samples: list[float]) -> None:
    while process.poll() is None:
        samples.append(sum(map(_megabytes, _tree(process.pid))))
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
    """What a batch takes beside one process that reads, and beside one that writes the same tables, too."""
    paths = sorted(Path("pile").iterdir())
    some = paths[:: max(1, len(paths) // _LOOPED)]
    loop, tables = _looped(some, count)
    one, two, again = _batch("one", 1), _batch("two", 2), _batch("two", 2)
    print(f"\n{count} files; milliseconds of CPU a file")
    print(f"a loop in one process, reading, CSV and JSON  {loop * 1000:8.1f}")
    print(f"the same with workbook and Parquet            {(loop + tables) * 1000:8.1f}")
    for name, cost in (("batch, one process", one), ("batch, two", two), ("batch, nothing changed", again)):
        print(f"{name:<45} {cost.cpu / count * 1000:8.1f}   {cost.wall:7.1f} s by the clock")
    print(f"rate a core, of the loop's                    {loop * count / two.cpu:8.2f}")
    print(f"rate a core, of the loop's with all tables    {(loop + tables) * count / two.cpu:8.2f}")
    print(f"two processes beside one, by the clock        {one.wall / two.wall:8.2f}")
    print(f"second run, times less CPU                    {two.cpu / again.cpu:8.0f}")
    print(f"peak memory, MB, by quarters of the run       {' '.join(f'{peak:.0f}' for peak in two.peaks)}")
    same = _bytes("one") == _bytes("two")
    print(f"one process and two write the same bytes      {same!s:>8}")


def _looped(paths: Sequence[Path], count: int) -> tuple[float, float]:
    """Seconds of CPU a file: to read it and make CSV and JSON of it; to write the other tables of it."""
    reports: list[tuple[str, Extraction]] = []
    for is_warm in (False, True):
        reports.clear()
        begun = time.process_time()
        for path in paths if is_warm else paths[:20]:
            if path.suffix != ".pdf":
                for extraction in extract(path):
                    extraction.model_dump_json()
                    csv_bytes(tuple(row.values()) for row in cell_rows(extraction))
                    reports.append((str(path), extraction))
    read = (time.process_time() - begun) / len(paths)
    Path("loop").mkdir()
    begun = time.process_time()
    write_tables(Path("loop"), reports, forms=FormSet.of().forms, language="zh", count=count)
    return read, (time.process_time() - begun) / len(paths)


def _bytes(folder: str) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(Path(folder).iterdir()) if path.is_file()}


def _print_kills(count: int) -> None:
    """A run that is killed again and again, anywhere, ends with the bytes of one that nothing disturbed."""
    draw = random.Random(7)  # noqa: S311 - no secret
    whole, folder = _outcomes(Path("two")), Path("killed")
    done: list[int] = []
    for _ in range(count):
        wanted = _outcomes(folder) + draw.randint(1, max(1, whole // (count + 2)))
        process = _started(folder.name, 2)
        while _outcomes(folder) < wanted and process.poll() is None:
            time.sleep(draw.uniform(0.0, 0.05))
        process.send_signal(signal.SIGKILL)
        process.wait()
        done.append(_outcomes(folder))
    _batch(folder.name, 2)
    lost = sum(after < before for before, after in pairwise(done))
    print(f"\nkilled {count} times, after so many results: {' '.join(map(str, done))} of {whole}")
    twice, same = _outcomes(folder) - whole, _bytes("killed") == _bytes("two")
    print(f"lost {lost}, read twice {twice}, the same bytes: {same}")


def _outcomes(folder: Path) -> int:
    path = folder / "journal/1-of-1.jsonl"
    return path.read_bytes().count(b'"settings":') if path.exists() else 0


def _print_growth() -> None:
    """Microseconds a report of a journal and of Parquet, with contents that are made up."""
    print("\nmicroseconds of CPU a report; made-up contents")
    print(f"{'reports':>8} {'journal written':>16} {'loaded':>8} {'Parquet':>9}")
    (extraction,) = extract(next(path for path in sorted(Path("pile").iterdir()) if path.suffix == ".txt"))
    maker = PartMaker(FormSet.of().forms, "zh", Path(), workbook=False)
    batches = maker.part([maker.told("a.txt", extraction)] * 50).batches or {}
    for count in _GROWTH:
        folder = Path(f"grown-{count}")
        begun = time.process_time()
        with JournalWriter(folder, Shard(), "settings") as journal:
            for number in range(count):
                journal.keep_outcome(
                    "settings", f"{number:064x}", Outcome(0.01), Limits(120, 2000), b"x" * 200
                )
        written = time.process_time() - begun
        begun = time.process_time()
        Journal("settings").load(folder)
        loaded = time.process_time() - begun
        begun = time.process_time()
        with ParquetTables(folder) as tables:
            for _ in range(count // 50):
                tables.add(batches)
        figures = [seconds / count * 1e6 for seconds in (written, loaded, time.process_time() - begun)]
        print(f"{count:>8} {figures[0]:>16.0f} {figures[1]:>8.0f} {figures[2]:>9.0f}", flush=True)
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
