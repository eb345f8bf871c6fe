"""The cells of statistics tables of no known form, under addresses made of their own words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from extractor.documents.document import Document
from extractor.result.cells import EXTRA, LAYOUT, Basis, Cell, Grounding, Status
from extractor.result.positions import position_of
from extractor.statistics.table import StatisticsTable, TableColumn, TableFigure, TableRow
from extractor.statistics.titles import groups_of
from rules.confront import State

# What parts the pieces of an address, and blanks.
_NO_PART_OF_A_NAME = re.compile(r"[\s.．]+")


def addressed_cells(
    document: Document, tables: Sequence[StatisticsTable]
) -> Iterator[tuple[TableFigure, Cell]]:
    """The cells of tables, read, with their addresses.

    Args:
        document: where they were read.
        tables: in the order of the page.

    Yields:
        Each figure and its cell, such as ``extra.1.收到申请数.当面申请数.本年``: ``unchecked``, or
        ``disputed`` where it can't be read as a number, was recognised from a picture, or stands below
        another row by a second reader. No sum confirms it: what the page means by its words is a guess.
        Where two have the same words, the second has (2) behind them. Where a page has several tables, the
        titles that tell them apart stand first: ``extra.2.依申请公开情况.收到申请数.本年``.
    """
    times: Counter[str] = Counter()
    for number, (table, group) in enumerate(zip(tables, groups_of(tables), strict=True), 1):
        for position, row in enumerate(table.rows):
            names = [_name(words) for words in (group, *table.path(position)) if words]
            for figure in row.figures:
                column = table.columns[figure.column]
                address = ".".join([EXTRA, str(number), *names, _column_name(column, figure.column)])
                times[address] += 1
                if times[address] > 1:
                    address = f"{address}({times[address]})"
                unit = table.unit_of(row, figure)
                yield figure, _cell(document, address, row, column, figure._replace(unit=unit))


def _name(words: str) -> str:
    return _NO_PART_OF_A_NAME.sub("", words)


def _column_name(column: TableColumn, number: int) -> str:
    return ".".join(map(_name, column.path)) or str(number + 1)


def _cell(document: Document, address: str, row: TableRow, column: TableColumn, figure: TableFigure) -> Cell:
    is_sure = not document.is_ocr and not row.is_disputed
    is_parsable = figure.value is not None or figure.state in (State.BLANK, State.MARK)
    line, text_column, locator = position_of(document, figure.span)
    return Cell(
        address,
        figure.printed,
        figure.value,
        figure.unit,
        figure.state,
        Status.UNCHECKED if is_parsable and is_sure else Status.DISPUTED,
        "inferred",
        Grounding.EXACT,
        figure.span,
        row.label,
        column.label,
        (LAYOUT,) if row.told_by is None else (LAYOUT, row.told_by),
        line=line,
        column=text_column,
        locator=locator,
        basis=Basis.LABELS if row.told_by is None else Basis.READERS,
    )
