"""Plain text and Markdown: the text as it is, cut into cells by its own separators."""

from __future__ import annotations

from extractor.documents.cutting import grids_of
from extractor.documents.document import Document
from extractor.documents.plain.encoding import decode
from extractor.documents.source import Source


def read_text(source: Source) -> Document:
    """Make a document of a text.

    Raises:
        UnknownFormatError: if they are no text.
    """
    text, encoding, undecodable = decode(source)
    return Document(text, source.name, encoding, tuple(grids_of(text)), undecodable)
