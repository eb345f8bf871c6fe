"""Free text made ready for reading: folded, its lines joined to sentences, every character leading back."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractor.documents.document import Span
from extractor.folding import BLANK, INVISIBLE, fold_with_offsets

# A line that ends here ends a sentence; a converter breaks lines anywhere else.
_SENTENCE_END = frozenset("。！？；;：:|")
# What begins a line of its own: an ordinal, a heading, a bullet.
_BEGINNING = re.compile(
    r"[#*•·●○■◆\-]|[（(]?[一二三四五六七八九十\d]{1,3}[、.．)）](?!\d)|[一二三四五六七八九十]+是|第[一二三四五六七八九十]+[，,、]"
)
_GAP = re.compile(rf"[{BLANK}{INVISIBLE}\t\r\n|]*[{BLANK}\t\r\n|][{BLANK}{INVISIBLE}\t\r\n|]*")


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


def prose(text: str, section: str, span: Span) -> Prose:
    """Fold a stretch of a document.

    Args:
        text: of the document.
        section: the number of the section that it belongs to.
        span: the stretch.
    """
    pieces: list[str] = []
    offsets: list[int] = []
    start = span.start

    def add(end: int) -> None:
        folded = fold_with_offsets(text[start:end], start)
        pieces.append(folded.text)
        offsets.extend(folded.offsets)

    for gap in _GAP.finditer(text, span.start, span.end):
        add(gap.start())
        separator = _separator(text, gap, span)
        if separator:
            pieces.append(separator)
            offsets.append(gap.start())
        start = gap.end()
    add(span.end)
    return Prose(section, "".join(pieces), tuple(offsets))


def _separator(text: str, gap: re.Match[str], span: Span) -> str:
    """What stays of blanks and line breaks between two words."""
    if gap.start() == span.start or gap.end() == span.end:
        return ""
    before, after = text[gap.start() - 1], text[gap.end()]
    if "|" in gap[0]:
        return "\n"
    if "\n" in gap[0] or "\r" in gap[0]:
        is_paragraph = gap[0].replace("\r\n", "\n").count("\n") > 1
        if is_paragraph or before in _SENTENCE_END or _BEGINNING.match(text, gap.end()):
            return "\n"
    # Two numbers, or two words of Latin letters, stay two.
    return " " if before.isascii() and after.isascii() and before.isalnum() and after.isalnum() else ""
