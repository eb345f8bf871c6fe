"""Labels that stand apart from their figures, a cell a line: whose figures stand behind another label."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator
from typing import NamedTuple

from extractor.layout.placing.page_table import PageTable


class _Excess(NamedTuple):
    """Where figures stand that have no label of their own, or a label that has no figures.

    Attributes:
        start: in the text.
        position: of the candidate there, or of the one that follows.
        figures: how many there are, or, below zero, how many the label lacks.
    """

    start: int
    position: int
    figures: int


def where_labels_stand_apart(table: PageTable) -> frozenset[int]:
    """The positions of the candidates of which a label without figures and figures without one make a doubt.

    A cell a line, figures may stand behind another label than theirs from the one to the other: each label
    between them may have the figures of the one before it, or behind it. Where all labels of a stretch
    have together as many figures as they need, and so have those of each other stretch, no other label has
    theirs. No such positions if only one of the two is there.

    Args:
        table: what the page shows of the block.
    """
    unlabelled = list(_figures_without_label(table))
    if not unlabelled or not table.bare_labels:
        return frozenset()
    starts = [candidate.row.slots[0].start for candidate in table.candidates]
    size = len(table.columns)
    bare = [_Excess(start, bisect(starts, start), -size) for start in table.bare_labels]
    every = sorted([*unlabelled, *bare])
    is_whole = sum(one.figures for one in every) == 0
    apart: set[int] = set()
    first, balance = 0, 0
    for place, one in enumerate(every):
        balance += one.figures
        if (balance == 0 and is_whole) or place == len(every) - 1:
            positions = [other.position for other in every[first : place + 1]]
            apart.update(range(max(0, min(positions) - 1), min(len(starts), max(positions) + 2)))
            first = place + 1
    return frozenset(apart)


def _figures_without_label(table: PageTable) -> Iterator[_Excess]:
    """The rows with figures without a label, all of them or those that are too many for one row."""
    size = len(table.columns)
    for position, (candidate, name) in enumerate(zip(table.candidates, table.names, strict=True)):
        row, figures = candidate.row, len(candidate.row.figures)
        # 总计 without its ordinal is a column's, too.
        is_named = bool(candidate.ids) and not (name is not None and table.has_wrong_ordinal(candidate, name))
        if not row.on_line and (figures > size or (figures > 0 and not is_named)):
            yield _Excess(row.slots[0].start, position, figures - size if is_named else figures)
