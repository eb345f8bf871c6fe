"""A sheet of the workbook: a head that stays, a filter, and rows that are written as they come.

Text from a page is always written as text: XlsxWriter's own ``write`` would make a formula of what begins
with ``=`` and a link of an address.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING, Any

from extractor.errors import legible
from extractor.output.tables.entry import Entry, Head, Link, Tone
from extractor.text.width import width_in_digits
from rules.words import Language

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

# Limits of the format (Excel specifications and limits).
LAST_ROW = 1_048_575
_LONGEST_TEXT = 32_767
_MOST_LINKS, _LONGEST_LINK = 65_530, 2_079
_MOST_COLUMNS_OF_A_PAGE = 20
_A4 = 9
# In points.
_HEIGHT_OF_A_LINE = 15
_MOST_LINES = 12
# Excel keeps 15 digits of a number.
_MOST_DIGITS = 15
# What a person who edits such a cell would make a formula of, if it weren't marked as text.
_FORMULA = ("=", "+", "-", "@", "\t")
_COMMENT = {"x_scale": 3, "y_scale": 1.5, "author": "gongkai", "font_size": 9}
_FILLS = {Tone.GOOD: "#E2F0D9", Tone.WARNING: "#FFF2CC", Tone.BAD: "#F8CBAD"}
_MORE = {
    "zh": "一张工作表只容纳这么多行，其余见同名的 Parquet 或 CSV 文件。",
    "en": "A sheet holds no more rows; the rest is in the Parquet or CSV file of the same name.",
}


class Styles:
    """The looks of a workbook, each made once."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._known: dict[tuple[Tone, str, bool, bool], Format] = {}
        link = {"font_color": "#0563C1", "underline": 1, "valign": "top"}
        self.head = workbook.add_format(
            {"bold": True, "bg_color": "#D9E1F2", "text_wrap": True, "valign": "top", "border": 1}
        )
        self.link = workbook.add_format(link)
        self.quoted_link = workbook.add_format({**link, "quote_prefix": True})

    def of(self, tone: Tone, number: str = "", *, quoted: bool = False, wraps: bool = False) -> Format:
        """A look.

        Args:
            tone: how it stands out.
            number: how a number is shown, as Excel writes it; empty for a text.
            quoted: whether it is a text that a person's edit mustn't make a formula of.
            wraps: whether it is a text that goes on in further lines.
        """
        key = (tone, number, quoted, wraps)
        if key not in self._known:
            look: dict[str, Any] = {"valign": "top", "text_wrap": wraps}
            if number:
                # A blank between it and the text of the next column.
                look |= {"num_format": number, "align": "right", "indent": 1}
            if tone in _FILLS:
                look["bg_color"] = _FILLS[tone]
            if tone is Tone.FAINT:
                look["font_color"] = "#7F7F7F"
            if quoted:
                look["quote_prefix"] = True
            self._known[key] = self._workbook.add_format(look)
        return self._known[key]


class Sheet:
    """A sheet that is written row by row."""

    def __init__(
        self, sheet: Worksheet, styles: Styles, heads: Sequence[Head], language: Language, *, fixed: int
    ) -> None:
        """Begin a sheet with its head.

        Args:
            sheet: an empty one.
            styles: of its workbook.
            heads: of its columns.
            language: of what it says by itself.
            fixed: how many columns stay in sight.
        """
        self._sheet, self._styles, self._language = sheet, styles, language
        self._row, self._links = 0, 0
        self._heads = tuple(heads)
        sheet.freeze_panes(1, fixed)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.repeat_rows(0)
        if len(heads) <= _MOST_COLUMNS_OF_A_PAGE:
            sheet.fit_to_pages(1, 0)
        else:
            sheet.repeat_columns(0, fixed - 1)
        for column, head in enumerate(heads):
            sheet.set_column(column, column, head.width)
            sheet.write_string(0, column, head.title, styles.head)

    def add(self, entries: Sequence[Entry]) -> None:
        """Write a row; behind the last one that a sheet holds, a line says where the rest is.

        Args:
            entries: one a column.
        """
        if self._row >= LAST_ROW:
            return
        self._row += 1
        if self._row == LAST_ROW:
            self._sheet.write_string(self._row, 0, _MORE[self._language], self._styles.of(Tone.WARNING))
            return
        lines = max(map(_lines, entries, self._heads), default=1)
        if lines > 1:
            self._sheet.set_row(self._row, lines * _HEIGHT_OF_A_LINE)
        for column, entry in enumerate(entries):
            self._write(column, entry)

    def close(self) -> None:
        """Put the filter over all that was written."""
        self._sheet.autofilter(0, 0, self._row, len(self._heads) - 1)

    def _write(self, column: int, entry: Entry) -> None:
        content, tone = entry.content, entry.tone
        if isinstance(content, Link):
            self._link(column, content)
        elif isinstance(content, str):
            self._text(column, content, tone)
        elif content is not None:
            self._number(column, content, tone)
        elif tone is not Tone.PLAIN:
            self._sheet.write_blank(self._row, column, None, self._styles.of(tone))
        if entry.comment:
            self._sheet.write_comment(self._row, column, entry.comment[:_LONGEST_TEXT], _COMMENT)

    def _text(self, column: int, text: str, tone: Tone) -> None:
        if text or tone is not Tone.PLAIN:
            quoted, wraps = text.startswith(_FORMULA), self._heads[column].wraps
            style = self._styles.of(tone, quoted=quoted, wraps=wraps)
            self._sheet.write_string(self._row, column, _short(text), style)

    def _number(self, column: int, number: int | float | Decimal | Fraction, tone: Tone) -> None:
        if isinstance(number, int | Decimal) and len(Decimal(number).as_tuple().digits) > _MOST_DIGITS:
            self._text(column, f"{Decimal(number):f}", tone)
            return
        shown = "0.0%" if isinstance(number, Fraction) else "0" if isinstance(number, int) else "General"
        self._sheet.write_number(self._row, column, float(number), self._styles.of(tone, shown))

    def _link(self, column: int, link: Link) -> None:
        self._links += 1
        if self._links > _MOST_LINKS or len(link.target) > _LONGEST_LINK:
            self._text(column, link.text, Tone.PLAIN)
            return
        style = self._styles.quoted_link if link.text.startswith(_FORMULA) else self._styles.link
        self._sheet.write_url(self._row, column, link.target, style, _short(link.text))


def _lines(entry: Entry, head: Head) -> int:
    """How many lines an entry takes: a program that opens the file doesn't make room for them by itself."""
    if not head.wraps or not isinstance(entry.content, str):
        return 1
    width = width_in_digits(entry.content)
    return min(ceil(width / head.width), _MOST_LINES)


def _short(text: str) -> str:
    """What a cell can hold of a text: so many units of UTF-16."""
    text = legible(text)
    if len(text) <= _LONGEST_TEXT // 2 or len(text.encode("utf-16-le")) // 2 <= _LONGEST_TEXT:
        return text
    return text.encode("utf-16-le")[: 2 * (_LONGEST_TEXT - 1)].decode("utf-16-le", "ignore") + "…"
