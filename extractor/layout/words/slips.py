"""Labels of rows with a slip of the pen, known by the ordinals before them."""

from __future__ import annotations

from collections import Counter

from extractor.layout.words.labels import CHANGES_MEANING
from extractor.layout.words.ordinals import ORDINAL, ordinal
from extractor.text.folding import fold_label, label_key
from rules.form import Row

# A shorter label with another character is another label.
_SHORTEST_WITH_A_SLIP = 4
# How much of a label a misprint must leave.
_LEFT_BY_A_MISPRINT = 0.6


def is_misprint(words: str, row: Row) -> bool:
    """Whether a text is a row's ordinal and, behind it, its label with a slip of the pen.

    A slip leaves characters out, or puts one for another; anything else is another label.

    Args:
        words: the text.
        row: the row.
    """
    number, rest = ordinal(fold_label(words))
    if row.number is None or number != label_key(row.number):
        return False
    printed = label_key(rest)
    return any(_is_slip(printed, label_key(fold_label(label))) for label in (row.label, *row.variants))


def is_bare_ordinal(words: str, row: Row) -> bool:
    """Whether a text is nothing but a row's ordinal; many rows have the same one.

    Args:
        words: the text.
        row: the row.
    """
    match = ORDINAL.fullmatch(fold_label(words))
    return match is not None and row.number is not None and match[1] == label_key(row.number)


def _is_slip(printed: str, label: str) -> bool:
    if len(label) < _SHORTEST_WITH_A_SLIP:
        return False
    if len(printed) == len(label):
        slips = [{a, b} for a, b in zip(printed, label, strict=True) if a != b]
        return len(slips) <= 1 and all(CHANGES_MEANING.isdisjoint(slip) for slip in slips)
    lacking = Counter(label) - Counter(printed)
    characters = iter(label)
    left_out = all(character in characters for character in printed)
    # What is cut off at the end, as by a page break, was left out by nobody.
    says_the_same = label.startswith(printed) or CHANGES_MEANING.isdisjoint(lacking)
    return left_out and says_the_same and _LEFT_BY_A_MISPRINT * len(label) <= len(printed) < len(label)
