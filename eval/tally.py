"""What becomes of the cells of a report that a model has read with errors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from math import exp, lgamma, log, log1p
from typing import NamedTuple

from eval.drawing import Contradiction, contradictions
from eval.generation import GeneratedReport, Layout
from eval.simulated_model import SimulatedModel
from eval.slips import Slip
from extractor.extraction import Action, Cause, Cell, Extraction, Status, Verdict
from extractor.layout.reading import Reader

_MOST_SHOWN = 20
_CONFIDENCE = 0.95
_FLAGGED = (Status.DISPUTED, Status.ABSENT)
# Steps after which a row isn't taken for what the model said at first.
_FOUND = (Action.REFUSED, Action.DIFFERS, Action.FAILED, Action.SUSPECTED)
_TAKEN = (Action.TAKEN, Action.AGREED)
_TOLD = (Cause.SOURCE_ERROR, Cause.NOT_STATED, Cause.UNRESOLVED)


class Fate(StrEnum):
    """What became of a cell that the model's first answer had wrong."""

    REPAIRED = "repaired"
    """It is as the page has it, confirmed or unchecked."""
    FLAGGED = "flagged"
    """It is disputed, absent, or as printed: a person is told to look."""
    UNCHECKED = "unchecked"
    """It isn't as the page has it, and no rule could tell."""
    SILENT = "silent"
    """It isn't as the page has it, and is confirmed, or said to be as printed."""


class Told(StrEnum):
    """What was said about a contradiction of the page."""

    REPORTED = "reported"
    """A finding names the rule and its place, with a cause."""
    OPEN = "open"
    """A cell of the balance is disputed or absent, so that it can't be decided; a finding says so."""
    MISSED = "missed"
    """Nothing."""


class Mistake(NamedTuple):
    """A cell that isn't as the page has it, and isn't flagged."""

    seed: int
    layout: Layout
    contradicts: bool
    reader: Reader
    address: str
    status: Status
    printed: str
    gold: str
    slips: tuple[Slip, ...]


@dataclass(slots=True)
class Tally:
    """What was counted over readings.

    Attributes:
        counts: ``readings``, ``cells``, ``rounds``, ``requests``, ``input``, ``output``; ``slip`` and its
            kind: first answers with it; ``wrong``, a kind of error and a fate: cells; ``found`` and a kind:
            cells; ``status`` and a status; ``told`` and what of contradictions; ``accused``: findings that
            a consistent page is in error; ``mistaken`` readings.
        mistakes: cells that are wrong and not flagged.
    """

    counts: Counter[tuple[str, ...]] = field(default_factory=Counter)
    mistakes: list[Mistake] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Count another's too."""
        self.counts.update(other.counts)
        self.mistakes += other.mistakes

    def of(self, *key: str) -> int:
        """How many of this."""
        return self.counts[key]

    def total(self, *key: str) -> int:
        """How many of everything that begins so."""
        return sum(count for one, count in self.counts.items() if one[: len(key)] == key)

    @property
    def silent(self) -> int:
        """Cells that are wrong, and confirmed or said to be as printed."""
        return sum(one.status is not Status.UNCHECKED for one in self.mistakes)

    def count(
        self,
        seed: int,
        reader: Reader,
        report: GeneratedReport,
        model: SimulatedModel,
        extraction: Extraction,
    ) -> None:
        """Count one reading."""
        counts, usage = self.counts, extraction.usage
        counts["readings",] += 1
        counts["rounds",] += max((step.round for step in extraction.trace), default=0)
        if usage is not None:
            counts["requests",] += usage.requests
            counts["input",] += usage.input_tokens
            counts["output",] += usage.output_tokens
        counts.update(("slip", slip) for slip in model.slips)
        found = _found(extraction)
        is_mistaken = False
        for cell in extraction.cells:
            fate = _fate(report, cell)
            counts["cells",] += 1
            counts["status", cell.status] += 1
            if (slip := model.wrong.get(cell.address)) is not None:
                counts["wrong", slip, fate] += 1
                counts["found", slip] += cell.address.rpartition(".")[0] in found
            if fate in (Fate.SILENT, Fate.UNCHECKED):
                is_mistaken = is_mistaken or fate is Fate.SILENT
                own = report.cells.get(cell.address)
                gold = own.printed if own is not None else "no such cell"
                place = (seed, report.layout, bool(report.planted), reader, cell.address)
                self.mistakes.append(Mistake(*place, cell.status, cell.printed, gold, tuple(model.slips)))
        counts["mistaken",] += is_mistaken
        self._count_contradictions(report, extraction)

    def _count_contradictions(self, report: GeneratedReport, extraction: Extraction) -> None:
        found = {(f.rule, str(f.place)) for f in extraction.findings if f.cause in _TOLD}
        amiss = contradictions({address: gold.number for address, gold in report.cells.items()})
        if not report.planted:
            # What a page has lost can make it contradict itself, too.
            accusing = {(f.rule, str(f.place)) for f in extraction.findings if f.cause is Cause.SOURCE_ERROR}
            self.counts["accused",] += len(accusing - amiss.keys())
            return
        flagged = {cell.address for cell in extraction.cells if cell.status in _FLAGGED}
        if extraction.verdict is Verdict.NEEDS_REVIEW:
            # An alternative that isn't recognised has no cells; the other one's are absent, and that is said.
            flagged |= report.cells.keys() - {cell.address for cell in extraction.cells}
        for balance, addresses in amiss.items():
            self.counts["told", _told(balance, addresses, found, flagged)] += 1


def _told(
    balance: Contradiction, addresses: tuple[str, ...], found: set[Contradiction], flagged: set[str]
) -> Told:
    if balance in found:
        return Told.REPORTED
    return Told.MISSED if flagged.isdisjoint(addresses) else Told.OPEN


def _fate(report: GeneratedReport, cell: Cell) -> Fate:
    if cell.status in _FLAGGED:
        return Fate.FLAGGED
    gold = report.cells.get(cell.address)
    is_right = (
        gold is not None
        and gold.printed == cell.printed
        and cell.span is not None
        and report.stands_at(cell.address, *cell.span)
    )
    if not is_right:
        return Fate.UNCHECKED if cell.status is Status.UNCHECKED else Fate.SILENT
    return Fate.FLAGGED if cell.status is Status.AS_PRINTED else Fate.REPAIRED


def _found(extraction: Extraction) -> set[str]:
    """The rows whose first answer wasn't taken, or was suspected later, by the address of the row."""
    asked, taken, found = set[str](), set[str](), set[str]()
    for step in extraction.trace:
        if step.action is Action.ASKED and not step.round:
            asked.update(step.rows)
        elif step.action in _TAKEN and not step.round:
            taken.update(step.rows)
        elif step.action in _FOUND:
            found.update(step.rows)
    rows = found | (asked - taken)
    # A wide block is one row of the answer and several of the form.
    wide = {cell.address.rpartition(".")[0] for cell in extraction.cells if "disputes.disputes" in rows}
    return rows | {row for row in wide if row.startswith("disputes.")}


def upper_bound(events: int, trials: int) -> float:
    """Clopper and Pearson's one-sided upper bound of a share, at 95 %."""
    if not trials or events >= trials:
        return 1.0
    low, high = events / trials, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _at_most(events, trials, middle) > 1 - _CONFIDENCE else (low, middle)
    return high


def _at_most(events: int, trials: int, share: float) -> float:
    """How probable so few events are."""
    return sum(
        exp(
            lgamma(trials + 1)
            - lgamma(k + 1)
            - lgamma(trials - k + 1)
            + k * log(share)
            + (trials - k) * log1p(-share)
        )
        for k in range(events + 1)
    )


def shown(mistakes: list[Mistake]) -> Iterator[str]:
    """Some of the mistakes, so that they can be looked at again."""
    for one in mistakes[:_MOST_SHOWN]:
        slips = ", ".join(one.slips)
        yield (
            f"  {one.seed} {one.layout}{', contradicting' if one.contradicts else ''}, {one.reader}: "
            f"{one.address} {one.status}: {one.printed!r} for {one.gold!r} ({slips})"
        )
