"""Pages that were photographed from aside, bent, are made flat; others are left as they are."""

from __future__ import annotations

import cv2
import numpy as np
from PIL import Image, ImageDraw

from eval.zoo.captures import photographed
from eval.zoo.scanning import Scanner
from extractor.documents.pages.page import Ruling
from extractor.documents.pages.ruled import ruled_tables
from extractor.documents.scans.flattening import flattening_of
from extractor.documents.scans.ink import Grey, ink_of, skew_of, turned, whitened
from extractor.documents.scans.rulings import lines_in
from extractor.documents.source import Source

# Of a table on a page of A4 at 200 dots an inch: its lines across and down.
ROWS, COLUMNS = range(300, 1901, 80), (150, 700, 830, 960, 1090, 1220, 1350, 1500)
CELLS = (len(ROWS) - 1) * (len(COLUMNS) - 1)


def page() -> Image.Image:
    picture = Image.new("L", (1654, 2339), 255)
    draw = ImageDraw.Draw(picture)
    for y in ROWS:
        draw.line((COLUMNS[0], y, COLUMNS[-1], y), fill=0, width=2)
    for x in COLUMNS:
        draw.line((x, ROWS[0], x, ROWS[-1]), fill=0, width=2)
    return picture


def looked_at(picture: Image.Image) -> Grey:
    white = whitened(np.ascontiguousarray(np.asarray(picture)))
    return turned(white, skew_of(ink_of(white)))


def cells_of(white: Grey) -> int:
    lines = lines_in(white)
    rulings = [Ruling(*(place * 72 / 200 for place in line)) for line in (*lines.across, *lines.down)]
    return max((len(table.cells) for table in ruled_tables(Source(b"", "x"), rulings)), default=0)


def test_the_table_of_a_photograph_has_all_its_cells_once_it_is_flat() -> None:
    white = looked_at(photographed(page(), Scanner(quality=80), 3))
    assert cells_of(white) < CELLS
    flattening = flattening_of(white)
    assert flattening is not None
    assert cells_of(flattening.picture(white)) == CELLS


def test_points_go_where_the_picture_goes() -> None:
    picture = page()
    ImageDraw.Draw(picture).ellipse((190, 325, 220, 355), fill=0)
    white = looked_at(photographed(picture, Scanner(quality=80), 3))
    flattening = flattening_of(white)
    assert flattening is not None
    before, after = middle_of_dot(white), middle_of_dot(flattening.picture(white))
    assert np.abs(before - after).max() > 2
    assert np.abs(flattening.points(before[None].astype(np.float32))[0] - after).max() < 1.5


def middle_of_dot(white: Grey) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """The middle of what is dark and no line, near the upper left corner of the table."""
    part = white[380:520, 240:600] < 100
    solid = cv2.erode(part.astype(np.uint8), np.ones((9, 9), np.uint8))
    ys, xs = np.nonzero(solid)
    return np.array([xs.mean() + 240, ys.mean() + 380])


def test_a_page_that_is_flat_or_empty_is_left_as_it_is() -> None:
    assert flattening_of(looked_at(page().rotate(0.7, Image.Resampling.BICUBIC, fillcolor=255))) is None
    assert flattening_of(np.full((400, 300), 255, np.uint8)) is None
