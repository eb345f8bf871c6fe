"""The shapes that a path draws (GB/T 33190, 9.3)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from extractor.documents.ofd.geometry import Matrix, Point, number, place

# How many numbers follow each operator; the last two are where it leads.
_OPERANDS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}


class Shape(NamedTuple):
    """A part of a path that is drawn in one go.

    Attributes:
        points: that it goes through, in points of the page.
        is_straight: whether it goes straight from each to the next.
    """

    points: list[Point]
    is_straight: bool


def shapes(data: str, to: Matrix) -> Iterator[Shape]:
    """The shapes of a path.

    Args:
        data: its operators and their operands.
        to: from its coordinates to points of the page.
    """
    points: list[Point] = []
    is_straight = True
    words = iter(data.replace(",", " ").split())
    for word in words:
        if word not in _OPERANDS:
            continue
        operands = [number(next(words, None)) for _ in range(_OPERANDS[word])]
        if word in "SM":
            if len(points) > 1:
                yield Shape(points, is_straight)
            points, is_straight = [], True
        elif word == "C":
            points += points[:1]
            continue
        elif word != "L":
            is_straight = False
        points.append(place((operands[-2], operands[-1]), to))
    if len(points) > 1:
        yield Shape(points, is_straight)
