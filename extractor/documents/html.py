"""Web pages: what a browser would show of one, as paragraphs and tables.

The parser hands over tags and texts one after the other and no tree is built, so that neither a deeply
nested nor a large page takes more than its length in memory. Nothing that a page names is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import count
from typing import NamedTuple

from extractor.documents.building import BuiltCell, DocumentBuilder
from extractor.documents.document import Document, Locator
from extractor.documents.encoding import Decoded, decode
from extractor.documents.html_tables import Block, DataTable, Flow, OpenCell, OpenTable
from extractor.documents.html_tags import (
    APART,
    BLOCKS,
    CELLS,
    LEFT_OUT,
    PREFORMATTED,
    REPLACED,
    SECTIONS,
    shown_as,
)
from extractor.errors import TooLargeError
from extractor.folding import BLANK, INVISIBLE

# The largest page seen has a twentieth of these tags and a tenth of this depth; browsers stop at 512.
_MOST_TAGS, _DEEPEST = 500_000, 1000
# So much is parsed before a page that is nested too deeply can be given up.
_CHUNK = 1 << 16

# --- kind and encoding -------------------------------------------------------------------------------

_BEFORE_TAGS = r"(?:\s|<\?[^>]*>|<!--.*?-->|<!\[[^>]*>)*"
_TAGS = "html|head|body|title|meta|link|style|script|base|div|span|p|br|hr|h[1-6]|table|tbody|tr|td|center"
_TAGS += "|font|b|strong|a|img|ul|ol|dl|form|input|section|article|main|header|nav|pre|iframe|frameset"
_IS_HTML = re.compile(rf"{_BEFORE_TAGS}<(?:!doctype\s+html|(?:{_TAGS})(?=[\s/>]))", re.I | re.S)
_LOOKED_AT = 1 << 14
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
# UTF-16 has a NUL in every tag; fewer are rubbish, which browsers pass over.
_STRAY_NULS = 0.05
_DECLARED = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
# What pages may be in besides UTF-8 and GB18030, which are told by their bytes; and a word of every
# report, by which the right one of two encodings is known that both fit.
_OTHER_ENCODINGS = {"big5": "big5hkscs", "big5-hkscs": "big5hkscs", "hz-gb-2312": "hz"}
_KNOWN_WORD = "政府"


def is_html(data: bytes) -> bool:
    """Whether the bytes of a file are those of a web page, or of a piece of one."""
    start = data[:_LOOKED_AT].replace(b"\0", b"")
    for mark in _MARKS:
        start = start.removeprefix(mark)
    return _IS_HTML.match(start.decode("latin-1")) is not None


def _decode(data: bytes, declared: str | None) -> Decoded:
    if not data.startswith(_MARKS[1:]) and data.count(b"\0") < _STRAY_NULS * len(data):
        data = data.replace(b"\0", b"")
    decoded = decode(data)
    if decoded.encoding == "gb18030" and _KNOWN_WORD not in decoded.text:
        meta = _DECLARED.search(data[:_LOOKED_AT])
        name = declared or (meta[1].decode() if meta is not None else "")
        encoding = _OTHER_ENCODINGS.get(name.lower(), "")
        if encoding and _KNOWN_WORD in (text := data.decode(encoding, errors="replace")):
            return Decoded(text, name.lower(), text.count("\ufffd"))
    return decoded


# --- text --------------------------------------------------------------------------------------------

_SPACE = re.compile(r"[ \t\n\f\r]+")
# A source is broken into lines between any two Chinese characters; that is no blank between them.
_WIDE = r"[\u2e80-\u9fff\uf900-\ufaff（），：；？！]"
_BROKEN_LINE = re.compile(rf"(?<={_WIDE})[ \t]*[\n\r\f][ \t\n\f\r]*(?={_WIDE})")
_AROUND = BLANK + INVISIBLE


def _line(text: str) -> str:
    """Text as one line, its blanks as a browser shows them."""
    if "\n" in text or "\r" in text:
        text = _BROKEN_LINE.sub("", text)
    return _SPACE.sub(" ", text).strip(_AROUND)


class _TooDeepError(Exception):
    """A page is nested more deeply than any real one."""


class _Open(NamedTuple):
    """An element that isn't closed yet."""

    tag: str
    is_block: bool
    cell: OpenCell | None = None


class _Page:
    """Takes the tags and texts of a page in order, as lxml's parsers hand them over."""

    def __init__(self) -> None:
        self._open: list[_Open] = []
        # How many elements are open around the outermost one whose text isn't shown.
        self._hidden: int | None = None
        self._preformatted = 0
        self._flows = [Flow()]
        self._tables: list[OpenTable] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        if len(self._open) >= _DEEPEST:
            raise _TooDeepError
        if self._hidden is not None:
            self._open.append(_Open(tag, is_block=False))
            return
        shown = shown_as(attributes)
        if not shown.exists or tag in LEFT_OUT:
            if tag in REPLACED and shown.exists:
                self._flows[-1].pieces.append(" ")
            self._hidden = len(self._open)
            self._open.append(_Open(tag, is_block=False))
            return
        if not shown.visible:
            self._hidden = len(self._open)
        is_block = tag in BLOCKS if shown.is_block is None else shown.is_block or tag in CELLS
        if is_block:
            self._end_line()
        self._open.append(_Open(tag, is_block, self._begin(tag, attributes)))

    def _begin(self, tag: str, attributes: Mapping[str, str]) -> OpenCell | None:
        table = self._tables[-1] if self._tables else None
        if tag == "br":
            self._end_line()
        elif tag in REPLACED or tag in APART:
            self._flows[-1].pieces.append(" ")
        elif tag in PREFORMATTED:
            self._preformatted += 1
        elif tag == "table":
            self._end_line()
            self._tables.append(OpenTable())
            self._flows.append(self._tables[-1].before)
        elif table is not None and tag in CELLS:
            self._end_cell(table)
            cell = table.start_cell(attributes)
            self._flows.append(cell.flow)
            return cell
        elif table is not None and tag == "tr":
            self._end_cell(table)
            table.start_row()
        elif table is not None and tag in SECTIONS:
            self._end_cell(table)
            table.start_section(tag)
        return None

    def end(self, tag: str) -> None:
        """An element ends."""
        element = self._open.pop()
        if self._hidden is not None and len(self._open) > self._hidden:
            return
        if self._hidden is not None:
            self._hidden = None
            if tag in LEFT_OUT:
                return
        if element.is_block:
            self._end_line()
        table = self._tables[-1] if self._tables else None
        if tag in APART:
            self._flows[-1].pieces.append(" ")
        elif tag in PREFORMATTED:
            self._preformatted -= 1
        elif table is None:
            return
        elif tag == "table":
            self._end_table(table)
        elif element.cell is not None and table.cell is element.cell:
            self._end_cell(table)
        elif tag == "tr":
            self._end_cell(table)
            table.end_row()
        elif tag in SECTIONS:
            self._end_cell(table)
            table.end_section()

    def data(self, text: str) -> None:
        """Text."""
        if self._hidden is not None:
            return
        if not self._preformatted:
            self._flows[-1].pieces.append(text)
            return
        first, *others = text.split("\n")
        self._flows[-1].pieces.append(first)
        for other in others:
            self._end_line()
            self._flows[-1].pieces.append(other)

    def close(self) -> list[Block]:
        """Everything that was shown."""
        self._end_line()
        return self._flows[0].blocks

    def _end_line(self) -> None:
        flow = self._flows[-1]
        if flow.pieces:
            line = _line("".join(flow.pieces))
            if line:
                flow.blocks.append(line)
            flow.pieces = []

    def _end_cell(self, table: OpenTable) -> None:
        if table.cell is not None:
            self._end_line()
            self._flows.pop()
            table.cell = None

    def _end_table(self, table: OpenTable) -> None:
        self._end_cell(table)
        self._end_line()
        self._flows.pop()
        self._tables.pop()
        self._flows[-1].blocks += table.blocks()


def _blocks(text: str, name: str) -> list[Block]:
    from lxml import etree  # not needed for a text, and slow to import

    if text.count("<") > _MOST_TAGS:
        raise TooLargeError(
            f"{name} 的标签超过 {_MOST_TAGS} 个，不可能是一份年度报告。请给出单份报告的网页。",
            f"{name} has more than {_MOST_TAGS} tags, which no annual report has; "
            "name the page of one report",
        )
    page = _Page()
    # Its own limits are lower than these, and beyond them it silently drops the rest of a page.
    parser = etree.HTMLParser(target=page, encoding="utf-8", huge_tree=True)
    try:
        for chunk in _chunks(text):
            parser.feed(chunk)
        blocks: list[Block] = parser.close()
    except _TooDeepError as error:
        raise TooLargeError(
            f"{name} 的标签嵌套超过 {_DEEPEST} 层，不可能是一份年度报告。请在浏览器中重新保存后再试。",
            f"{name} nests its tags more than {_DEEPEST} deep, which no annual report does; "
            "save it again in a browser and try again",
        ) from error
    return blocks


def _chunks(text: str) -> Iterator[bytes]:
    for start in range(0, len(text), _CHUNK):
        yield text[start : start + _CHUNK].encode()


def read_html(data: bytes, name: str, declared: str | None = None) -> Document:
    """Make a document of the bytes of a web page.

    Args:
        data: the page.
        name: what messages call it.
        declared: the encoding that it was sent with, if that is known; what the bytes show goes before.

    Raises:
        UnknownFormatError: if it is in no known encoding.
        TooLargeError: if it has more tags, or nests them more deeply, than any report.
    """
    decoded = _decode(data, declared)
    builder = DocumentBuilder()
    numbers: dict[object, int] = {}
    next_number = count(1)
    for block in _blocks(decoded.text, name):
        if isinstance(block, DataTable):
            if block.identity not in numbers:
                numbers[block.identity] = next(next_number)
            builder.add_table(_built(block, numbers[block.identity]))
        else:
            builder.add_paragraph(block)
    return builder.document(name, decoded.encoding, decoded.undecodable)


def _built(table: DataTable, number: int) -> list[list[BuiltCell]]:
    return [
        [BuiltCell(cell.text, Locator(table=number, row=cell.row, column=cell.column)) for cell in row]
        for row in table.rows
        if row
    ]
