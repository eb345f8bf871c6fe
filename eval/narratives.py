"""Free text outside a report: sentences read on their own, with the cells that a test gives them."""

from __future__ import annotations

from collections.abc import Mapping

from extractor.documents.document import Document, Span
from extractor.extraction import Cell, Fact, Grounding, Header, Status
from extractor.narrative.claims import Narrative
from extractor.narrative.prose import prose
from extractor.narrative.reader import read_claims
from rules.confront import State


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
