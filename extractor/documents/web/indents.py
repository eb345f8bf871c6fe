"""How far in lines and cells of a page begin, by styles: people write hierarchies so.

Nothing is laid out here, and no rule weighed against another but by their order: a hierarchy is a guess
anyway. What hides or moves text is told by ``appearance``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, MutableSequence, Sequence
from functools import cached_property, lru_cache
from typing import TypeAlias

from extractor.documents.web.css import Sheet
from extractor.documents.web.lengths import USUAL_SIZE, pixels
from extractor.documents.web.tables import FlowContent
from extractor.text.folding import BLANK

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.S)
# No real selector, and no real style, is longer.
_LONGEST_SELECTOR, _LONGEST_STYLE = 200, 1000
# The last compound of a selector, if it is a class, of an element of some name or any.
_OF_CLASS = re.compile(r"(?:.*[\s>+~])?([a-z0-9]*)\.([\w-]+)", re.I | re.S)
_PROPERTY = re.compile(r"(?<![\w-])(padding|margin|text-indent)(-left)?\s*:\s*([^;!{}]+)", re.I)
# Of a shorthand with so many lengths, which one is that of the left side.
_LEFT_OF = {1: 0, 2: 1, 3: 1, 4: 3}
# Half a character of the smallest usual font: what is as far in as two of them stands below another line.
_BLANK = 4.0
_MOST_BLANKS = 60

# How much further in lists and what they define begin.
_STEP = 4
_CELLS = ("td", "th")
# The attributes of elements that may begin further in.
_TELLING = frozenset(("style", "class"))


# Whether a place is in a cell, whether nothing stands before it there, and how many elements are around it.
Here: TypeAlias = tuple[bool, bool, int]


class Inset(str):
    """A line that begins further in than others.

    Attributes:
        indent: by so many blanks.
    """

    indent: int


def as_far_in(text: str, line: str) -> str:
    """A line that begins as far in as another one.

    Args:
        text: of it.
        line: the other one.
    """
    inset = Inset(text)
    inset.indent = line.indent if isinstance(line, Inset) else 0
    return inset


class Indents:
    """Knows how far in the lines and cells of a page begin.

    Args:
        sheets: the page's style sheets.

    Attributes:
        lists: in how many lists, or what they define, the line at hand stands.
    """

    def __init__(self, sheets: Iterable[Sheet]) -> None:
        self._sheets = tuple(sheets)
        self.lists = 0
        # How far in the line, or the cell, at hand begins besides.
        self._own = 0
        # The blocks outside of cells that are further in, by how many elements are around each.
        self._blocks: list[tuple[int, int]] = []

    def begin(self, tag: str, attributes: Mapping[str, str], here: Here, *, is_block: bool) -> None:
        """An element begins: a cell, what stands first in one, or a block outside of them.

        Args:
            tag: its name.
            attributes: its own.
            here: where it stands.
            is_block: whether it begins a line.
        """
        in_cell, is_first, depth = here
        indent = self._of(tag, attributes) if not _TELLING.isdisjoint(attributes) else 0
        if tag in _CELLS:
            self._own = indent
        elif in_cell:
            self._own += indent if is_first else 0
        elif is_block:
            while self._blocks and self._blocks[-1][0] >= depth:
                self._blocks.pop()
            if indent:
                self._blocks.append((depth, indent))
            self._own = sum(own for _, own in self._blocks)

    def line(self, text: str, here: Here) -> str:
        """A line; if it stands outside of cells, it is told how far in it begins.

        Args:
            text: of it.
            here: where it stands.
        """
        indent = self._own + _STEP * self.lists
        if not indent or here[0]:
            return text
        line = Inset(text)
        line.indent = indent
        return line

    def end_cell(self, lines: MutableSequence[FlowContent]) -> None:
        """A cell ends; its first line gets blanks that say how far in it begins.

        Args:
            lines: what stands in it.
        """
        own, self._own = self._own, 0
        if own and lines and isinstance(first := lines[0], str):
            lines[0] = BLANK[0] * own + first

    def _of(self, tag: str, attributes: Mapping[str, str]) -> int:
        """How far in an element begins, by itself."""
        said: dict[str, float] = {}
        for name in attributes.get("class", "").split():
            for of_tag, stated in self._rules.get(name, ()):
                if of_tag in ("", tag):
                    said |= stated
        said |= _said(attributes.get("style", "")[:_LONGEST_STYLE])
        return max(0, min(round(sum(said.values()) / _BLANK), _MOST_BLANKS)) if said else 0

    @cached_property
    def _rules(self) -> Mapping[str, Sequence[tuple[str, Mapping[str, float]]]]:
        """What is said of elements of each class: of those of some name, or any, in the order of the page."""
        rules: dict[str, list[tuple[str, Mapping[str, float]]]] = {}
        for sheet in self._sheets:
            for block in _COMMENT.sub("", sheet.text).split("}"):
                before, _, style = block.rpartition("{")
                stated = _said(style[:_LONGEST_STYLE])
                selectors = before.rpartition("{")[2].split(",") if stated else ()
                short = (one.strip() for one in selectors if len(one) <= _LONGEST_SELECTOR)
                for match in filter(None, map(_OF_CLASS.fullmatch, short)):
                    rules.setdefault(match[2], []).append((match[1].lower(), stated))
        return rules


@lru_cache(maxsize=1024)
def _said(style: str) -> Mapping[str, float]:
    """The lengths on the left that a style states, in pixels, by its properties."""
    said: dict[str, float] = {}
    for name, is_left, value in _PROPERTY.findall(style) if style else ():
        lengths = value.lower().split()
        place = 0 if is_left or name.lower() == "text-indent" else _LEFT_OF.get(len(lengths), 0)
        length = lengths[place] if lengths else ""
        said[name.lower()] = 0.0 if length.endswith("%") else pixels(length, USUAL_SIZE) or 0.0
    return said
