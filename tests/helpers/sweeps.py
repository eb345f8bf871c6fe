"""Sweeps over all that could be wrong: the suite goes a part of each, ``make sweeps`` goes them whole."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

#: Whether sweeps are gone whole.
IS_WHOLE = "WHOLE_SWEEPS" in os.environ


def part_of(sweep: Sequence[T], one_in: int, first: int = 0) -> Sequence[T]:
    """Evenly spread; all where sweeps are gone whole.

    Args:
        sweep: what could be looked at, in order.
        one_in: how many of it stand for one that is looked at. Of a table whose number of columns it doesn't
            divide, every column comes up.
        first: the place of the first that is looked at: sweeps of one kind can share what they look at.
    """
    return sweep if IS_WHOLE else sweep[first::one_in]


def times(few: int, many: int) -> int:
    """How often what is drawn at random is drawn: few times, many where sweeps are gone whole."""
    return many if IS_WHOLE else few
