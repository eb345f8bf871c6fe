"""Short ruling lines down, which only the rulings that they end at tell from strokes of characters.

In low rows they are no longer than a tall character, and thin ones are pale. But no stroke of a character
goes from one ruling across to the next: above and below it there is paper.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np

from extractor.documents.scans.ink import Grey, Segment, noise_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Pixels at 200 to the inch: a row is so high at least and, if its rulings down are overlooked, at most, and
# so wide at least; they are so thick at most, over all rows so long at least, and within so much of one x.
_LOWEST, _HIGHEST, _NARROWEST, _THICKEST, _SHORTEST, _SAME = 14, 130, 130, 7, 40, 3
# What the edge of a ruling across blurs; pixels.
_EDGE = 3
# A ruling is darker than paper by so many levels and so much noise, nowhere less dark than by this part of
# most of it, but in one of so many places.
_DARKER, _NOISE, _EVEN, _SOLID = 20.0, 3.0, 0.45, 0.97
# On both sides of it, from and to so many pixels from its middle, there is paper along this part of it: no
# character is as free.
_NEAR, _FAR, _FREE = 3, 4, 0.8


class _Row(NamedTuple):
    """The room between two rulings across."""

    left: float
    top: float
    right: float
    bottom: float


class _Piece(NamedTuple):
    """A stroke from one ruling across to the next one."""

    x: float
    top: float
    bottom: float


def short_rulings(white: Grey, across: Sequence[Segment], down: Sequence[Segment]) -> list[Segment]:
    """The rulings down that go from one ruling across to the next one and weren't found otherwise.

    Args:
        white: the page, its paper white and its lines straight.
        across: its rulings across.
        down: those down that were found.
    """
    if len(across) < 2:
        return []
    smooth = cv2.blur(white, (1, _EDGE)).astype(np.uint8)
    paper, noise = noise_of(smooth)
    darkness = np.clip(paper - smooth.astype(np.float32), 0, None)
    least = max(_DARKER, _NOISE * noise)
    pieces = [
        piece
        for row in _rows(across)
        for piece in _standing(darkness, row, least)
        if not any(_is_on(piece, line) for line in down)
    ]
    return list(_joined(pieces, down))


def _rows(across: Sequence[Segment]) -> Iterator[_Row]:
    """The rooms between rulings across with no other one between them."""
    ordered = sorted(across, key=lambda line: line[1])
    for i, (left, top, right, _) in enumerate(ordered):
        free = [(left, right)]
        for x0, y, x1, _ in ordered[i + 1 :]:
            if y - top > _HIGHEST or not free:
                break
            if y - top < _LOWEST:
                continue
            for start, end in free:
                if min(end, x1) - max(start, x0) > _NARROWEST:
                    yield _Row(max(start, x0), top, min(end, x1), y)
            free = [part for one in free for part in _beside(one, x0, x1)]


def _beside(room: tuple[float, float], left: float, right: float) -> Iterator[tuple[float, float]]:
    """What is left of a room where a line from left to right is taken out of it."""
    start, end = room
    if start < min(end, left):
        yield start, min(end, left)
    if max(start, right) < end:
        yield max(start, right), end


def _standing(darkness: NDArray[np.float32], row: _Row, least: float) -> Iterator[_Piece]:
    """Where it is dark from one ruling to the next."""
    left, right = max(0, round(row.left) - _SAME), round(row.right) + _SAME + 1
    part = darkness[round(row.top) + _EDGE : round(row.bottom) - _EDGE + 1, left:right]
    if not part.size:
        return
    # A line that isn't quite straight goes over from one column of pixels to the next.
    broad = cv2.dilate(part, np.ones((1, 3), np.uint8))
    limits = np.maximum(least, _EVEN * np.median(broad, axis=0))
    is_dark = np.concatenate([[False], (broad >= limits).mean(axis=0) >= _SOLID, [False]])
    edges = np.flatnonzero(is_dark[1:] != is_dark[:-1])
    for start, end in edges.reshape(-1, 2).tolist():
        middle = (start + end - 1) / 2
        if end - start <= _THICKEST and _is_free(part < least, middle):
            yield _Piece(left + middle, row.top, row.bottom)


def _is_free(light: NDArray[np.bool_], middle: float) -> bool:
    """Whether there is paper on both sides of a column of pixels."""
    columns = light.shape[1]
    for off in (*range(_NEAR, _FAR + 1), *range(-_FAR, 1 - _NEAR)):
        column = round(middle + off)
        if 0 <= column < columns and light[:, column].mean() < _FREE:
            return False
    return True


def _is_on(piece: _Piece, line: Segment) -> bool:
    """Whether a piece is part of a line down."""
    x, top, _, bottom = line
    return abs(piece.x - x) <= _SAME and top <= piece.top + _SAME and piece.bottom - _SAME <= bottom


def _joined(pieces: Sequence[_Piece], down: Sequence[Segment]) -> Iterator[Segment]:
    """Pieces below each other as one line; none that is too short, unless it goes on a ruling down."""
    left = sorted(pieces, key=lambda piece: piece.top)
    while left:
        first = last = left.pop(0)
        while (following := next((one for one in left if _goes_on(last, one)), None)) is not None:
            left.remove(following)
            last = following
        is_end = any(
            abs(first.x - x) <= _SAME and min(abs(first.top - bottom), abs(last.bottom - top)) <= _SAME
            for x, top, _, bottom in down
        )
        if is_end or last.bottom - first.top >= _SHORTEST:
            x = (first.x + last.x) / 2
            yield x, first.top, x, last.bottom


def _goes_on(piece: _Piece, below: _Piece) -> bool:
    return abs(below.x - piece.x) <= _SAME and abs(below.top - piece.bottom) <= _SAME
