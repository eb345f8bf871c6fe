"""Light text on dark bands, as the heads of tables have it, made dark text on paper.

Everything behind this looks for ink on paper: a band is one large piece of ink to it. The edge of a band is
that of its cells, and is left as a ruling.
"""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np

from extractor.documents.scans.ink import Grey, Ink

# A band is darker than so much of the paper around it; paper is looked for within so many eighths of pixels.
_DARK, _AROUND = 0.68, 81
# Pixels at 200 to the inch: rulings and strokes of characters are thinner than the first; somewhere a band is
# free of text over so much, which no stroke of a title is; its sides are so long at least.
_THICKER, _FREE, _LOW, _SHORT = 7, (24, 40), 24, 60
# A cell of paper is light throughout somewhere over so many pixels, which no stroke of a character is.
_PAPER = 14
# What of a band is light at least: a bar without text may cover some.
_TEXT = 0.005
_WHITE, _BLACK = 255, 40


def with_dark_text(grey: Grey) -> Grey:
    """A picture whose dark bands with light text are paper with dark text; itself if it has none.

    Args:
        grey: the page, of some 200 pixels to the inch, however it lies.
    """
    dark = cv2.compare(grey, _limit(grey), cv2.CMP_LT).astype(np.uint8)
    core = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((_THICKER, _THICKER), np.uint8)).astype(np.uint8)
    changed = grey
    for place, part in _bands(core):
        band = _filled(part, dark[place])
        letters = grey[place][(band > 0) & (dark[place] == 0)]
        if letters.size < _TEXT * np.count_nonzero(band):
            continue
        if changed is grey:
            changed = grey.copy()
        ground = float(np.median(grey[place][part > 0]))
        changed[place] = _on_paper(changed[place], band, ground, float(np.median(letters)))
    return changed


def _limit(grey: Grey) -> Grey:
    """How light a band is at most at each place, by how light the paper is around it."""
    rows, columns = grey.shape
    size = max(1, columns // 8), max(1, rows // 8)
    small = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
    limit = (_DARK * cv2.dilate(small, np.ones((_AROUND, _AROUND), np.uint8))).astype(np.uint8)
    return cv2.resize(limit, (columns, rows), interpolation=cv2.INTER_LINEAR).astype(np.uint8)


def _on_paper(grey: Grey, band: Ink, ground: float, letters: float) -> Grey:
    """A part of a page: what differs from the ground of a band is ink on paper, and the band's edge is drawn.

    Args:
        grey: the part.
        band: where the band is in it.
        ground: how light the band is.
        letters: how light the text on it is.
    """
    ink = np.clip(np.abs(grey - ground) / max(1.0, letters - ground), 0, 1) * (_WHITE - _BLACK)
    edge = cv2.morphologyEx(band, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8))
    return np.where(edge > 0, _BLACK, np.where(band > 0, _WHITE - ink, grey)).astype(np.uint8)


def _bands(core: Ink) -> Iterator[tuple[tuple[slice, slice], Ink]]:
    """Large dark areas: the box of each, and its part of that; none that reaches the picture's edge."""
    rows, columns = core.shape
    count, labels, stats, _ = cv2.connectedComponentsWithStats(core, connectivity=4)
    for i in range(1, count):
        left, top, wide, high, _ = (int(number) for number in stats[i])
        is_inside = left > 0 and top > 0 and left + wide < columns and top + high < rows
        if not is_inside or min(wide, high) < _LOW or max(wide, high) < _SHORT:
            continue
        # With a rim, so that its edges are seen and what surrounds it is one piece.
        place = slice(top - 1, top + high + 1), slice(left - 1, left + wide + 1)
        band = np.where(labels[place] == i, _WHITE, 0).astype(np.uint8)
        if any(cv2.erode(band, np.ones(size, np.uint8)).any() for size in (_FREE, _FREE[::-1])):
            yield place, band


def _filled(band: Ink, dark: Ink) -> Ink:
    """A dark area with the text inside it, without the cells of paper inside it."""
    count, labels = cv2.connectedComponents(_WHITE - band, connectivity=8)
    blank = cv2.erode(
        np.where(dark > 0, 0, _WHITE - band).astype(np.uint8), np.ones((_PAPER, _PAPER), np.uint8)
    )
    is_text = np.ones(count, dtype=bool)
    # Around a band there is paper, or it is the corner of another one's box.
    is_text[labels[blank > 0]] = False
    is_text[labels[0, 0]] = False
    is_text[0] = False
    return np.where((band > 0) | is_text[labels], _WHITE, 0).astype(np.uint8)
