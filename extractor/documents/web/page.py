"""Web pages: what a browser would show of one, as paragraphs and tables.

The parser hands over tags and texts one after the other and no tree is built, so that neither a deeply
nested nor a large page takes more than its length in memory. Nothing that a page names is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from extractor.documents.asides import sanitised
from extractor.documents.builder import DocumentBuilder
from extractor.documents.document import Document, Locator
from extractor.documents.source import Source
from extractor.documents.web.css import lacks_style_sheets, style_sheets_in
from extractor.documents.web.decoding import begins_with_tags, decode_page
from extractor.documents.web.events import parsed
from extractor.documents.web.indents import Indents, Inset
from extractor.documents.web.links import links_of
from extractor.documents.web.pictures import picture_at
from extractor.documents.web.quirks import as_html, is_quirky
from extractor.documents.web.sheets import Sheets
from extractor.documents.web.shown import DEEPEST, PICTURE, ShownPage, TooDeepError
from extractor.documents.web.tables import DataTable, FlowContent, OpenTable
from extractor.documents.web.title import report_title
from extractor.errors import TooLargeError

# The largest page seen has a thirtieth of these tags or lines.
_MOST_TAGS = 300_000
# What the bytes of marks, of overrides and of references begin with in UTF-8.
_SIGNS_OF_MARKS = (b"\xef\xb7", b"\xe2\x80\xae", b"&#")
_SHOWN = re.compile(f"{PICTURE}([0-9]+){PICTURE}")


def _blocks(text: str, name: str, page: ShownPage) -> list[FlowContent]:
    if max(text.count("<"), text.count("\n")) > _MOST_TAGS:
        raise TooLargeError(
            f"{name} 的标签或行数超过 {_MOST_TAGS}，不可能是一份年度报告。请给出单份报告的网页。",
            f"{name} has more than {_MOST_TAGS} tags or lines, which no annual report has; "
            "name the page of one report",
        )
    try:
        for events in parsed(text):
            page.take(events)
    except TooDeepError as error:
        raise TooLargeError(
            f"{name} 的标签嵌套超过 {DEEPEST} 层，不可能是一份年度报告。请在浏览器中重新保存后再试。",
            f"{name} nests its tags more than {DEEPEST} deep, which no annual report does; "
            "save it again in a browser and try again",
        ) from error
    return page.blocks()


def read_html(
    source: Source, *, charset: str | None = None, attached: Mapping[str, bytes] | None = None
) -> Document:
    """Make a document of a web page.

    Args:
        source: the page.
        charset: the encoding that it was sent with, if that is known; what the bytes show goes before.
        attached: the pictures and style sheets that came with it, by address.

    Raises:
        UnknownFormatError: if it is in no known encoding.
        TooLargeError: if it has more tags, or nests them more deeply, than any report.
    """
    decoded = decode_page(source, charset)
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    read = None
    if source.pictures is not None:
        read = partial(picture_at, source=source, pictures=source.pictures, attached=attached or {})
    # To look for marks in the bytes takes a twentieth of the time.
    if decoded.encoding != "utf-8" or any(sign in source.data for sign in _SIGNS_OF_MARKS):
        text = sanitised(text)
    text = as_html(text)
    sheets = tuple(style_sheets_in(text, attached or {}))
    page = ShownPage(
        is_preformatted=not begins_with_tags(source.data),
        sheets=Sheets(sheets, source.name, ignores_case=is_quirky(text)),
        lacks_sheets=lacks_style_sheets(text, attached or {}),
        indents=Indents(sheets),
        read=read,
    )
    builder = DocumentBuilder()
    numbers: dict[OpenTable, int] = {}
    tables_in_pictures = 0
    blocks = list(_blocks(text, source.name, page))
    if title := report_title(text, blocks):
        builder.add_paragraph(title)
    for block in blocks:
        if isinstance(block, DataTable):
            number = numbers.setdefault(block.table, len(numbers) + 1)
            builder.add_table(_located(block, number + tables_in_pictures), is_grid=True)
        elif shown := _SHOWN.fullmatch(block):
            before = len(numbers) + tables_in_pictures
            tables_in_pictures += builder.add_document(page.pictures[int(shown[1])], before)
        else:
            indent = block.indent if isinstance(block, Inset) else 0
            builder.add_paragraph(" " * indent + block)
    for words in page.stamps:
        builder.add_note(words, 0, builder.length)
    return replace(builder.document(source.name, decoded.encoding, decoded.undecodable), links=links_of(text))


def _located(table: DataTable, number: int) -> list[list[tuple[str, Locator]]]:
    """The cells of a table with their places, without the marks of pictures in them."""
    return [
        [(_SHOWN.sub("", words), Locator(None, None, number, row, column)) for words, row, column in cells]
        for cells in table.rows
    ]
