"""What the reader sees of a PDF, drawn over its pages, to look at where a table is read wrong.

``python -m eval.zoo.overlay FILE.pdf -o PAGE.png`` draws the first page, or another one with ``--page``:
lines of text in blue, ruling lines in orange, what cells of tables print in green, each with its row and
column. A figure of a table that has no green box was not seen as one of its cells; a green box around two
figures is a cell whose border was not seen.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageDraw

from extractor.documents.document import Document
from extractor.documents.pages.lines import lines_of
from extractor.documents.pages.page import Box, Picture, Ruling
from extractor.documents.pdf.process import page_picture, raw_pages
from extractor.documents.pdf.reader import read_pdf
from extractor.documents.source import Source, read_file

LINE, RULING, CELL = (30, 90, 220), (230, 120, 0), (0, 140, 60)
_CELL_WIDTH = 3


class Seen(NamedTuple):
    """What is seen of a page; all places in points from its upper left corner.

    Attributes:
        lines: boxes of the lines of text, those of tables too.
        rulings: the straight lines drawn on it.
        cells: box, row and column (from 1) of every cell that prints something in a table of it.
    """

    lines: tuple[Box, ...]
    rulings: tuple[Ruling, ...]
    cells: tuple[tuple[Box, int, int], ...]


def seen(source: Source, number: int) -> Seen:
    """What the reader sees of a page of a PDF.

    Args:
        source: the file.
        number: of the page, from 1.

    Raises:
        InputError: if the file can't be read.
        IndexError: if it has no such page.
    """
    page = raw_pages(source)[number - 1]
    lines = tuple(line.box for line in lines_of(page.glyphs))
    return Seen(lines, tuple(page.rulings), tuple(_cells(read_pdf(source), number)))


def _cells(document: Document, number: int) -> Iterator[tuple[Box, int, int]]:
    for _, _, locator in document.located:
        if locator.page == number and locator.box and locator.row and locator.column:
            yield locator.box, locator.row, locator.column


def drawn(picture: Picture, what: Seen) -> Image.Image:
    """The picture of a page with what is seen of it drawn over it.

    Args:
        picture: the page as it looks.
        what: is seen of it.
    """
    image = Image.frombytes("L", (picture.columns, picture.rows), picture.grey).convert("RGB")
    pen = ImageDraw.Draw(image)
    # Pixels a point.
    across, down = picture.columns / picture.width, picture.rows / picture.height

    def pixels(box: Box) -> Box:
        return (box[0] * across, box[1] * down, box[2] * across, box[3] * down)

    for box in what.lines:
        pen.rectangle(pixels(box), outline=LINE)
    for ruling in what.rulings:
        pen.line(pixels(ruling), fill=RULING, width=2)
    for box, row, column in what.cells:
        left, top, _, _ = place = pixels(box)
        pen.rectangle(place, outline=CELL, width=_CELL_WIDTH)
        pen.text((left + _CELL_WIDTH, top), f"{row},{column}", fill=CELL)
    return image


def main() -> None:
    """Draw one page."""
    parser = argparse.ArgumentParser(
        prog="python -m eval.zoo.overlay", description="Draw what the reader sees of a page of a PDF over it."
    )
    parser.add_argument("file", type=Path, help="the PDF")
    parser.add_argument("-o", "--output", type=Path, default=Path("page.png"), help="[default: page.png]")
    parser.add_argument("--page", type=int, default=1, help="from 1  [default: 1]")
    arguments = parser.parse_args()
    source = Source(read_file(arguments.file), str(arguments.file))
    drawn(page_picture(source, arguments.page), seen(source, arguments.page)).save(arguments.output)
    print(arguments.output)


if __name__ == "__main__":
    main()
