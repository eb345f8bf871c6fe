"""Red seals: taken off a page, so that what they were pressed upon can be read.

Red ink reflects red light as paper does, and black ink doesn't: in red light alone a seal is a pale shadow,
which is made as light as the paper. Only what has the size and shape of a seal is taken off, since a report
may print figures and rulings in red.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from extractor.documents.pages.page import Colours, Picture
from extractor.documents.scans.ink import Grey

# Each pixel blue, green and red.
Pixels: TypeAlias = NDArray[np.uint8]

_WHITE = 255
# By so many levels red light is stronger than any other where there is red ink.
_RED = 40
# Seals are looked for in a picture so many times smaller; strokes so near to each other, in its pixels,
# belong together.
_SMALLER, _NEAR = 4, 7
# The sides of a seal, in pixels at 200 to the inch: from 13 to 70 mm; how much longer one is than the other.
_SMALLEST, _LARGEST, _LONG = 100, 550, 2.2
# Pixels around it, and around its ink, that may be of it; what is so light there, in parts of paper, is no
# other ink: colours are kept less sharply than light, so that a shadow is left along its edges.
_RIM, _EDGE, _LIGHT = 12, 9, 0.75


class _Box(NamedTuple):
    """Where a seal is, in pixels."""

    left: int
    top: int
    right: int
    bottom: int


def without_seals(picture: Colours) -> Picture:
    """A picture in grey, of 200 pixels to the inch, its red seals taken off."""
    pixels = np.frombuffer(picture.pixels, np.uint8).reshape(picture.rows, picture.columns, 3)
    return Picture(*picture[:4], grey_without_seals(pixels).tobytes())


def grey_without_seals(pixels: Pixels) -> Grey:
    """The same of an array of pixels."""
    grey = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY).astype(np.uint8)
    blue, green, red = cv2.split(pixels)
    redness = cv2.subtract(red, cv2.max(blue, green)).astype(np.uint8)
    for box in _seals(redness):
        place = slice(box.top, box.bottom), slice(box.left, box.right)
        grey[place] = _cleaned(grey[place], red[place].astype(np.uint8), redness[place])
    return grey


def _seals(redness: Grey) -> Iterator[_Box]:
    """Where red ink has the size and shape of a seal."""
    rows, columns = redness.shape
    size = max(1, columns // _SMALLER), max(1, rows // _SMALLER)
    small = cv2.resize(redness, size, interpolation=cv2.INTER_AREA) > _RED
    joined = cv2.dilate(small.astype(np.uint8), np.ones((_NEAR, _NEAR), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    for left, top, wide, high, _ in stats[1:count].tolist():
        own = [max(1, side - _NEAR + 1) * _SMALLER for side in (wide, high)]
        if min(own) >= _SMALLEST and max(own) <= min(_LARGEST, _LONG * min(own)):
            yield _Box(
                max(0, left * _SMALLER - _RIM),
                max(0, top * _SMALLER - _RIM),
                min(columns, (left + wide) * _SMALLER + _RIM),
                min(rows, (top + high) * _SMALLER + _RIM),
            )


def _cleaned(grey: Grey, red: Grey, redness: Grey) -> Grey:
    """A part of a page in which a seal is, without it."""
    is_red = redness > _RED
    paper = float(np.median(grey[~is_red])) if not is_red.all() else float(_WHITE)
    pressed = is_red & (redness >= np.median(redness[is_red]))
    gain = max(1.0, paper / max(1.0, float(np.median(red[pressed]))))
    strength = np.minimum(1.0, redness / float(np.median(redness[pressed])))
    light = np.where(redness > 0, red, grey) * (1 + (gain - 1) * strength)
    is_near = cv2.dilate(is_red.astype(np.uint8), np.ones((_EDGE, _EDGE), np.uint8)) > 0
    return np.where(is_near & (light >= _LIGHT * paper), paper, np.minimum(light, _WHITE)).astype(np.uint8)
