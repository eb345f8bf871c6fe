"""The numbers that claims and cells state, as rules compare them: exact, rounded, or only bounded."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from extractor.result.cells import Cell, Status
from extractor.result.narrative import Approximation, Claim
from rules.claims import AtLeast, Quantity
from rules.confront import State
from rules.interval import Interval, rounded

# Amounts of money in yuan.
MONEY = {"元": 1, "百元": 100, "千元": 1000, "万元": 10**4, "亿元": 10**8}
_SCALES = {"万": 10**4, "亿": 10**8}
_ROUND = re.compile(r"\d(?:[.．](?P<decimals>\d+))?(?P<scale>[万亿]+)$")


def quantity(claim: Claim) -> Quantity | None:
    """What a claim's number stands for; None if its words leave that open (近, 约)."""
    if claim.approximation is Approximation.ABOUT:
        return None
    if claim.approximation is Approximation.AT_LEAST:
        return AtLeast(claim.value)
    match = _ROUND.search(claim.printed) if claim.printed[-1] in _SCALES else None
    if match is not None:
        scale = 1
        for word in match["scale"]:
            scale *= _SCALES[word]
        half = Fraction(scale, 2 * 10 ** len(match["decimals"] or ""))
        return Interval(Fraction(claim.value) - half, Fraction(claim.value) + half)
    if isinstance(claim.value, int) and MONEY.get(claim.unit or "", 1) == 1:
        return claim.value
    # 12万元 are given to the nearest 10,000, as 1.2万 is.
    return rounded(Decimal(claim.value))


def percentage(claim: Claim) -> Decimal | None:
    """A claim's percentage as printed; None if its words leave open which it is."""
    return Decimal(claim.value) if claim.approximation is Approximation.EXACT else None


def stated(addresses: Sequence[str], cells: Mapping[str, Cell]) -> Quantity | None:
    """The sum of some cells; None if one of them isn't settled, or can't be parsed.

    Blank and marked cells state no number: the others are then a lower bound.

    Args:
        addresses: of the cells.
        cells: of the report, by address.
    """
    total: int | Decimal = 0
    is_complete = True
    for cell in map(cells.get, addresses):
        if cell is None or cell.status in (Status.ABSENT, Status.DISPUTED):
            return None
        if cell.state is not State.NUMBER:
            is_complete = False
        elif cell.value is None:
            return None
        else:
            total += cell.value * MONEY.get(cell.unit or "", 1)
    return total if is_complete else AtLeast(total)


def settled(addresses: Sequence[str], cells: Mapping[str, Cell]) -> bool:
    """Whether the page itself places all these cells, so that a contradiction is the page's own.

    Args:
        addresses: of the cells.
        cells: of the report, by address.
    """
    return all(cells[address].placement == "certain" for address in addresses)
