"""Rows whose labels have mistakes of typing are read; a row that may be another one, or an own one, isn't."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from extractor import extract
from extractor.result.cells import Cell, Status
from tests.helpers.pages import COLUMNS, LABELS, Page, by_address, document, figures, lines

SETTLED = {Status.CONFIRMED, Status.UNCHECKED, Status.AS_PRINTED}
MISTYPED = {
    "received": "一、本年新收政信息公开申请数量",
    "carried_in": "二、上年结转政府信息申请公开数量",
    "granted": "(一)于以公开",
    "partially_granted": "(二)部份公开",
    "refused.prohibited_by_law": "2.其他法律行政止公开",
    "unavailable.still_unclear": "3.补证后申请内容任不明确",
    "handled_total": "(七)总记",
    "carried_out": "四、结转下年度续办理",
}


def read(labels: Mapping[str, str], *, after: Mapping[str, str] | None = None) -> dict[str, Cell]:
    """The cells of table 3 with some labels, and rows of an organ's own behind others.

    Args:
        labels: by the ids of their rows.
        after: by the ids of rows, the label of a row that stands behind, with 3 in every column.
    """
    page = Page(figures(), LABELS | dict(labels))
    table = lines(" | ")(page)
    for row, label in (after or {}).items():
        printed = page.labels[row]
        table = "".join(
            f"{line}{label} | {' | '.join('3' * len(COLUMNS))}\n" if printed in line else line
            for line in table.splitlines(keepends=True)
        )
    (extraction,) = extract(document(table))
    return {cell.address: cell for cell in extraction.cells if cell.address.startswith("requests.")}


def test_labels_with_mistakes_are_those_of_their_rows() -> None:
    cells = read(MISTYPED)
    assert {address: cell.printed for address, cell in cells.items()} == by_address(figures())
    assert {cell.status for cell in cells.values()} == {Status.CONFIRMED}


@pytest.mark.parametrize(
    ("labels", "of"),
    [
        # As near to two rows; one of them alone is told by its ordinal between its neighbours.
        ({"granted": "(一)部以公开", "partially_granted": "(二)部以公开"}, {"granted", "partially_granted"}),
        ({"granted": "(一)部以公开"}, set()),
        # Another count, another year's, a part of the whole.
        ({"received": "一、本月新收政府信息公开申请数量"}, {"received"}),
        ({"carried_out": "四、结转本年度继续办理"}, {"carried_out"}),
        ({"handled_total": "(七)小计"}, {"handled_total"}),
    ],
)
def test_no_figure_is_settled_as_that_of_a_row_that_its_label_may_not_be(
    labels: Mapping[str, str], of: set[str]
) -> None:
    right = by_address(figures())
    for address, cell in read(labels).items():
        row = address.removeprefix("requests.").rpartition(".")[0]
        assert cell.status not in SETTLED or (row not in of and cell.printed == right[address])


@pytest.mark.parametrize(
    ("row", "own"),
    [
        ("granted", "(一)予以公示"),
        ("refused.third_party_rights", "4.保护第三方合法利宜"),
        ("handled_total", "(七)总记"),
        ("carried_out", "四、结转下年度续办理"),
    ],
)
def test_an_own_row_beside_one_with_the_whole_label_isnt_taken_for_it(row: str, own: str) -> None:
    cells = read({}, after={row: own})
    shown = {address: cell for address, cell in cells.items() if address.startswith(f"requests.{row}.")}
    right = by_address(figures())
    assert {address: cell.printed for address, cell in shown.items()} == {a: right[a] for a in shown}
    assert len(shown) == len(COLUMNS)
    assert all(cell.status in SETTLED for cell in shown.values())


def test_two_rows_with_mistakes_that_may_both_be_one_row_are_open() -> None:
    cells = read({"granted": "(一)于以公开"}, after={"granted": "(一)予以公升"})
    assert not any(
        cell.status in SETTLED for address, cell in cells.items() if address.startswith("requests.granted.")
    )
