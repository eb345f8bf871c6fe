"""Every label on a line of its own, and its figures on the next: one reading is left if they take turns."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extractor import extract
from extractor.result.cells import Status
from tests.helpers.pages import GROUPS, LABELS, NAMES, by_address, document, figures

ROWS = figures()
BY_ADDRESS = by_address(ROWS)
HEADER = "申请人情况\n自然人　法人或其他组织　总计\n商业企业　科研机构　社会公益组织　法律服务机构　其他\n"
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
SETTLED = (Status.CONFIRMED, Status.UNCHECKED, Status.AS_PRINTED)


def printed(row: str) -> str:
    return "　".join(ROWS[row]).translate(WIDE)


def lines(*, above: bool = True, with_groups: bool = True) -> list[str]:
    """The lines of the table; the labels above their figures, or below them."""
    result = []
    for row in ROWS:
        pair = [LABELS[row], printed(row)]
        result += [GROUPS[row]] if with_groups and row in GROUPS else []
        result += pair if above else pair[::-1]
    return result


def settled(written: list[str], header: str = HEADER) -> dict[str, tuple[str, Status]]:
    (extraction,) = extract(document(header + "".join(f"{line}\n" for line in written)))
    return {
        cell.address: (
            cell.printed.translate(str.maketrans("０１２３４５６７８９", "0123456789")),
            cell.status,
        )
        for cell in extraction.cells
        if cell.address.startswith("requests.") and cell.status in SETTLED
    }


@pytest.mark.parametrize("with_groups", [True, False])
def test_figures_below_their_labels_are_these_rows(*, with_groups: bool) -> None:
    expected = {address: (figure, Status.CONFIRMED) for address, figure in BY_ADDRESS.items()}
    assert settled(lines(with_groups=with_groups)) == expected


def test_the_header_tells_the_columns_here_too() -> None:
    exchanged = [line for row in ROWS for line in (LABELS[row], "　".join(ROWS[row][::-1]))]
    expected = {address: (figure, Status.CONFIRMED) for address, figure in BY_ADDRESS.items()}
    assert settled(exchanged, f"{'　'.join(NAMES[::-1])}\n") == expected


# --- twins: the same look, another reading -------------------------------------------------------------


def without(line: str) -> Callable[[list[str]], list[str]]:
    return lambda written: [other for other in written if other != line]


def with_line(line: str, before: str) -> Callable[[list[str]], list[str]]:
    return lambda written: [one for other in written for one in ([line] if other == before else []) + [other]]


DAMAGED: dict[str, Callable[[list[str]], list[str]]] = {
    "a label lost": without(LABELS["granted"]),
    "figures lost": without(printed("granted")),
    "the last figures lost": lambda written: written[:-1],
    "figures more, in the middle": with_line("１　２　３　０　０　０　６", LABELS["granted"]),
    "figures more, first": lambda written: ["９　９　９　９　９　９　５４", *written],
    "another row among them": with_line("其中：通过网络申请", LABELS["granted"]),
    "a label lost, and other figures": lambda written: with_line(
        "１　２　３　０　０　０　６", LABELS["refused.internal_affairs"]
    )(without(LABELS["granted"])(written)),
}


@pytest.mark.parametrize("damage", DAMAGED)
@pytest.mark.parametrize("above", [True, False], ids=["labels above", "figures above"])
def test_nothing_is_taken_for_another_rows(damage: str, *, above: bool) -> None:
    read = settled(DAMAGED[damage](lines(above=above)))
    assert {address: figure for address, (figure, _) in read.items()}.items() <= BY_ADDRESS.items()


def test_figures_above_their_labels_are_not_those_of_the_label_above() -> None:
    read = settled(lines(above=False, with_groups=False))
    assert {address: figure for address, (figure, _) in read.items()}.items() <= BY_ADDRESS.items()
    assert not any(status is Status.CONFIRMED for _, status in read.values())
