"""Where words stand: lines above each other apart, single strokes found, all in the order of reading."""

from __future__ import annotations

import numpy as np

from extractor.documents.scans.rulings import Lines, Segment
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
