"""Comparing two runs: which cells got better, which worse, and whether that can be chance."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from math import comb
from typing import NamedTuple

from eval.runs import Result, Run
from eval.score import Fit, Rated, is_silent, is_unflagged
from extractor.extraction import Status


class Change(NamedTuple):
    """A cell of a report that isn't what it was.

    Attributes:
        before, after: its fit and status, as ``exact confirmed``.
    """

    item: str
    setup: str
    address: str
    before: str
    after: str


@dataclass(slots=True)
class Comparison:
    """Two runs of the same reports, read in the same ways.

    A cell is better the less it misleads: exact and settled, then flagged (disputed or absent), then
    wrong and not flagged, then wrong and confirmed.

    Attributes:
        cells: how many could be compared.
        better, worse: cells.
        newly_silent: those of the worse ones that are wrong and confirmed now.
        only_before, only_after: results that the other run lacks.
        fewer, more: items with fewer, or more, findings, claims and relations found, or fewer false.
    """

    cells: int = 0
    better: list[Change] = field(default_factory=list)
    worse: list[Change] = field(default_factory=list)
    newly_silent: list[Change] = field(default_factory=list)
    only_before: list[str] = field(default_factory=list)
    only_after: list[str] = field(default_factory=list)
    fewer: list[str] = field(default_factory=list)
    more: list[str] = field(default_factory=list)

    @property
    def probability(self) -> float:
        """Of a split of better and worse at least so uneven, if either were as likely (sign test)."""
        n, least = len(self.better) + len(self.worse), min(len(self.better), len(self.worse))
        tail = Fraction(sum(comb(n, k) for k in range(least + 1)), 2**n)
        return float(min(Fraction(1), 2 * tail))

    def is_regression(self, tolerance: float) -> bool:
        """Whether it got worse.

        Args:
            tolerance: the share of all cells by which worse ones may outnumber better ones. A new silent
                error, and findings, claims or relations that are lost, are beyond any tolerance.
        """
        net = len(self.worse) - len(self.better)
        return bool(self.newly_silent or self.fewer or self.only_before) or net > tolerance * self.cells


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
            _compare(result, before, one, after, second[key])
    return result


def _compare(result: Comparison, before: Run, one: Result, after: Run, other: Result) -> None:
    old = {rated.address: rated for rated in before.rated(one)}
    new = {rated.address: rated for rated in after.rated(other)}
    for address, rated in new.items():
        was = old.get(address)
        if was is None:
            continue
        result.cells += 1
        if _rank(was) != _rank(rated):
            change = Change(one.item, one.setup, address, _told(was), _told(rated))
            (result.better if _rank(rated) < _rank(was) else result.worse).append(change)
            if is_silent(rated):
                result.newly_silent.append(change)
    for name in ("findings", "claims", "relations"):
        was_tried, tried = getattr(one, name), getattr(other, name)
        if was_tried is None or tried is None or was_tried == tried:
            continue
        told = f"{one.item} {one.setup}: {name} {_tried(was_tried)} → {_tried(tried)}"
        is_worse = tried.found < was_tried.found or tried.false > was_tried.false
        (result.fewer if is_worse else result.more).append(told)


def _rank(rated: Rated) -> int:
    if is_silent(rated):
        return 3
    if is_unflagged(rated):
        return 2
    is_settled = rated.fit is Fit.EXACT and rated.status is not Status.DISPUTED
    return 0 if is_settled else 1


def _told(rated: Rated) -> str:
    return f"{rated.fit} {rated.status}"


def _tried(tried: tuple[int, int, int]) -> str:
    return "{} found, {} missed, {} false".format(*tried)


def lines(comparison: Comparison, most: int) -> Iterator[str]:
    """What to tell, line by line.

    Args:
        comparison: of two runs.
        most: how many cells to name of each kind.
    """
    yield (
        f"{comparison.cells} cells: {len(comparison.better)} better, {len(comparison.worse)} worse "
        f"(sign test p = {comparison.probability:.3g}), {len(comparison.newly_silent)} newly silent"
    )
    for name, changes in (("worse", comparison.worse), ("better", comparison.better)):
        for change in changes[:most]:
            what = f"{change.before} → {change.after}"
            yield f"  {name}  {change.item}  {change.address}  {what}  ({change.setup})"
        if len(changes) > most:
            yield f"  … and {len(changes) - most} more"
    yield from (f"  worse  {one}" for one in comparison.fewer)
    yield from (f"  better  {one}" for one in comparison.more)
    yield from (f"  missing now  {one}" for one in comparison.only_before)
    yield from (f"  new  {one}" for one in comparison.only_after)
