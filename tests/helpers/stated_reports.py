"""Results that no page was read for: made of the figures that they shall state."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from extractor.documents.document import Span
from extractor.result.cells import LAYOUT, Basis, Cell, Grounding, Status
from extractor.result.extraction import Extraction
from extractor.result.header import Fact, Header
from extractor.result.verdict import Verdict
from rules.confront import State
from rules.loader import built_in_forms

FORM = built_in_forms()[0]


def cell(address: str, printed: str, status: Status = Status.CONFIRMED, state: State = State.NUMBER) -> Cell:
    """A cell that prints a number, or nothing that is one.

    Args:
        address: its name.
        printed: what it prints.
        status: how far it can be trusted.
        state: what that is.
    """
    value = (Decimal(printed) if "." in printed else int(printed)) if state is State.NUMBER else None
    return Cell(
        address=address,
        printed=printed,
        value=value,
        unit=None,
        state=state,
        status=status,
        placement="certain",
        grounding=Grounding.EXACT,
        span=None if state is State.ABSENT else Span(0, len(printed)),
        row_label=None,
        column_label=None,
        readers=(LAYOUT,),
        line=1,
        column=1,
        basis=Basis.LABELS,
    )


def fact(value: str | None) -> Fact | None:
    """What a header states; None if it doesn't."""
    return Fact(printed=value, value=value, span=Span(0, len(value))) if value is not None else None


def stated_report(
    name: str, organ: str | None, year: str | None, figures: Mapping[str, str] | None = None, *cells: Cell
) -> Extraction:
    """A report of the form of 2021 that states some figures, and zero in all other cells.

    Args:
        name: what results call it.
        organ: whose it is; None if it doesn't say.
        year: which year it is on; None if it doesn't say.
        figures: by their addresses; empty for a blank cell.
        cells: which take the place of those of their addresses.
    """
    known = {address: figure(address, "0") for address in FORM.places if ".other_combined." not in address}
    known |= {address: figure(address, printed) for address, printed in (figures or {}).items()}
    known |= {given.address: given for given in cells}
    return Extraction(
        report=name,
        encoding="utf-8",
        undecodable=0,
        family=FORM.family,
        edition=FORM.edition,
        block_editions={},
        verdict=Verdict.VERIFIED,
        header=Header(organ=fact(organ), year=fact(year)),
        cells=tuple(known.values()),
        findings=(),
    )


def figure(address: str, printed: str) -> Cell:
    """A confirmed cell; blank if it prints nothing."""
    return cell(address, printed, state=State.NUMBER if printed else State.BLANK)
