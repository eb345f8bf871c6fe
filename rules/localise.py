"""Error localisation: the smallest sets of cells whose change would satisfy every balance.

The paradigm of Fellegi and Holt (A systematic approach to automatic edit and imputation, JASA 71,
1976), as in R's ``errorlocate``, but by a direct search that is exact and lists every optimum: a set
that can't mend the balances implies, by elimination of its cells, a balance that is still violated,
and one cell of it must join the set (their implied edits). Violated balances without a common cell
need a cell each, and two that no change of one cell mends need two, which bounds from below what a set
must come to weigh (A*): sets are visited in the order of that bound, so the first that works is an
optimum, and all others are found before the end.
"""

from __future__ import annotations

import heapq
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import NamedTuple, TypeAlias

# Whole numbers stay ``int``: arithmetic with fractions takes five times as long.
Exact: TypeAlias = int | Fraction
Row: TypeAlias = dict[str, Exact]

LIMIT = 4
# So many sets are looked at in a group of balances, half a second's worth; for the figures of a form that are
# wrong in whatever way, four hundred are enough.
MOST_SETS = 5000


@dataclass(frozen=True, slots=True)
class Balance:
    """An equation: the sum of coefficient × value, and the constant, is zero."""

    coefficients: Mapping[str, Fraction]
    constant: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class Component:
    """The suspects of balances that are tied together by shared cells.

    Attributes:
        sets: every optimal set, its cells and the sets themselves sorted; empty if not complete.
        weight: of each of them; None if not complete.
        cells: the union of the sets; of all cells of the violated balances if not complete.
        complete: False where more than ``limit`` cells would have to change, or the search was given up after
            :data:`MOST_SETS` sets.
    """

    sets: tuple[tuple[str, ...], ...]
    weight: int | None
    cells: frozenset[str]
    complete: bool


@dataclass(frozen=True, slots=True)
class Localisation:
    """All suspects; an optimum as a whole takes one set from each component."""

    components: tuple[Component, ...]

    @property
    def complete(self) -> bool:
        """Whether every component was searched to its end."""
        return all(component.complete for component in self.components)

    @property
    def suspects(self) -> frozenset[str]:
        """Every cell in some optimal set."""
        return frozenset().union(*(component.cells for component in self.components))


def localise(
    balances: Sequence[Balance],
    values: Mapping[str, Fraction],
    *,
    signed: Container[str] = (),
    fractional: Container[str] = (),
    weights: Mapping[str, int] | None = None,
    limit: int = LIMIT,
) -> Localisation:
    """Find the suspects.

    Args:
        balances: all balances that must hold, violated or not.
        values: what is printed; a cell without a value counts as nothing and can't be a suspect.
        signed: cells that may be below zero; every other candidate value is at least zero.
        fractional: cells that may have decimals; every other candidate value is whole.
        weights: how reliable a cell is, 1 unless given; less reliable cells are suspected first.
        limit: how many cells a set may have.

    Returns:
        One component for each group of connected balances with a violated one among them, in the
        order of the balances.
    """
    components = []
    for group in _connected(balances):
        search = _Search(group, values, signed, fractional, weights or {}, limit)
        if search.violated:
            components.append(search.run())
    return Localisation(tuple(components))


def _connected(balances: Sequence[Balance]) -> list[list[Balance]]:
    """Groups of balances that share cells, in the order of their first members."""
    groups: list[tuple[set[str], list[int]]] = []
    for index, balance in enumerate(balances):
        cells, members = set(balance.coefficients), [index]
        apart = []
        for group in groups:
            if group[0].isdisjoint(cells):
                apart.append(group)
            else:
                cells |= group[0]
                members += group[1]
        groups = [*apart, (cells, members)]
    return [[balances[i] for i in sorted(members)] for _, members in sorted(groups, key=lambda g: min(g[1]))]


class _Node(NamedTuple):
    """A set of cells that is to be looked at.

    Attributes:
        bound: what a set that works and has these cells weighs at least.
        branches: cells of which such a set has one more; empty if this one works.
    """

    bound: int
    cells: tuple[str, ...]
    branches: list[str]


class _Search:
    """Best-first search over sets of cells of one connected group of balances."""

    def __init__(
        self,
        balances: list[Balance],
        values: Mapping[str, Fraction],
        signed: Container[str],
        fractional: Container[str],
        weights: Mapping[str, int],
        limit: int,
    ) -> None:
        self.signed, self.fractional, self.limit = signed, fractional, limit
        self.weight = {name: weights.get(name, 1) for balance in balances for name in balance.coefficients}
        self.values = {name: _plain(values[name]) for name in self.weight if name in values}
        # A row holds the candidates' coefficients, and how far the balance is from zero as printed.
        self.rows: list[tuple[Row, Exact]] = []
        for balance in balances:
            residual = _plain(balance.constant)
            row: Row = {}
            for name, coefficient in balance.coefficients.items():
                if coefficient and name in self.values:
                    row[name] = _plain(coefficient)
                    residual += row[name] * self.values[name]
            self.rows.append((row, residual))
        self.violated = [row for row, residual in self.rows if residual]
        self.by_cell: dict[str, list[int]] = {}
        for index, (row, _) in enumerate(self.rows):
            for name in row:
                self.by_cell.setdefault(name, []).append(index)

    def run(self) -> Component:
        union = frozenset(name for row in self.violated for name in row)
        found: list[tuple[str, ...]] = []
        best: int | None = None
        queue: list[_Node] = []
        seen: set[tuple[str, ...]] = set()
        self._push(queue, seen, ())
        while queue and (best is None or queue[0].bound <= best):
            if len(seen) > MOST_SETS:
                return Component((), None, union, complete=False)
            node = heapq.heappop(queue)
            if node.branches:
                for name in node.branches:
                    self._push(queue, seen, tuple(sorted((*node.cells, name))))
            else:
                found.append(node.cells)
                best = node.bound
        if best is None:
            return Component((), None, union, complete=False)
        cells = frozenset(name for one in found for name in one)
        return Component(tuple(sorted(found)), best, cells, complete=True)

    def _push(self, queue: list[_Node], seen: set[tuple[str, ...]], cells: tuple[str, ...]) -> None:
        """Queue a set, unless it was before or needs more cells than a set may have."""
        if cells in seen:
            return
        seen.add(cells)
        node = self._node(cells)
        if node is not None:
            heapq.heappush(queue, node)

    def _node(self, cells: tuple[str, ...]) -> _Node | None:
        """A set, with what it needs besides; None if that is more cells than a set may have."""
        system, rest = self._eliminate(cells)
        violated = [balance for balance in rest if balance[1]]
        if violated:
            return self._unbalanced(cells, violated, rest)
        if self._feasible(system, cells):
            return _Node(self._weigh(cells), cells, [])
        return self._out_of_bounds(cells)

    def _unbalanced(
        self, cells: tuple[str, ...], violated: list[tuple[Row, Exact]], rest: list[tuple[Row, Exact]]
    ) -> _Node | None:
        """A set without which balances stay violated: one that works has another cell of each of them.

        Args:
            cells: the set.
            violated: the balances that remain violated, at least one; without the cells of the set.
            rest: all balances that remain, without these cells, too.
        """
        if not all(row for row, _ in violated):
            return None
        left = self.limit - len(cells)
        apart = _disjoint(violated)
        if sum(needed for _, needed in apart) > left:
            return None
        shortest, _ = min(violated, key=lambda balance: len(balance[0]))
        branches = sorted(shortest)
        if left == 1:
            branches = [name for name in branches if _mends(name, rest)]
        if not branches:
            return None
        bound = self._weigh(cells)
        for names, needed in apart:
            bound += sum(sorted(self.weight[name] for name in names)[:needed])
        return _Node(bound, cells, branches)

    def _out_of_bounds(self, cells: tuple[str, ...]) -> _Node | None:
        """A set that only the bounds of its cells keep from working: one more cell may help."""
        indices = {index for name in cells for index in self.by_cell[name]}
        branches = sorted({name for index in indices for name in self.rows[index][0]} - set(cells))
        if not branches or len(cells) == self.limit:
            return None
        return _Node(self._weigh(cells) + min(self.weight[name] for name in branches), cells, branches)

    def _weigh(self, cells: tuple[str, ...]) -> int:
        return sum(self.weight[name] for name in cells)

    def _eliminate(self, cells: tuple[str, ...]) -> tuple[list[tuple[Row, Exact]], list[tuple[Row, Exact]]]:
        """Solve the balances for ``cells``.

        Returns:
            The pivot rows, each restricted to ``cells`` and with its residual; and the balances that
            remain without ``cells``.
        """
        touched = sorted({index for name in cells for index in self.by_cell[name]})
        work = [(dict(self.rows[index][0]), self.rows[index][1]) for index in touched]
        pivots: list[tuple[Row, Exact]] = []
        for name in cells:
            at = next((i for i, (row, _) in enumerate(work) if row.get(name)), None)
            if at is None:
                continue
            row, residual = work.pop(at)
            work = [_subtract(other, row, residual, name) for other in work]
            pivots.append((row, residual))
        untouched = set(range(len(self.rows))).difference(touched)
        rest = [*work, *(self.rows[i] for i in sorted(untouched))]
        inside = [({n: row[n] for n in cells if row.get(n)}, residual) for row, residual in pivots]
        return inside, rest

    def _feasible(self, system: list[tuple[Row, Exact]], cells: tuple[str, ...]) -> bool:
        """Whether the equations have a solution within the bounds, by trying every basic one.

        The unknown is the new value; a cell outside the basis is zero, or, if signed, as printed.
        """
        for basis in combinations(cells, len(system)):
            fixed = {n: self.values[n] if n in self.signed else 0 for n in cells if n not in basis}
            solution = self._solve(system, basis, fixed)
            if solution is not None and all(self._allowed(n, value) for n, value in solution.items()):
                return True
        return False

    def _allowed(self, name: str, value: Exact) -> bool:
        return (value >= 0 or name in self.signed) and (value.denominator == 1 or name in self.fractional)

    def _solve(self, system: list[tuple[Row, Exact]], basis: tuple[str, ...], fixed: Row) -> Row | None:
        equations = []
        for row, residual in system:
            # Σ c·(new − printed) + residual = 0
            constant = residual - sum(c * self.values[n] for n, c in row.items())
            constant += sum(row[n] * value for n, value in fixed.items() if n in row)
            equations.append(({n: row[n] for n in basis if n in row}, constant))
        solution: Row = {}
        done: list[tuple[Row, Exact, str]] = []
        for name in basis:
            at = next((i for i, (row, _) in enumerate(equations) if row.get(name)), None)
            if at is None:
                return None
            row, constant = equations.pop(at)
            equations = [_subtract(other, row, constant, name) for other in equations]
            done.append((row, constant, name))
        for row, constant, name in reversed(done):
            total = constant + sum(c * solution[n] for n, c in row.items() if n != name)
            solution[name] = _ratio(-total, row[name])
        return solution


def _disjoint(violated: list[tuple[Row, Exact]]) -> list[tuple[set[str], int]]:
    """Cells of balances that share none with each other's, the shortest first, and how many must change.

    One of a balance; two of two balances that no change of one cell mends.
    """
    taken: set[str] = set()
    apart = []
    ordered = sorted(violated, key=lambda one: len(one[0]))
    for at, one in enumerate(ordered):
        if not taken.isdisjoint(one[0]):
            continue
        others = (other for other in ordered[at + 1 :] if taken.isdisjoint(other[0]))
        tied = (other for other in others if not other[0].keys().isdisjoint(one[0]))
        second = next((other for other in tied if not _one_mends(one, other)), None)
        names = {*one[0], *(second[0] if second else ())}
        taken |= names
        apart.append((names, 2 if second else 1))
    return apart


def _one_mends(one: tuple[Row, Exact], other: tuple[Row, Exact]) -> bool:
    """Whether some cell of both balances, changed by the same number, satisfies both."""
    return any(name in other[0] and _mends(name, [one, other]) for name in one[0])


def _mends(name: str, rows: list[tuple[Row, Exact]]) -> bool:
    """Whether changing this cell alone, by any number, satisfies every balance."""
    own, by = next((row[name], residual) for row, residual in rows if name in row)
    return all(residual * own == by * row.get(name, 0) for row, residual in rows)


def _subtract(other: tuple[Row, Exact], row: Row, residual: Exact, name: str) -> tuple[Row, Exact]:
    """``other`` without ``name``, by subtracting a multiple of the pivot row."""
    coefficients, constant = other
    if not coefficients.get(name):
        return other
    factor = _ratio(coefficients[name], row[name])
    result = dict(coefficients)
    for key, value in row.items():
        changed = result.get(key, 0) - factor * value
        if changed:
            result[key] = changed
        else:
            result.pop(key, None)
    return result, constant - factor * residual


def _plain(value: Fraction) -> Exact:
    return value.numerator if value.denominator == 1 else value


def _ratio(dividend: Exact, divisor: Exact) -> Exact:
    return _plain(Fraction(dividend, divisor)) if divisor not in (1, -1) else dividend * divisor
