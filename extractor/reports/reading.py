"""What the layout of one report gives, before anything is verified."""

from __future__ import annotations

from typing import NamedTuple

from extractor.documents.document import Document
from extractor.forms import Family
from extractor.layout.reading import Reading
from extractor.result.header import Header


class ReportReading(NamedTuple):
    """What the layout of one report gives.

    Attributes:
        document: the report; of a document that holds several, nothing but this one, at the offsets that it
            has there.
        forms: the editions that it was read by.
        reading: the tables.
        header: the header facts.
        whole: where the table that decides on the edition is there twice, with other figures, and the reading
            has one of them, the report with both; else None.
    """

    document: Document
    forms: Family
    reading: Reading
    header: Header
    whole: Document | None = None
