"""What a web page says in other ways than by its text: lists to choose from, drawings, frames, stamps.

A person sees the chosen item of a list, the words of a drawing, the page in a frame and what lies over all of
the page as well as its text; they are told as notes at their place, or on all of the page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from extractor.documents.asides import Mark, marked, sanitised
from extractor.documents.web.events import Event
from extractor.documents.web.tags import CONTROLS

_HAN = re.compile(r"[\u3400-\u9fff]")
_TAG = re.compile(r"<[^<>]{0,400}>")
# What is longer is no word on figures; a list to choose from, or a drawing, of more pieces isn't looked at.
_LONGEST, _MOST = 200, 400
# What a style sheet may put on a page by attr() stands in one of these, not in those that name something.
_NAMES = frozenset({"class", "id", "style", "href", "src"})
_UNSEEN_IN_DRAWINGS = frozenset({"title", "desc", "defs", "style", "metadata"})


def noted(words: str) -> str:
    """Words as a note at their place; nothing of those without any Chinese characters.

    Args:
        words: what a person sees there.
    """
    words = " ".join(sanitised(words).split())[:_LONGEST]
    return marked(Mark.NOTED, words) if _HAN.search(words) is not None else ""


def instead_of(tag: str, attributes: Mapping[str, str], *, is_in_cell: bool) -> str:
    """What stands in a line for a control, a picture or a frame: what it says, and that it is there.

    Args:
        tag: of the element.
        attributes: its own.
        is_in_cell: whether it stands in a cell. Elsewhere, words of a control are no figure of a table above.
    """
    words = _words_of(tag, attributes)
    if words and not is_in_cell:
        return words
    if tag in CONTROLS:
        return words + marked(Mark.CONTROL, sanitised(attributes.get("value", "")))
    return words + marked(Mark.PICTURE, sanitised(attributes.get("alt", "")))


def _words_of(tag: str, attributes: Mapping[str, str]) -> str:
    """What a control says by its value, or a frame by the page in it; as a note."""
    if tag == "iframe":
        return noted(_TAG.sub(" ", attributes.get("srcdoc", "")[: 4 * _LONGEST]))
    return noted(attributes.get("value", "")) if tag == "input" else ""


def by_attributes(attributes: Mapping[str, str]) -> str:
    """What a style sheet may put beside an element by ``attr()``; as notes.

    Args:
        attributes: the element's own.
    """
    return "".join(noted(value) for name, value in attributes.items() if name not in _NAMES)


class Held:
    """Goes through elements of which a person sees other words than all of their text."""

    def __init__(self) -> None:
        self.begin("")

    def begin(self, tag: str) -> None:
        """An element of this name begins."""
        self._is_list, self._is_held = tag == "select", tag in ("select", "svg")
        self._words: list[str] = []
        self._open: list[str] = []
        self._is_chosen = self._has_choice = False

    def take(self, event: Event) -> None:
        """Go on with what stands in it, if it is such an element."""
        if not self._is_held:
            return
        if event is None:
            if self._open:
                self._open.pop()
        elif isinstance(event, str):
            self._add(event)
        else:
            tag, attributes = event
            self._open.append(tag)
            if tag == "option":
                self._begin_option(is_chosen="selected" in attributes)

    def _begin_option(self, *, is_chosen: bool) -> None:
        """Browsers show the last item that is chosen, the first where none is."""
        self._is_chosen = is_chosen or not (self._has_choice or self._words)
        self._has_choice = self._has_choice or is_chosen
        if self._is_chosen:
            self._words.clear()

    def _add(self, text: str) -> None:
        is_seen = self._is_chosen if self._is_list else _UNSEEN_IN_DRAWINGS.isdisjoint(self._open)
        if is_seen and len(self._words) < _MOST:
            self._words.append(text)

    def end(self) -> list[str]:
        """What a person sees of it, as a note, if there is anything."""
        words = noted("".join(self._words))
        self.begin("")
        return [words] if words else []


class Stamps:
    """Gathers what lies over all of a page: words of an element with a fixed place, or turned over the text.

    Attributes:
        words: of each.
    """

    def __init__(self) -> None:
        self.words: list[str] = []
        self._depth: int | None = None
        self._pieces: list[str] = []
        self._is_menu = False

    def begin(self, depth: int, tag: str, *, is_stamp: bool) -> None:
        """An element begins that has so many around it; links make a menu of what has a fixed place."""
        self._is_menu = self._is_menu or tag in ("a", "button", "input", "form", "table")
        if self._depth is None and is_stamp and tag != "a":
            self._depth, self._is_menu = depth, False
            self._pieces.clear()

    def add(self, text: str) -> None:
        """A text stands here."""
        if self._depth is not None and len(self._pieces) < _MOST:
            self._pieces.append(text)

    def close(self, depth: int) -> None:
        """An element ended that has so many around it."""
        if self._depth is None or depth > self._depth:
            return
        words = " ".join("".join(self._pieces).split())
        if words and not self._is_menu and len(words) <= _LONGEST:
            self.words.append(words)
        self._depth = None
