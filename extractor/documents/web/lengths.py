"""Lengths of styles, in CSS pixels."""

from __future__ import annotations

import re

#: The size of the usual font.
USUAL_SIZE = 16.0
PIXELS = {"px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4, "rem": 16.0}
LENGTH = re.compile(r"(?<![\w.#-])([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?)([a-z]+|%)?(?![\w.])")


# Of lengths by the font, in sizes of it, a line being as high as is usual; of those by the window, in pixels.
_OF_FONT = {"em": 1.0, "%": 0.01, "ex": 0.5, "ch": 0.5, "ic": 1.0, "cap": 0.7, "lh": 1.2}
_OF_WINDOW = {
    **dict.fromkeys(("vw", "vi", "svw", "dvw", "lvw", "vmax"), 12.8),
    **dict.fromkeys(("vh", "vb", "svh", "dvh", "lvh", "vmin"), 7.2),
    "rlh": 1.2 * USUAL_SIZE,
    "q": 24 / 25.4,
}


def pixels(value: str, size: float) -> float | None:
    """A length; None if it is none, or in a unit that isn't known. Only zero needs none.

    Args:
        value: as a style has it, in lower case.
        size: of the font around it, in pixels.
    """
    match = LENGTH.fullmatch(value)
    if match is None or (match[2] is None and float(match[1])):
        return None
    unit = _pixels_of(match[2] or "px", size)
    return None if unit is None else float(match[1]) * unit


def has_unknown_unit(value: str) -> bool:
    """Whether a value of a style has a length in a unit that isn't known."""
    return any(
        match[2] is not None and _pixels_of(match[2], USUAL_SIZE) is None for match in LENGTH.finditer(value)
    )


def _pixels_of(unit: str, size: float) -> float | None:
    """How many pixels a unit has beside a font of a size."""
    if unit in _OF_FONT:
        return _OF_FONT[unit] * size
    return PIXELS.get(unit, _OF_WINDOW.get(unit))
