"""The way of a report: file, document, reports, what a model adds, narrative, result."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol

from pydantic import ValidationError

from extractor.decisions.honoured import Decisions, honoured, with_decisions
from extractor.documents.document import Document
from extractor.documents.source import AnySource, read_file
from extractor.errors import UnknownFormatError, UnreadableError, bugs_reported
from extractor.forms import AnyForms, FormSet
from extractor.narrative.check import with_last_year, with_narrative
from extractor.narrative.read import read_narrative
from extractor.reports.by_layout import read_by_layout
from extractor.reports.opening import name_of, open_source
from extractor.reports.reading import ReportReading
from extractor.result.extraction import Extraction
from extractor.verify.findings import in_page_order
from extractor.verify.verification import verify

# What the JSON of a result begins with.
_RESULT = re.compile(rb'\s*\{\s*"schema_version"')


class ReadReport(NamedTuple):
    """A report and what was read from it.

    Attributes:
        document: the report; of a document that holds several, nothing but this one, at the offsets that it
            has there. The spans of ``extraction`` are of its text.
        extraction: the result.
    """

    document: Document
    extraction: Extraction

    def _repr_html_(self) -> str:
        """What a notebook shows: the result."""
        return self.extraction._repr_html_()


class CompletesReports(Protocol):
    """What asks a model about reports: a plan, which is opened and closed for them, or a reader."""

    def complete(self, reports: Sequence[ReportReading]) -> tuple[Extraction, ...]:
        """The results of some reports, in their order.

        Args:
            reports: what the layout of each gives.

        Raises:
            ModelError: if the model can't be asked as it is configured.
        """


def extract(
    source: AnySource | Document,
    *,
    forms: AnyForms = (),
    name: str | None = None,
    asking: CompletesReports | None = None,
    previous: Extraction | None = None,
    decisions: Decisions | None = None,
) -> tuple[Extraction, ...]:
    """Read the reports in one file.

    Args:
        source: a path, the content of a file as bytes, or a document that is open.
        forms: a set of forms, or forms to read by besides the built-in ones.
        name: what results and messages call it; the path, unless given.
        asking: the plan of asking a model, or a reader that is open; by layout only, unless given.
        previous: last year's result, to be compared with.
        decisions: of people on this file, which settle its cells; nobody's, unless given.

    Returns:
        One extraction a report, in the order of the page.

    Raises:
        InputError: if it can't be read or holds no report (see :mod:`extractor.errors`).
        FormFileError: if two forms are the same edition of one family.
        AddedRulesError: if a rule in Python that was added fails.
        ModelError: if the model can't be asked as it is configured.
        InternalError: if gongkai itself fails; its cause is the error behind it.
    """
    reports = read_reports(
        source, forms=forms, name=name, asking=asking, previous=previous, decisions=decisions
    )
    return tuple(report.extraction for report in reports)


def read_reports(
    source: AnySource | Document,
    *,
    forms: AnyForms = (),
    name: str | None = None,
    asking: CompletesReports | None = None,
    previous: Extraction | None = None,
    decisions: Decisions | None = None,
) -> tuple[ReadReport, ...]:
    """Read the reports in one file, and keep each with its document, which shows where its figures stand.

    Arguments and errors are those of :func:`extract`.

    Returns:
        One a report, in the order of the page.
    """
    known = FormSet.of(forms)
    with bugs_reported(name_of(source, name)):
        readings = read_by_layout(open_source(source, name), known)
        complete = _without_model if asking is None else asking.complete
        extractions = complete(readings) if decisions is None else _decided(readings, decisions, complete)
        documents = [reading.document for reading in readings]
        reports = [ReadReport(*pair) for pair in zip(documents, extractions, strict=True)]
        if previous is not None:
            reports = [_compared(report, previous, known) for report in reports]
        if known.additions:
            reports = [_put_to_additions(report, previous, known) for report in reports]
        return tuple(reports)


def _decided(
    readings: Sequence[ReportReading],
    decisions: Decisions,
    complete: Callable[[Sequence[ReportReading]], tuple[Extraction, ...]],
) -> tuple[Extraction, ...]:
    """The results of readings that people have decided on: what they settled is neither doubted nor asked."""
    numbers = range(1, len(readings) + 1)
    changed = [with_decisions(*pair) for pair in zip(readings, map(decisions.on, numbers), strict=True)]
    with_them = zip(readings, _without_model(readings), complete(changed), numbers, strict=True)
    return tuple(
        honoured(before, evidence, extraction, decisions, number)
        for before, evidence, extraction, number in with_them
    )


def _without_model(readings: Sequence[ReportReading]) -> tuple[Extraction, ...]:
    return tuple(_extraction(report) for report in readings)


def _extraction(report: ReportReading) -> Extraction:
    document, forms = report.document, report.forms
    extraction = verify(document, report.reading, forms).extraction(report.header)
    narrative = read_narrative(document, report.reading, extraction, forms).narrative
    return with_narrative(document, extraction, narrative, forms)


def _compared(report: ReadReport, previous: Extraction, forms: FormSet) -> ReadReport:
    extraction = with_last_year(report.document, report.extraction, previous, forms.forms)
    return report._replace(extraction=extraction)


def _put_to_additions(report: ReadReport, previous: Extraction | None, forms: FormSet) -> ReadReport:
    """A report with what violates the rules that a user has added, which is told beside the verdict."""
    # Few checks have any, and the module takes a while to import.
    from extractor.narrative.added import violations_of_added

    extraction = report.extraction
    form = next(
        (one for one in forms if (one.family, one.edition) == (extraction.family, extraction.edition)), None
    )
    told = violations_of_added(report.document, extraction, previous, form, forms.additions)
    remarks = in_page_order([*extraction.remarks, *told])
    return report._replace(extraction=extraction.model_copy(update={"remarks": remarks}))


def read_previous(path: str | os.PathLike[str], forms: AnyForms = ()) -> Extraction:
    """Last year's result: read from the report by its layout, or from the JSON that was made of it.

    Args:
        path: of either.
        forms: a set of forms, or forms to read by besides the built-in ones.

    Raises:
        InputError: if it can't be read, holds no report or several, or is the JSON of something else.
        FormFileError: if two forms are the same edition of one family.
        InternalError: if gongkai itself fails; its cause is the error behind it.
    """
    data, name = read_file(path), os.fspath(path)
    if _RESULT.match(data):
        return _result_in(data, name)
    extractions = extract(data, forms=forms, name=name)
    if len(extractions) > 1:
        raise UnknownFormatError(
            f"{name} 中有 {len(extractions)} 份报告，无法作为上一年度的报告。请给出其中一份。",
            f"{name} holds {len(extractions)} reports, so it is not clear which is last year's; name one",
        )
    return extractions[0]


def _result_in(data: bytes, name: str) -> Extraction:
    try:
        return Extraction.model_validate_json(data)
    except ValidationError as error:
        raise UnreadableError(
            f"{name} 不是本程序一份报告的 JSON 结果。请重新执行 gongkai extract --to json，或直接给出报告。",
            f"{name} is not the JSON of one report; make it anew with gongkai extract --to json, "
            "or give the report itself",
        ) from error
