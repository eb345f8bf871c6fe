"""The folder of results of a batch: tables as CSV and all results as JSON lines, written as they are read."""

from __future__ import annotations

import csv
import io
import json
from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from hashlib import sha256
from pathlib import Path
from typing import IO, NamedTuple

from extractor.batch.copies import Copy, CopyKind, copies_among
from extractor.batch.files import FileToRead
from extractor.batch.journal import FOLDER, Holding, Journal, Kept
from extractor.batch.outcome import Failure, Outcome, ReportFacts, as_line
from extractor.errors import OutputError, reason
from extractor.output.files import replacing
from extractor.output.tidy import cell_rows
from extractor.result.cells import Status
from extractor.result.extraction import Extraction
from extractor.result.records import COLUMNS

_REPORTS = (
    *("report", "file", "organ", "year", "edition", "verdict", "cells", *(str(one) for one in Status)),
    *("errors", "warnings", "remarks", "copy_of", "copy_kind"),
    *("given_organ", "given_code", "given_year", "given_address", "fetched"),
)
_FINDINGS = (
    *("report", "organ", "year", "rule", "severity", "cause", "place", "places"),
    *("page", "line", "column", "message_zh", "message_en"),
)
_FAILURES = ("file", "kind", "message_zh", "message_en")
_COPIES = ("report", "copy_of", "kind", "organ", "year")
#: The table of files that gave no report.
FAILURES = "failures.csv"
_TABLES = {
    "reports.csv": _REPORTS,
    "cells.csv": COLUMNS,
    "findings.csv": _FINDINGS,
    FAILURES: _FAILURES,
    "copies.csv": _COPIES,
}
_RESULTS = "extractions.jsonl"
# Says which results were written.
_WRITTEN = Path(FOLDER, "written.json")
#: The files of a folder of results.
RESULT_FILES = (*_TABLES, _RESULTS)


class FileResult(NamedTuple):
    """A file of a batch, and what came of it.

    Attributes:
        file: as it was given or found.
        outcome: what came of it.
        kept: where the results are; None if there are none.
        copy_of: the file before it with the same bytes; None if there is none.
    """

    file: FileToRead
    outcome: Outcome
    kept: Kept | None = None
    copy_of: FileToRead | None = None

    def reports(self) -> Iterator[str]:
        """What results call the reports in the file."""
        count = len(self.outcome.reports)
        for number in range(1, count + 1):
            yield self.file.name if count == 1 else f"{self.file.name}#{number}"


def results_of(files: Iterable[FileToRead], journal: Journal) -> Iterator[FileResult]:
    """What came of files, in their order; in the place of an archive stand the files in it.

    Args:
        files: of the batch.
        journal: where that is kept; files that it knows nothing of are left out.
    """
    first: dict[str, FileToRead] = {}
    for file, holding in _held(files, journal):
        kept = journal.kept(holding.content) if holding.content is not None else None
        if holding.content is not None and kept is not None and kept.outcome.failure is None:
            other = first.setdefault(holding.content, file)
            yield FileResult(file, kept.outcome, kept, None if other is file else other)
        elif (outcome := kept.outcome if kept is not None else holding.outcome) is not None:
            yield FileResult(file, outcome)


def _held(files: Iterable[FileToRead], journal: Journal) -> Iterator[tuple[FileToRead, Holding]]:
    for file in files:
        holding = journal.holdings.get(file.key)
        if holding is None:
            continue
        if holding.members is None:
            yield file, holding
        else:
            yield from _held(file.inside(sorted(holding.members)), journal)


def write_results(folder: Path, results: Sequence[FileResult], settings: str) -> Counter[CopyKind]:
    """Write all tables and results, unless they are there and would be the same.

    Each file is written whole or not at all. One report after the other is in memory.

    Args:
        folder: to write to.
        results: of all files.
        settings: the key of those by which they were read.

    Returns:
        How many copies there are of each kind.

    Raises:
        OutputError: if they can't be written.
        UnreadableError: if what the journal kept can't be read.
    """
    try:
        (folder / FOLDER).mkdir(parents=True, exist_ok=True)
        digest = _digest(results, settings)
        written = _written(folder, digest)
        if written is None:
            copies = _copies(results)
            written = Counter(copy.kind for copy in copies)
            (folder / _WRITTEN).unlink(missing_ok=True)
            _write_all(folder, results, copies)
            with replacing(folder / _WRITTEN) as stream:
                stream.write(as_line({"digest": digest, "files": _states(folder), "copies": written}))
    except OSError as error:
        zh, en = reason(error)
        raise OutputError(
            f"无法写入 {folder}：{zh}。已读完的报告都已保存，排除原因后用同一命令继续。",
            f"can't write {folder}: {en}; what was read is kept: mend this, and the same command goes on",
        ) from error
    return written


def _write_all(folder: Path, results: Iterable[FileResult], copies: Sequence[Copy]) -> None:
    copy_of = {copy.report: copy for copy in copies if copy.kind is not CopyKind.VERSION}
    with ExitStack() as stack:
        streams = {name: stack.enter_context(replacing(folder / name)) for name in RESULT_FILES}
        tables = {name: _Table(streams[name], columns) for name, columns in _TABLES.items()}
        for result in results:
            if result.outcome.failure is not None:
                tables[FAILURES].add([_failure_row(result.file.name, result.outcome.failure)])
            for extraction in _extractions(result):
                tables["reports.csv"].add([_report_row(result, extraction, copy_of)])
                if result.copy_of is None:
                    tables["cells.csv"].add(cell_rows(extraction))
                    tables["findings.csv"].add(_finding_rows(extraction))
                    streams[_RESULTS].write(extraction.model_dump_json().encode() + b"\n")
        tables["copies.csv"].add(
            dict(zip(_COPIES, (one.report, one.of, one.kind, one.organ, one.year), strict=True))
            for one in copies
        )


def _digest(results: Iterable[FileResult], settings: str) -> str:
    """What tells one set of results from another without opening them."""
    digest = sha256(settings.encode())
    for file, outcome, kept, copy_of in results:
        kept_as = (kept.path.name, kept.offset, kept.size) if kept is not None else None
        of = copy_of.key if copy_of is not None else None
        told = outcome.failure.as_json() if outcome.failure is not None else None
        digest.update(as_line([file, kept_as, told, of]))
    return digest.hexdigest()


def _written(folder: Path, digest: str) -> Counter[CopyKind] | None:
    """How many copies of each kind the results tell of, if they are there; None if they aren't, or others."""
    try:
        written = json.loads((folder / _WRITTEN).read_bytes())
        if written["digest"] != digest or written["files"] != _states(folder):
            return None
        return Counter({CopyKind(kind): number for kind, number in written["copies"].items()})
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _states(folder: Path) -> list[list[int]]:
    """Size and time of change of each file of results."""
    states = [(folder / name).stat() for name in RESULT_FILES]
    return [[state.st_size, state.st_mtime_ns] for state in states]


class _Table:
    """A table that is being written as CSV, for Excel, too.

    Args:
        stream: to write to.
        columns: their names, in their order.
    """

    def __init__(self, stream: IO[bytes], columns: Sequence[str]) -> None:
        self._stream = stream
        self._columns = columns
        stream.write(BOM_UTF8)
        self._write(lambda writer: writer.writeheader())

    def add(self, rows: Iterable[Mapping[str, object]]) -> None:
        """Write rows."""
        self._write(lambda writer: writer.writerows(rows))

    def _write(self, write: Callable[[csv.DictWriter[str]], object]) -> None:
        buffer = io.StringIO(newline="")
        write(csv.DictWriter(buffer, self._columns))
        self._stream.write(buffer.getvalue().encode())


def _copies(results: Iterable[FileResult]) -> list[Copy]:
    """All copies, those of whole files before others."""
    copies: list[Copy] = []
    others: list[tuple[str, ReportFacts]] = []
    for result in results:
        named = list(zip(result.reports(), result.outcome.reports, strict=True))
        if result.copy_of is None:
            others += named
        else:
            originals = result._replace(file=result.copy_of).reports()
            copies += [
                Copy(report, original, CopyKind.BYTES, known.organ, known.year)
                for (report, known), original in zip(named, originals, strict=True)
            ]
    return [*copies, *copies_among(others)]


def _extractions(result: FileResult) -> Iterator[Extraction]:
    """The results of a file, under its name; what was read may be a file with this content and another."""
    if result.kept is None:
        return
    for name, line in zip(result.reports(), result.kept.results(), strict=True):
        extraction = Extraction.model_validate_json(line)
        yield extraction if extraction.report == name else extraction.model_copy(update={"report": name})


def _report_row(result: FileResult, extraction: Extraction, copies: Mapping[str, Copy]) -> dict[str, object]:
    header, given, copy = extraction.header, result.file.given, copies.get(extraction.report)
    severities = Counter(finding.severity for finding in extraction.findings)
    statuses = Counter(cell.status for cell in extraction.cells)
    return {
        "report": extraction.report,
        "file": result.file.name,
        "organ": header.organ.value if header.organ else None,
        "year": header.year.value if header.year else None,
        "edition": extraction.edition,
        "verdict": extraction.verdict,
        "cells": len(extraction.cells),
        **{status: statuses[status] for status in Status},
        "errors": severities["hard"],
        "warnings": severities["soft"],
        "remarks": len(extraction.remarks),
        "copy_of": copy.of if copy is not None else None,
        "copy_kind": copy.kind if copy is not None else None,
        "given_organ": given.organ,
        "given_code": given.code,
        "given_year": given.year,
        "given_address": given.address,
        "fetched": given.fetched,
    }


def _finding_rows(extraction: Extraction) -> Iterator[dict[str, object]]:
    header = extraction.header
    for finding in (*extraction.findings, *extraction.remarks):
        yield {
            "report": extraction.report,
            "organ": header.organ.value if header.organ else None,
            "year": header.year.value if header.year else None,
            "rule": finding.rule,
            "severity": finding.severity,
            "cause": finding.cause,
            "place": finding.place,
            "places": " ".join(finding.places),
            "page": finding.locator.page if finding.locator is not None else None,
            "line": finding.line,
            "column": finding.column,
            "message_zh": finding.message.zh,
            "message_en": finding.message.en,
        }


def _failure_row(name: str, failure: Failure) -> dict[str, object]:
    zh, en = failure.message.zh, failure.message.en
    return {"file": name, "kind": failure.kind, "message_zh": zh, "message_en": en}
