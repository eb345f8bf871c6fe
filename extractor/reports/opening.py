"""Opening a document with what only the reports know: whether its tables are there, how like one it is."""

from __future__ import annotations

import os
from dataclasses import replace

from extractor.documents import opening
from extractor.documents.document import Document
from extractor.documents.opening import Judge
from extractor.documents.source import AnySource, Source, read_file
from extractor.errors import NoReportError, legible
from extractor.reports.by_layout import read_by_layout


def name_of(source: AnySource | Document, name: str | None = None) -> str:
    """What results and messages call an input: the name given, else its path, else ``<bytes>``."""
    if name is not None:
        return name
    if isinstance(source, Document):
        return source.name
    return legible(os.fspath(source)) if isinstance(source, str | os.PathLike) else "<bytes>"


def open_source(source: AnySource | Document, name: str | None = None) -> Document:
    """The document in a file, or in its content.

    Args:
        source: a path, the content of a file as bytes, or a document that is open already.
        name: what to call the document; what :func:`name_of` says, unless given.

    Raises:
        InputError: if it can't be read.
    """
    if isinstance(source, Document):
        return source if name is None else replace(source, name=name)
    data = read_file(source) if isinstance(source, str | os.PathLike) else bytes(memoryview(source))
    return open_document(data, name_of(source, name))


def open_document(data: bytes, name: str) -> Document:
    """Make a document of the bytes of a file; its pictures are read where its text lacks tables.

    Args:
        data: the bytes of the file.
        name: what messages call it.

    Raises:
        UnknownFormatError: if it is no text, or a format that isn't read yet.
        InputError: if it is damaged, or what it takes to read it isn't there.
    """
    return opening.open_document(Source(data, name), Judge(_lacks_tables, _likeness))


def _lacks_tables(document: Document) -> bool:
    """Whether a report in the document lacks a whole table, or there is no report in it."""
    try:
        reports = read_by_layout(document)
    except NoReportError:
        return True
    return any(report.reading.lacks_table for report in reports)


def _likeness(document: Document) -> int:
    """How much a document among others is like a report: 2 with its tables, 1 by its words alone."""
    try:
        return 1 if read_by_layout(document)[0].reading.form is None else 2
    except NoReportError:
        return 0
