"""The way of a report: bytes, document, reading, verification, extraction."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from typing import NamedTuple, Protocol

from pydantic import ValidationError

from extractor.documents import opening
from extractor.documents.document import Document
from extractor.documents.opening import Judge
from extractor.documents.scans.ocr import check_installed
from extractor.documents.source import Source, read_file
from extractor.errors import (
    FormFileError,
    NoReportError,
    UnreadableError,
)
from extractor.layout.reader import read_layout
from extractor.layout.reading import Reading
from extractor.narrative.checks.checking import with_narrative
from extractor.narrative.checks.last_year import with_previous
from extractor.narrative.read import read_narrative
from extractor.reports.header_facts import read_facts
from extractor.result.extraction import Extraction
from extractor.result.header import Header
from extractor.text.folding import fold_label, label_key
from extractor.verify.proposals import with_proposals
from extractor.verify.verification import verify
from rules.form import Form
from rules.loader import FormError, built_in_forms, load_form

# What the JSON of a result begins with.
_RESULT = re.compile(rb'\s*\{\s*"schema_version"')


class AskingReports(Protocol):
    """Reads reports with a model: a plan, which is opened and closed for it, or a reader that is open."""

    def extract_document(self, document: Document, forms: Sequence[Form] = ()) -> tuple[Extraction, ...]:
        """The reports in a document."""


def extract(
    source: str | os.PathLike[str] | bytes | bytearray | memoryview,
    *,
    forms: Sequence[Form] = (),
    name: str | None = None,
    asking: AskingReports | None = None,
    previous: Extraction | None = None,
) -> tuple[Extraction, ...]:
    """Read the reports in one file.

    Args:
        source: a path, or the content of a file as bytes.
        forms: forms to read by, besides the built-in ones.
        name: what to call the report; the path, unless given.
        asking: the model to ask, and how, or a reader that is open; by layout only, unless given.
        previous: last year's result, to be compared with.

    Returns:
        One extraction a report.

    Raises:
        InputError: if it can't be read or holds no report (see :mod:`extractor.errors`).
        ModelError: if the model can't be asked as it is configured.
    """
    return extract_document(open_source(source, name), forms=forms, asking=asking, previous=previous)


def open_source(
    source: str | os.PathLike[str] | bytes | bytearray | memoryview, name: str | None = None
) -> Document:
    """The document in a file, or in its content.

    Raises:
        InputError: if it can't be read.
    """
    if isinstance(source, str | os.PathLike):
        data, default = read_file(source), os.fspath(source)
    else:
        data, default = bytes(source), "<bytes>"
    return open_document(data, default if name is None else name)


def open_document(data: bytes, name: str) -> Document:
    """Make a document of the bytes of a file; its pictures are read where its text lacks tables.

    Raises:
        UnknownFormatError: if it is no text, or a format that isn't read yet.
        InputError: if it is damaged, or what it takes to read it isn't there.
    """
    return opening.open_document(Source(data, name), Judge(_lacks_tables, _likeness))


def _lacks_tables(document: Document) -> bool:
    try:
        found = read_by_layout(document)
    except NoReportError:
        return True
    return any(one.reading.lacks_table for one in found)


def _likeness(document: Document) -> int:
    """How much a document among others is like a report: 2 with its tables, 1 by its words alone."""
    try:
        return 1 if read_by_layout(document)[0].reading.form is None else 2
    except NoReportError:
        return 0


class LayoutReading(NamedTuple):
    """What the layout of one report gives.

    Attributes:
        document: the report; of a document that holds several, nothing but this one.
        forms: the forms that it was read by.
        reading: the tables.
        header: the header facts.
    """

    document: Document
    forms: tuple[Form, ...]
    reading: Reading
    header: Header


def read_by_layout(document: Document, forms: Sequence[Form] = ()) -> tuple[LayoutReading, ...]:
    """Read the reports in a document without a model.

    Args:
        document: the input.
        forms: forms to read by, besides the built-in ones.

    Raises:
        NoReportError: if it holds no report.
    """
    readings = [(family, read_layout(document, family)) for family in _families((*forms, *built_in_forms()))]
    family, reading = max(
        readings, key=lambda one: sum(len(row.spans) for block in one[1].blocks for row in block.found)
    )
    if reading.form is None:
        # No table at all: what the text calls itself decides.
        family = next((one for one, _ in readings if _is_report(document.text, one)), ())
    if not family:
        if document.unread_pictures:
            check_installed(document.name)
        raise NoReportError(
            f"{document.name} 中没有政府信息公开工作年度报告。若确是报告，请检查文件是否完整。",
            f"{document.name} holds no annual report; if it is one, check that the file is complete",
        )
    if reading.is_repeated:
        from extractor.reports.several import read_apart  # few documents hold several reports

        if apart := read_apart(document, family):
            return tuple(
                LayoutReading(one.document, family, with_proposals(*one[:2], family), one.header)
                for one in apart
            )
    return (LayoutReading(document, family, with_proposals(document, reading, family), read_facts(document)),)


def extract_document(
    document: Document,
    *,
    forms: Sequence[Form] = (),
    asking: AskingReports | None = None,
    previous: Extraction | None = None,
) -> tuple[Extraction, ...]:
    """Read the reports in a document.

    Args:
        document: the input.
        forms: forms to read by, besides the built-in ones.
        asking: the model to ask, and how, or a reader that is open; by layout only, unless given.
        previous: last year's result, to be compared with.

    Raises:
        NoReportError: if it holds no report.
        ModelError: if the model can't be asked as it is configured.
    """
    if asking is not None:
        extractions = asking.extract_document(document, forms)
    else:
        extractions = tuple(_extraction(one) for one in read_by_layout(document, forms))
    if previous is None:
        return extractions
    known = (*forms, *built_in_forms())
    return tuple(with_previous(document, extraction, previous, known) for extraction in extractions)


def _extraction(found: LayoutReading) -> Extraction:
    extraction = verify(found.document, found.reading, found.forms).extraction(found.header)
    narrative = read_narrative(found.document, found.reading, extraction).narrative
    return with_narrative(found.document, extraction, narrative, found.forms)


def read_previous(path: str | os.PathLike[str], forms: Sequence[Form] = ()) -> Extraction:
    """Last year's result: read from the report by its layout, or from the JSON that was made of it.

    Args:
        path: of either.
        forms: forms to read by, besides the built-in ones.

    Raises:
        InputError: if it can't be read, holds no report, or is the JSON of something else.
    """
    data, name = read_file(path), os.fspath(path)
    if not _RESULT.match(data):
        (extraction,) = extract_document(open_document(data, name), forms=forms)
        return extraction
    try:
        return Extraction.model_validate_json(data)
    except ValidationError as error:
        raise UnreadableError(
            f"{name} 不是本程序一份报告的 JSON 结果。请重新执行 gongkai extract --to json，或直接给出报告。",
            f"{name} is not the JSON of one report; make it anew with gongkai extract --to json, "
            "or give the report itself",
        ) from error


def _families(forms: Sequence[Form]) -> list[tuple[Form, ...]]:
    families: dict[str, list[Form]] = {}
    for form in forms:
        same = families.setdefault(form.family, [])
        if any(other.edition == form.edition for other in same):
            raise FormFileError(
                f"{form.family} 的 {form.edition} 版表样有两份。请改用另一个 edition 或 family。",
                f"two forms are edition {form.edition} of {form.family}; give one another edition or family",
            )
        same.append(form)
    return [tuple(family) for family in families.values()]


def _is_report(text: str, forms: Sequence[Form]) -> bool:
    """Whether a text without a table still calls itself a report."""
    key = label_key(fold_label(text))
    return any(label_key(fold_label(mark)) in key for form in forms for mark in form.marks)


def load_form_file(path: str | os.PathLike[str]) -> Form:
    """Read a form of one's own.

    Raises:
        FormFileError: with file, line and cause of every mistake.
    """
    try:
        return load_form(read_file(path).decode("utf-8"), os.fspath(path))
    except FormError as error:
        raise FormFileError(f"表格定义有误：\n{error}", f"the form file has a mistake:\n{error}") from error
    except UnicodeDecodeError as error:
        raise FormFileError(f"{path} 不是 UTF-8 文本。", f"{path} is not UTF-8 text") from error
