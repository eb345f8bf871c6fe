"""Red seals are taken off; figures, rulings and headings in red stay, and so does what is under a seal."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from extractor.documents.pages.page import Colours
from extractor.documents.scans.seals import without_seals

RED, BLACK, PALE = (205, 40, 45), (30, 30, 30), (150, 150, 150)
DARK = 180


def page(draw: Callable[[ImageDraw.ImageDraw], None]) -> tuple[Image.Image, Image.Image]:
    """A page in colours, and how it looks without its red seals."""
    picture = Image.new("RGB", (800, 800), "white")
    draw(ImageDraw.Draw(picture))
    pixels = np.asarray(picture)[:, :, ::-1]
    grey = without_seals(Colours(288.0, 288.0, 800, 800, pixels.tobytes())).grey
    return picture, Image.frombytes("L", (800, 800), grey)


def seal(draw: ImageDraw.ImageDraw) -> None:
    draw.ellipse((200, 200, 500, 500), outline=RED, width=16)
    draw.polygon([(350, 280), (400, 420), (300, 420)], fill=RED)


def figure(draw: ImageDraw.ImageDraw, fill: tuple[int, int, int] = BLACK) -> None:
    draw.text((330, 380), "157", fill, ImageFont.load_default(28))
    draw.line((100, 440, 700, 440), fill, 2)


def test_under_a_seal_the_page_is_as_without_it() -> None:
    def pressed(draw: ImageDraw.ImageDraw) -> None:
        seal(draw)
        figure(draw)

    _, bare = page(figure)
    _, cleaned = page(pressed)
    assert np.abs(np.asarray(bare, int) - np.asarray(cleaned, int)).max() < 60
    assert ((np.asarray(bare) < DARK) == (np.asarray(cleaned) < DARK)).mean() > 0.9999


def red_figures(draw: ImageDraw.ImageDraw) -> None:
    figure(draw, RED)


def red_table(draw: ImageDraw.ImageDraw) -> None:
    for at in range(100, 701, 100):
        draw.line((100, at, 700, at), RED, 2)
        draw.line((at, 100, at, 700), RED, 2)
    figure(draw, RED)


def grey_ring(draw: ImageDraw.ImageDraw) -> None:
    draw.ellipse((200, 200, 500, 500), outline=PALE, width=16)


@pytest.mark.parametrize("draw", [figure, red_figures, red_table, grey_ring])
def test_what_is_no_seal_stays(draw: Callable[[ImageDraw.ImageDraw], None]) -> None:
    picture, kept = page(draw)
    wanted = np.asarray(picture.convert("L"), int)
    assert np.abs(wanted - np.asarray(kept, int)).max() <= 1
