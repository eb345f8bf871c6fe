"""Free text made ready for reading: folded, its lines joined to sentences, every character leading back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from extractor.documents.document import Span
from extractor.folding import DROPPED, INVISIBLE, fold_in_place

# A line that ends here ends a sentence; a converter breaks lines anywhere else.
_SENTENCE_END = frozenset("。！？；;：:|")
# What begins a line of its own: an ordinal, a heading, a bullet.
_BEGINNING = re.compile(
    r"[#*•·●○■◆\-]|[（(]?[一二三四五六七八九十\d]{1,3}[、.．)）](?!\d)|[一二三四五六七八九十]+是|第[一二三四五六七八九十]+[，,、]"
)
# Blanks, line breaks and the bars of tables, in folded text.
_GAP = re.compile(rf"[{DROPPED}\t|]+")
_INVISIBLE = frozenset(INVISIBLE)


@dataclass(frozen=True, slots=True)
class Prose:
    """A stretch of free text, folded.

    Blanks are gone, but between two digits or letters, which would become another number; a line break
    stays where a sentence or a list item ends.

    Attributes:
        section: the number of its section.
        text: folded as labels are: width, script and brackets don't matter.
        offsets: where each of its characters stands in the document.
    """

    section: str
    text: str
    offsets: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """Where characters of the folded text stand in the document."""
        return Span(self.offsets[start], self.offsets[end - 1] + 1)


def prose(text: str, section: str, spans: Sequence[Span]) -> Prose:
    """Fold stretches of a document, each a paragraph of its own.

    Args:
        text: of the document.
        section: the number of the section that they belong to.
        spans: the stretches, in order.
    """
    pieces: list[str] = []
    offsets: list[int] = []
    for span in spans:
        if pieces:
            pieces.append("\n")
            offsets.append(span.start)
        folded = fold_in_place(text[span.start : span.end])
        start = 0
        for gap in _GAP.finditer(folded):
            begin, end = gap.span()
            pieces.append(folded[start:begin])
            offsets += range(span.start + start, span.start + begin)
            separator = _separator(text, span.start + begin, span.start + end, span)
            if separator:
                pieces.append(separator)
                offsets.append(span.start + begin)
            start = end
        pieces.append(folded[start:])
        offsets += range(span.start + start, span.end)
    return Prose(section, "".join(pieces), tuple(offsets))


def sections_of(text: str, stretches: Sequence[tuple[str, Span]]) -> tuple[Prose, ...]:
    """Fold the free text of a document, the stretches of a section together.

    Args:
        text: of the document.
        stretches: each with the number of its section, in order.
    """
    return tuple(
        prose(text, section, [span for _, span in spans])
        for section, spans in groupby(stretches, key=lambda one: one[0])
    )


def _separator(text: str, start: int, end: int, span: Span) -> str:
    """What stays of blanks and line breaks between two words."""
    if start == span.start or end == span.end:
        return ""
    gap = text[start:end]
    before, after = text[start - 1], text[end]
    if "|" in gap:
        return "\n"
    if "\n" in gap or "\r" in gap:
        is_paragraph = gap.replace("\r\n", "\n").count("\n") > 1
        if is_paragraph or before in _SENTENCE_END or _BEGINNING.match(text, end):
            return "\n"
    if _INVISIBLE.issuperset(gap):
        return ""
    # Two numbers, or two words of Latin letters, stay two.
    return " " if before.isascii() and after.isascii() and before.isalnum() and after.isalnum() else ""
