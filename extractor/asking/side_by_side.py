"""Rows that stand side by side: their labels first, those of the columns once for each, then all figures.

So a wide table is printed where its cells were written one after the other. A model says which words are the
labels and which figures are whose; the page must have nothing else: below each other from the first row's
label on, the columns' labels as often as there are rows, always in the same order, and exactly these figures,
those of each row behind its labels.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, pairwise

from extractor.asking.cited_text import CitedText
from extractor.asking.schemas import MappingReply, SeriesReply
from extractor.asking.series import Series, end_of_gap
from extractor.documents.document import Span
from extractor.text.figures import numbers_in
from extractor.text.folding import fold_figure


class SideBySide:
    """A text in which rows are looked for that stand side by side.

    Args:
        cited: the text.
    """

    def __init__(self, cited: CitedText) -> None:
        self._cited = cited
        self._text = cited.text
        self._words = cited.words

    def series(self, reply: MappingReply) -> list[Series] | None:
        """The rows of a table as an answer has them, if they stand side by side so; None if they don't.

        Args:
            reply: of a table all of whose rows it has, in page order.
        """
        width = len(reply.across)
        labels = self._labels(reply.series)
        if not labels or any(len(one.cells) != width for one in reply.series):
            return None
        heads = self._heads(reply, labels[0].start)
        cells = self._cells(reply.series, labels[0].start)
        if heads is None or cells is None:
            return None
        found = [
            Series(said.name, said.words, label, tuple(cells[first : first + width]), tuple(above))
            for said, label, above, first in zip(
                reply.series, labels, heads, range(0, len(cells), width), strict=True
            )
        ]
        return found if self._are_apart(found) and self._is_end(cells[-1].end) else None

    def _labels(self, series: Sequence[SeriesReply]) -> list[Span] | None:
        """Where the labels of the rows stand on the lines cited, one after the other."""
        labels: list[Span] = []
        for said in series:
            label = self._cited.on_line(said.words, said.line, labels[-1].end if labels else 0)
            if label is None:
                return None
            labels.append(label)
        return labels

    def _heads(self, reply: MappingReply, start: int) -> list[list[Span]] | None:
        """The labels of the columns above each row's figures; None if they aren't the same above each."""
        width, size = len(reply.across), len(reply.across) * len(reply.series)
        places = sorted(
            (span, i) for i, one in enumerate(reply.across) for span in self._words.everywhere(one.words)
        )
        behind = [place for place in places if place[0].start >= start]
        # As often elsewhere, and there is another such table.
        is_again = len(places) >= 2 * size
        in_order = [*range(width)] * len(reply.series)
        if is_again or [i for _, i in behind[:size]] != in_order:
            return None
        spans = [span for span, _ in behind[:size]]
        return [spans[first : first + width] for first in range(0, size, width)]

    def _cells(self, series: Sequence[SeriesReply], start: int) -> list[Span] | None:
        """Where the figures stand, if they are the first ones behind a position."""
        said = [fold_figure(cell).strip() for cell in chain.from_iterable(one.cells for one in series)]
        numbers = (Span(*number) for number in numbers_in(self._text, start))
        cells = [span for span, _ in zip(numbers, said, strict=False)]
        printed = [fold_figure(self._text[span.start : span.end]) for span in cells]
        return cells if said and printed == said else None

    def _are_apart(self, series: Sequence[Series]) -> bool:
        """Whether each row's figures stand behind its labels, and nothing but what parts figures between."""
        return all(
            one.label.start < one.cells[0].start
            and one.heads[-1].end <= one.cells[0].start
            and all(end_of_gap(self._text, a.end) == b.start for a, b in pairwise(one.cells))
            for one in series
        ) and all(self._follows(a, b) for a, b in pairwise(series))

    def _follows(self, before: Series, series: Series) -> bool:
        """Whether a row's figures go on from those before, or its columns' labels stand behind these."""
        last = before.cells[-1].end
        return end_of_gap(self._text, last) == series.cells[0].start or series.heads[0].start >= last

    def _is_end(self, position: int) -> bool:
        """Whether no other figure goes on behind a position."""
        end = end_of_gap(self._text, position)
        return not self._text[end : end + 1].isdigit()
