"""Grounding what a model says of how the rows of a table of no known form hang together.

The model quotes words of the page; that they say it is for this module to see. A row stands below another
one only where nothing else on the page tells what it stands below, where the words are a total's or a
heading's own label, 其中 between the two, or a note that names the whole; and only if no figure of it exceeds
the whole's. A sum is only kept: whether it is believed is decided by how often it holds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from extractor.asking.numbered_lines import NumberedLines
from extractor.asking.quoted_words import QuotedWords
from extractor.asking.schemas import PartReply, StructureReply, SumReply
from extractor.documents.document import Document, Span
from extractor.statistics.table import StatedSum, StatisticsTable, TableRow
from extractor.text.folding import fold_label

# A label that says that its figure is of several things together; one that says it of some of them.
_WHOLE = re.compile("总|合计|小计|共|全部")
_SOME = re.compile("其中")
# What a note says of a whole and its parts, and of a sum.
_OF_PARTS = re.compile("包括|包含|分为|分成|组成|构成|之和|总和|相加|等于|[=+]")
_OF_SUM = re.compile("组成|构成|之和|总和|合计|相加|等于|[=+]")
# Words by which a note means all rows that stand below one.
_ALL = re.compile("各|以下|下列|上述|以上|所列")


class ToldStructure(NamedTuple):
    """A table as a model tells it, as far as the page bears that out.

    Attributes:
        table: with the rows where they are told to stand, and the sums that are told.
        taken: how many rows and sums were taken that the page's look doesn't tell.
        refused: how many weren't.
    """

    table: StatisticsTable
    taken: int
    refused: int


class TablePage:
    """A table on its page, of which lines are named and words quoted.

    Args:
        document: the report.
        lines: of it, as the model is shown them.
        table: that is asked about.
        shown: the numbers of the lines that are shown.
    """

    def __init__(
        self, document: Document, lines: NumberedLines, table: StatisticsTable, shown: Sequence[int]
    ) -> None:
        self._table = table
        self._words = QuotedWords(document.text)
        self._stretches = [Span(line.start, line.end) for n in shown if (line := lines.numbered(n))]
        # Of several rows on a line, such as a merged cell and the row beside it, the innermost is meant.
        self._positions = {lines.at(row.label.start).number: i for i, row in enumerate(table.rows)}

    def told(self, reply: StructureReply, model: str, *, is_read_by_both: bool) -> ToldStructure:
        """The table as a reply tells it.

        Args:
            reply: of the model.
            model: what it is called.
            is_read_by_both: whether what differs from the page's look is disputed; else that look stays.
        """
        rows = list(self._table.rows)
        said = sorted(reply.rows, key=lambda one: self._positions.get(one.line, -1))
        outcomes = [self._taken(rows, one, model, is_read_by_both=is_read_by_both) for one in said]
        table = self._table._replace(rows=tuple(rows))
        sums = [self._sum(table, one) for one in reply.sums]
        kept = tuple(dict.fromkeys(stated for stated in sums if stated is not None))
        taken, refused = outcomes.count(True) + len(kept), outcomes.count(False) + sums.count(None)
        return ToldStructure(table._replace(told=kept), taken, refused)

    def _taken(
        self, rows: list[TableRow], said: PartReply, model: str, *, is_read_by_both: bool
    ) -> bool | None:
        """Put a row where it is said to stand: whether the page bears it out; None if it stands there."""
        position = self._positions.get(said.line)
        above = self._positions.get(said.above) if said.above else None
        if position is None or (said.above and (above is None or above >= position)):
            return False
        row = rows[position]
        if above == row.parent:
            return None
        if not row.is_open:
            rows[position] = row._replace(is_disputed=is_read_by_both)
        elif above is not None and self._is_borne_out(rows, position, above, said):
            rows[position] = row._replace(parent=above, told_by=model)
            return True
        return False

    def _is_borne_out(self, rows: Sequence[TableRow], position: int, above: int, said: PartReply) -> bool:
        """Whether the page says that a row stands below another one, and nothing on it says that it can't."""
        between = range(above + 1, position)
        is_together = all(_is_below(rows, place, above) for place in between)
        return (
            is_together
            and self._says_part(position, above, said.words)
            and self._may_be_part(position, above)
        )

    def _says_part(self, position: int, above: int, words: str) -> bool:
        row, whole = self._table.rows[position], self._table.rows[above]
        places = self._places(words)
        if _is_in_label(whole, places) and (not whole.figures or _WHOLE.search(words)):
            return True
        if _SOME.search(words) and any(
            whole.label.start <= place.start and place.end <= row.label.end for place in places
        ):
            return True
        note = fold_label(words)
        return bool(places) and whole.words in note and (row.words in note or bool(_OF_PARTS.search(note)))

    def _may_be_part(self, position: int, above: int) -> bool:
        """Whether a row is counted as the other one is, and no figure of it exceeds that one's."""
        row, whole = self._table.rows[position], self._table.rows[above]
        if whole.figures and row.unit is not None and whole.unit is not None and row.unit != whole.unit:
            return False
        of_whole = {figure.column: figure.value for figure in whole.figures if figure.value is not None}
        return all(
            figure.value is None
            or figure.column not in of_whole
            or Decimal(figure.value) <= Decimal(of_whole[figure.column])
            for figure in row.figures
        )

    def _sum(self, table: StatisticsTable, said: SumReply) -> StatedSum | None:
        """A sum that the words quoted state; None if they don't."""
        whole = self._positions.get(said.whole)
        parts = [self._positions.get(line) for line in said.parts]
        known = sorted({part for part in parts if part is not None})
        if whole is None or whole in known or len(known) < max(2, len(parts)):
            return None
        has_figures = all(table.rows[place].figures for place in (whole, *known))
        units = {table.rows[place].unit for place in (whole, *known)}
        is_stated = self._states_sum(table, whole, known, said.words)
        return (
            StatedSum("told", whole, tuple(known)) if has_figures and len(units) == 1 and is_stated else None
        )

    def _states_sum(self, table: StatisticsTable, whole: int, parts: Sequence[int], words: str) -> bool:
        row, places = table.rows[whole], self._places(words)
        below = [place for place, other in enumerate(table.rows) if other.parent == whole]
        is_all = list(parts) == below
        if _is_in_label(row, places) and _WHOLE.search(words):
            is_behind = all(part < whole and table.rows[part].parent == row.parent for part in parts)
            return is_all or is_behind
        note = fold_label(words)
        names_all = all(table.rows[part].words in note for part in parts)
        means_all = is_all and _ALL.search(note) is not None
        return bool(places) and _is_of_sum(note, row) and (names_all or means_all)

    def _places(self, words: str) -> list[Span]:
        """Where words stand in the lines that are shown."""
        return [
            place
            for place in self._words.everywhere(words)
            if any(one.start <= place.start and place.end <= one.end for one in self._stretches)
        ]


def _is_in_label(row: TableRow, places: Sequence[Span]) -> bool:
    """Whether any of some places is within the label of a row."""
    return any(row.label.start <= place.start and place.end <= row.label.end for place in places)


def _is_of_sum(note: str, row: TableRow) -> bool:
    """Whether a note says what a row is the sum of."""
    return row.words in note and _OF_SUM.search(note) is not None


def _is_below(rows: Sequence[TableRow], position: int, above: int) -> bool:
    """Whether a row stands below another one, at any depth."""
    place = rows[position].parent
    while place is not None and place != above:
        place = rows[place].parent
    return place == above


def may_be_told(table: StatisticsTable, text: str) -> bool:
    """Whether a page may say in words what a row stands below, where nothing else on it does.

    Args:
        table: on it.
        text: that is shown with a question about it.
    """
    is_open = any(row.is_open for row in table.rows[1:])
    return is_open and any(pattern.search(text) for pattern in (_WHOLE, _OF_PARTS, _SOME))
