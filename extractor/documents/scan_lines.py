"""The ruling lines in the picture of a page."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

import cv2
import numpy as np

from extractor.documents.scan_ink import Ink

# Pixels at 200 to the inch: no stroke of a character is as long as the first, no ruling as thick as the
# second; what is left around a ruling that was taken out.
_SHORTEST, _THICKEST, _RIM = 70, 14, 3

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


def lines_in(ink: Ink) -> Lines:
    """The rulings in a picture whose lines lie straight."""
    lying, across = _long(ink)
    standing, down = _long(np.ascontiguousarray(ink.T))
    rulings = cv2.dilate(lying | standing.T, np.ones((2 * _RIM + 1, 2 * _RIM + 1), np.uint8))
    text = np.where(rulings > 0, 0, ink).astype(np.uint8)
    return Lines(across, [(y0, x0, y1, x1) for x0, y0, x1, y1 in down], text)


def _long(ink: Ink) -> tuple[Ink, list[Segment]]:
    """The long lines that lie across."""
    # A line that isn't quite straight goes over from one row of pixels to the next.
    thick = cv2.dilate(ink, np.ones((3, 3), np.uint8))
    long = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, _SHORTEST), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(long, connectivity=8)
    segments: list[Segment] = []
    for i in range(1, count):
        left, top, width, height, _ = (int(number) for number in stats[i])
        if height > _THICKEST:
            long[labels == i] = 0
            continue
        y = top + height / 2
        segments.append((left, y, left + width, y))
    return long.astype(np.uint8), segments
