"""Header words that are broken over lines: the orders of columns by which all of them are used up.

A narrow column breaks its label over the lines of the header, and a converter writes these lines one after
the other: 结果 结果 其他 / 维持 纠正 结果. The words of the lines are then an exact cover of the labels:
every word belongs to one label, those of a label stand one below the other, and those of a line stand in the
order of the columns. So the words admit some orders of columns and no others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

# No header of a form needs more steps; with more, its words say too little.
_MOST_STEPS = 20_000
# With so many orders nothing is told.
_MOST_ORDERS = 50

# How many words of each line are used up.
_Used: TypeAlias = tuple[int, ...]


class Labels(NamedTuple):
    """What the words of a header may be put together to.

    Attributes:
        columns: by the id of a column, the keys of its label and of the variants of it.
        groups: by the id of a group of columns, the keys of its label.
        members: by the id of a group, the ids of its columns.
        anywhere: the ids of columns that may stand in any group, or in none.
    """

    columns: Mapping[str, Sequence[str]]
    groups: Mapping[str, Sequence[str]]
    members: Mapping[str, frozenset[str]]
    anywhere: frozenset[str] = frozenset()


class TooManyStepsError(Exception):
    """The search was given up."""


def orders(lines: Sequence[Sequence[str]], labels: Labels, times: int = 1) -> frozenset[tuple[str, ...]]:
    """The orders of all columns that the words of a header admit.

    Args:
        lines: the keys of the words of each line of the header (:func:`extractor.text.folding.label_key`),
            from top to bottom and from left to right; every one of them must be used.
        labels: what they may be put together to.
        times: how often all columns stand side by side, as they do under each row of a wide table, each time
            in one order.

    Returns:
        Orders of the ids of columns; none if the words cover no labels, or if there are too many to tell
        anything.
    """
    search = _Search([tuple(line) for line in lines if line], labels, times)
    try:
        search.go_on((0,) * len(search.lines), ())
    except TooManyStepsError:
        return frozenset()
    return frozenset(search.found)


class _Search:
    """Columns are taken from left to right, and groups with the columns that they stand above."""

    def __init__(self, lines: Sequence[tuple[str, ...]], labels: Labels, times: int) -> None:
        self.lines = lines
        self.found: set[tuple[str, ...]] = set()
        self._size = len(labels.columns) * times
        self._labels = labels
        self._end = tuple(len(line) for line in lines)
        self._seen: set[tuple[_Used, tuple[str, ...]]] = set()

    def go_on(self, used: _Used, taken: tuple[str, ...]) -> None:
        """Take every column and group that can come next.

        Args:
            used: how many words of each line are used up.
            taken: the columns and groups so far, from left to right.

        Raises:
            TooManyStepsError: if there is no end to it.
        """
        if (used, taken) in self._seen:
            return
        self._seen.add((used, taken))
        if len(self._seen) > _MOST_STEPS or len(self.found) > _MOST_ORDERS:
            raise TooManyStepsError
        columns = tuple(name for name in taken if name in self._labels.columns)
        if len(columns) == self._size:
            if used == self._end:
                self.found.add(columns)
            return
        for name, keys in self._next(taken, columns):
            for key in keys:
                for after in self._spelt(key, used, 0):
                    self.go_on(after, (*taken, name))

    def _next(self, taken: Sequence[str], columns: Sequence[str]) -> Iterator[tuple[str, Sequence[str]]]:
        """The columns and groups that can come next, and their keys.

        Args:
            taken: the columns and groups so far, from left to right.
            columns: the columns among them.
        """
        # All columns stand once before any of them stands again.
        times = len(columns) // len(self._labels.columns)
        present = {*columns[times * len(self._labels.columns) :]}
        if times:
            # Then they stand in the order in which they stood first.
            present.update(self._labels.columns.keys() - {columns[len(columns) % len(self._labels.columns)]})
        present.update(name for name in taken if name in self._labels.groups)
        for name, keys in (*self._labels.columns.items(), *self._labels.groups.items()):
            if name not in present and self._may_follow(name, taken):
                yield name, keys

    def _may_follow(self, name: str, taken: Sequence[str]) -> bool:
        """Whether the columns of every group that is shown, and its label, would still stand side by side."""
        bound = [one for one in taken if one not in self._labels.anywhere]
        for group in self._labels.groups:
            together = self._labels.members[group] | {group}
            if name in together and bound and bound[-1] not in together and not together.isdisjoint(bound):
                return False
        return True

    def _spelt(self, key: str, used: _Used, first: int) -> Iterator[_Used]:
        """How words from a line on can be put together to a key, from top to bottom.

        Args:
            key: what is left of it.
            used: how many words of each line are used up.
            first: the line from which on words are taken.
        """
        if not key:
            yield used
            return
        for line in range(first, len(self.lines)):
            if used[line] == self._end[line]:
                continue
            word = self.lines[line][used[line]]
            if key.startswith(word):
                after = (*used[:line], used[line] + 1, *used[line + 1 :])
                # Another word of the same line may go on with it: 社会公 益组织.
                yield from self._spelt(key[len(word) :], after, line)
