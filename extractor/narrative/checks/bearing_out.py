"""Whether the numbers of a text bear a relation out; for those who read it and have several readings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from extractor.documents.document import Document
from extractor.narrative.checks.contract import ReportText
from extractor.narrative.checks.registry import CHECK_OF
from extractor.narrative.claims.tables import Tables
from extractor.narrative.claims.worded import Holds
from extractor.result.header import Header
from extractor.result.narrative import Claim, Relation
from rules.confront import Outcome


def borne_out(document: Document, tables: Tables, header: Header) -> Callable[[Sequence[Claim]], Holds]:
    """What tells, of the claims of a stretch of text, whether relations of them hold.

    Args:
        document: where they are read.
        tables: of the report.
        header: what the report says about itself.
    """

    def among(claims: Sequence[Claim]) -> Holds:
        return partial(_holds, ReportText(document, claims, tables.cells, tables.forms, header, is_ocr=False))

    return among


def _holds(text: ReportText, relation: Relation) -> bool:
    judgement = CHECK_OF[relation.kind].judge(text, relation)
    return judgement is not None and judgement.outcome is Outcome.SATISFIED
