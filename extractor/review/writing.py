"""A file becomes a page to look at."""

from __future__ import annotations

from pathlib import Path

from extractor.documents.source import Source, read_file
from extractor.forms import FormSet
from extractor.pipeline import CompletesReports, read_reports
from extractor.reports.opening import name_of
from extractor.result.extraction import Extraction
from extractor.review.page import page_of
from extractor.review.pictures import page_pictures
from rules.words import Language


def reviewed(
    file: Path,
    *,
    forms: FormSet,
    asking: CompletesReports | None,
    previous: Extraction | None,
    language: Language,
) -> str:
    """The page of the report in a file.

    Args:
        file: the report.
        forms: to read by.
        asking: the reader that asks a model; None to read by layout only.
        previous: last year's result, to be compared with; None if there is none.
        language: that the page is shown in at first.

    Raises:
        InputError: if it can't be read or holds no report.
        ModelError: if the model can't be asked as it is configured.
        InternalError: if gongkai itself fails.
    """
    data, name = read_file(file), name_of(file)
    (report, *_) = read_reports(data, forms=forms, name=name, asking=asking, previous=previous)
    return page_of(report, forms.forms, page_pictures(Source(data, name), report.document), language)
