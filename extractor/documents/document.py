"""What every format becomes: the text as it is, its lines, and grids of cells that point into it."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple, TypeAlias

GridKind: TypeAlias = Literal["pipes", "tabs", "blanks", "cell_per_line"]

_LINE_END = re.compile(r"\r\n?|\n")


class Span(NamedTuple):
    """A half-open interval of characters of ``Document.text``."""

    start: int
    end: int


@dataclass(slots=True)
class GridCell:
    """A cell of a grid, without the blanks around its text; not frozen, as there are hundreds to make.

    Attributes:
        start, end: its span; a blank cell has an empty one, where its text would begin.
        row: the physical row (the line, for text) that it stands on.
        ends_row: whether the page ends a table row after it, where the page says so.
    """

    start: int
    end: int
    row: int
    ends_row: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A stretch of the document whose cells are separated in one way.

    Grids partition the document in reading order: ordinary prose is a ``cell_per_line`` grid too.

    Attributes:
        kind: ``pipes``, ``tabs``, ``blanks``: a table row a line; ``cell_per_line``: a cell a line.
        cells: in reading order.
    """

    kind: GridKind
    cells: tuple[GridCell, ...]


@dataclass(frozen=True)
class Document:
    """An input as read.

    Attributes:
        text: the decoded text, newlines untouched, without a byte order mark.
        name: what messages call the input.
        encoding: the encoding that its bytes were found to have.
        grids: its cells.
        undecodable: how many bytes could not be decoded (each is one U+FFFD in the text).
    """

    text: str
    name: str
    encoding: str
    grids: tuple[Grid, ...]
    undecodable: int = 0

    @cached_property
    def _line_starts(self) -> list[int]:
        return line_starts(self.text)

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of a character, both counted from 1."""
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1


def line_starts(text: str) -> list[int]:
    """The offset of the first character of every line; a line ends at \\n, \\r\\n or \\r."""
    return [0, *(match.end() for match in _LINE_END.finditer(text))]
