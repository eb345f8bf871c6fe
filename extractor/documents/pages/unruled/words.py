"""The words of lines as tables without lines are found by: figures off their labels, torn numbers marked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from extractor.documents.pages.lines import Word, word_of
from extractor.documents.pages.measures import (
    COLUMN_FIGURES,
    FEWEST_COUNTED,
    NUMBER_LEADING,
    SAME_LEFT,
    WRAPPED_DIGITS,
)
from extractor.documents.pages.tables import ORDINAL
from extractor.documents.pages.unruled.labels import is_over

_COUNT = re.compile(r"\d{1,3}")
# A, and A1 below it.
_LETTERED = re.compile(r"(?P<letter>[A-Z])(?P<number>\d{0,2})")


def parted(words: Sequence[Word], lefts: Sequence[float]) -> list[Word]:
    """The words of a line with a figure taken off the label that it nearly touches.

    Args:
        words: from the left.
        lefts: where the words of lines of several begin; there is a column where several do.
    """
    for position, word in enumerate(words):
        label, *others = [word] if word.is_figure else word.parts
        if not others or not others[-1].is_figure:
            continue
        is_row = all(one.is_figure for one in words[position + 1 :])
        left = others[-1].box[0]
        alike = sum(abs(left - one) < SAME_LEFT * word.height for one in lefts)
        if is_row and alike >= COLUMN_FIGURES and (position + 1 < len(words) or ORDINAL.match(label.text)):
            rest = word_of([glyph for part in (label, *others[:-1]) for glyph in part.glyphs])
            return [*words[:position], rest, others[-1], *words[position + 1 :]]
    return [*words]


def with_counts(rows: Sequence[list[Word]]) -> list[list[Word]]:
    """The words of lines, the first ones told that only count the rows of a table before labels: 1, 2, 3 …

    So do letters, and numbers within these: A, A1, A2, B.

    Args:
        rows: the words of each line, from the top.
    """
    counted = [*map(list, rows)]
    for run in _counts(rows):
        for i in run:
            counted[i][0] = replace(rows[i][0], is_count=True)
    return counted


def _counts(rows: Sequence[list[Word]]) -> Iterator[list[int]]:
    """The lines of each run of those that begin with a number, a label behind it, and count on."""
    run: list[int] = []
    for i, row in enumerate(rows):
        if len(row) == 1 or row[1].is_figure or not _may_count(row[0].text):
            continue
        above = rows[run[-1]][0] if run else None
        if above is None or not _counts_on(row[0].text, above.text) or not is_over(above, row[0]):
            if len(run) >= FEWEST_COUNTED:
                yield run
            run = []
        run.append(i)
    if len(run) >= FEWEST_COUNTED:
        yield run


def _may_count(text: str) -> bool:
    return _COUNT.fullmatch(text) is not None or _LETTERED.fullmatch(text) is not None


def _counts_on(text: str, above: str) -> bool:
    """Whether a number follows another one, or a letter with or without a number does."""
    own, other = _LETTERED.fullmatch(text), _LETTERED.fullmatch(above)
    if own is None or other is None:
        return own is other and int(text) == int(above) + 1
    if own["letter"] == other["letter"]:
        return int(own["number"] or 0) == int(other["number"] or 0) + 1
    return ord(own["letter"]) == ord(other["letter"]) + 1 and own["number"] in ("", "1")


def marked(rows: Sequence[list[Word]]) -> list[list[Word]]:
    """The words of lines, those of a number that goes on below marked so that no number is read.

    It does where a line of nothing but figures, fewer than above it, follows as the line of a cell does.
    """
    marked = [*map(list, rows)]
    for i, (above, below) in enumerate(pairwise(rows)):
        figures = [[(j, one) for j, one in enumerate(row) if _has_digit(one)] for row in (above, below)]
        is_rest = len(figures[1]) == len(below) <= len(figures[0]) and len(below) < len(above)
        for j, one in figures[0]:
            for k, other in figures[1]:
                if is_rest and _is_wrapped(one, other):
                    marked[i][j] = replace(one, text=f"{one.text}?")
                    marked[i + 1][k] = replace(other, text=f"{other.text}?")
    return marked


def _has_digit(word: Word) -> bool:
    return word.is_figure and any(map(str.isdigit, word.text))


def _is_wrapped(one: Word, other: Word) -> bool:
    is_below = is_over(one, other)
    is_longer = len(one.text) >= WRAPPED_DIGITS and len(other.text) <= len(one.text)
    return is_below and is_longer and other.box[1] - one.box[3] < NUMBER_LEADING * one.height


def ends_in_figures(words: Sequence[Word]) -> bool:
    """Whether a line ends in figures, with nothing but labels before them."""
    kinds = [word.is_figure for word in words]
    return any(kinds) and all(kinds[kinds.index(True) :])


def middle_of_figures(words: Sequence[Word]) -> float:
    """Where the figures of a line stand on the page, in points from its top."""
    boxes = [word.box for word in words if word.is_figure]
    return sum(box[1] + box[3] for box in boxes) / len(boxes) / 2


def first_figure(words: Sequence[Word]) -> Word:
    """The first figure on a line that has one."""
    return next(word for word in words if word.is_figure)
