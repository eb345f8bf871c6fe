"""The search finds exactly the smallest sets that an enumeration finds."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.localise import Balance, localise
from tests.helpers.sweeps import times

# No table here can be mended with a larger number: three cells of at most 3 + 4 each, and a total.
LARGEST = 3 * 7


def balance(text: str) -> Balance:
    """``"a + b - total"``, as a sum that is zero."""
    coefficients = {}
    for word in text.replace("- ", "-").replace("+ ", "").split():
        coefficients[word.lstrip("-")] = Fraction(-1 if word.startswith("-") else 1)
    return Balance(coefficients)


def numbers(values: dict[str, int]) -> dict[str, Fraction]:
    return {name: Fraction(value) for name, value in values.items()}


def enumerated(
    balances: list[Balance], values: dict[str, int], largest: int = LARGEST
) -> set[tuple[str, ...]]:
    """All smallest sets, by trying every set and every whole number from 0 to ``largest`` in it."""
    cells = sorted({name for one in balances for name in one.coefficients})

    def can_hold(chosen: tuple[str, ...], now: dict[str, int]) -> bool:
        settled = (one for one in balances if one.coefficients.keys().isdisjoint(chosen))
        if any(sum(k * now[n] for n, k in one.coefficients.items()) for one in settled):
            return False
        if not chosen:
            return True
        return any(can_hold(chosen[1:], now | {chosen[0]: new}) for new in range(largest + 1))

    for size in range(len(cells) + 1):
        found = set()
        for chosen in combinations(cells, size):
            if can_hold(chosen, values):
                found.add(chosen)
        if found:
            return found
    raise AssertionError("all zeros always hold")


def found(balances: list[Balance], values: dict[str, int]) -> set[tuple[str, ...]]:
    result = localise(balances, numbers(values))
    assert result.complete
    sets: set[tuple[str, ...]] = {()}
    for component in result.components:
        sets = {tuple(sorted((*a, *b))) for a in sets for b in component.sets}
    return sets


def test_nothing_violated() -> None:
    result = localise([balance("a + b - t")], numbers({"a": 1, "b": 2, "t": 3}))
    assert (result.components, result.suspects, result.complete) == ((), frozenset(), True)


def test_every_cell_of_one_balance_that_can_mend_it_is_listed() -> None:
    # 2 + 0 = 1: a can be 1, t can be 2; b would have to be −1.
    assert found([balance("a + b - t")], {"a": 2, "b": 0, "t": 1}) == {("a",), ("t",)}


def test_the_cell_in_both_violated_balances() -> None:
    rows = [balance("a + b - r"), balance("c + d - s"), balance("a + c - u"), balance("b + d - v")]
    values = {"a": 9, "b": 2, "c": 3, "d": 4, "r": 3, "s": 7, "u": 4, "v": 6}
    assert found(rows, values) == {("a",)}


def test_two_cells_where_none_alone_can_be_lowered_enough() -> None:
    # a + b = 1 with a pinned total: 3 + 4, and t is in a balance of its own.
    rows = [balance("a + b - t"), balance("t - w"), balance("w - x"), balance("t - x")]
    values = {"a": 3, "b": 4, "t": 1, "w": 1, "x": 1}
    assert found(rows, values) == enumerated(rows, values) == {("a", "b")}


def test_a_rectangle_of_four() -> None:
    rows = [balance("a + b - r"), balance("c + d - s"), balance("a + c - u"), balance("b + d - v")]
    pinned = [balance(f"{name} - {name}1") for name in "rsuv"] + [
        balance(f"{name} - {name}2") for name in "rsuv"
    ]
    pinned += [balance(f"{name}1 - {name}2") for name in "rsuv"]
    values = {"a": 1, "b": 1, "c": 1, "d": 1}
    values |= {name + copy: 5 if name in "rv" else 4 for name in "rsuv" for copy in ("", "1", "2")}
    values |= {"u" + copy: 4 for copy in ("", "1", "2")} | {"v" + copy: 5 for copy in ("", "1", "2")}
    result = localise([*rows, *pinned], numbers(values))
    # Sums 5, 4 by row and 4, 5 by column: a, d move together against b, c.
    assert result.complete
    assert all(set(chosen) <= set("abcd") for chosen in result.components[0].sets)


def test_two_rows_exchanged_in_two_columns_that_are_tied() -> None:
    # a + b = h and h + o = r, h and o exchanged: two cells of each column, and no three of both.
    rows = [balance(f"{text}{i}") for i in "12" for text in (f"a{i} + b{i} - h", f"h{i} + o{i} - r")]
    rows += [balance(f"{name}1 - {name}2 + {name}") for name in "abhor"]
    values = {f"{name}{i}": value for i in "12" for name, value in zip("abhor", (1, 1, 0, 2, 2), strict=True)}
    values |= dict.fromkeys("abhor", 0)
    expected = enumerated(rows, values, largest=4)
    assert ("h1", "h2", "o1", "o2") in expected
    assert found(rows, values) == expected


def test_weights_prefer_the_less_reliable() -> None:
    rows = [balance("a + b - t")]
    values = numbers({"a": 2, "b": 2, "t": 3})
    result = localise(rows, values, weights={"a": 2, "b": 1, "t": 2})
    assert result.components[0].sets == (("b",),)
    assert result.components[0].weight == 1


def test_two_cheap_cells_tie_with_one_dear() -> None:
    rows = [balance("a + b - t"), balance("c + d - t")]
    values = numbers({"a": 2, "b": 1, "c": 2, "d": 1, "t": 4})
    result = localise(rows, values, weights={"t": 2})
    assert {("t",), ("a", "c"), ("b", "d")} <= set(result.components[0].sets)


def test_signed_and_fractional_cells() -> None:
    values = numbers({"a": 5, "b": 0, "t": 2})
    assert localise([balance("a + b - t")], values, signed={"b"}).components[0].sets == (
        ("a",),
        ("b",),
        ("t",),
    )
    halves = [Balance({"a": Fraction(2), "t": Fraction(-1)})]
    assert localise(halves, numbers({"a": 1, "t": 3})).components[0].sets == (("t",),)
    assert localise(halves, numbers({"a": 1, "t": 3}), fractional={"a"}).components[0].sets == (
        ("a",),
        ("t",),
    )


def test_a_cell_without_a_value_is_no_suspect() -> None:
    result = localise([balance("a + b - t")], numbers({"a": 2, "t": 1}))
    assert result.suspects == {"a", "t"}


def test_more_than_four_is_said_to_be_incomplete() -> None:
    rows = [balance(f"a{i} + b - t{i}") for i in range(5)] + [
        balance("b - c"),
        balance("b - d"),
        balance("c - d"),
    ]
    values = {f"a{i}": 1 for i in range(5)} | {f"t{i}": 3 + i for i in range(5)} | dict.fromkeys("bcd", 0)
    result = localise(rows, numbers(values))
    assert not result.complete
    assert result.components[0].sets == ()
    assert {f"a{i}" for i in range(5)} <= result.suspects


def test_components_are_searched_apart() -> None:
    rows = [balance("a + b - t"), balance("c + d - u")]
    result = localise(rows, numbers({"a": 1, "b": 1, "t": 3, "c": 1, "d": 1, "u": 2}))
    assert [component.sets for component in result.components] == [(("a",), ("b",), ("t",))]


def assert_as_enumerated(
    cells: list[list[int]], errors: list[tuple[int, int]], largest: int = LARGEST
) -> None:
    """Rows with totals and a row of column totals; some cells are then changed."""
    values: dict[str, int] = {}
    balances = []
    for i, row in enumerate(cells):
        values |= {f"c{i}{j}": value for j, value in enumerate(row)} | {f"r{i}": sum(row)}
        balances.append(balance(" + ".join(f"c{i}{j}" for j in range(2)) + f" - r{i}"))
    for j in range(2):
        values[f"k{j}"] = sum(row[j] for row in cells)
        balances.append(balance(" + ".join(f"c{i}{j}" for i in range(len(cells))) + f" - k{j}"))
    names = sorted(values)
    for at, change in errors:
        name = names[at % len(names)]
        values[name] = max(0, values[name] + change)
    assert found(balances, values) == enumerated(balances, values, largest)


def tables(rows: int) -> st.SearchStrategy[list[list[int]]]:
    return st.lists(st.lists(st.integers(0, 3), min_size=2, max_size=2), min_size=2, max_size=rows)


@settings(max_examples=times(60, 300))
@given(tables(3), st.lists(st.tuples(st.integers(0, 11), st.integers(-3, 4)), max_size=2))
def test_any_small_table_with_errors(cells: list[list[int]], errors: list[tuple[int, int]]) -> None:
    assert_as_enumerated(cells, errors)


@settings(max_examples=times(60, 300))
@given(tables(2), st.lists(st.tuples(st.integers(0, 11), st.integers(1, 2)), min_size=3, max_size=4))
def test_the_lower_bound_of_the_search_never_hides_an_optimum(
    cells: list[list[int]], errors: list[tuple[int, int]]
) -> None:
    # Two cells of at most 3 each, and four errors of at most 2.
    assert_as_enumerated(cells, errors, largest=14)


@pytest.mark.parametrize("order", [1, -1])
def test_the_order_of_cells_and_balances_does_not_matter(order: int) -> None:
    rows = [balance("a + b - t"), balance("a + c - u")][::order]
    values = dict(list({"a": 5, "b": 1, "t": 2, "c": 1, "u": 2}.items())[::order])
    assert localise(rows, numbers(values)).components[0].sets == (("a",),)


def test_balances_that_contradict_each_other_have_no_suspects() -> None:
    rows = [Balance({"a": Fraction(1)}, Fraction(-5)), Balance({"a": Fraction(1)}, Fraction(-6))]
    result = localise(rows, numbers({"a": 5}))
    assert not result.complete
    assert result.components[0].sets == ()


def test_a_search_that_finds_no_end_is_given_up() -> None:
    """Five equations of forty cells each leave millions of sets; the answer is that it isn't known."""
    rng = random.Random(1)  # noqa: S311 - the same in every run
    cells = [f"c{number}" for number in range(60)]
    balances = [
        Balance({cell: Fraction(rng.choice([-1, 1])) for cell in rng.sample(cells, 40)}) for _ in range(5)
    ]
    found = localise(balances, {cell: Fraction(rng.randint(0, 50)) for cell in cells})
    assert not found.complete
    assert found.suspects == set(cells)
