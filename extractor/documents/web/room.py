"""Boxes without room for their text, and what is painted over it, as far as styles tell."""

from __future__ import annotations

import re
from collections.abc import Mapping

from extractor.documents.web.lengths import LENGTH, PIXELS, USUAL_SIZE, pixels

_WIDTHS = ("width", "max-width", "inline-size", "max-inline-size")
_ROOM = (*_WIDTHS, "height", "max-height", "block-size", "max-block-size")
# What cuts off what has no room: by how it overflows, by what it contains.
_CUTTING, _CONTAINING = frozenset({"hidden", "clip", "auto", "scroll"}), ("paint", "strict", "content")
# The longest figures are cut off in a box that is narrower, none is in one that isn't.
_NARROW_BOX = 64.0
# Of two digits one is cut off in a cell that is narrower.
_NARROW_CELL = 24.0
# Too narrow for anything.
_NO_WIDTH = 1.0
_NUMBER = re.compile(r"(?:\d+(?:\.\d*)?|\.\d+)")
_NO_OUTLINE = re.compile(r"(?:^|\s)(?:none|hidden|0(?:px)?|initial|inherit|unset)(?:\s|$)")
_NO_SHADOW = ("none", "initial", "inherit", "unset")


def _cuts(said: Mapping[str, str]) -> bool:
    overflow = " ".join(said.get(name, "") for name in ("overflow", "overflow-x", "overflow-y")).split()
    return not _CUTTING.isdisjoint(overflow) or any(
        word in _CONTAINING for word in said.get("contain", "").split()
    )


def has_no_room(said: Mapping[str, str]) -> bool:
    """Whether a block is too small for any of its text, and cuts that off."""
    if not _cuts(said):
        return False
    lengths = [pixels(said.get(name, ""), USUAL_SIZE) for name in _ROOM if not _has_least(said, name)]
    lengths.append(_line_height(said.get("line-height", "")))
    is_empty = any(length is not None and length <= _NO_WIDTH for length in lengths)
    return is_empty or "strict" in said.get("contain", "") or _is_pushed_out(said)


def _has_least(said: Mapping[str, str], name: str) -> bool:
    """Whether a box has at least some room in the direction of a property, or takes what is left of it."""
    if said.get("flex", "none").split()[:1] not in ([], ["none"], ["0"], ["initial"]) or _grows(said):
        return True
    least = pixels(said.get(f"min-{name.removeprefix('max-')}", ""), USUAL_SIZE)
    return least is not None and least > _NO_WIDTH


def _grows(said: Mapping[str, str]) -> bool:
    return said.get("flex-grow", "0") not in ("0", "initial", "inherit", "unset")


def _line_height(value: str) -> float | None:
    """The height of a line in pixels; a number without a unit counts sizes of the font."""
    return float(value) * USUAL_SIZE if _NUMBER.fullmatch(value) else pixels(value, USUAL_SIZE)


def _is_pushed_out(said: Mapping[str, str]) -> bool:
    """Whether the first line begins behind the end of its block."""
    indent = pixels(said.get("text-indent", ""), USUAL_SIZE) or 0.0
    widths = [pixels(said.get(name, ""), USUAL_SIZE) for name in ("width", "max-width")]
    return any(width is not None and 0 < width <= indent for width in widths)


def is_cut(said: Mapping[str, str]) -> bool:
    """Whether a box may have room for a part of a figure only, and cuts the rest off."""
    widths = [said[name] for name in _WIDTHS if name in said] if _cuts(said) else []
    return any(_is_narrow(width) for width in widths)


def cuts_off(said: Mapping[str, str]) -> bool:
    """Whether a cell of a table, which otherwise takes the room of its text, cuts a part of a figure off."""
    most = pixels(said.get("max-width", ""), USUAL_SIZE)
    is_one_line = said.get("white-space", "").startswith(("nowrap", "pre"))
    return is_one_line and _cuts(said) and most is not None and most < _NARROW_CELL


def pushes_down(said: Mapping[str, str]) -> bool:
    """Whether the first line of a box stands below its foot, where it is cut off."""
    names = [name for name in ("height", "max-height") if not _has_least(said, name)]
    heights = [pixels(said.get(name, ""), USUAL_SIZE) for name in names]
    known = [height for height in heights if height is not None]
    if not known or not _cuts(said):
        return False
    above = 0.0
    if said.get("box-sizing") == "border-box":
        for name in ("padding-top", "border-top", "border-top-width"):
            above += pixels(said.get(name, "").split(" ")[0], USUAL_SIZE) or 0.0
        padding = said.get("padding", "").split(" ")[0]
        above += pixels(padding, USUAL_SIZE) or 0.0
    # A line's text stands in its middle.
    above += max((_line_height(said.get("line-height", "")) or 0.0) - USUAL_SIZE, 0.0) / 2
    return above > 0 and min(known) < above + USUAL_SIZE / 2


def _is_narrow(width: str) -> bool:
    if width.endswith("%") or not any(map(str.isdigit, width)):
        return False
    match = LENGTH.fullmatch(width)
    unit = (
        {"ch": USUAL_SIZE / 2, "em": USUAL_SIZE, "vw": 12.8, **PIXELS}.get(match[2] or "px")
        if match
        else None
    )
    return match is None or unit is None or float(match[1]) * unit < _NARROW_BOX


def paints(said: Mapping[str, str]) -> bool:
    """Whether something is painted around or into a box, over the text beside it."""
    shadow, outline = said.get("box-shadow", "none"), said.get("outline", "none")
    is_plain = _NO_OUTLINE.search(outline) is not None and said.get("outline-style", "none") == "none"
    return shadow not in _NO_SHADOW or not is_plain
