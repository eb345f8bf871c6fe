"""Labels of tables without lines that a page break cuts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from extractor.documents.pages.measures import ALIGNED, LABEL_END_STEPS, LABEL_ROOM
from extractor.documents.pages.page import Box
from extractor.documents.pages.tables import ORDINAL, PageCell
from extractor.documents.pages.unruled.labels import Label, is_over


class LabelEnd(NamedTuple):
    """A label that may go on on the next page: its cell, and its last line."""

    cell: PageCell
    line: Box


def ends_of(
    labels: Sequence[tuple[Label, PageCell]], edge: float, bottom: float, step: float
) -> list[LabelEnd]:
    """The labels at the end of a page whose last line is full.

    Args:
        labels: of a table, with their cells.
        edge: where its columns begin.
        bottom: where the table ends.
        step: the greatest distance of two of its lines.
    """
    words = [word for label, _ in labels for word in label.words]
    found = []
    for label, cell in labels:
        last = label.words[-1]
        _, top, right, end = last.box
        beside = min([edge, *(word.box[0] for word in words if word.box[0] >= right)])
        is_last = not any(is_over(last, word) and word.box[1] > top for word in words)
        is_wrapped = label.is_full and beside - right <= LABEL_ROOM * last.height
        if is_last and is_wrapped and bottom - end <= LABEL_END_STEPS * step:
            found.append(LabelEnd(cell, last.box))
    return found


def rests_of(labels: Sequence[Label], ends: Sequence[LabelEnd]) -> list[tuple[PageCell, Label]]:
    """The labels at the top of a page that go on with one of the page before, and the cell of that.

    They have no ordinal and no figures of their own, nothing stands above them, and they begin where that
    label does or stand in its middle.
    """
    found = []
    for label in labels:
        first = label.words[0]
        above = [end for end in ends if _is_aligned(first.box, end.line, first.height)]
        others = [word for one in labels if one is not label for word in one.words]
        is_first = not any(is_over(first, word) and word.box[1] < first.box[1] for word in others)
        if len(above) == 1 and is_first and label.first_row is None and not ORDINAL.match(label.text):
            found.append((above[0].cell, label))
    return found


def _is_aligned(one: Box, other: Box, height: float) -> bool:
    offsets = (one[0] - other[0], (one[0] + one[2] - other[0] - other[2]) / 2)
    return min(map(abs, offsets)) <= ALIGNED * height
