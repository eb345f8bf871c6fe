"""What must hold of numbers that a sentence relates: differences, multiples, averages, products, tenths.

Exact, as in :mod:`rules.claims`; what a lower bound or words like 近 leave open is undecided.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from rules.claims import AtLeast, Judgement, Quantity
from rules.confront import Outcome
from rules.interval import Interval, exactly, rounded, total

# 翻一番 is said of what has about doubled.
_ABOUT_DOUBLED = (Fraction(19, 20), Fraction(21, 20))
# How many of them a year has.
PERIODS = {
    "工作日": range(244, 254),
    "日": (365, 366),
    "天": (365, 366),
    "月": (12,),
    "周": (52, 53),
    "季": (4,),
}
_TENTH = 10
_HALF_A_TENTH = Fraction(5)
# 六分之一 is meant closer than 两成 is.
_OF_FRACTIONS = Fraction(5, 4)


def _interval(quantity: Quantity) -> Interval | None:
    """All values that a quantity can stand for; None if it has no upper bound."""
    if isinstance(quantity, AtLeast):
        return None
    return quantity if isinstance(quantity, Interval) else exactly(quantity)


def _intervals(quantities: Sequence[Quantity]) -> list[Interval]:
    """Those of some quantities; none if one of them has no upper bound."""
    found = [interval for one in quantities if (interval := _interval(one)) is not None]
    return found if len(found) == len(quantities) else []


def _judged(rule: str, says: Interval, follows: Interval) -> Judgement:
    outcome = Outcome.SATISFIED if says.meets(follows) else Outcome.VIOLATED
    return Judgement(rule, outcome, says.middle, follows.middle)


def difference(claimed: Quantity, current: Quantity, previous: Quantity) -> Judgement:
    """Whether two numbers differ by this.

    Args:
        claimed: the difference, whichever number is the greater.
        current: this year's number.
        previous: the one that it is compared with.
    """
    rule = "narrative-difference"
    known = _intervals((claimed, current, previous))
    if not known:
        return Judgement(rule, Outcome.UNDECIDED)
    says, now, before = known
    between = now - before if now.middle >= before.middle else before - now
    return _judged(rule, says, between)


def change_rate(
    percentage: Decimal, current: Quantity, changed_by: Quantity, *, is_before: bool = False
) -> Judgement:
    """Whether a difference is this percentage of the number before it.

    Args:
        percentage: as printed, below zero for a decrease.
        current: the number after the change.
        changed_by: the difference, without a sign.
        is_before: whether the number is the one before it.
    """
    rule = "narrative-change-rate"
    known = _intervals((current, changed_by))
    if not known:
        return Judgement(rule, Outcome.UNDECIDED)
    now, change = known
    before = now if is_before else now + change if percentage < 0 else now - change
    if before.low <= 0:
        return Judgement(rule, Outcome.UNDECIDED)
    return _judged(rule, rounded(abs(percentage)), change / before * exactly(100))


def multiple(claimed: Quantity, current: Quantity, previous: Quantity, *, is_added: bool) -> Judgement:
    """Whether a number is so many times another.

    Args:
        claimed: how many times.
        current: the number.
        previous: the other.
        is_added: whether it has grown by so many times the other (增长2倍), and isn't that (是上年的2倍).
    """
    rule = "narrative-multiple"
    known = _intervals((current, previous))
    if not known or known[1].low <= 0 or isinstance(claimed, AtLeast):
        return Judgement(rule, Outcome.UNDECIDED)
    now, before = known
    times = now / before - exactly(1) if is_added else now / before
    return _judged(rule, claimed if isinstance(claimed, Interval) else rounded(claimed), times)


def doubled(claimed: int, current: Quantity, previous: Quantity) -> Judgement:
    """Whether a number is about so many times another, as 翻一番 says.

    Args:
        claimed: 2, or a power of it.
        current: the number.
        previous: the other.
    """
    rule = "narrative-multiple"
    known = _intervals((current, previous))
    if not known or known[1].low <= 0:
        return Judgement(rule, Outcome.UNDECIDED)
    least, most = (claimed * bound for bound in _ABOUT_DOUBLED)
    return _judged(rule, Interval(least, most), known[0] / known[1])


def product(claimed: Quantity, factors: Sequence[Quantity]) -> Judgement:
    """Whether a number is the product of others.

    Args:
        claimed: the number.
        factors: at least one.
    """
    rule = "narrative-product"
    known = _intervals((claimed, *factors))
    if not known:
        return Judgement(rule, Outcome.UNDECIDED)
    says, *others = known
    result = exactly(1)
    for one in others:
        result *= one
    return _judged(rule, says, result)


def average(
    claimed: int | Decimal | Interval, whole: Quantity, number: Quantity, *, is_about: bool = False
) -> Judgement:
    """Whether a number is what a whole gives for each of so many; cut off or rounded up it is right, too.

    Args:
        claimed: the average, as printed, or what it stands for if it is rounded otherwise (2.8万).
        whole: that is shared out.
        number: of those that share it.
        is_about: whether it is all that words like 约 leave open.
    """
    rule = "narrative-average"
    known = _intervals((whole, number))
    if not known or known[1].low <= 0:
        return Judgement(rule, Outcome.UNDECIDED)
    close = claimed if isinstance(claimed, Interval) else rounded(claimed)
    says = close.middle
    unit = (close.high - says) if is_about else close.high - close.low
    follows = known[0] / known[1]
    is_rounded = abs(known[0].middle / known[1].middle - says) < unit
    holds = is_rounded or (follows.low < says + unit / 2 and follows.high > says - unit / 2)
    return Judgement(rule, Outcome.SATISFIED if holds else Outcome.VIOLATED, says, follows.middle)


def mean_growth(percentage: Decimal, values: Sequence[Quantity], years: int | None = None) -> Judgement:
    """Whether numbers of years that follow each other grow by this a year, compounded or on the average.

    Args:
        percentage: as printed.
        values: the numbers, the earliest first, at least two.
        years: from the first to the last, if those between aren't among them.
    """
    rule = "narrative-mean-growth"
    known = _intervals(values)
    if len(known) < 2 or any(one.low <= 0 for one in known):
        return Judgement(rule, Outcome.UNDECIDED)
    numbers = [one.middle for one in known]
    steps = years or len(numbers) - 1
    rates = [after / before - 1 for before, after in pairwise(numbers)]
    mean = sum(rates, Fraction(0)) / len(rates)
    says, whole = rounded(percentage), numbers[-1] / numbers[0]
    least, most = ((1 + bound / 100) ** steps for bound in (says.low, says.high))
    holds = least <= whole <= most or (years is None and says.low <= mean * 100 <= says.high)
    compounded = Fraction(float(whole) ** (1 / steps) - 1).limit_denominator(10**6)
    outcome = Outcome.SATISFIED if holds else Outcome.VIOLATED
    return Judgement(rule, outcome, says.middle, compounded * 100)


def balance(come: Sequence[Quantity], gone: Sequence[Quantity]) -> Judgement:
    """Whether what came in, together, is what was handled and carried out.

    Args:
        come: received, and carried in.
        gone: handled, and carried out.
    """
    rule = "narrative-balance"
    left, right = _intervals(come), _intervals(gone)
    if not left or not right:
        return Judgement(rule, Outcome.UNDECIDED)
    return _judged(rule, total(left), total(right))


def tenths(
    rule: str, claimed: int | Decimal, follows: Quantity, *, is_least: bool, is_about: bool
) -> Judgement:
    """Whether a percentage is so many tenths: 八成, 八成以上, 近八成.

    Args:
        rule: that is judged.
        claimed: how many tenths.
        follows: the percentage that follows from other numbers.
        is_least: whether it is a lower bound.
        is_about: whether it is near.
    """
    known = _interval(follows)
    if known is None:
        return Judgement(rule, Outcome.UNDECIDED)
    says = Fraction(claimed) * _TENTH
    near = _HALF_A_TENTH if says % _TENTH == 0 else _OF_FRACTIONS
    low = says if is_least else says - (2 * near if is_about else near)
    high = None if is_least else says + near
    holds = known.high >= low and (high is None or known.low <= high)
    return Judgement(rule, Outcome.SATISFIED if holds else Outcome.VIOLATED, says, known.middle)
