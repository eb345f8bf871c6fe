"""Gradients that may draw a line through the text before them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from extractor.documents.web.colours import colour_of

_GRADIENT = "gradient("
# A stop of a gradient that has a place of its own; at its two ends none draws a line.
_PLACED = re.compile(r"\s[\d.]+(?:%|[a-z]{2,4})(?:\s|$)")
_ENDS = re.compile(r"\s(?:0(?:%|px)?|100%)(?=\s|$)")
_DIRECTION = re.compile(r"to\s|from\s|at\s|circle|ellipse|closest|farthest|-?[\d.]+(?:deg|rad|turn)")
# Nothing darker than this is seen as a line; of less than half a colour what is behind is seen.
_LIGHT, _HALF = 0.8, 0.5
# No real one is longer.
_LONGEST = 1000


def draws_line(said: Mapping[str, str]) -> bool:
    """Whether the background of a box is a gradient that may be seen as a line, dark between light.

    Args:
        said: the value of each property.
    """
    picture = said.get("background-image", said.get("background", ""))
    if _GRADIENT not in picture:
        return False
    if len(picture) > _LONGEST:
        return True
    outside = _outside(picture)
    is_sized = "/" in outside or said.get("background-size", "auto") not in (
        "auto",
        "cover",
        "contain",
        "100%",
    )
    stops = [stop for stop in _stops(picture) if _DIRECTION.match(stop) is None]
    is_placed = "repeating" in picture or any(_PLACED.search(_ENDS.sub(" ", stop)) for stop in stops)
    return (is_sized or is_placed) and any(map(_is_dark, stops))


def _outside(picture: str) -> str:
    """What stands outside of brackets."""
    depth, kept = 0, []
    for character in picture:
        depth += (character == "(") - (character == ")")
        kept.append(character if depth == 0 else "")
    return "".join(kept)


def _stops(picture: str) -> Iterator[str]:
    """What stands between the commas of each gradient."""
    for gradient in picture.split(_GRADIENT)[1:]:
        depth, start = 0, 0
        for place, character in enumerate(gradient):
            depth += (character == "(") - (character == ")")
            if depth < 0 or (character == "," and depth == 0):
                yield gradient[start:place].strip()
                start = place + 1
            if depth < 0:
                break


def _is_dark(stop: str) -> bool:
    """Whether a stop is of a colour that is seen, or of one that isn't known."""
    words = re.split(r"\s+(?![^()]*\))", stop)
    if words[0] == "transparent":
        return False
    colour = colour_of(words[0])
    return colour is None or (colour[3] >= _HALF and min(colour[:3]) < _LIGHT)
