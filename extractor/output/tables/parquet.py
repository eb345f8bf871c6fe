"""Results as Parquet files, written in groups of rows, so that memory doesn't grow with their number.

pyarrow writes them, rather than DuckDB, whose wheel is half as large (25 MB against 55): it takes rows as
they come, a million in a second, where DuckDB needs them in a file first (three times as long) or takes a
thousand a second; and Ray and pandas read and write by it, too.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import IO

import pyarrow as pa
from pyarrow import parquet

from extractor.organs.identity import OrganIdentity
from extractor.output.presentation import Presentation
from extractor.output.tables.columns import CELLS, TABLES, Kind, ResultTable
from extractor.output.tables.rows import (
    CopiedReport,
    FailedFile,
    Row,
    cell_rows,
    claim_rows,
    copy_rows,
    failure_rows,
    finding_rows,
    report_row,
)
from extractor.pipeline import ReadReport
from extractor.result.extraction import Extraction

_TYPES: dict[Kind, pa.DataType] = {
    Kind.TEXT: pa.string(),
    Kind.INTEGER: pa.int64(),
    Kind.DECIMAL: pa.decimal128(38, 10),
    Kind.SHARE: pa.float64(),
    Kind.FLAG: pa.bool_(),
    Kind.TEXTS: pa.list_(pa.string()),
}
# As many rows as some 250 reports have cells.
_ROWS_OF_A_GROUP = 50_000


def schema_of(table: ResultTable) -> pa.Schema:
    """The columns of a table with their types in Parquet."""
    return pa.schema([(column.name, _TYPES[column.kind]) for column in table.columns])


class ParquetTable:
    """A table that is written to a Parquet file as its rows come; closed, the file is whole."""

    def __init__(self, target: Path | IO[bytes], table: ResultTable) -> None:
        self._schema = schema_of(table)
        self._writer = parquet.ParquetWriter(target, self._schema, compression="zstd")
        self._rows: list[Row] = []

    def __enter__(self) -> ParquetTable:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._write()
        finally:
            self._writer.close()

    def add(self, rows: Iterable[Row]) -> None:
        """Write rows.

        Args:
            rows: with an entry a column.
        """
        self._rows.extend(rows)
        if len(self._rows) >= _ROWS_OF_A_GROUP:
            self._write()

    def _write(self) -> None:
        if not self._rows:
            return
        columns = zip(*self._rows, strict=True)
        arrays = [pa.array(column, field.type) for column, field in zip(columns, self._schema, strict=True)]
        self._writer.write_batch(pa.record_batch(arrays, schema=self._schema))
        self._rows.clear()


class ParquetTables:
    """All tables of results, each a Parquet file in a folder; closed, they are whole."""

    def __init__(self, folder: Path) -> None:
        """Begin the files.

        Args:
            folder: where to write them.
        """
        self._open = ExitStack()
        with ExitStack() as opening:
            self._tables = {
                table.name: opening.enter_context(ParquetTable(folder / f"{table.name}.parquet", table))
                for table in TABLES
            }
            self._open = opening.pop_all()

    def __enter__(self) -> ParquetTables:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._open.__exit__(kind, error, traceback)

    def add(self, file: str, extraction: Extraction, identity: OrganIdentity) -> None:
        """Write a report.

        Args:
            file: that it was read from.
            extraction: its result.
            identity: whose it is.
        """
        self._tables["reports"].add([report_row(file, extraction, identity)])
        self._tables["cells"].add(cell_rows(extraction))
        self._tables["claims"].add(claim_rows(extraction))
        self._tables["findings"].add(finding_rows(extraction))

    def add_failures(self, failures: Iterable[FailedFile]) -> None:
        """Write files that gave no report.

        Args:
            failures: with the reason of each.
        """
        self._tables["failures"].add(failure_rows(failures))

    def add_copies(self, copies: Iterable[CopiedReport]) -> None:
        """Write which reports are others' copies.

        Args:
            copies: of reports, with what they are of.
        """
        self._tables["copies"].add(copy_rows(copies))


def to_parquet(reports: Sequence[ReadReport], _presentation: Presentation) -> bytes:
    """The table of cells of some reports; the same for everyone."""
    buffer = io.BytesIO()
    with ParquetTable(buffer, CELLS) as table:
        for report in reports:
            table.add(cell_rows(report.extraction))
    return buffer.getvalue()
