"""Dates of the head and foot: each exists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.narrative.checks.contract import Judged, ReportText, TextCheck
from extractor.narrative.checks.messages import by_language, told_plainly
from extractor.result.findings import Finding


def _findings(text: ReportText, _judged: Sequence[Judged]) -> Iterator[Finding]:
    header = text.header
    for fact in (header.period_start, header.period_end, header.publication_date):
        if fact is not None and fact.value is None:
            words = by_language(text=fact.printed)
            yield told_plainly(text.document, "narrative-date", fact.span, words, text.cause())


CHECK = TextCheck(("narrative-date",), _findings)
