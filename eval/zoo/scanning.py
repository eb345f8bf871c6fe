"""A printed report as a scanner gives it back: a PDF of grey, noisy, slightly turned pictures."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

import numpy as np
import pypdfium2
from PIL import Image, ImageFilter

_POINTS = 72.0
_WHITE = 255


@dataclass(frozen=True)
class Scanner:
    """How pages are scanned.

    Attributes:
        dpi: pixels an inch.
        turn: degrees that a page may lie askew, at most, to either side.
        noise: standard deviation of the noise of each pixel, in levels of grey.
        specks: how many pixels in a million are black or white.
        blur: radius, in pixels at 200 dpi.
        quality: of the JPEG, from 1 to 95.
        paper: how grey the paper is, at most, in levels.
    """

    dpi: int = 200
    turn: float = 1.0
    noise: float = 12.0
    specks: int = 300
    blur: float = 0.6
    quality: int = 60
    paper: int = 25


def scanned(pdf: bytes, scanner: Scanner, seed: int) -> bytes:
    """The scan of a PDF, as a PDF of pictures; the same seed gives the same bytes."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    pages = [scanned_page(page, scanner, chance.randrange(1 << 32)) for page in rendered_pages(pdf, scanner)]
    return pictures_as_pdf(pages, scanner)


def pictures_as_pdf(pages: Sequence[Image.Image], scanner: Scanner) -> bytes:
    """A PDF of pictures, as finely and as well kept as a scanner does it."""
    buffer = BytesIO()
    # Black and white is kept without a loss.
    kept = {} if pages[0].mode == "1" else {"quality": scanner.quality}
    pages[0].save(
        buffer,
        "PDF",
        save_all=True,
        append_images=pages[1:],
        resolution=scanner.dpi,
        creationDate=None,
        modDate=None,
        **kept,
    )
    return buffer.getvalue()


def rendered_pages(pdf: bytes, scanner: Scanner) -> list[Image.Image]:
    """The pages as they are printed, without the traces of a scanner."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=scanner.dpi / _POINTS, grayscale=True).to_pil() for page in document]
    finally:
        document.close()


def scanned_page(page: Image.Image, scanner: Scanner, seed: int) -> Image.Image:
    """A page as a scanner sees it."""
    chance = np.random.default_rng(seed)
    angle = chance.uniform(-scanner.turn, scanner.turn)
    page = page.convert("L").rotate(angle, Image.Resampling.BICUBIC, fillcolor=_WHITE)
    page = page.filter(ImageFilter.GaussianBlur(scanner.blur * scanner.dpi / 200))
    pixels = np.asarray(page, dtype=np.float64)
    # Ink isn't black, nor is paper white, and neither is the same all over the page.
    paper = _WHITE - chance.uniform(0, scanner.paper)
    ink = chance.uniform(10, 60)
    light = np.linspace(chance.uniform(0.94, 1), chance.uniform(0.94, 1), pixels.shape[1])
    pixels = (ink + pixels / _WHITE * (paper - ink)) * light + chance.normal(0, scanner.noise, pixels.shape)
    specks = chance.random(pixels.shape)
    pixels[specks < scanner.specks / 2e6] = 0
    pixels[specks > 1 - scanner.specks / 2e6] = _WHITE
    return Image.fromarray(pixels.clip(0, _WHITE).astype(np.uint8))
