"""How wide the columns of a web page's table are, by what its cells say.

A table that was made in Word has as many columns as it has edges that anybody dragged; its cells say how wide
each is, and how many of these it covers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from extractor.documents.web.lengths import USUAL_SIZE, pixels

_STATED = re.compile(r"\s*(\d{1,4}(?:\.\d+)?)(?:px)?\s*")
_IN_STYLE = re.compile(r"(?:^|;)\s*width\s*:\s*([^;!]{1,20})", re.I)
# Cells that say otherwise of one edge, by more pixels, are no measure of anything.
_FAR = 8.0
_PIXEL = 15.0


class Extent(NamedTuple):
    """The columns that a cell covers, from ``start`` on and without ``end``, from 0, and how wide it is."""

    start: int
    end: int
    width: float


def stated_width(attributes: Mapping[str, str]) -> float:
    """How wide a cell says that it is, in pixels; 0 if it doesn't, or in parts of its table.

    Args:
        attributes: of its tag.
    """
    style = _IN_STYLE.search(attributes.get("style", ""))
    if style is not None:
        return pixels(style[1].strip().lower(), USUAL_SIZE) or 0.0
    stated = _STATED.fullmatch(attributes.get("width", ""))
    return float(stated[1]) if stated is not None else 0.0


def widths_of_columns(cells: Iterable[Extent]) -> Sequence[float]:
    """The widths of a table's columns, in twentieths of a point; none if its cells don't tell, or disagree.

    Args:
        cells: of the table.
    """
    ending: dict[int, list[Extent]] = {}
    for cell in cells:
        ending.setdefault(cell.end, []).append(cell)
    at = {0: 0.0}
    for end, those in sorted(ending.items()):
        told = [at[cell.start] + cell.width for cell in those if cell.width and cell.start in at]
        if not told or max(told) - min(told) > _FAR:
            return ()
        at[end] = median(told)
    edges = sorted(at)
    widths: list[float] = []
    for edge, following in pairwise(edges):
        # What no cell ends at stands at the next edge that one does.
        widths += [max(0.0, at[following] - at[edge]) * _PIXEL, *[0.0] * (following - edge - 1)]
    return widths
