"""The picture of a page read: its words as glyphs, its ruling lines, and how sure each word is.

What comes of it is a page like that of a PDF with text, so that tables are put together in one way.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import pairwise
from statistics import median
from typing import NamedTuple

import cv2
import numpy as np

from extractor.documents.pages.page import Box, Glyph, Picture, RawPage, Ruling
from extractor.documents.scans.ink import Grey, Ink, Points, ink_of, skew_of, turned, turned_points, whitened
from extractor.documents.scans.ocr import Recognised, recogniser
from extractor.documents.scans.rulings import Lines, lines_in
from extractor.documents.scans.strokes import stroke_in
from extractor.documents.scans.turning import upright
from extractor.documents.source import Source
from extractor.errors import TooLargeError, UnknownFormatError

# Parts of the height of a line: a gap this wide parts two words; a ruling so far inside parts them too.
_GAP, _INSIDE = 1.4, 0.2
# Ink that no word covers is looked at if it is as large as a stroke of a digit, and no larger than a line.
_SMALLEST, _LARGEST = 0.2, 1.6
# A word that is so much taller than wide, and taller than a line, stands on end.
_ON_END, _TALL = 1.8, 1.8
# Ink so near to a word, in parts of the height of a line, is part of it; fewer pixels are dirt.
_NEAR, _DIRT = 0.8, 6
# Words are found with so much paper above and below them, in parts of their height; lines would overlap.
_LOOSE = 0.18
# White around a word, so that its edges are seen; pixels.
_MARGIN, _WHITE = 10, 255
# Ink beside a word so near is its own; pixels.
_RIM = 4
_MOST_WORDS, _MOST_PAGES = 3000, 40
# A word that is read with less confidence is looked at again.
_UNSURE = 0.8
# How sure a word is at most of which the shape of its ink says otherwise.
_DOUBTFUL = 0.5
# No line of text is as low; and OpenCV crashes on pictures of nothing.
_FEWEST_PIXELS = 8
_REPLACEMENT = "\ufffd"


class _Word(NamedTuple):
    """A stretch of a line: where it stands, in pixels, and whether its characters stand above each other."""

    left: int
    top: int
    right: int
    bottom: int
    is_on_end: bool = False


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
    glyphs, confidences = [], []
    for word, found in words:
        rim = 0 if word.is_on_end else _LOOSE * (word.bottom - word.top)
        box = (word.left * x, (word.top + rim) * y, word.right * x, (word.bottom - rim) * y)
        glyphs += _glyphs(found.text, box, is_on_end=word.is_on_end)
        confidences.append((box, found.confidence))
    rulings = [Ruling(a * x, b * y, c * x, d * y) for a, b, c, d in (*page.lines.across, *page.lines.down)]
    whole = (0.0, 0.0, width, height)
    return RawPage(width, height, glyphs, rulings, recognised=(whole,), confidences=tuple(confidences))


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
        confidences=(*page.confidences, *((place(own), sure) for own, sure in found.confidences)),
    )


def _moved(box: Sequence[float], by: tuple[float, float]) -> Box:
    return box[0] + by[0], box[1] + by[1], box[2] + by[0], box[3] + by[1]


class _Page:
    """A picture put upright and straight, its ink, its rulings, and where text was found."""

    def __init__(self, grey: Grey) -> None:
        self._recogniser = recogniser()
        grey, found = upright(grey, self._recogniser)
        grey = whitened(grey)
        angle = skew_of(ink_of(grey))
        self.grey = turned(grey, angle)
        found = [turned_points(points, grey.shape, angle) for points in found]
        self._found = [_upright_box(points, grey.shape) for points in found]
        self.lines: Lines = lines_in(self.grey)
        self._height = median(one.bottom - one.top for one in self._found) if self._found else 0.0

    def words(self) -> list[tuple[_Word, Recognised]]:
        """Every word and what it says."""
        words = [part for word in self._found for part in self._parts(word)]
        words = self._completed(words)[:_MOST_WORDS]
        return list(zip(words, self._read(words), strict=True))

    # --- where words stand ---------------------------------------------------------------------------

    def _parts(self, word: _Word) -> Iterator[_Word]:
        """The parts of a stretch of text between rulings and wide gaps."""
        height, width = word.bottom - word.top, word.right - word.left
        if height <= 0 or width <= 0:
            return
        if height > _ON_END * width and height > _TALL * self._height:
            yield word._replace(is_on_end=True)
            return
        middle, margin = (word.top + word.bottom) / 2, _INSIDE * height
        cuts = sorted(
            round(x)
            for x, top, _, bottom in self.lines.down
            if top <= middle <= bottom and word.left < x < word.right
        )
        for left, right in pairwise([word.left, *cuts, word.right]):
            if cuts and right - left < margin:
                continue
            own = self.lines.text[word.top : word.bottom, left:right]
            for start, end in _runs(own, _GAP * height):
                yield word._replace(left=left + start, right=left + end)

    def _completed(self, words: Sequence[_Word]) -> list[_Word]:
        """The words with the ink that stands in none of them: single digits are overlooked most.

        Ink close to a word is part of it, what stands alone is a word of its own.
        """
        completed, alone = list(words), []
        for blot in self._blots(words):
            near = [i for i, word in enumerate(completed) if self._is_beside(word, blot)]
            if not near:
                alone.append(blot)
                continue
            i = min(near, key=lambda i: max(completed[i].left - blot.right, blot.left - completed[i].right))
            word = completed[i]
            completed[i] = _Word(
                min(word.left, blot.left),
                min(word.top, blot.top),
                max(word.right, blot.right),
                max(word.bottom, blot.bottom),
            )
        return completed + alone

    def _blots(self, words: Sequence[_Word]) -> Iterator[_Word]:
        """Ink outside of words that is no dirt."""
        if not self._height:
            return
        rest = self.lines.text.copy()
        for word in words:
            rest[word.top : word.bottom, max(0, word.left - _RIM) : word.right + _RIM] = 0
        _, pieces, sizes, _ = cv2.connectedComponentsWithStats(rest, connectivity=8)
        rest[(sizes[:, cv2.CC_STAT_AREA] < _DIRT)[pieces]] = 0
        across, down = max(1, round(self._height / 4)), max(1, round(self._height / 6))
        blots = cv2.dilate(rest, np.ones((2 * down + 1, 2 * across + 1), np.uint8))
        _, _, stats, _ = cv2.connectedComponentsWithStats(blots, connectivity=8)
        for left, top, width, height, _ in stats[1:].tolist():
            own = _Word(left + across, top + down, left + width - across, top + height - down)
            wide, high = own.right - own.left, own.bottom - own.top
            is_large = min(wide, high) > 0 and max(wide, high) >= _SMALLEST * self._height
            if is_large and high <= _LARGEST * self._height:
                yield own

    def _is_beside(self, word: _Word, blot: _Word) -> bool:
        """Whether ink goes on with a word: on its line, close to it, and no ruling between."""
        middle = (blot.top + blot.bottom) / 2
        gap = max(word.left - blot.right, blot.left - word.right)
        if word.is_on_end or not word.top <= middle <= word.bottom or gap > _NEAR * self._height:
            return False
        start, end = min(word.right, blot.right), max(word.left, blot.left)
        return not any(start <= x <= end and y0 <= middle <= y1 for x, y0, _, y1 in self.lines.down)

    # --- what they say -------------------------------------------------------------------------------

    def _read(self, words: Sequence[_Word]) -> list[Recognised]:
        """What words say; what is hardly read is looked at a second time, cut closer and smoother."""
        read = self._recogniser.read([self._crop(word, self.grey, _MARGIN) for word in words])
        unsure = [i for i, one in enumerate(read) if one.confidence < _UNSURE or not one.text.strip()]
        smooth = cv2.GaussianBlur(self.grey, (3, 3), 0).astype(np.uint8) if unsure else self.grey
        again = self._recogniser.read([self._crop(words[i], smooth, _RIM) for i in unsure])
        for i, one in zip(unsure, again, strict=True):
            read[i] = max(read[i], one, key=lambda one: (bool(one.text.strip()), one.confidence))
        return [self._judged(word, one) for word, one in zip(words, read, strict=True)]

    def _crop(self, word: _Word, grey: Grey, margin: int) -> Grey:
        """The picture of a word on white, at least as wide as it is high."""
        crop = grey[word.top : word.bottom, word.left : word.right]
        if word.is_on_end:
            crop = np.ascontiguousarray(np.rot90(crop))
        small = max(0, round(0.7 * self._height) - crop.shape[0]) // 2
        narrow = max(0, crop.shape[0] + 2 * small - crop.shape[1]) // 2
        upper, side = margin + small, margin + narrow
        return cv2.copyMakeBorder(crop, upper, upper, side, side, cv2.BORDER_CONSTANT, value=_WHITE).astype(
            np.uint8
        )

    def _judged(self, word: _Word, found: Recognised) -> Recognised:
        """What was read, doubted where the ink is in another number of pieces than there are digits."""
        text, confidence = found.text.strip(), found.confidence
        own = self.lines.text[word.top : word.bottom, word.left : word.right]
        if len(text) <= 1 and (stroke := stroke_in(own, self._height)) is not None:
            text, confidence = stroke, max(confidence, _DOUBTFUL) if text == stroke else _DOUBTFUL
        return Recognised(text, confidence) if text else Recognised(_REPLACEMENT, 0.0)


def _upright_box(points: Points, shape: tuple[int, ...]) -> _Word:
    """The box around four corners, as far as it is on the page."""
    left, top = np.floor(points.min(axis=0)).astype(int)
    right, bottom = np.ceil(points.max(axis=0)).astype(int)
    return _Word(max(0, int(left)), max(0, int(top)), min(shape[1], int(right)), min(shape[0], int(bottom)))


def _runs(ink: Ink, gap: float) -> Iterator[tuple[int, int]]:
    """From which column to which there is ink without a gap that is wider."""
    columns = [int(column) for column in np.flatnonzero(ink.max(axis=0, initial=0))]
    start = 0
    for i in range(1, len(columns) + 1):
        if i == len(columns) or columns[i] - columns[i - 1] - 1 > gap:
            yield columns[start], columns[i - 1] + 1
            start = i


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
