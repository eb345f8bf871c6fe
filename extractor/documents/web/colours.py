"""Colours as styles name them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TypeAlias

# Red, green, blue and how little can be seen through it, each from 0 to 1.
Colour: TypeAlias = tuple[float, float, float, float]

# Names of no colour of its own: that of what is around it, or of dark characters.
_AS_USUAL = frozenset(["inherit", "unset", "revert", "currentcolor", "windowtext", "canvastext"])
# What browsers have for the names of a system's colours, those that are light
# (https://drafts.csswg.org/css-color-4/#css-system-colors, Chromium's values).
_WHITE = (1.0, 1.0, 1.0)
_OF_SYSTEM = {
    **dict.fromkeys(("canvas", "field", "window", "highlighttext", "selecteditemtext", "menu"), _WHITE),
    **dict.fromkeys(("buttonface", "threedface", "buttonhighlight", "threedhighlight"), (0.94, 0.94, 0.94)),
}
# How light the lightest colour is, in spaces that begin with that.
_MOST_LIGHT = {"lab": 100.0, "lch": 100.0, "oklab": 1.0, "oklch": 1.0}
# What a background has besides a colour.
_BESIDE = frozenset(
    [
        "none",
        "transparent",
        "repeat",
        "no-repeat",
        "repeat-x",
        "repeat-y",
        "space",
        "round",
        "center",
        "left",
        "right",
        "top",
        "bottom",
        "scroll",
        "fixed",
        "local",
        "cover",
        "contain",
        "auto",
        "border-box",
        "padding-box",
        "content-box",
        "inherit",
        "initial",
        "unset",
        "revert",
    ]
)
_FUNCTION = re.compile(r"[a-z]+\([^()]*\)")
_LENGTH = re.compile(r"[+-]?[\d.]+(?:[a-z]+|%)?")
_PICTURE = re.compile(r"url\(|gradient\(")


@lru_cache(maxsize=256)
def colour_of(value: str) -> Colour | None:
    """A colour; None where none is said, or none that is understood.

    Args:
        value: in lower case.
    """
    if not value:
        return None
    if value in _OF_SYSTEM:
        return (*_OF_SYSTEM[value], 1.0)
    from tinycss2.color4 import parse_color  # not needed for a page without styles

    parsed = parse_color(value)
    if parsed is None or isinstance(parsed, str):
        return None
    if parsed.space in _MOST_LIGHT:
        # As light as it is, for what is behind characters is mostly white.
        grey = (parsed.coordinates[0] or 0.0) / _MOST_LIGHT[parsed.space]
        return (grey, grey, grey, parsed.alpha)
    if parsed.space in ("hsl", "hwb"):
        parsed = parsed.to("srgb")
    red, green, blue = (part or 0.0 for part in parsed.coordinates)
    return (red, green, blue, parsed.alpha) if parsed.space == "srgb" else None


def is_colour(value: str) -> bool:
    """Whether a value of ``color`` is understood: a system's own colours, for one, aren't.

    Args:
        value: in lower case.
    """
    return value in _AS_USUAL or colour_of(value) is not None


def is_background(value: str) -> bool:
    """Whether a value of ``background`` is understood.

    Args:
        value: in lower case.
    """
    if _PICTURE.search(value):
        return True
    plain = _FUNCTION.sub(lambda match: " " if colour_of(match[0]) is not None else match[0], value)
    words = re.split(r"[\s,/]+", plain.strip())
    return all(
        word in _BESIDE or _LENGTH.fullmatch(word) is not None or colour_of(word) is not None
        for word in words
        if word
    )
