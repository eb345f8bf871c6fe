"""Grounding a model's answer on the lines that it cites: value, order, row label, column label.

An answer is taken only if every figure of it is printed on the cited line, or goes on from there on lines
of figures alone: each a whole number, in this order, with no other figure beside them that no words part from
them. Where the page's own labels tell which row and which columns the figures belong to, they decide (that is
what the layout reading found); where they don't, `two_readings` says what the answer is worth.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from extractor.asking.numbered_lines import NumberedLine, NumberedLines
from extractor.asking.printed import Kind as Printed
from extractor.asking.printed import Piece, PrintedLines, runs
from extractor.asking.schemas import TablesReply, Unit
from extractor.documents.document import Document, Span
from extractor.layout.items.items import Item, Kind
from extractor.layout.items.whole_labels import items_of
from extractor.layout.reading import Doubt
from extractor.layout.words.labels import LabelIndex
from extractor.text.figures import is_zero
from extractor.text.folding import fold_figure

# Between a label and its figures in running text.
_END = re.compile(r"(?:[:：,，\s]|为|是|共|计)+$")


class Refusal(StrEnum):
    """Why an answer isn't taken."""

    NO_LINE = "no_line"
    WIDTH = "width"
    NOT_PRINTED = "not_printed"
    MORE_FIGURES = "more_figures"
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
        is_labelled: whether the row's label, whole, is what stands right before these figures.
    """

    unit: Unit
    line: int
    cells: tuple[str, ...]
    spans: tuple[Span, ...]
    refusal: Refusal | None
    is_labelled: bool = False


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
        self._printed = PrintedLines(document)
        self._index = index

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
        if line is None:
            return Answer(unit, number, cells, (), Refusal.NO_LINE)
        if len(cells) != len(unit.addresses):
            return Answer(unit, number, cells, (), Refusal.WIDTH)
        spans = self._grounded(unit, line, cells, sent)
        if isinstance(spans, Refusal):
            return Answer(unit, number, cells, (), spans)
        return Answer(unit, number, cells, spans, None, self._names(unit, spans))

    def _grounded(
        self, unit: Unit, line: NumberedLine, cells: Sequence[str], sent: Collection[int]
    ) -> tuple[Span, ...] | Refusal:
        """Where a unit's cells stand; or why they can't be taken from there."""
        wanted = [fold_figure(cell).strip() for cell in cells]
        pieces = self._from(line, len(wanted), sent)
        candidates = list(_windows(pieces, wanted))
        by_layout = layout_spans(unit)
        if by_layout in candidates:
            candidates = [by_layout]
        if len(candidates) > 1:
            candidates = [spans for spans in candidates if self._names(unit, spans)] or candidates
        if len(candidates) > 1:
            return Refusal.AMBIGUOUS
        if not candidates:
            return Refusal.MORE_FIGURES if _is_among(wanted, pieces) else Refusal.NOT_PRINTED
        return Refusal.OTHER_LABEL if self._is_of_another(unit, candidates[0]) else candidates[0]

    def _from(self, line: NumberedLine, width: int, sent: Collection[int]) -> list[Piece]:
        """What a line prints, and lines of figures alone that go on from it, as long as a row may."""
        pieces = list(self._printed.between(line.start, line.end))
        number = line.number + 1
        while (following := self.lines.numbered(number)) is not None and number in sent:
            more = self._printed.between(following.start, following.end)
            last = [*runs(pieces)][-1:]
            is_open = last and pieces[-1].kind is not Printed.WORDS and len(last[0]) < width
            if not is_open or len(last[0]) + len(more) > width or not all(one.is_printed for one in more):
                break
            pieces += more
            number += 1
        return pieces

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
        before = self._label_before(unit, spans)
        if before is None:
            return False
        names_others = before.rows.isdisjoint(row.row.id for row in unit.rows)
        if before.is_on_line and unit.block.orientation == "rows":
            return names_others
        # On a line before it may be torn from figures of its own, and these are placed by order.
        return by_layout != tuple(spans) and bool(before.rows) and names_others

    def _names(self, unit: Unit, spans: Sequence[Span]) -> bool:
        """Whether what stands right before figures is the label of a unit, whole, and of no other row."""
        before = self._label_before(unit, spans)
        return before is not None and before.rows == {row.row.id for row in unit.rows}

    def _label_before(self, unit: Unit, spans: Sequence[Span]) -> _Before | None:
        """The label right before figures, whichever rows of the unit's block it can name, if one is there."""
        position = bisect_left(self._starts, spans[0].start)
        line = self._items[position].row if position < len(self._items) else None
        item = next((one for one in reversed(self._items[:position]) if not one.is_blank), None)
        key = unit.table.id, unit.block.id
        if item is not None and item.label is not None:
            return _Before(item.label.rows.get(key, frozenset()), item.row == line)
        start = self.lines.at(spans[0].start).start
        words = [
            one for one in self._printed.between(start, spans[0].start) if one.span.end <= spans[0].start
        ]
        if not words or words[-1].kind is not Printed.WORDS:
            return None
        label = self._index.find(_END.sub("", self.document.text[words[-1].span.start : words[-1].span.end]))
        return None if label is None else _Before(label.rows.get(key, frozenset()), is_on_line=True)

    def _on(self, line: NumberedLine) -> Sequence[Item]:
        first = bisect_left(self._starts, line.start)
        last = first
        while last < len(self._items) and self._items[last].start <= line.end:
            last += 1
        return self._items[first:last]


class _Before(NamedTuple):
    """The rows that the label before some figures can name, and whether it stands on their line."""

    rows: frozenset[str]
    is_on_line: bool


def _windows(pieces: Sequence[Piece], wanted: Sequence[str]) -> Iterator[tuple[Span, ...]]:
    """Where the cells may stand: all figures that no words part, and as many of the blank cells as copied."""
    for run in runs(pieces):
        keys = [piece.key for piece in run]
        for first in range(len(run) - len(wanted) + 1):
            last = first + len(wanted)
            rest = [*run[:first], *run[last:]]
            if keys[first:last] == wanted and not any(piece.is_printed for piece in rest):
                yield tuple(piece.span for piece in run[first:last])


def _is_among(wanted: Sequence[str], pieces: Sequence[Piece]) -> bool:
    """Whether the cells are printed in this order, with other figures between or beside them."""
    keys = iter([piece.key for piece in pieces if piece.kind is not Printed.WORDS])
    return any(wanted) and all(figure in keys for figure in wanted if figure)


def layout_spans(unit: Unit) -> tuple[Span, ...]:
    """Where the layout reading has a unit's figures; empty if it has none, or lacks a column."""
    spans = tuple(span for row in unit.rows for span in row.spans if span is not None)
    return spans if len(spans) == len(unit.addresses) else ()
