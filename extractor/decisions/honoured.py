"""A reading, and its result, as people decided.

A person is one more reader, and the last: a cell that they accept or correct is settled, and the rules are
put to the figures that they name. Such a figure must stand on the page where they say. It is never
``confirmed``: the status says that a person settled it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from extractor.decisions.record import Decision, Record
from extractor.documents.document import Document, Span
from extractor.layout.reading import Reading, ReadRow
from extractor.reports.reading import ReportReading
from extractor.result.cells import Basis, Cell, Status
from extractor.result.decisions import Choice, Decided
from extractor.result.extraction import Extraction
from extractor.result.findings import Cause, Finding
from extractor.text.figures import numbers_in
from extractor.verify.defect_words import DEFECTS
from extractor.verify.findings import finding_at, in_page_order
from extractor.verify.status import verdict_of
from extractor.verify.verification import verify
from extractor.verify.words import Words, filled, in_both, in_each, name_of
from rules.form import Form

# Characters: no number on a page is longer, separators included.
_LONGEST_NUMBER = 40
_STATUSES = {
    Choice.ACCEPTED: Status.ACCEPTED,
    Choice.CORRECTED: Status.CORRECTED,
    Choice.REJECTED: Status.DISPUTED,
}


class Decisions(NamedTuple):
    """What was decided of a file, and which bytes it has now.

    Attributes:
        record: all that is kept.
        source: the digest of the bytes.
    """

    record: Record
    source: str

    def on(self, report: int) -> dict[str, Decision]:
        """The choices that hold of the report with this number, by the address of the cell."""
        return self.record.on(self.source, report)


def with_decisions(report: ReportReading, choices: Mapping[str, Decision]) -> ReportReading:
    """What the layout of a report gives, with the figures that people name in their places.

    Args:
        report: what the layout gives.
        choices: of people, by the address of the cell.
    """
    return report._replace(reading=_changed(report.document, report.reading, choices))


def _changed(document: Document, reading: Reading, choices: Mapping[str, Decision]) -> Reading:
    rows = [
        _decided_row(document, row, choices)
        for block in reading.blocks
        for row in block.found
        if not choices.keys().isdisjoint(row.addresses)
    ]
    return reading.with_rows(rows) if rows else reading


def _decided_row(document: Document, row: ReadRow, choices: Mapping[str, Decision]) -> ReadRow:
    """A row with the figures that people name; if they settle all of it, nothing of it is in doubt."""
    spans = list(row.spans) or [None] * len(row.addresses)
    settled = set()
    for place, address in enumerate(row.addresses):
        decision = choices.get(address)
        if decision is None or not is_valid(document, decision, spans[place]):
            continue
        if decision.kind is Choice.CORRECTED:
            spans[place] = decision.span
        if decision.kind is not Choice.REJECTED and spans[place] is not None:
            settled.add(address)
    if not settled:
        return row
    row = row._replace(
        spans=tuple(spans),
        is_absent=False,
        differing=row.differing - settled,
        open=row.open - settled,
        moving=row.moving - settled,
    )
    if not settled.issuperset(row.addresses):
        return row
    # Read again by a person, as a whole.
    return row._replace(
        doubts=frozenset(),
        basis=Basis.LABELS,
        is_reread=True,
        is_agreed=False,
        is_one_of_several=False,
        is_usual=False,
    )


def is_valid(document: Document, decision: Decision, span: Span | None) -> bool:
    """Whether what was decided can still be: the cell is read as it was, a correction stands where it says.

    Of a cell that isn't on the page, nothing but a correction can be said; and what a correction names is a
    whole number, never a part of its digits.

    Args:
        document: that it is about.
        decision: on a cell.
        span: of the cell as it is read now; None if nothing is read.
    """
    if decision.read != ("" if span is None else document.text[span.start : span.end]):
        return False
    if decision.kind is not Choice.CORRECTED:
        return span is not None
    stands = decision.span
    if stands is None or document.text[stands.start : stands.end] != decision.printed:
        return False
    around = max(0, stands.start - _LONGEST_NUMBER), stands.end + _LONGEST_NUMBER
    return not any(
        start < stands.end and stands.start < end and (start < stands.start or stands.end < end)
        for start, end in numbers_in(document.text, *around)
    )


def honoured(before: ReportReading, extraction: Extraction, decisions: Decisions, number: int) -> Extraction:
    """A result with the statuses that people's decisions give, and the verdict that follows.

    Args:
        before: what the layout gives without decisions.
        extraction: the result of reading it with them.
        decisions: on the file.
        number: of the report in it, from 1.
    """
    choices, spans = decisions.on(number), dict(_spans(before.reading))
    verified = verify(before.document, before.reading, before.forms).extraction(before.header)
    by_evidence = {cell.address: cell for cell in verified.cells}
    valid = {
        address: choice
        for address, choice in choices.items()
        if address in spans and is_valid(before.document, choice, spans[address])
    }
    decided = tuple(
        _decided(by_evidence[address], valid[address]) for address in by_evidence if address in valid
    )
    cells = tuple(
        _with_status(cell, by_evidence[cell.address], valid[cell.address])
        if cell.address in valid
        else _unproved(cell, by_evidence[cell.address])
        for cell in extraction.cells
    )
    settled = {one.address for one in decided if one.choice is not Choice.REJECTED}
    void = decisions.record.void(decisions.source) + len(choices) - len(valid)
    findings = in_page_order(
        [
            *_open(extraction.findings, settled, cells),
            *_rejected(before, cells, decided),
            *_void(before.document, void),
        ]
    )
    verdict = verdict_of((cell.status for cell in cells), findings)
    update = {"cells": cells, "decisions": decided, "findings": findings, "verdict": verdict}
    return extraction.model_copy(update=update)


def _spans(reading: Reading) -> Iterator[tuple[str, Span | None]]:
    for block in reading.blocks:
        for row in block.found:
            yield from zip(row.addresses, row.spans or [None] * len(row.addresses), strict=True)


def _decided(cell: Cell, decision: Decision) -> Decided:
    return Decided(
        address=cell.address,
        choice=Choice(decision.kind),
        by=decision.by,
        at=decision.at,
        note=decision.note,
        read=decision.read,
        status=cell.status,
    )


def _with_status(cell: Cell, before: Cell, decision: Decision) -> Cell:
    """A cell that a person decided on: what places it is what did before, and that may be nothing."""
    status = _STATUSES[Choice(decision.kind)]
    return replace(cell, status=status, basis=before.basis, placement=before.placement)


def _unproved(cell: Cell, before: Cell) -> Cell:
    """A cell that nobody decided on: what a person says of others proves nothing of it."""
    is_proved_by_them = cell.status is Status.CONFIRMED and before.status is not Status.CONFIRMED
    return replace(cell, status=Status.UNCHECKED) if is_proved_by_them else cell


def _open(findings: Sequence[Finding], settled: set[str], cells: Sequence[Cell]) -> Iterator[Finding]:
    """What of the findings is left when people have settled these cells."""
    for finding in findings:
        if not _is_settled(finding, settled, cells):
            yield _judged(finding, settled)


def _is_settled(finding: Finding, settled: set[str], cells: Sequence[Cell]) -> bool:
    """Whether a finding is a doubt about cells of which people have settled every one.

    A rule that doesn't hold is no doubt: it stays, whoever looked at it.
    """
    about = {finding.place, *finding.places} - {None}
    if finding.left is not None or finding.suspects or not about:
        return False
    named = {
        cell.address
        for cell in cells
        for place in about
        if cell.address == place or cell.address.startswith(f"{place}.")
    }
    return bool(named) and named <= settled


def _judged(finding: Finding, settled: set[str]) -> Finding:
    """A rule that doesn't hold is the page's fault, where people settled all suspects."""
    if finding.cause is Cause.UNRESOLVED and finding.suspects and settled.issuperset(finding.suspects):
        return finding.model_copy(update={"cause": Cause.SOURCE_ERROR})
    return finding


def _rejected(before: ReportReading, cells: Sequence[Cell], decided: Sequence[Decided]) -> Iterator[Finding]:
    """What people say is wrong, and nobody has put right."""
    by = {one.address: one.by for one in decided if one.choice is Choice.REJECTED}
    for cell in cells:
        if cell.address in by:
            form = next(form for form in before.forms if cell.address in form.places)
            words = _rejected_words(form, cell, by[cell.address])
            message = filled(DEFECTS["rejected"], words)
            yield finding_at(before.document, "rejected", message, cell.span, place=cell.address)


def _rejected_words(form: Form, cell: Cell, by: str) -> Words:
    told = {"printed": cell.printed, "by": by}
    return in_each(lambda lang: {"name": name_of(form, cell.address, lang), **told})


def _void(document: Document, count: int) -> Iterator[Finding]:
    """That decisions don't hold any more, if there are some."""
    if count:
        message = filled(DEFECTS["decisions-void"], in_both(count=str(count)))
        yield finding_at(document, "decisions-void", message, None, severity="soft", cause=None)
