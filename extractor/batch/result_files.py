"""The files of results of a batch: tables, a workbook, and all results as JSON lines."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from functools import lru_cache, partial
from itertools import islice
from pathlib import Path
from types import TracebackType

from extractor.batch.alike import WordedReport, alike_among
from extractor.batch.copies import CopyKind, copies_among
from extractor.batch.file_results import FileResult
from extractor.batch.outcome import ReportFacts
from extractor.batch.part_pool import FEWEST_SHARED, PartPool
from extractor.batch.result_parts import (
    REPORT_TABLES,
    ResultPart,
    ResultPartMaker,
    Task,
    csv_bytes,
    extractions_of,
    joined,
)
from extractor.batch.showing import Shown, Written
from extractor.forms import FormSet
from extractor.organs.organ_list import OrganList
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

_RESULTS = "extractions.jsonl"
_CSV: Mapping[str, Sequence[str]] = {
    **REPORT_TABLES,
    "failures.csv": tuple(column.name for column in FAILURES.columns),
    "copies.csv": tuple(column.name for column in COPIES.columns),
    "alike.csv": tuple(column.name for column in ALIKE.columns),
}
# So many versions are opened again, to see in what they differ.
_MOST_COMPARED = 1000


def write_files(
    folder: Path,
    results: Sequence[FileResult],
    shown: Shown,
    jobs: int,
    pages: Mapping[str, str],
    *,
    parquet: bool,
) -> Written:
    """Write all of them; some dozens of reports a process are in memory.

    Args:
        folder: to write to.
        results: of all files.
        shown: how they are shown.
        jobs: how many processes share the work, if there is enough of it.
        pages: of the reports that have one to look at, by what results call them, its path from the folder.
        parquet: whether Parquet is among them.

    Raises:
        OutputError: if they can't be written.
        UnreadableError: if what the journal kept can't be read.
        OSError: if they can't be put in place.
    """
    organs = OrganList() if shown.organs is None else shown.organs
    copies = _with_differences(results, _copies(results, organs))
    alike = _alike(results, copies, organs)
    count = sum(len(result.outcome.reports) for result in results)
    tables = PartMaker(
        FormSet.of().forms if shown.forms is None else shown.forms,
        shown.language,
        folder,
        organs,
        every_cell=count <= MOST_REPORTS_WITH_ALL_CELLS,
        parquet=parquet,
        leads_to_files=shown.leads_to_files,
    )
    maker = ResultPartMaker(tables)
    tasks = _tasks(results, copies, alike, pages)
    with _TextTables(folder) as text, PartPool(maker, jobs if count >= FEWEST_SHARED else 1) as pool:
        parts = text.passed_on(pool.parts(tasks))
        write_parts(tables, parts, failures=_failures(results), copies=copies, alike=alike)
        text.add("failures.csv", failure_rows(_failures(results)))
        text.add("alike.csv", alike_rows(alike))
        text.add("copies.csv", copy_rows(copies))
    versions = sum(copy.kind == CopyKind.VERSION for copy in copies)
    names = (*_CSV, _RESULTS, WORKBOOK, *(PARQUET_FILES if parquet else ()))
    return Written(names, len(copies) - versions, versions, len({one.report for one in alike}), parquet)


def _tasks(
    results: Sequence[FileResult],
    copies: Sequence[CopiedReport],
    alike: Sequence[AlikeReport],
    pages: Mapping[str, str],
) -> Iterator[Task]:
    """The files of each part; the same ones, however many processes make parts of them."""
    copied = {copy.report: copy for copy in copies if copy.kind != CopyKind.VERSION}
    likest: dict[str, list[AlikeReport]] = {}
    for one in alike:
        likest.setdefault(one.report, []).append(one)
    held = [result for result in results if result.kept is not None]
    for first in range(0, len(held), REPORTS_OF_A_PART):
        some = held[first : first + REPORTS_OF_A_PART]
        names = [name for one in some for name in one.reports()]
        yield Task(
            some,
            {name: copied[name] for name in names if name in copied},
            {name: likest[name] for name in names if name in likest},
            {name: pages[name] for name in names if name in pages},
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


def _with_differences(results: Iterable[FileResult], copies: Sequence[CopiedReport]) -> list[CopiedReport]:
    """The copies, versions with what they differ in."""
    versions = [copy for copy in copies if copy.kind == CopyKind.VERSION][:_MOST_COMPARED]
    names = {name for copy in versions for name in (copy.report, copy.copy_of)}
    held = {name: result for result in results for name in result.reports() if name in names}

    @lru_cache(maxsize=2)
    def printed(name: str) -> dict[str, str]:
        extraction = next(one for one, _ in extractions_of(held[name]) if one.report == name)
        return {cell.address: cell.printed for cell in extraction.cells}

    differences = {}
    for copy in versions:
        before, after = printed(copy.copy_of), printed(copy.report)
        addresses = dict.fromkeys([*before, *after])
        differences[copy.report] = tuple(one for one in addresses if before.get(one) != after.get(one))
    return [copy._replace(differs_in=differences.get(copy.report)) for copy in copies]


def _failures(results: Iterable[FileResult]) -> Iterator[FailedFile]:
    for result in results:
        if (failure := result.outcome.failure) is not None:
            yield FailedFile(result.file.key, failure.kind, failure.message)


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
