"""The folder of results of a batch: tables, a workbook, and all results as JSON lines."""

from __future__ import annotations

import json
from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from functools import lru_cache, partial
from hashlib import sha256
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

from extractor.batch.alike import WordedReport, alike_among
from extractor.batch.copies import CopyKind, copies_among
from extractor.batch.files import FileToRead
from extractor.batch.journal import FOLDER, Journal, held_files
from extractor.batch.outcome import ReportFacts, as_line
from extractor.batch.part_pool import FEWEST_SHARED, PartPool
from extractor.batch.result_parts import (
    REPORT_TABLES,
    FileResult,
    ResultPart,
    ResultPartMaker,
    Task,
    csv_bytes,
    joined,
)
from extractor.documents.source import read_file
from extractor.errors import OutputError, reason
from extractor.organs.organ_list import OrganList, read_organ_list
from extractor.output.files import replacing
from extractor.output.tables.columns import ALIKE, COPIES, FAILURES
from extractor.output.tables.parts import PartMaker, TablePart
from extractor.output.tables.rows import (
    AlikeReport,
    CopiedReport,
    FailedFile,
    alike_rows,
    copy_rows,
    failure_rows,
)
from extractor.output.tables.writing import (
    MOST_REPORTS_WITH_ALL_CELLS,
    PARQUET_FILES,
    REPORTS_OF_A_PART,
    WORKBOOK,
    write_parts,
)
from rules.form import Form
from rules.words import Language

_RESULTS = "extractions.jsonl"
_CSV: Mapping[str, Sequence[str]] = {
    **REPORT_TABLES,
    "failures.csv": tuple(column.name for column in FAILURES.columns),
    "copies.csv": (*(column.name for column in COPIES.columns), "differs_in"),
    "alike.csv": tuple(column.name for column in ALIKE.columns),
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
        leads_to_files: whether the workbook leads to the files: it stays where it is written.
    """

    forms: Sequence[Form]
    language: Language
    organs: OrganList
    key: str
    leads_to_files: bool


def shown_by(
    forms: Sequence[Form], language: Language, organs: Path | None, *, leads_to_files: bool
) -> Shown:
    """How results are shown.

    Args:
        forms: by which the reports were read.
        language: of the workbook.
        organs: the path of a list of organs of one's own; None if there is none.
        leads_to_files: whether the workbook leads to the files.

    Raises:
        InputError: if the list can't be read.
    """
    if organs is None:
        return Shown(forms, language, OrganList(), "", leads_to_files)
    key = sha256(read_file(organs)).hexdigest()
    return Shown(forms, language, read_organ_list(organs), key, leads_to_files)


class Written(NamedTuple):
    """What was written.

    Attributes:
        copies: how many copies there are of each kind.
        alike: how many reports are like another in their wording.
        has_parquet: whether there is Parquet among it.
    """

    copies: Counter[str]
    alike: int
    has_parquet: bool


def results_of(files: Iterable[FileToRead], journal: Journal) -> Iterator[FileResult]:
    """What came of files, in their order; in the place of an archive stand the files in it.

    Args:
        files: of the batch.
        journal: where that is kept; files that it knows nothing of are left out.
    """
    first: dict[str, FileToRead] = {}
    for file in held_files(files, journal):
        holding = journal.holdings[file.key]
        kept = journal.kept(holding.content) if holding.content is not None else None
        if holding.content is not None and kept is not None and kept.outcome.failure is None:
            other = first.setdefault(holding.content, file)
            yield FileResult(file, kept.outcome, kept, None if other is file else other)
        elif (outcome := kept.outcome if kept is not None else holding.outcome) is not None:
            yield FileResult(file, outcome)


def write_results(
    folder: Path,
    results: Sequence[FileResult],
    settings: str,
    shown: Shown,
    jobs: int,
    pages: Mapping[str, str] | None = None,
) -> Written:
    """Write all tables and results, unless they are there and would be the same.

    Parquet is written if what writes it is installed. Some dozens of reports a process are in memory.

    Args:
        folder: to write to.
        results: of all files.
        settings: the key of those by which they were read.
        shown: how they are shown.
        jobs: how many processes share the work, if there is enough of it.
        pages: of the reports that have one to look at, by what results call them, its path from the folder.

    Raises:
        OutputError: if they can't be written.
        UnreadableError: if what the journal kept can't be read.
    """
    has_parquet = find_spec("pyarrow") is not None
    names = (*_CSV, _RESULTS, WORKBOOK, *(PARQUET_FILES if has_parquet else ()))
    try:
        (folder / FOLDER).mkdir(parents=True, exist_ok=True)
        pages = pages or {}
        digest = _digest(results, f"{settings} {shown.language} {has_parquet} {shown.key}", pages)
        written = _written(folder, digest)
        if written is None:
            copies = _copies(results, shown.organs)
            beside = _Across(copies, _alike(results, copies, shown.organs), pages)
            reports = {one.report for one in beside.alike}
            written = Written(Counter(copy.kind for copy in copies), len(reports), has_parquet)
            (folder / _WRITTEN).unlink(missing_ok=True)
            _write_all(folder, results, beside, shown, jobs, parquet=has_parquet)
            with replacing(folder / _WRITTEN) as stream:
                states = _states(folder, names)
                kept = {"copies": written.copies, "alike": written.alike}
                stream.write(as_line({"digest": digest, "files": states, **kept}))
    except OSError as error:
        zh, en = reason(error)
        raise OutputError(
            f"无法写入 {folder}：{zh}。已读完的报告都已保存，排除原因后用同一命令继续。",
            f"can't write {folder}: {en}; what was read is kept: mend this, and the same command goes on",
        ) from error
    return written


class _Across(NamedTuple):
    """What is known of reports beside each of them: what they have in common, and their pages to look at."""

    copies: Sequence[CopiedReport]
    alike: Sequence[AlikeReport]
    pages: Mapping[str, str]


def _write_all(
    folder: Path,
    results: Sequence[FileResult],
    across: _Across,
    shown: Shown,
    jobs: int,
    *,
    parquet: bool,
) -> None:
    count = sum(len(result.outcome.reports) for result in results)
    every_cell = count <= MOST_REPORTS_WITH_ALL_CELLS
    tables = PartMaker(
        shown.forms,
        shown.language,
        folder,
        shown.organs,
        every_cell=every_cell,
        parquet=parquet,
        leads_to_files=shown.leads_to_files,
    )
    maker = ResultPartMaker(tables)
    with _TextTables(folder) as text, PartPool(maker, jobs if count >= FEWEST_SHARED else 1) as pool:
        parts = text.passed_on(pool.parts(_tasks(results, across)))
        copies = across.copies
        write_parts(tables, parts, failures=_failures(results), copies=copies, alike=across.alike)
        text.add("failures.csv", failure_rows(_failures(results)))
        text.add("alike.csv", alike_rows(across.alike))
        differences = _differences(results, copies)
        text.add(
            "copies.csv",
            (
                (*row, differences.get(copy.report))
                for copy, row in zip(copies, copy_rows(copies), strict=True)
            ),
        )


def _tasks(results: Sequence[FileResult], across: _Across) -> Iterator[Task]:
    """The files of each part; the same ones, however many processes make parts of them."""
    copies = {copy.report: copy for copy in across.copies if copy.kind != CopyKind.VERSION}
    alike: dict[str, list[AlikeReport]] = {}
    for one in across.alike:
        alike.setdefault(one.report, []).append(one)
    held = [result for result in results if result.kept is not None]
    for first in range(0, len(held), REPORTS_OF_A_PART):
        some = held[first : first + REPORTS_OF_A_PART]
        names = [name for one in some for name in one.reports()]
        yield Task(
            some,
            {name: copies[name] for name in names if name in copies},
            {name: alike[name] for name in names if name in alike},
            {name: across.pages[name] for name in names if name in across.pages},
        )


class _TextTables:
    """The tables as CSV, and all results as JSON lines: written within it, in place at its end."""

    def __init__(self, folder: Path) -> None:
        with ExitStack() as opening:
            self._streams = {
                name: opening.enter_context(replacing(folder / name)) for name in (*_CSV, _RESULTS)
            }
            for name, columns in _CSV.items():
                self._streams[name].write(BOM_UTF8 + csv_bytes([columns]))  # which Excel needs
            self._open = opening.pop_all()

    def __enter__(self) -> _TextTables:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.__exit__(kind, error, trace)

    def passed_on(self, parts: Iterable[ResultPart]) -> Iterator[TablePart]:
        """Write parts of results, and hand on what they add to the other tables.

        Args:
            parts: in the order of their files.

        Yields:
            What each adds.
        """
        for part in parts:
            self._streams[_RESULTS].write(part.results)
            for name, lines in part.csv.items():
                self._streams[name].write(lines)
            yield part.tables

    def add(self, name: str, rows: Iterable[Sequence[object]]) -> None:
        """Write rows of a table.

        Args:
            name: of its file.
            rows: with an entry a column.
        """
        self._streams[name].write(csv_bytes(map(joined, rows)))


def _differences(results: Iterable[FileResult], copies: Iterable[CopiedReport]) -> dict[str, tuple[str, ...]]:
    """The addresses of the cells in which versions differ from those that they are of, by their names."""
    versions = [copy for copy in copies if copy.kind == CopyKind.VERSION][:_MOST_COMPARED]
    names = {name for copy in versions for name in (copy.report, copy.copy_of)}
    held = {name: result for result in results for name in result.reports() if name in names}

    @lru_cache(maxsize=2)
    def printed(name: str) -> dict[str, str]:
        extraction = next(one for one, _ in held[name].extractions() if one.report == name)
        return {cell.address: cell.printed for cell in extraction.cells}

    differences = {}
    for copy in versions:
        before, after = printed(copy.copy_of), printed(copy.report)
        addresses = dict.fromkeys([*before, *after])
        differences[copy.report] = tuple(one for one in addresses if before.get(one) != after.get(one))
    return differences


def _failures(results: Iterable[FileResult]) -> Iterator[FailedFile]:
    for result in results:
        if (failure := result.outcome.failure) is not None:
            yield FailedFile(result.file.key, failure.kind, failure.message)


def _digest(results: Iterable[FileResult], settings: str, pages: Mapping[str, str]) -> str:
    """What tells one set of results from another without opening them."""
    digest = sha256(settings.encode())
    digest.update(as_line(pages))
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
        return Written(Counter(written["copies"]), written["alike"], not names.isdisjoint(PARQUET_FILES))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _states(folder: Path, names: Iterable[str]) -> dict[str, list[int]]:
    """Size and time of change of each file of results."""
    states = {name: (folder / name).stat() for name in names}
    return {name: [state.st_size, state.st_mtime_ns] for name, state in states.items()}


def _copies(results: Iterable[FileResult], organs: OrganList) -> list[CopiedReport]:
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
    return [*copies, *copies_among(others, organs)]


def _alike(
    results: Iterable[FileResult], copies: Iterable[CopiedReport], organs: OrganList
) -> list[AlikeReport]:
    """The reports that are like another in their wording; copies of a whole file or text are told as such."""
    whole = {copy.report for copy in copies if copy.kind in (CopyKind.BYTES, CopyKind.TEXT)}
    worded = (
        WordedReport(name, facts, partial(_sentences, result, number))
        for result in results
        for number, (name, facts) in enumerate(zip(result.reports(), result.outcome.reports, strict=True))
        if name not in whole
    )
    return alike_among(worded, organs)


def _sentences(result: FileResult, number: int) -> Sequence[str]:
    """The sentences that are a report's own."""
    return () if result.kept is None else next(islice(result.kept.sentences(), number, None), ())
