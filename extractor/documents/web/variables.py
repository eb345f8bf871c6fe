"""Variables of style sheets (https://www.w3.org/TR/css-variables-1/), as far as their values are all alike.

Which element has which value of a variable is for a browser to say. Mostly it doesn't matter: sites set the
colours of their text and paper so, once for the page and again for its dark form.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import NamedTuple

from extractor.documents.web.colours import colour_of
from extractor.documents.web.lengths import USUAL_SIZE, pixels
from extractor.documents.web.styles import Declaration

# What stands around an innermost one has parentheses.
_VARIABLE = re.compile(r"var\(\s*(?P<name>--[\w-]+)\s*(?:,(?P<fallback>[^()]*))?\)")
_WHOLE_PAGE = frozenset({":root", "html", "body"})
# A page is shown in its usual form.
_DARK_FORM = re.compile(r"dark|night", re.I)
# Colours of text are no lighter, those of paper no darker, in any of their parts; what is as clear as that
# is seen, and characters of so many pixels are.
_DARK, _LIGHT, _SEEN, _READABLE = 0.8, 0.9, 0.5, 8.0
# Without a value these are what they are around it; of others only a browser tells.
_INHERITED = frozenset({"color", "background", "background-color", "font-size"})
# A value that refers to others refers to no more in turn.
_DEEPEST = 8


class SheetRule(NamedTuple):
    """A rule of a style sheet.

    Attributes:
        selectors: as the sheet has them; of a rule in another one, with those around it before them.
        declarations: what it says.
        is_doubtful: it is for a part of the page, or for a width, that nobody knows.
    """

    selectors: str
    declarations: tuple[Declaration, ...]
    is_doubtful: bool


def with_values(rules: Sequence[SheetRule]) -> list[SheetRule]:
    """Rules with the values of variables in place of these, where it doesn't matter which of them applies.

    Args:
        rules: of a page, in order.
    """
    stated: dict[str, set[str]] = {}
    for rule in rules:
        for name, value, _ in rule.declarations:
            if name.startswith("--"):
                own = stated.setdefault(name, set())
                if _DARK_FORM.search(rule.selectors) is None:
                    # What isn't said of the whole page may not be said of a cell.
                    is_everywhere = _is_of_whole_page(rule)
                    own.update((value,) if is_everywhere else (value, ""))
    known = {name: told for name, values in stated.items() if (told := _one_of(values)) is not None}
    return [
        rule._replace(declarations=_with_known(rule.declarations, known, stated.keys())) for rule in rules
    ]


def _is_of_whole_page(rule: SheetRule) -> bool:
    return not rule.is_doubtful and all(one.strip() in _WHOLE_PAGE for one in rule.selectors.split(","))


def _one_of(values: Set[str]) -> str | None:
    """One of the values that a variable may have; None if it matters which."""
    if len(values) == 1:
        return next(iter(values))
    said = sorted(value.lower() for value in values if value)
    return (
        said[0]
        if said and any(all(map(is_so, said)) for is_so in (_is_dark, _is_light, _is_readable))
        else None
    )


def _is_dark(value: str) -> bool:
    colour = colour_of(value)
    return colour is not None and colour[3] >= _SEEN and min(colour[:3]) < _DARK


def _is_light(value: str) -> bool:
    colour = colour_of(value)
    return colour is not None and colour[3] >= _SEEN and min(colour[:3]) > _LIGHT


def _is_readable(value: str) -> bool:
    """Whether it is the size of characters that are seen."""
    return (pixels(value, USUAL_SIZE) or 0.0) >= _READABLE


def _with_known(
    declarations: Iterable[Declaration], known: Mapping[str, str], stated: Set[str]
) -> tuple[Declaration, ...]:
    return tuple(
        (name, _with_variables(name, value, known, stated), is_important)
        for name, value, is_important in declarations
        if not name.startswith("--")
    )


def _with_variables(name: str, value: str, known: Mapping[str, str], stated: Set[str]) -> str:
    """A property's value with those of its variables that are known; one that is said nowhere undoes it."""
    if "var(" not in value or name == "content":
        return value

    def told(match: re.Match[str]) -> str:
        if match["name"] in known:
            return known[match["name"]]
        if match["name"] in stated:
            return match[0]
        if match["fallback"] is not None:
            return match["fallback"].strip()
        return "unset" if name in _INHERITED else match[0]

    for _ in range(_DEEPEST):
        value, before = _VARIABLE.sub(told, value), value
        if value == before:
            break
    return value.lower()
