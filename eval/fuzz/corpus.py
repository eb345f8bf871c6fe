"""What is damaged: small files of every format, real ones and made ones, by the name of the format."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageDraw

from eval.gold.cases import all_cases, file_cases
from eval.zoo import LAYOUTS, Layout, documents, missing
from eval.zoo.web_archive import web_archive
from extractor.documents.formats import format_of
from extractor.documents.source import Source

_MADE = (
    *(Layout.TEXT_PIPES, Layout.TEXT_GBK, Layout.TEXT_TORN, Layout.HTML_SITE, Layout.HTML_MERGED),
    *(Layout.WORD_MERGED, Layout.WORD_PARAGRAPHS, Layout.OFD_LINES, Layout.OFD_PLAIN),
)
# Where LibreOffice is there to make them.
_CONVERTED = (Layout.OFFICE_DOC, Layout.OFFICE_RTF, Layout.OFFICE_ODT, Layout.PDF_OFFICE)
_WORD_XML = (
    b'<?xml version="1.0"?><?mso-application progid="Word.Document"?>'
    b'<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:body/></w:wordDocument>'
)


def corpus() -> dict[str, list[bytes]]:
    """The files, by format; what only LibreOffice reads, and pictures, are few: each takes seconds."""
    files = [case.path.read_bytes() for case in (*all_cases(), *file_cases())]
    layouts = [layout for layout in (*_MADE, *_CONVERTED) if not missing(LAYOUTS[layout].needs)]
    files += [document.data for layout in layouts for document in documents(layout, 1, 2)]
    pages = (document.data.decode() for document in documents(Layout.HTML_MERGED, 1, 2))
    files += [*map(web_archive, pages), _WORD_XML, _picture()]
    found: dict[str, list[bytes]] = {}
    for data in files:
        found.setdefault(format_of(Source(data, "report")).name, []).append(data)
    return found


def _picture() -> bytes:
    picture = Image.new("L", (240, 120), 255)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((10, 10, 230, 110), outline=0)
    draw.line((120, 10, 120, 110), fill=0)
    draw.text((130, 50), "157", fill=0)
    stream = BytesIO()
    picture.save(stream, "PNG")
    return stream.getvalue()
