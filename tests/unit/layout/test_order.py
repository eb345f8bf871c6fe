"""Which rows stand where the form has them."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.layout.placing.order import in_order


@given(st.lists(st.integers(0, 8), max_size=7, unique=True))
def test_in_order_is_membership_of_every_longest_increasing_subsequence(sequence: list[int]) -> None:
    subsets = [c for size in range(len(sequence) + 1) for c in combinations(range(len(sequence)), size)]
    increasing = [c for c in subsets if all(sequence[a] < sequence[b] for a, b in pairwise(c))]
    longest = max(map(len, increasing))
    best = [set(c) for c in increasing if len(c) == longest]
    assert in_order(sequence) == [all(i in c for c in best) for i in range(len(sequence))]


@pytest.mark.parametrize(
    ("sequence", "expected"),
    [
        ([0, 1, 2], [True] * 3),
        ([1, 0, 2], [False, False, True]),
        ([0, 5, 1, 2], [True, False, True, True]),
        ([], []),
    ],
)
def test_in_order(sequence: list[int], expected: list[bool]) -> None:
    assert in_order(sequence) == expected
