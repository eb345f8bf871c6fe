"""What a Word file says outside of its text: footnotes, endnotes, comments, and what stands on every page."""

from __future__ import annotations

from collections.abc import Iterator

from docx.oxml.ns import qn

from extractor.documents.asides import COMMENTATOR, Mark, marked, sanitised
from extractor.documents.word.ooxml import Element, WordPackage

_ID, _AUTHOR, _LINK = qn("w:id"), qn("w:author"), qn("r:id")
_PARAGRAPH, _TEXTS = qn("w:p"), (qn("w:t"),)
_KINDS = {
    qn("w:footnoteReference"): ("footnotes", qn("w:footnote")),
    qn("w:endnoteReference"): ("endnotes", qn("w:endnote")),
    qn("w:commentReference"): ("comments", qn("w:comment")),
}
#: The places of notes and comments in a text.
REFERENCES = frozenset(_KINDS)
_ON_PAGES = (qn("w:headerReference"), qn("w:footerReference"))
# Letters that are drawn, as watermarks and ornaments are.
_DRAWN_TEXT = "{urn:schemas-microsoft-com:vml}textpath"
_STRING = "string"
# What is longer is no word on figures; nor are there more of them on a page than that.
_LONGEST, _MOST = 200, 200


class Notes:
    """Tells what the notes of a file say.

    Args:
        package: the parts of the file.
    """

    def __init__(self, package: WordPackage) -> None:
        self._package = package
        self._said: dict[str, dict[str, tuple[str, ...]]] = {}

    def at(self, reference: Element) -> str:
        """What a note says, marked to stand at its place in the text.

        Args:
            reference: the element at that place.
        """
        kind, tag = _KINDS[reference.tag]
        if kind not in self._said:
            part = self._package.notes(kind)
            notes = part.iterchildren(tag) if part is not None else ()
            self._said[kind] = {
                note.get(_ID, ""): tuple(_lines(note)) for note in notes if note.get(_AUTHOR) != COMMENTATOR
            }
        lines = self._said[kind].get(reference.get(_ID, ""), ())
        return "".join(marked(Mark.NOTED, line) for line in lines)

    def on_pages(self, body: Element) -> list[str]:
        """The lines that stand on the pages beside the text: headers, footers and watermarks.

        Args:
            body: the element that holds the text.
        """
        links = {reference.get(_LINK): None for reference in body.iter(*_ON_PAGES)}
        parts = (self._package.linked(link) for link in links)
        return [line for part in parts if part is not None for line in _lines(part)][:_MOST]


def drawn_words(drawn: Element) -> str:
    """The words of a drawing whose letters are drawn, marked to stand at its place."""
    words = (sanitised(one.get(_STRING, "")).strip()[:_LONGEST] for one in drawn.iter(_DRAWN_TEXT))
    return "".join(marked(Mark.NOTED, one) for one in words if one)


def _lines(part: Element) -> Iterator[str]:
    """The paragraphs of a note or a header, and the words that are drawn in it."""
    for paragraph in part.iter(_PARAGRAPH):
        words = " ".join(sanitised("".join(one.text or "" for one in paragraph.iter(*_TEXTS))).split())
        if words:
            yield words[:_LONGEST]
    for drawn in part.iter(_DRAWN_TEXT):
        if words := " ".join(sanitised(drawn.get(_STRING, "")).split()):
            yield words[:_LONGEST]
