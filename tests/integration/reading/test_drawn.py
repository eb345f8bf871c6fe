"""Tables that text browsers draw with characters: merged cells, and labels over several lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from extractor import extract
from extractor.result.cells import Cell, Status
from tests.helpers.drawn import BARS, BOXES, SIGNS, drawn
from tests.helpers.merged import merged_table
from tests.helpers.pages import COLUMNS, LABELS, by_address, document, figures

# Two columns of groups, one of labels, seven of figures; the narrowest break most labels.
WIDE, NARROW = [8, 14, 40, 6, 8, 8, 12, 12, 4, 4], [4, 6, 14, 3, 4, 4, 6, 6, 3, 3]
EXCHANGED = [COLUMNS[0], *COLUMNS[3:6], *COLUMNS[1:3], COLUMNS[6]]


def read(table: str) -> dict[str, Cell]:
    (extraction,) = extract(document(table))
    return {cell.address: cell for cell in extraction.cells if cell.address.startswith("requests.")}


def printed(cells: Mapping[str, Cell]) -> dict[str, str]:
    return {address: cell.printed for address, cell in cells.items()}


def with_blanks(values: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """The same with nothing for 0."""
    return {row: ["" if text == "0" else text for text in texts] for row, texts in values.items()}


@pytest.mark.parametrize("order", [COLUMNS, EXCHANGED], ids=["usual", "exchanged"])
@pytest.mark.parametrize("widths", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize(
    ("drawing", "wide", "is_centred"),
    [(BOXES, "WF", True), (BOXES, "WFA", False), (SIGNS, "WF", False), (BARS, "", True)],
    ids=["w3m", "of East Asia", "signs", "links"],
)
def test_each_cell_is_what_is_drawn_around_it(
    order: list[str], widths: list[int], drawing: str, wide: str, *, is_centred: bool
) -> None:
    table = merged_table(figures(), order)
    cells = read(drawn(table, widths, drawing, wide=wide, is_centred=is_centred))
    assert printed(cells) == by_address(figures())
    assert {cell.status for cell in cells.values()} == {Status.CONFIRMED}


def test_a_cell_without_anything_is_a_blank() -> None:
    values = with_blanks(figures())
    assert printed(read(drawn(merged_table(values), NARROW))) == by_address(values)


def test_rows_are_where_their_labels_are() -> None:
    values, labels = figures(), dict(LABELS)
    one, other = "refused.internal_affairs", "refused.state_secret"
    labels[one], labels[other] = labels[other], labels[one]
    cells = read(drawn(merged_table(values, labels=labels), NARROW))
    assert cells[f"requests.{other}.business"].printed == "2"
    assert cells[f"requests.{one}.business"].printed == "0"
