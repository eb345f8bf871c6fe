"""Models beside the layout alone, on the same reports: what each settles, spoils and costs, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from eval.scoring.compare import compare
from eval.scoring.run import Result, Run, Setup
from eval.scoring.score import Fit, Rated
from extractor.result.cells import Status
from extractor.result.steps import Action

_OPEN = (Status.DISPUTED, Status.ABSENT)
# What the name of the setup without a model is.
BY_LAYOUT = Setup().name


@dataclass(frozen=True)
class Paired:
    """One model on some reports, beside the layout alone on the same ones.

    Attributes:
        name: of the setup.
        results: of its readings.
        cells: those of the pages, each by the layout alone and with the model.
        probability: that so uneven a split of better and worse cells is chance (sign test).
    """

    name: str
    results: tuple[Result, ...]
    cells: tuple[tuple[Rated, Rated], ...]
    probability: float

    @property
    def cost(self) -> Decimal | None:
        """What was spent; None without prices."""
        costs = [one.cost for one in self.results if one.cost is not None]
        return sum(costs, Decimal(0)) if costs else None

    @property
    def asked(self) -> int:
        """Questions put."""
        return self._steps(Action.ASKED)

    @property
    def refused(self) -> int:
        """Answers that the page doesn't bear out."""
        return self._steps(Action.REFUSED, Action.DIFFERS)

    @property
    def unusable(self) -> int:
        """Questions without an answer of any use."""
        return self._steps(Action.FAILED, Action.STOPPED)

    @property
    def settled(self) -> int:
        """Cells that the layout leaves open and that are right and settled with the model."""
        return sum(_is_open(one) and _is_right(two) for one, two in self.cells)

    @property
    def wrongly_settled(self) -> int:
        """Cells that are settled with the model, and not what the page has."""
        return sum(not _is_open(two) and not _is_right(two) for _, two in self.cells)

    @property
    def spoilt(self) -> int:
        """Cells that the layout alone has right and settled, and that aren't with the model."""
        return sum(_is_right(one) and not _is_right(two) for one, two in self.cells)

    @property
    def left_open(self) -> int:
        """Cells that are open in both."""
        return sum(_is_open(one) and _is_open(two) for one, two in self.cells)

    def _steps(self, *actions: Action) -> int:
        return sum(one.steps.get(action.value, 0) for one in self.results for action in actions)


class Differing(NamedTuple):
    """A cell that isn't the same by all readings.

    Attributes:
        item: the report.
        address: of the cell.
        gold: what the page has there; empty where nobody has it otherwise.
        told: by the name of each setup, what it has: the status, and what was read where that isn't exact.
    """

    item: str
    address: str
    gold: str
    told: Mapping[str, str]


def paired(run: Run) -> list[Paired]:
    """Every model of a run beside the layout alone, in the order of the run.

    Args:
        run: that has a reading by layout of every report.
    """
    by_layout = _by_item(run, BY_LAYOUT)
    return [_paired(run, name, by_layout) for name in setups_of(run) if name != BY_LAYOUT]


def setups_of(run: Run) -> list[str]:
    """The names of the setups of a run, in its order.

    Args:
        run: with its manifest.
    """
    return [Setup(**one).name for one in run.manifest["setups"]]


def _by_item(run: Run, setup: str) -> dict[str, Result]:
    return {one.item: one for one in run.results if one.setup == setup}


def _paired(run: Run, name: str, by_layout: Mapping[str, Result]) -> Paired:
    own = [one for one in _by_item(run, name).values() if one.item in by_layout]
    alone = [by_layout[one.item] for one in own]
    pairs = [pair for two in zip(alone, own, strict=True) for pair in _cells(run, *two)]
    before, after = (
        Run(run.manifest, run.orders, [replace(one, setup="") for one in results]) for results in (alone, own)
    )
    return Paired(name, tuple(own), tuple(pairs), compare(before, after).probability)


def _cells(run: Run, one: Result, other: Result) -> Iterator[tuple[Rated, Rated]]:
    """The cells of the page that two readings of it have."""
    second = {rated.address: rated for rated in run.rated(other)}
    for rated in run.rated(one):
        if rated.is_on_page and rated.address in second:
            yield rated, second[rated.address]


def _is_open(rated: Rated) -> bool:
    return rated.status in _OPEN


def _is_right(rated: Rated) -> bool:
    """Whether a cell is settled, and what the page has."""
    return not _is_open(rated) and rated.fit is Fit.EXACT


def differing(run: Run) -> Iterator[Differing]:
    """The cells that aren't the same by all readings, report by report.

    Args:
        run: of several setups.
    """
    names = setups_of(run)
    by_setup = {name: _by_item(run, name) for name in names}
    for item in dict.fromkeys(one.item for one in run.results):
        results = {name: results[item] for name, results in by_setup.items() if item in results}
        told = {name: _told(run, one) for name, one in results.items()}
        gold = {miss.address: miss.gold for one in results.values() for miss in one.misses}
        for address in dict.fromkeys(address for cells in told.values() for address in cells):
            of_cell = {name: cells.get(address, "–") for name, cells in told.items()}
            if len(set(of_cell.values())) > 1:
                yield Differing(item, address, gold.get(address, ""), of_cell)


def _told(run: Run, result: Result) -> dict[str, str]:
    read = {miss.address: miss.read for miss in result.misses}
    return {
        rated.address: rated.status.value
        if rated.address not in read
        else f"{rated.status.value}: {read[rated.address] or rated.fit.value}"
        for rated in run.rated(result)
    }
