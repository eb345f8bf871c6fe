"""The process that makes the pages of what a batch has read, within the limits of the batch.

What a page shows is the result that the batch has kept, a model's answers included. Where people decided on a
file, it is the evidence alone, read once more, and their decisions beside it, as ``gongkai review`` has it.
"""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any, NamedTuple

from extractor.batch.journal import lines_at
from extractor.batch.outcome import Outcome, as_line
from extractor.batch.reading import Content
from extractor.batch.worker import serve
from extractor.decisions.beside import ENDING
from extractor.decisions.record import digest_of, record_in
from extractor.documents.source import Source
from extractor.forms import FormSet
from extractor.output.tables.attention import to_look_at
from extractor.pipeline import ReadReport
from extractor.reports.by_layout import read_by_layout
from extractor.reports.opening import open_source
from extractor.result.extraction import Extraction
from extractor.review.listing import entry_of
from extractor.review.pictures import page_pictures
from extractor.review.writing import ReviewedFile, Reviewing
from rules.words import Language

_COMPRESSION = 1


class About(NamedTuple):
    """What is told of a file besides, as JSON has it.

    Attributes:
        results: where its results stand (:attr:`extractor.batch.journal.Kept.place`).
        names: of each of its reports, what the results of the batch call it.
        pages: of each, the address of its page from the list.
        list_address: of the list, from a page.
        language: that pages are shown in at first.
    """

    results: tuple[str, int, int]
    names: tuple[str, ...]
    pages: tuple[str, ...]
    list_address: str
    language: Language


def main() -> None:
    """Make pages until the other side closes."""
    serve(pages_of)


def pages_of(content: Content, name: str, forms: FormSet, about: Any) -> tuple[Outcome, bytes]:
    """The pages of the reports in a file that a person should look at.

    Args:
        content: of the file.
        name: what messages call it.
        forms: that its reports were read by.
        about: an :class:`About`.

    Returns:
        What came of it, without facts; for each page a line of JSON, itself and what the list says of it,
        compressed.

    Raises:
        GongkaiError: if one can't be made.
    """
    told = About(*about)
    path, offset, size = told.results
    extractions = [
        Extraction.model_validate_json(line).model_copy(update={"report": report})
        for report, line in zip(told.names, lines_at(Path(path), offset, size), strict=True)
    ]
    wanted = [number for number, one in enumerate(extractions, 1) if any(to_look_at(one))]
    lines = []
    if wanted:
        reviewing = Reviewing(forms, told.language)
        read = _reviewed(content, name, extractions, reviewing)
        for number in wanted:
            page = reviewing.page(read, number, list_address=told.list_address)
            place = number - 1
            extraction, decided = read.reports[place].extraction, read.decided(number)
            entry = entry_of(extraction, told.names[place], told.pages[place], decided)
            lines.append(as_line([page, entry.model_dump(mode="json")]))
    return Outcome(0.0), gzip.compress(b"".join(lines), _COMPRESSION)


def _reviewed(
    content: Content, name: str, extractions: list[Extraction], reviewing: Reviewing
) -> ReviewedFile:
    if content.decisions is not None:
        decisions = record_in(content.decisions, f"{name}{ENDING}").decisions
        return reviewing.read_content(content.source, name, decisions)
    readings = read_by_layout(open_source(content.source, name), reviewing.forms)
    reports = tuple(
        ReadReport(reading.document, extraction)
        for reading, extraction in zip(readings, extractions, strict=True)
    )
    pictures = page_pictures(Source(content.source, name), reports[0].document)
    return ReviewedFile(reports, pictures, digest_of(content.source), ())


if __name__ == "__main__":
    main()
