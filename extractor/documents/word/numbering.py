"""What automatic numbers add to the text of a Word file.

An automatic number is printed on the page, 一、 before a row's label for instance, and stands nowhere
in the text: Word counts paragraphs anew whenever it shows them, and so does this module.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from docx.oxml.ns import qn

from extractor.documents.asides import Mark, marked
from extractor.documents.word.ooxml import Element, is_on, number_of, value_of
from extractor.documents.word.styles import Styles, list_place
from extractor.text.numerals import in_chinese

_RUN, _ID = qn("w:rPr"), qn("w:numId")
_LEVEL_ID, _ABSTRACT_ID = qn("w:ilvl"), qn("w:abstractNumId")
_PLACEHOLDER = re.compile(r"%([1-9])")
_STYLE = qn("w:pStyle")
# What is longer than that isn't a number, but an attempt to make much of little.
_LONGEST_NUMBER = 60
_SUFFIXES = {"space": " ", "nothing": ""}
_HAN = "〇一二三四五六七八九"


class ListNumber(NamedTuple):
    """An automatic number with what parts it from the text, and how its list has it look."""

    text: str
    look: Element | None


_NO_NUMBER = ListNumber("", None)


class Numbering:
    """Counts the paragraphs of a document that are in lists."""

    def __init__(self, numbering: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._lists: dict[str, _List] = {}
        if numbering is None:
            return
        schemes = {one.get(_ABSTRACT_ID): one for one in numbering.findall(qn("w:abstractNum"))}
        # Lists of one scheme go on counting where the one before ended.
        counts: dict[str, dict[int, int]] = {}
        links = {one.get(_ID): value_of(one, _ABSTRACT_ID) for one in numbering.findall(qn("w:num"))}
        for one in numbering.findall(qn("w:num")):
            scheme = value_of(one, _ABSTRACT_ID)
            linked = value_of(schemes.get(scheme), qn("w:numStyleLink"))
            place = styles.list_place(linked)
            if place is not None:
                scheme = links.get(place.id, scheme)
            if scheme is not None and scheme in schemes:
                self._lists[one.get(_ID)] = _List(schemes[scheme], one, counts.setdefault(scheme, {}))

    def number(self, properties: Element | None) -> ListNumber:
        """The automatic number of the next paragraph; without one, its text is ""."""
        found = self._place(properties)
        return _NO_NUMBER if found is None else found[0].next(found[1])

    def indent(self, properties: Element | None) -> Element | None:
        """What the list of a paragraph says of how far in it begins; None if nothing does."""
        found = self._place(properties)
        return None if found is None else found[0].indent(found[1])

    def _place(self, properties: Element | None) -> tuple[_List, int] | None:
        """The list that a paragraph is in, and its level there."""
        place = list_place(properties)
        style = value_of(properties, _STYLE)
        if place is None:
            place = self._styles.list_place(style)
        found = self._lists.get(place.id) if place is not None else None
        if place is None or found is None:
            return None
        return found, found.level_of(style) if place.level is None else place.level


class _Level(NamedTuple):
    """How one level of a list is numbered.

    Attributes:
        restart: the level, counted from 1, from which up a number makes this one begin anew.
        is_legal: all numbers are shown in digits.
        look: how its characters look, where that isn't as the paragraph's.
    """

    start: int
    format: str
    text: str
    suffix: str
    restart: int
    is_legal: bool
    look: Element | None


class _List:
    """One list: the levels of its scheme, with what it changes of them."""

    def __init__(self, scheme: Element, own: Element, counts: dict[int, int]) -> None:
        self._counts = counts
        levels = {number: one for one in scheme.findall(qn("w:lvl")) if (number := _level_number(one)) >= 0}
        self._starts: dict[int, int] = {}
        for override in own.findall(qn("w:lvlOverride")):
            level = _level_number(override)
            changed = override.find(qn("w:lvl"))
            if changed is not None:
                levels[level] = changed
            start = number_of(override, qn("w:startOverride"), -1)
            if start >= 0:
                self._starts[level] = start
        self._levels = {number: _level(number, one) for number, one in levels.items()}
        self._properties = {number: one.find(qn("w:pPr")) for number, one in levels.items()}
        self._by_style = {value_of(one, qn("w:pStyle")): number for number, one in levels.items()}

    def level_of(self, style: str | None) -> int:
        """The level that a style's paragraphs have."""
        return self._by_style.get(style, 0)

    def indent(self, level: int) -> Element | None:
        """What a level says of how far in its paragraphs begin; None if it says nothing."""
        properties = self._properties.get(level)
        return properties.find(qn("w:ind")) if properties is not None else None

    def next(self, level: int) -> ListNumber:
        """Count a paragraph, and give its number."""
        own = self._levels.get(level)
        if own is None:
            return _NO_NUMBER
        for deeper in [one for one in self._counts if one > level]:
            if deeper not in self._levels or level < self._levels[deeper].restart:
                del self._counts[deeper]
        if level in self._starts:
            self._counts[level] = self._starts.pop(level)
        else:
            self._counts[level] = self._counts.get(level, own.start - 1) + 1
        if own.format == "none" and any(map(str.isdigit, fixed := _PLACEHOLDER.sub("", own.text))):
            # A figure behind it makes one number with it.
            return ListNumber(marked(Mark.GENERATED, fixed), own.look)
        if own.format in ("bullet", "none"):
            return _NO_NUMBER
        text = _PLACEHOLDER.sub(lambda match: self._shown(int(match[1]) - 1, own), own.text)
        return ListNumber(text + own.suffix, own.look) if text else _NO_NUMBER

    def _shown(self, level: int, asking: _Level) -> str:
        own = self._levels.get(level)
        if own is None:
            return ""
        count = self._counts.get(level, own.start)
        write = _decimal if asking.is_legal else _FORMATS.get(own.format, _decimal)
        return write(count)


def _level_number(element: Element) -> int:
    value = element.get(_LEVEL_ID, "")
    return int(value) if value in tuple("012345678") else -1


def _level(number: int, element: Element) -> _Level:
    return _Level(
        start=number_of(element, qn("w:start"), 0),
        format=value_of(element, qn("w:numFmt")) or "decimal",
        text=(value_of(element, qn("w:lvlText")) or "")[:_LONGEST_NUMBER],
        suffix=_SUFFIXES.get(value_of(element, qn("w:suff")) or "", "\t"),
        restart=number_of(element, qn("w:lvlRestart"), number),
        is_legal=is_on(element, qn("w:isLgl")) or False,
        look=element.find(_RUN),
    )


# --- numerals ------------------------------------------------------------------------------------------


def _decimal(count: int) -> str:
    return str(count)


def _chinese(count: int) -> str:
    """一, 十, 二十一; a list of a hundred is in no report."""
    return in_chinese(count) if 0 < count < 100 else _digits(count)


def _digits(count: int) -> str:
    return "".join(_HAN[int(digit)] for digit in str(count))


def _letters(first: str) -> Callable[[int], str]:
    """a, …, z, aa, bb, …"""
    return lambda count: chr(ord(first) + (count - 1) % 26) * min((count - 1) // 26 + 1, 9) if count else ""


_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL")),
    *((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)


def _roman(count: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        times, count = divmod(count, value)
        text += letters * min(times, 9)
    return text


def _from(first: str, last: int) -> Callable[[int], str]:
    """Characters that follow each other, such as ①, ②."""
    return lambda count: chr(ord(first) + count - 1) if 1 <= count <= last else str(count)


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda count: f"{count:02}",
    "decimalFullWidth": lambda count: "".join(chr(ord("０") + int(digit)) for digit in str(count)),
    "decimalEnclosedCircle": _from("①", 20),
    "decimalEnclosedCircleChinese": _from("①", 20),
    "decimalEnclosedParen": _from("⑴", 20),
    "decimalEnclosedFullstop": _from("⒈", 20),
    "ideographEnclosedCircle": _from("㈠", 10),
    "ideographTraditional": lambda count: (
        "甲乙丙丁戊己庚辛壬癸"[count - 1] if 1 <= count <= 10 else str(count)
    ),
    "ideographDigital": _digits,
    "japaneseDigitalTenThousand": _digits,
    "lowerLetter": _letters("a"),
    "upperLetter": _letters("A"),
    "lowerRoman": lambda count: _roman(count).lower(),
    "upperRoman": _roman,
    **dict.fromkeys(
        ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting"), _chinese
    ),
    "taiwaneseCountingThousand": _chinese,
}
