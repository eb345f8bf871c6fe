"""One workbook of the results of many reports, which an official or a researcher opens and understands.

It is written as reports come in, every sheet row by row; what has to be put in order waits on disk.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import IO

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError

from extractor.organs.organ_list import OrganList
from extractor.output.presentation import Presentation
from extractor.output.tables.columns import (
    ALIKE,
    CELLS,
    COPIES,
    FAILURES,
    FINDINGS,
    REPORTS,
    ResultTable,
)
from extractor.output.tables.entries import (
    LOOK_AT_TITLE,
    PANEL_TITLE,
    alike_entries,
    alike_heads,
    cell_heads,
    copy_entries,
    copy_heads,
    failure_entries,
    failure_heads,
    finding_heads,
    look_at_heads,
    names_of,
    panel_heads,
    report_heads,
    table_entry,
    table_heads,
)
from extractor.output.tables.entry import Head
from extractor.output.tables.report_rows import ReportRowMaker, ReportRows, SheetRow, link_to
from extractor.output.tables.rows import (
    AlikeReport,
    CopiedReport,
    FailedFile,
    ReportTables,
    Row,
    failure_rows,
)
from extractor.output.tables.sheet import Sheet, Styles
from extractor.output.tables.sorted_rows import SortedRows
from extractor.pipeline import ReadReport
from rules.form import Form
from rules.words import Bilingual, Language

# The same results make the same bytes.
_MADE = datetime(2000, 1, 1, tzinfo=UTC)
# Comments wait in memory until the workbook is closed.
_MOST_COMMENTS = 20_000


class ResultWorkbook:
    """A workbook that is written as the rows of reports come in; closed, it is whole."""

    def __init__(
        self,
        target: Path | IO[bytes],
        language: Language,
        *,
        forms: Sequence[Form] = (),
        folder: Path | None = None,
    ) -> None:
        """Begin a workbook.

        Args:
            target: where it is written.
            language: of headings and messages.
            forms: which have the names of cells.
            folder: that it will lie in, from which links lead to files; None for no links.
        """
        self._language, self._folder = language, folder
        self._names = names_of(forms, language)
        self._comments = 0
        self._open = ExitStack()
        with ExitStack() as opening:
            self._lines = opening.enter_context(SortedRows())
            self._years = opening.enter_context(SortedRows())
            waiting = opening.enter_context(TemporaryDirectory(prefix="gongkai-"))
            self._workbook = Workbook(target, {"constant_memory": True, "tmpdir": waiting})
            self._open = opening.pop_all()
        self._workbook.use_zip64()  # it is used where a file of more than 4 GB needs it
        self._workbook.set_properties({"created": _MADE, "author": "gongkai"})
        self._styles = Styles(self._workbook)
        self._look_at = self._sheet(LOOK_AT_TITLE, look_at_heads, 1)
        self._reports = self._sheet(REPORTS.title, report_heads, 1)
        self._panel = self._sheet(PANEL_TITLE, panel_heads, 2)
        self._cells = self._sheet(CELLS.title, cell_heads, 1)
        self._findings = self._sheet(FINDINGS.title, finding_heads, 1)
        self._failures = self._sheet(FAILURES.title, failure_heads, 1)
        self._copies = self._sheet(COPIES.title, copy_heads, 1)
        self._alike = self._sheet(ALIKE.title, alike_heads, 1)

    def _sheet(self, title: Bilingual, heads: Callable[[Language], list[Head]], fixed: int) -> Sheet:
        sheet = self._workbook.add_worksheet(title.in_language(self._language))
        return Sheet(sheet, self._styles, heads(self._language), self._language, fixed=fixed)

    def __enter__(self) -> ResultWorkbook:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        with self._open:
            if kind is not None:
                for worksheet in self._workbook.worksheets():
                    worksheet.row_data_fh.close()
                return
            for waiting, target in ((self._lines, self._look_at), (self._years, self._panel)):
                for row in waiting:
                    self._add(target, row)
            for sheet in (
                *(self._look_at, self._reports, self._panel, self._cells),
                *(self._findings, self._failures, self._copies, self._alike),
            ):
                sheet.close()
            try:
                self._workbook.close()
            except FileCreateError as failure:
                # What the system says is within.
                raise failure.args[0] from failure

    def add(self, rows: ReportRows) -> None:
        """Write what some reports add to the sheets.

        Args:
            rows: of reports behind those before.
        """
        for key, row in rows.look_at:
            self._lines.add(key, row)
        for key, row in rows.panel:
            self._years.add(key, row)
        for sheet, added in (
            (self._reports, rows.reports),
            (self._cells, rows.cells),
            (self._findings, rows.findings),
        ):
            for row in added:
                self._add(sheet, row)

    def add_failures(self, failures: Iterable[FailedFile]) -> None:
        """Write files that gave no report.

        Args:
            failures: with the reason of each.
        """
        for row in failure_rows(failures):
            self._failures.add(failure_entries(row, link_to(str(row[0]), self._folder), self._language))

    def add_copies(self, copies: Iterable[CopiedReport]) -> None:
        """Write which reports are others' copies.

        Args:
            copies: of reports, with what they are of.
        """
        for copy in copies:
            self._copies.add(copy_entries(copy, self._names, self._language))

    def add_alike(self, alike: Iterable[AlikeReport]) -> None:
        """Write which reports are like another in their wording.

        Args:
            alike: reports, with those that they are like.
        """
        for one in alike:
            self._alike.add(alike_entries(one, self._language))

    def _add(self, sheet: Sheet, row: SheetRow) -> None:
        """Write a row, with its comments as long as there is room for more."""
        self._comments += sum(bool(entry.comment) for entry in row)
        has_room = self._comments <= _MOST_COMMENTS
        sheet.add(row if has_room else [entry._replace(comment="") for entry in row])


def to_xlsx(reports: Sequence[ReadReport], presentation: Presentation) -> bytes:
    """Some reports as one workbook.

    Args:
        reports: what to show.
        presentation: by which forms, and in which language.
    """
    buffer = io.BytesIO()
    language = presentation.language
    maker = ReportRowMaker(presentation.forms, language, folder=None, every_cell=True)
    told = (
        ReportTables.of(one.document.name, one.extraction, OrganList().identify(one.extraction))
        for one in reports
    )
    with ResultWorkbook(buffer, language) as workbook:
        workbook.add(maker.rows(told))
    return buffer.getvalue()


def table_workbook(table: ResultTable, rows: Iterable[Row], language: Language) -> bytes:
    """One table as a workbook.

    Args:
        table: its columns.
        rows: with an entry a column.
        language: of headings and words.
    """
    buffer = io.BytesIO()
    names = [column.name for column in table.columns]
    with Workbook(buffer, {"constant_memory": True}) as workbook:
        workbook.set_properties({"created": _MADE, "author": "gongkai"})
        page = workbook.add_worksheet(table.title.in_language(language))
        sheet = Sheet(page, Styles(workbook), table_heads(table, language), language, fixed=1)
        for row in rows:
            sheet.add([table_entry(*one, language) for one in zip(names, row, strict=True)])
        sheet.close()
    return buffer.getvalue()
