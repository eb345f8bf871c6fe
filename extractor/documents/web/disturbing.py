"""What a style does to all the text of a cell that only a browser could tell: hide it, strike it, move it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from extractor.documents.web.lengths import LENGTH, USUAL_SIZE, has_unknown_unit, pixels
from extractor.documents.web.properties import is_computed
from extractor.documents.web.room import cuts_off, pushes_down

# Properties that do so unless their value says that they do nothing.
_EFFECTS = re.compile(
    r"animation(?:-name)?|mask(?:-image|-border|-box-image)?(?:-source)?|mix-blend-mode|background-blend-mode"
    r"|rotate|scale|offset|offset-path|perspective|initial-letter|position-area|text-emphasis(?:-style)?"
)
_NO_EFFECT = re.compile(r"(?:none|normal|auto|initial|inherit|unset|revert|0(?:deg|turn|rad|s))?")
# Turned by nothing, or scaled to its size.
_STILL = {"rotate": ("0",), "scale": ("1", "1 1", "100%")}
_PREFIX = re.compile(r"-(?:webkit|moz|ms|o)-")
_ZOOM = re.compile(r"(\d+(?:\.\d*)?|\.\d+)(%)?")
_LEAST_ZOOM, _MOST_ZOOM = 0.5, 3.0
# A line around digits that is no wider, in pixels, makes them bold; a shadow no further off is their own.
_THIN_STROKE, _NEAR_SHADOW = 1.0, 5.0
# Digits that are nearer by so many pixels cover each other; Word lets paragraphs reach into the padding of
# their cells, which has 7.2 pixels; a patch that reaches further into a cell covers its text.
_NARROW, _PADDING, _PATCH = 3.0, 8.0, 8.0
# A box that is lower, in sizes of the font, has its borders in its text.
_LOW = 0.8
_BORDERS = ("border", "border-top", "border-bottom")
_UNDRAWN = ("", "0", "none", "hidden", "initial", "inherit", "unset")


def disturbs_text(said: Mapping[str, str]) -> bool:
    """Whether a style may hide, strike or move whatever text an element has, or change it.

    Args:
        said: the winning value of each of its properties.
    """
    return (
        # What an element says of a variable itself is for what sheets say of what is in it.
        any(name.startswith("--") or _has_effect(name, value) for name, value in said.items())
        or is_computed(said)
        or _squeezes(said)
        or _outdents(said)
        or _is_painted_over(said)
        or cuts_off(said)
        or pushes_down(said)
    )


def _has_effect(name: str, value: str) -> bool:
    bare = _PREFIX.sub("", name, count=1) if name.startswith("-") else name
    if _EFFECTS.fullmatch(bare) is not None:
        return _NO_EFFECT.fullmatch(value) is None and value not in _STILL.get(bare, ())
    if bare == "zoom":
        match = _ZOOM.fullmatch(value)
        return match is not None and not (
            _LEAST_ZOOM <= float(match[1]) * (0.01 if match[2] else 1.0) <= _MOST_ZOOM
        )
    if bare in ("text-stroke", "text-stroke-width"):
        return _longest(value) > _THIN_STROKE
    if bare == "text-shadow":
        return _longest(value) > _NEAR_SHADOW
    if bare == "text-underline-offset":
        return value.startswith("-")
    return bare in ("background", "background-color") and "currentcolor" in value


def _longest(value: str) -> float:
    """The longest of the lengths of a value, in pixels; one in a unit that isn't known is without end."""
    if has_unknown_unit(value):
        return float("inf")
    return max((abs(pixels(one[0], USUAL_SIZE) or 0.0) for one in LENGTH.finditer(value)), default=0.0)


def _squeezes(said: Mapping[str, str]) -> bool:
    """Whether characters stand upon each other."""
    return (pixels(said.get("letter-spacing", ""), USUAL_SIZE) or 0.0) < -_NARROW


def _outdents(said: Mapping[str, str]) -> bool:
    """Whether lines begin before the box that they are in, as no list with hanging numbers has them."""
    names = ("text-indent", "padding-left", "margin-left")
    return sum(pixels(said.get(name, ""), USUAL_SIZE) or 0.0 for name in names) < -_PADDING and said.get(
        "text-indent", ""
    ).startswith("-")


def _is_painted_over(said: Mapping[str, str]) -> bool:
    """Whether a filter or a path changes a box, or a shadow inside of it, or its border, covers its text."""
    shadow = said.get("box-shadow", "")
    is_patched = "inset" in shadow and _longest(shadow) > _PATCH
    is_changed = any(said.get(name, "none") not in _UNDRAWN for name in ("filter", "clip-path"))
    return is_patched or is_changed or _is_struck_by_border(said)


def _is_struck_by_border(said: Mapping[str, str]) -> bool:
    has_border = any(said.get(name, "").split(" ")[0] not in _UNDRAWN for name in _BORDERS)
    heights = (pixels(said.get(name, ""), USUAL_SIZE) for name in ("height", "max-height", "line-height"))
    return (
        has_border
        and said.get("display") in ("block", "inline-block")
        and any(height is not None and 0 < height < _LOW * USUAL_SIZE for height in heights)
    )
