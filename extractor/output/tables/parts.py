"""What some reports add to all tables: made in any process, and put together in the reports' order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from extractor.organs.organ_list import OrganList
from extractor.output.tables.report_rows import ReportRowMaker, ReportRows
from extractor.output.tables.rows import Beside, ReportTables
from extractor.result.extraction import Extraction
from rules.form import Form
from rules.words import Language

if TYPE_CHECKING:
    import pyarrow as pa


class TablePart(NamedTuple):
    """What some reports add to all tables; it can be sent to another process.

    Attributes:
        batches: rows of the Parquet tables by their names; None if none are written.
        rows: of the sheets of the workbook; None if none is written.
    """

    batches: dict[str, pa.RecordBatch] | None
    rows: ReportRows | None


@dataclass(frozen=True)
class PartMaker:
    """Makes parts of tables; it can be sent to another process.

    Attributes:
        forms: the forms that the reports may follow, which have the names of cells.
        language: of the workbook.
        folder: that the tables are written to.
        organs: who says whose reports are.
        every_cell: whether the workbook's sheet of cells has all cells, not only those that aren't settled.
        parquet: whether Parquet is written.
        workbook: whether a workbook is.
        leads_to_files: whether that leads to the files that were read: it stays where it is written.
    """

    forms: Sequence[Form]
    language: Language
    folder: Path
    organs: OrganList = field(default_factory=OrganList)
    every_cell: bool = True
    parquet: bool = True
    workbook: bool = True
    leads_to_files: bool = True

    @cached_property
    def _row_maker(self) -> ReportRowMaker:
        folder = self.folder if self.leads_to_files else None
        return ReportRowMaker(self.forms, self.language, folder=folder, every_cell=self.every_cell)

    def told(
        self,
        file: str,
        extraction: Extraction,
        beside: Beside | None = None,
        *,
        is_again: bool = False,
        page: str | None = None,
    ) -> ReportTables:
        """A report, and the rows that it adds to the tables.

        Args:
            file: that it was read from, or its address on the web.
            extraction: its result.
            beside: what is known of it beside its page; None for nothing.
            is_again: whether the same bytes stand in the tables already.
            page: the path of its page to look at, from the folder of the tables; None if there is none.
        """
        identity = self.organs.identify(extraction)
        rows = ReportTables.of(file, extraction, identity, beside, is_again=is_again)
        return rows._replace(page=page)

    def part(self, reports: Sequence[ReportTables]) -> TablePart:
        """What some reports add to all tables.

        Args:
            reports: with their rows.
        """
        batches = None
        if self.parquet:
            from extractor.output.tables.parquet import batches_of  # pyarrow is in an extra of the package

            batches = batches_of(reports)
        return TablePart(batches, self._row_maker.rows(reports) if self.workbook else None)
