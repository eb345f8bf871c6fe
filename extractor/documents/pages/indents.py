"""How far in labels begin in the cells of a table on a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from extractor.documents.pages.measures import SAME_SIDE
from extractor.text.width import width_in_digits

# In widths of a Chinese character: what is further in than its column.
_FURTHER = 0.8
# As many as these that begin with a letter at one place, and end at several, are so from here on: a page may
# set them in by less than a character. Brackets and quotes have room of their own before them.
_FURTHER_IN_LINE, _LEAST_IN_LINE = 0.6, 3
# So many characters tell how wide one is.
_FEWEST_CHARACTERS = 3
# Blanks for each width of a Chinese character; no label is further in than so many of these.
_BLANKS, _MOST = 2, 8


class PlacedLabel(NamedTuple):
    """A label in its cell; places are in points.

    Attributes:
        row, cell: which one of its table it is.
        column: that it begins at.
        text: what it says.
        begin, end: from where to where it stands.
        left, right: the sides of its cell.
    """

    row: int
    cell: int
    column: int
    text: str
    begin: float
    end: float
    left: float
    right: float

    @property
    def before(self) -> float:
        """How much room is before it."""
        return self.begin - self.left

    @property
    def behind(self) -> float:
        """How much room is behind it."""
        return self.right - self.end


def indents_of(labels: Iterable[PlacedLabel]) -> dict[tuple[int, int], int]:
    """How far in labels begin, in blanks, by the row and the cell; none of those at the left of their column.

    Columns tell that have labels of different widths at their left side, or one with more room behind it.
    What is centred in its cell isn't further in, unless another of another width begins where it does.

    Args:
        labels: of a table.
    """
    columns: dict[int, list[PlacedLabel]] = {}
    for label in labels:
        columns.setdefault(label.column, []).append(label)
    found: dict[tuple[int, int], int] = {}
    for own in columns.values():
        # A cell merged over several columns is wider.
        right = min(label.right for label in own)
        narrow = [label for label in own if label.right - right < SAME_SIDE]
        found |= {(label.row, label.cell): blanks for label, blanks in _further_in(narrow)}
    return found


def _further_in(labels: Sequence[PlacedLabel]) -> Iterator[tuple[PlacedLabel, int]]:
    """The labels of a column that begin further in than others."""
    width = _width_of_character(labels)
    base = min(label.before for label in labels)
    if width is None or not _are_at_left([one for one in labels if one.before - base < width / 2], width):
        return
    in_line = _in_line(labels, width)
    for label in labels:
        further = (label.before - base) / width
        least = in_line.get(_step(label, width))
        is_in_line = least is not None or abs(label.before - label.behind) >= width / 2
        if (least or _FURTHER) <= further <= _MOST and is_in_line:
            yield label, max(_BLANKS, round(further * _BLANKS))


def _in_line(labels: Sequence[PlacedLabel], width: float) -> dict[int, float]:
    """How much further in labels are at least, in characters, that begin at one place and end at several."""
    ends: dict[int, list[float]] = {}
    for label in labels:
        ends.setdefault(_step(label, width), []).append(label.end)
    lettered = Counter(_step(label, width) for label in labels if label.text[:1].isalnum())
    return {
        step: _FURTHER_IN_LINE if lettered[step] >= _LEAST_IN_LINE else _FURTHER
        for step, own in ends.items()
        if _differ(own, width)
    }


def _step(label: PlacedLabel, width: float) -> int:
    """Where a label begins, in halves of a character from the side of its cell."""
    return round(2 * label.before / width)


def _are_at_left(labels: Sequence[PlacedLabel], width: float) -> bool:
    """Whether labels that begin at one place do so at the left side of their column."""
    is_room = any(one.before < width and one.behind > one.before + width / 2 for one in labels)
    return is_room or _differ([one.end for one in labels], width)


def _differ(ends: Sequence[float], width: float) -> bool:
    """Whether labels that begin at one place end at several: they aren't centred."""
    return max(ends) - min(ends) > width / 2


def _width_of_character(labels: Sequence[PlacedLabel]) -> float | None:
    """How wide a Chinese character is, by the labels on one line; None if none is long enough."""
    widths = [
        2 * (label.end - label.begin) / count
        for label in labels
        if (count := width_in_digits(label.text)) >= 2 * _FEWEST_CHARACTERS
    ]
    return max(widths, default=None)
