"""What every format becomes: the text as it is, its lines, and grids of cells that point into it."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple, TypeAlias, TypeVar

T = TypeVar("T")

GridKind: TypeAlias = Literal["pipes", "tabs", "blanks", "cell_per_line", "table"]

# Greater than any offset: as the end of a stretch, it comes after all that begin where it does.
_BEYOND = sys.maxsize
#: Stands in the text where a person sees something that can't be read: a picture, a control, an overlay.
UNREADABLE = "\ufffc"
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
        column: of a ``table`` the column that it begins at, counted from 1, where the file tells it.
        indent: how far in its text begins, in blanks, of which a wide one counts as two, where the file says
            so otherwise than by the blanks before it.
    """

    start: int
    end: int
    row: int
    ends_row: bool = False
    column: int | None = None
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Grid:
    """A stretch of the document whose cells are separated in one way.

    Grids partition the document in reading order: ordinary prose is a ``cell_per_line`` grid too.

    Attributes:
        kind: ``pipes``, ``tabs``, ``blanks``: a table row a line; ``cell_per_line``: a cell a line;
            ``table``: the cells of a table that the file itself has as one, each of them once, however
            many rows and columns it spans.
        cells: in reading order.
    """

    kind: GridKind
    cells: tuple[GridCell, ...]


class Locator(NamedTuple):
    """A place in a file that has no lines of text; everything is counted from 1.

    Attributes:
        page: of a PDF or a scan.
        box: left, top, right and bottom on the page, in points from its upper left corner.
        table, row, column: of a table that the file has as one.
    """

    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None


# A stretch of ``Document.text``, its start and end, and where it stands.
Located: TypeAlias = tuple[int, int, Locator]


class Sureness(NamedTuple):
    """How sure that is which was recognised from a picture.

    Attributes:
        confidence: of its least sure word, from 0 to 1; 1 if there is no ink in it.
        is_agreed: whether two readers read the same in each of its words, and left no ink unread.
    """

    confidence: float
    is_agreed: bool


def least_sure(parts: Iterable[Sureness | None]) -> Sureness | None:
    """How sure something is that has several parts; None if none of them was recognised from a picture."""
    known = [part for part in parts if part is not None]
    if not known:
        return None
    return Sureness(min(part.confidence for part in known), all(part.is_agreed for part in known))


# The span of a cell or a line that was recognised from a picture, and how sure it is.
Recognised: TypeAlias = tuple[int, int, Sureness]
# The span of a cell, and remarks on what stands there and isn't in the text: ``struck: 77``, ``note: 1``.
Remarked: TypeAlias = tuple[int, int, tuple[str, ...]]
# A stretch of ``Document.text``, and what is said of it that doesn't stand in the text.
Noted: TypeAlias = tuple[int, int, str]


@dataclass(frozen=True)
class Document:
    """An input as read.

    Attributes:
        text: the decoded text, newlines untouched, without a byte order mark; of a file that isn't
            text, its paragraphs and tables one after the other. In a cell :data:`UNREADABLE` stands for
            what a person sees there and can't be read.
        name: what messages call the input.
        encoding: the encoding that its bytes were found to have.
        grids: its cells.
        undecodable: how many bytes could not be decoded (each is one U+FFFD in the text).
        located: where stretches of the text stand in a file that isn't text, in order.
        lost: figures that another program finds in the file and that aren't in the text.
        unread_pictures: how many pictures in the file may hold a table and weren't read.
        pictures_elsewhere: how many pictures it shows that aren't in the file.
        sureness: of the cells and lines that were recognised from pictures, in order.
        remarks: of cells, on what stands there and isn't in the text as it is no part of a figure, in order.
        links: the addresses that its links and pictures lead to, as it names them, in order.
        notes: what a person sees elsewhere on the page that is said of a stretch of the text: footnotes,
            comments, boxes over cells, and of all of it headers and watermarks.
        carried_in: the element of a page that it was taken from, as a browser shows it only once the page's
            script has run; None if the page itself shows it.
    """

    text: str
    name: str
    encoding: str
    grids: tuple[Grid, ...]
    undecodable: int = 0
    located: tuple[Located, ...] = ()
    lost: tuple[str, ...] = ()
    sureness: tuple[Recognised, ...] = ()
    unread_pictures: int = 0
    pictures_elsewhere: int = 0
    remarks: tuple[Remarked, ...] = ()
    links: tuple[str, ...] = ()
    carried_in: str | None = None
    notes: tuple[Noted, ...] = ()

    @cached_property
    def _line_starts(self) -> list[int]:
        return line_starts(self.text)

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of a character, both counted from 1."""
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def texts(self, spans: Iterable[Span]) -> list[str]:
        """What stands at each of some spans."""
        return [self.text[span.start : span.end] for span in spans]

    def locator(self, offset: int) -> Locator | None:
        """Where a character stands in a file that isn't text; None where that isn't known."""
        return _at(self.located, offset)

    def sureness_at(self, offset: int) -> Sureness | None:
        """How sure the character is that was recognised from a picture; None if it wasn't."""
        return _at(self.sureness, offset) if self.sureness else None

    def remarks_at(self, offset: int) -> tuple[str, ...]:
        """What stands in the cell of a character and isn't in the text, such as ``struck: 77``."""
        return (_at(self.remarks, offset) or ()) if self.remarks else ()

    @property
    def is_ocr(self) -> bool:
        """Whether some of it was recognised from a picture."""
        return bool(self.sureness)


def _at(stretches: Sequence[tuple[int, int, T]], offset: int) -> T | None:
    """What is known of the stretch that a character is in."""
    place = bisect_right(stretches, (offset, _BEYOND)) - 1
    if place < 0:
        return None
    _, end, found = stretches[place]
    return found if offset <= end else None


def line_starts(text: str) -> list[int]:
    """The offset of the first character of every line; a line ends at \\n, \\r\\n or \\r."""
    return [0, *(match.end() for match in _LINE_END.finditer(text))]
