"""What the free text of a report says, in one call."""

from __future__ import annotations

from collections.abc import Mapping

from extractor.documents.document import Document
from extractor.extraction import Cell, Header
from extractor.layout.reading import Reading
from extractor.narrative.claims import Narrative
from extractor.narrative.free_text import free_text
from extractor.narrative.items import read_fee_statement, read_items
from extractor.narrative.prose import sections_of
from extractor.narrative.reader import read_claims
from extractor.narrative.sections import read_sections


def read_narrative(
    document: Document, reading: Reading, header: Header, cells: Mapping[str, Cell]
) -> Narrative:
    """Read the free text of a report.

    Args:
        document: the report.
        reading: of its tables, whose cells are no free text.
        header: what the report says about itself.
        cells: of the tables, by address.
    """
    sections = read_sections(document)
    stretches = free_text(document, sections, reading)
    problems, improvements = read_items(document, sections, stretches)
    claims, relations = read_claims(document, sections_of(document.text, stretches), header, cells)
    fees = read_fee_statement(document, stretches)
    return Narrative(sections, problems, improvements, fees, claims, relations)
