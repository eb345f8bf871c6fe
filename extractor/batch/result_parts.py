"""What some files of a batch add to its results, made in any process: rows of tables, lines of JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple

from extractor.batch.file_results import FileResult
from extractor.output.tables.alike import with_alike
from extractor.output.tables.columns import CELLS, FINDINGS, REPORTS
from extractor.output.tables.parts import PartMaker, TablePart
from extractor.output.tables.rows import AlikeReport, Beside, CopiedReport, ReportTables
from extractor.result.extraction import Extraction
from extractor.result.records import COLUMNS

# Of a row of the table of cells, what stands in the columns of the CSV.
_AS_CSV = itemgetter(*([column.name for column in CELLS.columns].index(name) for name in COLUMNS))
# The tables of reports as CSV, with their columns.
REPORT_TABLES: Mapping[str, Sequence[str]] = {
    "reports.csv": tuple(column.name for column in REPORTS.columns),
    "cells.csv": COLUMNS,
    "findings.csv": tuple(column.name for column in FINDINGS.columns),
}


class Task(NamedTuple):
    """What a part is made of.

    Attributes:
        results: of some files.
        copies: those among their reports that are others' copies, by what results call them.
        alike: those that are like others in their wording, likewise.
        pages: of those that have one to look at, its path from the folder of results, likewise.
    """

    results: Sequence[FileResult]
    copies: Mapping[str, CopiedReport]
    alike: Mapping[str, Sequence[AlikeReport]]
    pages: Mapping[str, str]


class ResultPart(NamedTuple):
    """What some files add to the results.

    Attributes:
        csv: by the names of :data:`REPORT_TABLES`, the lines that they add.
        results: as lines of JSON.
        tables: what they add to the workbook and to Parquet.
    """

    csv: dict[str, bytes]
    results: bytes
    tables: TablePart


@dataclass(frozen=True)
class ResultPartMaker:
    """Makes parts of results; it can be sent to another process.

    Attributes:
        tables: makes the parts of the workbook and of Parquet.
    """

    tables: PartMaker

    def part(self, task: Task) -> ResultPart:
        """What some files add to the results.

        Args:
            task: the files, and what their reports have in common with others.

        Raises:
            UnreadableError: if what the journal kept can't be read.
        """
        told: list[ReportTables] = []
        lines: list[bytes] = []
        for result in task.results:
            is_again = result.copy_of is not None
            for extraction, line in extractions_of(result):
                copy = task.copies.get(extraction.report)
                copied = (copy.copy_of, copy.kind) if copy is not None else (None, None)
                beside = Beside(*(*copied, *result.file.given))
                shown = with_alike(extraction, task.alike.get(extraction.report, ()))
                page = task.pages.get(extraction.report)
                told.append(self.tables.told(result.file.key, shown, beside, is_again=is_again, page=page))
                if not is_again:
                    lines.append(line + b"\n")
        written = {
            "reports.csv": csv_bytes(joined(one.report) for one in told),
            "cells.csv": csv_bytes(_AS_CSV(row) for one in told for row in one.cells),
            "findings.csv": csv_bytes(joined(row) for one in told for row in one.findings),
        }
        return ResultPart(written, b"".join(lines), self.tables.part(told))


def extractions_of(result: FileResult) -> Iterator[tuple[Extraction, bytes]]:
    """The results of a file, under its name, each with its JSON.

    Args:
        result: what came of the file.

    Raises:
        UnreadableError: if they can't be read, or aren't what was written.
    """
    if result.kept is None:
        return
    for name, line in zip(result.reports(), result.kept.results(), strict=True):
        extraction = Extraction.model_validate_json(line)
        # What was read may be another file with this content.
        if extraction.report == name:
            yield extraction, line
        else:
            renamed = extraction.model_copy(update={"report": name})
            yield renamed, renamed.model_dump_json().encode()


def csv_bytes(rows: Iterable[Sequence[object]]) -> bytes:
    """Rows as CSV.

    Args:
        rows: with an entry a column.
    """
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows(rows)
    return buffer.getvalue().encode()


def joined(row: Sequence[object]) -> list[object]:
    """A row as CSV holds it: a list in it has blanks between its members.

    Args:
        row: with an entry a column.
    """
    return [" ".join(entry) if isinstance(entry, tuple) else entry for entry in row]
