"""The picture of a page read: its words as glyphs, its ruling lines, and how sure each word is.

What comes of it is a page like that of a PDF with text, so that tables are put together in one way.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from statistics import median

import numpy as np

from extractor.documents.document import Sureness
from extractor.documents.pages.page import Box, Glyph, Picture, RawPage, Ruling
from extractor.documents.scans.bands import with_dark_text
from extractor.documents.scans.flattening import flattening_of
from extractor.documents.scans.ink import Grey, Points, ink_of, skew_of, turned, turned_points, whitened
from extractor.documents.scans.ocr import recogniser
from extractor.documents.scans.reading import Reading, read_words
from extractor.documents.scans.rulings import Lines, lines_in
from extractor.documents.scans.turning import upright
from extractor.documents.scans.words import Word, words_in
from extractor.documents.source import Source
from extractor.errors import TooLargeError, UnknownFormatError

# Words are found with so much paper above and below them, in parts of their height; lines would overlap.
# Those that are less high, in parts of the height of a line, are ink with no paper around, such as a digit.
_LOOSE, _TIGHT = 0.14, 0.75
_MOST_WORDS, _MOST_PAGES = 3000, 40
# No line of text is as low; and OpenCV crashes on pictures of nothing.
_FEWEST_PIXELS = 8


def check_length(source: Source, pages: int) -> None:
    """Refuse what takes too long: a page takes some seconds.

    Args:
        source: the file.
        pages: how many there are in it.

    Raises:
        TooLargeError: if there are more pages than a report has.
    """
    if pages > _MOST_PAGES:
        raise TooLargeError(
            f"{source.name} 是 {pages} 页的扫描件，最多识别 {_MOST_PAGES} 页。请拆出含有统计表的页面后再试。",
            f"{source.name} is a scan of {pages} pages, and no more than {_MOST_PAGES} are read; "
            "take out the pages with the tables and try again",
        )


def nothing_recognised(source: Source) -> UnknownFormatError:
    """No page of a file holds text that can be recognised."""
    return UnknownFormatError(
        f"{source.name} 中没有文字，也没有能识别出文字的图像。请检查文件，或找到更清晰的版本后再试。",
        f"{source.name} holds no text, nor a picture in which text could be recognised; check it, or find a "
        "sharper version",
    )


def recognised_page(picture: Picture) -> RawPage:
    """A page read from a picture of it, of 200 pixels to the inch, or less if the page is large."""
    grey = np.frombuffer(picture.grey, np.uint8).reshape(picture.rows, picture.columns)
    if min(grey.shape) < _FEWEST_PIXELS:
        return RawPage(picture.width, picture.height, [], [])
    page = _Page(grey)
    columns, rows = page.grey.shape[1], page.grey.shape[0]
    width, height = _size(picture, columns, rows)
    x, y = width / columns, height / rows
    words = page.words()
    glyphs, sureness = [], []
    for word, found in words:
        top, bottom = page.line_of(word)
        box = (word.left * x, top * y, word.right * x, bottom * y)
        glyphs += _glyphs(found.text, box, is_on_end=word.is_on_end)
        sureness.append((box, Sureness(found.confidence, found.is_agreed)))
    rulings = [Ruling(a * x, b * y, c * x, d * y) for a, b, c, d in (*page.lines.across, *page.lines.down)]
    whole = (0.0, 0.0, width, height)
    return RawPage(width, height, glyphs, rulings, recognised=(whole,), words=tuple(sureness))


def straightened(picture: Picture) -> Picture:
    """A picture as the boxes of what is recognised in it lie on it: upright, straight, its paper white."""
    grey = np.frombuffer(picture.grey, np.uint8).reshape(picture.rows, picture.columns)
    if min(grey.shape) < _FEWEST_PIXELS:
        return picture
    grey = _Page(grey).grey
    rows, columns = grey.shape
    width, height = _size(picture, columns, rows)
    return Picture(width, height, columns, rows, grey.tobytes())


def _size(picture: Picture, columns: int, rows: int) -> tuple[float, float]:
    """Width and height in points of a picture that was turned upright and has so many pixels then."""
    is_turned = (columns > rows) != (picture.columns > picture.rows)
    return (picture.height, picture.width) if is_turned else (picture.width, picture.height)


def with_picture(page: RawPage, painted: Picture, box: Box) -> RawPage:
    """A page with what is recognised in a picture on it.

    Args:
        page: what else is on it.
        painted: how all of it looks.
        box: where the picture stands.
    """
    x, y = painted.columns / page.width, painted.rows / page.height
    left, top = max(0, round(box[0] * x)), max(0, round(box[1] * y))
    grey = np.frombuffer(painted.grey, np.uint8).reshape(painted.rows, painted.columns)
    part = np.ascontiguousarray(grey[top : round(box[3] * y), left : round(box[2] * x)])
    rows, columns = part.shape
    if not part.size:
        return page
    found = recognised_page(Picture(columns / x, rows / y, columns, rows, part.tobytes()))
    if not page.glyphs and not page.recognised:
        # A page that is nothing but a picture, which may lie on its side.
        return found
    if (found.width > found.height) != (columns / x > rows / y):
        return page
    place = partial(_moved, by=(left / x, top / y))
    return page._replace(
        glyphs=page.glyphs + [Glyph(one.text, one.turn, *place(one[2:])) for one in found.glyphs],
        rulings=page.rulings + [Ruling(*place(one)) for one in found.rulings],
        recognised=(*page.recognised, box),
        words=(*page.words, *((place(own), sure) for own, sure in found.words)),
    )


def _moved(box: Sequence[float], by: tuple[float, float]) -> Box:
    return box[0] + by[0], box[1] + by[1], box[2] + by[0], box[3] + by[1]


class _Page:
    """A picture put upright and straight, its ink, its rulings, and where text was found."""

    def __init__(self, grey: Grey) -> None:
        self._recogniser = recogniser()
        grey, found = upright(with_dark_text(grey), self._recogniser)
        grey = whitened(grey)
        angle = skew_of(ink_of(grey))
        found = [turned_points(points, grey.shape, angle) for points in found]
        self.grey = turned(grey, angle)
        flattening = flattening_of(self.grey)
        if flattening is not None:
            self.grey = flattening.picture(self.grey)
            found = [flattening.points(points) for points in found]
        self._found = [_upright_box(points, grey.shape) for points in found]
        self.lines: Lines = lines_in(self.grey)
        self._height = median(one.bottom - one.top for one in self._found) if self._found else 0.0

    def words(self) -> list[tuple[Word, Reading]]:
        """Every word and what it says."""
        words = words_in(self._found, self.lines, self._height)[:_MOST_WORDS]
        read = read_words(words, self.grey, self.lines, self._height, self._recogniser)
        return list(zip(words, read, strict=True))

    def line_of(self, word: Word) -> tuple[float, float]:
        """From where to where the line of a word reaches, as that of a printed character does."""
        if word.is_on_end:
            return word.top, word.bottom
        high, middle = word.bottom - word.top, (word.top + word.bottom) / 2
        half = (0.5 - _LOOSE) * (self._height if high < _TIGHT * self._height else high)
        return middle - half, middle + half


def _upright_box(points: Points, shape: tuple[int, ...]) -> Word:
    """The box around four corners, as far as it is on the page."""
    left, top = np.floor(points.min(axis=0)).astype(int)
    right, bottom = np.ceil(points.max(axis=0)).astype(int)
    return Word(max(0, int(left)), max(0, int(top)), min(shape[1], int(right)), min(shape[0], int(bottom)))


def _glyphs(text: str, box: Box, *, is_on_end: bool) -> list[Glyph]:
    """The characters of a word, side by side in its box; a Latin one takes half the room of a Chinese one."""
    left, top, right, bottom = box
    widths = [1 if character.isascii() else 2 for character in text]
    glyphs, done, total = [], 0, sum(widths)
    for character, width in zip(text, widths, strict=True):
        start, end = done / total, (done + width) / total
        done += width
        if is_on_end:
            place = (left, top + start * (bottom - top), right, top + end * (bottom - top))
        else:
            place = (left + start * (right - left), top, left + end * (right - left), bottom)
        glyphs.append(Glyph(character, 0, *place))
    return glyphs
