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

**Calibration** is the share of exact cells among those of one status.

What is to be found besides cells is counted by the metrics of :mod:`eval.scoring.metrics`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from eval.gold.expected import Expected, Gold
from eval.scoring.metrics import METRICS, Tried
from extractor.documents.document import Document
from extractor.result.cells import Cell, Status
from extractor.result.extraction import Extraction
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
        tried: by the names of ``METRICS``; None without gold.
    """

    rated: tuple[Rated, ...]
    misses: tuple[Miss, ...]
    ungrounded: int
    tried: Mapping[str, Tried | None]


_AROUND = 30
_UNFLAGGED = (Status.CONFIRMED, Status.AS_PRINTED, Status.UNCHECKED)


def is_right(rated: Rated | Kind) -> bool:
    """Whether a cell that the page tells apart is exact, and nobody is asked to look at it."""
    return rated.is_on_page and rated.fit is Fit.EXACT and rated.status is not Status.DISPUTED


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
    return Score(
        tuple(rated),
        tuple(misses),
        sum(_is_ungrounded(document, cell) for cell in read),
        {metric.name: metric.count(extraction, gold) for metric in METRICS},
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
