"""Pages as they look, for the boxes of figures to stand on."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from extractor.documents.document import Document
from extractor.documents.formats import format_of
from extractor.documents.pages.page import Picture
from extractor.documents.source import Source

# So many shades of grey are told apart by nobody, and take a third less than 256.
_SHADES = 16
_LEVELS = bytes(round(round(grey / 255 * (_SHADES - 1)) * 255 / (_SHADES - 1)) for grey in range(256))
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_GREY, _BITS = 0, 8


def page_pictures(source: Source, document: Document) -> list[Picture]:
    """The pages of a PDF or a picture, as the boxes of the document lie on them.

    Args:
        source: the file.
        document: what was read from it.

    Returns:
        None of a file without pages, or whose pages are inside another file (an archive).

    Raises:
        InputError: if a page can't be painted.
    """
    if not any(locator.box for _, _, locator in document.located):
        return []
    kind = format_of(source).name
    if kind == "PDF":
        return list(_of_pdf(source, document))
    return list(_of_picture(source)) if kind == "picture" else []


def _of_pdf(source: Source, document: Document) -> Iterator[Picture]:
    from extractor.documents.pdf.process import page_picture, raw_pages
    from extractor.documents.pdf.reader import scanned_page

    pages = raw_pages(source)
    is_scan = document.is_ocr and not any(page.glyphs for page in pages)
    for number in range(1, len(pages) + 1):
        yield _straight(scanned_page(source, number)) if is_scan else page_picture(source, number)


def _of_picture(source: Source) -> Iterator[Picture]:
    from extractor.documents.scans.picture_file import pages_of

    return map(_straight, pages_of(source)[1])


def _straight(picture: Picture) -> Picture:
    from extractor.documents.scans.page import straightened

    return straightened(picture)


def png(picture: Picture) -> bytes:
    """A picture as a PNG file.

    Args:
        picture: a byte of grey a pixel.
    """
    grey, columns = picture.grey.translate(_LEVELS), picture.columns
    rows = b"".join(b"\0" + grey[row * columns : (row + 1) * columns] for row in range(picture.rows))
    head = struct.pack(">IIBBBBB", columns, picture.rows, _BITS, _GREY, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return _SIGNATURE + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
