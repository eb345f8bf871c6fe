"""What the free text of a report says, in one call."""

from __future__ import annotations

from extractor.documents.document import Document
from extractor.layout.reading import Reading
from extractor.narrative.claims import Narrative
from extractor.narrative.free_text import free_text
from extractor.narrative.items import read_fee_statement, read_items
from extractor.narrative.sections import read_sections


def read_narrative(document: Document, reading: Reading) -> Narrative:
    """Read the free text of a report.

    Args:
        document: the report.
        reading: of its tables, whose cells are no free text.
    """
    sections = read_sections(document)
    stretches = free_text(document, sections, reading)
    problems, improvements = read_items(document, sections, stretches)
    return Narrative(sections, problems, improvements, read_fee_statement(document, stretches))
