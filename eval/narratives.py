"""Free text outside a report: sentences read on their own, with the cells that a test gives them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from extractor.documents.document import Document, Span
from extractor.extraction import Cell, Fact, Grounding, Header, Status
from extractor.narrative.claims import Approximation, Claim, Narrative, Relation, RelationKind
from extractor.narrative.prose import prose
from extractor.narrative.reader import read_claims
from rules.confront import Outcome, State
from rules.narrative import AtLeast, Judgement, Quantity, closed, growth, open_parts, same, share


def read_sentences(
    text: str, cells: Mapping[str, int] | None = None, organ: str = "某某区人民政府", year: str = "2023"
) -> Narrative:
    """The claims and relations of a text that is all free text.

    Args:
        text: unfolded.
        cells: the figures of a report's tables, by address.
        organ, year: whose report it would be, and of what year.
    """
    nowhere = Span(0, 0)
    header = Header(
        organ=Fact(printed=organ, value=organ, span=nowhere),
        year=Fact(printed=year, value=year, span=nowhere),
    )
    document = Document(text, "sentences", "utf-8", ())
    claims, relations = read_claims(
        document,
        [prose(text, "1", Span(0, len(text)))],
        header,
        {address: _cell(address, value) for address, value in (cells or {}).items()},
    )
    return Narrative(claims=claims, relations=relations)


def _cell(address: str, value: int) -> Cell:
    return Cell(
        address, str(value), value, None, State.NUMBER, Status.CONFIRMED, "certain", Grounding.EXACT,
        Span(0, 0), None, None, ("layout",),
    )  # fmt: skip


class Judged(NamedTuple):
    """A relation, put to its rule."""

    relation: Relation
    judgement: Judgement


def judged(narrative: Narrative, cells: Mapping[str, int] | None = None) -> tuple[Judged, ...]:
    """Every relation of a text with what its arithmetic says; approximate numbers decide nothing.

    Args:
        narrative: as read.
        cells: the figures of the tables, by address.
    """
    return tuple(Judged(one, _judgement(narrative.claims, one, cells or {})) for one in narrative.relations)


def violations(narrative: Narrative, cells: Mapping[str, int] | None = None) -> list[str]:
    """The rules that a text violates, in the order of its relations, without ``narrative-``."""
    return [
        one.judgement.rule.removeprefix("narrative-")
        for one in judged(narrative, cells)
        if one.judgement.outcome is Outcome.VIOLATED
    ]


def _judgement(claims: Sequence[Claim], relation: Relation, cells: Mapping[str, int]) -> Judgement:
    claim = claims[relation.claim]
    others = [_quantity(claims[other]) for other in relation.others]
    match relation.kind:
        case RelationKind.CLOSED:
            return closed(_quantity(claim), others)
        case RelationKind.OPEN:
            return open_parts(_quantity(claim), others)
        case RelationKind.SHARE:
            return share(Decimal(claim.value), *others)
        case RelationKind.GROWTH:
            return growth(Decimal(claim.value), *others)
        case RelationKind.CELL:
            return same(_quantity(claim), sum(cells[address] for address in relation.addresses))


def _quantity(claim: Claim) -> Quantity:
    if claim.approximation is Approximation.AT_LEAST:
        return AtLeast(claim.value)
    if claim.approximation is Approximation.ABOUT:
        # No more is known than that it isn't below zero.
        return AtLeast(0)
    return claim.value
