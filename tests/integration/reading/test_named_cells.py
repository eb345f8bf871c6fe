"""Each figure beside the name of its column, in cells or on lines of their own, or between bars."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from extractor import extract
from extractor.result.cells import Status
from tests.helpers.pages import LABELS, NAMES, by_address, document, figures

ROWS = figures()
BY_ADDRESS = by_address(ROWS)
CONFIRMED = {address: (figure, Status.CONFIRMED) for address, figure in BY_ADDRESS.items()}
SETTLED = (Status.CONFIRMED, Status.UNCHECKED, Status.AS_PRINTED)
# The names of the columns with the figures of a row.
Pairs = Sequence[tuple[str, str]]


def cards(row: str, pairs: Pairs) -> str:
    return f"{LABELS[row]}\n" + "".join(f"{name}\n{figure}\n" for name, figure in pairs)


def cards_with_names_below(row: str, pairs: Pairs) -> str:
    return f"{LABELS[row]}\n" + "".join(f"{figure}\n{name}\n" for name, figure in pairs)


def message(row: str, pairs: Pairs) -> str:
    return f"- **{LABELS[row]}**：{'｜'.join(f'{name} {figure}' for name, figure in pairs)}\n"


WRITTEN: dict[str, Callable[[str, Pairs], str]] = {
    "cards": cards,
    "cards with names below": cards_with_names_below,
    "a message": message,
}


def page(written: str, order: Sequence[int] = range(7), changed: dict[str, Pairs] | None = None) -> bytes:
    """A report whose rows are written so.

    Args:
        written: in which way.
        order: of the columns in each row.
        changed: rows that are written with other pairs.
    """
    rows = {row: [(NAMES[i], texts[i]) for i in order] for row, texts in ROWS.items()}
    rows |= {row: list(pairs) for row, pairs in (changed or {}).items()}
    return document("".join(WRITTEN[written](row, pairs) for row, pairs in rows.items()))


def settled(data: bytes) -> dict[str, tuple[str, Status]]:
    (extraction,) = extract(data)
    return {
        cell.address: (cell.printed, cell.status)
        for cell in extraction.cells
        if cell.address.startswith("requests.") and cell.status in SETTLED
    }


@pytest.mark.parametrize("written", WRITTEN)
def test_a_name_before_each_figure_settles_it(written: str) -> None:
    assert settled(page(written)) == CONFIRMED


@pytest.mark.parametrize("written", WRITTEN)
def test_names_in_another_order_are_other_columns(written: str) -> None:
    read = settled(page(written, [6, 1, 0, 3, 2, 5, 4]))
    assert {address: figure for address, (figure, _) in read.items()} == BY_ADDRESS


# --- twins -----------------------------------------------------------------------------------------------

OWN = list(zip(NAMES, ROWS["granted"], strict=True))
CHANGED: dict[str, Pairs] = {
    "names exchanged in one row": [(NAMES[1], OWN[0][1]), (NAMES[0], OWN[1][1]), *OWN[2:]],
    "a name lost": [("", OWN[0][1]), *OWN[1:]],
    "a figure lost": [(NAMES[0], ""), *OWN[1:]],
    "a figure more": [*OWN, ("", "3")],
    "a name twice": [OWN[0], OWN[0], *OWN[2:]],
}


@pytest.mark.parametrize("change", CHANGED)
@pytest.mark.parametrize("written", WRITTEN)
def test_what_is_named_otherwise_is_taken_for_nothing_else(written: str, change: str) -> None:
    """Where names are exchanged, each figure is of the column that is named before it."""
    expected = dict(BY_ADDRESS)
    if change == "names exchanged in one row":
        own, other = "requests.granted.natural_person", "requests.granted.business"
        expected |= {own: BY_ADDRESS[other], other: BY_ADDRESS[own]}
    read = settled(page(written, changed={"granted": CHANGED[change]}))
    assert {address: figure for address, (figure, _) in read.items()}.items() <= expected.items()
