"""Status and verdict: every combination of evidence against DESIGN's list, first match."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from extractor.result.cells import Grounding, Status
from extractor.result.findings import Cause, Finding
from extractor.result.verdict import Verdict
from extractor.verify.status import Evidence, status_of, verdict_of
from rules.words import Bilingual, Severity

BOOLEANS = (False, True)


def needed(e: Evidence) -> int:
    """How many balances prove a cell."""
    return 2 if e.is_ocr and not e.ocr_agreed else 1


def expected(e: Evidence) -> str:
    """The list of "Status and verdict, exactly", written out again."""
    suspect = e.suspect_among_certain or e.suspect_among_uncertain
    is_borne_out = e.satisfied >= needed(e)
    conditions = [
        ("absent", e.is_absent),
        (
            "disputed",
            not e.is_settled
            or e.grounding in ("ambiguous", "none")
            or e.readers_differ
            or not e.is_parsable
            or e.satisfied < needed(e) > 1
            or (e.suspect_among_uncertain and not e.reread_unchanged),
        ),
        ("as_printed", suspect),
        (
            "confirmed",
            is_borne_out and not (e.in_error or suspect or e.is_beside_the_page or e.ocr_unprovable),
        ),
        ("unchecked", True),
    ]
    return next(name for name, holds in conditions if holds)


def test_every_combination() -> None:
    seen = set()
    flags = [name for name in Evidence._fields if name not in ("grounding", "satisfied")]
    for chosen in product(BOOLEANS, repeat=len(flags)):
        for grounding, satisfied in product(Grounding, range(4)):
            values: dict[str, Any] = dict(zip(flags, chosen, strict=True))
            evidence = Evidence(grounding=grounding, satisfied=satisfied, **values)
            assert status_of(evidence) == expected(evidence), evidence
            seen.add(status_of(evidence))
    # The others are a person's, and beside this: no evidence gives them.
    assert seen == set(Status) - {Status.ACCEPTED, Status.CORRECTED}


@pytest.mark.parametrize(
    ("evidence", "status"),
    [
        (Evidence(satisfied=1), "confirmed"),
        (Evidence(satisfied=0), "unchecked"),
        (Evidence(satisfied=1, in_error=True), "unchecked"),
        (Evidence(satisfied=1, is_ocr=True), "disputed"),
        (Evidence(satisfied=0, is_ocr=True, ocr_agreed=True), "unchecked"),
        (Evidence(satisfied=1, is_ocr=True, ocr_agreed=True), "confirmed"),
        (Evidence(satisfied=1, is_ocr=True, ocr_agreed=True, ocr_unprovable=True), "unchecked"),
        (Evidence(satisfied=2, is_ocr=True), "confirmed"),
        (Evidence(satisfied=2, is_ocr=True, ocr_unprovable=True), "unchecked"),
        (Evidence(satisfied=2, is_settled=False), "disputed"),
        (Evidence(satisfied=2, is_beside_the_page=True), "unchecked"),
        (Evidence(satisfied=2, grounding=Grounding.AMBIGUOUS), "disputed"),
        (Evidence(satisfied=2, grounding=Grounding.FOLDED), "confirmed"),
        (Evidence(satisfied=2, readers_differ=True), "disputed"),
        (Evidence(satisfied=1, suspect_among_certain=True), "as_printed"),
        (Evidence(satisfied=1, suspect_among_uncertain=True), "disputed"),
        (Evidence(satisfied=1, suspect_among_uncertain=True, reread_unchanged=True), "as_printed"),
        (Evidence(is_absent=True, is_settled=False, grounding=Grounding.NONE), "absent"),
    ],
)
def test_one_by_one(evidence: Evidence, status: str) -> None:
    assert status_of(evidence) == status


def finding(severity: Severity, cause: Cause | None) -> Finding:
    return Finding(rule="x", severity=severity, cause=cause, message=Bilingual(zh="x", en="x"))


FINDINGS = [
    finding("hard", Cause.UNRESOLVED),
    finding("hard", Cause.SOURCE_ERROR),
    finding("hard", Cause.NOT_STATED),
    finding("soft", None),
]


def test_every_combination_of_statuses_and_findings() -> None:
    for chosen in product(BOOLEANS, repeat=len(Status)):
        statuses = [status for status, there in zip(Status, chosen, strict=True) if there]
        for there in product(BOOLEANS, repeat=len(FINDINGS)):
            findings = [one for one, use in zip(FINDINGS, there, strict=True) if use]
            if Status.ABSENT in statuses or Status.DISPUTED in statuses or there[0]:
                verdict = Verdict.NEEDS_REVIEW
            elif there[1] or there[2]:
                verdict = Verdict.SOURCE_ERROR
            else:
                verdict = Verdict.VERIFIED
            assert verdict_of(statuses, findings) == verdict
