"""A line that counts the columns of a table, 甲 乙 1 … 7=1+2+3+4+5+6, and a column that counts its rows."""

from collections.abc import Sequence

import pytest

from extractor import extract
from extractor.result.cells import Status
from tests.helpers.whole_reports import REQUESTS, Cell, Report, Writer, in_lines, web

SETTLED = {Status.CONFIRMED, Status.UNCHECKED, Status.AS_PRINTED}
WRITERS = pytest.mark.parametrize(
    "write", [web, in_lines("\t"), in_lines(" | ")], ids=["web", "tabs", "bars"]
)


def settled(numbers: Sequence[str], write: Writer) -> dict[str, str]:
    """The settled figures of a report whose table 3 counts its rows, and has a line below its header."""
    report = Report()
    rows = report.tables[REQUESTS]
    rows[0].insert(1, Cell("行次", down=3))
    for number, row in enumerate(rows[3:], 1):
        row.insert(len(row) - 7, Cell(str(number)))
    rows.insert(3, [Cell("甲", across=3), Cell("乙"), *map(Cell, numbers)])
    (extraction,) = extract(report.written(write))
    return {cell.address: cell.printed for cell in extraction.cells if cell.status in SETTLED}


def plain() -> dict[str, str]:
    (extraction,) = extract(Report().written(web))
    return {cell.address: cell.printed for cell in extraction.cells}


@WRITERS
@pytest.mark.parametrize("last", ["7", "7=1+2+3+4+5+6", "7＝1＋2＋3＋4＋5＋6", "(7=1+…+6)", "7=1+2+3+4+5+6 "])
def test_it_is_no_row_of_figures(last: str, write: Writer) -> None:
    assert settled(["1", "2", "3", "4", "5", "6", last], write) == plain()


@WRITERS
@pytest.mark.parametrize(
    "numbers",
    [
        # In another order it may say of which column each is.
        ["7=1+2+3+4+5+6", "1", "2", "3", "4", "5", "6"],
        ["2", "1", "3", "4", "5", "6", "7=1+2+3+4+5+6"],
        # A row that has lost its label.
        ["1", "2", "3", "4", "5", "6", "21=1+2+3+4+5+6"],
        ["1", "0", "3", "4", "5", "6", "19"],
    ],
)
def test_what_does_not_count_stays_and_nothing_of_it_is_settled(
    numbers: Sequence[str], write: Writer
) -> None:
    found, right = settled(numbers, write), plain()
    assert found == {address: right[address] for address in found}
    assert not [address for address in found if address.startswith("requests.received")]
