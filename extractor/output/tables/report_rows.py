"""What a report adds to the sheets of the workbook: rows, made in whatever process there is time for it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple, TypeAlias

from extractor.errors import legible
from extractor.organs.identity import OrganIdentity
from extractor.output.tables.attention import LookAt, to_look_at
from extractor.output.tables.columns import REPORTS
from extractor.output.tables.entries import (
    VERDICT_TONES,
    cell_entries,
    finding_entries,
    look_at_texts,
    names_of,
    panel_entries,
    plain,
    report_entries,
)
from extractor.output.tables.entry import Entry, Link
from extractor.output.tables.rows import ReportTables
from extractor.output.words import VERDICTS
from extractor.panel.indicators import indicated
from extractor.result.cells import Status
from extractor.result.extraction import Extraction
from rules.form import Form
from rules.words import Language

# An entry a column.
SheetRow: TypeAlias = Sequence[Entry]
# By which rows that wait are put in order.
SortKey: TypeAlias = tuple[int | str, int | str]
_COLUMNS = [column.name for column in REPORTS.columns]
# What an address can't hold as it is, or not as a part of a path.
_ESCAPED = {ord(character): f"%{ord(character):02x}" for character in ' "#%<>[]^`{}'}
# Behind the names of organs that reports state.
_NO_ORGAN = "\U0010ffff"


class ReportRows(NamedTuple):
    """The rows of some reports.

    Attributes:
        look_at, panel: of the sheets that are put in order when all reports are known.
        reports, cells, findings: of the sheets that are in the order of the reports.
    """

    look_at: list[tuple[SortKey, SheetRow]]
    panel: list[tuple[SortKey, SheetRow]]
    reports: list[SheetRow]
    cells: list[SheetRow]
    findings: list[SheetRow]


class ReportRowMaker:
    """Makes the rows of reports.

    Args:
        forms: the forms that the reports may follow, which have the names of cells.
        language: of headings and messages.
        folder: that the workbook will lie in, from which links lead to the files of reports; None for no
            links.
        every_cell: whether the sheet of cells has all cells, rather than those that aren't settled.
    """

    def __init__(
        self, forms: Sequence[Form], language: Language, *, folder: Path | None, every_cell: bool
    ) -> None:
        self._language, self._folder, self._every_cell = language, folder, every_cell
        self._names = names_of(forms, language)

    def rows(self, reports: Iterable[ReportTables]) -> ReportRows:
        """The rows of some reports.

        Args:
            reports: with their rows in the tables.
        """
        rows = ReportRows([], [], [], [], [])
        for one in (one for one in reports if not one.is_again):
            extraction, identity = one.extraction, one.identity
            table = dict(zip(_COLUMNS, one.report, strict=True))
            source = link_to(str(table["given_address"] or one.file), self._folder)
            # Relative, so that both can be moved and sent together.
            target = source if one.page is None else f"external:{one.page}"
            rows.reports.append(report_entries(table, target, source, self._language))
            head = [plain(table[name]) for name in ("organ", "year", "report")]
            self._add_lines(rows, head, target, extraction)
            self._add_year(rows, head, extraction, identity)
            self._add_cells(rows, head, extraction)
            for finding in (*extraction.findings, *extraction.remarks):
                entries = finding_entries(finding, self._names, self._language)
                rows.findings.append([*head, *entries])
        return rows

    def _add_lines(
        self, rows: ReportRows, head: Sequence[Entry], target: str, extraction: Extraction
    ) -> None:
        for line in to_look_at(extraction):
            entries = self._look_at_entries(head, target, extraction, line)
            rows.look_at.append(((line.rank, -len(line.findings)), entries))

    def _look_at_entries(
        self, head: Sequence[Entry], target: str, extraction: Extraction, line: LookAt
    ) -> list[Entry]:
        organ, year, report = head
        verdict = extraction.verdict
        return [
            organ,
            year,
            Entry(Link(str(report.content), target)) if target else report,
            Entry(VERDICTS[verdict].in_language(self._language), VERDICT_TONES[verdict]),
            *(Entry(text) for text in look_at_texts(line, self._language)),
        ]

    def _add_year(
        self, rows: ReportRows, head: Sequence[Entry], extraction: Extraction, identity: OrganIdentity
    ) -> None:
        organ, year, _ = head
        entries = [*head]
        for shown in indicated(extraction.cells):
            entries += panel_entries(shown, self._names, self._language)
        key = (str(identity.name or organ.content or _NO_ORGAN), str(year.content or ""))
        rows.panel.append((key, entries))

    def _add_cells(self, rows: ReportRows, head: Sequence[Entry], extraction: Extraction) -> None:
        messages: dict[str, list[str]] = {}
        for finding in extraction.findings:
            for address in {*finding.suspects, *((finding.place,) if finding.place else ())}:
                messages.setdefault(address, []).append(finding.message.in_language(self._language))
        for cell in (*extraction.cells, *extraction.extra):
            if self._every_cell or cell.status not in (Status.CONFIRMED, Status.UNCHECKED):
                comment = "\n".join(messages.get(cell.address, ()))
                entries = cell_entries(cell, self._names, comment, self._language)
                rows.cells.append([*head, *entries])


def link_to(file: str, folder: Path | None) -> str:
    """What leads to a file from the folder of the workbook; empty if nothing does.

    Args:
        file: its path, or its address on the web.
        folder: that the workbook will lie in; None if that isn't known.
    """
    if file.startswith(("http://", "https://")):
        return legible(file)
    path = Path(file)
    if folder is None or legible(file) != file or not path.is_file():
        return ""
    try:
        target = os.path.relpath(path, folder)
    except ValueError:  # another drive, on Windows
        target = str(path.resolve())
    # XlsxWriter would take what follows a # for a place in the file.
    return f"external:{target.translate(_ESCAPED)}"
