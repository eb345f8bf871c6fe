"""Characters that a style shows at another place, or at none: moved, off the screen, clipped."""

from __future__ import annotations

import re
from collections.abc import Mapping

from extractor.documents.web.lengths import LENGTH, USUAL_SIZE, pixels

# What is moved by more is off the screen: pages are centred by margins of some hundred pixels.
_FAR, _FAR_MARGIN = 500.0, 2000.0
# Digits that are nearer by so many pixels cover each other; so much higher or lower is another line.
_NARROW, _OTHER_LINE = 3.0, 12.0
# Too narrow for anything.
_NO_WIDTH = 1.0
# What lets characters stand over others, where it is below zero.
_NEARER = ("margin-left", "margin-right", "margin-top", "margin-bottom", "letter-spacing")
# Word lets paragraphs reach into the padding of their cells, which has 7.2 pixels.
_PADDING = 8.0
_CLIPPED_AWAY = re.compile(
    r"inset\(\s*(?:[5-9]\d|100)(?:\.\d+)?%|circle\(\s*0(?![\d.])|polygon\(\s*(?:0\S*[\s,]*)+\)"
)
# What draws a box without any text, and what of it doesn't.
_DRAWN = ("background", "border", "outline", "box-shadow")
_UNDRAWN = ("none", "0", "transparent", "initial", "unset")


def is_taken_out(said: Mapping[str, str]) -> bool:
    """Whether an element floats or has a position of its own, out of the line.

    Args:
        said: the winning value of each of its properties; so for all of these.
    """
    return said.get("float", "none") != "none" or said.get("position") in ("absolute", "fixed")


def lies_over_page(said: Mapping[str, str]) -> bool:
    """Whether an element has its place on the screen, or is turned and lies over the text, as stamps do."""
    position = said.get("position")
    is_turned = "rotate(" in said.get("transform", "") or "rotate" in said
    return position == "fixed" or (position == "absolute" and is_turned)


def is_moved_away(said: Mapping[str, str]) -> bool:
    """Whether an element stands off the screen."""
    sides = ("left", "right", "top", "bottom")
    is_off = said.get("position", "static") != "static" and any(is_far(said.get(side, "")) for side in sides)
    return is_off or is_far(said.get("margin-left", ""), _FAR_MARGIN)


def is_drawn_over(said: Mapping[str, str]) -> bool:
    """Whether what is put beside a text, without any characters, is a line or a patch that may lie over it.

    Args:
        said: of what is put there, the value of each property.
    """
    is_drawn = any(name.startswith(_DRAWN) and value not in _UNDRAWN for name, value in said.items())
    return "content" in said and said.get("position") in ("absolute", "fixed") and is_drawn


def is_gone_as_box(said: Mapping[str, str]) -> bool:
    """Whether a box is scaled to nothing, moved off the screen as a picture is, or left undrawn.

    What stands in a line without a box of its own is not (https://www.w3.org/TR/css-transforms-1/#terminology,
    https://www.w3.org/TR/css-contain-2/#content-visibility).
    """
    transform = said.get("transform", "")
    is_nothing = re.search(r"scale[xy]?\(\s*0*(?:\.0+)?\s*[,)]", transform) is not None
    is_away = any(is_far(length[0]) for length in LENGTH.finditer(transform))
    return is_nothing or is_away or said.get("content-visibility") == "hidden"


def is_far(value: str, least: float = _FAR) -> bool:
    """Whether a length moves what it moves off the screen; a share of the width never does.

    Args:
        value: of a property.
        least: how many pixels do, to the left or up.
    """
    length = None if value.endswith("%") else pixels(value, USUAL_SIZE)
    return length is not None and (length <= -least or length >= _FAR_MARGIN)


def is_clipped(said: Mapping[str, str]) -> bool:
    """Whether an element is cut down to nothing that one could read."""
    if is_taken_out(said) and said.get("clip", "").startswith("rect("):
        edges = [pixels(one[0], USUAL_SIZE) or 0.0 for one in LENGTH.finditer(said["clip"])]
        top, right, bottom, left = [*edges, 0.0, 0.0, 0.0, 0.0][:4]
        is_whole = "auto" in said["clip"]
        return not is_whole and (bottom - top <= _NO_WIDTH or right - left <= _NO_WIDTH)
    return _CLIPPED_AWAY.search(said.get("clip-path", "")) is not None


def moves(said: Mapping[str, str]) -> bool:
    """Whether characters aren't shown where, or as, they stand in the text."""
    if said.get("position") in ("absolute", "fixed", "sticky"):
        return True
    if _is_offset(said):
        return True
    if any((pixels(said.get(name, ""), USUAL_SIZE) or 0.0) < -_NARROW for name in _NEARER):
        return True
    if any((pixels(length, USUAL_SIZE) or 0.0) < -_PADDING for length in said.get("margin", "").split()):
        return True
    is_turned = "reverse" in said.get("flex-direction", said.get("flex-flow", ""))
    is_undrawn = said.get("content-visibility") == "hidden"
    changes = (said.get(name, "none") for name in ("transform", "clip-path", "filter"))
    return is_turned or is_undrawn or any(change not in ("none", "initial") for change in changes)


def _is_offset(said: Mapping[str, str]) -> bool:
    """Whether an element stands beside the place that it has in the text, or on another line."""
    if said.get("position") != "relative":
        return False
    most = {"left": _NARROW, "right": _NARROW, "top": _OTHER_LINE, "bottom": _OTHER_LINE, "inset": _NARROW}
    return any(
        abs(pixels(length, USUAL_SIZE) or 0.0) > move
        for side, move in most.items()
        for length in said.get(side, "").split()
    )
