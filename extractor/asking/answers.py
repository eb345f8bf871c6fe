"""Grounding a model's answer on the lines that it cites: value, order, row label, column label.

A claim is taken only if every figure of it stands on the cited line, in this order, with no figure left
over. Which row and which columns the figures belong to is not for the model to say: where the page's
own labels tell, they decide (that is what the layout reading found), and where they don't, the claim
is a proposal.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from extractor.asking.lines import NumberedLine, NumberedLines
from extractor.asking.schemas import TablesReply, Unit
from extractor.documents.document import Document, Span
from extractor.layout.items import Item, Kind, items_of
from extractor.layout.labels import LabelIndex
from extractor.layout.placement import Doubt
from extractor.text.figures import is_zero
from extractor.text.folding import fold_figure


class Refusal(StrEnum):
    """Why a claim isn't taken."""

    NO_LINE = "no_line"
    WIDTH = "width"
    NOT_PRINTED = "not_printed"
    AMBIGUOUS = "ambiguous"
    OTHER_LABEL = "other_label"
    TWICE = "twice"


class Claim(NamedTuple):
    """What a model says about one unit.

    Attributes:
        line: that it cites.
        cells: as it copied them.
        spans: of the figures, if they are on that line; empty if the claim isn't taken.
        refusal: why not.
    """

    unit: Unit
    line: int
    cells: tuple[str, ...]
    spans: tuple[Span, ...]
    refusal: Refusal | None


class Page:
    """A document as claims are looked up in it.

    Attributes:
        document: the document.
        lines: as a model is shown it.
    """

    def __init__(self, document: Document, index: LabelIndex) -> None:
        self.document = document
        self.lines = NumberedLines(document)
        self._items = [item for item in items_of(document, index) if item.kind is not Kind.ROW_END]
        self._starts = [item.start for item in self._items]

    def claims(self, reply: TablesReply, units: Sequence[Unit], sent: Collection[int]) -> dict[str, Claim]:
        """What a reply says, by the name of the unit.

        Args:
            reply: the reply.
            units: what was asked for.
            sent: the numbers of the lines that the model was shown.
        """
        by_name = {unit.name: unit for unit in units}
        claims: dict[str, Claim] = {}
        found = [self._claim(by_name[row.row], row.line, row.cells, sent) for row in reply.rows]
        found += [claim for line in reply.zeros for claim in self._zeros(line, units, sent)]
        for claim in found:
            known = claims.setdefault(claim.unit.name, claim)
            if known.spans != claim.spans:
                claims[claim.unit.name] = claim._replace(spans=(), refusal=Refusal.TWICE)
        return claims

    def border(self, lines: Sequence[int]) -> int:
        """Where to cut lines in two: near the middle, before a line that doesn't begin with figures."""
        heads = [i for i in range(1, len(lines)) if self._has_head(lines[i])]
        middle = len(lines) // 2
        return min(heads, key=lambda i: abs(i - middle), default=middle)

    def _has_head(self, number: int) -> bool:
        line = self.lines.numbered(number)
        items = self._on(line) if line is not None else ()
        return bool(items) and items[0].kind is not Kind.SLOT

    def _claim(self, unit: Unit, number: int, cells: tuple[str, ...], sent: Collection[int]) -> Claim:
        line = self.lines.numbered(number) if number in sent else None
        spans: tuple[Span, ...] = ()
        refusal: Refusal | None = None
        if line is None:
            refusal = Refusal.NO_LINE
        elif len(cells) != len(unit.addresses):
            refusal = Refusal.WIDTH
        else:
            places = list(self._places(line, cells))
            own = layout_spans(unit)
            if not places:
                refusal = Refusal.NOT_PRINTED
            elif len(places) > 1 and own not in places:
                refusal = Refusal.AMBIGUOUS
            else:
                spans = own if own in places else places[0]
        if spans and self._is_of_another(unit, spans):
            spans, refusal = (), Refusal.OTHER_LABEL
        return Claim(unit, number, cells, spans, refusal)

    def _places(self, line: NumberedLine, cells: Sequence[str]) -> Iterator[tuple[Span, ...]]:
        """Where on a line the cells stand: all its figures, and as many of its blank slots as claimed."""
        slots = [item for item in self._on(line) if item.kind is Kind.SLOT]
        wanted = [fold_figure(cell).strip() for cell in cells]
        printed = [fold_figure(self.document.text[slot.start : slot.end]).strip() for slot in slots]
        for first in range(len(slots) - len(wanted) + 1):
            last = first + len(wanted)
            if printed[first:last] == wanted and not any(printed[:first] + printed[last:]):
                yield tuple(Span(slot.start, slot.end) for slot in slots[first:last])

    def _zeros(self, number: int, units: Sequence[Unit], sent: Collection[int]) -> Iterator[Claim]:
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
                    yield self._claim(unit, number, printed, sent)
                else:
                    yield Claim(unit, number, ("0",) * len(spans), (), Refusal.NOT_PRINTED)

    def _is_of_another(self, unit: Unit, spans: Sequence[Span]) -> bool:
        """Whether the layout's anchors, or the label right before the figures, say that they aren't its."""
        own = layout_spans(unit)
        if own and not any(row.doubts for row in unit.rows):
            return own != tuple(spans)
        position = bisect_left(self._starts, spans[0].start)
        line = self._items[position].row if position < len(self._items) else None
        position -= 1
        while position >= 0 and self._items[position].is_blank:
            position -= 1
        if position < 0 or (label := self._items[position].label) is None:
            return False
        named = label.rows.get((unit.table.id, unit.block.id), frozenset())
        if self._items[position].row == line and unit.block.orientation == "rows":
            return named.isdisjoint(row.row.id for row in unit.rows)
        # On a line before it may be torn from figures of its own, and these are placed by order.
        return own != tuple(spans) and bool(named) and named.isdisjoint(row.row.id for row in unit.rows)

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
