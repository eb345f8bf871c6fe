"""The figures in the national form, as it is to be shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from extractor.documents.document import Document
from extractor.output.shown import shown_blocks
from extractor.pipeline import ReadReport
from extractor.result.cells import Cell
from extractor.result.extraction import Extraction
from extractor.review.facts import as_printed, column_label, column_of, table_of
from extractor.verify.names import full_width, group_of, row_label, table_name
from rules.form import Block, Form, Table
from rules.words import Bilingual

_NO_FORM = Bilingual(zh="表样不详", en="of no known form")


class FormColumn(NamedTuple):
    """A column of the form: its label, the group that it stands under, and the unit that the page prints."""

    label: Bilingual
    under: str | None
    unit: str | None


class FormRow(NamedTuple):
    """A row of the form.

    Attributes:
        group: that begins with it, if one does.
        is_below_group: whether it is one of the numbered rows of its group.
        label: of it.
        cells: by their index in the result.
    """

    group: str | None
    is_below_group: bool
    label: Bilingual
    cells: tuple[int, ...]


class FormGrid(NamedTuple):
    """Blocks of the form under one header; or rows, or columns, that the organ has added."""

    columns: tuple[FormColumn, ...]
    rows: tuple[FormRow, ...]
    is_added: bool = False

    @property
    def has_groups(self) -> bool:
        """Whether some columns stand under a common label."""
        return any(column.under is not None for column in self.columns)


class FormTable(NamedTuple):
    """A table of the form."""

    name: Bilingual
    title: Bilingual
    grids: tuple[FormGrid, ...]


def form_tables(
    report: ReadReport, forms: Sequence[Form], form_of: Mapping[str, Form]
) -> Iterator[FormTable]:
    """The tables of a report as the form has them, each with what the organ has added to it.

    Args:
        report: what was read.
        forms: that it may have been read by.
        form_of: the edition that each cell was read by, by address.
    """
    document, extraction = report
    cells = extraction.cells
    index = {cell.address: number for number, cell in enumerate(cells)}
    edition = extraction.edition
    family = [form for form in forms if form.family == extraction.family]
    preferred = next((form for form in family if form.edition == edition), None)
    for table_id, group in groupby(cells, key=table_of):
        addresses = {cell.address for cell in group}
        for table, blocks in shown_blocks(table_id, addresses, family, preferred):
            grids = [
                _grid(table, list(same), cells, index, form_of)
                for _, same in groupby(blocks, key=lambda block: [column.label for column in block.columns])
            ]
            grids += _added(document, extraction, family, table_id)
            yield FormTable(table_name(family, table.id), table.title, tuple(grids))
    for table_id in dict.fromkeys(map(table_of, extraction.extra)):
        # A table of no form that is known.
        if table_id not in map(table_of, cells):
            added = tuple(_added(document, extraction, family, table_id))
            yield FormTable(table_name(family, table_id), _NO_FORM, added)


def _added(
    document: Document, extraction: Extraction, family: Sequence[Form], table_id: str
) -> Iterator[FormGrid]:
    """What the organ has added to a table, rows with the same columns together."""
    own = [
        (number, cell)
        for number, cell in enumerate(extraction.extra, len(extraction.cells))
        if table_of(cell) == table_id
    ]
    rows = [list(row) for _, row in groupby(own, key=lambda one: one[1].address.rpartition(".")[0])]
    for _, same in groupby(rows, key=_columns_of):
        alike = list(same)
        columns = tuple(_added_column(document, family, cell) for _, cell in alike[0])
        yield FormGrid(columns, tuple(_added_row(document, row) for row in alike), is_added=True)


def _columns_of(row: Sequence[tuple[int, Cell]]) -> list[str]:
    return [cell.address.rpartition(".")[2] for _, cell in row]


def _added_row(document: Document, row: Sequence[tuple[int, Cell]]) -> FormRow:
    label = as_printed(document, row[0][1].row_label)
    return FormRow(None, is_below_group=False, label=label, cells=tuple(number for number, _ in row))


def _added_column(document: Document, family: Sequence[Form], cell: Cell) -> FormColumn:
    column = column_of(family, cell)
    under = full_width(column.under) if column is not None and column.under is not None else None
    return FormColumn(column_label(document, column, cell), under, cell.unit)


def _grid(
    table: Table,
    blocks: Sequence[Block],
    cells: Sequence[Cell],
    index: Mapping[str, int],
    form_of: Mapping[str, Form],
) -> FormGrid:
    rows: list[FormRow] = []
    groups: set[str] = set()
    for block in blocks:
        for row in block.rows:
            addresses = [f"{table.id}.{row.id}.{column.id}" for column in block.columns]
            if addresses[0] not in index:
                continue
            form = form_of[addresses[0]]
            under = group_of(form, addresses[0])
            begins = under if under not in groups else None
            groups |= {under} if under is not None else set()
            is_below = row.number is not None and row.number[0].isdigit()
            numbers = tuple(index[address] for address in addresses)
            rows.append(FormRow(begins, is_below, row_label(form, addresses[0]), numbers))
    columns = []
    for number, column in enumerate(blocks[0].columns):
        unit = next((unit for row in rows if (unit := cells[row.cells[number]].unit)), None)
        under = full_width(column.under) if column.under is not None else None
        columns.append(FormColumn(Bilingual(zh=full_width(column.label), en=column.en), under, unit))
    return FormGrid(tuple(columns), tuple(rows))


def by_group(columns: Sequence[FormColumn]) -> list[tuple[str | None, list[FormColumn]]]:
    """Columns that stand side by side under one label, together."""
    return [(under, list(own)) for under, own in groupby(columns, key=lambda column: column.under)]
