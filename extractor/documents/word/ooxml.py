"""The parts of a Word file, and the names in them.

Of python-docx its package names and its parser are used, which expands no entity and fetches nothing.
Its own reader of packages is not: it inflates every picture, without bounds, and refuses a file for one
dangling link, as files that WPS saved have.
"""

from __future__ import annotations

import posixpath
import re
from functools import cache
from typing import Any, TypeAlias

from docx.opc.packuri import PACKAGE_URI, PackURI
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from lxml.etree import XMLSyntaxError

from extractor.documents.archives.bounded import Archive
from extractor.documents.errors import damaged, too_large

# lxml has no types.
Element: TypeAlias = Any

VALUE = qn("w:val")
#: How files say of something that it doesn't hold.
OFF = ("0", "false", "off")
# A report's text with all its formatting has less than two million; a tree takes twenty times as much.
_MOST_BYTES = 8 * 1024 * 1024
#: The namespace of a text's elements, in the two variants that there are of the format.
STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DIGITS = re.compile(r"\d{1,9}")
_MEASURE = re.compile(r"(-?\d{1,6}(?:\.\d{1,6})?)(pt|in|cm|mm|pc|pi|%)?")
# In points; and how many of what lengths are counted in, unless a unit is said, are a point.
_POINTS = {"pt": 1, "in": 72, "cm": 28.35, "mm": 2.835, "pc": 12, "pi": 12}
TWENTIETHS = 20


class WordPackage:
    """The parts of a Word file that hold text, or say how it is shown."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._links = cache(self._links_uncached)
        #: The name of the text's part.
        self.main = self.target(PACKAGE_URI, "officeDocument") or PackURI("/word/document.xml")
        document = self._part(self.main)
        if document is None:
            raise damaged(archive.name, "没有正文", "it has no text")
        #: The text.
        self.document = document
        #: How list numbers are made; None without.
        self.numbering = self._part(self.target(self.main, "numbering"))
        #: Named formats; None without.
        self.styles = self._part(self.target(self.main, "styles"))
        #: Named colours and fonts; None without.
        self.theme = self._part(self.target(self.main, "theme"))
        #: Settings of the whole file; None without.
        self.settings = self._part(self.target(self.main, "settings"))

    def notes(self, kind: str) -> Element:
        """The part that holds the notes of a kind, ``footnotes``, ``endnotes`` or ``comments``; None without.

        Raises:
            UnreadableError: if it is damaged, or too large: what it says of the figures is lost.
        """
        return self._part(self.target(self.main, kind))

    def linked(self, link: str | None) -> Element:
        """The part that a link of the text names, such as a page's header; None without.

        Raises:
            UnreadableError: as for :meth:`notes`.
        """
        for one in self._links(self.main):
            if one.get("Id") == link and one.get("TargetMode") != "External":
                return self._part(self._uri(self.main, one))
        return None

    def embedded(self, link: str | None) -> bytes | None:
        """What a link of the text names that lies in the file; None where it names nothing there."""
        for one in self._links(self.main):
            if one.get("Id") == link and one.get("TargetMode") != "External":
                uri = self._uri(self.main, one)
                return self._archive.read(uri.membername) if uri.membername in self._archive else None
        return None

    def target(self, source: PackURI, kind: str) -> PackURI | None:
        """The name of the part that a part names as its own one of a kind; None if it names none.

        Args:
            source: the name of the part that names it.
            kind: how the type of the link ends, such as ``styles``.
        """
        for link in self._links(source):
            if link.get("TargetMode") != "External" and str(link.get("Type")).endswith(f"/{kind}"):
                return self._uri(source, link)
        return None

    def _links_uncached(self, source: PackURI) -> tuple[Element, ...]:
        links = self._part(source.rels_uri)
        return tuple(links) if links is not None else ()

    @staticmethod
    def _uri(source: PackURI, link: Element) -> PackURI:
        return PackURI(posixpath.normpath(posixpath.join("/", source.baseURI, link.get("Target", ""))))

    def _part(self, uri: PackURI | None) -> Element:
        if uri is None or uri.membername not in self._archive:
            return None
        data = self._archive.read(uri.membername)
        if len(data) > _MOST_BYTES:
            raise too_large(self._archive.name)
        try:
            root = parse_xml(data.replace(STRICT, TRANSITIONAL))
        except XMLSyntaxError as error:
            raise damaged(self._archive.name, "XML 有误", str(error.msg)) from error
        if root.getroottree().docinfo.doctype:
            # No office program writes one, and all that it is good for here is an attack.
            raise damaged(self._archive.name, "含有 DTD", "it declares a DTD")
        return root


def is_on(properties: Element, tag: str) -> bool | None:
    """Whether a property is switched on; None if it isn't mentioned."""
    element = properties.find(tag) if properties is not None else None
    return None if element is None else element.get(VALUE) not in OFF


def value_of(properties: Element, tag: str) -> str | None:
    """The value of a property; None without one."""
    element = properties.find(tag) if properties is not None else None
    return None if element is None else element.get(VALUE)


def number_of(properties: Element, tag: str, default: int) -> int:
    """The value of a property that is a number."""
    value = value_of(properties, tag)
    return int(value) if value is not None and _DIGITS.fullmatch(value) else default


def measure(element: Element | None, name: str, default: int, per_point: int = TWENTIETHS) -> int:
    """A length or a share that an element states, in what it is counted in where no unit stands behind it.

    Args:
        element: None without one.
        name: of the attribute that states it.
        default: where none is stated.
        per_point: how many of what it is counted in are a point.
    """
    match = _MEASURE.fullmatch(element.get(name, "")) if element is not None else None
    if match is None:
        return default
    value = float(match[1])
    return round(value * _POINTS[match[2]] * per_point if match[2] in _POINTS else value)
