"""Colours of an OFD, and the defaults of drawing that its objects refer to (GB/T 33190, 8.2 and 8.3)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from extractor.documents.ofd.geometry import number
from extractor.documents.ofd.package import Element, child, children

# Defaults of defaults: no file needs more.
_MOST_RELATIVES = 16
_OPAQUE = 255.0
_LINE_WIDTH = 0.353


class Ink(NamedTuple):
    """A colour.

    Attributes:
        shades: red, green and blue from 0 to 255; None if it is a pattern or a shading, or can't be told.
        alpha: from 0, which can't be seen, to 255.
    """

    shades: tuple[float, float, float] | None
    alpha: float

    @property
    def is_seen(self) -> bool:
        """Whether it shows at all."""
        return self.alpha > 0

    def differs(self, other: Ink, least: float) -> bool:
        """Whether it stands out from another by so many shades; what isn't known may always."""
        if self.shades is None or other.shades is None:
            return True
        steps = (abs(one - another) for one, another in zip(self.shades, other.shades, strict=True))
        return max(steps) * self.alpha / _OPAQUE >= least


BLACK, WHITE = Ink((0.0, 0.0, 0.0), _OPAQUE), Ink((255.0, 255.0, 255.0), _OPAQUE)


def ink_of(element: Element | None, default: Ink, alpha: float) -> Ink:
    """The colour that an element states.

    Args:
        element: ``FillColor`` or ``StrokeColor``; None if there is none.
        default: the colour then.
        alpha: of the object that it is of.
    """
    if element is None:
        return default._replace(alpha=default.alpha * alpha / _OPAQUE)
    own = number(element.get("Alpha"), _OPAQUE) * alpha / _OPAQUE
    words = (element.get("Value") or "").replace(",", " ").split()
    parts = [float(int(word[1:], 16)) if _is_hex(word) else number(word, -1) for word in words]
    if len(element) or any(not 0 <= part <= _OPAQUE for part in parts):
        return Ink(None, own)
    if len(parts) == 1:
        return Ink((parts[0], parts[0], parts[0]), own)
    if len(parts) == 3:
        return Ink((parts[0], parts[1], parts[2]), own)
    # Without a value it is the colour space's first, which is black; four values are other inks.
    return Ink(None if parts else BLACK.shades, own)


def _is_hex(word: str) -> bool:
    return re.fullmatch("#[0-9A-Fa-f]{1,2}", word) is not None


class Defaults:
    """The parameters of drawing that objects refer to by their numbers."""

    def __init__(self, resources: Iterable[Element]) -> None:
        """Take them from files of resources."""
        self._known: Mapping[str, Element] = {
            one.get("ID", ""): one
            for resource in resources
            for group in children(resource, "DrawParams")
            for one in children(group, "DrawParam")
        }

    def of(self, element: Element, layer: str | None) -> Style:
        """How an object is drawn.

        Args:
            element: the object.
            layer: the number of its layer's parameters.
        """
        chain = [element]
        following: str = element.get("DrawParam") or layer or ""
        while following in self._known and len(chain) < _MOST_RELATIVES:
            chain.append(self._known[following])
            following = chain[-1].get("Relative", "")
        alpha = number(element.get("Alpha"), _OPAQUE)
        fill, stroke = (
            next((found for one in chain if (found := child(one, name)) is not None), None)
            for name in ("FillColor", "StrokeColor")
        )
        width = next((one.get("LineWidth") for one in chain if one.get("LineWidth")), None)
        return Style(ink_of(fill, BLACK, alpha), ink_of(stroke, BLACK, alpha), number(width, _LINE_WIDTH))


class Style(NamedTuple):
    """How an object is drawn: its colours, and how wide its lines are, in its own measure."""

    fill: Ink
    stroke: Ink
    width: float
