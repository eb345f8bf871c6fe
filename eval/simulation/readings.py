"""Readings of generated reports by a model that errs: the suite ``simulation`` of ``gongkai eval``."""

from __future__ import annotations

import math
from itertools import product
from typing import NamedTuple

from eval.gold.expected import Expected, ExpectedFinding, Gold
from eval.simulation.model import SimulatedModel
from eval.simulation.reference import reference_reading
from eval.simulation.slips import Slip
from eval.zoo.drawing import contradictions
from eval.zoo.flattened import flattened
from eval.zoo.generation import FlatLayout, GeneratedReport, Layout, generate
from extractor.asking.options import WhoReads
from extractor.asking.plan import Asking
from extractor.documents.document import Document
from extractor.llm.protocol import Profile, Reply, Request
from extractor.llm.settings import Settings
from extractor.llm.tokens import ESTIMATE, Counter
from extractor.result.extraction import Extraction
from rules.confront import State
from rules.form import Form

# Whatever isn't torn, the layout reader reads for certain: only torn pages put "auto" to the test.
SETUPS = (*product(Layout, (WhoReads.MODEL, WhoReads.BOTH)), *[(Layout.TORN, WhoReads.AUTO)] * 4)
_SEEDS = 1_000_000
_STATES = {"": State.BLANK, "/": State.MARK}
# What o200k has on real reports, without the reserve of an estimate: the sum is to be near the truth.
_COUNTER = Counter(ESTIMATE, lambda text: math.ceil(len(text) * 0.663))


class _NothingKept:
    """A cache that keeps nothing."""

    def get(self, key: str) -> str | None:  # noqa: ARG002  # as extractor.asking.session.Replies has it
        """Nothing."""
        return None

    def put(self, key: str, value: str) -> None:
        """Nothing."""


async def extraction_of(document: Document, model: SimulatedModel, who_reads: WhoReads) -> Extraction:
    """One report, read with a model, the way that every report goes.

    Args:
        document: the report; it holds no other one.
        model: that errs.
        who_reads: who reads the tables.
    """
    plan = Asking(Settings(model.name, "http://127.0.0.1"), who_reads, text=False)
    reader = plan.with_model(model, _NothingKept(), counter=_COUNTER)
    (extraction,) = await reader.extract(document)
    return extraction


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
        who_reads: what the model reads.
    """

    report: GeneratedReport
    seed: int
    who_reads: WhoReads

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
            tuple(
                ExpectedFinding(rule, place, cells)
                for (rule, place), cells in contradictions(numbers).items()
            ),
        )

    async def extraction(self, document: Document, *, is_reference: bool, errs: bool = True) -> Extraction:
        """Read it, by the pipeline or the usual way, with a model that errs, or one that doesn't."""
        model = SimulatedModel(self.report, document, self.seed, kinds=tuple(Slip) if errs else ())
        if is_reference:
            return await reference_of(document, model, self.report.form)
        return await extraction_of(document, model, self.who_reads)


def simulated(seed: int, number: int) -> Simulated:
    """One of the readings of a seed; every seventh is of a page that contradicts itself."""
    own = seed * _SEEDS + number
    layout, reader = SETUPS[number % len(SETUPS)]
    return Simulated(generate(own, layout, contradicts=number % 7 == 6), own, reader)


def simulated_flat(seed: int, number: int) -> Simulated:
    """One of the readings of a seed of reports whose table 3 has lost its rows and columns.

    Args:
        seed: the same seed and number give the same reading.
        number: which of them.
    """
    own = seed * _SEEDS + number
    layouts = tuple(FlatLayout)
    return Simulated(flattened(own, layouts[number % len(layouts)]), own, WhoReads.AUTO)
