"""Lines of a text that are shown from right to left, as its own characters say: their figures aren't read.

Between such a character and the end of its line numbers stand in the other order, and after an override their
digits, too (Unicode Standard Annex #9). Whether a program shows them so, and how far, isn't computed.
"""

from __future__ import annotations

import re

from extractor.documents.document import UNREADABLE

# What turns the characters behind it, even digits, and what may turn the order of numbers.
_OVERRIDE = "\u202e"
_TURNING = re.compile("[\u200f\u061c\u202b\u202e\u2067]")
_NUMBER = re.compile(r"\d[\d,.]*")
# Of fewer numbers on a line the order is the same from both sides.
_LEAST_NUMBERS = 2


def with_turned_unread(text: str) -> str:
    """A text in which something that can't be read stands behind each number of a line that may be turned.

    Args:
        text: of a file, with its line breaks.
    """
    if _TURNING.search(text) is None:
        return text
    return "\n".join(map(_unread, text.split("\n")))


def _unread(line: str) -> str:
    if _TURNING.search(line) is None:
        return line
    numbers = len(_NUMBER.findall(line))
    is_turned = _OVERRIDE in line or numbers >= _LEAST_NUMBERS
    return _NUMBER.sub(rf"\g<0>{UNREADABLE}", line) if is_turned else line
