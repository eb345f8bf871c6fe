"""Readings of generated reports by a model that errs: what becomes of every wrong cell.

``python -m eval.simulation --readings 20000`` prints the tables. The promise is that no cell is confirmed
that isn't what the page prints, where it prints it.
"""

from __future__ import annotations

import argparse
import asyncio
import math
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import product
from multiprocessing import get_context
from signal import SIG_IGN, SIGINT, signal
from typing import NamedTuple

from eval.drawing import contradictions
from eval.generation import GeneratedReport, Layout, generate
from eval.reference import reference_reading
from eval.score import Expected, ExpectedFinding, Gold
from eval.simulated_model import SimulatedModel
from eval.slips import Slip
from eval.tally import Fate, Tally, Told, shown, upper_bound
from extractor.documents.document import Document
from extractor.documents.text import read_text
from extractor.extraction import Extraction, Header, Step
from extractor.layout.reader import read_layout
from extractor.layout.reading import Reader
from extractor.llm.protocol import Profile, Reply, Request, Usage
from extractor.llm.session import Limits, Session
from extractor.llm.tokens import ESTIMATE, Counter
from extractor.model_reading import ModelReading
from rules.confront import State
from rules.form import Form
from rules.loader import built_in_forms

# Whatever isn't torn, the layout reader reads for certain: only torn pages put "auto" to the test.
SETUPS = (*product(Layout, (Reader.MODEL, Reader.BOTH)), *[(Layout.TORN, Reader.AUTO)] * 4)
# One reading in so many, besides, is of a page that contradicts itself.
_ONE_CONTRADICTING_IN = 5
_CHUNK = 25
_SEEDS = 1_000_000
_STATES = {"": State.BLANK, "/": State.MARK}
# What o200k has on real reports, without the reserve of an estimate: the sum is to be near the truth.
_COUNTER = Counter(ESTIMATE, lambda text: math.ceil(len(text) * 0.663))


class _NothingKept:
    """A cache that keeps nothing."""

    def get(self, key: str) -> str | None:  # noqa: ARG002  # as extractor.llm.session.Replies has it
        """Nothing."""
        return None

    def put(self, key: str, value: str) -> None:
        """Nothing."""


def _untold(step: Step, usage: Usage) -> None:
    """Nobody watches."""


async def extraction_of(document: Document, model: SimulatedModel, reader: Reader) -> Extraction:
    """One report, read with a model."""
    forms = built_in_forms()
    session = Session(model, _NothingKept(), _COUNTER, Limits())
    reading = read_layout(document, forms)
    model_reading = ModelReading(document, reading, forms, session, reader, on_step=_untold)
    return await model_reading.extraction(Header())


async def reference_of(document: Document, model: SimulatedModel, form: Form) -> Extraction:
    """One report, read the usual way with the same model."""
    return await reference_reading(document, form, _Everything(model), _COUNTER)


class _Everything:
    """A simulated model that is asked for the whole form at once."""

    def __init__(self, model: SimulatedModel) -> None:
        self.name = model.name
        self.profile: Profile | None = model.profile
        self._model = model

    async def ask(self, request: Request) -> Reply:
        """Answer."""
        return await self._model.ask_for_everything(request)


class Simulated(NamedTuple):
    """A generated report, and how it is read.

    Attributes:
        seed: of the model's errors.
        reader: what the model reads.
    """

    report: GeneratedReport
    seed: int
    reader: Reader

    @property
    def data(self) -> bytes:
        """The file."""
        return self.report.text.encode()

    def gold(self, document: Document) -> Gold:  # noqa: ARG002  # gold of real pages needs it
        """What it says; a cell that the page has lost is absent, and a torn one isn't told apart any more."""
        numbers = {address: gold.number for address, gold in self.report.cells.items()}
        return Gold(
            {
                address: Expected("", State.ABSENT, is_on_page=False)
                if gold.start is None
                else Expected(
                    gold.printed, _STATES.get(gold.printed, State.NUMBER), None, gold.start, not gold.is_torn
                )
                for address, gold in self.report.cells.items()
            },
            tuple(ExpectedFinding(*amiss) for amiss in contradictions(numbers)),
        )

    async def extraction(self, document: Document, *, is_reference: bool) -> Extraction:
        """Read it, by the pipeline or the usual way, with a model that errs."""
        model = SimulatedModel(self.report, document, self.seed)
        if is_reference:
            return await reference_of(document, model, self.report.form)
        return await extraction_of(document, model, self.reader)


def simulated(seed: int, number: int) -> Simulated:
    """One of the readings of a seed; every seventh is of a page that contradicts itself."""
    own = seed * _SEEDS + number
    layout, reader = SETUPS[number % len(SETUPS)]
    return Simulated(generate(own, layout, contradicts=number % 7 == 6), own, reader)


def run(readings: Sequence[int], *, contradicts: bool, kinds: Sequence[Slip] = tuple(Slip)) -> Tally:
    """Read generated reports, one after the other.

    Args:
        readings: their seeds; each has a layout and a reader in turn.
        contradicts: whether the pages contradict themselves.
        kinds: of errors that the model makes.
    """
    return asyncio.run(_run(readings, kinds, contradicts=contradicts))


async def _run(readings: Sequence[int], kinds: Sequence[Slip], *, contradicts: bool) -> Tally:
    tally = Tally()
    for seed in readings:
        layout, reader = SETUPS[seed % len(SETUPS)]
        report = generate(seed, layout, contradicts=contradicts)
        document = read_text(report.text.encode(), f"{layout} {seed}")
        model = SimulatedModel(report, document, seed, kinds=kinds)
        extraction = await extraction_of(document, model, reader)
        tally.count(seed, reader, report, model, extraction)
    return tally


# --- many of them --------------------------------------------------------------------------------


def _chunks(readings: int, seed: int) -> Iterator[tuple[range, bool]]:
    """The readings of consistent pages and of others, mixed, in small parts."""
    for first in range(0, readings, _CHUNK):
        part = range(seed + first, seed + min(first + _CHUNK, readings))
        yield part, False
        yield part[: -(-len(part) // _ONE_CONTRADICTING_IN)], True


def _chunk(work: tuple[range, bool]) -> tuple[bool, Tally]:
    seeds, contradicts = work
    return contradicts, run(seeds, contradicts=contradicts)


def _be_quiet() -> None:
    """Ctrl-C is for the parent, which prints what there is."""
    signal(SIGINT, SIG_IGN)


def simulate(readings: int, seed: int, processes: int) -> tuple[Tally, Tally]:
    """So many readings of consistent pages, and a fifth as many of pages that contradict themselves.

    On Ctrl-C, those done so far.
    """
    tallies = {False: Tally(), True: Tally()}
    begun = time.monotonic()
    with get_context("spawn").Pool(processes, _be_quiet) as pool:
        try:
            for contradicts, tally in pool.imap_unordered(_chunk, _chunks(readings, seed)):
                tallies[contradicts].add(tally)
                if sys.stderr.isatty():
                    done = tallies[False].of("readings")
                    elapsed = time.monotonic() - begun
                    print(f"\r{done} of {readings} readings, {elapsed:.0f} s", end="", file=sys.stderr)
        except KeyboardInterrupt:
            print("\nstopped; this is what there is:", file=sys.stderr)
        if sys.stderr.isatty():
            print(file=sys.stderr)
    return tallies[False], tallies[True]


# --- the tables ----------------------------------------------------------------------------------

_WIDTHS = (20, 9, 10, 9, 10, 9, 11, 8)
_HEADS = ("error", "answers", "wrong", "found", "repaired", "flagged", "unchecked", "SILENT")


def _line(*fields: str) -> str:
    first, *others = (f"{one:>{width}}" for one, width in zip(fields, _WIDTHS, strict=True))
    return first.strip().ljust(_WIDTHS[0]) + "".join(others)


def _table(tally: Tally) -> Iterator[str]:
    """What became of the cells that the first answers had wrong, by the kind of error."""
    yield _line(*_HEADS)
    for slip in (*Slip, None):
        kinds = tuple(Slip) if slip is None else (slip,)
        fates = {fate: sum(tally.of("wrong", kind, fate) for kind in kinds) for fate in Fate}
        wrong = sum(fates.values())
        found = sum(tally.of("found", kind) for kind in kinds)
        answers = sum(tally.of("slip", kind) for kind in kinds)
        shares = [f"{count / wrong:.1%}" if wrong else "-" for count in (found, *list(fates.values())[:2])]
        rest = [str(count) for count in list(fates.values())[2:]]
        yield _line("all" if slip is None else slip, str(answers), str(wrong), *shares, *rest)


def told(consistent: Tally, contradicting: Tally) -> Iterator[str]:
    """Everything, line by line."""
    for name, tally in (
        ("consistent pages", consistent),
        ("pages that contradict themselves", contradicting),
    ):
        readings, cells = tally.of("readings"), tally.of("cells")
        yield f"{readings} readings of {name}, {cells} cells"
        if not readings:
            continue
        yield from _table(tally)
        yield "status: " + ", ".join(
            f"{key[1]} {n}" for key, n in sorted(tally.counts.items()) if key[0] == "status"
        )
        spent = (tally.of(what) / readings for what in ("rounds", "requests", "input", "output"))
        yield "a reading: {:.2f} rounds, {:.2f} requests, {:.0f} tokens in, {:.0f} out (estimated)".format(
            *spent
        )
        bound, own = upper_bound(tally.silent, cells), upper_bound(tally.of("mistaken"), readings)
        yield (
            f"wrong and confirmed or as printed: {tally.silent} cells, below {bound:.2e} at 95 %; "
            f"{tally.of('mistaken')} readings, below {own:.2e}; wrong and unchecked: "
            f"{len(tally.mistakes) - tally.silent} cells"
        )
        yield from shown(tally.mistakes)
        yield ""
    yield f"consistent pages said to be in error: {consistent.of('accused')} findings"
    yield "contradictions: " + ", ".join(f"{one} {contradicting.of('told', one)}" for one in Told)


def main() -> None:
    """Print the tables; exit 1 if anything is wrong and not flagged."""
    parser = argparse.ArgumentParser(prog="python -m eval.simulation", description=__doc__)
    parser.add_argument("--readings", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--processes", type=int, default=2)
    arguments = parser.parse_args()
    consistent, contradicting = simulate(arguments.readings, arguments.seed, arguments.processes)
    print("\n".join(told(consistent, contradicting)))
    sys.exit(bool(consistent.mistakes or contradicting.mistakes or contradicting.of("told", Told.MISSED)))


if __name__ == "__main__":
    main()
