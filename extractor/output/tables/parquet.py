"""Results as Parquet files, written in groups of rows, so that memory doesn't grow with their number.

pyarrow writes them, rather than DuckDB, whose wheel is half as large (25 MB against 55): it takes rows as
they come, a million in a second, where DuckDB needs them in a file first (three times as long) or takes a
thousand a second; and Ray and pandas read and write by it, too.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import IO

import pyarrow as pa
from pyarrow import parquet

from extractor.output.presentation import Presentation
from extractor.output.tables.columns import (
    ALIKE,
    CELLS,
    CLAIMS,
    COPIES,
    FAILURES,
    FINDINGS,
    REPORTS,
    TABLES,
    Kind,
    ResultTable,
)
from extractor.output.tables.rows import (
    AlikeReport,
    CopiedReport,
    FailedFile,
    ReportTables,
    Row,
    alike_rows,
    cell_rows,
    copy_rows,
    failure_rows,
)
from extractor.pipeline import ReadReport

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


def batch_of(table: ResultTable, rows: Iterable[Row]) -> pa.RecordBatch:
    """Rows as columns with their types.

    Args:
        table: that they are of.
        rows: with an entry a column.
    """
    schema = schema_of(table)
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    arrays = [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)]
    return pa.record_batch(arrays, schema=schema)


def batches_of(reports: Iterable[ReportTables]) -> dict[str, pa.RecordBatch]:
    """What some reports add to the tables, by the names of these.

    Args:
        reports: with their rows.
    """
    told = list(reports)
    rows: dict[ResultTable, Iterable[Row]] = {
        REPORTS: (one.report for one in told),
        CELLS: (row for one in told for row in one.cells),
        CLAIMS: (row for one in told for row in one.claims),
        FINDINGS: (row for one in told for row in one.findings),
    }
    return {table.name: batch_of(table, its) for table, its in rows.items()}


class ParquetTable:
    """A table that is written to a Parquet file as its rows come; closed, the file is whole."""

    def __init__(self, target: Path | IO[bytes], table: ResultTable) -> None:
        self._schema = schema_of(table)
        self._writer = parquet.ParquetWriter(target, self._schema, compression="zstd")
        self._batches: list[pa.RecordBatch] = []
        self._rows = 0

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

    def add(self, batch: pa.RecordBatch) -> None:
        """Write rows.

        Args:
            batch: of rows of this table; see :func:`batch_of`.
        """
        if batch.num_rows:
            self._batches.append(batch)
            self._rows += batch.num_rows
        if self._rows >= _ROWS_OF_A_GROUP:
            self._write()

    def _write(self) -> None:
        if self._batches:
            table = pa.Table.from_batches(self._batches, self._schema)
            self._writer.write_table(table, row_group_size=self._rows)
        self._batches, self._rows = [], 0


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

    def add(self, batches: Mapping[str, pa.RecordBatch]) -> None:
        """Write what some reports add to the tables.

        Args:
            batches: by the names of the tables; see :func:`batches_of`.
        """
        for name, batch in batches.items():
            self._tables[name].add(batch)

    def add_failures(self, failures: Iterable[FailedFile]) -> None:
        """Write files that gave no report.

        Args:
            failures: with the reason of each.
        """
        self._tables["failures"].add(batch_of(FAILURES, failure_rows(failures)))

    def add_copies(self, copies: Iterable[CopiedReport]) -> None:
        """Write which reports are others' copies.

        Args:
            copies: of reports, with what they are of.
        """
        self._tables["copies"].add(batch_of(COPIES, copy_rows(copies)))

    def add_alike(self, alike: Iterable[AlikeReport]) -> None:
        """Write which reports are like another in their wording.

        Args:
            alike: reports, with those that they are like.
        """
        self._tables["alike"].add(batch_of(ALIKE, alike_rows(alike)))


def to_parquet(reports: Sequence[ReadReport], _presentation: Presentation) -> bytes:
    """The table of cells of some reports; the same for everyone."""
    buffer = io.BytesIO()
    with ParquetTable(buffer, CELLS) as table:
        for report in reports:
            table.add(batch_of(CELLS, cell_rows(report.extraction)))
    return buffer.getvalue()
