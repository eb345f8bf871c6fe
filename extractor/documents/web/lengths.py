"""Lengths of styles, in CSS pixels."""

from __future__ import annotations

import re

#: The size of the usual font.
USUAL_SIZE = 16.0
PIXELS = {"px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4, "rem": 16.0}
LENGTH = re.compile(r"(?<![\w.#-])([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?)([a-z]+|%)?(?![\w.])")


def pixels(value: str, size: float) -> float | None:
    """A length; None if it is none."""
    match = LENGTH.fullmatch(value)
    if match is None:
        return None
    unit = {"em": size, "%": size / 100, "ex": size / 2, "vw": 12.8, "vh": 7.2, **PIXELS}
    return float(match[1]) * unit.get(match[2] or "px", 1.0)
