"""What words say: what both readers read, what the shape of their ink bears out, and whether they agree."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import pytest

from extractor.documents.scans.ink import Grey
from extractor.documents.scans.line_model import Recognised
from extractor.documents.scans.reading import Reading, in_margins, read_words, within_what_was_measured
from extractor.documents.scans.rulings import Lines
from extractor.documents.scans.words import Word

HEIGHT = 32.0


class Readers:
    """Two readers that say the same whatever they see."""

    def __init__(self, first: Recognised, second: Recognised) -> None:
        self.first, self.second = first, second

    def read(self, lines: Sequence[Grey]) -> list[Recognised]:
        return [self.first for _ in lines]

    def read_again(self, lines: Sequence[Grey]) -> list[Recognised]:
        return [self.second for _ in lines]


def said(text: str, figure: str, confidence: float = 0.9) -> Recognised:
    return Recognised(text, 0.99, figure, confidence)


def drawn(*strokes: tuple[tuple[int, int], tuple[int, int]]) -> Grey:
    grey = np.full((40, 40), 255, np.uint8)
    for start, end in strokes:
        cv2.line(grey, start, end, 0, 3)
    return grey


def read(grey: Grey, first: Recognised, second: Recognised) -> Reading:
    lines = Lines([], [], np.where(grey < 128, 255, 0).astype(np.uint8), np.zeros_like(grey))
    (reading,) = read_words([Word(0, 0, 40, 40)], grey, lines, HEIGHT, Readers(first, second))
    return reading


UPRIGHT = ((24, 8), (24, 30))
MINUS = ((8, 19), (16, 19))
LEANING = ((12, 30), (20, 8))
DIGITS = (((6, 8), (6, 28)), ((22, 8), (22, 28)), ((30, 8), (30, 28)))
COMMA, POINT, LOW_POINT = ((14, 28), (13, 33)), ((14, 28), (14, 28)), ((14, 29), (14, 29))
SEVEN = ((8, 8), (20, 8)), ((20, 8), (14, 30))
ONE_WITH_FLAG_AND_FOOT = ((16, 8), (16, 30)), ((16, 8), (9, 12)), ((9, 30), (23, 30))


@pytest.mark.parametrize(
    ("grey", "first", "second", "text", "is_agreed"),
    [
        (drawn(UPRIGHT), said("1", "1"), said("1", "1"), "1", True),
        (drawn(UPRIGHT), said("1", "1"), said("7", "7"), "1", False),
        # Of a sign that the second reader misses, or takes for a point, the ink tells.
        (drawn(UPRIGHT, MINUS), said("-1", "-1"), said("1", "1"), "-1", True),
        (drawn(UPRIGHT, MINUS), said("-1", "-1"), said(".1", ".1"), "-1", True),
        (drawn(UPRIGHT), said("-1", "-1"), said("1", "1"), "-1", False),
        (drawn(UPRIGHT, MINUS), said("1", "1"), said("1", "1"), "1", False),
        # A point where no figure has one is a speck or part of a comma; elsewhere it may be meant.
        (drawn(UPRIGHT), said("7,995", "7,995"), said("7.,995", "7.,995"), "7,995", True),
        (drawn(UPRIGHT), said("0", "0"), said(".0", ".0"), "0", True),
        (drawn(UPRIGHT), said("5", "5"), said(".5", ".5"), "5", False),
        (drawn(UPRIGHT), said("15", "15"), said("1.5", "1.5"), "15", False),
        # What both take for a point may be a comma, and a thousand times as much.
        (drawn(UPRIGHT), said("952.641", "952.641"), said("952.641", "952.641"), "952.641", False),
        (drawn(UPRIGHT), said("952.64", "952.64"), said("952.64", "952.64"), "952.64", True),
        (drawn(UPRIGHT), said("952.641元", "952.641"), said("952.641元", "952.641"), "952.641元", False),
        # Of a comma that the second reader takes for a point the ink tells.
        (drawn(*DIGITS, COMMA), said("1,110", "1,110"), said("1.110", "1.110"), "1,110", True),
        (drawn(*DIGITS, POINT), said("1,110", "1,110"), said("1.110", "1.110"), "1,110", False),
        (drawn(*DIGITS, COMMA), said("1.110", "1.110"), said("1,110", "1,110"), "1.110", False),
        (drawn(*DIGITS, COMMA), said("1,110", "1,110"), said("1.170", "1.170"), "1,110", False),
        # It overlooks a comma, as the ink has one; another figure has a point, too.
        (drawn(*DIGITS, COMMA), said("1,110", "1,110"), said("1110", "1110"), "1,110", True),
        (drawn(*DIGITS), said("1,110", "1,110"), said("1110", "1110"), "1,110", False),
        (drawn(*DIGITS, COMMA), said("1,110", "1,110"), said("11.10", "11.10"), "1,110", False),
        (drawn(*DIGITS, COMMA), said("12.5", "12.5"), said("12,5", "12,5"), "12.5", False),
        # A comma that hangs little, if the first reader is as sure of it as it is of no point.
        (drawn(*DIGITS, LOW_POINT), said("1,110", "1,110", 0.99), said("1.110", "1.110"), "1,110", True),
        (drawn(*DIGITS, LOW_POINT), said("1,110", "1,110", 0.8), said("1.110", "1.110"), "1,110", False),
        (drawn(*DIGITS, POINT), said("1,110", "1,110", 0.99), said("1.110", "1.110"), "1,110", False),
        # A 7 that the first reader takes for a 1; a 1 that the second takes for a 7.
        (drawn(*SEVEN), said("1", "1"), said("7", "7"), "7", True),
        (drawn(*ONE_WITH_FLAG_AND_FOOT), said("1", "1"), said("7", "7"), "1", False),
        (drawn(*SEVEN), said("1", "1"), said("1", "1"), "1", False),
        (drawn(*SEVEN), said("1", "1"), said("2", "2"), "1", False),
        # A stroke that leans is a slash, whatever was read.
        (drawn(LEANING), said("1.", "1."), said("1", "1"), "/", True),
        # A single upright stroke is a 1, though the second reader sees no figure in it.
        (drawn(UPRIGHT), said("1", "1"), said("一", ""), "1", True),
        (drawn(UPRIGHT, MINUS), said("1", "1"), said("一", ""), "1", False),
        (drawn(((24, 8), (24, 30)), ((24, 8), (12, 8))), said("1", "1"), said("", ""), "1", False),
        (drawn(UPRIGHT), said("7", "7"), said("", ""), "7", False),
        # What is as narrow as a digit is no Chinese character.
        (drawn(UPRIGHT), said("王", "1"), said("1", "1"), "1", True),
        (drawn(UPRIGHT, ((8, 8), (36, 8))), said("王", "1"), said("1", "1"), "王", False),
        # A speck behind a figure is no point; nor is what the ink has more of than was read.
        (drawn(UPRIGHT), said("1.", "1."), said("1", "1"), "1", True),
        (drawn(UPRIGHT, ((8, 8), (8, 30))), said("1.", "1."), said("1", "1"), "1", False),
        (drawn(UPRIGHT, ((8, 8), (8, 30))), said("1元", "1"), said("1元", "1"), "1元", False),
        (drawn(UPRIGHT, ((8, 8), (8, 30))), said("11元", "11"), said("11元", "11"), "11元", True),
        # In words the figure is read with the characters of figures.
        (drawn(UPRIGHT), said("减1", "1"), said("减]", "1"), "减1", True),
        (drawn(UPRIGHT), said("减1", "1"), said("增1", "1"), "减1", False),
        (drawn(UPRIGHT), said("减1", "1"), said("减7", "7"), "减1", False),
        (drawn(UPRIGHT), said("30元", "30"), said("3O元", "30"), "30元", True),
        # The second reader takes the sign for another character, but not for the other sign.
        (drawn(UPRIGHT), said("增1", "1"), said("僧1", "1"), "增1", True),
        (drawn(UPRIGHT), said("增1", "1"), said("减1", "1"), "增1", False),
        (drawn(UPRIGHT), said("3元", "3"), said("3无", "3"), "3元", False),
    ],
)
def test_a_figure_is_agreed_on_if_two_of_readers_and_ink_tell_each_of_its_characters(
    grey: Grey,
    first: Recognised,
    second: Recognised,
    text: str,
    is_agreed: bool,  # noqa: FBT001
) -> None:
    reading = read(grey, first, second)
    assert (reading.text, reading.is_agreed) == (text, is_agreed)


@pytest.mark.parametrize(("agreed", "counts"), [(10, True), (9, True), (8, False)])
def test_a_page_that_readers_disagree_on_is_beyond_what_was_measured(agreed: int, *, counts: bool) -> None:
    figures = [Reading("7", 0.99, is_agreed=i < agreed) for i in range(10)]
    mark = Reading("/", 0.9, is_agreed=True)
    judged = within_what_was_measured([*figures, mark], [False] * 11)
    assert [one.is_agreed for one in judged] == [*(one.is_agreed and counts for one in figures), True]


def test_a_few_figures_tell_nothing_of_a_page() -> None:
    figures = [Reading("7", 0.99, is_agreed=i < 1) for i in range(4)]
    assert within_what_was_measured(figures, [False] * 4) == figures


@pytest.mark.parametrize("is_in_margin", [True, False])
def test_what_looks_like_figures_in_the_margins_tells_nothing_of_a_page(*, is_in_margin: bool) -> None:
    figures = [Reading("7", 0.99, is_agreed=True)] * 10
    strokes = [Reading("1", 0.4, is_agreed=False)] * 5
    judged = within_what_was_measured([*figures, *strokes], [False] * 10 + [is_in_margin] * 5)
    assert all(one.is_agreed is is_in_margin for one in judged[:10])


@pytest.mark.parametrize(
    ("left", "text", "expected"),
    [
        # Beside the ruling and all words; on the left, too.
        (620, "7", True),
        (20, "7", True),
        # Above or below the table.
        (300, "7", False),
        # Where the page's words are, as below the header of a table without rulings.
        (520, "7", False),
        # A word is the page's own.
        (620, "附注", False),
    ],
)
def test_only_what_stands_beside_rulings_and_words_stands_in_a_margin(
    left: int, text: str, *, expected: bool
) -> None:
    ink = np.zeros((400, 700), np.uint8)
    lines = Lines([(200, 100, 400, 100)], [], ink, ink)
    words = [Word(100, 50, 600, 80), Word(left, 150, left + 20, 180)]
    said_of_it = [Reading("自然人 总计", 0.9, is_agreed=True), Reading(text, 0.9, is_agreed=False)]
    assert in_margins(words, said_of_it, lines) == [False, expected]


def test_without_a_ruling_nothing_stands_in_a_margin() -> None:
    ink = np.zeros((400, 700), np.uint8)
    words = [Word(20, 150, 40, 180)]
    assert in_margins(words, [Reading("7", 0.9, is_agreed=False)], Lines([], [], ink, ink)) == [False]


class OnceAlone(Readers):
    """Two readers, the second of which reads digits only where nothing stands before them."""

    def read_again(self, lines: Sequence[Grey]) -> list[Recognised]:
        inked = [int((line < 128).any(axis=0).sum()) for line in lines]
        return [self.second if wide < 15 else said("减", "") for wide in inked]


@pytest.mark.parametrize(("alone", "is_agreed"), [("4", True), ("7", False), ("", False)])
def test_the_digits_of_a_change_in_words_are_read_alone_too(alone: str, *, is_agreed: bool) -> None:
    grey = drawn(((6, 8), (6, 30)), ((12, 8), (12, 30)), ((24, 8), (24, 30)), ((30, 8), (24, 20)))
    lines = Lines([], [], np.where(grey < 128, 255, 0).astype(np.uint8), np.zeros_like(grey))
    readers = OnceAlone(said("减4", "4"), said(alone, alone))
    (reading,) = read_words([Word(0, 0, 40, 40)], grey, lines, HEIGHT, readers)
    assert (reading.text, reading.is_agreed) == ("减4", is_agreed)


@pytest.mark.parametrize(
    ("first", "second", "is_agreed"),
    [("117元", "117T", False), ("117π", "117T", False), ("117π", "117", True), ("l17", "I17", True)],
)
def test_a_letter_that_both_readers_see_beside_digits_is_a_unit(
    first: str, second: str, *, is_agreed: bool
) -> None:
    reading = read(drawn(*DIGITS), said(first, "117"), said(second, "117"))
    assert reading.is_agreed is is_agreed
