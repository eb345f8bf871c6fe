"""Pictures of pages made ready to be read: upright, straight, and told apart into ink and paper."""

from __future__ import annotations

from functools import partial
from typing import Any, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

Grey: TypeAlias = NDArray[np.uint8]
# 255 where there is ink, else 0.
Ink: TypeAlias = NDArray[np.uint8]
# A line: from where to where, in pixels.
Segment: TypeAlias = tuple[float, float, float, float]
# Corners, each x and y.
Points: TypeAlias = NDArray[np.float32]

_WHITE = 255
_LEVELS = np.arange(_WHITE + 1, dtype=np.float64)
# On white paper: the line between text and paper lies between the first two; pale text is darker than the
# third, and than the paper by this many times its noise.
_DARKEST_PAPER, _LIGHTEST_INK = 90, 190
_PALE, _NOISE = 205, 6.0
# Faint strokes are darker than paper by so many levels, so long in pixels at 200 to the inch at least and at
# most, and no more of them than this part is ink: a speck on them.
_FAINT, _SHORTEST, _LONGEST, _MOSTLY_FAINT = 18, 11, 45, 0.35
# Degrees: pages that lie more askew aren't put straight; steps of the search, each finer than the last.
_MOST_ASKEW = 5.0
_STEPS = ((4, 0.5), (2, 0.1), (2, 0.02))


def whitened(grey: Grey) -> Grey:
    """A picture with its paper made white, however dark it is, and wherever."""
    rows, columns = grey.shape
    small = cv2.resize(grey, (max(1, columns // 8), max(1, rows // 8)), interpolation=cv2.INTER_AREA)
    size = min(31, 2 * (min(small.shape) // 2) - 1)
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((3, 3), np.uint8)), size) if size > 2 else small
    paper = cv2.resize(paper, (columns, rows), interpolation=cv2.INTER_LINEAR)
    return cv2.divide(grey, np.maximum(paper, 1), scale=_WHITE).astype(np.uint8)


def ink_of(white: Grey) -> Ink:
    """Where there is ink on white paper."""
    smooth = cv2.GaussianBlur(white, (3, 3), 0)
    limit, _ = cv2.threshold(smooth, 0, _WHITE, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    return _darker(smooth, min(max(limit, _DARKEST_PAPER), _LIGHTEST_INK))


def text_ink_of(white: Grey) -> Ink:
    """Where there is ink on white paper: thin and pale strokes, too, and faint ones apart from other ink.

    A blank has none of them: slashes of a light font, printed small, are hardly darker than paper.
    """
    smooth = cv2.GaussianBlur(white, (3, 3), 0).astype(np.uint8)
    middle, noise = noise_of(smooth)
    pale = _darker(smooth, min(_PALE, middle - _NOISE * noise))
    faint = _darker(smooth, middle - max(_FAINT, _NOISE * noise))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(faint, connectivity=8)
    longest = stats[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1)
    of_ink = np.bincount(labels[pale > 0], minlength=count)
    is_stroke = (longest >= _SHORTEST) & (longest <= _LONGEST)
    is_stroke &= of_ink <= _MOSTLY_FAINT * stats[:, cv2.CC_STAT_AREA]
    is_stroke[0] = False
    return np.where(is_stroke[labels], _WHITE, pale).astype(np.uint8)


def noise_of(grey: Grey) -> tuple[float, float]:
    """How light paper is, and by how much its pixels differ: the standard deviation."""
    counts = np.ravel(cv2.calcHist([grey], [0], None, [_LEVELS.size], [0, _LEVELS.size])).astype(np.int64)
    middle = _median(_LEVELS, counts)
    return middle, 1.5 * _median(np.abs(_LEVELS - middle), counts)


def _median(values: NDArray[np.float64], counts: NDArray[np.int64]) -> float:
    """The median of values of which there are so many each: millions of pixels have few levels."""
    order = np.argsort(values)
    below = np.cumsum(counts[order])
    middle = [(below[-1] - 1) // 2, below[-1] // 2]
    return float(np.mean(values[order][np.searchsorted(below, middle, side="right")]))


def _darker(grey: NDArray[Any], limit: float) -> Ink:
    return np.where(grey < limit, _WHITE, 0).astype(np.uint8)


def skew_of(ink: Ink) -> float:
    """By how many degrees lines fall to the right: turned back by that, they lie across."""
    best, reach = 0.0, _MOST_ASKEW
    for shrink, step in _STEPS:
        rows, columns = ink.shape
        size = (max(1, columns // shrink), max(1, rows // shrink))
        small = cv2.resize(ink, size, interpolation=cv2.INTER_AREA)
        count = round(reach / step)
        best = max((best + i * step for i in range(-count, count + 1)), key=partial(_sharpness, small))
        reach = step
    return best


def _sharpness(ink: NDArray[Any], angle: float) -> float:
    """How sharply full and empty rows of a picture change."""
    sums = turned(ink, angle, 0).sum(axis=1, dtype=np.float64)
    return float(((sums[1:] - sums[:-1]) ** 2).sum())


def turned(picture: NDArray[Any], angle: float, fill: int = _WHITE) -> Grey:
    """A picture turned anticlockwise about its middle."""
    if abs(angle) < _STEPS[-1][1]:
        return picture
    rows, columns = picture.shape
    matrix = _turn(picture.shape, angle)
    size = (columns, rows)
    return cv2.warpAffine(picture, matrix, size, flags=cv2.INTER_LINEAR, borderValue=fill).astype(np.uint8)


def turned_points(points: Points, shape: tuple[int, ...], angle: float) -> Points:
    """Points of a picture, after it is turned."""
    matrix = _turn(shape, angle)
    return (points @ matrix[:, :2].T + matrix[:, 2]).astype(np.float32)


def _turn(shape: tuple[int, ...], angle: float) -> NDArray[np.float64]:
    return np.asarray(cv2.getRotationMatrix2D((shape[1] / 2, shape[0] / 2), angle, 1.0), dtype=np.float64)
