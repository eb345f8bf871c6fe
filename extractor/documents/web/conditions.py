"""Conditions of style sheets: which of them surely hold on the screen of whoever reads a page.

Understood are types of media, widths in lengths, and which colours a person prefers, taken to be the usual
light ones; whether anything else holds, only a browser knows.
"""

from __future__ import annotations

import re

_WIDTH_OF_SCREEN = 1280.0
_WIDTH = re.compile(r"\(\s*(min|max)-(?:device-)?width\s*:\s*(\d+(?:\.\d+)?)(px|em|rem)\s*\)")
_QUERY = re.compile(
    r"(?:(only|not)\s+)?([\w\\-]+)((?:\s+and\s*\([^()]*\))*)|\([^()]*\)(?:\s*and\s*\([^()]*\))*"
)
_FEATURE = re.compile(r"\([^()]*\)")
_SHOWN_ON_SCREEN = ("screen", "all")
# A page is shown in its usual form.
_FORM = re.compile(r"\(\s*prefers-color-scheme\s*:\s*(light|dark)\s*\)")


def holds_on_screen(media: str) -> bool | None:
    """Whether a list of media queries takes in a screen of the usual width; None if nobody knows.

    Args:
        media: the list, as the page has it; an empty one takes in all.
    """
    queries = media.strip().lower()
    if not queries:
        return True
    answers = [_holds(query.strip()) for query in queries.split(",")]
    return True if True in answers else None if None in answers else False


def _holds(query: str) -> bool | None:
    match = _QUERY.fullmatch(query)
    if match is None:
        return None
    is_of_type = match[2] is None or match[2] in _SHOWN_ON_SCREEN
    answers = [is_of_type, *map(_holds_of_screen, _FEATURE.findall(query))]
    holds = False if False in answers else None if None in answers else True
    return not holds if match[1] == "not" and holds is not None else holds


def _holds_of_screen(feature: str) -> bool | None:
    if form := _FORM.fullmatch(feature):
        return form[1] == "light"
    match = _WIDTH.fullmatch(feature)
    if match is None:
        return None
    width = float(match[2]) * (1.0 if match[3] == "px" else 16.0)
    return width <= _WIDTH_OF_SCREEN if match[1] == "min" else width >= _WIDTH_OF_SCREEN
