"""The tidy form of a result: one record a cell. These are the columns of every table that is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypedDict

from extractor.result.cells import Cell
from extractor.result.header import Header
from extractor.text.figures import Value


class Record(TypedDict):
    """One cell, with what its report is; the keys are the columns, in their order."""

    report: str
    organ: str | None
    year: str | None
    edition: str | None
    address: str
    printed: str
    value: Value | None
    unit: str | None
    state: str
    status: str


COLUMNS = tuple(Record.__annotations__)


def records_of(report: str, header: Header, edition: str | None, cells: Iterable[Cell]) -> Iterator[Record]:
    """A record for each cell.

    Args:
        report: what the input is called.
        header: what the report says about itself.
        edition: of the form that it follows; None if no table is on the page.
        cells: of the report.
    """
    organ = header.organ.value if header.organ else None
    year = header.year.value if header.year else None
    for cell in cells:
        yield Record(
            report=report,
            organ=organ,
            year=year,
            edition=edition,
            address=cell.address,
            printed=cell.printed,
            value=cell.value,
            unit=cell.unit,
            state=cell.state.value,
            status=cell.status.value,
        )
