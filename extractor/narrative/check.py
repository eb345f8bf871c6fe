"""Putting what the free text claims to the rules: against itself, the tables, and the report of last year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from extractor.documents.document import Document
from extractor.narrative.admitted.otherwise import admitted
from extractor.narrative.checks.contract import Judged, ReportText
from extractor.narrative.checks.document.check import check_document
from extractor.narrative.checks.last_year import differences
from extractor.narrative.checks.registry import CHECK_OF, TEXT_CHECKS
from extractor.narrative.claims.two_readings import contradicted
from extractor.result.cells import LAYOUT, Cell
from extractor.result.extraction import Extraction
from extractor.result.findings import Cause, Finding
from extractor.result.header import Header
from extractor.result.narrative import Narrative, Relation
from extractor.verify.findings import in_page_order
from extractor.verify.status import verdict_of
from rules.claims import UNDECIDED
from rules.confront import Outcome
from rules.form import Form


def with_narrative(
    document: Document, extraction: Extraction, narrative: Narrative, forms: Sequence[Form]
) -> Extraction:
    """A result with what the free text says, checked, and with what the report lacks as a document.

    Args:
        document: that was read.
        extraction: what its tables gave.
        narrative: its claims and their relations, undecided.
        forms: the forms that its cells may be of.
    """
    cells = {cell.address: cell for cell in extraction.cells}
    checked, findings = check_narrative(
        document, narrative, cells, forms, header=extraction.header, is_ocr=document.is_ocr
    )
    extraction = extraction.model_copy(update={"narrative": checked})
    on_figures, remarks = check_document(document, extraction, forms)
    extraction = extraction.model_copy(update={"remarks": in_page_order(remarks)})
    findings = (*findings, *on_figures)
    return _with_findings(extraction, findings) if findings else extraction


def with_last_year(
    document: Document, extraction: Extraction, last_year: Extraction, forms: Sequence[Form]
) -> Extraction:
    """A result with what contradicts the report of the year before.

    Args:
        document: that was read.
        extraction: what it gave.
        last_year: last year's result; if it states another year than that, nothing is compared.
        forms: the forms that the cells of either may be of.
    """
    return _with_findings(extraction, tuple(differences(document, extraction, last_year, forms)))


def _with_findings(extraction: Extraction, findings: Sequence[Finding]) -> Extraction:
    """A result with more findings, and the verdict that follows."""
    together = in_page_order([*extraction.findings, *findings])
    verdict = verdict_of((cell.status for cell in extraction.cells), together)
    return extraction.model_copy(update={"findings": together, "verdict": verdict})


def check_narrative(
    document: Document,
    narrative: Narrative,
    cells: Mapping[str, Cell],
    forms: Sequence[Form],
    *,
    header: Header | None = None,
    is_ocr: bool = False,
) -> tuple[Narrative, tuple[Finding, ...]]:
    """Put claims to the rules.

    Args:
        document: where they were read.
        narrative: the claims and their relations, undecided.
        cells: of the tables, by address.
        forms: the forms that these may be of.
        header: whose dates must exist.
        is_ocr: whether the text was recognised from pictures: what contradicts itself may be misread.

    Returns:
        The narrative with outcomes, and a finding for every violated rule.
    """
    text = ReportText(document, narrative.claims, cells, forms, header or Header(), is_ocr)
    judged = [
        Judged(relation, CHECK_OF[relation.kind].judge(text, relation) or UNDECIDED)
        for relation in narrative.relations
    ]
    judged = admitted(text, judged)
    decided = tuple(relation.decided(judgement.outcome) for relation, judgement in judged)
    otherwise = contradicted(decided)
    findings: list[Finding] = []
    for index, one in enumerate(judged):
        if one.judgement.outcome is Outcome.VIOLATED:
            finding = CHECK_OF[one.relation.kind].finding(text, one)
            findings.append(_as_sure_as_read(finding, one.relation, is_open=index in otherwise))
    for check in TEXT_CHECKS:
        findings += check.findings(text, judged)
    return replace(narrative, relations=decided), tuple(findings)


def _as_sure_as_read(finding: Finding, relation: Relation, *, is_open: bool) -> Finding:
    """A finding about what a model alone reads is a warning; where readers differ, a person decides."""
    if finding.severity == "hard" and LAYOUT not in relation.readers:
        return finding.model_copy(update={"severity": "soft", "cause": None})
    if finding.severity == "hard" and is_open:
        return finding.model_copy(update={"cause": Cause.UNRESOLVED})
    return finding
