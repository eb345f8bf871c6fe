"""Read the annual open-government-information reports of Chinese administrative organs.

>>> from extractor import extract
>>> report, = extract("report.txt")
>>> report.verdict, report.cell("requests.received.total").value
"""

from extractor.errors import (
    FormFileError,
    GongkaiError,
    InputError,
    MissingProgramError,
    NoReportError,
    OutputError,
    TooLargeError,
    UnknownFormatError,
    UnreadableError,
)
from extractor.pipeline import extract, load_form_file
from extractor.result.cells import Cell, Grounding, Status
from extractor.result.extraction import Extraction, Verdict
from extractor.result.findings import Cause, Finding
from extractor.result.header import Fact, Header

__all__ = [
    "Cause",
    "Cell",
    "Extraction",
    "Fact",
    "Finding",
    "FormFileError",
    "GongkaiError",
    "Grounding",
    "Header",
    "InputError",
    "MissingProgramError",
    "NoReportError",
    "OutputError",
    "Status",
    "TooLargeError",
    "UnknownFormatError",
    "UnreadableError",
    "Verdict",
    "extract",
    "load_form_file",
]
