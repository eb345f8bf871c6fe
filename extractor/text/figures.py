"""Figures as pages print them: digits, signs in words, units glued on, marks for "not applicable"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, NamedTuple, TypeAlias

from pydantic import Strict

from extractor.text.folding import fold_figure, fold_script
from rules.confront import State
from rules.form import FigureKind

# Decimals are strings in JSON, so that every printed digit survives.
Value: TypeAlias = Annotated[int, Strict()] | Decimal

_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_COUNT_UNITS = frozenset((*"件项条次份宗个人起例篇", "人次"))
_MONEY_UNITS = frozenset({"元", "百元", "千元", "万元", "亿元"})
_SHARE_UNITS = frozenset("%")
_UNITS = "|".join(sorted(_COUNT_UNITS | _MONEY_UNITS | _SHARE_UNITS, key=lambda unit: (-len(unit), unit)))
_FIGURE = re.compile(
    rf"(?P<sign>增加|减少|新增|增|减|[-+↑↓]|±(?=0(?![\d,.])))? ?(?P<open>\()?(?P<digits>{_DIGITS})(?(open)\))"
    rf" ?(?P<unit>{_UNITS})?"
    # A circled number behind it leads to a note.
    r"(?P<remark> ?\((?=[^()]*[^\d.,()])[^()]*\))? ?[①-⑳]?",
    # A figure in the digits of another script is none that the form's readers read.
    re.ASCII,
)
# A remark that says what the figure is made of, its unit, or what last year's was. By any other it may be
# another year's, a wrong one, or one in hundreds.
_EXPLAINS = re.compile(
    rf"\( ?(?:(?:其中|含|包括|包含|内含|不含|不包括|均|都|全部|全为|系|涉及|主要|原为)[^()]*"
    rf"|(?:上年|去年|上一年)度?(?:同期)?(?:为|[:：])? ?{_DIGITS}[件条项]?"
    rf"|(?:单位 ?[:：] ?)?(?:{'|'.join(sorted(_COUNT_UNITS | _MONEY_UNITS))}))\)"
)
# Words that say that there is no figure; of these, those that say as much as zero: what wasn't counted isn't.
_NOTHING = re.compile(
    r"(?:未|无|不|没有?|暂无)(?:增未减|增减|变化|变动|变|收费|收取|发生|产生|涉及|开展|统计|此项|该项|有|数据)?|持平|空"
)
_NOT_ZERO = re.compile("统计|数据|空|不$")
# Whoever reads a page takes the letter O for the digit, as programs that recognise characters write it.
_ZEROS = frozenset("零〇Oo")
_NEGATIVE = frozenset({"减", "减少", "-", "↓"})
_MARK = re.compile(r"/+|\\|-{1,3}|[—–─]{1,3}|无|不适用|不涉及|N/A", re.IGNORECASE)
_ORDINAL = re.compile(r"\(?[\d一二三四五六七八九十]{1,3}[.、)]+")
_FURNITURE = re.compile(r"[-—–─·]+ *\d{1,4} *[-—–─·]+|第 ?\d+ ?页(?: ?[/,共] ?共? ?\d+ ?页)?")
# A picture or a control stands there; what is printed isn't in the order of the text.
_UNREADABLE = re.compile("[\ufffc\u200f\u061c\u202b\u202e\u2067]")
# What else can stand in a cell of figures and is meant as one, though it can't be parsed; OCR writes O for 0.
_LIKE_A_FIGURE = re.compile(r"(?=.*\d|[Oo]$)[\dOoIl,.+\-—/() 增减?*约余近]{1,16}")


# A number as a page prints it, the digits of which belong together.
_NUMBER = re.compile(r"(?<![\w.])(?![0０])\d{1,3}(?:[,，]\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?")


def numbers_in(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Where the numbers of a text stand, each with all of its digits.

    Args:
        text: of a document.
        start: of the stretch that is looked through.
        end: of it; None: the text's.
    """
    for match in _NUMBER.finditer(text, start, len(text) if end is None else end):
        yield match.span()


class Parsed(NamedTuple):
    """A printed figure.

    Attributes:
        state: whether it is a number, blank or a mark.
        value: the number; None if it is none, or can't be parsed.
        unit: the unit printed with it; None if there is none.
    """

    state: State
    value: int | Decimal | None
    unit: str | None


def _folded(printed: str) -> str:
    """A cell's text without differences of width and script; signs and units are words: 減, 萬元."""
    return fold_script(fold_figure(printed)).strip()


@lru_cache(maxsize=4096)
def is_figure(printed: str) -> bool:
    """Whether a cell's text is a figure, a mark or something unreadable, rather than words."""
    text = _folded(_UNREADABLE.sub("", printed))
    if not text and _UNREADABLE.search(printed):
        return True
    if _FIGURE.fullmatch(text) or _MARK.fullmatch(text) or text in _ZEROS:
        return True
    return bool(_LIKE_A_FIGURE.fullmatch(text)) and not _ORDINAL.fullmatch(text)


def says_nothing(words: str) -> bool:
    """Whether words say that there is no figure: 未增未减, 未收费."""
    return _NOTHING.fullmatch(words.strip()) is not None


def is_word(printed: str) -> bool:
    """Whether a cell's text is a word, such as 未增未减: no mark, no number, in digits or in words."""
    text = _folded(printed)
    is_told = _UNREADABLE.search(printed) is None and _MARK.fullmatch(text) is None
    is_numeral = text.isnumeric() or text in _ZEROS or any(character.isdigit() for character in text)
    return is_told and bool(text) and not is_numeral


def is_furniture(printed: str) -> bool:
    """Whether a cell's text is a page number set off by dashes, or 第3页."""
    return len(printed) < 16 and _FURNITURE.fullmatch(_folded(printed)) is not None


def is_zero(printed: str) -> bool:
    """Whether a cell prints zero, with a unit or without; a blank or a mark doesn't."""
    match = _FIGURE.fullmatch(_folded(printed))
    return match is not None and not Decimal(match["digits"].replace(",", ""))


@lru_cache(maxsize=4096)
def parse_figure(printed: str, kind: FigureKind) -> Parsed:
    """Read a cell.

    Args:
        printed: the cell's text.
        kind: what the form says of it: whether it may have a sign, decimals, a unit of money.

    Returns:
        Its state; its value, ``int`` or, where the form allows decimals, ``Decimal`` with every
        printed digit, or None if the form doesn't allow it or it is no single figure; and the unit
        printed with it.
    """
    text = _folded(printed)
    without_digits = _parsed_without_digits(printed, text)
    if without_digits is not None:
        return without_digits
    match = _FIGURE.fullmatch(text)
    if match is None or not _is_plain(match, kind):
        return Parsed(State.NUMBER, None, None)
    units = _SHARE_UNITS if kind.rounded else _MONEY_UNITS if kind.has_unit else _COUNT_UNITS
    if (match["sign"] and not kind.signed) or (match["unit"] and match["unit"] not in units):
        return Parsed(State.NUMBER, None, match["unit"])
    value = _value(match["digits"].replace(",", ""), kind)
    if value is not None and match["sign"] in _NEGATIVE:
        value = -value
    return Parsed(State.NUMBER, value, match["unit"])


def _parsed_without_digits(printed: str, text: str) -> Parsed | None:
    """What a cell is that holds no digits, or what can't be read; None if it holds a figure."""
    if text in _ZEROS and _UNREADABLE.search(printed) is None:
        return Parsed(State.NUMBER, 0, None)
    if _UNREADABLE.search(printed) or is_word(printed):
        return Parsed(State.UNREAD, None, None)
    if not text:
        return Parsed(State.BLANK, None, None)
    return Parsed(State.MARK, None, None) if _MARK.fullmatch(text) else None


def _is_plain(match: re.Match[str], kind: FigureKind) -> bool:
    """Whether brackets around or behind a figure change nothing of it."""
    # Accountants write what is below zero in brackets.
    is_below_zero = match["open"] is not None and kind.signed
    remark = (match["remark"] or "").strip()
    is_explained = not remark or _EXPLAINS.fullmatch(remark) is not None
    is_same = says_nothing(remark[1:-1]) and _NOT_ZERO.search(remark[1:-1]) is None
    is_zero_in_words = match["digits"] == "0" and is_same
    return not is_below_zero and (is_explained or is_zero_in_words)


def _value(digits: str, kind: FigureKind) -> int | Decimal | None:
    """The value of a number without sign and separators; None if the form allows no such decimals."""
    if kind.decimals and "." in digits:
        return Decimal(digits)
    number = Decimal(digits)
    # 8.0 is a whole number, whatever the form allows.
    return int(number) if number == number.to_integral_value() else None
