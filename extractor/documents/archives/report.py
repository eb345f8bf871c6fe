"""Word files and archives, told apart by what they hold and never by their names."""

from __future__ import annotations

import struct
from collections.abc import Callable
from io import BytesIO
from typing import Literal, TypeAlias

from extractor.documents.archives.bounded import Archive
from extractor.documents.document import Document
from extractor.documents.errors import damaged, encrypted, too_large
from extractor.documents.formats import COMPOUND, CONTAINER, RTF, ZIP
from extractor.documents.scans.embedded import HeldPictures
from extractor.errors import InputError, NoReportError, UnknownFormatError

Kind: TypeAlias = Literal["docx", "doc", "rtf", "odt", "xml", "archive"]

# So many files of an archive are looked at, and so many of them converted.
_MOST_FILES, _MOST_CONVERTED = 200, 5
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument."
# Of the beginning of an old Word file: the byte of flags that says whether it is encrypted.
_FLAGS, _IS_ENCRYPTED = 11, 1
# What a damaged compound file makes olefile raise.
_BROKEN = (OSError, ValueError, TypeError, IndexError, RecursionError, struct.error)
_FOREIGN = {
    "spreadsheet": ("电子表格", "a spreadsheet"),
    "presentation": ("演示文稿", "a presentation"),
    "other": ("其他程序的文件", "a file of another program"),
}


def open_container(
    data: bytes,
    name: str,
    open_entry: Callable[[bytes, str], Document],
    likeness: Callable[[Document], int],
    pictures: HeldPictures,
) -> Document:
    """Make a document of a Word file, or of the one report in an archive.

    Args:
        data: the bytes of the file.
        name: what messages call it.
        open_entry: makes a document of a file in an archive.
        likeness: how much a document is like a report; 0 if it is none.
        pictures: takes the pictures in a Word file.

    Raises:
        UnreadableError: if it is damaged or encrypted.
        TooLargeError: if it holds more than a report can.
        UnknownFormatError: if it is of a kind that isn't read, or an archive of several reports.
        NoReportError: if it is an archive without one.
        MissingProgramError: if what reads it isn't installed.
    """
    kind = container_kind(data, name)
    if kind == "archive":
        return _only_report(Archive(data, name), open_entry, likeness)
    if kind == "docx":
        from extractor.documents.word.docx import read_docx

        return read_docx(data, name, pictures)
    from extractor.documents.word.libreoffice import read_office

    return read_office(data, name, kind, pictures)


def container_kind(data: bytes, name: str) -> Kind:
    """What a file is that begins as a Word file or an archive does.

    Raises:
        UnreadableError: if it is damaged or encrypted.
        TooLargeError: if it is an archive of more than a report can hold.
        UnknownFormatError: if it is of a kind that isn't read.
    """
    if RTF.match(data):
        return "rtf"
    if COMPOUND.match(data):
        return _compound_kind(data, name)
    if not ZIP.match(data):
        return "xml"
    archive = Archive(data, name)
    if "[Content_Types].xml" in archive:
        folders = {entry.partition("/")[0].lower() for entry in archive}
        if "word" in folders:
            return "docx"
        raise _foreign(
            name, "spreadsheet" if "xl" in folders else "presentation" if "ppt" in folders else "other"
        )
    if "mimetype" in archive and archive.read("mimetype").startswith(_OPEN_DOCUMENT):
        subtype = archive.read("mimetype").removeprefix(_OPEN_DOCUMENT)
        if "META-INF/manifest.xml" in archive and b"encryption-data" in archive.read("META-INF/manifest.xml"):
            raise encrypted(name)
        if subtype.startswith(b"text"):
            return "odt"
        kinds = ("spreadsheet", "presentation")
        raise _foreign(name, next((kind for kind in kinds if subtype.startswith(kind.encode())), "other"))
    return "archive"


def _compound_kind(data: bytes, name: str) -> Kind:
    """What a compound file is: old Word files are such, those of WPS too, and all encrypted new ones."""
    from olefile import OleFileIO

    try:
        with OleFileIO(BytesIO(data)) as compound:
            streams = {path[0].lower() for path in compound.listdir()}
            # Bit 8 of the second byte of flags, behind ten other bytes.
            start = compound.openstream("WordDocument").read(12) if "worddocument" in streams else b""
    except _BROKEN as error:
        raise damaged(name) from error
    if "encryptedpackage" in streams or (len(start) > _FLAGS and start[_FLAGS] & _IS_ENCRYPTED):
        raise encrypted(name)
    if "worddocument" in streams:
        return "doc"
    if not streams.isdisjoint({"workbook", "book"}):
        raise _foreign(name, "spreadsheet")
    raise _foreign(name, "presentation" if "powerpoint document" in streams else "other")


def _foreign(name: str, kind: str) -> UnknownFormatError:
    zh, en = _FOREIGN[kind]
    return UnknownFormatError(
        f"{name} 是{zh}，不是报告。请给出报告的 Word 文件或文本。",
        f"{name} is {en}, which no report is; name the report's Word file or its text",
    )


def _only_report(
    archive: Archive,
    open_entry: Callable[[bytes, str], Document],
    likeness: Callable[[Document], int],
) -> Document:
    """The report in an archive; the files beside it are what it was sent with."""
    entries = list(archive)
    if len(entries) > _MOST_FILES:
        raise too_large(archive.name)
    documents: list[Document] = []
    failures: list[InputError] = []
    converted = 0
    for entry in entries:
        path = f"{archive.name}/{entry}"
        try:
            content = archive.read(entry)
            kind = container_kind(content, path) if CONTAINER.match(content) else None
            converted += kind not in (None, "docx", "archive")
            if converted > _MOST_CONVERTED:
                break
            # An archive in an archive could hold itself.
            if kind != "archive":
                documents.append(open_entry(content, path))
        except UnknownFormatError:
            continue
        except InputError as error:
            failures.append(error)
    if converted > _MOST_CONVERTED:
        raise too_large(archive.name)
    return _report_among(documents, failures, archive.name, likeness)


def _report_among(
    documents: list[Document], failures: list[InputError], name: str, likeness: Callable[[Document], int]
) -> Document:
    if len(documents) == 1 and not failures:
        return documents[0]
    degrees = [likeness(document) for document in documents]
    best = max(degrees, default=0)
    reports = [document for document, degree in zip(documents, degrees, strict=True) if degree == best > 0]
    if len(reports) > 1:
        names = [document.name.removeprefix(f"{name}/") for document in reports]
        raise UnknownFormatError(
            f"{name} 中有 {len(names)} 份报告（{'、'.join(names)}）。请解压后逐份给出。",
            f"{name} holds {len(names)} reports ({', '.join(names)}); unpack it and name them one by one",
        )
    if reports:
        return reports[0]
    if failures:
        raise failures[0]
    raise NoReportError(
        f"{name} 中没有政府信息公开工作年度报告。若报告在内层压缩包中，请先解压。",
        f"{name} holds no annual report; if there is one in an archive inside it, unpack that first",
    )
