"""The processes that read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from eval.gold.cases import load_case
from extractor.batch.files import FileToRead
from extractor.batch.outcome import Limits
from extractor.batch.pool import Pool, Read
from tests.helpers.processes import is_alive, processes_of

TEXT = load_case("longting-2023").path.read_text(encoding="utf-8")


@pytest.mark.usefixtures("started_programs")
def test_a_process_that_has_read_enough_is_replaced(tmp_path: Path) -> None:
    files = []
    for number in range(3):
        path = tmp_path / f"{number}.txt"
        path.write_text(f"{TEXT}\n第{number}页", encoding="utf-8")
        files.append(FileToRead(str(path)))
    before = set(processes_of(os.getpid()))
    seen: set[int] = set()
    read = 0
    with Pool(1, Limits(60, 1000), [], lambda _: False, files=2) as pool:
        for event in pool.read(files):
            read += isinstance(event, Read) and event.outcome.failure is None
            seen |= {process for process in processes_of(os.getpid()) if is_alive(process)} - before
    assert read == 3
    assert len(seen) == 2
    assert not any(map(is_alive, seen))
