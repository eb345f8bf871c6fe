"""What is noted of a report when it is read, so that copies are found without opening results again."""

from __future__ import annotations

from hashlib import sha256

from extractor.batch.outcome import ReportFacts
from extractor.pipeline import ReadReport
from extractor.result.extraction import Extraction

# Reports with fewer different figures above zero agree by chance: many a township has one application.
_FEWEST_FIGURES = 5


def facts_of(report: ReadReport) -> ReportFacts:
    """What is noted of a report."""
    extraction = report.extraction
    header = extraction.header
    return ReportFacts(
        organ=header.organ.value if header.organ else None,
        year=header.year.value if header.year else None,
        verdict=extraction.verdict,
        text=_digest("".join(report.document.text.split())),
        figures=_figures(extraction),
    )


def _figures(extraction: Extraction) -> str | None:
    """A digest of the figures of a report that aren't zero; None if there are too few different ones."""
    figures = [(cell.address, cell.value) for cell in extraction.cells if cell.value]
    if len({value for _, value in figures}) < _FEWEST_FIGURES:
        return None
    return _digest("\n".join(f"{address} {value:f}" for address, value in sorted(figures)))


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
