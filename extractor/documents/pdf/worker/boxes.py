"""Boxes and matrices of what is painted.

Part of the program that opens PDFs (:mod:`extractor.documents.pdf.worker.program`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

#: Left, bottom, right and top, in page coordinates.
Box: TypeAlias = tuple[float, float, float, float]
#: Of a transformation of the page.
Matrix: TypeAlias = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def times(first: Matrix, then: Matrix) -> Matrix:
    """Two transformations as one.

    Args:
        first: the inner one.
        then: the outer one.
    """
    if then is IDENTITY:
        return first
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def bounds(box: Box, matrix: Matrix) -> Box:
    """The box around a transformed box.

    Args:
        box: before.
        matrix: of the transformation.
    """
    if matrix is IDENTITY:
        return box
    a, b, c, d, e, f = matrix
    left, bottom, right, top = box
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (left, right) for y in (bottom, top)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def area_of(box: Box) -> float:
    """In square points."""
    return (box[2] - box[0]) * (box[3] - box[1])


def middle(box: Box) -> tuple[float, float]:
    """The point in the middle of a box."""
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def around(one: Box, other: Box) -> Box:
    """The box around two boxes."""
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


def around_all(boxes: Sequence[Box]) -> Box:
    """The box around some boxes, of which there is one at least."""
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes have an area in common."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def holds(outer: Box, inner: Box) -> bool:
    """Whether the middle of a box stands in another.

    Args:
        outer: the other.
        inner: the box.
    """
    x, y = middle(inner)
    return outer[0] <= x <= outer[2] and outer[1] <= y <= outer[3]
