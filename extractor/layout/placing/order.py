"""Order as evidence: which rows stand where the form has them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise


def in_order(sequence: Sequence[int]) -> list[bool]:
    """Which elements belong to every longest increasing subsequence.

    Of two rows that are exchanged either may be the displaced one, so neither is in order.

    Args:
        sequence: the form's index of each row, in page order.
    """
    if all(a < b for a, b in pairwise(sequence)):
        return [True] * len(sequence)
    ending = _lengths(sequence)
    beginning = _lengths([-value for value in reversed(sequence)])[::-1]
    longest = max(ending, default=0)
    on_longest = [a + b - 1 == longest for a, b in zip(ending, beginning, strict=True)]
    level: dict[int, int] = {}
    for length, on in zip(ending, on_longest, strict=True):
        if on:
            level[length] = level.get(length, 0) + 1
    return [on and level[length] == 1 for length, on in zip(ending, on_longest, strict=True)]


def _lengths(sequence: Sequence[int]) -> list[int]:
    """The length of the longest increasing subsequence that ends at each element."""
    lengths: list[int] = []
    for index, value in enumerate(sequence):
        best = max((lengths[j] for j in range(index) if sequence[j] < value), default=0)
        lengths.append(best + 1)
    return lengths
