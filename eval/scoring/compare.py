"""Comparing two runs: which cells got better, which worse, and whether that can be chance."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from math import comb
from typing import NamedTuple

from eval.scoring.metrics import METRICS
from eval.scoring.run import Result, Run
from eval.scoring.score import Fit, Rated, is_silent, is_unflagged
from extractor.result.cells import Status
from extractor.result.verdict import Verdict


class Change(NamedTuple):
    """A cell of a report that isn't what it was.

    Attributes:
        before, after: its fit and status, as ``exact confirmed``; ``-`` where it wasn't there, or isn't.
    """

    item: str
    setup: str
    address: str
    before: str
    after: str


@dataclass(slots=True)
class Comparison:
    """Two runs of the same reports, read in the same ways.

    A cell is better the more it is worth: exact and proved (or its contradiction told), exact but
    unchecked, flagged (disputed or absent), wrong and not flagged, wrong and confirmed. One that gold
    doesn't have and that isn't read is worth as much as an exact one.

    Attributes:
        cells: how many could be compared.
        reports: how many.
        better, worse: cells.
        newly_silent: those of the worse ones that are wrong and confirmed now.
        only_before, only_after: results that the other run lacks.
        fewer, more: items of which fewer, or more, was found by any metric, or less that is false.
        no_longer_verified, newly_verified: items with this verdict in one of the runs only.
    """

    cells: int = 0
    reports: int = 0
    better: list[Change] = field(default_factory=list)
    worse: list[Change] = field(default_factory=list)
    newly_silent: list[Change] = field(default_factory=list)
    only_before: list[str] = field(default_factory=list)
    only_after: list[str] = field(default_factory=list)
    fewer: list[str] = field(default_factory=list)
    more: list[str] = field(default_factory=list)
    no_longer_verified: list[str] = field(default_factory=list)
    newly_verified: list[str] = field(default_factory=list)

    @property
    def probability(self) -> float:
        """Of a split of better and worse at least so uneven, if either were as likely (sign test)."""
        n, least = len(self.better) + len(self.worse), min(len(self.better), len(self.worse))
        tail = Fraction(sum(comb(n, k) for k in range(least + 1)), 2**n)
        return float(min(Fraction(1), 2 * tail))

    def is_regression(self, tolerance: float) -> bool:
        """Whether it got worse.

        Args:
            tolerance: the share of all cells by which worse ones may outnumber better ones, and of all
                reports by which those that are no longer verified may outnumber those that are now. A new
                silent error, and findings, claims or relations that are lost, are beyond any tolerance.
        """
        if self.newly_silent or self.fewer or self.only_before:
            return True
        cells = len(self.worse) - len(self.better)
        reports = len(self.no_longer_verified) - len(self.newly_verified)
        return cells > tolerance * self.cells or reports > tolerance * self.reports


def compare(before: Run, after: Run) -> Comparison:
    """Compare two runs."""
    first = {(one.setup, one.item): one for one in before.results}
    second = {(one.setup, one.item): one for one in after.results}
    result = Comparison(
        only_before=[" ".join(key) for key in first if key not in second],
        only_after=[" ".join(key) for key in second if key not in first],
    )
    for key, one in first.items():
        if key in second:
            result.reports += 1
            _compare_cells(result, before, one, after, second[key])
            _compare_counts(result, one, second[key])
    return result


def _compare_cells(result: Comparison, before: Run, one: Result, after: Run, other: Result) -> None:
    old = {rated.address: rated for rated in before.rated(one)}
    new = {rated.address: rated for rated in after.rated(other)}
    for address in {**old, **new}:
        was, rated = old.get(address), new.get(address)
        result.cells += 1
        if _rank(was) == _rank(rated):
            continue
        change = Change(one.item, one.setup, address, _told(was), _told(rated))
        (result.better if _rank(rated) < _rank(was) else result.worse).append(change)
        if rated is not None and is_silent(rated):
            result.newly_silent.append(change)


def _compare_counts(result: Comparison, one: Result, other: Result) -> None:
    for metric in METRICS:
        was, tried = one.tried.get(metric.name), other.tried.get(metric.name)
        if was is None or tried is None or was == tried:
            continue
        told = f"{one.item} {one.setup}: {metric.name} {was.told} → {tried.told}"
        is_worse = tried.found < was.found or tried.missed > was.missed or tried.false > was.false
        (result.fewer if is_worse else result.more).append(told)
    told = f"{one.item} {one.setup}: {one.verdict} → {other.verdict}"
    if one.verdict == Verdict.VERIFIED != other.verdict:
        result.no_longer_verified.append(told)
    elif one.verdict != Verdict.VERIFIED == other.verdict:
        result.newly_verified.append(told)


def _rank(rated: Rated | None) -> int:
    """The less, the better."""
    if rated is None:
        return 0
    if is_silent(rated):
        return 4
    if is_unflagged(rated):
        return 3
    if rated.fit is not Fit.EXACT or rated.status is Status.DISPUTED:
        return 2
    return int(rated.status is Status.UNCHECKED)


def _told(rated: Rated | None) -> str:
    return f"{rated.fit} {rated.status}" if rated is not None else "-"


def lines(comparison: Comparison, most: int) -> Iterator[str]:
    """What to tell, line by line.

    Args:
        comparison: of two runs.
        most: how many cells, and how many reports, to name of each kind.
    """
    yield (
        f"{comparison.cells} cells: {len(comparison.better)} better, {len(comparison.worse)} worse "
        f"(sign test p = {comparison.probability:.3g}), {len(comparison.newly_silent)} newly silent"
    )
    for name, changes in (("worse", comparison.worse), ("better", comparison.better)):
        yield from _some(
            [
                f"{name}  {one.item}  {one.address}  {one.before} → {one.after}  ({one.setup})"
                for one in changes
            ],
            most,
        )
    for name, told in (
        ("worse", comparison.no_longer_verified),
        ("better", comparison.newly_verified),
        ("worse", comparison.fewer),
        ("better", comparison.more),
        ("missing now", comparison.only_before),
        ("new", comparison.only_after),
    ):
        yield from _some([f"{name}  {one}" for one in told], most)


def _some(told: list[str], most: int) -> Iterator[str]:
    yield from (f"  {one}" for one in told[:most])
    if len(told) > most:
        yield f"  … and {len(told) - most} more"
