"""Whether what a batch keeps and writes grows with its reports, and no faster: from 100 of them to 100,000.

Contents are made up: some figures of one report, under another organ's name each time. So a journal of any
length is made in minutes, and what is measured is what a run does with it. Each length has a process of its
own, whose memory is looked at.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from base64 import b64encode
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from eval.bench.clock import name_of_cpu
from eval.gold.cases import load_case
from extractor import extract
from extractor.batch.file_results import results_of
from extractor.batch.files import FileToRead, Shard
from extractor.batch.journal import Holding, Journal, JournalWriter
from extractor.batch.outcome import Limits, Outcome, ReportFacts, as_line
from extractor.batch.results import write_results
from extractor.batch.showing import Shown
from extractor.batch.wording import HASH_BYTES, HASHES
from extractor.result.narrative import Narrative

_COUNTS = (100, 1_000, 10_000, 100_000)
_SETTINGS = "settings"
_LIMITS = Limits(120, 2000)
_CELLS = 20
_OWN = "围绕集中供暖改造，在小区门口张贴施工进度图，逐户发放明白纸，接待来访居民。" * 5
_YEARS = 5


class Figures(NamedTuple):
    """What a batch of some length took.

    Attributes:
        keep, load, write, again: microseconds of CPU a report, to keep what came of it; to take the journal
            in; to write all tables; and to see that they are written.
        loaded, peak: MB of memory when the journal was taken in, and the most until all was written.
        journal, parquet, workbook: kB of files a report.
    """

    keep: float
    load: float
    write: float
    again: float
    loaded: float
    peak: float
    journal: float
    parquet: float
    workbook: float


def main() -> None:
    """Print a line a length."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=_COUNTS[-1], help="the longest batch")
    parser.add_argument("--one", nargs=2, metavar=("COUNT", "FOLDER"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one is not None:
        print(json.dumps(_measured(int(given.one[0]), Path(given.one[1]))))
        return
    print(name_of_cpu())
    print("\nmicroseconds of CPU a report; MB; kB a report; contents are made up")
    print(f"{'reports':>8}", *(f"{name:>9}" for name in Figures._fields))
    for count in (count for count in _COUNTS if count <= given.most):
        with tempfile.TemporaryDirectory() as folder:
            command = [sys.executable, "-m", "eval.bench.growth", "--one", str(count), folder]
            told = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout  # noqa: S603 - ourselves
        print(f"{count:>8}", *(f"{figure:>9.1f}" for figure in json.loads(told)), flush=True)


def _measured(count: int, folder: Path) -> Figures:
    spent: dict[str, float] = {}
    files = [FileToRead(f"{folder}/reports/{number:06}.txt") for number in range(count)]
    with JournalWriter(folder, Shard(), _SETTINGS) as writer:
        seconds = 0.0
        for file, (outcome, results) in zip(files, _made_up(files), strict=True):
            content = sha256(file.path.encode()).hexdigest()
            begun = time.process_time()
            writer.keep_holding(file, Holding((1, 2, 3, 4), content))
            writer.keep_outcome(_SETTINGS, content, outcome, _LIMITS, results)
            seconds += time.process_time() - begun
        spent["keep"] = seconds
    begun = time.process_time()
    journal = Journal(_SETTINGS)
    journal.load(folder)
    spent["load"] = time.process_time() - begun
    loaded = _memory()
    for step in ("write", "again"):
        begun = time.process_time()
        write_results(folder, list(results_of(files, journal)), _SETTINGS, Shown("zh"), jobs=1)
        spent[step] = time.process_time() - begun
    sizes = {
        name: sum(path.stat().st_size for path in folder.glob(pattern)) / 1000
        for name, pattern in (("journal", "journal/*"), ("parquet", "*.parquet"), ("workbook", "*.xlsx"))
    }
    each = {name: total / count for name, total in sizes.items()}
    each |= {name: seconds / count * 1e6 for name, seconds in spent.items()}
    return Figures(**each, loaded=loaded, peak=_memory())


def _memory() -> float:
    """The most MB that this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _made_up(files: Sequence[FileToRead]) -> Iterator[tuple[Outcome, bytes]]:
    """What came of each file, and its results as the journal holds them."""
    draw = random.Random(7)  # noqa: S311 - no secret
    (read,) = extract(load_case("longting-2023").path)
    extraction = read.model_copy(update={"cells": read.cells[:_CELLS], "narrative": Narrative()})
    text = gzip.compress(as_line([_OWN]), 1, mtime=0)
    for number, file in enumerate(files):
        organ, year = f"第{number // _YEARS}镇人民政府", str(2020 + number % _YEARS)
        # What no report has in common with another, as if each had words of its own.
        wording = b64encode(draw.randbytes(HASHES * HASH_BYTES)).decode()
        facts = ReportFacts(organ, year, extraction.verdict, f"{number:032x}", None, wording)
        named = extraction.model_copy(update={"report": file.name}).model_dump_json()
        results = gzip.compress(named.encode() + b"\n", 1, mtime=0)
        yield Outcome(0.03, (facts,), text_size=len(text)), results + text


if __name__ == "__main__":
    main()
