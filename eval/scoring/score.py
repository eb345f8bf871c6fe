"""How far an extraction is right: every metric of an evaluation, and what it means.

Of each cell that the form expects on the page (gold), one of these is true:

- ``exact``: what is printed, its value and its state are the page's, and it stands where the page has it, as
  far as gold knows that;
- ``omitted``: the page has it, and it was read as absent;
- ``spurious``: the page hasn't it, and something was read;
- ``misplaced``: something else was read, and the page prints that in another cell of the same row or column;
- ``wrong``: something else was read.

A cell is **silent** if it isn't exact and yet ``confirmed``: the figure that gongkai lives by. It is
**unflagged** if it isn't exact and its status asks nobody to look (``confirmed``, ``as_printed`` or
``unchecked``), and **ungrounded** if what it claims to be printed isn't at its place in the document.

A report is **without a person** if nobody has to look at it: its verdict isn't ``needs_review``.

What is to be found, a contradiction of the page or a claim, is **found**; or **left open**: no finding names
it, as cells of its balance are disputed or absent, so that nobody can say whether it holds, and the report is
``needs_review``; or **missed**: nothing is told of it. What is told and isn't so is **false**. Precision is
found / (found + false), recall found / (found + left open + missed). **Micro** adds up the counts of all
reports, **macro** takes the mean of the reports that have any. **Calibration** is the share of exact cells
among those of one status.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from eval.gold.expected import Expected, ExpectedFinding, Gold
from eval.scoring.claims import score_claims
from extractor.documents.document import Document
from extractor.result.cells import Cell, Status
from extractor.result.extraction import Extraction, Verdict
from extractor.result.findings import Finding
from extractor.result.narrative import Narrative
from rules.confront import State


class Fit(StrEnum):
    """How a cell that was read compares with the page; see the module."""

    EXACT = "exact"
    OMITTED = "omitted"
    SPURIOUS = "spurious"
    MISPLACED = "misplaced"
    WRONG = "wrong"


class Rated(NamedTuple):
    """A cell, how it compares with the page, and its status."""

    address: str
    fit: Fit
    status: Status
    is_on_page: bool


class Kind(NamedTuple):
    """What is counted of a cell: the id of its table, how it compares with the page, and its status."""

    table: str
    fit: Fit
    status: Status
    is_on_page: bool


class Tried(NamedTuple):
    """Counts of what was to be found; see the module."""

    found: int
    missed: int
    false: int
    left_open: int = 0

    def __add__(self, other: object) -> Tried:
        return (
            Tried(*(a + b for a, b in zip(self, other, strict=True)))
            if isinstance(other, Tried)
            else NotImplemented
        )

    @property
    def precision(self) -> float:
        """The share of what was told that is so; 1 if nothing was told."""
        return self.found / (self.found + self.false) if self.found + self.false else 1.0

    @property
    def recall(self) -> float:
        """The share of what is so that was told; 1 if nothing is so."""
        wanted = self.found + self.left_open + self.missed
        return self.found / wanted if wanted else 1.0

    @property
    def told(self) -> str:
        """The counts, as words."""
        left_open = f"{self.left_open} left open, " if self.left_open else ""
        return f"{self.found} found, {left_open}{self.missed} missed, {self.false} false"


class Miss(NamedTuple):
    """A cell that isn't exact, and what the page has."""

    address: str
    fit: Fit
    status: Status
    read: str
    read_state: str
    gold: str
    gold_state: str
    context: str


@dataclass(frozen=True)
class Score:
    """How far one extraction is right.

    Attributes:
        rated: every expected cell, in the order of the form.
        misses: those that aren't exact.
        ungrounded: how many cells aren't printed where they claim to be.
        findings, claims, relations: None without gold.
    """

    rated: tuple[Rated, ...]
    misses: tuple[Miss, ...]
    ungrounded: int
    findings: Tried | None
    claims: Tried | None
    relations: Tried | None


_AROUND = 30
_UNFLAGGED = (Status.CONFIRMED, Status.AS_PRINTED, Status.UNCHECKED)


def is_silent(rated: Rated | Kind) -> bool:
    """Whether a cell isn't exact, and confirmed."""
    return rated.fit is not Fit.EXACT and rated.status is Status.CONFIRMED


def is_unflagged(rated: Rated | Kind) -> bool:
    """Whether a cell isn't exact, and nobody is asked to look at it."""
    return rated.fit is not Fit.EXACT and rated.status in _UNFLAGGED


def score(document: Document, extraction: Extraction | None, gold: Gold) -> Score:
    """Compare an extraction with gold.

    Args:
        document: that was read.
        extraction: what was read; None if it couldn't be, so that everything is omitted.
        gold: what it says.
    """
    read = extraction.cells if extraction is not None else ()
    narrative = extraction.narrative if extraction is not None else Narrative()
    cells = {cell.address: cell for cell in read}
    rated: list[Rated] = []
    misses: list[Miss] = []
    for address, expected in gold.cells.items():
        cell = cells.get(address)
        fit = _fit(document, address, cell, gold.cells)
        status = cell.status if cell is not None else Status.ABSENT
        rated.append(Rated(address, fit, status, expected.is_on_page))
        if fit is not Fit.EXACT:
            misses.append(_miss(document, address, fit, cell, expected))
    for cell in read:
        if cell.address not in gold.cells and cell.state is not State.ABSENT:
            rated.append(Rated(cell.address, Fit.SPURIOUS, cell.status, is_on_page=False))
            nothing = Expected("", State.ABSENT, is_on_page=False)
            misses.append(_miss(document, cell.address, Fit.SPURIOUS, cell, nothing))
    claims = relations = None
    if gold.claims is not None:
        own = score_claims(narrative, gold.claims)
        claims = Tried(own.right, len(own.missed), len(own.spurious))
        relations = Tried(own.related, len(own.unrelated), len(own.misrelated))
    return Score(
        tuple(rated),
        tuple(misses),
        sum(_is_ungrounded(document, cell) for cell in read),
        _findings(extraction, gold.findings),
        claims,
        relations,
    )


def _fit(document: Document, address: str, cell: Cell | None, gold: Mapping[str, Expected]) -> Fit:
    expected = gold[address]
    if expected.state is State.ABSENT:
        return Fit.EXACT if cell is None or cell.state is State.ABSENT else Fit.SPURIOUS
    if cell is None or cell.state is State.ABSENT:
        return Fit.OMITTED
    is_same = (cell.printed, cell.state) == (expected.printed, expected.state)
    if is_same and expected.value in (None, cell.value) and _stands_there(document, cell, expected):
        return Fit.EXACT
    if cell.printed and any(gold[other].printed == cell.printed for other in _neighbours(address, gold)):
        return Fit.MISPLACED
    return Fit.WRONG


def _stands_there(document: Document, cell: Cell, expected: Expected) -> bool:
    """Whether a cell stands where the page has it.

    A blank may be any of those beside it: in a row of nothing but blanks, none of them is another's.
    """
    place, span = expected.place, cell.span
    if place is None or span is None:
        return place is None
    if isinstance(place, tuple):
        locator = document.locator(span.start)
        return locator is not None and (locator.row, locator.column if cell.printed else place[1]) == place
    if cell.printed:
        return span == (place, place + len(cell.printed))
    return not document.text[min(span.start, place) : max(span.start, place)].strip(" \t|")


def _neighbours(address: str, gold: Mapping[str, Expected]) -> Sequence[str]:
    """The other cells of its row and of its column."""
    row, _, column = address.rpartition(".")
    table = address.partition(".")[0]
    return [
        other
        for other in gold
        if other != address
        and (other.startswith(f"{row}.") or (other.startswith(f"{table}.") and other.endswith(f".{column}")))
    ]


def _miss(document: Document, address: str, fit: Fit, cell: Cell | None, expected: Expected) -> Miss:
    context = ""
    if cell is not None and cell.span is not None:
        start, end = cell.span
        context = document.text[max(0, start - _AROUND) : end + _AROUND]
    return Miss(
        address,
        fit,
        cell.status if cell is not None else Status.ABSENT,
        cell.printed if cell is not None else "",
        cell.state.value if cell is not None else State.ABSENT.value,
        expected.printed,
        expected.state.value,
        context,
    )


def _is_ungrounded(document: Document, cell: Cell) -> bool:
    if cell.span is None:
        return cell.state is not State.ABSENT
    return document.text[cell.span.start : cell.span.end] != cell.printed


def _findings(extraction: Extraction | None, expected: Sequence[ExpectedFinding] | None) -> Tried | None:
    """The contradictions that were reported; defects of the reading (missing, disputed) are none."""
    if expected is None:
        return None
    told = set(_contradictions(extraction.findings if extraction is not None else ()))
    wanted = {(one.rule, one.place): one for one in expected}
    untold = [one for key, one in wanted.items() if key not in told]
    left_open = sum(_is_left_open(extraction, one) for one in untold)
    return Tried(
        len(wanted) - len(untold), len(untold) - left_open, len(told - wanted.keys()), left_open=left_open
    )


def _contradictions(findings: Sequence[Finding]) -> Iterator[tuple[str, str | int]]:
    """The rule and the place of each."""
    for finding in findings:
        start = finding.span.start if finding.span is not None else -1
        if finding.severity != "hard":
            continue
        if finding.rule.startswith("narrative-"):
            yield finding.rule, start
        elif finding.left is not None:
            yield finding.rule, finding.place or start


def _is_left_open(extraction: Extraction | None, untold: ExpectedFinding) -> bool:
    """Whether a person is asked to look at a cell without which nobody can say whether the balance holds."""
    if extraction is None or extraction.verdict is not Verdict.NEEDS_REVIEW:
        return False
    # An alternative that isn't recognised has no cells; the other one's are absent, and that is told.
    unsettled = (Status.DISPUTED, Status.ABSENT)
    settled = {cell.address for cell in extraction.cells if cell.status not in unsettled}
    return not settled.issuperset(untold.cells)
