"""Properties of styles that are understood, or that change nothing about which figure a person reads.

What isn't listed here may hide, strike or move characters, as masks and blend modes do, and what newer
browsers add may, too; so may a value that is computed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

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
# What tells whether and how characters are seen; of a computed value nobody knows what it is.
_TELLING = (
    "display",
    "visibility",
    "opacity",
    "text-decoration",
    "text-decoration-line",
    "font-size",
    "color",
    "text-indent",
    "vertical-align",
    "position",
    "filter",
    "clip",
    "zoom",
)
_COMPUTED = re.compile(
    r"(?<![\w-])(?:var|calc|env|min|max|clamp|attr|color-mix|light-dark|color|oklch|oklab|lch|lab)\("
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
    return any(not is_known(name) for name in said) or any(
        _COMPUTED.search(said.get(name, "")) is not None for name in _TELLING
    )
