"""The folder of results of a batch: tables, a workbook, and all results as JSON lines."""

from __future__ import annotations

import csv
import io
import json
from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from functools import lru_cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import IO, NamedTuple

from extractor.batch.copies import CopyKind, copies_among
from extractor.batch.files import FileToRead
from extractor.batch.journal import FOLDER, Holding, Journal, Kept
from extractor.batch.outcome import Outcome, ReportFacts, as_line
from extractor.documents.source import read_file
from extractor.errors import OutputError, reason
from extractor.organs.organ_list import OrganList, read_organ_list
from extractor.output.files import replacing
from extractor.output.tables.columns import COPIES, FAILURES, FINDINGS, REPORTS
from extractor.output.tables.rows import (
    CopiedReport,
    FailedFile,
    copy_rows,
    failure_rows,
    finding_rows,
    report_row,
)
from extractor.output.tables.writing import PARQUET_FILES, WORKBOOK, write_tables
from extractor.output.tidy import cell_rows
from extractor.result.extraction import Extraction
from extractor.result.records import COLUMNS
from rules.form import Form
from rules.words import Language

_RESULTS = "extractions.jsonl"
# Behind the columns of the table of reports.
_BESIDES = (*("copy_of", "copy_kind", "given_organ", "given_code", "given_year", "given_address", "fetched"),)
_CSV = {
    "reports.csv": (*(column.name for column in REPORTS.columns), *_BESIDES),
    "cells.csv": COLUMNS,
    "findings.csv": tuple(column.name for column in FINDINGS.columns),
    "failures.csv": tuple(column.name for column in FAILURES.columns),
    "copies.csv": (*(column.name for column in COPIES.columns), "differs_in"),
}
# So many versions are opened again, to see in what they differ.
_MOST_COMPARED = 1000
# Says which results were written.
_WRITTEN = Path(FOLDER, "written.json")


class Shown(NamedTuple):
    """How results are shown.

    Attributes:
        forms: by which the reports were read.
        language: of the workbook.
        organs: that say whose reports are.
        key: what tells one list of organs from another.
    """

    forms: Sequence[Form]
    language: Language
    organs: OrganList
    key: str


def shown_by(forms: Sequence[Form], language: Language, organs: Path | None) -> Shown:
    """How results are shown.

    Args:
        forms: by which the reports were read.
        language: of the workbook.
        organs: the path of a list of organs of one's own; None if there is none.

    Raises:
        InputError: if the list can't be read.
    """
    if organs is None:
        return Shown(forms, language, OrganList(), "")
    return Shown(forms, language, read_organ_list(organs), sha256(read_file(organs)).hexdigest())


class Written(NamedTuple):
    """What was written.

    Attributes:
        copies: how many copies there are of each kind.
        has_parquet: whether there is Parquet among it.
    """

    copies: Counter[str]
    has_parquet: bool


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


def write_results(folder: Path, results: Sequence[FileResult], settings: str, shown: Shown) -> Written:
    """Write all tables and results, unless they are there and would be the same.

    Parquet is written if what writes it is installed. One report after the other is in memory.

    Args:
        folder: to write to.
        results: of all files.
        settings: the key of those by which they were read.
        shown: how they are shown.

    Raises:
        OutputError: if they can't be written.
        UnreadableError: if what the journal kept can't be read.
    """
    has_parquet = find_spec("pyarrow") is not None
    names = (*_CSV, _RESULTS, WORKBOOK, *(PARQUET_FILES if has_parquet else ()))
    try:
        (folder / FOLDER).mkdir(parents=True, exist_ok=True)
        digest = _digest(results, f"{settings} {shown.language} {has_parquet} {shown.key}")
        written = _written(folder, digest)
        if written is None:
            copies = _copies(results)
            written = Written(Counter(copy.kind for copy in copies), has_parquet)
            (folder / _WRITTEN).unlink(missing_ok=True)
            with _TextTables(folder, shown.organs) as tables:
                write_tables(
                    folder,
                    tables.passed_on(results, copies),
                    failures=_failures(results),
                    copies=copies,
                    forms=shown.forms,
                    language=shown.language,
                    organs=shown.organs,
                    count=sum(len(result.outcome.reports) for result in results),
                    parquet=has_parquet,
                )
            with replacing(folder / _WRITTEN) as stream:
                states = _states(folder, names)
                stream.write(as_line({"digest": digest, "files": states, "copies": written.copies}))
    except OSError as error:
        zh, en = reason(error)
        raise OutputError(
            f"无法写入 {folder}：{zh}。已读完的报告都已保存，排除原因后用同一命令继续。",
            f"can't write {folder}: {en}; what was read is kept: mend this, and the same command goes on",
        ) from error
    return written


class _TextTables:
    """The tables as CSV, and all results as JSON lines: written within it, in place at its end."""

    def __init__(self, folder: Path, organs: OrganList) -> None:
        self._organs = organs
        with ExitStack() as opening:
            streams = {name: opening.enter_context(replacing(folder / name)) for name in (*_CSV, _RESULTS)}
            self._results = streams[_RESULTS]
            self._tables = {name: _Csv(streams[name], columns) for name, columns in _CSV.items()}
            self._open = opening.pop_all()

    def __enter__(self) -> _TextTables:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.__exit__(kind, error, trace)

    def passed_on(
        self, results: Sequence[FileResult], copies: Sequence[CopiedReport]
    ) -> Iterator[tuple[str, Extraction]]:
        """Write all results, and hand on those of reports whose bytes are no other's.

        Args:
            results: of all files.
            copies: among the reports.

        Yields:
            The address or file of each report, and its result.
        """
        copy_of = {copy.report: copy for copy in copies if copy.kind != CopyKind.VERSION}
        for result in results:
            for extraction in _extractions(result):
                source = result.file.given.address or result.file.key
                copy = copy_of.get(extraction.report)
                besides = (copy.copy_of, copy.kind) if copy is not None else (None, None)
                row = (
                    *report_row(result.file.key, extraction, self._organs.identify(extraction)),
                    *besides,
                    *result.file.given,
                )
                self._tables["reports.csv"].add([row])
                if result.copy_of is None:
                    self._tables["cells.csv"].add(tuple(row.values()) for row in cell_rows(extraction))
                    self._tables["findings.csv"].add(finding_rows(extraction))
                    self._results.write(extraction.model_dump_json().encode() + b"\n")
                    yield source, extraction
        self._tables["failures.csv"].add(failure_rows(_failures(results)))
        differences = _differences(results, copies)
        self._tables["copies.csv"].add(
            (*row, differences.get(copy.report)) for copy, row in zip(copies, copy_rows(copies), strict=True)
        )


def _differences(results: Iterable[FileResult], copies: Iterable[CopiedReport]) -> dict[str, tuple[str, ...]]:
    """The addresses of the cells in which versions differ from those that they are of, by their names."""
    versions = [copy for copy in copies if copy.kind == CopyKind.VERSION][:_MOST_COMPARED]
    names = {name for copy in versions for name in (copy.report, copy.copy_of)}
    held = {name: result for result in results for name in result.reports() if name in names}

    @lru_cache(maxsize=2)
    def printed(name: str) -> dict[str, str]:
        extraction = next(one for one in _extractions(held[name]) if one.report == name)
        return {cell.address: cell.printed for cell in extraction.cells}

    differences = {}
    for copy in versions:
        before, after = printed(copy.copy_of), printed(copy.report)
        addresses = dict.fromkeys([*before, *after])
        differences[copy.report] = tuple(one for one in addresses if before.get(one) != after.get(one))
    return differences


class _Csv:
    """A table that is being written as CSV, for Excel, too.

    Args:
        stream: to write to.
        columns: their names, in their order.
    """

    def __init__(self, stream: IO[bytes], columns: Sequence[str]) -> None:
        self._stream = stream
        stream.write(BOM_UTF8)
        self.add([columns])

    def add(self, rows: Iterable[Sequence[object]]) -> None:
        """Write rows; a list in one of them has blanks between its members."""
        buffer = io.StringIO(newline="")
        csv.writer(buffer).writerows(map(_joined, rows))
        self._stream.write(buffer.getvalue().encode())


def _joined(row: Sequence[object]) -> list[object]:
    return [" ".join(entry) if isinstance(entry, tuple) else entry for entry in row]


def _failures(results: Iterable[FileResult]) -> Iterator[FailedFile]:
    for result in results:
        if (failure := result.outcome.failure) is not None:
            yield FailedFile(result.file.key, failure.kind, failure.message)


def _digest(results: Iterable[FileResult], settings: str) -> str:
    """What tells one set of results from another without opening them."""
    digest = sha256(settings.encode())
    for file, outcome, kept, copy_of in results:
        kept_as = (kept.path.name, kept.offset, kept.size) if kept is not None else None
        of = copy_of.key if copy_of is not None else None
        told = outcome.failure.as_json() if outcome.failure is not None else None
        digest.update(as_line([file, kept_as, told, of]))
    return digest.hexdigest()


def _written(folder: Path, digest: str) -> Written | None:
    """What was written, if these results were and are still there; None if not."""
    try:
        written = json.loads((folder / _WRITTEN).read_bytes())
        names = set(written["files"])
        if written["digest"] != digest or written["files"] != _states(folder, names):
            return None
        return Written(Counter(written["copies"]), not names.isdisjoint(PARQUET_FILES))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _states(folder: Path, names: Iterable[str]) -> dict[str, list[int]]:
    """Size and time of change of each file of results."""
    states = {name: (folder / name).stat() for name in names}
    return {name: [state.st_size, state.st_mtime_ns] for name, state in states.items()}


def _copies(results: Iterable[FileResult]) -> list[CopiedReport]:
    """All copies, those of whole files before others."""
    copies: list[CopiedReport] = []
    others: list[tuple[str, ReportFacts]] = []
    for result in results:
        named = list(zip(result.reports(), result.outcome.reports, strict=True))
        if result.copy_of is None:
            others += named
        else:
            originals = result._replace(file=result.copy_of).reports()
            copies += [
                CopiedReport(report, original, CopyKind.BYTES, known.organ, known.year)
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
