"""How far in paragraphs of a Word file begin, by themselves, by the list they are in or by named formats."""

from __future__ import annotations

from docx.oxml.ns import qn

from extractor.documents.word.numbering import Numbering
from extractor.documents.word.ooxml import Element, measure, value_of
from extractor.documents.word.styles import Styles

_PROPERTIES, _INDENT, _STYLE = qn("w:pPr"), qn("w:ind"), qn("w:pStyle")
# A blank is half as wide as a character: in twips of one of 10.5 points, in hundredths of any.
_BLANK, _HALF_OF_A_CHARACTER = 105, 50


def indent_of_paragraph(paragraph: Element | None, styles: Styles, numbering: Numbering) -> int:
    """How far in a paragraph begins, in blanks.

    What it says itself holds before its list, and that before its style (ECMA-376, 17.9.23).

    Args:
        paragraph: its element; None without any.
        styles: the file's.
        numbering: its lists.
    """
    properties = paragraph.find(_PROPERTIES) if paragraph is not None else None
    style = value_of(properties, _STYLE) if properties is not None else None
    of_style = (one.find(_PROPERTIES) for one in styles.line(styles.named(style, "paragraph")))
    own, *others = (one.find(_INDENT) if one is not None else None for one in (properties, *of_style))
    places = [one for one in (own, numbering.indent(properties), *others) if one is not None]
    forth = sum(_side(places, *names) for names in (("left", "start"), ("firstLine", "firstLine")))
    return max(forth - _side(places, "hanging", "hanging"), 0)


def _side(places: list[Element], name: str, other: str) -> int:
    """An indent in blanks, as the nearest that has one states it; in characters, that holds."""
    for place in places:
        twips = measure(place, qn(f"w:{name}"), measure(place, qn(f"w:{other}"), 0))
        blanks = round(measure(place, qn(f"w:{name}Chars"), 0) / _HALF_OF_A_CHARACTER)
        if blanks or twips:
            return blanks or round(twips / _BLANK)
    return 0
