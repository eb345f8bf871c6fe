"""Numbers as Chinese texts write them: 1,234 · 14.2万 · 二百三十五 · 两 · 百分之五点六."""

from __future__ import annotations

from decimal import Decimal

_HAN = "零一二三四五六七八九"
_DIGITS = {character: value for value, character in enumerate(_HAN)} | {"〇": 0, "两": 2}
_PLACES = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}
_MULTIPLIERS = _PLACES | _MYRIADS

# What is longer is no figure of a report, and Python converts no more than 4,300 digits.
_LONGEST = 64

CHINESE = "零〇一二两三四五六七八九十百千万亿"


def value_of(printed: str) -> int | Decimal | None:
    """The value of a number as folded text prints it; None if it is none.

    Args:
        printed: Arabic digits, with separators, decimals and a multiplier (14.2万) or without; or
            Chinese numerals, written with places (二百三十五) or digit by digit (二三五).

    Returns:
        ``int``, or ``Decimal`` with every printed decimal where there are decimals left.
    """
    if len(printed) > _LONGEST:
        return None
    if printed[:1].isdigit() and printed.isascii():
        return _number(Decimal(printed.replace(",", ""))) if "." in printed else int(printed.replace(",", ""))
    if printed[:1].isdigit():
        digits = printed.rstrip("".join(_MULTIPLIERS))
        factor = 1
        for character in printed[len(digits) :]:
            factor *= _MULTIPLIERS[character]
        return _number(Decimal(digits.replace(",", "")) * factor, integral=True)
    whole, point, decimals = printed.partition("点")
    value = _chinese(whole)
    if value is None or not point:
        return value
    if not decimals or any(character not in _DIGITS for character in decimals):
        return None
    return Decimal(f"{value}.{''.join(str(_DIGITS[character]) for character in decimals)}")


def in_chinese(count: int) -> str:
    """A number from 1 to 99 as it is written in Chinese: 一, 十, 二十一.

    Args:
        count: the number.
    """
    tens, ones = divmod(count, 10)
    return (_HAN[tens] if tens > 1 else "") + ("十" if tens else "") + (_HAN[ones] if ones else "")


def _number(value: Decimal, *, integral: bool = False) -> int | Decimal:
    """A number as it is kept: printed decimals survive, those that a multiplier uses up don't."""
    return int(value) if integral and value == value.to_integral_value() else value


def _chinese(printed: str) -> int | None:
    """A Chinese numeral, digit by digit (二三五) or with places (二百三十五); None if it is none."""
    if not printed or any(character not in CHINESE for character in printed):
        return None
    if len(printed) > 1 and all(character in _DIGITS for character in printed):
        return int("".join(str(_DIGITS[character]) for character in printed))
    return _with_places(printed)


def _with_places(printed: str) -> int:
    """A numeral with places: 三万二千一百零五 is (3) × 10,000 + 2 × 1,000 + 1 × 100 + 5.

    Args:
        printed: characters of :data:`CHINESE`.
    """
    total = 0  # what is before the last 万 or 亿
    section = 0  # what is since, with its places
    digit = 0  # the last digit, whose place isn't known yet
    place = 1  # of the character before it, if that names one
    for character in printed:
        if character in _DIGITS:
            digit = _DIGITS[character]
            if not digit:
                place = 1
        elif character in _PLACES:
            place = _PLACES[character]
            section += (digit or 1) * place
            digit = 0
        else:
            place = _MYRIADS[character]
            section += digit
            # 一万亿 is 10,000 × 100,000,000, but 一亿二万 is no multiple of 亿.
            total = (total + section) * place if character == "亿" else total + section * place
            section = digit = 0
    # 三百五 is 350: a last digit is of the place below that of the character before it.
    is_abbreviated = place > 10 and printed[-2:-1] in _MULTIPLIERS
    return total + section + (digit * place // 10 if is_abbreviated else digit)
