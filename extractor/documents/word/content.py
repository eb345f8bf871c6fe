"""What stands in the text of a Word file: which elements are words and signs, which only wrap others."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docx.oxml.ns import qn

from extractor.documents.asides import sanitised
from extractor.documents.word.ooxml import Element
from extractor.text.pictorial_fonts import is_pictorial

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_WORD = qn("w:p").removesuffix("p")
#: Stands for what is shown and is no text that can be written in a line.
UNKNOWN_SIGN = "\ufffd"
_TEXT_BOX = qn("w:txbxContent")
_ALTERNATIVES, _FALLBACK = f"{_COMPATIBILITY}AlternateContent", f"{_COMPATIBILITY}Fallback"
# The namespaces that Word knows, so that it takes what is written in them, all but those of its Mac version.
_KNOWN = re.compile(
    r"http://(schemas\.openxmlformats\.org|purl\.oclc\.org|schemas\.microsoft\.com/office(?!/mac))/"
    r"|urn:schemas-microsoft-com:"
)
# What only says something about its content: that someone inserted it, or what may be filled in.
_WRAPPERS = frozenset(
    [
        *map(qn, ("w:sdt", "w:sdtContent", "w:customXml", "w:smartTag", "w:ins", "w:moveTo")),
        *map(qn, ("w:hyperlink", "w:dir")),
        # Of a text with its pronunciation above it, the text.
        *map(qn, ("w:ruby", "w:rubyBase")),
        *(_MATH + name for name in ("oMathPara", "oMath")),
    ]
)
_TEXTS = frozenset({qn("w:t"), f"{_MATH}t"})
#: Characters that look alike.
RUNS = frozenset({qn("w:r"), f"{_MATH}r"})
#: Drawings and pictures.
DRAWN = frozenset(map(qn, ("w:drawing", "w:pict", "w:object")))
_SIGNS = {
    **dict.fromkeys(map(qn, ("w:tab", "w:ptab")), "\t"),
    **dict.fromkeys(map(qn, ("w:br", "w:cr")), "\n"),
    qn("w:noBreakHyphen"): "-",
}
# Of what else stands in a run, Word shows a date, a page's number, ink and the like; of these nothing.
_WORDLESS = frozenset(
    [
        *map(qn, ("w:rPr", "w:instrText", "w:delText", "w:delInstrText", "w:fldChar", "w:softHyphen")),
        *map(qn, ("w:lastRenderedPageBreak", "w:footnoteReference", "w:endnoteReference")),
        *map(
            qn, ("w:commentReference", "w:annotationRef", "w:footnoteRef", "w:endnoteRef", "w:rt", "w:rubyPr")
        ),
    ]
)
_SYMBOL, _FONT, _CODE = qn("w:sym"), qn("w:font"), re.compile("[0-9A-Fa-f]{4}")
_OF_SYMBOLS = 0xF000


def content_of(parent: Element) -> Iterator[Element]:
    """What is in an element, without the wrappers around it."""
    for child in parent:
        if child.tag in _WRAPPERS:
            yield from content_of(child)
        elif child.tag == _ALTERNATIVES:
            for one in filter(_is_taken, child):
                yield from content_of(one)
                break
        else:
            yield child


def _is_taken(choice: Element) -> bool:
    """Whether Word takes what is offered: it knows all that it is written in, or there is nothing else."""
    prefixes = choice.get("Requires", "").split()
    return choice.tag == _FALLBACK or all(_KNOWN.match(choice.nsmap.get(one, "")) for one in prefixes)


def text_boxes(drawn: Element) -> Iterator[Element]:
    """The text boxes in a drawing; where it is there in two formats, in the first of them."""
    for child in content_of(drawn):
        if child.tag == _TEXT_BOX:
            yield child
        else:
            yield from text_boxes(child)


def words_of(piece: Element) -> str | None:
    """What a piece of a run says; None where it is something else than words."""
    if piece.tag in _TEXTS:
        return sanitised(piece.text or "")
    return _symbol(piece) if piece.tag == _SYMBOL else _SIGNS.get(piece.tag)


def shows_more(piece: Element) -> bool:
    """Whether a piece of a run that is no words shows something: a date, a page's number, ink."""
    return is_ink(piece) or (str(piece.tag).startswith(_WORD) and piece.tag not in _WORDLESS)


def is_formula(piece: Element) -> bool:
    """Whether a piece of a paragraph is a part of a formula."""
    return str(piece.tag).startswith(_MATH)


def is_ink(element: Element) -> bool:
    """Whether an element shows what was written by hand; it is in a namespace of its own in newer files."""
    return str(element.tag).endswith("}contentPart")


def _symbol(element: Element) -> str:
    """A character of a symbol font; it has no meaning outside it, but its place isn't blank."""
    code = element.get(qn("w:char"), "")
    if not _CODE.fullmatch(code):
        return UNKNOWN_SIGN
    character = chr(int(code, 16))
    # Such fonts have their characters there, too.
    is_picture = character < "\u0100" and is_pictorial(element.get(_FONT, ""))
    return chr(_OF_SYMBOLS + ord(character)) if is_picture else character
