"""Marks that are a single stroke: the recogniser takes ``/`` for 1, and a dash for the Chinese one."""

from __future__ import annotations

import cv2
import numpy as np

from extractor.documents.scans.ink import Ink

# How far a slash leans to the right for each step up; italic digits lean less.
_LEANS, _LEANS_MOST = 0.25, 1.5
# A dash is so much longer than high.
_FLAT = 3.0
# Parts of a line's height: how far a stroke's ink is from straight, and how thick a dash is.
_CROOKED, _THICK = 0.06, 0.2
# Less ink is dirt; pixels.
_LEAST = 12


def stroke_in(ink: Ink, height: float) -> str | None:
    """The mark that is a single straight stroke, ``/`` or ``—``; None if the ink is anything else.

    Args:
        ink: a word's.
        height: of the lines of its page, in pixels.
    """
    if not ink.size:
        # OpenCV crashes.
        return None
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    sizes = stats[1:count, cv2.CC_STAT_AREA]
    if not len(sizes) or sizes.max() < _LEAST or sizes.max() < 0.9 * sizes.sum():
        return None
    largest = 1 + int(sizes.argmax())
    _, _, wide, high, _ = (int(number) for number in stats[largest])
    ys, xs = np.nonzero(labels == largest)
    if wide >= _FLAT * high and high <= _THICK * height:
        return "—"
    if high < 2 * _LEAST / 3 or high < wide:
        return None
    slope, start = np.polyfit(ys, xs, 1)
    crookedness = float(np.std(xs - (slope * ys + start)))
    return "/" if _LEANS <= -slope <= _LEANS_MOST and crookedness <= _CROOKED * height else None
