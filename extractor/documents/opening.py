"""Opening a file: its format asked of the table, its pictures read where they are needed, archives searched.

What only a later station knows, whether a document lacks tables and how like a report it is, is handed in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from extractor.documents.archives.bounded import Archive
from extractor.documents.document import Document
from extractor.documents.errors import too_large
from extractor.documents.formats import ARCHIVE, Format, format_of
from extractor.documents.scans.ocr import is_installed
from extractor.documents.source import MOST_PICTURES, Pictures, Source
from extractor.errors import InputError, NoReportError, UnknownFormatError

# So many files of an archive are looked at, and so many of them converted.
_MOST_FILES, _MOST_CONVERTED = 200, 5
# How like a report one is that has its tables.
_WITH_TABLES = 2
# What a page that waits for its script doesn't show.
_SENTENCE_END = "。"


class Judge(NamedTuple):
    """What is known of reports where documents are read.

    Attributes:
        lacks_tables: whether a document isn't a report with all its tables, so that they may be pictures.
        likeness: how much a document among others is like a report, from 0, if it is none.
    """

    lacks_tables: Callable[[Document], bool]
    likeness: Callable[[Document], int]


def open_document(source: Source, judge: Judge) -> Document:
    """Make a document of a file, or of the one report in an archive.

    Args:
        source: the file; its pictures are read if it lacks tables.
        judge: what tells this, and a report from the letter that it was sent with.

    Raises:
        UnreadableError: if it is damaged or encrypted.
        TooLargeError: if it holds more than a report can.
        UnknownFormatError: if it is no text, of a format that isn't read, or an archive of several reports.
        NoReportError: if it is an archive without one.
        MissingProgramError: if what reads it isn't installed.
    """
    kind = format_of(source)
    return _report_in(source.archive, judge) if kind is ARCHIVE else _read(kind, source, judge)


def _read(kind: Format, source: Source, judge: Judge) -> Document:
    """The document in a file; its pictures are read where its text lacks tables."""
    document = _read_with(Pictures(), kind, source)
    carried = _carried_report(kind, source, document, judge)
    if carried is not None:
        return carried
    if document.unread_pictures and is_installed() and judge.lacks_tables(document):
        return _read_with(Pictures(MOST_PICTURES), kind, source)
    return document


def _carried_report(kind: Format, source: Source, shown: Document, judge: Judge) -> Document | None:
    """The report that a page carries for its script to show, if the page itself shows none and says nothing.

    None if there are two of them, be it that one is called a draft, or nothing tells that it is shown.

    Args:
        kind: the format of the page.
        source: the page.
        shown: what it shows by itself.
        judge: what tells a report.
    """
    if kind.carried is None or _SENTENCE_END in shown.text:
        return None
    contents = kind.carried(source)
    if not contents or judge.likeness(shown) >= _WITH_TABLES:
        return None
    reports = [
        (carried, document)
        for carried in contents
        if judge.likeness(document := _read_with(Pictures(), kind, carried.page)) >= _WITH_TABLES
    ]
    if len(reports) != 1 or not reports[0][0].is_sure:
        return None
    carried, document = reports[0]
    return replace(document, carried_in=carried.element)


def _read_with(pictures: Pictures, kind: Format, source: Source) -> Document:
    document = kind.read(source.with_pictures(pictures))
    if pictures.unread or pictures.elsewhere:
        return replace(document, unread_pictures=pictures.unread, pictures_elsewhere=pictures.elsewhere)
    return document


# --- archives ------------------------------------------------------------------------------------------


def _report_in(archive: Archive, judge: Judge) -> Document:
    """The report in an archive; the files beside it are what it was sent with."""
    entries = list(archive)
    if len(entries) > _MOST_FILES:
        raise too_large(archive.name)
    documents: list[Document] = []
    failures: list[InputError] = []
    converted = 0
    for entry in entries:
        try:
            source = Source(archive.read(entry), f"{archive.name}/{entry}")
            kind = format_of(source)
            converted += kind.needs == "LibreOffice"
            if converted > _MOST_CONVERTED:
                break
            documents.append(_read(kind, source, judge))
        except UnknownFormatError:
            # What is no report lies beside one.
            continue
        except InputError as error:
            failures.append(error)
    if converted > _MOST_CONVERTED:
        raise too_large(archive.name)
    return _best_of(documents, failures, archive.name, judge)


def _best_of(
    documents: Sequence[Document], failures: Sequence[InputError], archive: str, judge: Judge
) -> Document:
    """The one report among documents.

    Args:
        documents: those that could be read.
        failures: why others couldn't be.
        archive: what messages call the archive that they are all of.
        judge: what tells a report.
    """
    if len(documents) == 1 and not failures:
        return documents[0]
    degrees = [judge.likeness(document) for document in documents]
    best = max(degrees, default=0)
    reports = [document for document, degree in zip(documents, degrees, strict=True) if degree == best > 0]
    if len(reports) > 1:
        names = [document.name.removeprefix(f"{archive}/") for document in reports]
        raise UnknownFormatError(
            f"{archive} 中有 {len(names)} 份报告（{'、'.join(names)}）。请解压后逐份给出。",
            f"{archive} holds {len(names)} reports ({', '.join(names)}); unpack it and name them one by one",
        )
    if reports:
        return reports[0]
    if failures:
        raise failures[0]
    raise NoReportError(
        f"{archive} 中没有政府信息公开工作年度报告。若报告在内层压缩包中，请先解压。",
        f"{archive} holds no annual report; if there is one in an archive inside it, unpack that first",
    )
