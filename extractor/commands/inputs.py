"""What a command is given to read."""

from __future__ import annotations

from pathlib import Path

from extractor.decisions.honoured import Decisions
from extractor.decisions.kept import record_beside
from extractor.decisions.record import digest_of
from extractor.documents import source
from extractor.forms import FormSet
from extractor.pipeline import CompletesReports, ReadReport, read_reports
from extractor.reports.opening import name_of
from extractor.result.extraction import Extraction

# What stands for it on the command line.
STANDARD_INPUT = "-"


def shown_name(file: str) -> str:
    """What results and messages call a file that was given.

    Args:
        file: its path, or ``-`` for standard input.
    """
    return source.STANDARD_INPUT if file == STANDARD_INPUT else name_of(file)


def read_given(
    file: str, *, forms: FormSet, asking: CompletesReports | None, previous: Extraction | None
) -> tuple[ReadReport, ...]:
    """Read the reports in a file that was given, as people decided on it in the file beside it.

    Args:
        file: its path, or ``-`` for standard input.
        forms: to read by.
        asking: the reader that asks a model; None to read by layout only.
        previous: last year's result, to be compared with; None if there is none.

    Returns:
        One a report, in the order of the page.

    Raises:
        InputError: if it can't be read or holds no report.
        ModelError: if the model can't be asked as it is configured.
        InternalError: if gongkai itself fails.
    """
    record = record_beside(Path(file)) if file != STANDARD_INPUT else None
    content: str | bytes = source.read_standard_input() if file == STANDARD_INPUT else file
    decisions: Decisions | None = None
    if record is not None:
        content = source.read_file(file)
        decisions = Decisions(record, digest_of(content))
    return read_reports(
        content,
        forms=forms,
        name=shown_name(file),
        asking=asking,
        previous=previous,
        decisions=decisions,
    )
