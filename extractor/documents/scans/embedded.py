"""Pictures in a document in which a table may stand: read, if there is room for them, or counted.

Most pictures in reports are emblems and photographs, and a picture takes a second and more: they are read
only where the text itself lacks tables.
"""

from __future__ import annotations

from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING

from extractor.errors import InputError, UnknownFormatError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from extractor.documents.document import Document
    from extractor.documents.pages.page import Box, Picture, RawPage
    from extractor.documents.source import Pictures, Source

# A table in less, in bytes, pixels or points, can't be read, or is none.
_FEWEST_BYTES, _NARROWEST, _LOWEST = 2000, 300, 60
_NARROWEST_ON_PAGE, _LOWEST_ON_PAGE = 150.0, 30.0


def document_in(picture: Source, pictures: Pictures) -> Document | None:
    """What is in a picture that a file holds.

    Args:
        picture: its content.
        pictures: gives it room, or counts it as unread.

    Returns:
        None if it isn't read, or there is no text in it.
    """
    if len(picture.data) < _FEWEST_BYTES or not pictures.admit():
        return None
    from extractor.documents.scans.picture_file import read_picture

    if _is_small(picture.data):
        return None
    try:
        return read_picture(picture)
    except UnknownFormatError:
        return None
    except InputError:
        pictures.unread += 1
        return None


def pages_with_pictures(
    pages: Sequence[RawPage], pictures: Pictures, painted: Callable[[int], Picture]
) -> list[RawPage]:
    """The pages of a file, with what is in the pictures on them.

    Args:
        pages: what is on them besides.
        pictures: gives those room that may hold a table, or counts them as unread.
        painted: how a page looks, by its number, counted from 1.
    """
    return [_with_pictures(page, pictures, partial(painted, number)) for number, page in enumerate(pages, 1)]


def _with_pictures(page: RawPage, pictures: Pictures, painted: Callable[[], Picture]) -> RawPage:
    boxes = [box for box in page.pictures if _may_hold_table(box, page) and pictures.admit()]
    if not boxes:
        return page
    from extractor.documents.scans.page import with_picture

    picture = painted()
    for box in boxes:
        page = with_picture(page, picture, box)
    return page


def _is_small(data: bytes) -> bool:
    from PIL import Image

    try:
        with Image.open(BytesIO(data)) as picture:
            width, height = picture.size
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        # It is told why when it is read.
        return False
    return width < _NARROWEST or height < _LOWEST


def _may_hold_table(box: Box, page: RawPage) -> bool:
    """Whether a picture is large enough, and no background of text."""
    left, top, right, bottom = box
    if right - left < _NARROWEST_ON_PAGE or bottom - top < _LOWEST_ON_PAGE:
        return False
    return not any(
        left < (one.left + one.right) / 2 < right and top < (one.top + one.bottom) / 2 < bottom
        for one in page.glyphs
        if not one.text.isspace()
    )
