"""Other ways in which a page becomes a picture than a clean scan: photographs, faxes, stamps, screenshots."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from eval.zoo.scanning import Scanner, pictures_as_pdf, rendered_pages, scanned_page

if TYPE_CHECKING:
    from numpy.typing import NDArray

_WHITE = 255
_MILLIMETRES = 25.4
# Of the ink of a seal, and of a pen.
_RED, _BLUE = (205, 40, 45), (40, 50, 130)
# A fax has so many lines an inch, fewer than across.
_FAX_DOWN = 196
# Parts of the width of a page: how far a corner is off in a photograph, and how far paper bulges.
_OFF, _BULGE = 0.03, 0.004


def captured(pdf: bytes, capture: Capture, seed: int) -> bytes:
    """A PDF of the pictures that were taken of a PDF's pages; the same seed gives the same bytes."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    pages = rendered_pages(pdf, capture.scanner)
    taken = [capture.take(page, capture.scanner, chance.randrange(1 << 32)) for page in pages]
    return pictures_as_pdf(taken, capture.scanner)


class Capture(NamedTuple):
    """A way of taking a picture of a page.

    Attributes:
        take: takes it of a page as printed, with a seed.
        scanner: how finely the page is looked at, and how the picture is kept.
    """

    take: Callable[[Image.Image, Scanner, int], Image.Image]
    scanner: Scanner


def photographed(page: Image.Image, scanner: Scanner, seed: int) -> Image.Image:
    """A page as a telephone takes it: from aside, a little bent, in uneven light, on a dark table.

    Args:
        page: as it is printed.
        scanner: how well the picture is kept.
        seed: the same gives the same picture.
    """
    import cv2  # prints to standard output where numpy is missing

    chance = np.random.default_rng(seed)
    pixels = np.asarray(page.convert("L"))
    rows, columns = pixels.shape
    rim = round(0.06 * columns)
    off = chance.uniform(0, _OFF * columns, (4, 2)) * [[1, 1], [-1, 1], [-1, -1], [1, -1]]
    paper = np.array([[0, 0], [columns, 0], [columns, rows], [0, rows]], np.float32)
    matrix = cv2.getPerspectiveTransform(paper, (paper + rim + off).astype(np.float32))
    size = (columns + 2 * rim, rows + 2 * rim)
    ground = int(chance.uniform(60, 130))
    photo = cv2.warpPerspective(pixels, matrix, size, flags=cv2.INTER_AREA, borderValue=(ground,))
    photo = _bent(photo.astype(np.uint8), _BULGE * columns * chance.uniform(-1, 1))
    y, x = np.mgrid[0 : photo.shape[0], 0 : photo.shape[1]]
    angle = chance.uniform(0, 2 * math.pi)
    slope = (x / size[0] - 0.5) * math.cos(angle) + (y / size[1] - 0.5) * math.sin(angle)
    light = chance.uniform(0.72, 0.92) * (1 + 0.35 * slope)
    blurred = cv2.GaussianBlur(photo, (0, 0), chance.uniform(0.6, 1.0))
    noisy = (20 + blurred * 0.92) * light + chance.normal(0, 5, photo.shape)
    taken = Image.fromarray(noisy.clip(0, _WHITE).astype(np.uint8))
    buffer = BytesIO()
    taken.save(buffer, "JPEG", quality=scanner.quality)
    return Image.open(BytesIO(buffer.getvalue()))


def _bent(photo: NDArray[np.uint8], bulge: float) -> NDArray[np.uint8]:
    """Paper that isn't flat: lines across are bows of so many pixels."""
    import cv2  # prints to standard output where numpy is missing

    rows, columns = photo.shape
    x, y = np.meshgrid(np.arange(columns, dtype=np.float32), np.arange(rows, dtype=np.float32))
    bow = (bulge * np.sin(math.pi * x / columns)).astype(np.float32)
    return np.asarray(cv2.remap(photo, x, y + bow, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE))


def faxed(page: Image.Image, scanner: Scanner, seed: int) -> Image.Image:
    """A page as a fax has it: black and white, slightly askew, with specks."""
    chance = np.random.default_rng(seed)
    size = (page.width, round(page.height * _FAX_DOWN / scanner.dpi))
    turned = page.convert("L").rotate(chance.uniform(-0.6, 0.6), Image.Resampling.BICUBIC, fillcolor=_WHITE)
    pixels = np.asarray(turned.resize(size, Image.Resampling.BICUBIC), dtype=np.float64)
    black = pixels + chance.normal(0, 14, pixels.shape) < chance.uniform(120, 165)
    black |= chance.random(pixels.shape) < 2e-4
    fine = Image.fromarray(np.where(black, 0, _WHITE).astype(np.uint8))
    return fine.resize(page.size, Image.Resampling.NEAREST).convert("1")


def stamped(page: Image.Image, scanner: Scanner, seed: int) -> Image.Image:
    """A scanned page with a red seal over some of it, in colours."""
    chance = np.random.default_rng(seed)
    page = scanned_page(page, scanner, seed)
    radius = 20 * scanner.dpi / _MILLIMETRES
    x = chance.uniform(0.25, 0.75) * page.width
    y = chance.uniform(0.3, 0.7) * page.height
    seal = Image.new("L", page.size, 0)
    draw = ImageDraw.Draw(seal)
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), outline=_WHITE, width=round(radius / 16))
    star = [
        (x + r * math.sin(k * math.pi / 5), y - r * math.cos(k * math.pi / 5))
        for k in range(10)
        for r in [radius * (0.33 if k % 2 == 0 else 0.13)]
    ]
    draw.polygon(star, fill=_WHITE)
    for k in range(12):
        angle = math.pi * (0.75 + 1.5 * k / 11)
        middle = (x + 0.74 * radius * math.sin(angle), y - 0.74 * radius * math.cos(angle))
        for _ in range(5):
            start = chance.uniform(-0.1, 0.1, 2) * radius + middle
            end = chance.uniform(-0.1, 0.1, 2) * radius + middle
            draw.line((*start, *end), fill=_WHITE, width=max(2, round(radius / 40)))
    ink = np.asarray(seal.filter(ImageFilter.GaussianBlur(0.7)), dtype=np.float64)[:, :, None] / _WHITE
    ink = ink * chance.uniform(0.6, 0.95)
    paper = np.asarray(page.convert("RGB"), dtype=np.float64)
    # Ink lets through the light that paper and other ink leave.
    mixed = paper * (1 - ink) + paper * np.array(_RED) / _WHITE * ink
    return Image.fromarray(mixed.clip(0, _WHITE).astype(np.uint8))


def scribbled(page: Image.Image, scanner: Scanner, seed: int) -> Image.Image:
    """A scanned page with strokes of a pen in its margins, in colours."""
    chance = np.random.default_rng(seed)
    written = scanned_page(page, scanner, seed).convert("RGB")
    draw = ImageDraw.Draw(written)
    pen = max(2, page.width // 600)
    for _ in range(int(chance.integers(2, 5))):
        is_left = chance.random() < 0.5
        x = page.width * (chance.uniform(0.005, 0.02) if is_left else chance.uniform(0.955, 0.975))
        y = page.height * chance.uniform(0.1, 0.9)
        for _ in range(int(chance.integers(2, 6))):
            size = page.width * 0.02
            points = chance.uniform(0, size, (5, 2)) + np.array((x, y))
            draw.line([tuple(point) for point in points.tolist()], fill=_BLUE, width=pen, joint="curve")
            y += size * 1.2
    return written


def screenshot(page: Image.Image, _: Scanner, seed: int) -> Image.Image:
    """A page as a screen shows it, part of a pixel higher or lower; nothing is lost but its fineness."""
    chance = np.random.default_rng(seed)
    shift = (1, 0, chance.uniform(0, 1), 0, 1, chance.uniform(0, 1))
    return page.convert("L").transform(
        page.size, Image.Transform.AFFINE, shift, Image.Resampling.BICUBIC, fillcolor=_WHITE
    )


# Red and blue are kept better than what is grey throughout.
_COLOURED = Scanner(200, quality=70)
PHOTOGRAPH = Capture(photographed, Scanner(220, quality=80))
FAX = Capture(faxed, Scanner(204))
STAMP = Capture(stamped, _COLOURED)
SCRIBBLE = Capture(scribbled, _COLOURED)
SCREENSHOT = Capture(screenshot, Scanner(96, quality=95))
