"""Where words stand: lines and columns apart, single strokes found, all in the order of reading."""

from __future__ import annotations

import numpy as np
import pytest

from extractor.documents.scans.ink import Segment
from extractor.documents.scans.rulings import Lines
from extractor.documents.scans.words import Word, words_in

HEIGHT = 30.0


def page(boxes: list[tuple[int, int, int, int]], across: tuple[Segment, ...] = ()) -> Lines:
    """A page of 200 by 200 with ink in boxes, and rulings."""
    text, drawn = np.zeros((200, 200), np.uint8), np.zeros((200, 200), np.uint8)
    for left, top, right, bottom in boxes:
        text[top:bottom, left:right] = 255
    for x0, y, x1, _ in across:
        drawn[round(y) - 3 : round(y) + 4, round(x0) : round(x1)] = 255
    return Lines(list(across), [], text, drawn)


def test_characters_above_each_other_are_words_of_their_own() -> None:
    """总 over 计, which detection boxes as one: the recogniser would squeeze them into one line."""
    lines = page([(50, 50, 72, 72), (50, 80, 72, 102)])
    words = words_in([Word(48, 48, 74, 104)], lines, HEIGHT)
    assert [(word.top < 72 < word.bottom, word.top < 101 <= word.bottom) for word in words] == [
        (True, False),
        (False, True),
    ]


def test_a_character_of_several_strokes_stays_whole() -> None:
    """三."""
    lines = page([(50, 50, 72, 53), (52, 60, 70, 63), (50, 70, 72, 73)])
    assert len(words_in([Word(48, 46, 74, 76)], lines, HEIGHT)) == 1


def test_strokes_on_either_side_of_a_ruling_are_two_words() -> None:
    """Two slashes, one in the cell above the other, that no detection has found."""
    lines = page([(50, 40, 56, 58), (50, 66, 56, 84)], ((0.0, 62.0, 200.0, 62.0),))
    assert [word[:4] for word in words_in([], lines, HEIGHT)] == [(50, 40, 56, 58), (50, 66, 56, 84)]


def test_words_of_a_line_are_in_order_whatever_found_them() -> None:
    lines = page([(150, 42, 160, 60), (20, 40, 40, 60), (100, 44, 110, 62)])
    words = words_in([Word(18, 38, 42, 62)], lines, HEIGHT)
    assert [word.left for word in words] == [20, 100, 150]


@pytest.mark.parametrize(("size", "expected"), [(3, [50]), (5, [50, 90])])
def test_a_speck_far_behind_a_figure_is_no_word(size: int, expected: list[int]) -> None:
    """A digit, and paper enough for another cell; what is as large as a short hyphen stays."""
    lines = page([(50, 44, 58, 60), (90, 50, 90 + size, 50 + size)])
    assert [word.left for word in words_in([Word(48, 40, 96, 64)], lines, HEIGHT)] == expected


# A character of 19 pixels, as lines of 30 have them; a figure, a comma.
CHINESE, DIGIT, COMMA = (41, 60, 19), (44, 58, 8), (56, 61, 4)


def side_by_side(*characters: tuple[tuple[int, int, int], int]) -> list[tuple[int, int, int, int]]:
    """The boxes of the ink of characters, each behind a gap."""
    boxes, x = [], 20
    for (top, bottom, wide), gap in characters:
        boxes.append((x + gap, top, x + gap + wide, bottom))
        x += gap + wide
    return boxes


@pytest.mark.parametrize(
    ("characters", "count"),
    [
        # 科研机, 社会: labels of two columns with no ruling between.
        ([(CHINESE, 0), (CHINESE, 3), (CHINESE, 12), (CHINESE, 3)], 2),
        ([(CHINESE, 0), (CHINESE, 3), (CHINESE, 8), (CHINESE, 3)], 1),
        # 年 1 月, printed with blanks.
        ([(CHINESE, 0), (DIGIT, 12), (CHINESE, 12)], 1),
        # 公开，提供.
        ([(CHINESE, 0), (COMMA, 3), (CHINESE, 15)], 1),
        ([(CHINESE, 0), (COMMA, 3), (CHINESE, 20)], 2),
        # Two figures in narrow columns.
        ([(DIGIT, 0), (DIGIT, 15)], 2),
    ],
    ids=["labels", "a word", "a figure in a sentence", "a comma", "behind a comma", "figures"],
)
def test_what_stands_in_columns_without_rulings_is_parted(
    characters: list[tuple[tuple[int, int, int], int]], count: int
) -> None:
    boxes = side_by_side(*characters)
    found = Word(boxes[0][0] - 1, 36, boxes[-1][2] + 1, 66)
    assert len(words_in([found], page(boxes), HEIGHT)) == count


def test_the_end_of_a_character_that_two_stretches_share_is_read_once() -> None:
    boxes = side_by_side((CHINESE, 0), (CHINESE, 14))
    first, second = Word(19, 36, 40, 66), Word(34, 36, 74, 66)
    assert [word[::2][:2] for word in words_in([first, second], page(boxes), HEIGHT)] == [(20, 39), (53, 72)]
