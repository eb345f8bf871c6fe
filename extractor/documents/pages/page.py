"""What lies on a page, whatever it comes from: glyphs, ruling lines, pictures.

All places are in points (1/72 inch) from the upper left corner of the page as it is shown.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from extractor.documents.asides import Mark
from extractor.documents.document import Sureness

Box: TypeAlias = tuple[float, float, float, float]


class Glyph(NamedTuple):
    """A character and its box, in points from the upper left corner of its page.

    Attributes:
        turn: by how many quarter turns it is turned against the page.
    """

    text: str
    turn: int
    left: float
    top: float
    right: float
    bottom: float


class Ruling(NamedTuple):
    """A straight line."""

    x0: float
    y0: float
    x1: float
    y1: float


class Aside(NamedTuple):
    """What stands on a page and isn't simply printed.

    Attributes:
        mark: what it is: characters that are struck, raised or hidden; what covers others; a picture. A
            backdrop is what may show a figure where no text stands.
        text: the characters, or what is said of it.
        box: where.
    """

    mark: Mark
    text: str
    box: Box


class RawPage(NamedTuple):
    """A page as the file has it.

    Attributes:
        width, height: in points.
        glyphs: what can be seen of its characters, in the order of the file.
        rulings: the straight lines drawn on it.
        pictures: where pictures stand on it, except small ones.
        recognised: the parts of it whose text was recognised from pictures.
        words: where the words stand there, and how sure each of them is.
        asides: what stands on it besides its glyphs, in the order of the file.
    """

    width: float
    height: float
    glyphs: list[Glyph]
    rulings: list[Ruling]
    pictures: tuple[Box, ...] = ()
    recognised: tuple[Box, ...] = ()
    words: tuple[tuple[Box, Sureness], ...] = ()
    asides: tuple[Aside, ...] = ()


class Picture(NamedTuple):
    """A page as it looks.

    Attributes:
        width, height: in points.
        columns, rows: in pixels.
        grey: a byte a pixel, row by row from the top.
    """

    width: float
    height: float
    columns: int
    rows: int
    grey: bytes


class Colours(NamedTuple):
    """A page as it looks, in colours.

    Attributes:
        width, height: in points.
        columns, rows: in pixels.
        pixels: three bytes a pixel, for blue, green and red, row by row from the top.
    """

    width: float
    height: float
    columns: int
    rows: int
    pixels: bytes
