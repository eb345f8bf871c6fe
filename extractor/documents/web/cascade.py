"""Which declarations of a style win, and what shorthands say of each of their parts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import TypeAlias

# A declaration: its property, its value (both lower case but for strings), whether it is important.
Declaration: TypeAlias = tuple[str, str, bool]

# A shorthand also sets what it doesn't mention.
_SHORTHANDS = {
    "font": ("font-size",),
    "background": ("background-color", "background-image"),
    "text-decoration": ("text-decoration-line",),
    "flex-flow": ("flex-direction",),
    "margin": ("margin-left", "margin-right", "margin-top", "margin-bottom"),
}
_INSETS = {
    "inset": ("top", "right", "bottom", "left"),
    "inset-block": ("top", "bottom"),
    "inset-inline": ("left", "right"),
    "inset-block-start": ("top",),
    "inset-block-end": ("bottom",),
    "inset-inline-start": ("left",),
    "inset-inline-end": ("right",),
}
# So many values say of three sides; the fourth, left, is as the second, right.
_OF_THREE, _RIGHT = 3, 1
_UNSAID = (False, "")
# All browsers take these for the names without a prefix (https://compat.spec.whatwg.org/#css-simple-aliases).
_OTHER_NAMES = {
    f"-webkit-{name}": name
    for name in ("transform", "filter", "box-shadow", "order", "flex-direction", "flex-flow")
}
_SHORTHAND_OF = {part: name for name, parts in _SHORTHANDS.items() for part in parts}


def cascaded(declarations: Iterable[Declaration]) -> tuple[tuple[str, str], ...]:
    """The values that win: important ones, and of equals the later one."""
    values: dict[str, tuple[bool, str]] = {}
    for stated_name, value, is_important in chain.from_iterable(map(_side_by_side, declarations)):
        name = _OTHER_NAMES.get(stated_name, stated_name)
        stated = (values.get(one, _UNSAID) for one in (name, _SHORTHAND_OF.get(name, name)))
        if is_important or not any(is_first for is_first, _ in stated):
            for part in _SHORTHANDS.get(name, ()):
                if is_important or not values.get(part, _UNSAID)[0]:
                    values.pop(part, None)
            values[name] = (is_important, value)
    return tuple((name, value) for name, (_, value) in values.items())


def _side_by_side(declaration: Declaration) -> Sequence[Declaration]:
    """What ``inset`` and its like say of each side by itself; any other declaration as it is."""
    name, value, is_important = declaration
    if not name.startswith("inset"):
        return (declaration,)
    values = value.split()
    if len(values) == _OF_THREE:
        values.append(values[_RIGHT])
    sides = _INSETS.get(name, ()) if values else ()
    return [(side, values[place % len(values)], is_important) for place, side in enumerate(sides)]
