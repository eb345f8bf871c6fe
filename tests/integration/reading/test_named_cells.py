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


def decisions(*rows: str) -> dict[str, str]:
    """What is settled of a table 2 of cards, whose second block has these rows with 170 and 7."""
    name = "本年处理决定数量"
    first = f"二、主动公开政府信息情况\n第二十条第（五）项\n行政许可\n{name}\n529\n"
    second = f"第二十条第（六）项\n{rows[0]}\n{name}\n170\n{rows[1]}\n{name}\n7\n"
    table_3 = page("cards").decode()
    start = table_3.index("三、收到")
    (extraction,) = extract(f"{table_3[:start]}{first}{second}{table_3[start:]}".encode())
    found = (cell for cell in extraction.cells if cell.address.endswith(".decisions"))
    return {cell.address.split(".")[1]: cell.printed for cell in found if cell.status in SETTLED}


def test_blocks_with_the_same_column_are_told_by_their_captions() -> None:
    """Those of the second block were open: the header of both stood above the first."""
    assert decisions("行政处罚", "行政强制") == {"licences": "529", "penalties": "170", "coercion": "7"}


def test_rows_of_such_a_block_are_not_told_by_their_order() -> None:
    assert (
        decisions("行政强制", "行政处罚").items()
        <= {"licences": "529", "coercion": "170", "penalties": "7"}.items()
    )


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
