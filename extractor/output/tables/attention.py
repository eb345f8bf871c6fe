"""What a person should look at in a report: a line a cause, and how telling it is."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from extractor.output.tables.alike import SAME_TEXT
from extractor.result.extraction import Extraction
from extractor.result.findings import Cause, Finding

# The most telling first: what keeps a report from being used, what is wrong in it, what may be.
_RANKS = {Cause.UNRESOLVED: 0, Cause.SOURCE_ERROR: 1, Cause.NOT_STATED: 2}
_WARNING = 3


class LookAt(NamedTuple):
    """What a person should look at in a report.

    Attributes:
        rank: how telling it is; 0 is the most.
        findings: of one rule and cause, in the order of the page.
        cells: how many cells they are about.
    """

    rank: int
    findings: tuple[Finding, ...]
    cells: int


def to_look_at(extraction: Extraction) -> Iterator[LookAt]:
    """What to look at in a report; hints are none of it, nor remarks other than on copied text.

    Args:
        extraction: the result of reading it.

    Yields:
        A line a rule and cause.
    """
    told = [finding for finding in extraction.findings if finding.severity != "hint"]
    told += [remark for remark in extraction.remarks if remark.rule == SAME_TEXT]
    for (rank, _), same in groupby(sorted(told, key=_key), _key):
        findings = tuple(same)
        addresses = {
            address
            for finding in findings
            for address in (*finding.places, *finding.suspects, *((finding.place,) if finding.place else ()))
        }
        yield LookAt(rank, findings, len(addresses))


def _key(finding: Finding) -> tuple[int, str]:
    return _WARNING if finding.cause is None else _RANKS[finding.cause], finding.rule
