"""What each mutation of the adversary costs, and what it makes wrong, as lines for a terminal.

A cell is counted for every mutation of its page. It is **wrong** if it is settled and isn't what the page
shows; one that was read as something that can't be read claims nothing, and isn't. Where nobody can tell from
the page whose a figure is (two rows are exchanged and have lost their labels, columns are exchanged below a
header that is lost), a wrong cell is counted apart, as **untold**; but for one that is confirmed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from eval.scoring.run import Result, Run
from eval.scoring.score import Fit, Rated, is_right
from eval.scoring.totals import percent
from extractor.result.cells import Status
from rules.confront import State

_SETTLED = (Status.CONFIRMED, Status.AS_PRINTED, Status.UNCHECKED)
_HEADS = (
    "documents",
    "unread",
    "cells",
    "right",
    "alone",
    "disputed",
    "settled",
    *(f"✗{one}" for one in _SETTLED),
    "✗untold",
)
_WIDTH = 12
# So many wrong cells of a document are shown.
_NAMED = 3


@dataclass(slots=True)
class Cost:
    """What became of the cells of some documents.

    Attributes:
        documents: how many.
        unread: how many of them couldn't be read as one report.
        cells: that their pages tell.
        right: of these, how many are settled and right.
        cells_alone, right_alone: the same of the documents with one mutation only.
        disputed: cells that aren't settled, of those that the pages tell.
        settled: cells that are, told or not.
        wrong: settled cells that are wrong, by status; without the untold ones.
        untold: settled cells that are wrong, and that the pages don't tell; none that is confirmed.
    """

    documents: int = 0
    unread: int = 0
    cells: int = 0
    right: int = 0
    cells_alone: int = 0
    right_alone: int = 0
    disputed: int = 0
    settled: int = 0
    wrong: Counter[Status] = field(default_factory=Counter)
    untold: int = 0

    def columns(self) -> list[str]:
        """Its figures as a table prints them."""
        return [
            str(self.documents),
            str(self.unread),
            str(self.cells),
            percent(self.right / self.cells) if self.cells else "-",
            percent(self.right_alone / self.cells_alone) if self.cells_alone else "-",
            percent(self.disputed / self.cells) if self.cells else "-",
            str(self.settled),
            *(str(self.wrong[status]) for status in _SETTLED),
            str(self.untold),
        ]


def medium_and_mutations(result: Result) -> tuple[str, list[str]]:
    """How a document of the adversary arrived, and what was done to it."""
    medium, _, names = result.layout.partition(": ")
    return medium, names.split(" + ")


def wrong_cells(run: Run, result: Result) -> list[Rated]:
    """The settled cells of a document that are wrong."""
    unread = {miss.address for miss in result.misses if miss.read_state == State.UNREAD.value}
    return [
        cell
        for cell in run.rated(result)
        if cell.fit is not Fit.EXACT and cell.status in _SETTLED and cell.address not in unread
    ]


def is_untold(cell: Rated) -> bool:
    """Whether a wrong cell is one that its page doesn't tell; one that is confirmed is never excused so."""
    return not cell.is_on_page and cell.status is not Status.CONFIRMED


def is_silently_wrong(run: Run) -> bool:
    """Whether a wrong cell was confirmed."""
    return any(cell.status is Status.CONFIRMED for result in run.results for cell in wrong_cells(run, result))


def mutation_lines(run: Run, show: int) -> Iterator[str]:
    """Everything that a run of the adversary shows, line by line.

    Args:
        run: its results.
        show: how many documents with wrong cells to name.
    """
    mutations, media, counts = _costs(run)
    for heading, costs in (("mutation", mutations), ("medium", media), ("mutations", counts)):
        first = max([len(heading), *map(len, costs)])
        yield heading.ljust(first) + "".join(head.rjust(_WIDTH) for head in _HEADS)
        for name, cost in sorted(costs.items()):
            yield name.ljust(first) + "".join(one.rjust(_WIDTH) for one in cost.columns())
        yield ""
    yield from _wrong_lines(run, show)


def _costs(run: Run) -> tuple[dict[str, Cost], dict[str, Cost], dict[str, Cost]]:
    mutations: dict[str, Cost] = {}
    media: dict[str, Cost] = {}
    counts: dict[str, Cost] = {}
    for result in run.results:
        medium, names = medium_and_mutations(result)
        groups = [mutations.setdefault(name, Cost()) for name in names]
        groups += [media.setdefault(medium, Cost()), counts.setdefault(str(len(names)), Cost())]
        groups += [counts.setdefault("all", Cost())]
        for cost in groups:
            _add(cost, run, result, is_alone=len(names) == 1)
    return mutations, media, counts


def _add(cost: Cost, run: Run, result: Result, *, is_alone: bool) -> None:
    cells = list(run.rated(result))
    told = [cell for cell in cells if cell.is_on_page]
    right = sum(is_right(cell) for cell in told)
    cost.documents += 1
    cost.unread += bool(result.error)
    cost.cells += len(told)
    cost.right += right
    cost.cells_alone += len(told) * is_alone
    cost.right_alone += right * is_alone
    cost.disputed += sum(cell.status not in _SETTLED for cell in told)
    cost.settled += sum(cell.status in _SETTLED for cell in cells)
    wrong = wrong_cells(run, result)
    cost.wrong.update(cell.status for cell in wrong if not is_untold(cell))
    cost.untold += sum(map(is_untold, wrong))


def _gravity(cell: Rated) -> int:
    """How grave a wrong cell is; the gravest are lowest."""
    return 0 if cell.status is Status.CONFIRMED else 1 + is_untold(cell)


def _wrong_lines(run: Run, show: int) -> Iterator[str]:
    """The documents with wrong cells, confirmed ones first, untold ones last, and the first of these."""
    wrong = [(result, cells) for result in run.results if (cells := wrong_cells(run, result))]
    wrong.sort(key=lambda pair: min(_gravity(cell) for cell in pair[1]))
    for result, cells in wrong[:show]:
        kinds = Counter(f"{cell.status}{', untold' * is_untold(cell)}" for cell in cells)
        yield f"{result.item} ({result.layout}): " + "; ".join(f"{n} {kind}" for kind, n in kinds.items())
        misses = {miss.address: miss for miss in result.misses}
        for miss in (misses[cell.address] for cell in cells[:_NAMED]):
            shown = f"shown {miss.gold!r} ({miss.gold_state})"
            yield f"  {miss.address}: read {miss.read!r}, {shown}, {miss.status}"
    yield f"documents with wrong cells that are settled: {len(wrong)} of {len(run.results)}"
    if wrong:
        yield "--draw NUMBER writes the document of that number (with the same --only)"
