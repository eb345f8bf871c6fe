"""Exact interval arithmetic: what a rounded figure can stand for.

A percentage printed as 67.5 stands for any ratio from 67.45 to 67.55, both ends included, so that
rounding half up and half to even are accepted alike. The method is that of XBRL's Calculations 1.1
(Arelle): two figures agree when their intervals meet.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Interval:
    """All values from ``low`` to ``high``, both included."""

    low: Fraction
    high: Fraction

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Interval) -> Interval:
        return Interval(self.low - other.high, self.high - other.low)

    def __mul__(self, other: Interval) -> Interval:
        corners = [a * b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(min(corners), max(corners))

    def __truediv__(self, other: Interval) -> Interval:
        if other.low <= 0 <= other.high:
            raise ZeroDivisionError("the divisor can be zero")
        return self * Interval(1 / other.high, 1 / other.low)

    @property
    def middle(self) -> Fraction:
        """The value in the middle; the only one, if there is only one."""
        return self.low if self.low == self.high else (self.low + self.high) / 2

    def meets(self, other: Interval) -> bool:
        """Whether some value lies in both."""
        return self.low <= other.high and other.low <= self.high


def total(terms: Iterable[Interval]) -> Interval:
    """The sum of intervals; 0 if there are none."""
    ends = [(one.low, one.high) for one in terms]
    low = sum((low for low, _ in ends), Fraction(0))
    if all(low is high for low, high in ends):
        return Interval(low, low)
    return Interval(low, sum((high for _, high in ends), Fraction(0)))


def exactly(value: int | Decimal | Fraction) -> Interval:
    """The interval of one value that is not rounded."""
    only = Fraction(value)
    return Interval(only, only)


def rounded(value: int | Decimal) -> Interval:
    """The interval that a rounded figure stands for: half a unit of its last digit either way.

    Args:
        value: the figure with as many decimals as are printed, so ``Decimal("4.0")`` is narrower
            than ``Decimal("4")``.
    """
    half = Fraction(1, 2 * 10 ** _digits(value))
    middle = Fraction(value)
    return Interval(middle - half, middle + half)


def share_agrees(part: int | Decimal, whole: int | Decimal, percentage: Decimal) -> bool:
    """Whether ``percentage``, as printed, is ``part`` of ``whole`` (4 % and 3 of 76 agree, 4.0 % not).

    Raises:
        ZeroDivisionError: if the whole is zero.
    """
    if isinstance(part, int) and isinstance(whole, int):
        if whole == 0:
            raise ZeroDivisionError("the whole is zero")
        # The same in whole numbers, which is many times as fast: |100 part / whole - printed| <= half a unit.
        above, below = percentage.as_integer_ratio()
        halves: int = 2 * 10 ** _digits(percentage)
        return abs(100 * part * below - above * whole) * halves <= abs(whole) * below
    return rounded(percentage).meets(exactly(Fraction(part) / Fraction(whole) * 100))


def _digits(value: int | Decimal) -> int:
    """How many decimals are printed."""
    exponent = Decimal(value).as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0
