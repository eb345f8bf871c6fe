"""The results of many reports as files in a folder: Parquet tables, and one workbook; all, or none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Protocol

from extractor.errors import OutputError, reason
from extractor.organs.organ_list import OrganList
from extractor.output.tables.columns import TABLES
from extractor.output.tables.parts import PartMaker, TablePart
from extractor.output.tables.rows import AlikeReport, CopiedReport, FailedFile, ReportTables
from extractor.result.extraction import Extraction
from rules.form import Form
from rules.words import Language

if TYPE_CHECKING:
    from extractor.output.tables.parquet import ParquetTables

WORKBOOK = "panel.xlsx"
PARQUET_FILES = tuple(f"{table.name}.parquet" for table in TABLES)
# With more reports, the workbook's sheet of cells has those alone that a person should look at: a sheet of
# more than 200,000 rows takes minutes to open.
MOST_REPORTS_WITH_ALL_CELLS = 1_000
# As many are in memory at once.
REPORTS_OF_A_PART = 50


def write_tables(
    folder: Path,
    reports: Iterable[tuple[str, Extraction]],
    *,
    failures: Iterable[FailedFile] = (),
    copies: Iterable[CopiedReport] = (),
    forms: Sequence[Form],
    language: Language,
    organs: OrganList | None = None,
    count: int | None = None,
    parquet: bool = True,
    workbook: bool = True,
) -> tuple[Path, ...]:
    """Write the tables of many reports; what is in memory doesn't grow with their number.

    Args:
        folder: where to write; made if need be.
        reports: the file that each was read from, or its address on the web, and its result; gone through
            once, before failures and copies.
        failures: the files that gave no report.
        copies: the reports that are others' copies, or other versions of them.
        forms: the forms that the reports may follow, which have the names of cells.
        language: of the workbook.
        organs: a list of one's own that says whose reports are; None for their names alone.
        count: how many reports there are, if that is known; of more than
            ``MOST_REPORTS_WITH_ALL_CELLS``, the workbook's sheet of cells has those that aren't settled.
        parquet: whether to write :data:`PARQUET_FILES`, which takes the extra ``tables``.
        workbook: whether to write :data:`WORKBOOK`.

    Returns:
        What was written.

    Raises:
        OutputError: if it can't be written.
    """
    maker = PartMaker(
        forms,
        language,
        folder,
        organs or OrganList(),
        every_cell=count is None or count <= MOST_REPORTS_WITH_ALL_CELLS,
        parquet=parquet,
        workbook=workbook,
    )
    with _told_as_output_error(folder):
        folder.mkdir(parents=True, exist_ok=True)
    told = (maker.told(file, extraction) for file, extraction in reports)
    return write_parts(maker, map(maker.part, _grouped(told)), failures=failures, copies=copies)


def _grouped(reports: Iterator[ReportTables]) -> Iterator[list[ReportTables]]:
    while group := list(islice(reports, REPORTS_OF_A_PART)):
        yield group


def write_parts(
    maker: PartMaker,
    parts: Iterable[TablePart],
    *,
    failures: Iterable[FailedFile] = (),
    copies: Iterable[CopiedReport] = (),
    alike: Iterable[AlikeReport] = (),
) -> tuple[Path, ...]:
    """Write the tables that parts make up.

    Args:
        maker: of the parts, which says where and what to write.
        parts: in the order of their reports; gone through once, before failures and copies.
        failures: the files that gave no report.
        copies: the reports that are others' copies, or other versions of them.
        alike: the reports whose own text is largely another's.

    Returns:
        What was written.

    Raises:
        OutputError: if it can't be written.
    """
    folder = maker.folder
    with _told_as_output_error(folder), TemporaryDirectory(dir=folder, prefix=".gongkai-") as unfinished:
        with ExitStack() as stack:
            tables = book = None
            writers: list[_TableWriter] = []
            if maker.parquet:
                tables = stack.enter_context(_parquet_tables(Path(unfinished)))
                writers.append(tables)
            if maker.workbook:
                stream = stack.enter_context(Path(unfinished, WORKBOOK).open("wb"))
                # Slow to import; most commands write no workbook.
                from extractor.output.tables.workbook import ResultWorkbook

                linked = folder if maker.leads_to_files else None
                book = stack.enter_context(
                    ResultWorkbook(stream, maker.language, forms=maker.forms, folder=linked)
                )
                writers.append(book)
            for part in parts:
                if tables is not None and part.batches is not None:
                    tables.add(part.batches)
                if book is not None and part.rows is not None:
                    book.add(part.rows)
            _add_rest(writers, failures, copies, alike)
        written = sorted(Path(unfinished).iterdir())
        return tuple(path.replace(folder / path.name) for path in written)


class _TableWriter(Protocol):
    """What takes what else is known of the files than their reports."""

    def add_failures(self, failures: Iterable[FailedFile]) -> None: ...

    def add_copies(self, copies: Iterable[CopiedReport]) -> None: ...

    def add_alike(self, alike: Iterable[AlikeReport]) -> None: ...


def _add_rest(
    writers: Sequence[_TableWriter],
    failures: Iterable[FailedFile],
    copies: Iterable[CopiedReport],
    alike: Iterable[AlikeReport],
) -> None:
    for failure in failures:
        for writer in writers:
            writer.add_failures([failure])
    for copy in copies:
        for writer in writers:
            writer.add_copies([copy])
    for one in alike:
        for writer in writers:
            writer.add_alike([one])


def _parquet_tables(folder: Path) -> ParquetTables:
    from extractor.output.tables.parquet import ParquetTables  # pyarrow is in an extra of the package

    return ParquetTables(folder)


@contextmanager
def _told_as_output_error(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        zh, en = reason(error)
        raise OutputError(
            f"无法写入 {folder}：{zh}。请检查文件夹是否存在、可写，磁盘是否有空间。",
            f"can't write to {folder}: {en}; check that the folder exists and is writable, and has room",
        ) from error
