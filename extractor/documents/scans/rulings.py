"""The ruling lines in the picture of a page."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import cv2
import numpy as np

from extractor.documents.scans.ink import Grey, Ink, ink_of, noise_of, pale_ink_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Pixels at 200 to the inch: no stroke of a character is as long as the first, nor a row of strokes as the
# second; no ruling is as thick as the third; so much is left around a ruling that was taken out.
_SHORTEST, _SHORTEST_PALE, _THICKEST, _RIM = 70, 130, 14, 3
# A pale ruling is darker than what is so far above and below it, by so many levels and so much noise.
_BESIDE, _DARKER, _NOISE = 6, 12.0, 6.0
# Over so many pixels noise is evened out along a ruling; a gap in it is as long at most.
_EVENED, _GAP = 21, 5

# The part of a ruling between two others that is dark at least.
_SOLID = 0.95

# From where to where, in pixels.
Segment: TypeAlias = tuple[float, float, float, float]


class Lines(NamedTuple):
    """What is drawn on a page.

    Attributes:
        across, down: its rulings.
        text: the ink that is none of them.
    """

    across: list[Segment]
    down: list[Segment]
    text: Ink


def lines_in(white: Grey) -> Lines:
    """The rulings in a picture on white paper whose lines lie straight."""
    flat = np.ascontiguousarray(white.T)
    lying, across = _rulings(white)
    standing, found = _rulings(flat)
    down = [(y0, x0, y1, x1) for x0, y0, x1, y1 in found]
    rulings = cv2.dilate(lying | standing.T, np.ones((2 * _RIM + 1, 2 * _RIM + 1), np.uint8))
    text = np.where(rulings > 0, 0, pale_ink_of(white)).astype(np.uint8)
    dark, dark_flat = _dark(white), _dark(flat)
    turned = [(y0, x0, y1, x1) for x0, y0, x1, y1 in across]
    return Lines(
        [part for one in across for part in _solid(one, down, dark)],
        [(y0, x0, y1, x1) for one in found for x0, y0, x1, y1 in _solid(one, turned, dark_flat)],
        text,
    )


def _solid(line: Segment, crossing: list[Segment], is_dark: NDArray[np.bool_]) -> Iterator[Segment]:
    """The parts of a line across, between the lines that cross it, that are drawn without gaps.

    Where characters nearly touch a ruling their strokes seem to go on with it.
    """
    left, y, right, _ = line
    cuts = sorted(
        x for x, y0, _, y1 in crossing if left < x < right and y0 - _THICKEST <= y <= y1 + _THICKEST
    )
    top = max(0, round(y) - 2)
    dark = np.max(is_dark[top : round(y) + 3], axis=0, initial=False)
    start: float | None = None
    for one, other in pairwise([left, *cuts, right]):
        inner = dark[round(one) + _RIM : max(round(one) + _RIM + 1, round(other) - _RIM)]
        is_end = bool(cuts) and (one == left or other == right)
        is_solid = not len(inner) or float(inner.mean()) >= _SOLID
        is_solid = is_solid and not (is_end and _THICKEST < other - one < _SHORTEST)
        if is_solid and start is None:
            start = one
        elif not is_solid and start is not None:
            yield start, y, one, y
            start = None
    if start is not None:
        yield start, y, right, y


def _rulings(white: Grey) -> tuple[Ink, list[Segment]]:
    """The long lines that lie across."""
    # A line that isn't quite straight goes over from one row of pixels to the next.
    thick = cv2.dilate(ink_of(white), np.ones((3, 3), np.uint8))
    long = _opened(thick, _SHORTEST) | _opened(
        cv2.dilate(_valleys(white), np.ones((3, 1), np.uint8)), _SHORTEST_PALE
    )
    count, labels, stats, _ = cv2.connectedComponentsWithStats(long, connectivity=8)
    segments: list[Segment] = []
    for i in range(1, count):
        left, top, width, height, _ = (int(number) for number in stats[i])
        if height > _THICKEST:
            box = long[top : top + height, left : left + width]
            box[labels[top : top + height, left : left + width] == i] = 0
            continue
        y = top + height / 2
        segments.append((left, y, left + width, y))
    return long, segments


def _opened(ink: NDArray[Any], length: int) -> Ink:
    """What of the ink is part of a stroke across that is so long."""
    return cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, length), np.uint8)).astype(np.uint8)


def _valleys(white: Grey) -> Ink:
    """Where it is darker than above and below, along a line."""
    even = cv2.blur(white, (_EVENED, 1)).astype(np.int16)
    padded = np.pad(even, ((_BESIDE, _BESIDE), (0, 0)), mode="edge")
    beside = np.minimum(padded[: -2 * _BESIDE], padded[2 * _BESIDE :])
    is_valley = beside - even > max(_DARKER, _NOISE * noise_of(even)[1])
    # Characters that stand above each other are dark together, but with paper between them.
    valleys = np.where(is_valley & _dark(white), 255, 0).astype(np.uint8)
    return cv2.morphologyEx(valleys, cv2.MORPH_CLOSE, np.ones((1, _GAP), np.uint8)).astype(np.uint8)


def _dark(white: Grey) -> NDArray[np.bool_]:
    """Where it is darker than paper, pale rulings across included."""
    own = cv2.blur(white, (_EVENED // 4, 1))
    paper, noise = noise_of(own)
    return np.asarray(own < paper - max(_DARKER, _NOISE / 2 * noise))
