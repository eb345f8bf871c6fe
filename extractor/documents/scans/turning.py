"""Pages that were scanned lying on their side, or upside down."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from extractor.documents.scans.ink import Grey, Points
from extractor.documents.scans.ocr import Recogniser

# So many stretches of text tell how a page lies; of most pages the first are as sure as this.
_MOST_PROBES, _SURE = 5, 0.85
# A stretch of text is this much longer than high.
_LONG = 2.0


def upright(grey: Grey, recogniser: Recogniser) -> tuple[Grey, list[Points]]:
    """A picture turned by quarters until its text stands upright, and where its text is.

    Args:
        grey: the picture.
        recogniser: finds text in it, and tells how sure it is when it reads it.
    """
    found = [points for points in recogniser.find(grey) if _crop(grey, points).size]
    lying = [points for points in found if _is_long(points, 0, 1)]
    standing = [points for points in found if _is_long(points, 1, 0)]
    is_on_side = len(standing) > len(lying)
    probes = sorted(standing if is_on_side else lying, key=_length, reverse=True)[:_MOST_PROBES]
    parts = [_crop(grey, points) for points in probes]
    quarters = _quarters(parts, (1, 3) if is_on_side else (0, 2), recogniser) if parts else 0
    if quarters == 0:
        return grey, found
    grey = np.ascontiguousarray(np.rot90(grey, quarters))
    return grey, recogniser.find(grey)


def _quarters(parts: Sequence[Grey], choices: tuple[int, int], recogniser: Recogniser) -> int:
    """By how many quarters parts of a picture are turned anticlockwise when they are read most surely.

    Args:
        parts: stretches of text.
        choices: how many quarters it may be.
        recogniser: reads them; its second reader is quicker, and as unsure of what stands on its head.
    """
    best, quarters = 0.0, 0
    for turns in choices:
        read = recogniser.read_again([np.ascontiguousarray(np.rot90(part, turns)) for part in parts])
        confidence = sum(word.confidence for word in read) / len(read)
        if confidence > best:
            best, quarters = confidence, turns
        if turns == 0 and confidence >= _SURE:
            break
    return quarters


def _is_long(points: Points, along: int, across: int) -> bool:
    size = points.max(axis=0) - points.min(axis=0)
    return bool(size[along] > _LONG * size[across])


def _length(points: Points) -> float:
    return float((points.max(axis=0) - points.min(axis=0)).max())


def _crop(grey: Grey, points: Points) -> Grey:
    left, top = np.maximum(points.min(axis=0).astype(int), 0)
    right, bottom = points.max(axis=0).astype(int) + 1
    return grey[top:bottom, left:right]
