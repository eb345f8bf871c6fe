"""Properties of styles that are understood, or that change nothing about which figure a person reads.

What isn't listed here may hide, strike or move characters, as masks and blend modes do, and what newer
browsers add may, too; so may a value that is computed, or that browsers pass over for an earlier one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from extractor.documents.web.colours import is_background, is_colour
from extractor.documents.web.lengths import has_unknown_unit

_PREFIX = re.compile(r"-(?:webkit|moz|ms|o|khtml)-")
# Understood or harmless are these, each with what begins with its name and a hyphen …
_WITH_ALL_PARTS = (
    # Boxes and their places.
    "align|background|border|bottom|box|break|clear|clip|column|display|flex|float|gap|grid|height|inset|justify"
    "|left|margin|max|min|order|overflow|overscroll|padding|page|place|position|right|row|table|top|width|z"
    # Characters and lines.
    "|color|direction|filter|font|hanging|hyphens|layout-grid|letter-spacing|line|list-style|mso|opacity|outline"
    "|punctuation|quotes|ruby|tab|text|transform|unicode|vertical-align|visibility|white-space|word|writing"
    # What moves, answers or is for other media.
    "|accent|appearance|aspect|behavior|caret|counter|cursor|image|interpolation|isolation|lang|nav|object|orphans"
    "|osx|pointer|print|resize|scroll|size|speak|src|tap|touch|transition|user|widows|will-change|zoom"
)
# … and these without anything behind.
_ALONE = "caption-side|contain|content|content-visibility|empty-cells|marks"
_UNDERSTOOD = re.compile(rf"(?:{_WITH_ALL_PARTS})(?:-[\w-]+)?|{_ALONE}")
_KEYWORDS = r"inherit|initial|unset|revert"
_NUMBER = r"(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?"
_UNITS = r"(?:em|%|ex|px|pt|pc|in|cm|mm|rem)"
_SIZE = rf"0|{_NUMBER}{_UNITS}"
# Of eight pixels at least, whatever is added to it or is more.
_READABLE = r"(?:(?:[89]|[1-9]\d{1,2})(?:\.\d+)?px|(?:0?\.[5-9]\d*|[1-9](?:\.\d+)?)r?em)"
_COMPUTED_SIZE = rf"calc\(\s*{_READABLE}(?:\s*\+\s*{_NUMBER}[a-z]+)*\s*\)|clamp\(\s*{_READABLE}\s*,[^()]*\)"
_OF_WINDOW = r"[sld]?v[wh]|v[ib]|vmin|vmax"
# Of what tells whether and how characters are seen, the values that are understood. What isn't one may be
# what only a browser can compute, or nothing, so that an earlier value stays.
_VALUES = {
    name: re.compile(rf"(?:{values}|{_KEYWORDS})")
    for name, values in {
        "display": r"none|block|inline|inline-block|list-item|(?:inline-)?(?:flex|grid|table)|table-[a-z-]+"
        r"|flow-root|contents|-(?:webkit|moz|ms|o)-[a-z-]+",
        "visibility": r"visible|hidden|collapse",
        "content-visibility": r"visible|hidden|auto",
        "opacity": rf"[+-]?{_NUMBER}%?",
        # Of some browsers.
        "-webkit-opacity": r"1(?:\.0+)?|0?\.[1-9]\d*",
        "-webkit-clip-path": r"none",
        "text-decoration": r"(?:(?:none|underline|overline|line-through|blink|solid|dotted|dashed)\s*)+",
        "text-decoration-line": r"(?:(?:none|underline|overline|line-through|blink)\s*)+",
        "text-decoration-color": r"currentcolor",
        "text-decoration-thickness": r"auto|from-font",
        "font-size": rf"(?:xx?-)?(?:small|large)|medium|smaller|larger|xxx-large|{_SIZE}"
        rf"|{_NUMBER}(?:{_OF_WINDOW})|{_COMPUTED_SIZE}",
        "font-size-adjust": r"none",
        "vertical-align": rf"baseline|middle|sub|super|(?:text-)?(?:top|bottom)|auto|[+-]?(?:{_SIZE})",
        "position": r"static|relative|absolute|fixed|(?:-webkit-)?sticky",
        "text-indent": rf"[+-]?(?:{_SIZE}|{_NUMBER}(?:vw|vh)?)",
        "zoom": r"normal|1(?:\.0+)?|100%",
        "quotes": r"none|auto",
        "content": r"[^…]*",
        "contain": r"none|(?:(?:layout|style)\s*)+",
        "text-shadow": r"none",
        "text-underline-offset": rf"auto|from-font|{_SIZE}",
        "text-emphasis": r"none",
        "-webkit-text-stroke": r"0|0px",
        "-webkit-text-stroke-width": r"0|0px",
        **dict.fromkeys(("background-clip", "-webkit-background-clip"), r"(?:border|padding|content)-box"),
    }.items()
}
_COLOURS = {
    **dict.fromkeys(("color", "-webkit-text-fill-color"), is_colour),
    **dict.fromkeys(("background", "background-color"), is_background),
}
_COMPUTED = re.compile(r"(?<![\w-])(?:var|calc|env|min|max|clamp|attr)\(")
_SIDES = ("left", "right", "top", "bottom")
_MAY_BE_COMPUTED = frozenset(
    (
        "font",
        "filter",
        "clip",
        "letter-spacing",
        "inset",
        "margin",
        *_SIDES,
        *(f"margin-{side}" for side in _SIDES),
    )
)

# What tells how much room characters have, and where.
_OF_ROOM_AND_PLACE = _MAY_BE_COMPUTED.union(
    (f"{most}{size}" for most in ("", "max-") for size in ("width", "height", "inline-size", "block-size")),
    ("line-height",),
)


def is_known(name: str) -> bool:
    """Whether a property is understood, or harmless.

    Args:
        name: in lower case.
    """
    name = _PREFIX.sub("", name, count=1) if name.startswith("-") else name
    return name.startswith(("--", "*", "_")) or _UNDERSTOOD.fullmatch(name) is not None


def is_unknown(said: Mapping[str, str]) -> bool:
    """Whether an element may look as nobody knows without a browser.

    Args:
        said: the winning value of each of its properties.
    """
    return any(not is_known(name) or not _is_understood(name, value) for name, value in said.items())


def is_computed(said: Mapping[str, str]) -> bool:
    """Whether only a browser can compute how, or whether, characters are seen.

    Args:
        said: as for :func:`is_unknown`.
    """
    return any(
        "(" in value and (name in _VALUES or name in _COLOURS) and not _is_understood(name, value)
        for name, value in said.items()
    )


def _is_understood(name: str, value: str) -> bool:
    if name in _COLOURS:
        return _COLOURS[name](value)
    if name in _OF_ROOM_AND_PLACE and has_unknown_unit(value):
        return False
    if name in _MAY_BE_COMPUTED:
        return _COMPUTED.search(value) is None
    return name not in _VALUES or _VALUES[name].fullmatch(value) is not None
