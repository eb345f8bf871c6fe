"""PDF: its pages as they are or, of a scan, as they look."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from extractor.documents.document import Document
from extractor.documents.pages.assembly import document_of
from extractor.documents.pages.page import Picture, RawPage
from extractor.documents.pdf.process import page_colours, page_picture, raw_pages
from extractor.documents.scans.embedded import pages_with_pictures
from extractor.documents.scans.ocr import check_installed
from extractor.documents.source import Source
from extractor.errors import UnknownFormatError

# Less than one character in this many without a meaning is a slip of the file, not a file without text.
_UNMAPPED = 5
# Of no character, or of one that each font has its own of.
_WITHOUT_MEANING = re.compile("[\ue000-\uf8ff\ufffd]")


def read_pdf(source: Source) -> Document:
    """Make a document of a PDF.

    Raises:
        UnreadableError: if it is damaged or encrypted.
        TooLargeError: if there is more in it than in a report.
        UnknownFormatError: if it has no text, or its characters have no meaning.
        MissingProgramError: if it is a scan, and the extra that reads scans isn't installed.
    """
    pages = raw_pages(source)
    _check_text(source, pages)
    if not any(page.glyphs for page in pages):
        pages = _recognised(source, len(pages))
    elif source.pictures is not None:
        pages = pages_with_pictures(pages, source.pictures, partial(scanned_page, source))
    return document_of(pages, source, "PDF", partial(page_picture, source))


def scanned_page(source: Source, number: int) -> Picture:
    """A page of a PDF as characters are recognised in it: in grey, its red seals taken off.

    Args:
        source: the PDF.
        number: of the page, counted from 1.

    Raises:
        UnreadableError: if the file is encrypted or damaged.
        TooLargeError: if the page can't be painted in the time or memory that there is.
    """
    from extractor.documents.scans.seals import without_seals

    return without_seals(page_colours(source, number))


def _recognised(source: Source, count: int) -> list[RawPage]:
    """The pages of a scan, of which there are so many."""
    check_installed(source.name)
    from extractor.documents.scans.page import check_length, nothing_recognised, recognised_page

    check_length(source, count)
    pages = [recognised_page(scanned_page(source, number)) for number in range(1, count + 1)]
    if not any(page.glyphs for page in pages):
        raise nothing_recognised(source)
    return pages


def _check_text(source: Source, pages: Sequence[RawPage]) -> None:
    text = "".join([glyph[0] for page in pages for glyph in page.glyphs])
    total = len("".join(text.split()))
    if total and len(_WITHOUT_MEANING.findall(text)) * _UNMAPPED >= total:
        raise UnknownFormatError(
            f"{source.name} 中的文字没有对应的字符编码，无法读取。请找到其他版本（网页或 Word）后再试。",
            f"{source.name} doesn't tell which characters its glyphs are, so its text can't be read; "
            "find another version (a web page or Word) and try again",
        )
