"""Pictures in a document in which a table may stand: read, if they are wanted, or counted.

Most pictures in reports are emblems and photographs, and a picture takes a second and more: they are read
only where the text itself lacks tables.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from extractor.documents.scans.ocr import is_installed
from extractor.errors import InputError, UnknownFormatError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.documents.document import Document
    from extractor.documents.pdf.process import Box, RawPage

# A table in less, in bytes, pixels or points, can't be read, or is none.
_FEWEST_BYTES, _NARROWEST, _LOWEST = 2000, 300, 60
_NARROWEST_ON_PAGE, _LOWEST_ON_PAGE = 150.0, 30.0
# Of more pictures, the first are read.
_MOST = 20


class HeldPictures:
    """The pictures of one document.

    Attributes:
        unread: how many pictures in the file may hold a table and aren't read.
        elsewhere: how many pictures the document shows that aren't in the file.
    """

    def __init__(self, *, are_wanted: bool) -> None:
        self.unread = 0
        self.elsewhere = 0
        self._are_wanted = are_wanted and is_installed()
        self._left = _MOST

    def takes_one(self) -> bool:
        """Whether a picture is to be read; else it counts as unread."""
        if not self._are_wanted or not self._left:
            self.unread += 1
            return False
        self._left -= 1
        return True

    def document(self, data: bytes, name: str) -> Document | None:
        """What is in a picture of the file; None if it isn't read, or there is no text in it."""
        if len(data) < _FEWEST_BYTES or not self.takes_one():
            return None
        from extractor.documents.scans.picture_file import read_picture

        if _is_small(data):
            return None
        try:
            return read_picture(data, name)
        except UnknownFormatError:
            return None
        except InputError:
            self.unread += 1
            return None

    def pages(self, data: bytes, pages: Sequence[RawPage], name: str) -> list[RawPage]:
        """The pages of a PDF, with what is in the pictures on them.

        Args:
            data: the PDF.
            pages: what is on them besides.
            name: what messages call it.
        """
        return [self._with_pictures(data, page, number, name) for number, page in enumerate(pages, 1)]

    def _with_pictures(self, data: bytes, page: RawPage, number: int, name: str) -> RawPage:
        boxes = [box for box in page.pictures if _may_hold_table(box, page) and self.takes_one()]
        if not boxes:
            return page
        from extractor.documents.pdf.process import page_picture
        from extractor.documents.scans.page import with_picture

        picture = page_picture(data, name, number)
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
