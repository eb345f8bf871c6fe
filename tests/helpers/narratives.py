"""Narratives written by hand: a text in which the numbers that it claims are marked."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from extractor.documents.document import Document, Span
from extractor.reports.opening import open_document
from extractor.result.cells import Cell, Grounding, Status
from extractor.result.narrative import Approximation, Claim, Measure
from rules.confront import State

_MARKED = re.compile(r"\[(?P<kind>[=^v]?)(?P<printed>[^\]]+)\](?P<more>余?)(?P<unit>万元|.)")
_MEASURES = {"": Measure.COUNT, "=": Measure.SHARE, "^": Measure.GROWTH, "v": Measure.GROWTH}


class Written(NamedTuple):
    """A text and its claims."""

    document: Document
    claims: tuple[Claim, ...]


def written(marked: str, *, what: str = "信息") -> Written:
    """A text with numbers in brackets: [162] a count, [=67.5] a share, [^63.5] a growth, [v1.85] a decrease.

    A lower bound has 余 behind it, and what has 近 or 约 before it is neither.

    Args:
        marked: the text.
        what: the words that every number is claimed with; they needn't be those of the text.
    """
    text, claims = "", []
    end = 0
    for match in _MARKED.finditer(marked):
        text += marked[end : match.start()]
        printed, start = match["printed"], len(text)
        text += printed + match["more"] + match["unit"]
        end = match.end()
        number = Decimal(printed.removesuffix("万")) * (10**4 if printed.endswith("万") else 1)
        whole = number == number.to_integral_value() and match["unit"] not in "%万元"
        approximation = Approximation.AT_LEAST if match["more"] else Approximation.EXACT
        if text[:start].endswith(("近", "约")):
            approximation = Approximation.ABOUT
        claims.append(
            Claim(
                what=what,
                scope=None,
                printed=printed,
                value=int(number) if whole else -number if match["kind"] == "v" else number,
                unit=match["unit"],
                approximation=approximation,
                measure=_MEASURES[match["kind"]],
                period=None,
                section="1",
                span=Span(start, start + len(printed)),
                readers=("hand",),
            )
        )
    document = open_document((text + marked[end:]).encode(), "written.txt")
    return Written(document, tuple(claims))


def cell(
    address: str,
    printed: str,
    *,
    status: Status = Status.CONFIRMED,
    is_certain: bool = True,
    unit: str | None = None,
) -> Cell:
    """A cell that prints a number, a mark or nothing."""
    states = {"": State.BLANK, "/": State.MARK}
    state = states.get(printed, State.NUMBER)
    value = None
    if state is State.NUMBER:
        value = Decimal(printed) if "." in printed else int(printed)
    return Cell(
        address,
        printed,
        value,
        unit,
        state,
        status,
        "certain" if is_certain else "inferred",
        Grounding.EXACT,
        Span(0, len(printed)),
        None,
        None,
        ("layout",),
    )
