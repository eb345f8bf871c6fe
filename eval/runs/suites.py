"""What can be evaluated, by name and seed: the real reports of eval/cases, the zoo of layouts, its scans."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from eval.adversary import documents as adversary
from eval.adversary.mutations import mutations_named
from eval.gold.cases import MADE, Case, load_case, made_cases, reviewed_cases
from eval.gold.claims import gold_claims
from eval.gold.expected import Expected, ExpectedFinding, Gold
from eval.scoring.run import Setup
from eval.simulation.readings import Simulated, simulated, simulated_flat
from eval.zoo import COUNTS, LAYOUTS, GoldCell, Kind, Layout, documents, missing
from eval.zoo.documents import BATCH
from eval.zoo.lists import DRAWN, NEEDS, ListLayout, list_documents
from extractor.documents.document import Document
from extractor.errors import SelectionError
from rules.confront import State

# How the simulation is read: by a model that errs, and by one that doesn't; the reader as each item has it.
SIMULATED, RIGHT = Setup("simulated"), Setup("simulated right")
CASES, MADE_CASES, SIMULATION, ZOO, LISTS = "cases", "made", "simulation", "zoo", "lists"
# Layouts that OCR reads, which takes a hundred times as long as the others of the zoo.
SCANS, _SCANNED = "scans", (Kind.SCAN, Kind.PICTURE)
# Tables without rows and columns, read by the same model.
FLATTENED = "flattened"
BY_SIMULATED = (SIMULATION, FLATTENED)
# Read by a command of its own.
ADVERSARY = "adversary"
# So many readings have a million cells, and a few more; of a draw, every layout and reader has 20.
_SIMULATED, _DRAWN, _CHUNK = 5_400, 360, 20


# A draw of the zoo: of each layout so many; of those that take seconds each none, unless they are named.
_DRAW = {
    Kind.TEXT: 200,
    Kind.HTML: 200,
    Kind.WORD: 200,
    Kind.OFFICE: 0,
    Kind.OFD: 50,
    Kind.PDF: 10,
    Kind.SCAN: 0,
    Kind.PICTURE: 0,
}
_NAMED = 5


def suite_names() -> list[str]:
    """The suites that are read unless others are named."""
    return [CASES, ZOO]


def known_suites() -> list[str]:
    """Every suite that can be named."""
    zoo = [f"{ZOO}:{layout}" for layout in Layout]
    return [
        CASES,
        MADE_CASES,
        ZOO,
        SCANS,
        LISTS,
        *BY_SIMULATED,
        *zoo,
        *(f"{LISTS}:{layout}" for layout in ListLayout),
    ]


def left_out(suites: Sequence[str]) -> Iterator[tuple[Layout | ListLayout, str]]:
    """The layouts of these suites whose files can't be made here, and why."""
    for layout in (layout for suite in suites for layout in _layouts(suite)):
        reason = missing(LAYOUTS[layout].needs)
        if reason:
            yield layout, reason
    for of_lists in (layout for suite in suites for layout in _list_layouts(suite)):
        reason = missing(NEEDS.get(of_lists, ()))
        if reason:
            yield of_lists, reason


def _layouts(suite: str) -> list[Layout]:
    return [layout for layout in Layout if suite in (_suite_of(layout), f"{ZOO}:{layout}")]


def _suite_of(layout: Layout) -> str:
    return SCANS if LAYOUTS[layout].kind in _SCANNED else ZOO


def _list_layouts(suite: str) -> list[ListLayout]:
    return [layout for layout in ListLayout if suite in (LISTS, f"{LISTS}:{layout}")]


class Batch(NamedTuple):
    """Items that are made and read in one go.

    Attributes:
        suite: where they come from.
        layout: the kind of layout that they have; of a case, its name; of the adversary, the names of the
            mutations that it chooses from, parted by commas.
        seed: of what is drawn at random.
        first, size: which of them.
    """

    suite: str
    layout: str
    seed: int
    first: int
    size: int

    @property
    def names(self) -> tuple[str, ...]:
        """Of its items."""
        if self.suite in (CASES, MADE_CASES):
            return (self.layout,)
        if self.suite == ADVERSARY:
            return tuple(f"{ADVERSARY}-{number}" for number in self.numbers)
        return tuple(f"{self.layout}-{self.seed}-{self.first + i}" for i in range(self.size))

    @property
    def numbers(self) -> range:
        """Of its items, if they are the adversary's."""
        first = adversary.number_of(self.seed, self.first)
        return range(first, first + self.size)


class Item(NamedTuple):
    """A report and its gold.

    Attributes:
        name: unique within all suites, and the same for the same seed.
        layout, edition: by which results are told apart.
        data: the file.
        gold: what it says; it may need the document to name places.
        simulated: what reads it, if that is a simulated model.
    """

    name: str
    layout: str
    edition: str
    data: bytes
    gold: Callable[[Document], Gold]
    simulated: Simulated | None = None


def batches(suites: Sequence[str], *, seed: int, limit: int | None, is_full: bool) -> list[Batch]:
    """What there is to do.

    Args:
        suites: their names, as :func:`suite_names` gives them.
        seed: of what is drawn at random.
        limit: the most items of each layout; of cases and of what a simulated model reads, in all.
        is_full: whether to take as many as the figures in docs/results.md rest on, rather than a draw.

    Raises:
        SelectionError: if there is no suite of such a name.
    """
    found: list[Batch] = []
    for suite in suites:
        if suite == CASES:
            found += [Batch(CASES, case.name, 0, 0, 1) for case in reviewed_cases()[:limit]]
        elif suite == MADE_CASES:
            found += [Batch(MADE_CASES, case.name, 0, 0, 1) for case in made_cases()[:limit]]
        elif _layouts(suite):
            found += _zoo(suite, seed, limit, is_full=is_full)
        elif _list_layouts(suite):
            found += _lists(suite, seed, limit)
        elif suite in BY_SIMULATED:
            count = _at_most(limit, _SIMULATED if is_full else _DRAWN)
            found += [
                Batch(suite, suite, seed, first, min(_CHUNK, count - first))
                for first in range(0, count, _CHUNK)
            ]
        else:
            raise SelectionError(
                f"没有名为 {suite} 的评测集。可用的有：{'、'.join(known_suites())}。",
                f"there is no suite {suite}; there are: {', '.join(known_suites())}",
            )
    return found


def adversary_batches(count: int, seed: int, only: Sequence[str]) -> list[Batch]:
    """What there is to do to read documents of the adversary.

    Args:
        count: how many.
        seed: of what is drawn at random.
        only: names of the mutations to choose from; all, if there are none.

    Raises:
        SelectionError: if there is no such mutation.
    """
    mutations_named(only)
    layout = ",".join(only)
    firsts = range(0, count, adversary.BATCH)
    return [Batch(ADVERSARY, layout, seed, first, min(adversary.BATCH, count - first)) for first in firsts]


def _zoo(suite: str, seed: int, limit: int | None, *, is_full: bool) -> Iterator[Batch]:
    """Documents that are made in one go are read in one; a layout's turn comes with every such part."""
    lacking = {layout for layout, _ in left_out([suite])}
    counts = {
        layout: _at_most(limit, COUNTS[layout.kind] if is_full else _drawn(suite, layout.kind))
        for layout in _layouts(suite)
        if layout not in lacking
    }
    for first in range(0, max(counts.values(), default=0), BATCH):
        for layout, count in counts.items():
            if first < count:
                yield Batch(suite, layout, seed, first, min(BATCH, count - first))


def _lists(suite: str, seed: int, limit: int | None) -> Iterator[Batch]:
    lacking = {layout for layout, _ in left_out([suite])}
    for layout in _list_layouts(suite):
        count = 0 if layout in lacking else _at_most(limit, DRAWN[layout])
        for first in range(0, count, BATCH):
            yield Batch(suite, layout, seed, first, min(BATCH, count - first))


def _drawn(suite: str, kind: Kind) -> int:
    """How many documents of a layout are in a draw of a suite."""
    return _DRAW[kind] or (0 if suite == ZOO else _NAMED)


def _at_most(limit: int | None, count: int) -> int:
    return count if limit is None else min(limit, count)


def items(batch: Batch) -> Iterator[Item]:
    """The items of a batch."""
    if batch.suite == CASES:
        yield case_item(load_case(batch.layout))
    elif batch.suite == MADE_CASES:
        yield case_item(load_case(batch.layout, MADE))
    elif batch.suite in BY_SIMULATED:
        for number, name in enumerate(batch.names, batch.first):
            one = (simulated if batch.suite == SIMULATION else simulated_flat)(batch.seed, number)
            edition = one.report.form.edition
            yield Item(name, f"simulated: {one.report.layout}", edition, one.data, one.gold, one)
    elif batch.suite.startswith(LISTS):
        for of_list in list_documents(ListLayout(batch.layout), batch.seed, batch.size, batch.first):
            gold = partial(_zoo_gold, of_list.gold)
            yield Item(of_list.name, batch.layout, of_list.edition, of_list.data, gold)
    elif batch.suite == ADVERSARY:
        only = batch.layout.split(",") if batch.layout else []
        for page in adversary.adversarial(batch.numbers, only):
            yield Item(page.name, page.layout, page.edition, page.data, partial(_adversary_gold, page))
    else:
        for own in documents(Layout(batch.layout), batch.seed, batch.size, batch.first):
            yield Item(own.name, own.layout, own.edition, own.data, partial(_zoo_gold, own.gold))


def _zoo_gold(drawn: Mapping[str, GoldCell], _: Document) -> Gold:
    """What a document of the zoo says of its cells; what its damage contradicts isn't known."""
    return Gold(
        {
            address: Expected(cell.printed, cell.state, None, cell.place, cell.is_recoverable)
            for address, cell in drawn.items()
        }
    )


def _adversary_gold(page: adversary.Adversarial, _: Document) -> Gold:
    return Gold(page.gold)


def case_item(case: Case) -> Item:
    """A case as an item."""
    kind = case.path.suffix.removeprefix(".")
    return Item(case.name, kind, case.edition, case.path.read_bytes(), partial(case_gold, case))


def case_gold(case: Case, document: Document) -> Gold:
    """What a case's files say.

    Raises:
        ValueError: if a claim or a finding doesn't stand in the text exactly once.
    """
    cells = {
        cell.address: Expected(
            cell.printed,
            State(cell.state),
            cell.value,
            case.offset(cell.line, cell.column) if case.is_text and cell.line else None,
            is_on_page=not cell.torn,
        )
        for cell in case.cells
    }
    folder = case.path.parent
    claims = folder / "claims.csv"
    return Gold(
        cells,
        tuple(_finding(row, document.text, folder) for row in case.findings),
        gold_claims(claims, document.text) if claims.exists() else None,
    )


def _finding(row: dict[str, str], text: str, folder: Path) -> ExpectedFinding:
    if row["address"]:
        return ExpectedFinding(row["rule"], row["address"])
    place = row["before"] + row["printed"]
    if text.count(place) != 1:
        raise ValueError(f"{folder}: {place!r} stands {text.count(place)} times in the text")
    return ExpectedFinding(row["rule"], text.index(place) + len(row["before"]))
