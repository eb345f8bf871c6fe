"""What must hold of the numbers that a report's free text claims, and across two years: rules and arithmetic.

Every judgement is exact: a rounded figure is an :class:`rules.interval.Interval`, a lower bound (余, 以上)
an :class:`AtLeast`, and what these leave open is undecided.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cache
from math import ceil, floor
from typing import Annotated, Literal, NamedTuple, TypeAlias

from pydantic import AfterValidator, Field

from rules.confront import Outcome
from rules.interval import Interval, exactly, rounded, share_agrees
from rules.loader import load_shipped
from rules.model import RuleModel
from rules.words import Bilingual, Severity, Words, with_placeholders

PLACEHOLDERS = frozenset(
    {"text", "parts", "sum", "difference", "part", "whole", "actual", "current", "previous", "cell"}
    | {"previous_cell", "issued", "repealed"}
)
# A list of parts that falls this little short of its whole is meant to be complete.
_NEARLY_COMPLETE = Fraction(1, 100)
_ALL = exactly(100)
# What is called near a percentage is no further from it.
_NEAR = Fraction(5)


class NarrativeRule(RuleModel):
    """A rule on claims.

    Attributes:
        severity: ``hard``: must hold; ``soft``: a warning.
        title: what must hold.
        citation: where that is laid down, if it is.
        message: what to tell where it doesn't hold.
    """

    severity: Severity
    title: Bilingual
    citation: Words | None = None
    message: Annotated[Bilingual, AfterValidator(lambda message: with_placeholders(message, PLACEHOLDERS))]


class NarrativeRules(RuleModel):
    """All of them, as the YAML beside this module has them."""

    format: Literal[1]
    rules: dict[Annotated[str, Field(pattern=r"^(?:narrative|previous)-[a-z-]+$")], NarrativeRule]


@cache
def narrative_rules() -> Mapping[str, NarrativeRule]:
    """The rules by id, in the order of their file."""
    return load_shipped("claims.yaml", NarrativeRules).rules


class AtLeast(NamedTuple):
    """A number of which only a lower bound is stated (1000余件); the bound itself is included."""

    low: int | Decimal


Number: TypeAlias = int | Decimal
Quantity: TypeAlias = Number | Interval | AtLeast


class Judgement(NamedTuple):
    """Whether a claim holds.

    Attributes:
        rule: that it was put to.
        outcome: ``satisfied``, ``violated`` or ``undecided``.
        says: what the claim states (of a rounded figure, its middle).
        follows: what follows from the other numbers.
        nearest: of a growth that no number last year gives, the one that comes nearest.
    """

    rule: str
    outcome: Outcome
    says: Fraction | None = None
    follows: Fraction | None = None
    nearest: int | None = None

    @property
    def difference(self) -> Fraction | None:
        """What it states less what follows; None where nothing follows."""
        return None if self.says is None or self.follows is None else self.says - self.follows


# Of what no rule can decide.
UNDECIDED = Judgement("", Outcome.UNDECIDED)


class _Range(NamedTuple):
    """All values from ``low`` to ``high``; without end where that is None."""

    low: Fraction
    high: Fraction | None

    @property
    def middle(self) -> Fraction:
        return self.low if self.high in (None, self.low) else (self.low + self.high) / 2

    def is_below(self, other: _Range) -> bool:
        """Whether every value lies below every one of the other."""
        return self.high is not None and self.high < other.low


def _range(quantity: Quantity) -> _Range:
    if isinstance(quantity, AtLeast):
        return _Range(Fraction(quantity.low), None)
    interval = quantity if isinstance(quantity, Interval) else exactly(quantity)
    return _Range(interval.low, interval.high)


def _sum(parts: Sequence[Quantity]) -> _Range:
    counts = [part for part in parts if isinstance(part, int)]
    if len(counts) == len(parts):
        return _range(sum(counts))
    ranges = [_range(part) for part in parts]
    ends = [one.high for one in ranges if one.high is not None]
    low = sum((one.low for one in ranges), Fraction(0))
    return _Range(low, sum(ends, Fraction(0)) if len(ends) == len(ranges) else None)


def _equal(rule: str, says: _Range, follows: _Range) -> Judgement:
    """Whether two quantities can be the same; bounds alone never show that they are."""
    outcome = Outcome.UNDECIDED
    if says.is_below(follows) or follows.is_below(says):
        outcome = Outcome.VIOLATED
    elif says.high is not None and follows.high is not None:
        outcome = Outcome.SATISFIED
    return Judgement(rule, outcome, says.middle, follows.middle)


def closed(whole: Quantity, parts: Sequence[Quantity]) -> Judgement:
    """Whether the parts, which are all there are, sum to the whole."""
    if not parts:
        return Judgement("narrative-closed", Outcome.UNDECIDED)
    return _equal("narrative-closed", _range(whole), _sum(parts))


def open_parts(whole: Quantity, parts: Sequence[Quantity]) -> Judgement:
    """Whether the parts, which may be only some, sum to no more than the whole.

    The rule of the result is ``narrative-open-under`` where they are short of it by so little that all
    were meant to be there; a single part never was.
    """
    rule = "narrative-open-over"
    if not parts:
        return Judgement(rule, Outcome.UNDECIDED)
    says, follows = _range(whole), _sum(parts)
    outcome = Outcome.SATISFIED
    if says.is_below(follows):
        outcome = Outcome.VIOLATED
    elif says.high is None or follows.high is None:
        outcome = Outcome.UNDECIDED
    elif (
        len(parts) > 1
        and follows.is_below(says)
        and says.middle - follows.middle <= says.middle * _NEARLY_COMPLETE
    ):
        rule, outcome = "narrative-open-under", Outcome.VIOLATED
    return Judgement(rule, outcome, says.middle, follows.middle)


def share(percentage: Decimal, part: Quantity, whole: Quantity) -> Judgement:
    """Whether a percentage, as printed, is the part of the whole; undecided if the whole can be zero."""
    rule = "narrative-share"
    if isinstance(part, int) and isinstance(whole, int) and whole > 0:
        # What most shares are needs no intervals.
        agrees = share_agrees(part, whole, percentage)
        outcome = Outcome.SATISFIED if agrees else Outcome.VIOLATED
        return Judgement(rule, outcome, Fraction(percentage), Fraction(100 * part, whole))
    above, below = _range(part), _range(whole)
    if below.low <= 0:
        return Judgement(rule, Outcome.UNDECIDED, Fraction(percentage))
    follows = above.middle / below.middle * 100
    least: Fraction = follows
    most: Fraction | None = follows
    if above.low != above.high or below.low != below.high:
        least = above.low / below.high * 100 if below.high is not None else Fraction(0)
        most = above.high / below.low * 100 if above.high is not None else None
    outcome = _equal(rule, _range(rounded(percentage)), _Range(least, most)).outcome
    if below.high is None and outcome is Outcome.SATISFIED:
        outcome = Outcome.UNDECIDED
    return Judgement(rule, outcome, Fraction(percentage), follows)


def share_of_cells(
    percentage: Decimal, part: Quantity, whole: Quantity, *, is_least: bool = False, is_about: bool = False
) -> Judgement:
    """Whether a percentage is the share of cells, rounded or cut off; undecided if these state no number.

    Args:
        percentage: as printed.
        part: the sum of the cells that it is the share of.
        whole: that of those that it is the share in.
        is_least: whether it is a lower bound.
        is_about: whether it is near.
    """
    rule, says = "narrative-share", Fraction(percentage)
    if not isinstance(part, int) or not isinstance(whole, int) or whole <= 0:
        return Judgement(rule, Outcome.UNDECIDED, says)
    follows = Fraction(100 * part, whole)
    unit = 2 * (rounded(percentage).high - says)
    if is_about:
        holds = abs(follows - says) <= _NEAR
    else:
        # Cut off, it is more than it says by less than its last digit; rounding up is an error.
        holds = follows >= says - unit / 2 and (is_least or follows < says + unit)
    return Judgement(rule, Outcome.SATISFIED if holds else Outcome.VIOLATED, says, follows)


def shares_total(percentages: Sequence[Decimal]) -> Judgement:
    """Whether the shares of all parts of a whole sum to 100, within what rounding each of them can do."""
    rule = "narrative-shares-total"
    if not percentages:
        return Judgement(rule, Outcome.UNDECIDED)
    return _equal(rule, _sum([rounded(one) for one in percentages]), _range(_ALL))


def growth(percentage: Decimal, current: Quantity) -> Judgement:
    """Whether some whole number last year gives this growth; ``percentage`` is below zero for a decrease.

    Undecided where it is certain beforehand that there is one: the numbers of last year that give it lie
    so far apart that a whole one is among them.

    Returns:
        Of a growth that none gives, the nearest number with its growth; of one below −100 %, the rule
        ``narrative-fall``.
    """
    rule = "narrative-growth"
    rates, says = rounded(percentage), Fraction(percentage)
    undecided = Judgement(rule, Outcome.UNDECIDED, says)
    least, most = 1 + rates.low / 100, 1 + rates.high / 100
    if most < 0:
        return Judgement("narrative-fall", Outcome.VIOLATED, says, Fraction(-100))
    if not isinstance(current, int) or least <= 0:
        return undecided
    if current == 0:
        # From nothing to nothing is no growth; any other rate needs something this year or a fall by all.
        return undecided if rates.low <= 0 <= rates.high else _nearest(says, current, 1)
    low, high = Fraction(current) / most, Fraction(current) / least
    if high - low >= 1:
        return undecided
    if floor(high) >= max(low, Fraction(1)):
        return Judgement(rule, Outcome.SATISFIED, says, says)
    below, above = (_nearest(says, current, max(number, 1)) for number in (floor(low), ceil(high)))
    return min(below, above, key=lambda one: abs(one.difference or Fraction(0)))


def _nearest(says: Fraction, current: int, previous: int) -> Judgement:
    rate = (Fraction(current, previous) - 1) * 100
    return Judgement("narrative-growth", Outcome.VIOLATED, says, rate, previous)


def growth_against(
    percentage: Decimal, current: Quantity, previous: Quantity, rule: str = "previous-growth"
) -> Judgement:
    """Whether this year's number and last year's give this growth; undecided if there was none last year.

    Args:
        percentage: as printed, below zero for a decrease.
        current: this year's number.
        previous: last year's.
        rule: which rule it is: last year's report, or the text itself, states the number of last year.
    """
    says = Fraction(percentage)
    now, before = _range(current), _range(previous)
    if before.low <= 0 or now.high is None or before.high is None:
        return Judgement(rule, Outcome.UNDECIDED, says)
    rates = _Range((now.low / before.high - 1) * 100, (now.high / before.low - 1) * 100)
    outcome = _equal(rule, _range(rounded(percentage)), rates).outcome
    return Judgement(rule, outcome, says, (now.middle / before.middle - 1) * 100)


def same(claimed: Quantity, actual: Quantity, rule: str = "narrative-same-as-cell") -> Judgement:
    """Whether a number of the text is the one that stands elsewhere for the same thing.

    Args:
        claimed: the number.
        actual: the other.
        rule: which rule it is: the other stands in the table, or in the text, too.
    """
    return _equal(rule, _range(claimed), _range(actual))


def carried_over(carried_in: Number, carried_out: Number) -> Judgement:
    """Whether what this year begins with is what last year ended with."""
    return _equal("previous-carried-over", _range(carried_in), _range(carried_out))


def in_force(now: Number, before: Number, issued: Number, repealed: Number) -> Judgement:
    """Whether the documents in force are last year's, with what was issued, without what was repealed."""
    return _equal("previous-in-force", _range(now), _range(before + issued - repealed))
