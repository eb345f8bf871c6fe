"""What the ink of a word tells by its shape: marks that are a single stroke, and ink that nobody has read.

The recogniser takes ``/`` for 1 or 7, and a dash for the Chinese one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np

from extractor.documents.scans.ink import Ink
from extractor.documents.scans.words import height_of, runs, size_of_sign

if TYPE_CHECKING:
    from numpy.typing import NDArray

# How far a slash leans to the right for each step up, at least and at most; measured in four fonts, slashes
# lean by 0.23 and more, a 1 to the left if at all, by 0.13 at most: its flag.
_LEANS, _LEANS_MOST, _UPRIGHT, _BACK = 0.19, 1.5, 0.12, 0.2
# How far the ink of a slash is from straight at most, in parts of a line's height; that of a 7 at least, in
# parts of its own: of slashes it is 0.06 at most, of 7s 0.12 and more.
_STRAIGHT, _CROOKED = 0.05, 0.09
# The upper right corner of a 7 is so far right of its foot at least, in parts of its height; its bar is so
# many times as wide as its foot. At 150 and 200 dots an inch and by fax 3,381 of 3,410 7s in 30 fonts are so,
# and none of 5,222 1s, upright and leaning, with feet and flags, nor of 1,636 slashes.
_CORNER, _WIDER_THAN_FOOT = 0.25, 1.3
# A dash is so much longer than high; and so thick at most, in parts of a line's height; longer, it is an em
# dash.
_FLAT, _THICK, _LONG_DASH = 2.0, 0.2, 0.5
# Less ink is dirt; pixels.
_LEAST = 12
# A digit whose strokes are thin above and below is in pieces with such gaps; pixels.
_TORN = 1
# Characters of one figure are nearer to each other, in parts of a line's height: two figures may be farther
# apart. And none is taller than the others by this factor: that is a ruling.
_APART, _TALLER = 0.4, 1.3
# A digit is no wider, in parts of its height, and a 1 without foot or flag; it is so high in parts of a
# line's height.
_NARROW, _SLIM, _DIGIT = 0.65, 0.45, (0.3, 0.9)
# The sign before digits is so wide at least, in parts of a line's height; its middle is between these parts
# of the height of digits.
_SHORTEST_SIGN, _SIGN_FROM, _SIGN_TO = 0.14, 0.3, 0.75
# A digit is as high as the tallest ink of its figure, or that part of it; commas and points are lower,
# and begin in the lower half of digits. A comma hangs below these by so much of their height, and so many
# pixels, at least: in 24 fonts of 19 pixels and more 98 of 100 that stand free do, and 4 of 10,000 points.
_AS_DIGIT, _LOW, _LOWER_HALF, _HANGS, _HANGS_PIXELS = 0.7, 0.6, 0.5, 0.08, 2
# The tip of a 4 is so wide at most, in parts of a line's height; in eight fonts it was 0.12 to 0.18.
_TIP = 0.22

_BEGINS_WITH_ZERO = re.compile(r"[-+]?0[\d,]")


class _Stroke(NamedTuple):
    """The largest piece of a word's ink.

    Attributes:
        wide, high: in pixels.
        lean: how far it leans to the right for each step up.
        crookedness: how far its ink is from a straight line, in pixels (standard deviation).
        is_all: whether there is hardly any other ink.
        piece: where in its box there is its ink.
    """

    wide: int
    high: int
    lean: float
    crookedness: float
    is_all: bool
    piece: NDArray[np.bool_]


def stroke_in(ink: Ink, height: float) -> str | None:
    """The mark that is a single straight stroke, ``/``, ``-`` or ``—``; None if the ink is anything else.

    Args:
        ink: a word's.
        height: of the lines of its page, in pixels.
    """
    stroke = _stroke(ink)
    if stroke is None or not stroke.is_all:
        return None
    if stroke.wide >= _FLAT * stroke.high and stroke.high <= _THICK * height:
        return "—" if stroke.wide >= _LONG_DASH * height else "-"
    if stroke.high < 2 * _LEAST / 3 or stroke.high < stroke.wide:
        return None
    is_straight = stroke.crookedness <= _STRAIGHT * height
    return "/" if _LEANS <= stroke.lean <= _LEANS_MOST and is_straight else None


def bears_out(figure: str, ink: Ink, height: float) -> bool:
    """Whether the ink of a figure may be what was read, and nothing else.

    There is no more of it than the figure has characters, with no gap among it, and nothing as tall as a
    ruling; no sign stands before it that the figure hasn't, though it may touch a digit; and a single 1
    stands upright and is no 7, a single 7 isn't straight, as a slash is. No figure begins with a zero that
    further digits follow.

    Args:
        figure: what was read.
        ink: its.
        height: of the lines of its page, in pixels.
    """
    size = size_of_sign(height)
    pieces = [
        (start, end, high)
        for start, end in runs(ink, _TORN)
        if max(end - start, high := height_of(_without_specks(ink[:, start:end], size))) >= size
    ]
    digits = sum(character.isdigit() for character in figure)
    if _BEGINS_WITH_ZERO.match(figure):
        return False
    if (
        len(pieces) > len(figure)
        or _are_apart(pieces, height)
        or (digits > 1 and _is_one_taller(pieces, height))
    ):
        return False
    if figure[0].isdigit() and has_minus(ink, height, figure[0]):
        return False
    if figure not in {"1", "7"}:
        return True
    stroke = _stroke(ink)
    if stroke is None:
        return False
    if figure == "1":
        return -_BACK <= stroke.lean <= _UPRIGHT and not is_seven(ink)
    return stroke.crookedness >= _CROOKED * stroke.high


def _without_specks(ink: Ink, size: float) -> Ink:
    """A piece of ink without what is smaller above or below it; itself if all of it is, as a dotted line is.

    Two specks with much paper between them are no line, but dirt: nothing is left of them.

    Args:
        ink: the piece.
        size: what is as wide or as high is no speck, in pixels.
    """
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    larger = [
        i for i in range(1, count) if max(stats[i, cv2.CC_STAT_WIDTH], stats[i, cv2.CC_STAT_HEIGHT]) >= size
    ]
    tops, highs = stats[1:count, cv2.CC_STAT_TOP].tolist(), stats[1:count, cv2.CC_STAT_HEIGHT].tolist()
    if len(larger) == count - 1 or (not larger and not _are_two_specks(tops, highs)):
        return ink
    return np.where(np.isin(labels, larger), ink, 0).astype(np.uint8)


def _are_two_specks(tops: Sequence[int], highs: Sequence[int]) -> bool:
    """Whether pieces of ink are two above each other, with more paper between them than both are high.

    Args:
        tops: where each begins, in pixels.
        highs: how high each is.
    """
    if len(tops) != 2:
        return False
    upper, lower = (0, 1) if tops[0] < tops[1] else (1, 0)
    return tops[lower] - tops[upper] - highs[upper] > sum(highs)


def is_one(ink: Ink, height: float) -> bool:
    """Whether ink is a single upright stroke as high as a digit, which no other character of a figure is.

    Args:
        ink: a word's.
        height: of the lines of its page, in pixels.
    """
    stroke = _stroke(ink)
    if stroke is None or not stroke.is_all:
        return False
    is_upright = -_BACK <= stroke.lean <= _UPRIGHT and stroke.crookedness <= _STRAIGHT * height
    return (
        is_upright and stroke.wide <= _SLIM * stroke.high and _DIGIT[0] <= stroke.high / height <= _DIGIT[1]
    )


def is_seven(ink: Ink) -> bool:
    """Whether the largest piece of ink has the shape of a 7: a bar, and a foot far left of its right end.

    A reader takes some for a 1, the same ones on every page; neither a 1 nor a slash has that shape.
    """
    stroke = _stroke(ink)
    if stroke is None:
        return False
    high = stroke.high
    bar = np.flatnonzero(stroke.piece[: max(1, high // 5)].any(axis=0))
    foot = np.nonzero(stroke.piece[-max(1, high // 3) :])[1]
    is_bar = bar[-1] + 1 - bar[0] >= _WIDER_THAN_FOOT * (foot.max() + 1 - foot.min())
    return bool(is_bar and bar[-1] - foot.mean() >= _CORNER * high)


def has_commas(figure: str, ink: Ink, *, is_sure: bool) -> bool:
    """Whether the low ink of a figure is its commas, which hang below digits, and its point.

    Args:
        figure: what was read, with its commas.
        ink: its.
        is_sure: whether the reader that takes it for commas is hardly ever that sure of points: by a single
            pixel they hang then.
    """
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    pieces = stats[1:count][np.argsort(stats[1:count, cv2.CC_STAT_LEFT])].astype(int)
    tops, highs = pieces[:, cv2.CC_STAT_TOP], pieces[:, cv2.CC_STAT_HEIGHT]
    if not len(highs):
        return False
    are_digits = highs >= _AS_DIGIT * highs.max()
    top, bottom = np.median(tops[are_digits]), np.median((tops + highs)[are_digits])
    high = bottom - top
    are_low = (highs < _LOW * high) & (tops > top + _LOWER_HALF * high)
    below = (tops + highs)[are_low] - bottom
    least = 1 if is_sure else max(_HANGS_PIXELS, _HANGS * high)
    marks = [character for character in figure if character in ",."]
    return len(below) == len(marks) and all(
        mark == "." or hangs >= least for mark, hangs in zip(marks, below, strict=True)
    )


def digits_in(ink: Ink, height: float) -> int:
    """How many pieces of a word's ink are as high and as narrow as digits.

    Args:
        ink: a word's.
        height: of the lines of its page, in pixels.
    """
    pieces = [(end - start, height_of(ink[:, start:end])) for start, end in runs(ink, _TORN)]
    return sum(_DIGIT[0] * height <= high and wide <= _NARROW * high for wide, high in pieces)


def is_narrow(ink: Ink) -> bool:
    """Whether ink is as narrow as a digit: Chinese characters are as wide as high, but for one stroke."""
    wide = np.flatnonzero(ink.max(axis=0, initial=0))
    return bool(wide.size) and wide[-1] + 1 - wide[0] <= _NARROW * height_of(ink)


def has_minus(ink: Ink, height: float, digit: str) -> bool:
    """Whether a short flat stroke stands before the other ink of a word, close to it and at half its height.

    It may touch it. What touches a 4 is longer than its tip; the flags of other digits stand higher or lower.

    Args:
        ink: a word's.
        height: of the lines of its page, in pixels.
        digit: the first that was read.
    """
    highs = [height_of(ink[:, x : x + 1]) for x in range(ink.shape[1])]
    start = next((x for x, high in enumerate(highs) if high), len(highs))
    end = next((x for x in range(start, len(highs)) if not 0 < highs[x] <= _THICK * height), len(highs))
    digits = next((x for x in range(end, len(highs)) if highs[x]), None)
    if start == end or digits is None:
        return False
    wide, gap = end - start, digits - end
    (first, last), (top, bottom) = _rows(ink[:, start:end]), _rows(ink[:, digits:])
    shortest = _TIP if digit == "4" and not gap else _SHORTEST_SIGN
    is_dash = shortest * height <= wide <= _LONG_DASH * height and last - first <= _THICK * height
    middle = ((first + last) / 2 - top) / (bottom - top)
    return is_dash and gap <= _APART * height and _SIGN_FROM <= middle <= _SIGN_TO


def _rows(ink: Ink) -> tuple[int, int]:
    """From which row to which there is ink."""
    rows = np.flatnonzero(ink.max(axis=1, initial=0))
    return int(rows[0]), int(rows[-1]) + 1


def _are_apart(pieces: Sequence[tuple[int, int, int]], height: float) -> bool:
    """Whether pieces of ink, from where to where and how high, are farther from each other than digits."""
    return any(other[0] - one[1] > _APART * height for one, other in pairwise(pieces))


def _is_one_taller(pieces: Sequence[tuple[int, int, int]], height: float) -> bool:
    """Whether a piece of ink is taller than the next one that is no sign, as no digit is; or than any digit.

    Where all digits of a figure touch, only its sign and commas are left beside them.
    """
    *rest, tallest = sorted(high for _, _, high in pieces) if pieces else [0]
    digits = [high for high in rest if high >= _DIGIT[0] * height]
    return tallest > (_TALLER * digits[-1] if digits else _DIGIT[1] * height) and bool(rest)


def _stroke(ink: Ink) -> _Stroke | None:
    """The largest piece of a word's ink; None if it is dirt."""
    if not ink.size:
        # OpenCV crashes.
        return None
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    sizes = stats[1:count, cv2.CC_STAT_AREA]
    if not len(sizes) or sizes.max() < _LEAST:
        return None
    largest = 1 + int(sizes.argmax())
    left, top, wide, high, _ = (int(number) for number in stats[largest])
    piece = labels[top : top + high, left : left + wide] == largest
    ys, xs = np.nonzero(piece)
    slope, start = np.polyfit(ys, xs, 1) if high > 1 else (0.0, float(xs.mean()))
    crookedness = float(np.std(xs - (slope * ys + start)))
    return _Stroke(wide, high, -float(slope), crookedness, bool(sizes.max() >= 0.9 * sizes.sum()), piece)
