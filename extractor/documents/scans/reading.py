"""What the words of a page say: read once, figures twice, and held against their ink."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple, Protocol

import cv2
import numpy as np

from extractor.documents.scans.ink import Grey, Ink
from extractor.documents.scans.line_model import Recognised
from extractor.documents.scans.rulings import Lines
from extractor.documents.scans.strokes import (
    bears_out,
    digits_in,
    has_commas,
    has_minus,
    is_narrow,
    is_one,
    is_seven,
    stroke_in,
)
from extractor.documents.scans.words import Word, runs

# White around a word, so that its edges are seen; less for a second look; pixels.
_MARGIN, _RIM, _WHITE = 10, 4, 255
# A word that is read with less confidence is looked at again.
_UNSURE = 0.8
# How sure a word is at most of which the shape of its ink says otherwise.
_DOUBTFUL = 0.5
# A digit has no wider gap in it; pixels.
_GAP_IN_DIGIT = 1
_REPLACEMENT = "\ufffd"
# What may be a figure that was read as something else: it has no Chinese character but those that are a
# stroke, and few others.
_MAY_BE_FIGURE = re.compile(r"[^\u3400-\u9fff]{1,14}|[一丨丿丶〇]")
# A single stroke is read as a character, or as one and a point.
_MOST_OF_A_STROKE = 2
# A point where no figure has one: a reader took a speck, or part of a comma, for it.
_NO_POINT = re.compile(r"\.(?=,)|(?<=,)\.|\.$|^\.(?=0$)")
# No figure is longer, and what is longer is read once.
_LONGEST_FIGURE, _UNREAD = 14, Recognised("", 0.0)
_FIGURE = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?%?")
_MAY_BE_GROUPED = re.compile(r"[-+]?\d{1,3}\.\d{3}")
# In 31 fonts the first reader takes 20 of 8,278 points for commas, and is at most 0.91 sure of these.
_SURE_OF_COMMAS = 0.97
# A change in words and an amount with its unit: 减1, 30元.
_FIGURE_IN_WORDS = re.compile(
    r"(?P<before>[\u3400-\u9fff]{0,2})(?P<figure>[\d,.]+)(?P<behind>[\u3400-\u9fff]{0,3})"
)
# A change in words; the second reader may take its sign for another character, but not for the other sign.
_CHANGE, _SIGNS = re.compile(r"[增减升降](?P<digits>\d+)"), frozenset("增减升降")
_CHINESE_WORD = re.compile(r"[\u3400-\u9fff]{2}")
_WITHOUT_NARROW_PARTS = frozenset("元万")
# Of so many figures readers agree on this part at least, or the page is worse than those that were measured.
_FEW_FIGURES, _AGREEING = 10, 0.9


class LineReaders(Protocol):
    """Two that read pictures of single lines, trained apart from each other."""

    def read(self, lines: Sequence[Grey]) -> list[Recognised]:
        """What each says, as the first has it."""

    def read_again(self, lines: Sequence[Grey]) -> list[Recognised]:
        """What each says, as the second has it."""


class Reading(NamedTuple):
    """What a word says.

    Attributes:
        text: its characters.
        confidence: how sure they are, from 0 to 1.
        is_agreed: whether two readers read them, and no ink is left that neither has read.
    """

    text: str
    confidence: float
    is_agreed: bool


class _Paper(NamedTuple):
    """A page without its rulings.

    Attributes:
        grey: the picture, its paper white.
        ink: of its characters.
        height: of its lines, in pixels.
    """

    grey: Grey
    ink: Ink
    height: float


def read_words(
    words: Sequence[Word], grey: Grey, lines: Lines, height: float, readers: LineReaders
) -> list[Reading]:
    """What words say.

    Args:
        words: where they stand.
        grey: the page, its paper white.
        lines: what is drawn on it, and its ink.
        height: of its lines, in pixels.
        readers: read them.
    """
    clean = np.where(lines.drawn > 0, _WHITE, grey).astype(np.uint8)
    crops = [_crop(word, clean, height, _MARGIN) for word in words]
    read = readers.read(crops)
    unsure = [i for i, one in enumerate(read) if one.confidence < _UNSURE or not one.text.strip()]
    smooth = cv2.GaussianBlur(clean, (3, 3), 0).astype(np.uint8) if unsure else clean
    again = readers.read([_crop(words[i], smooth, height, _RIM) for i in unsure])
    for i, one in zip(unsure, again, strict=True):
        read[i] = max(read[i], one, key=lambda one: (bool(one.text.strip()), one.confidence))
    second = _read_again(words, read, crops, _Paper(clean, lines.text, height), readers)
    readings = [
        _judged(word, one, second.get(i, _UNREAD), lines, height)
        for i, (word, one) in enumerate(zip(words, read, strict=True))
    ]
    return within_what_was_measured(readings, in_margins(words, readings, lines))


def _read_again(
    words: Sequence[Word],
    read: Sequence[Recognised],
    crops: Sequence[Grey],
    page: _Paper,
    readers: LineReaders,
) -> dict[int, Recognised]:
    """What the second reader reads of words that may be figures, by their positions.

    Args:
        words: where they stand.
        read: what the first reader read.
        crops: their pictures.
        page: that they stand on.
        readers: read them.
    """
    short = [i for i, one in enumerate(read) if len(one.text.strip()) <= _LONGEST_FIGURE]
    second = dict(zip(short, readers.read_again([crops[i] for i in short]), strict=True))
    changes = {i: part for i in short if (part := _digits_of_change(words[i], read[i].text, page.ink))}
    alone = readers.read_again([_crop(part, page.grey, page.height, _MARGIN) for part in changes.values()])
    for (i, part), one in zip(changes.items(), alone, strict=True):
        figure = _digits_behind_sign(read[i].text)
        if _agrees(
            read[i]._replace(figure=figure),
            one.figure,
            page.ink[part.top : part.bottom, part.left : part.right],
            page.height,
        ):
            second[i] = second[i]._replace(figure=figure)
    return second


def _digits_behind_sign(text: str) -> str:
    """The digits of a change in words; none of anything else."""
    change = _CHANGE.fullmatch(text.strip())
    return change["digits"] if change is not None else ""


def _digits_of_change(word: Word, text: str, ink: Ink) -> Word | None:
    """Where the digits of a change in words stand, 减1, which the second reader reads alone; None of others.

    Args:
        word: where it stands.
        text: what the first reader reads.
        ink: of the page.
    """
    digits = len(_digits_behind_sign(text))
    pieces = list(runs(ink[word.top : word.bottom, word.left : word.right], _GAP_IN_DIGIT)) if digits else []
    return word._replace(left=word.left + pieces[-digits][0]) if len(pieces) > digits else None


def in_margins(words: Sequence[Word], readings: Sequence[Reading], lines: Lines) -> list[bool]:
    """Of each word, whether it stands left or right of all rulings and of all words, as strokes of a pen do.

    Args:
        words: of a page.
        readings: what they say: two Chinese characters are a word of the page, however far out they stand.
        lines: what is drawn on it; without a ruling across nobody knows where its margins begin.
    """
    if not lines.across:
        return [False] * len(words)
    said = [word for word, one in zip(words, readings, strict=True) if _CHINESE_WORD.search(one.text)]
    left = min([*(line[0] for line in lines.across), *(word.left for word in said)])
    right = max([*(line[2] for line in lines.across), *(word.right for word in said)])
    return [word.right <= left or word.left >= right for word in words]


def within_what_was_measured(readings: Sequence[Reading], in_margin: Sequence[bool]) -> list[Reading]:
    """What words say; no figure is agreed on where readers agree on too few: no such page was measured.

    Args:
        readings: of the words of a page.
        in_margin: of each, whether it stands beside the tables: what looks like a figure there may be none.
    """
    figures = (
        one
        for one, is_aside in zip(readings, in_margin, strict=True)
        if not is_aside and _FIGURE.fullmatch(one.text)
    )
    agreed = [one.is_agreed for one in figures]
    if len(agreed) < _FEW_FIGURES or sum(agreed) >= _AGREEING * len(agreed):
        return list(readings)
    return [one._replace(is_agreed=False) if _FIGURE.fullmatch(one.text) else one for one in readings]


def _crop(word: Word, grey: Grey, height: float, margin: int) -> Grey:
    """The picture of a word on white, at least as wide as it is high."""
    crop = grey[word.top : word.bottom, word.left : word.right]
    if word.is_on_end:
        crop = np.ascontiguousarray(np.rot90(crop))
    small = max(0, round(0.7 * height) - crop.shape[0]) // 2
    narrow = max(0, crop.shape[0] + 2 * small - crop.shape[1]) // 2
    upper, side = margin + small, margin + narrow
    return cv2.copyMakeBorder(crop, upper, upper, side, side, cv2.BORDER_CONSTANT, value=_WHITE).astype(
        np.uint8
    )


def _judged(word: Word, first: Recognised, second: Recognised, lines: Lines, height: float) -> Reading:
    """What a word says, as both readers and its ink have it."""
    ink = lines.text[word.top : word.bottom, word.left : word.right]
    text = first.text.strip()
    if len(text) <= _MOST_OF_A_STROKE and (stroke := stroke_in(ink, height)) is not None:
        confidence = max(first.confidence, _DOUBTFUL) if text == stroke else _DOUBTFUL
        return Reading(stroke, confidence, is_agreed=True)
    if not text or _MAY_BE_FIGURE.fullmatch(text) or (len(text) == 1 and is_narrow(ink)):
        reading = _figure_of(first, second, ink, height)
        if reading is not None:
            return reading
    if not text:
        return Reading(_REPLACEMENT, 0.0, is_agreed=False)
    return Reading(text, first.confidence, _say_the_same(first, second, ink, height))


def _figure_of(first: Recognised, second: Recognised, ink: Ink, height: float) -> Reading | None:
    """The figure that a word is, with whether both readers and its ink agree on it; None if it is none."""
    figure = first.figure if _FIGURE.fullmatch(first.figure) else _NO_POINT.sub("", first.figure)
    if figure == "1" and second.figure == "7" and is_seven(ink):
        # Of bold 7s, and of some others, the first reader takes every second one for a 1.
        first, figure = second, "7"
    if not _FIGURE.fullmatch(figure):
        return None
    first = first._replace(figure=figure)
    is_agreed = _agrees(first, second.figure, ink, height) and bears_out(figure, ink, height)
    has_more = all(_has_letter_more(one.text, figure) for one in (first, second))
    return Reading(figure, first.figure_confidence, is_agreed and not has_more)


def _has_letter_more(text: str, figure: str) -> bool:
    """Whether a reader that knows all characters sees a letter beside the digits: small 元 is read as π."""
    text = text.strip()
    return len(text) > len(figure) and any(character.isalpha() for character in text)


def _agrees(first: Recognised, second: str, ink: Ink, height: float) -> bool:
    """Whether the second reader read a figure as well: of its sign, and of commas that this reader took for
    points or overlooked, the shape of the ink may tell as much.

    What both take for a point before three digits may be a comma, and a thousand times as much.
    """
    figure = first.figure
    if _MAY_BE_GROUPED.fullmatch(figure):
        return False
    if not second:
        # Of a font with thin strokes a 1 is a line to a reader.
        return figure == "1" and is_one(ink, height)
    digits = _NO_POINT.sub("", second)
    is_sure = first.figure_confidence >= _SURE_OF_COMMAS
    is_same = digits == figure or (
        _is_but_for_commas(digits, figure) and has_commas(figure, ink, is_sure=is_sure)
    )
    return is_same or (f"-{digits.lstrip('.')}" == figure and has_minus(ink, height, figure[1]))


def _is_but_for_commas(second: str, figure: str) -> bool:
    """Whether the second reader reads a figure, but for commas that it takes for points or overlooks."""
    return re.fullmatch(re.escape(figure).replace(",", "[,.]?"), second) is not None


def _say_the_same(first: Recognised, second: Recognised, ink: Ink, height: float) -> bool:
    """Whether two readers read the same words; a figure in them, with the characters that figures have.

    Its ink has no more digits than were read, as where many zeros run together, and its point is no comma.
    """
    text, other = first.text.strip(), second.text.strip()
    found = _FIGURE_IN_WORDS.fullmatch(text)
    if found is None:
        return text == other
    before, figure, behind = found.groups()
    # Of other Chinese characters a part may be as narrow as a digit.
    narrow = sum(character not in _WITHOUT_NARROW_PARTS for character in before + behind)
    if _MAY_BE_GROUPED.fullmatch(figure) or digits_in(ink, height) > sum(map(str.isdigit, figure)) + narrow:
        return False
    is_read_twice = first.figure == second.figure == figure
    is_same_sign = _CHANGE.fullmatch(text) is not None and _SIGNS.isdisjoint(other)
    return text == other or (
        is_read_twice and (is_same_sign or (other.startswith(before) and other.endswith(behind)))
    )
