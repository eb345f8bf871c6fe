"""Pages of a PDF as pdftohtml of Poppler writes them: each piece of a line is placed by itself.

They are read as pages of a PDF are. Only what that program writes is: a style, an element or an attribute
that it doesn't leaves the file to be read as any web page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

from extractor.documents.document import UNREADABLE, Document
from extractor.documents.pages.assembly import document_of
from extractor.documents.pages.page import Glyph, RawPage
from extractor.documents.source import Source
from extractor.documents.web.decoding import decode_page
from extractor.documents.web.page import read_html

# It writes pixels, 3 for 2 points (its option -zoom; the other scales are as good).
_POINTS = 2 / 3
_PAGE = re.compile(
    r'<div id="page\d+-div" style="position:relative;width:(\d+)px;height:(\d+)px;?">(.*?)</div>', re.S
)
_WORDS = re.compile(
    r'<p style="position:absolute;top:(-?\d+)px;left:(-?\d+)px;white-space:nowrap" class="(ft\d+)">(.*?)</p>',
    re.S,
)
_FONT = re.compile(
    r"\.(ft\d+)\{font-size:(\d+)px;(?:line-height:(\d+)px;)?(?:font-family:[^;{}]*;)?"
    r"color:#([0-9a-f]{6});\}"
)
_STYLES = re.compile(r"<style\b[^>]*>(.*?)</style>", re.S | re.I)
# What else its style sheets say: of paragraphs, and of pictures that are turned.
_USUAL = re.compile(r"p \{margin: 0; padding: 0;\}|\.(?:x|y|xy)flip \{[^{}]*\}|<!--|-->|\s+")
_INLINE = re.compile(r"</?(?:b|i|a)(?:\s+(?:href|name)=\"[^\"<>]*\")?>", re.I)
_AROUND = re.compile(
    r"<!doctype[^>]*>|</?(?:html|head|body|meta|br)\b[^>]*>|<title>[^<]*</title>|<!--.*?-->"
    r"|<a name=\"?\d+\"?></a>|<img [^>]*/?>|<hr ?/?>|\s+",
    re.S | re.I,
)
_BREAK = re.compile(r"<br ?/?>", re.I)
# Greys from which on words may not be seen.
_LIGHT = 0xC8
_FULL_WIDTH = 0x2E80


class _Font(NamedTuple):
    """A style of words: how high these and how far apart lines are, in pixels; whether they are light."""

    size: float
    step: float
    is_light: bool


# As browsers show what no style is told of, which it leaves out at times.
_UNSAID = _Font(16, 20, is_light=False)


def read_pdftohtml(source: Source) -> Document:
    """Make a document of a file of pdftohtml.

    Raises:
        UnknownFormatError: if it is in no known encoding.
        TooLargeError: if there is more in it than in a report.
    """
    pages = _pages(decode_page(source, None).text)
    return read_html(source) if pages is None else document_of(pages, source, "HTML")


def _pages(text: str) -> list[RawPage] | None:
    """The pages of a file; None if anything in it isn't as that program writes it."""
    styles = "".join(_STYLES.findall(text))
    around = _AROUND.sub("", _PAGE.sub("", _STYLES.sub("", text)))
    if around or _USUAL.sub("", _FONT.sub("", styles)):
        return None
    fonts = {
        name: _Font(int(size), int(step or 0) or int(size), min(bytes.fromhex(colour)) >= _LIGHT)
        for name, size, step, colour in _FONT.findall(styles)
    }
    pages = []
    for width, height, content in _PAGE.findall(text):
        found = _WORDS.findall(content)
        rest = _AROUND.sub("", _WORDS.sub("", content))
        if rest or any("<" in _plain(words) for *_, words in found):
            return None
        glyphs = [
            glyph
            for top, left, name, words in found
            for glyph in _glyphs(int(left), int(top), fonts.get(name, _UNSAID), _plain(words))
        ]
        pages.append(RawPage(int(width) * _POINTS, int(height) * _POINTS, glyphs, []))
    return pages


def _plain(words: str) -> str:
    return _BREAK.sub("\n", _INLINE.sub("", words.replace("\n", " ")))


def _glyphs(left: int, top: int, font: _Font, words: str) -> Iterator[Glyph]:
    """The characters of words, as wide as they are in most fonts; light ones may not be seen."""
    for number, line in enumerate(words.split("\n")):
        x, y = float(left), top + number * font.step
        for character in unescape(line).replace("\xa0", " "):
            width = font.size if ord(character) >= _FULL_WIDTH else font.size / 2
            if not character.isspace():
                shown = UNREADABLE if font.is_light else character
                sides = (x, y, x + width, y + font.size)
                yield Glyph(shown, 0, *(side * _POINTS for side in sides))
            x += width
