"""The numbers that claims and cells state, as rules compare them: exact, rounded, or only bounded."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from extractor.documents.document import Document
from extractor.narrative.claims.units import MONEY
from extractor.result.cells import Cell, Status
from extractor.result.narrative import Approximation, Claim
from rules.arithmetic import tenths
from rules.claims import AtLeast, Judgement, Quantity
from rules.confront import State
from rules.interval import Interval, exactly, rounded

_OPEN = re.compile(r"近|(?<!节)约|不足|不到|接近|左右|上下|以内|多|余|超|突破")
_EXCEEDED = re.compile(r"突破|超过?|逾")
_CLAUSE = re.compile(r"[^,，;；。、]*")
_ABOUT = (Fraction(9, 10), Fraction(11, 10))
# With decimals it is rounded, or cut off, and says 约 of that.
_ABOUT_DECIMALS = (Fraction(98, 100), Fraction(102, 100))
_SCALES = {"万": 10**4, "亿": 10**8}
_ROUND = re.compile(r"\d(?:[.．](?P<decimals>\d+))?(?P<scale>[万亿]+)$")


def quantity(claim: Claim) -> Quantity | None:
    """What a claim's number stands for; None if its words leave that open (近, 约)."""
    if claim.approximation is Approximation.ABOUT:
        return None
    if claim.approximation is Approximation.AT_LEAST:
        return AtLeast(claim.value)
    if (interval := _rounded_to_myriads(claim)) is not None:
        return interval
    if isinstance(claim.value, int) and MONEY.get(claim.unit or "", 1) == 1:
        return claim.value
    # 12万元 are given to the nearest 10,000, as 1.2万 is.
    return rounded(Decimal(claim.value))


def _rounded_to_myriads(claim: Claim) -> Interval | None:
    match = _ROUND.search(claim.printed) if claim.printed[-1] in _SCALES else None
    if match is None:
        return None
    scale = 1
    for word in match["scale"]:
        scale *= _SCALES[word]
    half = Fraction(scale, 2 * 10 ** len(match["decimals"] or ""))
    return Interval(Fraction(claim.value) - half, Fraction(claim.value) + half)


def as_printed_together(
    quantities: Sequence[Quantity | None], claims: Sequence[Claim]
) -> list[Quantity | None]:
    """Quantities of which one is printed to a whole 万 or 亿, beside others to tenths of it: 6.4万 and 8万.

    Who counts one thing to tenths leaves out a nought behind the point only: 8万 is 8.0万.

    Args:
        quantities: what the claims' numbers stand for.
        claims: as many.
    """
    told = [_ROUND.search(claim.printed) for claim in claims]
    result = list(quantities)
    for place, (match, claim) in enumerate(zip(told, claims, strict=True)):
        close = quantities[place]
        if match is None or match["decimals"] or not isinstance(close, Interval):
            continue
        finest = max(
            len(other["decimals"] or "")
            for other, one in zip(told, claims, strict=True)
            if other is not None and other["scale"] == match["scale"] and one.unit == claim.unit
        )
        half = (close.high - close.middle) / 10**finest
        result[place] = Interval(close.middle - half, close.middle + half)
    return result


def rounded_quantity(document: Document, claim: Claim) -> Quantity | None:
    """What a claim's number stands for, 14.2万 to its last digit; None if words (近, 约) leave that open.

    Args:
        document: where it was read.
        claim: the count.
    """
    start, end = claim.span
    behind = _CLAUSE.match(document.text, end, end + 4)
    words = document.text[max(0, start - 3) : start] + (behind[0] if behind else "")
    if claim.approximation is Approximation.ABOUT:
        if not _OPEN.search(words):
            return _rounded_to_myriads(claim)
        if _EXCEEDED.search(words):
            return _cut_off_myriads(claim)
    return quantity(claim)


def in_one_unit(quantities: Sequence[Quantity], claims: Sequence[Claim]) -> Sequence[Quantity]:
    """Quantities of which some are printed in 万元 and some in 亿元, in yuan; others as they are.

    Args:
        quantities: what the claims' numbers stand for.
        claims: as many.
    """
    units = {claim.unit for claim in claims if claim.unit in MONEY}
    if len(units) < len(("万元", "亿元")) or len(quantities) < len(claims):
        return quantities
    return [times(one, MONEY.get(claim.unit or "", 1)) for one, claim in zip(quantities, claims, strict=True)]


def _cut_off_myriads(claim: Claim) -> Interval | None:
    """What 突破24.6万 says: that, or more by less than its last digit."""
    interval = _rounded_to_myriads(claim) if "." in claim.printed else None
    return None if interval is None else Interval(interval.low, 2 * interval.high - interval.middle)


def about(value: int | Decimal) -> Interval:
    """What 约, 近 or 左右 say: a tenth of it more or less, or what is rounded to it; 约26.7 says more.

    Args:
        value: the number beside them.
    """
    has_decimals = Fraction(value).denominator > 1
    low, high = (Fraction(value) * bound for bound in (_ABOUT_DECIMALS if has_decimals else _ABOUT))
    close = rounded(value)
    slack = (close.high - close.middle) if has_decimals else Fraction(0)
    return Interval(min(low, close.low - slack), max(high, close.high + slack))


def percentage(claim: Claim) -> Decimal | None:
    """A claim's percentage as printed; None if its words leave open which it is."""
    return Decimal(claim.value) if claim.approximation is Approximation.EXACT else None


def summed(document: Document, claims: Sequence[Claim]) -> Quantity | None:
    """The sum of some counts; None if the words of one leave open what it is.

    Args:
        document: where they were read.
        claims: the counts, at least one.
    """
    numbers = [number for one in claims if (number := rounded_quantity(document, one)) is not None]
    if len(numbers) < len(claims):
        return None
    if len(numbers) == 1:
        return numbers[0]
    whole = [number for number in numbers if isinstance(number, int)]
    return sum(whole) if len(whole) == len(numbers) else None


def percentage_of(part: Quantity, whole: Quantity, less: int = 0) -> Interval | None:
    """A part as a percentage of a whole; None if a bound is missing, or the whole can be zero.

    Args:
        part: the part.
        whole: what it is of.
        less: what is taken off, in per cent: 100 gives the growth from the whole to the part.
    """
    if isinstance(part, AtLeast) or isinstance(whole, AtLeast):
        return None
    above, below = (one if isinstance(one, Interval) else exactly(one) for one in (part, whole))
    return None if below.low <= 0 else above / below * exactly(100) - exactly(less)


def in_tenths(rule: str, claim: Claim, rate: Quantity) -> Judgement:
    """Whether a percentage is as many tenths as a claim says.

    Args:
        rule: that is judged.
        claim: in tenths; below zero for a decrease.
        rate: the percentage.
    """
    value = claim.value if claim.value >= 0 else -claim.value
    if claim.value < 0 and isinstance(rate, Interval):
        rate = Interval(-rate.high, -rate.low)
    approximation = claim.approximation
    return tenths(
        rule,
        value,
        rate,
        is_least=approximation is Approximation.AT_LEAST,
        is_about=approximation is Approximation.ABOUT,
    )


def times(value: Quantity, factor: int) -> Quantity:
    """So many times a number.

    Args:
        value: the number.
        factor: how many times.
    """
    if isinstance(value, AtLeast):
        return AtLeast(value.low * factor)
    if isinstance(value, Interval):
        return Interval(value.low * factor, value.high * factor)
    return value * factor


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
