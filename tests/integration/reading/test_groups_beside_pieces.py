"""A group's label level with the second line of a row's label: the row keeps its label and its figures."""

from __future__ import annotations

import pytest

from extractor import extract
from extractor.result.cells import Status
from tests.helpers.pages import BLOCK, LABELS, document, figures

ROWS = figures()
BY_ADDRESS = {
    f"requests.{row}.{column.id}": figure
    for row, texts in ROWS.items()
    for column, figure in zip(BLOCK.columns, texts, strict=True)
}
HEADER = "    ".join(["", *(column.label for column in BLOCK.columns)])
GROUP = "（六）其他处理"
FIRST = LABELS["other.not_corrected"]
SECOND = LABELS["other.fee_unpaid"]
CUT, MIDDLE = 16, 34
SETTLED = (Status.CONFIRMED, Status.UNCHECKED, Status.AS_PRINTED)


def printed(row: str, before: str = "    ") -> str:
    return before + "    ".join(ROWS[row])


def settled(replaced: dict[str, list[str]], last: str = "") -> dict[str, tuple[str, Status]]:
    """What is settled of a page on which some rows stand on other lines than one each."""
    lines = [HEADER]
    for row in ROWS:
        lines += replaced.get(row, [f"{LABELS[row]}{printed(row)}"])
    (extraction,) = extract(document("".join(f"{line}\n" for line in [*lines, last] if line)))
    return {
        cell.address: (cell.printed, cell.status)
        for cell in extraction.cells
        if cell.address.startswith("requests.") and cell.status in SETTLED
    }


@pytest.mark.parametrize("between", ["", " ", "    "], ids=["nothing", "one blank", "several"])
def test_a_group_beside_the_second_line_is_no_part_of_the_label(between: str) -> None:
    read = settled(
        {
            "other.not_corrected": [
                f"{' ' * 20}{FIRST[:CUT]}",
                f"{GROUP}{between}{FIRST[CUT:]}{printed('other.not_corrected')}",
            ],
            # One blank parts the label from the first figure where the cell is full.
            "other.fee_unpaid": [
                f"{' ' * 20}{SECOND[:CUT]}",
                f"{' ' * 20}{SECOND[CUT:MIDDLE]}{printed('other.fee_unpaid', ' ')}",
                f"{' ' * 20}{SECOND[MIDDLE:]}",
            ],
        }
    )
    assert read == {address: (figure, Status.CONFIRMED) for address, figure in BY_ADDRESS.items()}


CREATED = LABELS["unavailable.must_be_created"]


def test_a_group_glued_to_the_first_line_of_a_label_is_no_part_of_it() -> None:
    row = "unavailable.must_be_created"
    read = settled({row: [f"（四）无法提供{CREATED[:10]}{printed(row)}", f"{' ' * 20}{CREATED[10:]}"]})
    assert read == {address: (figure, Status.CONFIRMED) for address, figure in BY_ADDRESS.items()}


# --- twins -----------------------------------------------------------------------------------------------


def wrong(read: dict[str, tuple[str, Status]]) -> dict[str, str]:
    return {address: figure for address, (figure, _) in read.items() if figure != BY_ADDRESS[address]}


def test_a_group_glued_to_a_label_of_another_group_is_no_group() -> None:
    row = "unavailable.must_be_created"
    lines = [f"（五）不予处理{CREATED[:10]}{printed('granted')}", f"{' ' * 20}{CREATED[10:]}"]
    read = settled({row: lines})
    assert wrong(read) == {}
    assert f"requests.{row}.total" not in read


def test_a_label_behind_a_group_that_stands_whole_elsewhere_is_no_rows() -> None:
    """The row below it has the same label, and the row itself none: two lines are of one of them."""
    row, unclear = "unavailable.must_be_created", LABELS["unavailable.still_unclear"]
    read = settled({row: [f"（四）无法提供{unclear[:6]}{printed(row)}", f"{' ' * 20}{unclear[6:]}"]})
    rows = {address.removeprefix("requests.").rpartition(".")[0] for address in read}
    assert rows.isdisjoint({row, "unavailable.still_unclear"})


def test_what_goes_on_with_another_label_is_left_open() -> None:
    """The rest is that of the second label: whose figures these are isn't told."""
    read = settled(
        {
            "other.not_corrected": [
                f"{' ' * 20}{FIRST[:CUT]}",
                f"{GROUP} {SECOND[CUT:]}{printed('granted')}",
            ]
        }
    )
    assert wrong(read) == {}
    assert "requests.other.not_corrected.total" not in read


def test_a_group_that_the_row_is_not_under_has_figures_of_its_own() -> None:
    """(六)其他处理 is a row in one edition: beside the end of a row of (五), the figures may be its own."""
    label = LABELS["not_processed.reissue"]
    read = settled(
        {
            "not_processed.reissue": [label[:CUT], f"{GROUP} {label[CUT:]}{printed('granted')}"],
            "other.not_corrected": [],
            "other.fee_unpaid": [],
            "other.other": [],
        }
    )
    assert not any(address.startswith("requests.not_processed.reissue") for address in read)


def test_a_digit_of_a_broken_label_is_no_figure() -> None:
    """Behind the middle of a label stands a number that isn't a row's first figure: seven others do."""
    read = settled(
        {
            "other.fee_unpaid": [
                SECOND[:CUT],
                f"{SECOND[CUT:MIDDLE]} 7{printed('other.fee_unpaid')}",
                SECOND[MIDDLE:],
            ]
        }
    )
    assert wrong(read) == {}
