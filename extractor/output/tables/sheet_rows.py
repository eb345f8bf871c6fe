"""The rows of a sheet as they stand in its file, drawn without a workbook: in any process, and in any order.

XlsxWriter writes a cell in some ten calls, which for thousands of reports took longer than reading them. A
row here is one text, of the elements that XlsxWriter writes where it keeps little in memory (strings inline),
with a mark in the place of its number. Text from a page is always a string: never a formula, never a link.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import ceil
from typing import Any, NamedTuple, TypeAlias
from unicodedata import east_asian_width

from extractor.errors import legible

# Limits of the format (Excel specifications and limits).
_LONGEST_TEXT, _LONGEST_LINK = 32_767, 2_079
# In points.
_HEIGHT_OF_A_LINE = 15
_MOST_LINES = 12
# Excel keeps 15 digits of a number.
_MOST_DIGITS = 15
# What a person who edits such a cell would make a formula of, if it weren't marked as text.
_FORMULA = ("=", "+", "-", "@", "\t")
# Stands for the number of the row; in a text it is written as _x0000_ (ECMA-376, 22.4.2.4, ST_Xstring).
_NUMBER = "\0"
_SPECIAL = re.compile("[&<>\0-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_x[0-9a-fA-F]{4}_")
_ESCAPED = re.compile("_(?=x[0-9a-fA-F]{4}_)")
_CONTROL = re.compile("[\0-\x08\x0b-\x1f\ufffe\uffff]")


class Tone(StrEnum):
    """How an entry stands out; never by colour alone, as words beside it say the same."""

    PLAIN = "plain"
    GOOD = "good"
    FAINT = "faint"
    WARNING = "warning"
    BAD = "bad"


class Link(NamedTuple):
    """A text that leads somewhere.

    Attributes:
        text: what is shown.
        target: an address on the web, or ``external:`` and the path of a file.
    """

    text: str
    target: str


Content: TypeAlias = str | int | float | Decimal | Fraction | Link | None


class Entry(NamedTuple):
    """What stands in a cell of a sheet.

    Attributes:
        content: a text, a number, a share as a fraction, a link, or nothing.
        tone: how it stands out.
        comment: what is told beside it; empty for nothing.
    """

    content: Content
    tone: Tone = Tone.PLAIN
    comment: str = ""


class Head(NamedTuple):
    """The head of a column.

    Attributes:
        title: its words.
        width: in characters.
        wraps: whether a long text in it goes on in a further line.
    """

    title: str
    width: float
    wraps: bool = False


class Look(NamedTuple):
    """How a cell looks.

    Attributes:
        tone: how it stands out.
        number: how a number is shown, as Excel writes it; empty for a text.
        is_quoted: whether it is a text that a person's edit mustn't make a formula of.
        wraps: whether it is a text that goes on in further lines.
    """

    tone: Tone = Tone.PLAIN
    number: str = ""
    is_quoted: bool = False
    wraps: bool = False


_FILLS = {Tone.GOOD: "#E2F0D9", Tone.WARNING: "#FFF2CC", Tone.BAD: "#F8CBAD"}
_NUMBERS = ("General", "0", "0.0%")
_LOOKS = [
    *(Look(tone, "", quoted, wraps) for tone in Tone for quoted in (False, True) for wraps in (False, True)),
    *(Look(tone, number) for tone in Tone for number in _NUMBERS),
]
# The number of each look in every workbook, which cells name; 0 is that of cells without a look.
_INDEXES = {look: index for index, look in enumerate(_LOOKS, start=1)}
_HEAD, _LINK, _QUOTED_LINK = range(len(_LOOKS) + 1, len(_LOOKS) + 4)


def properties_of_looks() -> list[dict[str, Any]]:
    """What XlsxWriter is to be told of every look, in the order of their numbers, from 1."""
    head = {"bold": True, "bg_color": "#D9E1F2", "text_wrap": True, "valign": "top", "border": 1}
    link = {"font_color": "#0563C1", "underline": 1, "valign": "top"}
    return [*map(_properties, _LOOKS), head, link, {**link, "quote_prefix": True}]


def _properties(look: Look) -> dict[str, Any]:
    properties: dict[str, Any] = {"valign": "top", "text_wrap": look.wraps}
    if look.number:
        properties["num_format"] = look.number
    if look.tone in _FILLS:
        properties["bg_color"] = _FILLS[look.tone]
    if look.tone is Tone.FAINT:
        properties["font_color"] = "#7F7F7F"
    if look.is_quoted:
        properties["quote_prefix"] = True
    return properties


class DrawnRow(NamedTuple):
    """A row as it stands in the file of a sheet; JSON holds it.

    Attributes:
        xml: the element, with a mark where the row's number belongs.
        comments: those beside its cells, each with the index of the column.
        links: where its cells lead to, each with the index of the column and the words that are shown.
    """

    xml: str
    comments: Sequence[tuple[int, str]] = ()
    links: Sequence[tuple[int, str, str]] = ()

    def numbered(self, number: int) -> str:
        """The element in its place.

        Args:
            number: of the row, from 1.
        """
        return self.xml.replace(_NUMBER, str(number))

    def without_links(self) -> DrawnRow:
        """The same, leading nowhere."""
        xml = self.xml
        for link, look in ((_LINK, Look()), (_QUOTED_LINK, Look(is_quoted=True))):
            xml = xml.replace(f' s="{link}" ', f' s="{_INDEXES[look]}" ')
        return DrawnRow(xml, self.comments)


class RowDrawer:
    """Draws the rows of a sheet.

    Args:
        heads: of its columns.
    """

    def __init__(self, heads: Sequence[Head]) -> None:
        self._heads = tuple(heads)
        self._columns = [_letters(column) for column in range(len(self._heads))]
        self._wrapped = [column for column, head in enumerate(heads) if head.wraps]

    def head(self) -> DrawnRow:
        """The row of heads."""
        cells = (
            _string(column, _HEAD, head.title)
            for column, head in zip(self._columns, self._heads, strict=True)
        )
        return DrawnRow(_row(cells))

    def row(self, entries: Sequence[Entry]) -> DrawnRow:
        """A row.

        Args:
            entries: one a column.
        """
        cells: list[str] = []
        comments: list[tuple[int, str]] = []
        links: list[tuple[int, str, str]] = []
        for index, (content, tone, comment) in enumerate(entries):
            column = self._columns[index]
            if isinstance(content, str):
                if content or tone is not Tone.PLAIN:
                    cells.append(self._text(index, content, tone))
            elif isinstance(content, Link):
                shown = _short(content.text)
                quoted = shown.startswith(_FORMULA)
                if len(content.target) <= _LONGEST_LINK:
                    cells.append(_string(column, _QUOTED_LINK if quoted else _LINK, shown))
                    links.append((index, content.target, shown))
                else:
                    cells.append(_string(column, _INDEXES[Look(is_quoted=quoted)], shown))
            elif content is not None:
                cells.append(self._number(index, content, tone))
            elif tone is not Tone.PLAIN:
                cells.append(f'<c r="{column}{_NUMBER}" s="{_INDEXES[Look(tone)]}"/>')
            if comment:
                comments.append((index, comment[:_LONGEST_TEXT]))
        lines = max((self._lines(entries[index], index) for index in self._wrapped), default=1)
        return DrawnRow(_row(cells, lines), tuple(comments), tuple(links))

    def _text(self, index: int, text: str, tone: Tone) -> str:
        look = Look(tone, "", text.startswith(_FORMULA), self._heads[index].wraps)
        return _string(self._columns[index], _INDEXES[look], _short(text))

    def _number(self, index: int, number: int | float | Decimal | Fraction, tone: Tone) -> str:
        exact = Decimal(number) if isinstance(number, int) and abs(number) >= 10**_MOST_DIGITS else number
        if isinstance(exact, Decimal) and len(exact.as_tuple().digits) > _MOST_DIGITS:
            return self._text(index, f"{exact:f}", tone)
        shown = "0.0%" if isinstance(number, Fraction) else "0" if isinstance(number, int) else "General"
        look = _INDEXES[Look(tone, shown)]
        return f'<c r="{self._columns[index]}{_NUMBER}" s="{look}"><v>{float(number):.16G}</v></c>'

    def _lines(self, entry: Entry, index: int) -> int:
        """How many lines an entry takes: a program that opens the file makes no room for them by itself."""
        if not isinstance(entry.content, str):
            return 1
        width = sum(2 if east_asian_width(character) in "WFA" else 1 for character in entry.content)
        return min(ceil(width / self._heads[index].width), _MOST_LINES)


def _row(cells: Iterable[str], lines: int = 1) -> str:
    height = f' ht="{lines * _HEIGHT_OF_A_LINE}" customHeight="1"' if lines > 1 else ""
    return f'<row r="{_NUMBER}"{height}>{"".join(cells)}</row>'


def _string(column: str, look: int, text: str) -> str:
    kept = ' xml:space="preserve"' if text != text.strip() else ""
    written = _escaped(text) if _SPECIAL.search(text) else text
    return f'<c r="{column}{_NUMBER}" s="{look}" t="inlineStr"><is><t{kept}>{written}</t></is></c>'


def _escaped(text: str) -> str:
    """A text in XML; a control character as Excel writes it, and what looks like that so that it isn't."""
    text = _ESCAPED.sub("_x005F_", text)
    text = _CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _short(text: str) -> str:
    """What a cell can hold of a text: so many units of UTF-16."""
    text = legible(text)
    if len(text) <= _LONGEST_TEXT // 2 or len(text.encode("utf-16-le")) // 2 <= _LONGEST_TEXT:
        return text
    return text.encode("utf-16-le")[: 2 * (_LONGEST_TEXT - 1)].decode("utf-16-le", "ignore") + "…"


def _letters(column: int) -> str:
    """What Excel calls a column, by its index."""
    more, last = divmod(column, 26)
    return (_letters(more - 1) if more else "") + chr(ord("A") + last)
