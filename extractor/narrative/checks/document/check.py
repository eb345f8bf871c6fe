"""Putting a report as a document to the rules of its form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractor.documents.document import Document
from extractor.narrative.checks.document.contract import CheckedReport, Told
from extractor.narrative.checks.document.registry import CHECK_NAMED
from extractor.result.extraction import Extraction
from extractor.result.findings import Cause, Finding
from extractor.verify.findings import finding_at
from extractor.verify.words import filled
from rules.document import DocumentRule, followed
from rules.form import Form
from rules.words import Severity


class DocumentFindings(NamedTuple):
    """What violates the rules on a document.

    Attributes:
        on_figures: where figures of the tables are wrong.
        remarks: the rest.
    """

    on_figures: tuple[Finding, ...]
    remarks: tuple[Finding, ...]


def check_document(document: Document, extraction: Extraction, forms: Sequence[Form]) -> DocumentFindings:
    """Put a report to the rules on a document that its form has.

    Args:
        document: where it was read.
        extraction: what was read, the narrative included.
        forms: the family of forms that it is of.
    """
    if not forms:
        return DocumentFindings((), ())
    editions = [form.edition for form in forms]
    number = editions.index(extraction.edition) if extraction.edition in editions else 0
    rules = followed([form.document for form in forms], number)
    report = CheckedReport(document, extraction, tuple(forms), rules)
    found = {True: list[Finding](), False: list[Finding]()}
    for rule in rules.rules:
        found[CHECK_NAMED[rule.check].is_on_figures] += _findings(report, rule)
    return DocumentFindings(tuple(found[True]), tuple(found[False]))


def _findings(report: CheckedReport, rule: DocumentRule) -> Iterator[Finding]:
    for told in CHECK_NAMED[rule.check].told(report, rule):
        yield _finding(report, rule, told)


def _finding(report: CheckedReport, rule: DocumentRule, told: Told) -> Finding:
    severity: Severity = rule.severity
    if severity == "hard" and report.document.is_ocr:
        # What was recognised from a picture may be misread.
        severity = "soft"
    return finding_at(
        report.document,
        rule.id,
        filled(rule.message, told.words),
        told.span,
        severity=severity,
        cause=Cause.SOURCE_ERROR if severity == "hard" else None,
        citation=rule.citation,
        place=told.place,
    )
