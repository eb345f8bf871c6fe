"""The table of formats: how a file of each begins, what reads it, and what that takes.

What a file is comes from its bytes; what its name ends in says nothing. A format is a row of
:data:`FORMATS`: to read another one, write ``read_it(source: Source) -> Document`` and add a row. What reads
a format is imported when the first file of it is read, as a text needs nothing of what a PDF needs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import Literal, NamedTuple, NoReturn, TypeAlias

from extractor.documents.document import Document
from extractor.documents.errors import encrypted
from extractor.documents.plain.text import read_text
from extractor.documents.source import Source
from extractor.documents.web.carried import Carried, contents_of
from extractor.documents.web.decoding import is_html
from extractor.documents.web.mhtml import is_mhtml
from extractor.errors import UnknownFormatError

# What is needed besides gongkai itself: a program, or an optional extra of the package.
Need: TypeAlias = Literal["LibreOffice", "ocr"]


class Format(NamedTuple):
    """A kind of file.

    Attributes:
        name: what it is called.
        begins: whether a file is of it, if it is of none above it in the table; raises an InputError if the
            file is too damaged for that to be told.
        read: makes a document of such a file; raises an InputError if that can't be done.
        needs: what this takes besides gongkai itself; None if nothing, or only for some files.
        carried: what such a file carries without showing it, for a script to show.
    """

    name: str
    begins: Callable[[Source], bool]
    read: Callable[[Source], Document]
    needs: Need | None = None
    carried: Callable[[Source], Sequence[Carried]] | None = None


def format_of(source: Source) -> Format:
    """The format of a file, by its bytes.

    Raises:
        UnreadableError: if it is an archive or a compound file, and damaged or encrypted.
        TooLargeError: if it is an archive of more than a report can hold.
    """
    return next(one for one in FORMATS if one.begins(source))


# --- how files begin -------------------------------------------------------------------------------------

_ZIP = re.compile(rb"PK(?:\x03\x04|\x05\x06)")
_COMPOUND = re.compile(rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
# Word 2003 could save as a single XML file; most of these are called .doc.
_WORD_XML = rb"(?:\xef\xbb\xbf)?\s*<\?xml[^>]*>\s*<\?mso-application progid=[\"']Word\.Document[\"']\?>"
_PDF = rb"(?:\xef\xbb\xbf)?\s*%PDF-"
# An object or a list of something; a text that only begins so is read as one.
_JSON = rb"(?:\xef\xbb\xbf)?\s*(?:\{\s*\"|\[\s*[\[{\"])"
# A table in the markup of a wiki, somewhere in a text.
_WIKI_BEGIN, _WIKI_END = re.compile(rb"^[ \t:]*\{\|", re.M), re.compile(rb"^[ \t]*\|\}", re.M)
# RSS and Atom; before the element stand what XML declares, and comments. Possessive: each of many comments
# could also end with a later one, and trying all takes forever.
_FEED = rb"(?:\xef\xbb\xbf)?(?:\s+|<\?[^>]{0,300}\?>|<!--.{0,2000}?-->){0,20}+<(?:rss|feed|rdf:RDF)[\s>]"
_PDFTOHTML = rb".{0,2000}?<meta name=\"generator\" content=\"pdftohtml "
_PACKED = rb"Rar!\x1a\x07|7z\xbc\xaf\x27\x1c"
_PICTURE = rb"\x89PNG|\xff\xd8\xff|GIF8|II\*\x00|MM\x00\*|RIFF.{4}WEBP|BM.{4}\x00{4}"
# OpenDocument files say what they are in a file of their archive (OpenDocument 1.2 part 3, 3.3).
_MIMETYPE, _MANIFEST = "mimetype", "META-INF/manifest.xml"
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument."


def _bytes(pattern: bytes) -> Callable[[Source], bool]:
    """Whether a file begins so."""
    match = re.compile(pattern, re.DOTALL).match
    return lambda source: match(source.data) is not None


def _is_zip(source: Source) -> bool:
    return _ZIP.match(source.data) is not None


def _package(folder: str = "") -> Callable[[Source], bool]:
    """Whether a file is a package of Office Open XML that has this folder; of any, if none is given."""

    def begins(source: Source) -> bool:
        if not _is_zip(source) or "[Content_Types].xml" not in source.archive:
            return False
        return not folder or any(name.partition("/")[0].lower() == folder for name in source.archive)

    return begins


def _open_document(subtype: str = "") -> Callable[[Source], bool]:
    """Whether a file is an OpenDocument file of a type that begins so; of any, if none is given."""

    def begins(source: Source) -> bool:
        if not _is_zip(source) or _MIMETYPE not in source.archive:
            return False
        mimetype = source.archive.read(_MIMETYPE)
        if not mimetype.startswith(_OPEN_DOCUMENT):
            return False
        if _MANIFEST in source.archive and b"encryption-data" in source.archive.read(_MANIFEST):
            raise encrypted(source.name)
        return mimetype.removeprefix(_OPEN_DOCUMENT).startswith(subtype.encode())

    return begins


def _archive_with(entry: str) -> Callable[[Source], bool]:
    """Whether a file is a ZIP archive with such a file in it."""
    return lambda source: _is_zip(source) and entry in source.archive


def _has_wiki_table(source: Source) -> bool:
    begin = _WIKI_BEGIN.search(source.data) if b"{|" in source.data else None
    return begin is not None and _WIKI_END.search(source.data, begin.end()) is not None


def _compound(*streams: str) -> Callable[[Source], bool]:
    """Whether a file is a compound file with one of these streams; any, if none are given."""

    def begins(source: Source) -> bool:
        if _COMPOUND.match(source.data) is None:
            return False
        return not streams or not source.streams.isdisjoint(streams)

    return begins


# --- what reads them -------------------------------------------------------------------------------------


def _read_docx(source: Source) -> Document:
    from extractor.documents.word.docx import read_docx

    return read_docx(source)


def _read_by_libreoffice(kind: str, source: Source) -> Document:
    from extractor.documents.word.libreoffice import read_by_libreoffice

    return read_by_libreoffice(source, kind)


def _read_pdf(source: Source) -> Document:
    from extractor.documents.pdf.reader import read_pdf

    return read_pdf(source)


def _read_ofd(source: Source) -> Document:
    from extractor.documents.ofd.reader import read_ofd

    return read_ofd(source)


def _read_picture(source: Source) -> Document:
    from extractor.documents.scans.picture_file import read_picture

    return read_picture(source)


def _read_html(source: Source) -> Document:
    from extractor.documents.web.page import read_html

    return read_html(source)


def _read_mhtml(source: Source) -> Document:
    from extractor.documents.web.mhtml import read_mhtml

    return read_mhtml(source)


def _read_wiki(source: Source) -> Document:
    from extractor.documents.web.wiki import read_wiki

    return read_wiki(source)


def _read_feed(source: Source) -> Document:
    from extractor.documents.web.feed import read_feed

    return read_feed(source)


def _read_pdftohtml(source: Source) -> Document:
    from extractor.documents.web.pdftohtml import read_pdftohtml

    return read_pdftohtml(source)


def _read_json(source: Source) -> Document:
    from extractor.documents.json_file import read_json

    return read_json(source)


# --- what no report is -------------------------------------------------------------------------------------


def _refuse_foreign(zh: str, en: str, source: Source) -> NoReturn:
    raise UnknownFormatError(
        f"{source.name} 是{zh}，不是报告。请给出报告的 Word 文件或文本。",
        f"{source.name} is {en}, which no report is; name the report's Word file or its text",
    )


def _refuse_packed(source: Source) -> NoReturn:
    raise UnknownFormatError(
        f"{source.name} 是 RAR 或 7z 压缩包。请解压后给出其中的报告。",
        f"{source.name} is a RAR or 7z archive; unpack it and name the report in it",
    )


def _refuse_archive(source: Source) -> NoReturn:
    """An archive could hold itself: those inside of one aren't opened."""
    raise UnknownFormatError(
        f"{source.name} 是压缩包中的压缩包。请先解压。",
        f"{source.name} is an archive inside an archive; unpack that first",
    )


_refuse_spreadsheet = partial(_refuse_foreign, "电子表格", "a spreadsheet")
_refuse_presentation = partial(_refuse_foreign, "演示文稿", "a presentation")
_refuse_other = partial(_refuse_foreign, "其他程序的文件", "a file of another program")

#: Any other ZIP archive; :mod:`extractor.documents.opening` looks for the report in it.
ARCHIVE = Format("ZIP", _is_zip, _refuse_archive)

#: Every format; a file is of the first that its bytes begin as. Anything may be text.
FORMATS = (
    Format("DOCX", _package("word"), _read_docx),
    Format("spreadsheet", _package("xl"), _refuse_spreadsheet),
    Format("presentation", _package("ppt"), _refuse_presentation),
    Format("other package", _package(), _refuse_other),
    Format("ODT", _open_document("text"), partial(_read_by_libreoffice, "odt"), "LibreOffice"),
    Format("spreadsheet", _open_document("spreadsheet"), _refuse_spreadsheet),
    Format("presentation", _open_document("presentation"), _refuse_presentation),
    Format("other OpenDocument file", _open_document(), _refuse_other),
    # Pages as Chinese offices exchange them (GB/T 33190): a ZIP archive around the file that lists them.
    Format("OFD", _archive_with("OFD.xml"), _read_ofd),
    ARCHIVE,
    Format("DOC", _compound("worddocument"), partial(_read_by_libreoffice, "doc"), "LibreOffice"),
    Format("spreadsheet", _compound("workbook", "book"), _refuse_spreadsheet),
    Format("presentation", _compound("powerpoint document"), _refuse_presentation),
    Format("other compound file", _compound(), _refuse_other),
    Format("RTF", _bytes(rb"\{\\rtf"), partial(_read_by_libreoffice, "rtf"), "LibreOffice"),
    Format("Word XML", _bytes(_WORD_XML), partial(_read_by_libreoffice, "xml"), "LibreOffice"),
    Format("PDF", _bytes(_PDF), _read_pdf),
    Format("packed archive", _bytes(_PACKED), _refuse_packed),
    Format("picture", _bytes(_PICTURE), _read_picture, "ocr"),
    Format("JSON", _bytes(_JSON), _read_json),
    Format("feed", _bytes(_FEED), _read_feed),
    Format("MHTML", lambda source: is_mhtml(source.data), _read_mhtml),
    Format("HTML of pdftohtml", _bytes(_PDFTOHTML), _read_pdftohtml),
    Format("HTML", lambda source: is_html(source.data), _read_html, carried=contents_of),
    Format("wiki", _has_wiki_table, _read_wiki),
    Format("text", _bytes(b""), read_text),
)
