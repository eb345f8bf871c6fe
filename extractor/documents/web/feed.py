"""Feeds of web sites (RSS, Atom): the pages that their items hold, one after the other.

RSS 2.0 keeps them escaped in ``description`` or ``content:encoded``, Atom in ``content`` or ``summary``
(https://www.rssboard.org/rss-specification, https://www.rfc-editor.org/rfc/rfc4287).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from html import escape
from typing import Any

from extractor.documents.document import Document
from extractor.documents.errors import damaged
from extractor.documents.source import Source
from extractor.documents.web.page import read_html

_ITEMS = ("item", "entry")
_TITLE, _CONTENTS = "title", ("encoded", "content", "description", "summary")


def read_feed(source: Source) -> Document:
    """Make a document of the pages in a feed, each below its title.

    Raises:
        UnreadableError: if it isn't well formed.
    """
    from lxml import etree  # not needed for a text, and slow to import

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(source.data, parser)
    except etree.XMLSyntaxError as error:
        raise damaged(source.name) from error
    page = "\n".join(_pages(root))
    return replace(read_html(source.part(f"<html><meta charset=utf-8>{page}".encode())), name=source.name)


def _pages(root: Any) -> Iterator[str]:
    """The title and the longest text of each item."""
    for element in root.iter():
        if _name(element) in _ITEMS:
            parts = [(_name(part), part) for part in element]
            titles = [part.text or "" for name, part in parts if name == _TITLE]
            contents = [_source(part) for name, part in parts if name in _CONTENTS]
            yield f"<h1>{escape(''.join(titles))}</h1>{max(contents, key=len, default='')}"


def _source(content: Any) -> str:
    """The source of a page, which is escaped, or stands there as elements (``type="xhtml"``)."""
    from lxml import etree

    inside = (etree.tostring(child, encoding="unicode", method="html") for child in content)
    return (content.text or "") + "".join(inside)


def _name(element: Any) -> str:
    """The name of an element without its namespace; of a comment none."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
