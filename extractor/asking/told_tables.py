"""The rows of a table as a model has told them, in the reading of a report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

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


class _Figures(NamedTuple):
    """Of one row: where its label stands, those of its columns and its figures, by column.

    Attributes:
        is_labelled: whether these labels stand whole with the figures.
    """

    label: Span
    columns: Mapping[str, Span | None]
    cells: Mapping[str, Span]
    is_labelled: bool


def _read_row(addressed: AddressedRow, block: ReadBlock, told: ToldTable, model: str) -> ReadRow | None:
    """A row as it was told; None if nothing was said of it."""
    name = addressed.row.id
    figures = _of_series(name, told) if told.by_rows else _across_series(name, told)
    if figures is None:
        return None
    ids = [column.id for column in block.block.columns]
    is_labelled = figures.is_labelled
    # Of rows side by side, labels of the form tell which figures are whose, as they do in a wide table.
    is_told_by_labels = is_labelled or (told.are_beside and told.is_whole)
    return ReadRow(
        addressed.row,
        addressed.addresses,
        tuple(figures.cells[column] for column in ids),
        figures.label,
        tuple(ColumnLabel(figures.columns[column], None, is_put_together=not is_labelled) for column in ids),
        frozenset(),
        readers=(model,),
        is_agreed=not is_told_by_labels,
        basis=Basis.LABELS if is_labelled else Basis.READERS,
    )


def _of_series(name: str, told: ToldTable) -> _Figures | None:
    """A row that is one of the series."""
    series = next((one for one in told.series if one.name == name), None)
    if series is None:
        return None
    columns = [column for column, _ in told.across]
    heads: Sequence[Span | None] = series.heads or [head for _, head in told.across]
    cells = dict(zip(columns, series.cells, strict=True))
    return _Figures(
        series.label, dict(zip(columns, heads, strict=True)), cells, is_labelled=name in told.labelled
    )


def _across_series(name: str, told: ToldTable) -> _Figures | None:
    """A row that has a figure in each of the series, which are columns."""
    position = next((i for i, (row, _) in enumerate(told.across) if row == name), None)
    label = None if position is None else told.across[position][1]
    if position is None or label is None:
        return None
    columns: dict[str, Span | None] = {one.name: one.label for one in told.series}
    cells = {one.name: one.cells[position] for one in told.series}
    is_labelled = told.labelled.issuperset(columns)
    return _Figures(label, columns, cells, is_labelled=is_labelled)
