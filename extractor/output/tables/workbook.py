"""One workbook of the results of many reports, which an official or a researcher opens and understands.

It is written as reports come in, every sheet row by row; what has to be put in order waits on disk.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import IO, Any

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError

from extractor.errors import legible
from extractor.organs.identity import OrganIdentity
from extractor.organs.organ_list import OrganList
from extractor.output.presentation import Presentation
from extractor.output.tables.attention import to_look_at
from extractor.output.tables.columns import CELLS, COPIES, FAILURES, FINDINGS, REPORTS
from extractor.output.tables.entries import (
    LOOK_AT_TITLE,
    PANEL_TITLE,
    VERDICT_TONES,
    cell_entries,
    cell_heads,
    copy_heads,
    failure_entries,
    failure_heads,
    finding_entries,
    finding_heads,
    look_at_heads,
    look_at_texts,
    names_of,
    panel_entries,
    panel_heads,
    plain,
    report_entries,
    report_heads,
)
from extractor.output.tables.rows import CopiedReport, FailedFile, copy_rows, failure_rows, report_row
from extractor.output.tables.sheet import Entry, Head, Link, Sheet, Styles, Tone
from extractor.output.tables.sorted_rows import SortedRows
from extractor.output.words import VERDICTS
from extractor.panel.indicators import indicated
from extractor.pipeline import ReadReport
from extractor.result.cells import Status
from extractor.result.extraction import Extraction, Verdict
from rules.form import Form
from rules.words import Bilingual, Language

# The same results make the same bytes.
_MADE = datetime(2000, 1, 1, tzinfo=UTC)
# Comments wait in memory until the workbook is closed.
_MOST_COMMENTS = 20_000
# Behind the names of organs that reports state.
_NO_ORGAN = "\U0010ffff"


class ResultWorkbook:
    """A workbook that is written as reports come in; closed, it is whole."""

    def __init__(
        self,
        target: Path | IO[bytes],
        forms: Sequence[Form],
        language: Language,
        *,
        folder: Path | None = None,
        every_cell: bool = True,
    ) -> None:
        """Begin a workbook.

        Args:
            target: where it is written.
            forms: the forms that the reports may follow, which have the names of cells.
            language: of headings and messages.
            folder: that it will lie in, from which links lead to the files of reports; None for no links.
            every_cell: whether the sheet of cells has all cells, rather than those that aren't confirmed.
        """
        self._language, self._folder, self._every_cell = language, folder, every_cell
        self._names = names_of(forms, language)
        self._count = self._comments = 0
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
            for row in self._lines:
                self._look_at.add(self._look_at_entries(*row))
            for row in self._years:
                self._panel.add([self._kept_entry(*kept) for kept in row])
            for sheet in (
                *(self._look_at, self._reports, self._panel, self._cells),
                *(self._findings, self._failures, self._copies),
            ):
                sheet.close()
            try:
                self._workbook.close()
            except FileCreateError as failure:
                # What the system says is within.
                raise failure.args[0] from failure

    def add(self, file: str, extraction: Extraction, identity: OrganIdentity) -> None:
        """Write a report.

        Args:
            file: that it was read from, or its address on the web.
            extraction: its result.
            identity: whose it is.
        """
        self._count += 1
        row = report_row(file, extraction, identity)
        table = dict(zip((column.name for column in REPORTS.columns), row, strict=True))
        self._reports.add(report_entries(table, self._language))
        head = [plain(table[name]) for name in ("organ", "year", "report")]
        self._add_lines(self._link(file), head, extraction)
        self._add_year(head, extraction, identity)
        self._add_cells(head, extraction)
        for finding in (*extraction.findings, *extraction.remarks):
            self._findings.add([*head, *finding_entries(finding, self._names, self._language)])

    def add_failures(self, failures: Iterable[FailedFile]) -> None:
        """Write files that gave no report.

        Args:
            failures: with the reason of each.
        """
        for row in failure_rows(failures):
            self._failures.add(failure_entries(row, self._link(str(row[0])), self._language))

    def add_copies(self, copies: Iterable[CopiedReport]) -> None:
        """Write which reports are others' copies.

        Args:
            copies: of reports, with what they are of.
        """
        for row in copy_rows(copies):
            self._copies.add([plain(content) for content in row])

    def _add_lines(self, target: str, head: Sequence[Entry], extraction: Extraction) -> None:
        for line in to_look_at(extraction):
            texts = look_at_texts(line, self._language)
            organ, year, report = (entry.content for entry in head)
            row = [organ, year, report, target, extraction.verdict.value, *texts]
            self._lines.add((line.rank, -len(line.findings), self._count), row)

    def _look_at_entries(
        self,
        organ: str | None,
        year: str | None,
        report: str,
        target: str,
        verdict: str,
        *texts: str | int | None,
    ) -> list[Entry]:
        told = Verdict(verdict)
        return [
            Entry(organ),
            Entry(year),
            Entry(Link(report, target) if target else report),
            Entry(VERDICTS[told].in_language(self._language), VERDICT_TONES[told]),
            *(Entry(text) for text in texts),
        ]

    def _add_year(self, head: Sequence[Entry], extraction: Extraction, identity: OrganIdentity) -> None:
        """Keep the figures of one organ's year until all are known."""
        organ, year, _ = head
        row = [*head]
        for shown in indicated(extraction.cells):
            row += panel_entries(shown, self._names, self._language)
        key = (str(identity.name or organ.content or _NO_ORGAN), str(year.content or ""), self._count)
        self._years.add(key, [_kept(entry) for entry in row])

    def _kept_entry(self, content: Any, share: tuple[int, int] | None, tone: str, comment: str) -> Entry:
        exact = Fraction(*share) if share is not None else content
        return Entry(exact, Tone(tone), self._comment(comment))

    def _add_cells(self, head: Sequence[Entry], extraction: Extraction) -> None:
        messages: dict[str, list[str]] = {}
        for finding in extraction.findings:
            for address in {*finding.suspects, *((finding.place,) if finding.place else ())}:
                messages.setdefault(address, []).append(finding.message.in_language(self._language))
        for cell in (*extraction.cells, *extraction.extra):
            if self._every_cell or cell.status not in (Status.CONFIRMED, Status.UNCHECKED):
                told = "\n".join(messages.get(cell.address, ()))
                comment = self._comment(told)
                self._cells.add([*head, *cell_entries(cell, self._names, comment, self._language)])

    def _comment(self, text: str) -> str:
        """A comment, as long as there is room for more."""
        if text:
            self._comments += 1
        return text if self._comments <= _MOST_COMMENTS else ""

    def _link(self, file: str) -> str:
        """What leads to a file from the folder of the workbook; empty if nothing does."""
        if file.startswith(("http://", "https://")):
            return legible(file)
        path = Path(file)
        if self._folder is None or legible(file) != file or not path.is_file():
            return ""
        try:
            return f"external:{os.path.relpath(path, self._folder)}"
        except ValueError:  # another drive, on Windows
            return f"external:{path.resolve()}"


def _kept(entry: Entry) -> tuple[Any, tuple[int, int] | None, str, str]:
    """An entry as JSON holds it."""
    content = entry.content
    if isinstance(content, Fraction):
        return None, (content.numerator, content.denominator), entry.tone, entry.comment
    number = float(content) if isinstance(content, Decimal) else content
    return number, None, entry.tone, entry.comment


def to_xlsx(reports: Sequence[ReadReport], presentation: Presentation) -> bytes:
    """Some reports as one workbook.

    Args:
        reports: what to show.
        presentation: by which forms, and in which language.
    """
    buffer = io.BytesIO()
    with ResultWorkbook(buffer, presentation.forms, presentation.language) as workbook:
        for report in reports:
            identity = OrganList().identify(report.extraction)
            workbook.add(report.document.name, report.extraction, identity)
    return buffer.getvalue()
