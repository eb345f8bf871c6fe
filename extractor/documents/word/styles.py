"""The named formats of a Word file, as far as they say what is shown."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from docx.oxml.ns import qn

from extractor.documents.word.ooxml import OFF, Element, number_of, value_of

_STYLE, _STYLE_ID, _KIND, _BASED_ON = qn("w:style"), qn("w:styleId"), qn("w:type"), qn("w:basedOn")
_PARAGRAPH, _RUN = qn("w:pPr"), qn("w:rPr")
_DEFAULT, _DEFAULTS = qn("w:default"), qn("w:docDefaults")
_NUMBERING, _ID, _LEVEL = qn("w:numPr"), qn("w:numId"), qn("w:ilvl")
_DEEPEST_STYLE = 32


class ListPlace(NamedTuple):
    """The list that a paragraph is in, and its level there; None as a level: the style's own."""

    id: str
    level: int | None


class Styles:
    """The named formats of a Word file.

    Args:
        styles: the part that holds them; None without.
    """

    def __init__(self, styles: Element | None) -> None:
        found = styles.findall(_STYLE) if styles is not None else []
        self._styles = {style.get(_STYLE_ID): style for style in found}
        self._usual = {
            one.get(_KIND): one.get(_STYLE_ID) for one in found if one.get(_DEFAULT, "0") not in OFF
        }
        defaults = styles.find(_DEFAULTS) if styles is not None else None
        # What holds of all text where nothing else is said.
        self._of_all = list(defaults.iter(_RUN, _PARAGRAPH)) if defaults is not None else []
        self.line = cache(self._line)
        self.list_place = cache(self._list_place)

    def named(self, style: str | None, kind: str) -> str | None:
        """The style that holds where one is named.

        Args:
            style: its identifier, or None where none is named.
            kind: what it is to be: ``character``, ``paragraph`` or ``table``. One of another kind is as none:
                then that which the file has for whatever names none.
        """
        own = self._styles.get(style)
        is_fit = own is not None and own.get(_KIND, kind) == kind
        return style if is_fit else self._usual.get(kind)

    def of_all(self, properties: str, tag: str) -> Element | None:
        """What the file says of all its text.

        Args:
            properties: the tag of what holds such properties.
            tag: that of the property.
        """
        found = (one.find(tag) for one in self._of_all if one.tag == properties)
        return next((one for one in found if one is not None), None)

    def _list_place(self, style: str | None) -> ListPlace | None:
        """The list that a style puts its paragraphs in."""
        found = (list_place(one.find(_PARAGRAPH)) for one in self.line(style))
        return next((place for place in found if place is not None), None)

    def _line(self, style: str | None) -> tuple[Element, ...]:
        """A style and those that it is based on; made by hand, they may be based on each other."""
        line: list[Element] = []
        while style in self._styles and len(line) < _DEEPEST_STYLE:
            line.append(self._styles[style])
            style = value_of(line[-1], _BASED_ON)
        return tuple(line)


def list_place(properties: Element | None) -> ListPlace | None:
    """The list that the properties of a paragraph put it in; None if they name none."""
    numbering = properties.find(_NUMBERING) if properties is not None else None
    list_id = value_of(numbering, _ID)
    if list_id is None:
        return None
    level = number_of(numbering, _LEVEL, -1)
    return ListPlace(list_id, level if level >= 0 else None)


def first_said(holders: tuple[Element, ...], properties: str, tag: str) -> Element | None:
    """What the first of several styles says that says anything of a property.

    Args:
        holders: styles, or conditional formats of a table's style, that which holds first first.
        properties: the tag of what holds such properties in them.
        tag: that of the property.
    """
    for holder in holders:
        own = holder.find(properties)
        found = own.find(tag) if own is not None else None
        if found is not None:
            return found
    return None
