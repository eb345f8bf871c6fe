"""Free text outside a report: sentences read on their own, with the cells that a test gives them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from eval.gold.cases import Case
from extractor.documents.document import Document, Span
from extractor.narrative.checks.bearing_out import borne_out
from extractor.narrative.checks.contract import ReportText
from extractor.narrative.checks.numbers import quantity
from extractor.narrative.checks.registry import CHECK_OF
from extractor.narrative.claims.read import read_claims
from extractor.narrative.claims.tables import Tables
from extractor.narrative.text.prose import sections_of
from extractor.narrative.text.sections import read_sections
from extractor.result.cells import Cell, Grounding, Status
from extractor.result.header import Fact, Header
from extractor.result.narrative import Claim, Measure, Narrative, Relation, RelationKind
from rules.claims import (
    UNDECIDED,
    AtLeast,
    Judgement,
    Quantity,
    closed,
    growth,
    open_parts,
    same,
    share,
    share_of_cells,
)
from rules.confront import Outcome, State
from rules.loader import built_in_forms

_PART_AND_WHOLE = 2
_TABLES = frozenset("234")


def read_sentences(
    text: str,
    cells: Mapping[str, int | Decimal | None] | None = None,
    organ: str = "某某区人民政府",
    year: str = "2023",
) -> Narrative:
    """The claims and relations of a text that is all free text.

    Args:
        text: unfolded.
        cells: the figures of a report's tables, by address.
        organ: whose report it would be.
        year: of what year.
    """
    return _read(text, [("1", Span(0, len(text)))], cells or {}, organ, year)


def read_case(case: Case, text: str) -> Narrative:
    """The claims and relations of a report, with the cells and the header that its gold has.

    Args:
        case: of the report.
        text: its text, or one with planted errors.
    """
    sections = read_sections(Document(text, case.name, "utf-8", ()))
    stretches = [(one.number, one.span) for one in sections if one.number not in _TABLES]
    return _read(text, stretches, case_cells(case), case.facts["organ"].value, case.facts["year"].value)


def case_cells(case: Case) -> dict[str, int | Decimal | None]:
    """The figures of a case's tables, by address; None where they print none."""
    return {cell.address: cell.value for cell in case.cells}


def _read(
    text: str,
    stretches: Sequence[tuple[str, Span]],
    cells: Mapping[str, int | Decimal | None],
    organ: str,
    year: str,
) -> Narrative:
    nowhere = Span(0, 0)
    document = Document(text, "sentences", "utf-8", ())
    header = Header(
        organ=Fact(printed=organ, value=organ, span=nowhere),
        year=Fact(printed=year, value=year, span=nowhere),
    )
    tables = Tables({address: _cell(address, value) for address, value in cells.items()}, built_in_forms())
    holds = borne_out(document, tables, header)
    claims, relations = read_claims(document, sections_of(text, stretches), header, tables, holds)
    return Narrative(claims=claims, relations=relations)


def _cell(address: str, value: int | Decimal | None) -> Cell:
    state = State.BLANK if value is None else State.NUMBER
    return Cell(
        address, str(value), value, None, state, Status.CONFIRMED, "certain", Grounding.EXACT,
        Span(0, 0), None, None, ("layout",),
    )  # fmt: skip


class Judged(NamedTuple):
    """A relation, put to its rule."""

    relation: Relation
    judgement: Judgement


def judged(
    narrative: Narrative, cells: Mapping[str, int | Decimal | None] | None = None
) -> tuple[Judged, ...]:
    """Every relation of a text with what its arithmetic says; approximate numbers decide nothing.

    Args:
        narrative: as read.
        cells: the figures of the tables, by address.
    """
    return tuple(Judged(one, _judgement(narrative.claims, one, cells or {})) for one in narrative.relations)


def violations(narrative: Narrative, cells: Mapping[str, int | Decimal | None] | None = None) -> list[str]:
    """The rules that a text violates, in the order of its relations, without ``narrative-``."""
    return [
        one.judgement.rule.removeprefix("narrative-")
        for one in judged(narrative, cells)
        if one.judgement.outcome is Outcome.VIOLATED
    ]


def _judgement(
    claims: Sequence[Claim], relation: Relation, cells: Mapping[str, int | Decimal | None]
) -> Judgement:
    claim = claims[relation.claim]
    others = [_quantity(claims[other]) for other in relation.others]
    match relation.kind:
        case RelationKind.CLOSED:
            return closed(_quantity(claim), others)
        case RelationKind.OPEN:
            return open_parts(_quantity(claim), others)
        case RelationKind.SHARE if claim.measure is Measure.SHARE and len(others) <= _PART_AND_WHOLE:
            return _share(claim, relation, others, cells)
        case RelationKind.GROWTH if claim.measure is Measure.GROWTH and len(others) == 1:
            return growth(Decimal(claim.value), *others)
        case RelationKind.CELL:
            return same(_quantity(claim), sum(cells[address] or 0 for address in relation.addresses))
        case _:
            return _by_its_check(claims, relation)


def _share(
    claim: Claim,
    relation: Relation,
    others: Sequence[Quantity],
    cells: Mapping[str, int | Decimal | None],
) -> Judgement:
    if not relation.addresses:
        return share(Decimal(claim.value), *others)
    part, whole = (
        sum(cells[address] or 0 for address in addresses)
        for addresses in (relation.part_addresses, relation.addresses)
    )
    return share_of_cells(Decimal(claim.value), others[0] if others else part, whole)


def _by_its_check(claims: Sequence[Claim], relation: Relation) -> Judgement:
    text = ReportText(Document("", "", "utf-8", ()), claims, {}, (), Header(), is_ocr=False)
    return CHECK_OF[relation.kind].judge(text, relation) or UNDECIDED


def _quantity(claim: Claim) -> Quantity:
    known = quantity(claim)
    # Of about a number no more is known than that it isn't below zero.
    return AtLeast(0) if known is None else known
