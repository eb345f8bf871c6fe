"""Plain text and Markdown: the text as it is, cut into cells by its own separators.

Converters leave marks of how cells looked: ``**12**``, ``本年新收<br>申请数量``, ``&nbsp;``. They are no part
of what stands there.
"""

from __future__ import annotations

import re

from extractor.documents.cutting import grids_of
from extractor.documents.document import Document
from extractor.documents.plain.carried import as_written
from extractor.documents.plain.delimited import with_tabs
from extractor.documents.plain.drawn_rows import with_drawn_rows
from extractor.documents.plain.encoding import decode
from extractor.documents.plain.one_line import with_parted_cells
from extractor.documents.source import Source

_STRONG = re.compile(r"(?<!\*)\*\*(?=[^\s*])([^*\n|]{1,100})(?<=\S)\*\*(?!\*)")
_BREAK = re.compile(r"<br\s*/?>|&(nbsp|ensp|emsp|thinsp|#160|#12288);", re.I)
# As wide as those that stand for them: they say how far in a label begins.
_WIDE = ("emsp", "#12288")


def read_text(source: Source) -> Document:
    """Make a document of a text.

    Raises:
        UnknownFormatError: if they are no text.
    """
    text, encoding, undecodable = decode(source)
    text = _without_marks(with_drawn_rows(as_written(text)))
    text = with_tabs(with_parted_cells(text))
    return Document(text, source.name, encoding, tuple(grids_of(text)), undecodable)


def _without_marks(text: str) -> str:
    """A text without the marks of strong and broken cells; its lines stay the lines of the file."""
    if "**" in text:
        text = _STRONG.sub(r"\1", text)
    return _BREAK.sub(_blank, text) if "<" in text or "&" in text else text


def _blank(mark: re.Match[str]) -> str:
    return "\u3000" if mark[1] is not None and mark[1].lower() in _WIDE else " "
