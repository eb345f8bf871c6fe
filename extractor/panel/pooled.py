"""The indicators of many reports, year by year: what they come to together, and how well that is founded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from extractor.organs.identity import OrganIdentity
from extractor.panel.indicators import INDICATORS, Indicated, indicated
from extractor.panel.stated import StatedReport
from extractor.result.cells import Status
from extractor.text.figures import Value


class Figure(NamedTuple):
    """What a report states of an indicator, without the cells behind it.

    Attributes:
        value: the number, or the share as an exact fraction; None if the report doesn't give it.
        whole: of a share, what it is a share of.
        status: that of the worst cell behind it; None if the form has no such cell.
        confirmed: how many of the cells behind it are confirmed.
        cells: how many there are.
    """

    value: Value | Fraction | None
    whole: Value | None
    status: Status | None
    confirmed: int
    cells: int


class Stated(NamedTuple):
    """A report and its indicators.

    Attributes:
        report: what results call it.
        organ: as its page has it; None if it doesn't say.
        year: that it is on; None if it doesn't say.
        identity: whose it is.
        figures: in the order of :data:`INDICATORS`.
    """

    report: str
    organ: str | None
    year: str | None
    identity: OrganIdentity
    figures: tuple[Figure, ...]


class Pooled(NamedTuple):
    """An indicator of all reports on a year.

    Attributes:
        value: the sum; of a share, the sum of the parts by that of the wholes. None if no report states it.
        reports: how many state it.
        confirmed: how many of the cells behind it are confirmed.
        cells: how many there are.
    """

    value: Value | Fraction | None
    reports: int
    confirmed: int
    cells: int


def with_indicators(report: StatedReport, *, confirmed: bool) -> Stated:
    """The indicators of a report.

    Args:
        report: with its cells.
        confirmed: whether a figure of which a cell isn't confirmed counts as none.
    """
    figures = tuple(_figure(one, confirmed=confirmed) for one in indicated(report.cells))
    return Stated(report.report, report.organ, report.year, report.identity, figures)


def _figure(shown: Indicated, *, confirmed: bool) -> Figure:
    is_good = shown.status is Status.CONFIRMED or not confirmed
    value = shown.value if is_good else None
    return Figure(value, shown.whole, shown.status, shown.confirmed, len(shown.cells))


def again(stated: Iterable[Stated]) -> list[bool]:
    """Of each report, whether one on the same organ's year came before it.

    Args:
        stated: in their order.
    """
    seen: set[tuple[str, str | None]] = set()
    found = []
    for one in stated:
        key = one.identity.key
        found.append(key is not None and (key, one.year) in seen)
        if key is not None:
            seen.add((key, one.year))
    return found


def pooled(stated: Sequence[Stated]) -> dict[str, tuple[Pooled, ...]]:
    """What the indicators come to, by year; of several reports on an organ's year the first counts.

    Args:
        stated: reports with their indicators.

    Returns:
        Of each year, in order, a value an indicator, in their order; the year is empty where it isn't stated.
    """
    years: dict[str, list[Stated]] = {}
    for one, is_again in zip(stated, again(stated), strict=True):
        if not is_again:
            years.setdefault(one.year or "", []).append(one)
    return {
        year: tuple(_pool(index, years[year]) for index in range(len(INDICATORS))) for year in sorted(years)
    }


def _pool(index: int, reports: list[Stated]) -> Pooled:
    own = [one.figures[index] for one in reports if one.figures[index].value is not None]
    behind = sum(one.cells for one in own)
    return Pooled(_together(own), len(own), sum(one.confirmed for one in own), behind)


def _together(own: list[Figure]) -> Value | Fraction | None:
    """Numbers added up; shares as the sum of the parts by that of the wholes."""
    wholes = [Fraction(one.whole) for one in own if one.whole is not None]
    if wholes:
        parts = (Fraction(one.value or 0) * Fraction(one.whole or 0) for one in own)
        return sum(parts, Fraction(0)) / sum(wholes)
    total: Value = 0
    for one in own:
        if isinstance(one.value, int | Decimal):
            total += one.value
    return total if own else None
