"""What becomes of the cells of generated reports that a model has read with errors."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from eval.scoring.metrics import Tried
from eval.scoring.score import score
from eval.simulation.model import SimulatedModel
from eval.simulation.readings import SETUPS, Simulated, extraction_of
from eval.simulation.slips import Slip
from eval.zoo.generation import FlatLayout, GeneratedReport, Layout, generate
from extractor.asking.options import WhoReads
from extractor.documents.plain.text import read_text
from extractor.documents.source import Source
from extractor.result.cells import Cell, Status
from extractor.result.extraction import Extraction

_FLAGGED = (Status.DISPUTED, Status.ABSENT)
_NOTHING = Tried(0, 0, 0)


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


class Mistake(NamedTuple):
    """A cell that isn't as the page has it, and isn't flagged: what it takes to look at it again."""

    seed: int
    layout: Layout | FlatLayout
    is_planted: bool
    reader: WhoReads
    address: str
    status: Status
    printed: str
    gold: str
    slips: tuple[Slip, ...]


@dataclass(slots=True)
class Tally:
    """What was counted over readings.

    Attributes:
        slips: first answers with each kind of error.
        fates: cells that a first answer had wrong, by the kind of error and what became of them.
        statuses: all cells.
        findings: what was told of the contradictions; a page that has lost a row may contradict itself, too.
        mistakes: cells that are wrong and not flagged.
    """

    slips: Counter[Slip] = field(default_factory=Counter)
    fates: Counter[tuple[Slip, Fate]] = field(default_factory=Counter)
    statuses: Counter[Status] = field(default_factory=Counter)
    findings: Tried = _NOTHING
    mistakes: list[Mistake] = field(default_factory=list)

    @property
    def silent(self) -> int:
        """Cells that are wrong, and confirmed or said to be as printed."""
        return sum(one.status is not Status.UNCHECKED for one in self.mistakes)

    def count(self, one: Simulated, model: SimulatedModel, extraction: Extraction) -> None:
        """Count one reading."""
        report = one.report
        self.slips.update(model.slips)
        for cell in extraction.cells:
            fate = _fate(report, cell)
            self.statuses[cell.status] += 1
            if (slip := model.wrong.get(cell.address)) is not None:
                self.fates[slip, fate] += 1
            if fate in (Fate.SILENT, Fate.UNCHECKED):
                own = report.cells.get(cell.address)
                gold = own.printed if own is not None else "no such cell"
                place = (one.seed, report.layout, bool(report.planted), one.who_reads, cell.address)
                self.mistakes.append(Mistake(*place, cell.status, cell.printed, gold, tuple(model.slips)))
        rated = score(model.document, extraction, one.gold(model.document))
        self.findings += rated.tried["findings"] or _NOTHING


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


def run(seeds: Sequence[int], *, contradicts: bool, kinds: Sequence[Slip] = tuple(Slip)) -> Tally:
    """Read generated reports, one after the other; each has a layout and a reader in turn.

    Args:
        seeds: of the reports and of the model's errors.
        contradicts: whether the pages contradict themselves.
        kinds: of errors that the model makes.
    """
    tally = Tally()
    for seed in seeds:
        layout, reader = SETUPS[seed % len(SETUPS)]
        one = Simulated(generate(seed, layout, contradicts=contradicts), seed, reader)
        document = read_text(Source(one.data, f"{layout} {seed}"))
        model = SimulatedModel(one.report, document, seed, kinds=kinds)
        tally.count(one, model, asyncio.run(extraction_of(document, model, reader)))
    return tally
