"""Figures that follow one another behind a label."""

from __future__ import annotations

import re
from typing import NamedTuple

from extractor.documents.document import Span
from extractor.text.figures import numbers_in

# What parts the figures of a series from each other and from their labels, and units behind them. What stands
# in brackets is a remark on a figure: 5（3）.
_BETWEEN = re.compile(r'[\s|｜│┃、，,;；:：。为是共计有件个项条次宗份=＝\'"‘’“”{}]*')
# The ordinal of a label; no figure is followed by such a sign.
_ORDINAL = re.compile(r"\d{1,2}[.、．)）](?!\d)")
# No number has more characters.
_LONGEST_NUMBER = 40


class Series(NamedTuple):
    """Figures that follow one another, as they stand on the page.

    Attributes:
        name: of the row or column that they are of.
        words: its label, as quoted.
        label: where its label stands.
        cells: where they stand.
        heads: where the label of each stands right before it; none if they stand elsewhere.
    """

    name: str
    words: str
    label: Span
    cells: tuple[Span, ...]
    heads: tuple[Span, ...]


def end_of_gap(text: str, position: int) -> int:
    """Where what parts figures from each other and from their labels ends, if it begins at a position.

    Args:
        text: of a document.
        position: in it.
    """
    gap = _BETWEEN.match(text, position)
    return position if gap is None else gap.end()


def first_number(text: str, position: int) -> Span | None:
    """The first number from a position on, as if nothing stood before that; None if none is near.

    Args:
        text: of a document.
        position: in it.
    """
    number = next(numbers_in(text[position : position + _LONGEST_NUMBER]), None)
    return None if number is None else Span(position + number[0], position + number[1])


def is_ordinal_at(text: str, position: int) -> bool:
    """Whether the ordinal of a label stands at a position: 2.重复申请.

    Args:
        text: of a document.
        position: in it.
    """
    return _ORDINAL.match(text, position) is not None
