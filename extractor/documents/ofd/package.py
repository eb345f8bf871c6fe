"""The files of an OFD: found by what names them, parsed within bounds."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any, TypeAlias

from lxml import etree

from extractor.documents.errors import damaged, too_large
from extractor.documents.source import Source

# lxml has no types.
Element: TypeAlias = Any

ROOT = "OFD.xml"
# A page of a report has less than one; a tree takes twenty times as much.
_MOST_BYTES = 8 * 1024 * 1024


class OfdPackage:
    """The files of an OFD."""

    def __init__(self, source: Source) -> None:
        self.name = source.name
        self._archive = source.archive

    def parsed(self, path: str) -> Element:
        """A file that must be there.

        Args:
            path: in the package.

        Raises:
            UnreadableError: if it isn't there, or is no XML.
            TooLargeError: if it is larger than any of a report.
        """
        if path not in self._archive:
            raise damaged(self.name, f"缺少 {path}", f"{path} is missing")
        data = self._archive.read(path)
        if len(data) > _MOST_BYTES:
            raise too_large(self.name)
        # No entity is expanded, nothing is fetched, and no tree is deeper than libxml2 allows.
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            raise damaged(self.name, "XML 有误", str(error.msg)) from error
        if root.getroottree().docinfo.doctype:
            # The standard has none, and all that it is good for here is an attack.
            raise damaged(self.name, "含有 DTD", "it declares a DTD")
        return root

    def path_of(self, base: str, location: str | None) -> str | None:
        """Where a file lies that another one names; None if nothing lies there.

        Args:
            base: the path of the file that names it.
            location: how it is named there: from the root if it begins with a slash, else from the folder of
                that file. Some programs write the latter without the slash, and mean the former.
        """
        location = (location or "").strip().replace("\\", "/")
        if not location:
            return None
        for start in ("", posixpath.dirname(base))[:: 1 if location.startswith("/") else -1]:
            path = posixpath.normpath(posixpath.join("/", start, location.lstrip("/"))).lstrip("/")
            if path in self._archive:
                return path
        return None


def tag(element: Element) -> str:
    """The name of an element without its namespace, of which some programs have one of their own."""
    name = element.tag
    return name.rpartition("}")[2] if isinstance(name, str) else ""


def children(element: Element | None, *names: str) -> Iterator[Element]:
    """The children of an element with one of these names; none if there is no element."""
    for child in element if element is not None else ():
        if tag(child) in names:
            yield child


def child(element: Element | None, *names: str) -> Element | None:
    """What lies in an element below these names, each in the one before; None if it isn't there."""
    for name in names:
        element = next(children(element, name), None)
    return element


def text_in(element: Element | None, *names: str) -> str:
    """The text of what lies in an element below these names; empty if it isn't there."""
    below = child(element, *names)
    return (below.text or "").strip() if below is not None else ""
