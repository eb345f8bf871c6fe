"""Pictures of reports: photographed or scanned pages, and pictures taken of a screen."""

from __future__ import annotations

import math
import struct
import warnings
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from extractor.documents.document import Document
from extractor.documents.errors import damaged
from extractor.documents.pages.assembly import document_of
from extractor.documents.pages.page import Picture
from extractor.documents.scans.ocr import check_installed
from extractor.documents.source import Source
from extractor.errors import TooLargeError

if TYPE_CHECKING:
    from PIL.Image import Image

    from extractor.documents.scans.ink import Grey

# Modes of pictures in grey.
_WITHOUT_COLOURS = ("1", "L", "LA", "I", "I;16", "F")
_FORMATS = ("PNG", "JPEG", "TIFF", "WEBP", "BMP", "GIF")
# A page of A3 at 600 dots an inch has 70 million.
_MOST_PIXELS, _MOST_OF_A_SIDE = 80_000_000, 30_000
# What text is looked for in: dots an inch, and so many at most.
_DPI, _MOST_LOOKED_AT = 200, 16_000_000
# Where a picture doesn't tell: a page is so wide, in inches, and a screen has so many dots an inch.
_PAGE, _SCREEN, _FINEST = 8.27, 96.0, 600.0
_POINTS = 72.0
# A picture that is so much longer than wide is a page that was rolled by: cut between these lengths.
_LONG, _SHORTEST_CUT, _LONGEST_CUT = 1.8, 1.1, 1.5
_DAMAGED = (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, struct.error, zlib.error)


def read_picture(source: Source) -> Document:
    """Make a document of a picture, or of the pages of a TIFF.

    Raises:
        MissingProgramError: if the extra that reads pictures isn't installed.
        UnreadableError: if it is damaged.
        TooLargeError: if it has more pixels or pages than a report has.
        UnknownFormatError: if no text is in it.
    """
    check_installed(source.name)
    from extractor.documents.scans.page import nothing_recognised, recognised_page

    kind, pages = pages_of(source)
    found = [recognised_page(page) for page in pages]
    if not any(page.glyphs for page in found):
        raise nothing_recognised(source)
    return document_of(found, source, kind)


def pages_of(source: Source) -> tuple[str, list[Picture]]:
    """The format of a picture, and its pages in grey, at the size in which they are looked at.

    Raises:
        UnreadableError: if it is damaged.
        TooLargeError: if it has more pixels or pages than a report has.
    """
    import PIL.Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", PIL.Image.DecompressionBombWarning)
            picture = PIL.Image.open(BytesIO(source.data), formats=_FORMATS)
            return picture.format or "", list(_pages(source, picture))
    except (PIL.Image.DecompressionBombError, PIL.Image.DecompressionBombWarning) as error:
        raise _too_large(source) from error
    except _DAMAGED as error:
        raise damaged(source.name) from error


def _too_large(source: Source) -> TooLargeError:
    return TooLargeError(
        f"{source.name} 的图像过大，不可能是一份年度报告的页面。请缩小后再试。",
        f"{source.name} is a larger picture than any page of a report; make it smaller and try again",
    )


def _pages(source: Source, picture: Image) -> Iterator[Picture]:
    """Its pages in grey; of a moving picture the first."""
    from extractor.documents.scans.page import check_length

    frames = getattr(picture, "n_frames", 1) if picture.format == "TIFF" else 1
    check_length(source, frames)
    for frame in range(frames):
        picture.seek(frame)
        width, height = picture.size
        if width * height > _MOST_PIXELS or max(width, height) > _MOST_OF_A_SIDE:
            raise _too_large(source)
        yield from _parts(picture)


def _parts(picture: Image) -> Iterator[Picture]:
    """A picture on white paper, in grey, at the size in which it is looked at; long ones in parts."""
    from PIL import Image, ImageOps

    dpi = _dpi(picture)
    picture = ImageOps.exif_transpose(picture)
    kind = "L" if picture.mode in _WITHOUT_COLOURS else "RGB"
    paper = Image.new(kind, picture.size, "white")
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        paper.paste(picture.convert(kind), mask=picture.getchannel("A"))
    else:
        paper.paste(picture.convert(kind))
    scale = min(_DPI / dpi, math.sqrt(_MOST_LOOKED_AT / (paper.width * paper.height)))
    size = (max(1, round(paper.width * scale)), max(1, round(paper.height * scale)))
    grey = _grey(paper.resize(size, Image.Resampling.BICUBIC))
    points, columns = _POINTS / (dpi * scale), grey.shape[1]
    start = 0
    for end in _cuts(grey):
        rows = end - start
        yield Picture(columns * points, rows * points, columns, rows, grey[start:end].tobytes())
        start = end


def _grey(picture: Image) -> Grey:
    """A picture in grey, its red seals taken off."""
    import numpy as np

    from extractor.documents.scans.seals import grey_without_seals

    pixels = np.asarray(picture)
    return pixels if pixels.ndim == 2 else grey_without_seals(np.ascontiguousarray(pixels[:, :, ::-1]))


def _dpi(picture: Image) -> float:
    """Dots an inch, as the picture tells or as its width lets guess."""
    told = picture.info.get("dpi", (0, 0))[0]
    width = min(picture.size)
    if _SCREEN < told <= _FINEST and width / told > _PAGE / 3:
        return float(told)
    return min(max(width / _PAGE, _SCREEN), _FINEST)


def _cuts(grey: Grey) -> Iterator[int]:
    """Where a long picture ends or is cut: at the emptiest row."""
    height, width = grey.shape
    start, rows = 0, grey.std(axis=1)
    while height - start > _LONG * width:
        first, last = start + int(_SHORTEST_CUT * width), start + int(_LONGEST_CUT * width)
        start = first + int(rows[first:last].argmin())
        yield start
    yield height
