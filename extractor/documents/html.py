"""Web pages: what a browser would show of one, as paragraphs and tables.

The parser hands over tags and texts one after the other and no tree is built, so that neither a deeply
nested nor a large page takes more than its length in memory. Nothing that a page names is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from extractor.documents.building import BuiltCell, DocumentBuilder
from extractor.documents.document import Document, Locator
from extractor.documents.encoding import Decoded, decode
from extractor.documents.html_tables import Block, DataTable, OpenTable, PlacedCell
from extractor.documents.html_tags import (
    APART,
    AS_USUAL,
    BLOCKS,
    CELLS,
    LEFT_OUT,
    PREFORMATTED,
    REPLACED,
    SECTIONS,
    TABLE_PARTS,
    shown_as,
)
from extractor.errors import TooLargeError
from extractor.folding import BLANK, INVISIBLE

# The largest page seen has a thirtieth of these tags or lines; browsers nest no deeper than 512.
_MOST_TAGS, _DEEPEST = 300_000, 1000
# So much is parsed before a page that is nested too deeply can be given up.
_CHUNK = 1 << 16

# --- kind and encoding -------------------------------------------------------------------------------

# Possessive: each of many comments could also end with a later one, and trying all takes forever.
_BEFORE_TAGS = r"(?:\s+|<\?[^>]*>|<!--.*?-->|<!\[[^>]*>)*+"
_TAGS = "html|head|body|title|meta|link|style|script|base|div|span|p|br|hr|h[1-6]|table|tbody|tr|td|center"
_TAGS += "|font|b|strong|a|img|ul|ol|dl|form|input|section|article|main|header|nav|pre|iframe|frameset"
_BEGINS = re.compile(rf"{_BEFORE_TAGS}<(?:!doctype\s+html|(?:{_TAGS})(?=[\s/>]))", re.I | re.S)
_LOOKED_AT = 1 << 14
# Converters write Markdown whose tables are HTML.
_ROW = re.compile(rb"<tr(?:\s[^<>]*)?>\s*<t[dh][\s>]", re.I)
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
# UTF-16 has a NUL in every tag; fewer are rubbish, which browsers pass over.
_STRAY_NULS = 0.05
_DECLARED = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
# What pages may be in besides UTF-8 and GB18030, which are told by their bytes; and a word of every
# report, by which the right one of two encodings is known that both fit.
_OTHER_ENCODINGS = {"big5": "big5hkscs", "big5-hkscs": "big5hkscs"}
_KNOWN_WORD = "政府"


def is_html(data: bytes) -> bool:
    """Whether the bytes of a file are those of a web page, a piece of one, or text with such tables."""
    return _begins_with_tags(data) or _ROW.search(data) is not None


def _begins_with_tags(data: bytes) -> bool:
    start = data[:_LOOKED_AT].replace(b"\0", b"")
    for mark in _MARKS:
        start = start.removeprefix(mark)
    return _BEGINS.match(start.decode("latin-1")) is not None


def _decode(data: bytes, declared: str | None) -> Decoded:
    if not data.startswith(_MARKS[1:]) and data.count(b"\0") < _STRAY_NULS * len(data):
        data = data.replace(b"\0", b"")
    decoded = decode(data)
    if decoded.encoding == "gb18030":
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
_BROKEN_LINE = re.compile(rf"(?<={_WIDE})[ \t]*[\n\f][ \t\n\f]*(?={_WIDE})")
_AROUND = BLANK + INVISIBLE


def _line(text: str) -> str:
    """Text as one line, its blanks as a browser shows them."""
    if text.isalnum():
        return text
    if "\n" in text:
        text = _BROKEN_LINE.sub("", text)
    return _SPACE.sub(" ", text).strip(_AROUND)


class _TooDeepError(Exception):
    """A page is nested more deeply than any real one."""


class _Page:
    """Takes the tags and texts of a page in order, as lxml's parsers hand them over.

    Args:
        is_preformatted: the lines of its text are lines.
    """

    def __init__(self, *, is_preformatted: bool) -> None:
        # Of every element that is open whether it is a block; None where nothing of it is shown.
        self._open: list[bool | None] = []
        # How many elements are open around the outermost one whose text isn't shown.
        self._hidden: int | None = None
        self._preformatted = int(is_preformatted)
        # The pieces of the line that isn't at its end yet, and what stands above it: on the page, in the
        # innermost cell.
        self._pieces: list[str] = []
        self._flows: list[list[Block]] = [[]]
        self._tables: list[OpenTable] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        depth = len(self._open)
        if depth >= _DEEPEST:
            raise _TooDeepError
        if self._hidden is not None:
            self._open.append(None)
            return
        shown = shown_as(attributes) if attributes else AS_USUAL
        if tag in LEFT_OUT or not shown.exists:
            self._hidden = depth
            self._open.append(None)
            if tag in REPLACED and shown.exists:
                self._pieces.append(" ")
            return
        if not shown.is_visible:
            self._hidden = depth
        is_block = tag in BLOCKS if shown.is_block is None or tag in TABLE_PARTS else shown.is_block
        if is_block:
            self._end_line()
        self._open.append(is_block)
        if tag in TABLE_PARTS:
            self._start_table_part(tag, attributes)
        elif tag in PREFORMATTED:
            self._preformatted += 1
        elif tag in REPLACED or tag in APART:
            self._pieces.append(" ")

    def end(self, tag: str) -> None:
        """An element ends."""
        is_block = self._open.pop()
        if self._hidden == len(self._open):
            self._hidden = None
        if is_block is None:
            return
        if is_block:
            self._end_line()
        if tag in TABLE_PARTS:
            self._end_table_part(tag)
        elif tag in PREFORMATTED:
            self._preformatted -= 1
        elif tag in APART:
            self._pieces.append(" ")

    def data(self, text: str) -> None:
        """Text."""
        if self._hidden is not None:
            return
        if not self._preformatted:
            self._pieces.append(text)
            return
        first, *others = text.split("\n")
        self._pieces.append(first)
        for other in others:
            self._end_line()
            self._pieces.append(other)

    def close(self) -> list[Block]:
        """Everything that was shown."""
        self._end_line()
        return self._flows[0]

    def _end_line(self) -> None:
        if self._pieces:
            if line := _line("".join(self._pieces)):
                self._flows[-1].append(line)
            self._pieces.clear()

    def _start_table_part(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "table":
            table = OpenTable()
            self._tables.append(table)
            self._flows.append(table.before)
            return
        # Tags of a table that stand outside of any do nothing but end a line.
        if not self._tables:
            return
        table = self._tables[-1]
        # The end of a cell may have been left out, and the ends of what stands in it.
        self._end_cell(table)
        if tag in CELLS:
            self._flows.append(table.start_cell(attributes).blocks)
        elif tag == "tr":
            table.start_row()
        else:
            table.start_section(tag)

    def _end_table_part(self, tag: str) -> None:
        if not self._tables:
            return
        table = self._tables[-1]
        self._end_cell(table)
        if tag == "table":
            self._flows.pop()
            self._tables.pop()
            self._flows[-1] += table.blocks()
        elif tag == "tr":
            table.end_row()
        elif tag in SECTIONS:
            table.start_section("")

    def _end_cell(self, table: OpenTable) -> None:
        if table.in_cell:
            self._flows.pop()
            table.in_cell = False


def _blocks(text: str, name: str, page: _Page) -> list[Block]:
    from lxml import etree  # not needed for a text, and slow to import

    if max(text.count("<"), text.count("\n")) > _MOST_TAGS:
        raise TooLargeError(
            f"{name} 的标签或行数超过 {_MOST_TAGS}，不可能是一份年度报告。请给出单份报告的网页。",
            f"{name} has more than {_MOST_TAGS} tags or lines, which no annual report has; "
            "name the page of one report",
        )
    # Without huge_tree a comment longer than one of the parser's own limits is taken for text.
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
    """The text in pieces; one at least, as a parser that was given nothing has nothing to close."""
    for start in range(0, len(text) or 1, _CHUNK):
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
    numbers: dict[OpenTable, int] = {}
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    page = _Page(is_preformatted=not _begins_with_tags(data))
    for block in _blocks(text, name, page):
        if isinstance(block, DataTable):
            number = numbers.setdefault(block.table, len(numbers) + 1)
            builder.add_table([[_built(cell, number) for cell in row] for row in block.rows], is_grid=True)
        else:
            builder.add_paragraph(block)
    return builder.document(name, decoded.encoding, decoded.undecodable)


def _built(placed: PlacedCell, table: int) -> BuiltCell:
    return BuiltCell(placed.cell.text, Locator(table=table, row=placed.row, column=placed.column))
