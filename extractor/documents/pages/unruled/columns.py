"""The columns of a table without lines, from the words above its figures."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations, pairwise
from typing import NamedTuple

from extractor.documents.pages.lines import Word
from extractor.documents.pages.measures import ALIGNED, HEADER_WORDS, LABEL_LINE_GAP, WORD_HEIGHTS
from extractor.documents.pages.page import Box
from extractor.documents.pages.unruled.labels import is_over


@dataclass(slots=True)
class Column:
    """A column of figures.

    Attributes:
        left, right: from where to where its figures and its label reach.
        header: the words of its label, from the bottom.
        figures: where its figures stand.
        anchor: what its figures are aligned with: the one in their middle or, where there is only one,
            the label.
    """

    left: float
    right: float
    header: list[Word] = field(default_factory=list)
    figures: list[Box] = field(default_factory=list)
    anchor: Box | None = None

    def meets(self, box: Box) -> bool:
        """Whether a box stands below or above it."""
        return box[0] < self.right and self.left < box[2]

    def holds(self, box: Box) -> bool:
        """Whether it covers half of a box, or is covered by half: what only touches it stands beside it."""
        common = min(self.right, box[2]) - max(self.left, box[0])
        return common >= min(self.right - self.left, box[2] - box[0]) / 2

    def set_anchor(self) -> None:
        """Find what its figures are aligned with."""
        if len(self.figures) > 1:
            middle = sorted(self.figures, key=lambda box: box[0] + box[2])
            self.anchor = middle[len(middle) // 2]
        elif self.header:
            boxes = [word.box for word in self.header]
            self.anchor = (min(box[0] for box in boxes), 0.0, max(box[2] for box in boxes), 0.0)

    def takes(self, word: Word) -> bool:
        """Whether a figure is one of its own: aligned with the others at its left, middle or right."""
        if self.anchor is None or not self.holds(word.box):
            return False
        (left, _, right, _), (own_left, _, own_right, _) = self.anchor, word.box
        offsets = (own_left - left, own_right - right, (own_left + own_right - left - right) / 2)
        return min(map(abs, offsets)) <= ALIGNED * word.height

    def widen(self, box: Box) -> None:
        """Let it reach over a box."""
        self.left, self.right = min(self.left, box[0]), max(self.right, box[2])


class Columns(NamedTuple):
    """The columns of a table, from the left.

    Attributes:
        left: where its labels begin.
        groups: the words above several columns, line by line from the top.
        corner: the words above the labels.
        bottom: where the header ends.
        are_named: whether each of them has a label above it, be it on a page before.
    """

    left: float
    columns: tuple[Column, ...]
    groups: tuple[tuple[Word, ...], ...]
    corner: tuple[Word, ...]
    bottom: float
    are_named: bool

    def place(self, words: Sequence[Word]) -> list[Word | None] | None:
        """The figure of each column on a line, None where it is blank.

        Returns:
            None if a figure stands below two columns or none, isn't aligned with the others of its
            column, or words stand below one.
        """
        found: list[Word | None] = [None] * len(self.columns)
        for word in words:
            hits = [i for i, column in enumerate(self.columns) if column.meets(word.box)]
            if not word.is_figure:
                if hits:
                    return None
            elif len(hits) != 1 or found[hits[0]] is not None or not self.columns[hits[0]].takes(word):
                return None
            else:
                found[hits[0]] = word
        return found

    def is_above(self, words: Sequence[Word]) -> bool:
        """Whether a line is a heading above the table: no word of it is of the header."""
        tops = [word.box[1] for column in self.columns for word in column.header]
        tops += [word.box[1] for word in (*self.corner, *(word for group in self.groups for word in group))]
        return words[0].box[3] <= min(tops)

    @property
    def is_handed_on(self) -> bool:
        """Whether the header stands on a page before."""
        return not any(column.header for column in self.columns)

    def handed_on(self) -> Columns:
        """The same columns on the next page, where no header stands above them."""
        columns = tuple(Column(one.left, one.right, anchor=one.anchor) for one in self.columns)
        return Columns(self.left, columns, (), (), 0.0, self.are_named)

    def number(self, column: Column | None) -> int | None:
        """Which of them a column is, from 1; None where some stand below no label."""
        if not self.are_named:
            return None
        return next((i for i, one in enumerate(self.columns, 1) if one is column), None)

    def header_rows(self) -> Iterator[list[tuple[Sequence[Word], Column | None]]]:
        """The cells of the header: groups line by line, then the labels of the columns."""
        corner: list[tuple[Sequence[Word], Column | None]]
        corner = [(words, None) for words in _beside_one_another(self.corner)]
        for group in self.groups:
            yield [*corner, *(([word], None) for word in group)]
            corner = []
        cells = [(column.header[::-1], column) for column in self.columns if column.header]
        if corner or cells:
            yield [*corner, *cells]

    def labels_from(self, lines: Sequence[Sequence[Word]]) -> list[Word]:
        """The words below the header and left of the columns: labels."""
        return [
            word
            for words in lines
            for word in words
            if word.box[3] > self.bottom and not word.is_figure and word not in self.corner
        ]


def _beside_one_another(words: Sequence[Word]) -> list[list[Word]]:
    """The words of the corner of a header, those that stand above one another together: 序号, 指标."""
    cells: list[list[Word]] = []
    for word in sorted(words, key=lambda one: (one.box[0], one.box[1])):
        above = next((cell for cell in cells if any(is_over(one, word) for one in cell)), None)
        if above is None:
            cells.append([word])
        else:
            above.append(word)
    return [sorted(cell, key=lambda one: one.box[1]) for cell in cells]


def columns_of(header: Sequence[Sequence[Word]], body: Sequence[Sequence[Word]]) -> Columns | None:
    """The columns of a table.

    Args:
        header: the words of the lines above its figures, from the top.
        body: the words of its lines with figures; of its labels alone, if it has no figure.

    Returns:
        None if nothing stands above the figures, or only one word in all; without figures, if more
        than one label stands above the labels of the rows.
    """
    figures, labels = _told_apart(body)
    names, alone = _below_headings(header), _alone(header)
    corner: list[Word] = []
    if labels:
        first = min(figure.box[0] for figure in figures) if figures else max(one.box[2] for one in labels)
        corner = _corner(names, alone, labels, first)
        names = [word for word in names if word not in corner]
    if not figures:
        if _any_beside(corner):
            return None
        # Nothing but the blanks in it tells whether a word is the labels of several columns.
        names = [part for word in names for part in word.parts]
    left = min(word.box[0] for word in labels or figures)
    columns, groups = _labelled(_of_figures(figures), names, alone)
    return _by_order(columns, header, body) or _completed(columns, groups, corner, left)


def _by_order(
    columns: Sequence[Column], header: Sequence[Sequence[Word]], body: Sequence[Sequence[Word]]
) -> Columns | None:
    """The columns with the words above them by the order of these; None if each has a label as they stand.

    Args:
        columns: with their labels, as they stand.
        header: the words of the lines above the figures, from the top.
        body: the words of the lines with figures.
    """
    if all(column.header for column in columns):
        return None
    told = by_their_order(header, body)
    if told is None:
        return None
    figures, labels = _told_apart(body)
    own = [
        replace(column, header=[word]) for column, word in zip(_of_figures(figures), told.names, strict=True)
    ]
    return _completed(own, [], told.corner, min(word.box[0] for word in labels or figures))


class NamesByOrder(NamedTuple):
    """The words of a header: those above labels, and that of each column of figures, from the left."""

    corner: list[Word]
    names: list[Word]


def by_their_order(header: Sequence[Sequence[Word]], body: Sequence[Sequence[Word]]) -> NamesByOrder | None:
    """The words above the labels, and those above each column of figures, by their order alone.

    They stand in the middle of columns whose figures are at the right. Words of one line are as many as what
    stands one above the other below them, each in the room that its neighbours leave it and above none of
    these; and no row lacks a figure. Else None.

    Args:
        header: the words of the lines above the figures, from the top.
        body: the words of the lines with figures.
    """
    figures, labels = _told_apart(body)
    of_figures, lines = _stacks(figures), [line for line in header if len(line) > 1]
    stacks = [*_stacks(labels), *of_figures]
    is_full = all(sum(word.is_figure for word in line) == len(of_figures) for line in body)
    if not is_full or len(lines) != 1 or len(lines[0]) != len(stacks):
        return None
    edges = [-math.inf, *(edge for stack in stacks for edge in stack), math.inf]
    # Labels reach below the first column of figures.
    if any(left > right for left, right in pairwise(edges)):
        return None
    rooms = zip(edges[:-2:2], edges[3::2], strict=True)
    if any(
        word.box[0] < left or right < word.box[2] for word, (left, right) in zip(lines[0], rooms, strict=True)
    ):
        return None
    count = len(stacks) - len(of_figures)
    return NamesByOrder([*lines[0][:count]], [*lines[0][count:]])


def _stacks(words: Sequence[Word]) -> list[tuple[float, float]]:
    """From where to where words reach that stand above one another, from the left."""
    stacks: list[tuple[float, float]] = []
    for word in sorted(words, key=lambda one: one.box[0]):
        left, _, right, _ = word.box
        if stacks and left < stacks[-1][1]:
            stacks[-1] = (stacks[-1][0], max(stacks[-1][1], right))
        else:
            stacks.append((left, right))
    return stacks


def _told_apart(lines: Sequence[Sequence[Word]]) -> tuple[list[Word], list[Word]]:
    """The figures in lines, and the other words."""
    words = [word for line in lines for word in line]
    return [one for one in words if one.is_figure], [one for one in words if not one.is_figure]


def _below_headings(header: Sequence[Sequence[Word]]) -> list[Word]:
    """The words of lines without those above the first line of several words: they are headings."""
    top = min((words[0].box[1] for words in header if len(words) > 1), default=0.0)
    return [word for words in header for word in words if word.box[3] > top]


def _alone(lines: Sequence[Sequence[Word]]) -> list[Word]:
    """The words that stand alone on their lines."""
    return [words[0] for words in lines if len(words) == 1]


def _any_beside(words: Sequence[Word]) -> bool:
    """Whether any two words stand on one height."""
    return any(_are_beside(one.box, other.box) for one, other in combinations(words, 2))


def _completed(
    columns: Sequence[Column], groups: Sequence[Word], corner: Sequence[Word], left: float
) -> Columns | None:
    """Labelled columns as those of a table.

    Args:
        columns: with their labels.
        groups: the labels of several columns.
        corner: the words above the labels of the rows.
        left: where the labels of the rows begin, in points.

    Returns:
        None if no column has a label, or only one word stands above the table in all.
    """
    names = [word for column in columns for word in column.header]
    if not names or len(names) + len(corner) < HEADER_WORDS:
        return None
    columns = sorted(columns, key=lambda one: one.left)
    for column in columns:
        column.set_anchor()
    bottom = max(word.box[3] for word in names)
    return Columns(
        left=left,
        columns=tuple(columns),
        groups=_lines(groups),
        # What stands below the header is the label of the first row.
        corner=tuple(word for word in corner if word.box[1] < bottom),
        bottom=bottom,
        are_named=all(column.header for column in columns),
    )


def _lines(words: Sequence[Word]) -> tuple[tuple[Word, ...], ...]:
    """Words line by line."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda one: one.box[1]):
        if lines and word.box[1] - lines[-1][0].box[1] < word.height / 2:
            lines[-1].append(word)
        else:
            lines.append([word])
    return tuple(tuple(sorted(line, key=lambda one: one.box[0])) for line in lines)


def _of_figures(figures: Sequence[Word]) -> list[Column]:
    """Columns of figures that stand above each other."""
    columns: list[Column] = []
    for word in sorted(figures, key=lambda one: one.box[0]):
        if columns and columns[-1].holds(word.box):
            columns[-1].widen(word.box)
            columns[-1].figures.append(word.box)
        else:
            columns.append(Column(word.box[0], word.box[2], figures=[word.box]))
    return columns


def _corner(words: Sequence[Word], alone: Sequence[Word], labels: Sequence[Word], first: float) -> list[Word]:
    """The words above the labels; where none is, the first of those left of all figures.

    Not so where words that stand alone on their lines are above the labels, as high as these: no headings.
    """
    left, right = min(word.box[0] for word in labels), max(word.box[2] for word in labels)
    corner = [word for word in words if word.box[0] < right and left < word.box[2]]
    height = labels[0].height
    stacked = [word for word in alone if word.box[0] < right and left < word.box[2]]
    if corner or any(abs(word.height - height) <= WORD_HEIGHTS * height for word in stacked):
        return corner
    beside = [word for word in words if word.box[2] <= first]
    return sorted(beside, key=lambda one: one.box[0])[:1]


def _labelled(
    columns: Sequence[Column], words: Sequence[Word], alone: Sequence[Word]
) -> tuple[list[Column], list[Word]]:
    """Columns of figures with their labels, and those without a figure; and the labels of groups.

    From the bottom: a word above one column is its label, or the line above in it; a word above
    several is cut at its blanks, or is the label of a group, as one that is set off from the label
    below is. One that stands above no figure, alone on its line, and beside no label is a heading.

    Args:
        columns: those of figures.
        words: above them.
        alone: those that stand alone on their lines.
    """
    labelled = [replace(column, header=[]) for column in columns]
    groups = []
    left = sorted(words, key=lambda one: one.box[3])
    while left:
        word = left.pop()
        below = [column for column in labelled if column.meets(word.box)]
        if len(below) > 1 and len(word.parts) > 1:
            left += word.parts
        elif not below and (word not in alone or _is_beside(word, labelled)):
            labelled.append(Column(word.box[0], word.box[2], [word]))
        elif len(below) != 1 or _is_set_off(word, below[0]):
            groups.append(word)
        else:
            below[0].header.append(word)
            below[0].widen(word.box)
    return labelled, groups


def _is_beside(word: Word, columns: Sequence[Column]) -> bool:
    """Whether a word stands on the height of a column's label."""
    return any(_are_beside(label.box, word.box) for column in columns for label in column.header)


def _are_beside(one: Box, other: Box) -> bool:
    """Whether two boxes stand on one height."""
    return one[1] < other[3] and other[1] < one[3]


def _is_set_off(word: Word, column: Column) -> bool:
    return bool(column.header) and column.header[-1].box[1] - word.box[3] > LABEL_LINE_GAP * word.height
