"""Reads files in a loop in one process and writes all tables of them: what a batch is measured by.

A process of its own, so that several can run at once. It prints seconds as JSON, of CPU and by the clock: for
reading the files and making CSV and JSON of each, and for the other tables.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from extractor import extract
from extractor.batch.result_parts import csv_bytes
from extractor.errors import GongkaiError
from extractor.forms import FormSet
from extractor.output.tables.writing import write_tables
from extractor.output.tidy import cell_rows
from extractor.result.extraction import Extraction

_WARM = 10


def main() -> None:
    """Read the files that a list names, a line each; a second argument says of how many they are some."""
    paths = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
    reports: list[tuple[str, Extraction]] = []
    _read(paths[:_WARM], reports)
    reports.clear()
    begun = time.process_time(), time.monotonic()
    _read(paths, reports)
    read = time.process_time(), time.monotonic()
    with TemporaryDirectory() as folder:
        forms = FormSet.of().forms
        write_tables(Path(folder), reports, forms=forms, language="zh", count=int(sys.argv[2]))
    written = time.process_time(), time.monotonic()
    names = ("cpu", "wall")
    told = {
        **{f"{name}_read": after - before for name, before, after in zip(names, begun, read, strict=True)},
        **{
            f"{name}_tables": after - before for name, before, after in zip(names, read, written, strict=True)
        },
    }
    print(json.dumps(told))


def _read(paths: list[str], reports: list[tuple[str, Extraction]]) -> None:
    for path in paths:
        try:
            for extraction in extract(path):
                extraction.model_dump_json()
                csv_bytes(tuple(row.values()) for row in cell_rows(extraction))
                reports.append((path, extraction))
        except GongkaiError:
            continue  # it is no report


if __name__ == "__main__":
    main()
