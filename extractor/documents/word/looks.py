"""How the characters of a Word file look: hidden, struck, raised, moved, too small, in the page's colour."""

from __future__ import annotations

import re

from docx.oxml.ns import qn

from extractor.documents.asides import Mark
from extractor.documents.word.numbering import Styles
from extractor.documents.word.ooxml import VALUE, Element, value_of

_STYLE = qn("w:rStyle")
_HIDDEN, _HIDDEN_ON_WEB = qn("w:vanish"), qn("w:webHidden")
_STRUCK = (qn("w:strike"), qn("w:dstrike"))
_RAISED, _MOVED, _SIZE, _WIDTH = map(qn, ("w:vertAlign", "w:position", "w:sz", "w:w"))
_COLOUR, _SHADING, _HIGHLIGHT, _LAYOUT = map(qn, ("w:color", "w:shd", "w:highlight", "w:eastAsianLayout"))
_TELLING = (_HIDDEN, _HIDDEN_ON_WEB, *_STRUCK, _RAISED, _MOVED, _SIZE, _WIDTH, _COLOUR, _LAYOUT)
_FILL, _COMBINED = qn("w:fill"), qn("w:combine")
_OFF = ("0", "false", "off")
_NUMBER = re.compile(r"-?\d{1,6}")
_HEX = re.compile(r"[0-9A-Fa-f]{6}")
# In half points: the size of text where nothing is said, what nobody sees, what is much smaller than usual.
# A move by less than this share of the size isn't seen.
_USUAL_SIZE, _UNSEEN_SIZE, _SMALL_SIZE, _UNSEEN_MOVE = 21, 3, 13, 0.2
# Characters of such a share of their width, in per cent, aren't seen; colours that differ by no more are one.
_UNSEEN_WIDTH, _SAME_COLOUR = 5, 15
_WHITE = "FFFFFF"
_HIGHLIGHTS = {
    "black": "000000",
    "white": _WHITE,
    "blue": "0000FF",
    "cyan": "00FFFF",
    "green": "00FF00",
    "magenta": "FF00FF",
    "red": "FF0000",
    "yellow": "FFFF00",
    "darkBlue": "000080",
    "darkCyan": "008080",
    "darkGreen": "008000",
    "darkMagenta": "800080",
    "darkRed": "800000",
    "darkYellow": "808000",
    "darkGray": "808080",
    "lightGray": "C0C0C0",
}


class Looks:
    """Tells how runs look.

    Args:
        styles: the named formats of the file.
    """

    def __init__(self, styles: Styles) -> None:
        self._styles = styles

    def mark(self, properties: Element | None, paragraph_style: str | None, fill: str | None) -> Mark | None:
        """What the characters of a run are; None if they are simply printed.

        Args:
            properties: the run's own.
            paragraph_style: the style of its paragraph.
            fill: the colour behind it, as six hexadecimal digits; None for that of the page.
        """
        said = self._said(properties, paragraph_style)
        if not said:
            return None
        size = _number(said.get(_SIZE), _USUAL_SIZE)
        is_unseen = size <= _UNSEEN_SIZE or _number(said.get(_WIDTH), 100) <= _UNSEEN_WIDTH
        if _is_on(said.get(_HIDDEN)) or is_unseen:
            return Mark.HIDDEN
        # Pages on the screen don't show it, printed ones do.
        if _is_on(said.get(_HIDDEN_ON_WEB)) or _is_combined(said.get(_LAYOUT)):
            return Mark.OVERLAY
        if any(_is_on(said.get(tag)) for tag in _STRUCK):
            return Mark.STRUCK
        if (raised := said.get(_RAISED)) is not None and raised.get(VALUE) in ("superscript", "subscript"):
            return Mark.RAISED
        if abs(_number(said.get(_MOVED), 0)) >= _UNSEEN_MOVE * size:
            return Mark.SHIFTED
        colour = said.get(_COLOUR)
        if colour is not None and _is_same(colour.get(VALUE, ""), _behind(properties, fill)):
            return Mark.FAINT
        return Mark.SMALL if size <= _SMALL_SIZE else None

    def _said(self, properties: Element | None, paragraph_style: str | None) -> dict[str, Element]:
        """What is said of a run: by itself, else by its style, else by its paragraph's."""
        said: dict[str, Element] = {}
        for style in (value_of(properties, _STYLE), paragraph_style):
            for tag in _TELLING if style is not None else ():
                found = self._styles.run_property(style, tag)
                if found is not None:
                    said.setdefault(tag, found)
        if properties is not None:
            said.update((one.tag, one) for one in properties if one.tag in _TELLING)
        return said


def fill_of(properties: Element | None) -> str | None:
    """The colour behind a cell, a paragraph or a run; None where none is said."""
    shading = properties.find(_SHADING) if properties is not None else None
    fill = shading.get(_FILL, "") if shading is not None else ""
    return fill if _HEX.fullmatch(fill) else None


def _behind(properties: Element | None, fill: str | None) -> str:
    highlight = _HIGHLIGHTS.get(value_of(properties, _HIGHLIGHT) or "")
    return highlight or fill_of(properties) or fill or _WHITE


def _is_same(one: str, other: str) -> bool:
    if not _HEX.fullmatch(one):
        return False
    parts = ((int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (0, 2, 4))
    return all(abs(a - b) <= _SAME_COLOUR for a, b in parts)


def _is_on(element: Element | None) -> bool:
    return element is not None and element.get(VALUE) not in _OFF


def _is_combined(element: Element | None) -> bool:
    return element is not None and element.get(_COMBINED, "0") not in _OFF


def _number(element: Element | None, default: int) -> int:
    value = element.get(VALUE, "") if element is not None else ""
    return int(value) if _NUMBER.fullmatch(value) else default
