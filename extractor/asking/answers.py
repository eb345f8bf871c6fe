"""Grounding a model's answer on the lines that it cites: value, order, row label, column label.

An answer is taken only if every figure of it stands on the cited line, in this order, with no figure left
over. Which row and which columns the figures belong to is not for the model to say: where the page's
own labels tell, they decide (that is what the layout reading found), and where they don't, the answer
is a proposal.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from extractor.asking.numbered_lines import NumberedLine, NumberedLines
from extractor.asking.schemas import TablesReply, Unit
from extractor.documents.document import Document, Span
from extractor.layout.items import Item, Kind, items_of
from extractor.layout.labels import LabelIndex
from extractor.layout.reading import Doubt
from extractor.text.figures import is_zero
from extractor.text.folding import fold_figure


class Refusal(StrEnum):
    """Why an answer isn't taken."""

    NO_LINE = "no_line"
    WIDTH = "width"
    NOT_PRINTED = "not_printed"
    AMBIGUOUS = "ambiguous"
    OTHER_LABEL = "other_label"
    TWICE = "twice"


class Answer(NamedTuple):
    """What a model says about one unit.

    Attributes:
        unit: that the model was asked for.
        line: the number of the line that it cites.
        cells: the figures as it copied them, in the order of the columns.
        spans: where these figures stand, if they are on that line; empty if the answer isn't taken.
        refusal: why not; None if it is taken.
    """

    unit: Unit
    line: int
    cells: tuple[str, ...]
    spans: tuple[Span, ...]
    refusal: Refusal | None


class CitedDocument:
    """A document as answers cite it: numbered lines, with the figures and the labels that stand on each.

    Args:
        document: the document.
        index: the labels of the forms that it is read by.

    Attributes:
        document: the document.
        lines: as a model is shown it.
    """

    def __init__(self, document: Document, index: LabelIndex) -> None:
        self.document = document
        self.lines = NumberedLines(document)
        self._items = [item for item in items_of(document, index) if item.kind is not Kind.ROW_END]
        self._starts = [item.start for item in self._items]

    def answers(self, reply: TablesReply, units: Sequence[Unit], sent: Collection[int]) -> dict[str, Answer]:
        """What a reply says, by the name of the unit.

        Args:
            reply: what the model said.
            units: what it was asked for.
            sent: the numbers of the lines that it was shown.

        Returns:
            One answer a unit; a unit that was answered in two ways has one that is refused.
        """
        by_name = {unit.name: unit for unit in units}
        answers: dict[str, Answer] = {}
        said = [self._answer(by_name[row.row], row.line, row.cells, sent) for row in reply.rows]
        said += [answer for line in reply.zeros for answer in self._zeros(line, units, sent)]
        for answer in said:
            first = answers.setdefault(answer.unit.name, answer)
            if first.spans != answer.spans:
                answers[answer.unit.name] = answer._replace(spans=(), refusal=Refusal.TWICE)
        return answers

    def border(self, lines: Sequence[int]) -> int:
        """Where to cut lines in two: near the middle, before a line that doesn't begin with figures.

        Args:
            lines: the numbers of at least two lines.

        Returns:
            How many of them come before the cut.
        """
        heads = [i for i in range(1, len(lines)) if self._has_head(lines[i])]
        middle = len(lines) // 2
        return min(heads, key=lambda i: abs(i - middle), default=middle)

    def lines_of(self, unit: Unit) -> frozenset[int]:
        """The numbers of the lines that a unit's labels and figures are on, as far as the layout tells."""
        spans = [*layout_spans(unit), *(row.label for row in unit.rows if row.label is not None)]
        return frozenset(self.lines.at(span.start).number for span in spans)

    def _has_head(self, number: int) -> bool:
        line = self.lines.numbered(number)
        items = self._on(line) if line is not None else ()
        return bool(items) and items[0].kind is not Kind.SLOT

    def _answer(self, unit: Unit, number: int, cells: tuple[str, ...], sent: Collection[int]) -> Answer:
        line = self.lines.numbered(number) if number in sent else None
        spans: tuple[Span, ...] = ()
        refusal: Refusal | None = None
        if line is None:
            refusal = Refusal.NO_LINE
        elif len(cells) != len(unit.addresses):
            refusal = Refusal.WIDTH
        else:
            spans, refusal = self._grounded(unit, line, cells)
        return Answer(unit, number, cells, spans, refusal)

    def _grounded(
        self, unit: Unit, line: NumberedLine, cells: Sequence[str]
    ) -> tuple[tuple[Span, ...], Refusal | None]:
        """Where on a line a unit's cells stand; or nothing, and why they can't be taken from there."""
        candidates = list(self._candidates(line, cells))
        by_layout = layout_spans(unit)
        if not candidates:
            return (), Refusal.NOT_PRINTED
        if len(candidates) > 1 and by_layout not in candidates:
            return (), Refusal.AMBIGUOUS
        spans = by_layout if by_layout in candidates else candidates[0]
        if spans and self._is_of_another(unit, spans):
            return (), Refusal.OTHER_LABEL
        return spans, None

    def _candidates(self, line: NumberedLine, cells: Sequence[str]) -> Iterator[tuple[Span, ...]]:
        """Where on a line the cells may stand: all its figures, and as many of its blank slots as copied."""
        slots = [item for item in self._on(line) if item.kind is Kind.SLOT]
        wanted = [fold_figure(cell).strip() for cell in cells]
        printed = [fold_figure(self.document.text[slot.start : slot.end]).strip() for slot in slots]
        for first in range(len(slots) - len(wanted) + 1):
            last = first + len(wanted)
            if printed[first:last] == wanted and not any(printed[:first] + printed[last:]):
                yield tuple(Span(slot.start, slot.end) for slot in slots[first:last])

    def _zeros(self, number: int, units: Sequence[Unit], sent: Collection[int]) -> Iterator[Answer]:
        """The units whose labels stand with a line of zeros.

        A line that no label stands with says nothing of the row that it is: to take the layout reading's
        guess would be to let that agree with itself.
        """
        line = self.lines.numbered(number) if number in sent else None
        if line is None:
            return
        for unit in units:
            if any(Doubt.TORN in row.doubts for row in unit.rows):
                continue
            spans = layout_spans(unit)
            if spans and line.start <= spans[0].start and spans[-1].end <= line.end:
                printed = tuple(self.document.text[span.start : span.end] for span in spans)
                if all(is_zero(figure) for figure in printed):
                    yield self._answer(unit, number, printed, sent)
                else:
                    yield Answer(unit, number, ("0",) * len(spans), (), Refusal.NOT_PRINTED)

    def _is_of_another(self, unit: Unit, spans: Sequence[Span]) -> bool:
        """Whether the layout's anchors, or the label right before the figures, say that they aren't its."""
        by_layout = layout_spans(unit)
        if by_layout and not any(row.doubts for row in unit.rows):
            return by_layout != tuple(spans)
        position = bisect_left(self._starts, spans[0].start)
        line = self._items[position].row if position < len(self._items) else None
        before = self._printed_before(position)
        if before is None or before.label is None:
            return False
        named = before.label.rows.get((unit.table.id, unit.block.id), frozenset())
        names_others = named.isdisjoint(row.row.id for row in unit.rows)
        if before.row == line and unit.block.orientation == "rows":
            return names_others
        # On a line before it may be torn from figures of its own, and these are placed by order.
        return by_layout != tuple(spans) and bool(named) and names_others

    def _printed_before(self, position: int) -> Item | None:
        """The last item before this one that isn't blank."""
        before = (self._items[index] for index in range(position - 1, -1, -1))
        return next((item for item in before if not item.is_blank), None)

    def _on(self, line: NumberedLine) -> Sequence[Item]:
        first = bisect_left(self._starts, line.start)
        last = first
        while last < len(self._items) and self._items[last].start <= line.end:
            last += 1
        return self._items[first:last]


def layout_spans(unit: Unit) -> tuple[Span, ...]:
    """Where the layout reading has a unit's figures; empty if it has none, or lacks a column."""
    spans = tuple(span for row in unit.rows for span in row.spans if span is not None)
    return spans if len(spans) == len(unit.addresses) else ()
