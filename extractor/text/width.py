"""How wide a text is where Chinese characters are as wide as two digits: in print, and in a spreadsheet."""

from __future__ import annotations

from unicodedata import east_asian_width


def width_in_digits(text: str) -> int:
    """How wide a text is, in widths of a digit (Unicode Standard Annex 11; ambiguous characters are wide).

    Args:
        text: of one line.
    """
    return sum(2 if east_asian_width(character) in "WFA" else 1 for character in text)
