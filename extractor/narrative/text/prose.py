"""Free text made ready for reading: folded, its lines joined to sentences, every character leading back."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from extractor.documents.document import Span
from extractor.text.folding import DROPPED, INVISIBLE, fold_in_place

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
        starts: where its pieces begin, which stand in the document as they are.
        places: where each of these stands in the document.
    """

    section: str
    text: str
    starts: tuple[int, ...]
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """Where characters of the folded text stand in the document."""
        first = bisect_right(self.starts, start) - 1
        last = bisect_right(self.starts, end - 1, first) - 1
        return Span(
            self.places[first] + start - self.starts[first], self.places[last] + end - self.starts[last]
        )


def prose(text: str, section: str, spans: Sequence[Span]) -> Prose:
    """Fold stretches of a document, each a paragraph of its own.

    Args:
        text: of the document.
        section: the number of the section that they belong to.
        spans: the stretches, in order.
    """
    pieces: list[str] = []
    starts: list[int] = []
    places: list[int] = []
    length = 0

    def add(piece: str, place: int) -> None:
        nonlocal length
        if piece:
            pieces.append(piece)
            starts.append(length)
            places.append(place)
            length += len(piece)

    for span in spans:
        if pieces:
            add("\n", span.start)
        folded = fold_in_place(text[span.start : span.end])
        start = 0
        for gap in _GAP.finditer(folded):
            begin, end = gap.span()
            add(folded[start:begin], span.start + start)
            add(_separator(text, span.start + begin, span.start + end, span), span.start + begin)
            start = end
        add(folded[start:], span.start + start)
    return Prose(section, "".join(pieces), tuple(starts), tuple(places))


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
