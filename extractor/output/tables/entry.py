"""What stands in a cell of a sheet, and in the head of its column, before any library writes it."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple, TypeAlias


class Tone(StrEnum):
    """How an entry stands out; never by colour alone, as words beside it say the same."""

    PLAIN = "plain"
    GOOD = "good"
    FAINT = "faint"
    WARNING = "warning"
    BAD = "bad"


class Link(NamedTuple):
    """A text that leads somewhere.

    Attributes:
        text: what is shown.
        target: an address on the web, or ``external:`` and the path of a file.
    """

    text: str
    target: str


Content: TypeAlias = str | int | float | Decimal | Fraction | Link | None


class Entry(NamedTuple):
    """What stands in a cell of a sheet.

    Attributes:
        content: a text, a number, a share as a fraction, a link, or nothing.
        tone: how it stands out.
        comment: what is told beside it; empty for nothing.
    """

    content: Content
    tone: Tone = Tone.PLAIN
    comment: str = ""


class Head(NamedTuple):
    """The head of a column.

    Attributes:
        title: its words.
        width: in characters.
        wraps: whether a long text in it goes on in a further line.
    """

    title: str
    width: float
    wraps: bool = False
