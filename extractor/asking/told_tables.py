"""The rows of a table as a model has told them, in the reading of a report."""

from __future__ import annotations

from dataclasses import replace

from extractor.asking.told_series import ToldTable
from extractor.documents.document import Span
from extractor.layout.reading import ColumnLabel, ReadBlock, Reading, ReadRow
from extractor.result.cells import Basis
from rules.form import AddressedRow


def with_table(reading: Reading, block: ReadBlock, told: ToldTable, model: str) -> Reading:
    """A reading with the rows of a block as they were told.

    Args:
        reading: that lacks the block.
        block: of it.
        told: what the model says, as the page bears it out.
        model: what it is called.
    """
    told_rows = {
        row.row.id: read for row in block.rows if (read := _read_row(row, block, told, model)) is not None
    }
    left_out = _not_chosen(block, told_rows)
    rows = {row.row.id: row for row in block.found if row.row.id not in left_out} | told_rows
    found = tuple(rows[row.row.id] for row in block.rows if row.row.id in rows)
    whole = replace(block, expected_rows=frozenset(rows), is_on_page=True, found=found)
    taken = {span for row in told_rows.values() for span in row.spans}
    return replace(
        reading,
        blocks=tuple(whole if one is block else one for one in reading.blocks),
        strays=tuple(stray for stray in reading.strays if taken.isdisjoint(stray.figures)),
    )


def _not_chosen(block: ReadBlock, told: dict[str, ReadRow]) -> set[str]:
    """The rows of alternatives that a page doesn't have, as it has rows of another one."""
    return {
        row
        for alternatives in block.block.one_of
        if any(row in told for choice in alternatives for row in choice)
        for choice in alternatives
        for row in choice
        if not any(one in told for one in choice)
    }


def _read_row(addressed: AddressedRow, block: ReadBlock, told: ToldTable, model: str) -> ReadRow | None:
    """A row as it was told; None if nothing was said of it."""
    name = addressed.row.id
    spans: dict[str, Span]
    if told.by_rows:
        series = next((one for one in told.series if one.name == name), None)
        if series is None:
            return None
        label, columns = series.label, dict(told.across)
        spans = {column: cell for (column, _), cell in zip(told.across, series.cells, strict=True)}
    else:
        position = next((i for i, (row, _) in enumerate(told.across) if row == name), None)
        if position is None:
            return None
        label = told.across[position][1]
        columns = {one.name: one.label for one in told.series}
        spans = {one.name: one.cells[position] for one in told.series}
    ids = [column.id for column in block.block.columns]
    return ReadRow(
        addressed.row,
        addressed.addresses,
        tuple(spans[column] for column in ids),
        label,
        tuple(ColumnLabel(columns[column], None, is_put_together=True) for column in ids),
        frozenset(),
        readers=(model,),
        is_agreed=True,
        basis=Basis.READERS,
    )
