"""Where the words of a page stand: stretches of text cut at rulings, gaps and lines, and overlooked ink."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import cv2
import numpy as np

from extractor.documents.scans.ink import Ink
from extractor.documents.scans.rulings import Lines

# Parts of the height of a line, which is found with paper above and below it, half as high again as its
# characters. Labels of columns may stand no farther apart, with no ruling between, than the first, by which
# Chinese characters are parted: they are as high as the second within so much on either side of a gap.
# Figures and blanks beside them take the fourth, what follows a comma the fifth: it is as low as the sixth. A
# ruling so far inside parts words, too.
_GAP_CHINESE, _CHINESE, _AROUND, _GAP, _GAP_BEHIND_LOW, _LOW, _INSIDE = 0.33, 0.48, 0.6, 0.45, 0.6, 0.3, 0.2
# Ink that no word covers is looked at if it is as large as a stroke of a digit, and no larger than a line.
_SMALLEST, _LARGEST = 0.2, 1.6
# A word that is so much taller than wide, and taller than a line, stands on end.
_ON_END, _TALL = 1.8, 1.8
# Characters above each other: together so much taller than a line, each of them at least so tall.
_STACKED, _OF_STACK = 1.35, 0.4
# Ink so near to a word, in parts of the height of a line, is part of it; fewer pixels are dirt.
_NEAR, _DIRT = 0.5, 6
# Ink beside a word so near is its own; pixels.
_RIM = 4
# Ink that is smaller, in parts of a line's height and in pixels, is a speck: a sign is larger.
_SPECK, _SMALLEST_SIGN = 0.14, 4


class Word(NamedTuple):
    """A stretch of a line: where it stands, in pixels, and whether its characters stand above each other."""

    left: int
    top: int
    right: int
    bottom: int
    is_on_end: bool = False


def words_in(found: Sequence[Word], lines: Lines, height: float) -> list[Word]:
    """The words of a page.

    Args:
        found: the boxes of stretches of text.
        lines: what is drawn on the page, and its ink.
        height: of its lines, in pixels.
    """
    words = [part for word in found for part in _parts(word, lines, height)]
    return _in_order(_completed(_outermost(words), lines, height), height)


def _outermost(words: Sequence[Word]) -> list[Word]:
    """Words without those inside others: ends of a character that two stretches of text have in common."""
    kept: list[Word] = []
    for word in sorted(words, key=_area, reverse=True):
        if not any(_is_inside(word, other) for other in kept):
            kept.append(word)
    return kept


def _area(word: Word) -> int:
    return (word.right - word.left) * (word.bottom - word.top)


def _is_inside(word: Word, other: Word) -> bool:
    """Whether a word is part of another one on its line, but for a rim."""
    middles = (word.top + word.bottom) / 2, (other.top + other.bottom) / 2
    is_on_line = all(
        max(word.top, other.top) <= middle <= min(word.bottom, other.bottom) for middle in middles
    )
    return is_on_line and other.left - _RIM <= word.left and word.right <= other.right + _RIM


def _in_order(words: Sequence[Word], height: float) -> list[Word]:
    """Words line by line, each from the left: neighbours in a number have to follow each other."""
    ordered: list[Word] = []
    line: list[Word] = []
    for word in sorted(words, key=lambda one: one.top + one.bottom):
        if line and word.top + word.bottom - line[0].top - line[0].bottom > height:
            ordered += sorted(line)
            line = []
        line.append(word)
    return ordered + sorted(line)


def _parts(word: Word, lines: Lines, height: float) -> Iterator[Word]:
    """The parts of a stretch of text between rulings, wide gaps, and lines above each other."""
    if word.bottom <= word.top or word.right <= word.left:
        return
    stack = _between_rulings(word, lines, height)
    if len(stack) == 1:
        stack = _stacked(word, lines, height)
    if len(stack) > 1:
        for one in stack:
            yield from _parts(one, lines, height)
        return
    tall, wide = word.bottom - word.top, word.right - word.left
    if tall > _ON_END * wide and tall > _TALL * height:
        yield word._replace(is_on_end=True)
    else:
        yield from _side_by_side(word, lines, size_of_sign(height))


def size_of_sign(height: float) -> float:
    """How wide or high ink is at least that is no speck, on a page whose lines are so high; pixels."""
    return max(_SMALLEST_SIGN, _SPECK * height)


def _side_by_side(word: Word, lines: Lines, size: float) -> Iterator[Word]:
    """The parts of one line of text between rulings down and wide gaps, but for specks.

    Args:
        word: the line.
        lines: what is drawn on the page, and its ink.
        size: of the least ink that is none, in pixels.
    """
    tall = word.bottom - word.top
    middle, margin = (word.top + word.bottom) / 2, _INSIDE * tall
    cuts = sorted(
        round(x) for x, top, _, bottom in lines.down if top <= middle <= bottom and word.left < x < word.right
    )
    for left, right in pairwise([word.left, *cuts, word.right]):
        if cuts and right - left < margin:
            continue
        own = lines.text[word.top : word.bottom, left:right]
        for start, end in _between_gaps(own):
            if max(end - start, height_of(own[:, start:end])) >= size:
                yield word._replace(left=left + start, right=left + end)


def _between_gaps(ink: Ink) -> Iterator[tuple[int, int]]:
    """From which column to which the words of one line of text reach."""
    strokes = list(runs(ink, 0))
    start = 0
    for i, (_, right) in enumerate(strokes):
        if i + 1 == len(strokes) or strokes[i + 1][0] - right > _gap_at(ink, strokes[i], strokes[i + 1]):
            yield strokes[start][0], right
            start = i + 1


def _gap_at(ink: Ink, stroke: tuple[int, int], following: tuple[int, int]) -> float:
    """How wide a gap is at least, between two strokes of a line of text, if it parts words; pixels."""
    tall = len(ink)
    if height_of(ink[:, slice(*stroke)]) < _LOW * tall:
        return _GAP_BEHIND_LOW * tall
    around = round(_AROUND * tall)
    sides = ink[:, max(0, stroke[1] - around) : stroke[1]], ink[:, following[0] : following[0] + around]
    are_chinese = all(height_of(side) >= _CHINESE * tall for side in sides)
    return (_GAP_CHINESE if are_chinese else _GAP) * tall


def _between_rulings(word: Word, lines: Lines, height: float) -> list[Word]:
    """The parts of a stretch of text above and below rulings across it; it alone if there are none."""
    middle, margin = (word.left + word.right) / 2, _OF_STACK * height
    floors = sorted(
        round(y)
        for left, y, right, _ in lines.across
        if left <= middle <= right and word.top + margin < y < word.bottom - margin
    )
    return [
        word._replace(top=top, bottom=bottom) for top, bottom in pairwise([word.top, *floors, word.bottom])
    ]


def _stacked(word: Word, lines: Lines, height: float) -> list[Word]:
    """The lines of a stretch of text that was found as one; it alone if it is one line.

    The recogniser squeezes what stands above each other into one line. A character may have rows without ink
    inside it (二), so that a line has to be as tall as one.
    """
    if word.bottom - word.top < _STACKED * height:
        return [word]
    ink = lines.text[word.top : word.bottom, word.left : word.right]
    rows: list[tuple[int, int]] = []
    for top, bottom in runs(np.ascontiguousarray(ink.T), 0):
        # A stroke on its own goes on with what is nearer: above, unless that is whole already.
        if rows and (rows[-1][1] - rows[-1][0] < _OF_STACK * height or bottom - top < _OF_STACK * height):
            rows[-1] = rows[-1][0], bottom
        else:
            rows.append((top, bottom))
    if len(rows) < 2 or any(bottom - top < _OF_STACK * height for top, bottom in rows):
        return [word]
    edges = [0, *((one[1] + other[0]) // 2 for one, other in pairwise(rows)), word.bottom - word.top]
    return [word._replace(top=word.top + top, bottom=word.top + bottom) for top, bottom in pairwise(edges)]


def _completed(words: Sequence[Word], lines: Lines, height: float) -> list[Word]:
    """The words with the ink that stands in none of them: single digits are overlooked most.

    Ink close to a word is part of it, what stands alone is a word of its own.
    """
    completed, alone = list(words), []
    for blot in _blots(words, lines, height):
        near = [i for i, word in enumerate(completed) if _is_beside(word, blot, lines, height)]
        if not near:
            alone.append(blot)
            continue
        i = min(near, key=lambda i: max(completed[i].left - blot.right, blot.left - completed[i].right))
        word = completed[i]
        completed[i] = Word(
            min(word.left, blot.left),
            min(word.top, blot.top),
            max(word.right, blot.right),
            max(word.bottom, blot.bottom),
        )
    return completed + alone


def _blots(words: Sequence[Word], lines: Lines, height: float) -> Iterator[Word]:
    """Ink outside of words that is no dirt."""
    if not height:
        return
    rest = lines.text.copy()
    for word in words:
        rest[word.top : word.bottom, max(0, word.left - _RIM) : word.right + _RIM] = 0
    _, pieces, sizes, _ = cv2.connectedComponentsWithStats(rest, connectivity=8)
    rest[(sizes[:, cv2.CC_STAT_AREA] < _DIRT)[pieces]] = 0
    across, down = max(1, round(height / 4)), max(1, round(height / 6))
    near = cv2.dilate(rest, np.ones((2 * down + 1, 2 * across + 1), np.uint8))
    # What stands on either side of a ruling is apart, however near.
    near[lines.drawn > 0] = 0
    count, groups = cv2.connectedComponents(near, connectivity=8)
    ys, xs = np.nonzero(rest)
    group = groups[ys, xs].astype(np.intp)
    rows, columns = rest.shape
    lefts, tops = np.full(count, columns), np.full(count, rows)
    rights, bottoms = np.full(count, -1), np.full(count, -1)
    np.minimum.at(lefts, group, xs)
    np.minimum.at(tops, group, ys)
    np.maximum.at(rights, group, xs)
    np.maximum.at(bottoms, group, ys)
    for left, top, right, bottom in np.stack([lefts, tops, rights, bottoms], axis=1)[1:].tolist():
        own = Word(left, top, right + 1, bottom + 1)
        wide, high = own.right - own.left, own.bottom - own.top
        is_large = min(wide, high) > 0 and max(wide, high) >= _SMALLEST * height
        if is_large and high <= _LARGEST * height:
            yield own


def _is_beside(word: Word, blot: Word, lines: Lines, height: float) -> bool:
    """Whether ink goes on with a word: on its line, close to it, and no ruling between."""
    middle = (blot.top + blot.bottom) / 2
    gap = max(word.left - blot.right, blot.left - word.right)
    if word.is_on_end or not word.top <= middle <= word.bottom or gap > _NEAR * height:
        return False
    start, end = min(word.right, blot.right), max(word.left, blot.left)
    return not any(start <= x <= end and y0 <= middle <= y1 for x, y0, _, y1 in lines.down)


def runs(ink: Ink, gap: float) -> Iterator[tuple[int, int]]:
    """From which column to which there is ink without a gap that is wider."""
    columns = [int(column) for column in np.flatnonzero(ink.max(axis=0, initial=0))]
    start = 0
    for i in range(1, len(columns) + 1):
        if i == len(columns) or columns[i] - columns[i - 1] - 1 > gap:
            yield columns[start], columns[i - 1] + 1
            start = i


def height_of(ink: Ink) -> int:
    """How many rows there are from the first to the last one with ink."""
    rows = np.flatnonzero(ink.max(axis=1, initial=0))
    return int(rows[-1] - rows[0]) + 1 if len(rows) else 0
