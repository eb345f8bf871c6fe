"""A run: how reports were read, and what became of each."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any

from eval.scoring.metrics import Tried
from eval.scoring.score import Fit, Kind, Miss, Rated, Score
from extractor.result.cells import Status
from extractor.result.steps import Usage

# A cell's status in one letter; a capital tells that the cell isn't exact.
_LETTERS = {
    Status.CONFIRMED: "c",
    Status.UNCHECKED: "u",
    Status.AS_PRINTED: "p",
    Status.DISPUTED: "d",
    Status.ABSENT: "a",
    # A suite is read without anybody's decisions.
    Status.ACCEPTED: "y",
    Status.CORRECTED: "x",
}
_STATUSES = {letter: status for status, letter in _LETTERS.items()}


@dataclass(frozen=True)
class Setup:
    """How reports are read in a run.

    Attributes:
        model: None for the layout alone.
        reader: what the model reads: ``auto``, ``model`` or ``both``.
        profile: how its server is held to JSON; None if that is found out.
        repeat: the number of the repetition, from 1.
        is_reference: whether it is read the usual way (:mod:`eval.simulation.reference`), for comparison.
    """

    model: str | None = None
    reader: str = "auto"
    profile: str | None = None
    repeat: int = 1
    is_reference: bool = False

    @property
    def name(self) -> str:
        """What tables call it."""
        parts = [self.model or "layout", *([self.reader] if self.model and self.reader != "auto" else [])]
        parts += [self.profile] if self.profile else []
        parts += ["reference"] if self.is_reference else []
        return " ".join(parts) + (f" #{self.repeat}" if self.repeat > 1 else "")


@dataclass(frozen=True)
class Result:
    """What became of one item.

    Attributes:
        item, suite, layout, edition: what was read.
        setup: the name of how it was read.
        order: the key of the list of addresses that ``marks`` follows.
        marks: a letter a cell, its status; a capital where it isn't exact.
        lost: addresses that the page doesn't tell any more.
        misses: the cells that aren't exact.
        ungrounded: how many cells aren't printed where they claim to be.
        verdict: ``unread`` if the file couldn't be read.
        error: why it couldn't.
        tried: what was found, by the names of ``METRICS``; None without gold.
        requests, input_tokens, output_tokens, cost: what a model was asked, kept replies included.
        kept_replies: questions that kept replies answered.
        seconds: that it took, kept replies and all.
        steps: how many steps of reading with a model there were, by what happened in them.
    """

    item: str
    suite: str
    layout: str
    edition: str
    setup: str
    order: str
    marks: str
    lost: tuple[str, ...]
    misses: tuple[Miss, ...]
    ungrounded: int
    verdict: str
    error: str
    tried: Mapping[str, Tried | None]
    requests: int
    input_tokens: int
    output_tokens: int
    cost: Decimal | None
    kept_replies: int
    seconds: float
    steps: Mapping[str, int] = field(default_factory=dict)


@dataclass
class Run:
    """A run: how it was made, and its results.

    Attributes:
        manifest: what it takes to repeat it.
        orders: lists of addresses, by key.
        results: one a setup and item.
    """

    manifest: dict[str, Any]
    orders: dict[str, tuple[str, ...]] = field(default_factory=dict)
    results: list[Result] = field(default_factory=list)
    _kinds: dict[tuple[str, str], Counter[Kind]] = field(default_factory=dict, repr=False, compare=False)

    @property
    def own(self) -> Run:
        """The same without the readings for comparison."""
        others = {Setup(**one).name for one in self.manifest["setups"] if one["is_reference"]}
        results = [one for one in self.results if one.setup not in others]
        return Run(self.manifest, self.orders, results, self._kinds)

    def rated(self, result: Result) -> Iterator[Rated]:
        """The cells of a result."""
        fits = {miss.address: miss.fit for miss in result.misses}
        lost = frozenset(result.lost)
        for address, mark in zip(self.orders[result.order], result.marks, strict=True):
            status = _STATUSES[mark.lower()]
            yield Rated(address, fits.get(address, Fit.EXACT), status, address not in lost)

    def fits_order(self, result: Result) -> bool:
        """Whether a result has one mark for each of the addresses that it says it follows.

        Raises:
            KeyError: if there is no such list of addresses.
        """
        is_known = set(result.marks.lower()) <= _STATUSES.keys()
        return is_known and len(self.orders[result.order]) == len(result.marks)

    def kinds(self, result: Result) -> Counter[Kind]:
        """How many cells of which kind a result has."""
        key = (result.setup, result.item)
        if key not in self._kinds:
            self._kinds[key] = self._counted(result)
        return self._kinds[key]

    def _counted(self, result: Result) -> Counter[Kind]:
        if result.lost or result.misses:
            return Counter(
                Kind(table_of(one.address), one.fit, one.status, one.is_on_page) for one in self.rated(result)
            )
        counts = Counter(zip(_tables(self.orders[result.order]), result.marks, strict=True))
        return Counter(
            {
                Kind(table, Fit.EXACT, _STATUSES[mark], is_on_page=True): count
                for (table, mark), count in counts.items()
            }
        )


def table_of(address: str) -> str:
    """The id of the table that a cell stands in."""
    return address.partition(".")[0]


@lru_cache(maxsize=32)
def _tables(addresses: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(table_of, addresses))


def order_key(addresses: Iterable[str]) -> str:
    """The key of a list of addresses."""
    return hashlib.sha256("\n".join(addresses).encode()).hexdigest()[:8]


def marks_of(score: Score) -> str:
    """A letter a cell."""
    letters = ((_LETTERS[one.status], one.fit is Fit.EXACT) for one in score.rated)
    return "".join(letter if is_exact else letter.upper() for letter, is_exact in letters)


def spent_of(usage: Usage | None) -> dict[str, Any]:
    """What a model cost, as a result has it."""
    if usage is None:
        return {"requests": 0, "input_tokens": 0, "output_tokens": 0, "cost": None}
    return {
        "requests": usage.requests,
        "input_tokens": usage.input_tokens,
        "output_tokens": usage.output_tokens,
        "cost": usage.cost,
    }
