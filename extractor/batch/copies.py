"""Copies in a batch: the same bytes, text or figures again; and several versions of one organ's year."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from extractor.batch.outcome import ReportFacts
from extractor.organs.organ_list import OrganList
from extractor.output.tables.rows import CopiedReport

# Behind all years.
_LATEST = "\U0010ffff"


class CopyKind(StrEnum):
    """What two reports have in common.

    ``bytes``: the file; the second isn't read, nor in the tables of cells and findings · ``text``: all
    characters but blanks · ``figures``: all figures above zero, in five different amounts or more ·
    ``version``: organ and year, whatever the page calls it, but not the figures.
    """

    BYTES = "bytes"
    TEXT = "text"
    FIGURES = "figures"
    VERSION = "version"


def copies_among(reports: Iterable[tuple[str, ReportFacts]], organs: OrganList) -> list[CopiedReport]:
    """The reports that are copies or versions of another, each told once, by what is most in common.

    The other is on an earlier year, or on the same one and before it.

    Args:
        reports: what each is called, and what is known of it, in their order; none whose bytes are another's.
        organs: who says which names are one organ's.
    """
    first: dict[tuple[CopyKind, str], str] = {}
    found: dict[int, CopiedReport] = {}
    for place, (report, facts) in sorted(enumerate(reports), key=lambda one: one[1][1].year or _LATEST):
        keys = _keys(facts, organs)
        known = next(((kind, first[kind, key]) for kind, key in keys if (kind, key) in first), None)
        if known is not None:
            kind, other = known
            found[place] = CopiedReport(report, other, kind, facts.organ, facts.year)
        for key in keys:
            first.setdefault(key, report)
    return [found[place] for place in sorted(found)]


def _keys(facts: ReportFacts, organs: OrganList) -> list[tuple[CopyKind, str]]:
    """By what a report is known again, the most telling first."""
    keys = [(CopyKind.TEXT, facts.text)]
    if facts.figures is not None:
        keys.append((CopyKind.FIGURES, facts.figures))
    if facts.organ is not None and facts.year is not None:
        identity = organs.identify_name(facts.organ, facts.year)
        # Two organs may have an ambiguous name; one that is in no division is known by nothing else.
        if not identity.possible:
            keys.append((CopyKind.VERSION, f"{facts.year} {identity.key or facts.organ}"))
    return keys
