"""Text in the markup of a wiki: its tables are those of a web page (https://www.mediawiki.org/wiki/Help:Tables).

A wiki shows such text as a page, with the attributes of cells and any tags in them; it is read as that page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extractor.documents.document import Document
from extractor.documents.plain.encoding import decode
from extractor.documents.source import Source
from extractor.documents.web.page import read_html

_BEGIN, _END, _ROW, _CAPTION, _CELLS = "{|", "|}", "|-", "|+", "|!"
_ATTRIBUTE = r"[a-z-]+\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s|\"'<>]+)"
# Possessive: what may be one attribute or two takes forever to try.
_ATTRIBUTES = re.compile(rf"\s*((?:{_ATTRIBUTE}(?:\s++|(?=\|)))++)\|(?!\|)", re.IGNORECASE)
_BETWEEN_CELLS = re.compile(r"\|\||!!")
_EMPHASIS = re.compile("'{2,5}")
_HEADING = re.compile(r"(={1,6})\s*(.+?)\s*\1\s*")


def read_wiki(source: Source) -> Document:
    """Make a document of a text in the markup of a wiki.

    Raises:
        UnknownFormatError: if it is no text.
        TooLargeError: if it has more cells than any report.
    """
    decoded = decode(source)
    page = "\n".join(_page(decoded.text.splitlines()))
    document = read_html(source.part(f"<html><meta charset=utf-8>{page}".encode()))
    return replace(document, encoding=decoded.encoding, undecodable=decoded.undecodable)


def _page(lines: list[str]) -> Iterator[str]:
    """The lines of a text as those of a web page."""
    is_in_table = False
    for line in lines:
        stripped = line.strip()
        if stripped.lstrip(":").startswith(_BEGIN):
            is_in_table = True
            yield "<table>"
        elif not is_in_table:
            heading = _HEADING.fullmatch(stripped)
            yield f"<p>{_plain(stripped if heading is None else heading[2])}</p>"
        elif stripped.startswith(_END):
            is_in_table = False
            yield "</table>"
        elif stripped.startswith(_ROW):
            yield "<tr>"
        elif stripped.startswith(_CAPTION):
            yield f"<caption>{_plain(stripped.removeprefix(_CAPTION))}</caption>"
        elif stripped[:1] and stripped[0] in _CELLS:
            yield "".join(map(_cell, _BETWEEN_CELLS.split(stripped[1:])))
        else:
            yield _plain(stripped)


def _cell(source: str) -> str:
    """A cell with its attributes."""
    attributes = _ATTRIBUTES.match(source)
    if attributes is None:
        return f"<td>{_plain(source)}"
    return f"<td {attributes[1]}>{_plain(source[attributes.end() :])}"


def _plain(source: str) -> str:
    return _EMPHASIS.sub("", source).strip()
