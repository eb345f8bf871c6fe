"""The labels of the rows of a table without lines: wrapped ones, vertical ones, those of groups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractor.documents.pages.lines import Word, joined
from extractor.documents.pages.measures import (
    BETWEEN_ROOM,
    CHARACTER_GAP,
    LABEL_FREE,
    LABEL_LINE_GAP,
    LABEL_MATES,
    LINES_ALIKE,
    LINES_CLOSER,
)
from extractor.documents.pages.page import Box
from extractor.documents.pages.tables import ORDINAL, PageCell

# What figures count, as columns of units print it.
_COUNTERS = frozenset("件条次个人份篇项宗页期场部元")


@dataclass(slots=True, eq=False)
class Label:
    """The words of a label, from the top.

    Attributes:
        first_row: the first line of figures that stands beside it; None if none does.
        is_row: whether it is the label of a row without figures, and neither that of a group, beside
            the labels of rows, nor the line of another label.
        is_full: whether its last line has no room for another character.
    """

    words: list[Word]
    first_row: int | None = None
    is_row: bool = False
    is_full: bool = False

    @property
    def text(self) -> str:
        """What it says."""
        return joined([word.text for word in self.words])

    @property
    def box(self) -> Box:
        """The box around it."""
        if len(self.words) == 1:
            return self.words[0].box
        lefts, tops, rights, bottoms = zip(*(word.box for word in self.words), strict=True)
        return min(lefts), min(tops), max(rights), max(bottoms)

    @property
    def middle(self) -> float:
        """Where it stands on the page, from above."""
        return (self.box[1] + self.box[3]) / 2


def labels_of(words: Sequence[Word], rows: Sequence[float]) -> list[Label]:
    """The labels beside lines of figures, from the top.

    Args:
        words: all that stands left of the figures.
        rows: where the middle of each line of figures stands.
    """
    labels: list[Label] = []
    close = _distance_within(words, rows)
    for word in sorted(words, key=lambda one: (one.box[1], one.box[0])):
        above = next((one for one in reversed(labels) if _goes_on(one.words[-1], word, words, close)), None)
        if above is None:
            labels.append(Label([word]))
        else:
            above.words.append(word)
    labels = [part for one in labels for part in _parted(one, rows)]
    for one in labels:
        beside = _rows_beside(one, rows)
        one.first_row = beside[0] if beside else None
        one.is_row = not beside and not _is_between(one, labels) and not _is_close(one, labels)
        one.is_full = _is_full(one.words[-1], words)
    return sorted(labels, key=lambda one: one.box[0])


def with_numbers_beside(
    labelled: Sequence[tuple[Label, PageCell]],
) -> Iterator[tuple[list[PageCell], Label, PageCell]]:
    """Labels and their cells, before them the numbers that count rows without figures on their lines.

    Args:
        labelled: from the left, as :func:`labels_of` gives them.
    """
    numbers = _numbers_beside([label for label, _ in labelled])
    for place, (label, cell) in enumerate(labelled):
        if place not in numbers.values():
            yield [labelled[numbers[place]][1]] if place in numbers else [], label, cell


def _numbers_beside(labels: Sequence[Label]) -> dict[int, int]:
    """The numbers that count rows without figures, by the labels right of them on their lines: positions."""
    bare = [place for place, one in enumerate(labels) if one.first_row is None]
    counts = [place for place in bare if labels[place].words[0].is_count]
    found: dict[int, int] = {}
    for count in counts:
        _, top, right, bottom = labels[count].box
        beside = (one for one in bare if labels[one].box[0] >= right and top <= labels[one].middle <= bottom)
        if (label := next(beside, None)) is not None:
            found[label] = count
    return found


def _distance_within(words: Sequence[Word], rows: Sequence[float]) -> float:
    """How far apart the middles of two lines of one label are at most; 0 where rows aren't clearly farther.

    No two numbered labels and no two lines of figures are closer to each other than rows are.
    """
    ordered = sorted(words, key=_middle)
    numbered = [word for word in ordered if ORDINAL.match(word.text)]
    least = min(_distances(ordered), default=0.0)
    rooms = [min(_distances(numbered), default=0.0)]
    if rows:
        rooms.append(min((b - a for a, b in pairwise(rows)), default=0.0))
    return LINES_ALIKE * least if all(least < LINES_CLOSER * room for room in rooms) else 0.0


def _distances(words: Sequence[Word]) -> Iterator[float]:
    """How far each word, of those from the top, is from the next one below it."""
    for position, word in enumerate(words):
        bottom = word.box[3] - word.height / 2
        below = (one for one in words[position + 1 :] if one.box[1] > bottom and is_over(word, one))
        if (next_one := next(below, None)) is not None:
            yield _middle(next_one) - _middle(word)


def is_over(word: Word, other: Word) -> bool:
    """Whether a word stands above or below another one."""
    return word.box[0] < other.box[2] and other.box[0] < word.box[2]


def _middle(word: Word) -> float:
    return (word.box[1] + word.box[3]) / 2


def _goes_on(word: Word, below: Word, words: Sequence[Word], close: float) -> bool:
    """Whether a word below another is the next line of the same label.

    Args:
        word: the upper one.
        below: the lower one.
        words: those left of the figures.
        close: from :func:`_distance_within` them.
    """
    gap = below.box[1] - word.box[3]
    if word.is_count or below.is_count or not is_over(word, below) or gap < -word.height / 2:
        return False
    if len(word.text) == len(below.text) == 1:
        return gap <= CHARACTER_GAP * word.height
    is_near = gap <= LABEL_LINE_GAP * word.height
    if not is_near or ORDINAL.match(below.text):
        return False
    return _middle(below) - _middle(word) <= close or _is_full(word, words)


def _is_full(word: Word, words: Sequence[Word]) -> bool:
    """Whether no other label of its column reaches farther to the right, or on both sides of one middle."""
    over = [one for one in words if is_over(one, word)]
    left, right, free = word.box[0], word.box[2], LABEL_FREE * word.height
    mates = [one for one in over if abs(one.box[0] - left) < word.height / 2]
    if len(mates) >= LABEL_MATES:
        further_in = [one for one in over if one.box[0] > left]
        return max(one.box[2] for one in (*mates, *further_in)) - right < free
    centred = [one for one in over if abs(one.box[0] + one.box[2] - left - right) < word.height]
    widest = max((one.box[2] - one.box[0] for one in centred), default=0.0)
    return max((one.box[2] for one in over), default=right) - right < free and widest - (right - left) < free


def _rows_beside(label: Label, rows: Sequence[float]) -> list[int]:
    _, top, _, bottom = label.box
    return [i for i, middle in enumerate(rows) if top <= middle <= bottom]


def _parted(label: Label, rows: Sequence[float]) -> list[Label]:
    """Lines that stand beside figures of their own are labels of their own."""
    beside = [_rows_beside(Label([word]), rows) for word in label.words]
    # A unit a row is a column; other characters one below the other are a label written downwards.
    is_vertical = all(len(word.text) == 1 for word in label.words) and not _COUNTERS.issuperset(label.text)
    if len(label.words) > 1 and not is_vertical and sum(map(bool, beside)) > 1:
        return [Label([word]) for word in label.words]
    return [label]


def _is_between(label: Label, labels: Sequence[Label]) -> bool:
    """Whether labels of rows stand so close around it, to its right, that there is no row at its place."""
    _, top, right, bottom = label.box
    others = [one.box for one in labels if one is not label and one.box[0] >= right]
    if any(box[1] < bottom and top < box[3] for box in others):
        return True
    above = max((box[3] for box in others if box[3] <= top), default=None)
    below = min((box[1] for box in others if box[1] >= bottom), default=None)
    return above is not None and below is not None and below - above < BETWEEN_ROOM * (bottom - top)


def _is_close(label: Label, labels: Sequence[Label]) -> bool:
    """Whether another label stands as close above or below it as the lines of one label do."""
    left, top, right, bottom = label.box
    height = label.words[0].height
    others = [one.box for one in labels if one is not label and one.box[0] < right and left < one.box[2]]
    gaps = (max(top - box[3], box[1] - bottom) for box in others)
    return min(gaps, default=height) <= LABEL_LINE_GAP * height
