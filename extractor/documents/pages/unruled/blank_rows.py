"""Tables without lines and without a figure: a header, and labels alone below it.

What shows such a table is a line of several words, and lines below it of which none reaches as far as
the second of these: labels, beside which the page has nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractor.documents.pages.lines import Line, Word
from extractor.documents.pages.measures import (
    BLANK_ROW_HEIGHTS,
    BLANK_ROW_STEP,
    GROUP_LINES,
    LABEL_LINE_GAP,
    LABEL_ROOM,
    PROSE_WORD_WIDTH,
    TABLE_GAP,
)
from extractor.documents.pages.tables import ORDINAL
from extractor.documents.pages.unruled.labels import is_over


class BlankRows:
    """Finds lines of labels alone on a page.

    Args:
        lines, words: of the page, from the top.
        has_figures: of each line, whether it ends in figures.
        width: of the page.
    """

    def __init__(
        self,
        lines: Sequence[Line],
        words: Sequence[Sequence[Word]],
        has_figures: Sequence[bool],
        width: float,
    ) -> None:
        self._lines, self._words, self._has_figures, self._width = lines, words, has_figures, width

    def is_near(self, position: int) -> bool:
        """Whether a line and the next one stand close enough to be of one table."""
        line, below = self._lines[position], self._lines[position + 1]
        return below.top - line.bottom <= TABLE_GAP * line.height

    def is_prose(self, position: int) -> bool:
        """Whether a line is a single word over most of the page."""
        words = self._words[position]
        return len(words) == 1 and words[0].box[2] - words[0].box[0] >= PROSE_WORD_WIDTH * self._width

    def below(self, first: int) -> tuple[int, int] | None:
        """Where the rows of a table without a figure begin and end.

        Args:
            first: the first line of several words of its header.

        Returns:
            None if there are none, or figures stand right below them.
        """
        if len(self._words[first]) == 1 or self._has_figures[first]:
            return None
        start, edge = self._header_end(first)
        steps = [below.bottom - above.bottom for above, below in pairwise(self._lines[first:start])]
        end = self._end(start, edge, steps)
        is_in_header = start < end < len(self._lines) and self._is_close(end)
        return None if end == start or is_in_header or self.has_figures_below(end) else (start, end)

    def _header_end(self, first: int) -> tuple[int, float]:
        """Where a header ends, and where the columns below it begin, in points from the left.

        Args:
            first: its first line of several words.
        """
        corner, other = self._words[first][:2]
        edge, bottom = other.box[0], corner.box[3]
        is_wrapped = edge - corner.box[2] <= LABEL_ROOM * corner.height
        for start in range(first + 1, len(self._lines)):
            words = self._words[start]
            if not self._goes_on(start):
                return start, edge
            if words[-1].box[2] > edge:
                edge = min([edge, *(word.box[0] for word in words if word.box[0] >= corner.box[2])])
            elif _begins_rows(words[0], corner, bottom, is_wrapped=is_wrapped):
                return start, edge
            if words[0].box[0] < corner.box[2]:
                bottom = words[0].box[3]
        return len(self._lines), edge

    def going_on(self, edge: float, height: float, step: float) -> int:
        """How many lines at the top of a page are labels alone, of a table on the page before.

        Args:
            edge: where its columns begin.
            height: of its last line.
            step: the greatest distance of two of its lines.
        """
        if not self._lines or abs(self._lines[0].height - height) > BLANK_ROW_HEIGHTS * height:
            return 0
        end = self._end(0, edge, [step])
        # A heading stands close above its text.
        is_heading = 0 < end < len(self._lines) and self.is_prose(end) and self.is_near(end - 1)
        return 0 if is_heading else end

    def are_labels(self, end: int, edge: float) -> bool:
        """Whether nothing but labels left of the columns stands above a line of a page."""
        return all(
            words[-1].box[2] <= edge and self.is_near(position)
            for position, words in enumerate(self._words[:end])
        )

    def greatest_step(self, start: int, end: int) -> float:
        """The greatest distance of two lines of a table in one column of labels."""
        return max(map(self._step, range(start + 1, end)), default=0.0)

    def has_figures_below(self, end: int) -> bool:
        """Whether figures stand right below the lines before this one."""
        return end < len(self._lines) and self._has_figures[end] and (end == 0 or self.is_near(end - 1))

    def _is_close(self, position: int) -> bool:
        """Whether a line stands as close below the one above it as the lines of a cell do."""
        line, above = self._lines[position], self._lines[position - 1]
        return line.top - above.bottom <= LABEL_LINE_GAP * above.height

    def _goes_on(self, position: int) -> bool:
        """Whether a line may be of the same table as the one above it."""
        return self.is_near(position - 1) and not self._has_figures[position] and not self.is_prose(position)

    def _end(self, start: int, edge: float, steps: list[float]) -> int:
        """Where lines of labels left of the columns end."""
        lines = self._lines
        end = start
        while end < len(lines) and self._words[end][-1].box[2] <= edge and not self._has_figures[end]:
            if end > 0:
                line, above = lines[end], lines[end - 1]
                if (
                    not self.is_near(end - 1)
                    or abs(line.height - above.height) > BLANK_ROW_HEIGHTS * above.height
                ):
                    break
                step = line.bottom - above.bottom
                if end > start and steps and step > BLANK_ROW_STEP * max(steps):
                    break
                steps.append(max(step, self._step(end)))
            end += 1
        return end

    def _step(self, position: int) -> float:
        """How far a line is below the next one in its column; lines of a group's label may stand between."""
        words, line = self._words[position], self._lines[position]
        for above in range(position - 1, max(-1, position - GROUP_LINES - 2), -1):
            if any(is_over(one, other) for one in self._words[above] for other in words):
                return line.bottom - self._lines[above].bottom
        return 0.0


def _begins_rows(word: Word, corner: Word, bottom: float, *, is_wrapped: bool) -> bool:
    """Whether a word below the header's first label is the label of the first row, and no line of that.

    Args:
        word: the first one of its line.
        corner: the first label of the header.
        bottom: where what is known of that label ends, in points from the top.
        is_wrapped: whether that label leaves no room beside it, so that it may go on below.
    """
    is_apart = word.box[1] - bottom > LABEL_LINE_GAP * word.height
    is_label = ORDINAL.match(word.text) is not None or (is_over(corner, word) and not is_wrapped)
    return is_apart and is_label
