"""Pages that don't lie flat before a camera: lines that run together, or are bows, are made straight.

Whatever bent them bent the rulings as well. How far each place of a page is off is told by a polynomial of
few terms, by which all rulings across lie straight at once, and by another for those down.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np

from extractor.documents.scans.ink import Grey, Ink, Points, ink_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Pixels at 200 to the inch: no stroke of a character is as long as the first; what is shorter than the second
# tells little of how a line is bent; a ruling is as thick as the third at most; a ruling is looked at every
# so many pixels.
_STROKE, _SHORTEST, _THICKEST, _STEP = 60, 160, 14, 8
# So many rulings tell how a page is bent.
_FEWEST = 4
# Exponents of the place along a line, and across it.
_TERMS = ((1, 0), (2, 0), (3, 0), (4, 0), (1, 1), (2, 1), (3, 1), (1, 2), (2, 2))
# What holds a term small that nothing tells; and how often points that don't fit are left out: those that are
# so many times as far off as most, and by more pixels.
_HOLD, _ROUNDS, _FAR, _PIXEL = 1e-3, 4, 4.0, 1.0
# Pixels: rulings that are bent by less are found as they are. Straightened they are bent by so little of it.
_BENT, _LEFT = 1.5, 0.5
# The picture is bent back by a grid of so many pixels, whose places are found in so many steps.
_GRID, _STEPS = 16, 6


class _Bend(NamedTuple):
    """How far places of a page are off, across the lines of one direction.

    Attributes:
        factors: of the terms.
        middle, half: of the box in which lines tell of it: its middle and half its size, along lines and
            across.
    """

    factors: NDArray[np.float64]
    middle: NDArray[np.float64]
    half: NDArray[np.float64]

    def off(self, along: NDArray[np.float64], across: NDArray[np.float64]) -> NDArray[np.float64]:
        """By how many pixels places have to be moved across the lines; beyond the box as at its edge."""
        u = np.clip((along - self.middle[0]) / self.half[0], -1, 1)
        v = np.clip((across - self.middle[1]) / self.half[1], -1, 1)
        return np.asarray(_terms(u, v) @ self.factors)


class Flattening(NamedTuple):
    """How a page is bent; None of a direction: it isn't.

    Attributes:
        across: of its lines across.
        down: of its lines down.
    """

    across: _Bend | None
    down: _Bend | None

    def picture(self, grey: Grey) -> Grey:
        """The picture made flat, white where nothing was."""
        rows, columns = grey.shape
        x0, y0 = np.meshgrid(
            np.arange(0, columns + _GRID, _GRID, dtype=np.float64),
            np.arange(0, rows + _GRID, _GRID, dtype=np.float64),
        )
        x, y = x0, y0
        for _ in range(_STEPS):
            right, below = self._off(x, y)
            x, y = x0 - right, y0 - below
        size = (x0.shape[1] * _GRID, x0.shape[0] * _GRID)
        map_x, map_y = (_finer(one, size)[:rows, :columns] for one in (x, y))
        return cv2.remap(grey, map_x, map_y, cv2.INTER_LINEAR, borderValue=255).astype(np.uint8)

    def points(self, points: Points) -> Points:
        """Where points of a picture are in the one made flat."""
        x, y = points[:, 0].astype(np.float64), points[:, 1].astype(np.float64)
        right, below = self._off(x, y)
        return np.stack([x + right, y + below], axis=1).astype(np.float32)

    def _off(
        self, x: NDArray[np.float64], y: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        none = np.zeros_like(x)
        right = none if self.down is None else self.down.off(y, x)
        below = none if self.across is None else self.across.off(x, y)
        return right, below


def flattening_of(white: Grey) -> Flattening | None:
    """How a page has to be bent to be flat; None if it is, or nothing tells.

    Args:
        white: its picture, upright, the paper white.
    """
    ink = ink_of(white)
    found = Flattening(_bend(list(_courses(ink))), _bend(list(_courses(np.ascontiguousarray(ink.T)))))
    return None if found.across is None and found.down is None else found


def _finer(grid: NDArray[np.float64], size: tuple[int, int]) -> NDArray[np.float32]:
    """A grid with a value for each pixel; its first value stands at the first pixel."""
    matrix = np.array([[_GRID, 0, 0], [0, _GRID, 0]], np.float64)
    return cv2.warpAffine(
        grid.astype(np.float32), matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    ).astype(np.float32)


def _courses(ink: Ink) -> Iterator[NDArray[np.float64]]:
    """The courses of rulings across: points of each, along and across it."""
    thick = cv2.dilate(ink, np.ones((3, 3), np.uint8))
    long = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, _STROKE), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(long, connectivity=8)
    for i in range(1, count):
        left, top, width, height, _ = (int(number) for number in stats[i])
        if width < _SHORTEST or height > width / 4:
            continue
        mine = labels[top : top + height, left : left + width : _STEP] == i
        thickness = mine.sum(axis=0)
        is_thin = (thickness > 0) & (thickness <= _THICKEST)
        if is_thin.mean() < _LEFT:
            continue
        middle = (np.arange(height) @ mine) / np.maximum(thickness, 1)
        along = left + _STEP * np.arange(mine.shape[1])
        yield np.stack([along, top + middle], axis=1)[is_thin].astype(np.float64)


def _terms(u: NDArray[np.float64], v: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.stack([u**a * v**b for a, b in _TERMS], axis=-1)


def _bend(courses: Sequence[NDArray[np.float64]]) -> _Bend | None:
    """How lines of one direction are bent; None if hardly, or they don't tell."""
    if len(courses) < _FEWEST:
        return None
    points = np.concatenate(courses)
    line = np.repeat(np.arange(len(courses)), [len(one) for one in courses])
    least, most = points.min(axis=0), points.max(axis=0)
    middle, half = (least + most) / 2, np.maximum((most - least) / 2, 1)
    u, v = ((points - middle) / half).T
    terms = _terms(u, v)
    is_kept = np.ones(len(points), dtype=bool)
    factors: NDArray[np.float64] = np.zeros(len(_TERMS))
    left: NDArray[np.float64] = np.zeros(len(points))
    for _ in range(_ROUNDS):
        # What is straight has the same height everywhere, whichever that is.
        wanted, given = _centred(points[:, 1], line, is_kept), _centred(terms, line, is_kept)
        kept, own = given[is_kept], wanted[is_kept]
        hold = _HOLD * len(own) * np.eye(len(_TERMS))
        factors = np.asarray(-np.linalg.solve(kept.T @ kept + hold, kept.T @ own), dtype=np.float64)
        left = np.abs(wanted + given @ factors)
        is_kept = left <= max(_PIXEL, _FAR * float(np.median(left)))
    before = float(np.sqrt(np.mean(_centred(points[:, 1], line, is_kept)[is_kept] ** 2)))
    after = float(np.sqrt(np.mean(left[is_kept] ** 2)))
    if before < _BENT or after > _LEFT * before:
        return None
    return _Bend(factors, middle, half)


def _centred(
    values: NDArray[np.float64], line: NDArray[np.intp], is_kept: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Values less what they are on the average of their line."""
    wide = values.reshape(len(values), -1)
    count = np.maximum(np.bincount(line, is_kept), 1)
    means = np.stack([np.bincount(line, one * is_kept) / count for one in wide.T], axis=1)
    return np.asarray((wide - means[line]).reshape(values.shape))
