"""Numbers, boxes and matrices as OFD writes them (GB/T 33190, 7.3): in millimetres, y from the top down."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from extractor.documents.pages.page import Box

# a b c d e f: a point x, y comes to a x + c y + e, b x + d y + f.
Matrix: TypeAlias = tuple[float, float, float, float, float, float]
Point: TypeAlias = tuple[float, float]

IDENTITY: Matrix = 1.0, 0.0, 0.0, 1.0, 0.0, 0.0
#: From millimetres to points.
POINTS: Matrix = 72 / 25.4, 0.0, 0.0, 72 / 25.4, 0.0, 0.0
# Nothing on a page is as large as that: what is, is no number.
_LARGEST = 1e6


def number(text: str | None, default: float = 0.0) -> float:
    """A number; the default where none is, or none that can be on a page."""
    try:
        value = float(text or "")
    except ValueError:
        return default
    # What is no number (NaN) isn't smaller than any.
    return value if abs(value) < _LARGEST else default


def numbers(text: str | None) -> list[float]:
    """The numbers of a list."""
    return [number(one) for one in (text or "").replace(",", " ").split()]


def box(text: str | None) -> tuple[float, float, float, float] | None:
    """Left, top, width and height; None if they aren't there."""
    four = numbers(text)
    return (four[0], four[1], four[2], four[3]) if len(four) == 4 else None


def matrix(text: str | None) -> Matrix:
    """A transformation; the one that changes nothing where none is."""
    six = numbers(text)
    return (six[0], six[1], six[2], six[3], six[4], six[5]) if len(six) == 6 else IDENTITY


def times(inner: Matrix, outer: Matrix) -> Matrix:
    """The transformation that does first the inner one, then the outer one."""
    a, b, c, d, e, f = inner
    m, n, o, p, q, r = outer
    return a * m + b * o, a * n + b * p, c * m + d * o, c * n + d * p, e * m + f * o + q, e * n + f * p + r


def moved(left: float, top: float) -> Matrix:
    """The transformation that moves."""
    return 1.0, 0.0, 0.0, 1.0, left, top


def place(point: Point, to: Matrix) -> Point:
    """Where a point comes to."""
    x, y = point
    a, b, c, d, e, f = to
    return a * x + c * y + e, b * x + d * y + f


def around(points: Iterable[Point]) -> Box:
    """The box around points."""
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def placed_box(left: float, top: float, right: float, bottom: float, to: Matrix) -> Box:
    """The box around where a box comes to."""
    corners = (left, top), (right, top), (right, bottom), (left, bottom)
    return around(place(corner, to) for corner in corners)


def quarter_turns(to: Matrix) -> int:
    """By how many quarter turns a transformation turns clockwise, about."""
    return round(math.atan2(to[1], to[0]) / (math.pi / 2)) % 4


def deltas(text: str | None, most: int) -> list[float] | None:
    """The steps between characters, ``g 3 1.5`` being three of 1.5; None if the list isn't there.

    Args:
        text: the list.
        most: so many at most are of use.
    """
    if text is None or not text.strip():
        return None
    found: list[float] = []
    words: Iterator[str] = iter(text.replace(",", " ").split())
    for word in words:
        if len(found) >= most:
            break
        if word == "g":
            count = int(max(0.0, number(next(words, None))))
            found += [number(next(words, None))] * min(count, most - len(found))
        else:
            found.append(number(word))
    return found
