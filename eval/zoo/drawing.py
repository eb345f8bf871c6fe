"""Random figures for a report, consistent by plain arithmetic; nothing here asks the rules engine.

Most counts are zero or small and a few are large, as on real pages: a wrong figure among many zeros is
the one that sums see least.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from random import Random
from typing import NamedTuple, TypeAlias

from rules.form import Form

Number: TypeAlias = int | Decimal
# A rule and the address that it is about, as findings name them.
Contradiction: TypeAlias = tuple[str, str]

APPLICANTS = (
    "natural_person",
    "business",
    "research",
    "public_welfare",
    "legal_service",
    "other_organization",
)
COLUMNS = (*APPLICANTS, "total")
OUTCOMES = ("upheld", "overturned", "other", "pending")
GROUPS = ("reconsideration", "litigation.direct", "litigation.after_reconsideration")
COMBINED = "other_combined"
# Rows of table 3 that are no result of handling.
FRAME = ("received", "carried_in", "handled_total", "carried_out")
_LARGE, _LARGEST = 0.06, 14000


class Style(NamedTuple):
    """How a report prints its figures.

    Attributes:
        zero: what stands for zero, and how often; else it is the digit.
        thousands: whether 1234 is printed 1,234.
        signed: what stands before an increase, and before a decrease.
        own_unit: whether the amount of procurement is printed in 元, with the unit.
    """

    zero: str
    share: float
    thousands: bool
    signed: tuple[str, str]
    own_unit: bool


def draw_style(rng: Random) -> Style:
    """A style; two reports of three print every zero."""
    zero, share = rng.choice([("0", 1.0)] * 6 + [("", 1.0), ("", 0.6), ("/", 1.0)])
    return Style(
        zero, share, rng.random() < 0.3, rng.choice([("增", "减"), ("+", "-"), ("", "-")]), rng.random() < 0.3
    )


def printed_as(rng: Random, number: Number, style: Style, address: str) -> str:
    """A number as a report of this style prints it."""
    column = address.rpartition(".")[2]
    if not number:
        return style.zero if rng.random() < style.share else "0"
    if column == "change":
        return f"{style.signed[number < 0]}{abs(number)}"
    if address == "disclosure.procurement.amount" and style.own_unit:
        return f"{int(number * 10000)}元"
    return f"{number:,}" if style.thousands else f"{number}"


# --- numbers -------------------------------------------------------------------------------------


def draw_numbers(rng: Random, form: Form, left_out: frozenset[str]) -> dict[str, Number]:
    """A number for every cell of a form, all balances holding.

    Args:
        rng: where chance comes from.
        form: the form.
        left_out: ids of the rows of table 3 that this report doesn't have.
    """
    numbers = _disclosure(rng, form)
    numbers |= _requests(rng, [row for row in rows_of(form, "requests") if row not in left_out])
    for group in GROUPS:
        counts = [_count(rng, 0.3) for _ in OUTCOMES]
        cells = zip((*OUTCOMES, "total"), (*counts, sum(counts)), strict=True)
        numbers |= {f"disputes.{group}.{column}": count for column, count in cells}
    return numbers


def draw_left_out(rng: Random, form: Form) -> frozenset[str]:
    """The ids of the rows of table 3 that a report doesn't have.

    Edition 2021 prints three rows of other outcomes, or one.
    """
    rows = [row for row in rows_of(form, "requests") if "other" in row]
    if len(rows) == 1:
        return frozenset()
    combined = rng.random() < 0.25
    return frozenset(row for row in rows if (row == COMBINED) != combined)


def rows_of(form: Form, table: str) -> list[str]:
    """The ids of the rows of a table."""
    return [row.id for one in form.tables if one.id == table for block in one.blocks for row in block.rows]


def _count(rng: Random, share: float) -> int:
    """Zero, or with this share a small number, or at times a large one."""
    if rng.random() >= share:
        return 0
    return rng.randint(100, _LARGEST) if rng.random() < _LARGE else min(int(rng.expovariate(0.25)) + 1, 60)


def _disclosure(rng: Random, form: Form) -> dict[str, Number]:
    numbers: dict[str, Number] = {}
    for address, (table, _, _, column) in form.places.items():
        if table.id != "disclosure":
            continue
        number: Number = _count(rng, 0.7) * (rng.choice([1, 1, -1]) if column.signed else 1)
        if column.decimals and number:
            number = Decimal(rng.randint(1, 10**7)).scaleb(-rng.choice([0, 2, 4]))
        numbers[address] = number
    return numbers


def _requests(rng: Random, rows: list[str]) -> dict[str, Number]:
    busy = rng.choice([0.0, 0.15, 0.35, 0.6])
    counts = {row: [0] * len(APPLICANTS) for row in rows}
    for row in rows:
        if row not in FRAME and rng.random() < busy:
            counts[row] = [_count(rng, share) for share in (0.9, 0.3, 0.1, 0.1, 0.15, 0.15)]
    for column in range(len(APPLICANTS)):
        handled = sum(own[column] for row, own in counts.items() if row not in FRAME)
        carried_out = min(_count(rng, busy / 2), 40)
        carried_in = min(_count(rng, busy / 2), handled + carried_out)
        received = handled + carried_out - carried_in
        for row, count in zip(FRAME, (received, carried_in, handled, carried_out), strict=True):
            counts[row][column] = count
    return {
        f"requests.{row}.{column}": count
        for row, own in counts.items()
        for column, count in zip(COLUMNS, (*own, sum(own)), strict=True)
    }


# --- contradictions ------------------------------------------------------------------------------


def plant(rng: Random, numbers: Mapping[str, Number]) -> dict[str, Number | None]:
    """Other numbers for one or two cells, so that the page contradicts itself; None for a lost figure.

    Two cells are of different rows, so that the one can't make up for the other.
    """
    places = [a for a in numbers if not a.startswith("disclosure.")]
    first = rng.choice(places)
    others = [a for a in places if a.rpartition(".")[0] != first.rpartition(".")[0]]
    planted: dict[str, Number | None] = {}
    for address in [first, *([rng.choice(others)] if rng.random() < 0.5 else [])]:
        number = numbers[address]
        wrong = [number + step for step in (-9, -2, -1, 1, 2, 9, 10, 90) if number + step >= 0]
        planted[address] = None if number and rng.random() < 0.2 else rng.choice(wrong)
    return planted


def contradictions(numbers: Mapping[str, Number | None]) -> dict[Contradiction, tuple[str, ...]]:
    """The balances that don't hold, by plain arithmetic, and the cells that each is about.

    A cell that states no number counts as nothing.
    """
    return {
        balance: (*left, *right)
        for balance, (left, right) in _balances(numbers).items()
        if sum(numbers[a] or 0 for a in left) != sum(numbers[a] or 0 for a in right)
    }


def _balances(numbers: Mapping[str, Number | None]) -> dict[Contradiction, tuple[list[str], list[str]]]:
    """Every balance of the rows that there are, and the cells whose sums it says are equal."""
    rows = [a.removeprefix("requests.").removesuffix(".total") for a in numbers if a.startswith("requests.")]
    rows = [row for row in rows if f"requests.{row}.total" in numbers]
    balances: dict[Contradiction, tuple[list[str], list[str]]] = {}
    for row in rows:
        whole = f"requests.{row}.total"
        parts = [f"requests.{row}.{column}" for column in APPLICANTS]
        balances["requests-row-total", whole] = [whole], parts
    for column in COLUMNS:
        received, carried_in, handled, carried_out = (f"requests.{row}.{column}" for row in FRAME)
        parts = [f"requests.{row}.{column}" for row in rows if row not in FRAME]
        balances["requests-handled-total", handled] = [handled], parts
        balances["requests-carried-over", received] = [received, carried_in], [handled, carried_out]
    for group in GROUPS:
        whole = f"disputes.{group}.total"
        balances["disputes-group-total", whole] = [whole], [f"disputes.{group}.{one}" for one in OUTCOMES]
    return balances
