"""Sweeps over all that could be wrong: the suite goes a part of each, ``make sweeps`` goes them whole."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    import pytest

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


def dealt_out(items: Sequence[pytest.Item]) -> Iterator[pytest.Item]:
    """Tests, those marked ``dealt_out("parameter")`` with one of its values each, in turns.

    Whatever else a test is given meets one way to write a page, and each way the same number of tests; all
    where sweeps are gone whole.

    Args:
        items: that were collected.
    """
    groups: dict[object, list[pytest.Item]] = {}
    for item in items:
        mark = item.get_closest_marker("dealt_out")
        groups.setdefault(_without(item, mark) if mark is not None and not IS_WHOLE else item, []).append(
            item
        )
    places: dict[object, int] = {}
    for group in groups.values():
        function = getattr(group[0], "function", None)
        place = places[function] = places.get(function, -1) + 1
        yield group[place % len(group)]


def _without(item: pytest.Item, mark: pytest.Mark) -> object:
    """What tells a test but for the value of a parameter."""
    given = {**item.callspec.params} if hasattr(item, "callspec") else {}
    return (
        item.location[0],
        getattr(item, "function", None),
        *((name, str(value)) for name, value in given.items() if name not in mark.args),
    )
