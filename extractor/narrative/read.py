"""What the free text of a report says, in one call."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from extractor.documents.document import Document
from extractor.layout.reading import Reading
from extractor.narrative.checks.bearing_out import borne_out
from extractor.narrative.claims.read import read_claims
from extractor.narrative.claims.tables import Tables
from extractor.narrative.text.free_text import free_text
from extractor.narrative.text.items import read_fee_statement, read_items
from extractor.narrative.text.prose import Prose, sections_of
from extractor.narrative.text.sections import read_sections
from extractor.result.extraction import Extraction
from extractor.result.narrative import Narrative
from rules.form import Form


class NarrativeReading(NamedTuple):
    """The free text as it was read.

    Attributes:
        narrative: what it says; the relations of its claims are undecided.
        stretches: the text itself, folded, in order.
        tables: the report's, which the text may repeat.
    """

    narrative: Narrative
    stretches: tuple[Prose, ...]
    tables: Tables


def read_narrative(
    document: Document, reading: Reading, extraction: Extraction, forms: Sequence[Form]
) -> NarrativeReading:
    """Read the free text of a report.

    Args:
        document: the report.
        reading: of its tables, whose cells are no free text.
        extraction: what the tables gave.
        forms: the family of forms that the tables are of.
    """
    sections = read_sections(document)
    text = free_text(document, sections, reading)
    problems, improvements = read_items(document, sections, text)
    stretches = sections_of(document.text, text)
    tables = Tables({cell.address: cell for cell in extraction.cells}, forms)
    holds = borne_out(document, tables, extraction.header)
    claims, relations = read_claims(document, stretches, extraction.header, tables, holds)
    narrative = Narrative(
        sections, problems, improvements, read_fee_statement(document, text), claims, relations
    )
    return NarrativeReading(narrative, stretches, tables)
