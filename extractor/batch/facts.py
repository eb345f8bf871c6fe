"""What is noted of a report when it is read, so that copies are found without opening results again."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from extractor.batch.outcome import ReportFacts
from extractor.batch.wording import signature_of
from extractor.pipeline import ReadReport
from extractor.result.extraction import Extraction

# Reports with fewer different figures above zero agree by chance: many a township has one application.
_FEWEST_FIGURES = 5


def facts_of(report: ReadReport, own: Sequence[str]) -> ReportFacts:
    """What is noted of a report.

    Args:
        report: as it was read.
        own: the sentences of its own.
    """
    extraction = report.extraction
    header = extraction.header
    organ = header.organ.value if header.organ else None
    return ReportFacts(
        organ=organ,
        year=header.year.value if header.year else None,
        verdict=extraction.verdict,
        text=_digest("".join(report.document.text.split())),
        figures=_figures(extraction),
        wording=signature_of(own, organ),
    )


def _figures(extraction: Extraction) -> str | None:
    """A digest of the figures of a report that aren't zero; None if there are too few different ones."""
    figures = [(cell.address, cell.value) for cell in extraction.cells if cell.value]
    if len({value for _, value in figures}) < _FEWEST_FIGURES:
        return None
    return _digest("\n".join(f"{address} {value:f}" for address, value in sorted(figures)))


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
