"""A reading, and its result, as people decided.

A person is one more reader, and the last: a cell that they accept or correct is settled, and the rules are
put to the figures that they name. Such a figure must stand on the page where they say. It is never
``confirmed``: the status says that a person settled it. Nor does it mend the page: where that contradicts
itself, whatever was decided, the contradiction is told, and who decided on it.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence, Set
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
from extractor.verify.words import Words, filled, in_both, in_each, joined, name_of, text_in
from rules.form import Form
from rules.words import Bilingual, Language

# Characters: no number on a page is longer, separators included.
_LONGEST_NUMBER = 40
_STATUSES = {
    Choice.ACCEPTED: Status.ACCEPTED,
    Choice.CORRECTED: Status.CORRECTED,
    Choice.REJECTED: Status.DISPUTED,
}

_CHOSEN = {
    Choice.ACCEPTED: Bilingual(zh="{by}认可“{name}”", en="{by} accepted “{name}”"),
    Choice.CORRECTED: Bilingual(
        zh="{by}将“{name}”更正为“{printed}”", en="{by} corrected “{name}” to “{printed}”"
    ),
    Choice.REJECTED: Bilingual(zh="{by}驳回“{name}”的读数", en="{by} rejected how “{name}” is read"),
}
_DECIDED = Bilingual(zh="{decided}；页面所印未变。", en="{decided}; the page is as it was.")


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


def honoured(
    before: ReportReading, evidence: Extraction, extraction: Extraction, decisions: Decisions, number: int
) -> Extraction:
    """A result with the statuses that people's decisions give, and the verdict that follows.

    Args:
        before: what the layout gives without decisions.
        evidence: the result of that.
        extraction: the result of reading it with decisions.
        decisions: on the file.
        number: of the report in it, from 1.
    """
    choices, spans = decisions.on(number), dict(_spans(before.reading))
    by_evidence = {cell.address: cell for cell in evidence.cells}
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
    void = decisions.record.void(decisions.source) + len(choices) - len(valid)
    told = [
        *_with_proved(evidence.findings, _open(extraction.findings, decided, cells), by_evidence),
        *_rejected(before, cells, decided),
        *_void(before.document, void),
    ]
    findings = in_page_order(_marked(before, finding, valid) for finding in told)
    verdict = verdict_of((cell.status for cell in cells), findings)
    update = {"cells": cells, "decisions": decided, "findings": findings, "verdict": verdict}
    remarks = in_page_order(_with_proved(evidence.remarks, extraction.remarks, by_evidence))
    return extraction.model_copy(update={**update, "remarks": remarks})


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
    """A cell that nobody decided on: what a person says of others proves nothing of it, nor clears it."""
    if before.status is Status.AS_PRINTED:
        return replace(cell, status=before.status)
    is_proved_by_them = cell.status is Status.CONFIRMED and before.status is not Status.CONFIRMED
    return replace(cell, status=Status.UNCHECKED) if is_proved_by_them else cell


def _with_proved(
    evidence: Iterable[Finding], findings: Iterable[Finding], by_evidence: Mapping[str, Cell]
) -> Iterator[Finding]:
    """Findings, with what the page itself proves, as it was proved: no decision undoes that.

    Args:
        evidence: what was found without decisions.
        findings: what was found with them.
        by_evidence: the cells without decisions, by address.
    """
    proved = {_subject(one): one for one in evidence if _is_proved(one, by_evidence)}
    yield from proved.values()
    yield from (one for one in findings if _subject(one) not in proved)


def _subject(finding: Finding) -> Hashable:
    """What a finding is about, whatever the figures are."""
    return finding.rule, finding.place, finding.places, finding.span if finding.place is None else None


def _is_proved(finding: Finding, by_evidence: Mapping[str, Cell]) -> bool:
    """Whether a finding is of the page's own making; a warning is, if the page itself places its cell."""
    if finding.severity == "hard":
        return finding.cause is not Cause.UNRESOLVED
    cell = by_evidence.get(finding.place or "")
    return finding.rule not in DEFECTS and (cell is None or cell.placement == "certain")


def _open(
    findings: Sequence[Finding], decided: Sequence[Decided], cells: Sequence[Cell]
) -> Iterator[Finding]:
    """What of the findings is left when people have settled some cells."""
    choices = {one.address: one.choice for one in decided if one.choice is not Choice.REJECTED}
    for finding in findings:
        about = _cells_of(finding, cells)
        is_settled = bool(about) and choices.keys() >= about
        if is_settled and finding.rule == "unreadable" and Choice.ACCEPTED in map(choices.get, about):
            # The page prints it so, and it is no number.
            yield finding.model_copy(update={"cause": Cause.SOURCE_ERROR})
        elif finding.rule not in DEFECTS or not is_settled:
            yield _judged(finding, choices.keys())


def _cells_of(finding: Finding, cells: Sequence[Cell]) -> set[str]:
    """The cells that a defect is about."""
    about = {finding.place, *finding.places} - {None}
    return {
        cell.address
        for cell in cells
        for place in about
        if cell.address == place or cell.address.startswith(f"{place}.")
    }


def _judged(finding: Finding, settled: Set[str]) -> Finding:
    """A rule that doesn't hold is the page's fault, where people settled all suspects."""
    if finding.cause is Cause.UNRESOLVED and finding.suspects and settled >= set(finding.suspects):
        return finding.model_copy(update={"cause": Cause.SOURCE_ERROR})
    return finding


def _marked(before: ReportReading, finding: Finding, valid: Mapping[str, Decision]) -> Finding:
    """A rule that the page violates, with what people decided on the cells that it suspects."""
    about = [valid[one] for one in dict.fromkeys([*finding.suspects, finding.place or ""]) if one in valid]
    if finding.rule in DEFECTS or not about:
        return finding
    words = in_each(
        lambda language: {
            "decided": ("，" if language == "zh" else ", ").join(
                _decision_words(before, one, language) for one in about
            )
        }
    )
    return finding.model_copy(update={"message": joined(finding.message, filled(_DECIDED, words))})


def _decision_words(before: ReportReading, decision: Decision, language: Language) -> str:
    form = next(form for form in before.forms if decision.address in form.places)
    told = {"by": decision.by, "name": name_of(form, decision.address, language)}
    return text_in(_CHOSEN[Choice(decision.kind)], language).format(**told, printed=decision.printed or "")


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
