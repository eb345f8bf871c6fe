"""What is told of one file that was checked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from extractor.documents.document import Document
from extractor.forms import AnyForms
from extractor.pipeline import ReadReport
from extractor.result.findings import Finding
from extractor.result.verdict import Verdict
from extractor.verify.findings import in_page_order
from extractor.verify.names import named_cells
from rules.form import Form
from rules.words import Bilingual, Severity, Words

_ENDS = re.compile(r"[。！？!?\r\n]")


class ToldFinding(NamedTuple):
    """A finding, or a remark, and what is to be known of it outside its report.

    Attributes:
        finding: what is told.
        report: what its report is called: the file, with a number where this holds several.
        end: line and column behind the last character that it is about, counted from 1; None if it has no
            place, or the file isn't text: then its line and column are none of the file's.
        context: the sentence, or the row of a table, that it is about; empty if it has no place.
        named: the cells that it suspects, as people name them; None if it suspects none.
    """

    finding: Finding
    report: str
    end: tuple[int, int] | None
    context: str
    named: Bilingual | None = None


class Acceptance(BaseModel):
    """A finding that a person has accepted.

    Attributes:
        path: of the file, relative to the baseline's folder, with slashes.
        rule: that is violated.
        context: a hash of what the finding is about and says.
        message: what it says, in Chinese, for those who read the baseline.
        reason: why that is accepted.
        person: by whom.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    path: Words
    rule: Words
    context: Words
    message: Words
    reason: Words
    person: Words

    @property
    def key(self) -> tuple[str, str, str]:
        """What it is of: the same for findings that can't be told apart."""
        return self.path, self.rule, self.context


class AcceptedFinding(NamedTuple):
    """A finding that isn't told, and who says that it needn't be."""

    finding: ToldFinding
    acceptance: Acceptance


class CheckedFile(NamedTuple):
    """What is told of one file.

    Attributes:
        path: of the file, as it was given.
        told: in the order of the page, of several reports one after the other.
        verdicts: on the reports in it.
        forms: that it was read by.
        failing: how severe a finding is that fails it.
        failure: why it couldn't be read; None if it could.
        accepted: what isn't told, as a person has accepted it.
    """

    path: str
    told: tuple[ToldFinding, ...]
    verdicts: tuple[Verdict, ...]
    forms: AnyForms
    failing: frozenset[Severity]
    failure: Bilingual | None = None
    accepted: tuple[AcceptedFinding, ...] = ()

    @property
    def has_failed(self) -> bool:
        """Whether something is told that fails it."""
        return any(one.finding.severity in self.failing for one in self.told)


def told_of(report: ReadReport, forms: Sequence[Form], rules: frozenset[str] | None) -> Iterator[ToldFinding]:
    """What is told of a report.

    Args:
        report: with its document.
        forms: that it may have been read by.
        rules: whose findings are wanted; None for all.
    """
    document, extraction = report
    for finding in in_page_order([*extraction.findings, *extraction.remarks]):
        if rules is None or finding.rule in rules:
            span = finding.span
            end = document.position(span.end) if span is not None and not document.located else None
            named = named_cells(extraction, forms, finding.suspects) if finding.suspects else None
            yield ToldFinding(finding, extraction.report, end, _context(document, finding), named)


def _context(document: Document, finding: Finding) -> str:
    if finding.span is None:
        return ""
    start, end = finding.span
    before = [match.end() for match in _ENDS.finditer(document.text, max(0, start - 1000), start)]
    behind = _ENDS.search(document.text, end)
    first = before[-1] if before else max(0, start - 1000)
    return document.text[first : behind.end() if behind else len(document.text)].strip()
