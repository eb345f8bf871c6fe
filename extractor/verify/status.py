"""Status of a cell and verdict on a report, from the evidence alone: first match wins."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from extractor.result.cells import Grounding, Status
from extractor.result.extraction import Verdict
from extractor.result.findings import Cause, Finding

# A cell that was recognised from a picture needs more than one balance to be believed.
BALANCES_NEEDED = 1
BALANCES_NEEDED_FOR_OCR = 2
# Looked at for every cell: Python 3.11 takes longer to find a member of an Enum than to compare it.
_CONFIRMED, _UNCHECKED = Status.CONFIRMED, Status.UNCHECKED
_UNGROUNDED = (Grounding.AMBIGUOUS, Grounding.NONE)


class Evidence(NamedTuple):
    """What is known about a cell.

    Attributes:
        is_absent: its row or its column isn't on the page.
        is_certain: independent anchors agree on its placement, or two readers do (``is_agreed``).
        grounding: how its figure was found.
        is_parsable: it is blank, a mark, or a number of the kind that the form has there.
        suspect_among_certain: it is a suspect in a violated hard balance whose operands are all
            certain.
        suspect_among_uncertain: likewise, where some operand isn't certain.
        satisfied: in how many satisfied hard balances with a printed number it is.
        in_error: it is in a hard balance that can't be evaluated.
        is_ocr: it was recognised from a picture.
        ocr_unprovable: it was, and no balance can prove it: it states no number, and a blank or a mark counts
            as much as a zero that was overlooked; or it is in a hard balance that doesn't hold.
        readers_differ: two readings of it aren't the same.
        reread_unchanged: it was read again independently, and is the same.
        is_agreed: its placement rests on two readers. They have little more than the order of the page
            to go by, and no balance sees that two rows are exchanged: none confirms it.
    """

    is_absent: bool = False
    is_certain: bool = True
    grounding: Grounding = Grounding.EXACT
    is_parsable: bool = True
    suspect_among_certain: bool = False
    suspect_among_uncertain: bool = False
    satisfied: int = 0
    in_error: bool = False
    is_ocr: bool = False
    ocr_unprovable: bool = False
    readers_differ: bool = False
    reread_unchanged: bool = False
    is_agreed: bool = False


def status_of(evidence: Evidence) -> Status:
    """The status of a cell."""
    if evidence.is_absent:
        return Status.ABSENT
    if not evidence.is_certain:
        return Status.DISPUTED
    doubtful_suspect = evidence.suspect_among_uncertain and not evidence.reread_unchanged
    ungrounded = evidence.grounding in _UNGROUNDED
    misread = ungrounded or not evidence.is_parsable or evidence.readers_differ
    if misread or doubtful_suspect:
        return Status.DISPUTED
    is_suspect = evidence.suspect_among_certain or evidence.suspect_among_uncertain
    if is_suspect:
        return Status.AS_PRINTED
    needed = BALANCES_NEEDED_FOR_OCR if evidence.is_ocr else BALANCES_NEEDED
    is_contradicted = evidence.in_error or evidence.ocr_unprovable
    if evidence.satisfied >= needed and not is_contradicted and not evidence.is_agreed:
        return _CONFIRMED
    return _UNCHECKED


def verdict_of(statuses: Iterable[Status], findings: Iterable[Finding]) -> Verdict:
    """The verdict on a report.

    Args:
        statuses: of every expected cell.
        findings: all of them; a rule error and a table without one number are unresolved findings.
    """
    hard = [finding for finding in findings if finding.severity == "hard"]
    doubtful = {Status.ABSENT, Status.DISPUTED}
    if any(finding.cause is Cause.UNRESOLVED for finding in hard) or not doubtful.isdisjoint(statuses):
        return Verdict.NEEDS_REVIEW
    return Verdict.SOURCE_ERROR if hard else Verdict.VERIFIED
