"""What is written beside a place of a report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractor.checking.checked import ToldFinding
from extractor.checking.grouping import FindingGroup, grouped
from extractor.documents.document import Document, Locator, Span
from extractor.output.lines import message_under_name
from extractor.pipeline import ReadReport
from rules.words import Language

INITIALS = "GK"
# Of more suspected cells, the place of the finding alone is marked.
_MOST_MARKED = 3


class Note(NamedTuple):
    """A comment on a place.

    Attributes:
        text: what it says, with a line that names the rules.
        span: the characters of the document that it is about; None if it is about the whole.
        printed: what stands there.
        places: where that is in the file, line by line or cell by cell; empty where that isn't known.
    """

    text: str
    span: Span | None
    printed: str
    places: tuple[Locator, ...]


def notes_of(
    reports: Sequence[ReadReport], told: Sequence[ToldFinding], language: Language
) -> Iterator[Note]:
    """The comments on a file: one for a wrong cell or sentence, at each of the cells that may be meant.

    Args:
        reports: in the file.
        told: what is told of it.
        language: of the comments.
    """
    by_name = {report.extraction.report: report for report in reports}
    for group in grouped(told):
        report = by_name[group.told[0].report]
        text = _text(group, language)
        spans = _spans(group, report)
        if spans:
            yield from (_note(report.document, span, text) for span in spans)
        else:
            yield _note(report.document, group.told[0].finding.span, text)


def _text(group: FindingGroup, language: Language) -> str:
    return f"{message_under_name(group, language, has_severity=True)}\n{', '.join(group.rules)}"


def _spans(group: FindingGroup, report: ReadReport) -> list[Span]:
    """Where the suspected cells stand, if these are few."""
    suspects = group.told[0].finding.suspects
    if not 0 < len(suspects) <= _MOST_MARKED:
        return []
    spans = (report.extraction.cell(address).span for address in suspects)
    return [span for span in spans if span is not None]


def _note(document: Document, span: Span | None, text: str) -> Note:
    if span is None:
        return Note(text, None, "", ())
    places = tuple(
        locator
        for start, end, locator in document.located
        if (start < span.end and span.start < end) or start <= span.start == span.end <= end
    )
    return Note(text, span, document.text[span.start : span.end], places)
