"""Orders of columns by which all words of a header are used up."""

from __future__ import annotations

import pytest

from extractor.layout.headers.cover import Labels, orders

RESULTS = Labels({"upheld": ["结果维持"], "overturned": ["结果纠正"], "other": ["其他结果"]}, {}, {})


def of_letters(columns: str, groups: str = "", members: str = "") -> Labels:
    """Labels of one letter each; the members of every group are the same."""
    return Labels(
        {name: [name] for name in columns},
        {name: [name] for name in groups},
        {name: frozenset(members) for name in groups},
    )


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("结果 结果 其他", "维持 纠正 结果", ["upheld overturned other"]),
        # 其他 结果 may stand side by side on the first line, and 结果 纠正 on the second.
        ("结果 其他 结果", "维持 结果 纠正", ["upheld other overturned", "upheld overturned other"]),
        # No order has 其他 before the second 结果, and 结果 below it behind 纠正.
        ("结果 其他 结果", "维持 纠正 结果", []),
    ],
)
def test_broken_labels_stand_one_part_below_the_other(first: str, second: str, expected: list[str]) -> None:
    admitted = orders([first.split(), second.split()], RESULTS)
    assert sorted(" ".join(order) for order in admitted) == expected


def test_lines_alone_dont_tell_the_order_of_what_stands_on_different_ones() -> None:
    assert orders([["a"], ["b"]], of_letters("ab")) == {("a", "b"), ("b", "a")}
    assert orders([["a", "b"]], of_letters("ab")) == {("a", "b")}


def test_every_word_has_to_be_used_and_every_column_named() -> None:
    assert orders([["a", "b", "c"]], of_letters("ab")) == frozenset()
    assert orders([["a"]], of_letters("ab")) == frozenset()


@pytest.mark.parametrize(("first", "expected"), [("c g", ["cab"]), ("g c", ["abc"]), ("c", ["abc", "cab"])])
def test_columns_stand_where_the_label_of_their_group_does(first: str, expected: list[str]) -> None:
    admitted = orders([first.split(), ["a", "b"]], of_letters("abc", "g", "ab"))
    assert sorted("".join(order) for order in admitted) == expected


def test_nothing_stands_between_the_columns_of_a_group() -> None:
    assert orders([["a", "c", "b"]], of_letters("abc")) == {("a", "c", "b")}
    assert orders([["g"], ["a", "c", "b"]], of_letters("abc", "g", "ab")) == frozenset()


def test_side_by_side_all_columns_stand_once_before_any_stands_again() -> None:
    assert orders([["a", "b", "a", "b"]], of_letters("ab"), 2) == {("a", "b", "a", "b")}
    assert orders([["a", "a", "b", "b"]], of_letters("ab"), 2) == frozenset()
    # Each time in one order.
    assert orders([["a", "b", "b", "a"]], of_letters("ab"), 2) == frozenset()
