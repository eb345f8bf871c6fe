"""Grounding: whether the page prints a figure where a reading says, beside the labels it claims.

It trusts no reader, not even the layout reader: spans are checked against the document's text, and
labels against the form. There is no fuzzy match of figures; a label with mistakes of typing is one where it
is told from all others by a margin.
"""

from __future__ import annotations

import re

from extractor.documents.document import Document, Span
from extractor.layout.items.year_columns import is_own_year
from extractor.layout.words.labels import LabelIndex
from extractor.layout.words.slips import is_bare_ordinal, is_misprint
from extractor.layout.words.typing_mistakes import mistyped_label
from extractor.result.cells import Grounding
from extractor.text.figures import is_figure
from extractor.text.folding import BLANK, fold_figure, fold_label, label_key
from rules.form import Block, Column, Row, Table

_SEPARATORS = re.compile(rf"[\t\r\n|｜│┃{BLANK}]+")
# The common case: a member of an Enum takes Python 3.11 0.27 µs to find, for 200 cells 1 % of reading them.
_EXACT = Grounding.EXACT


def ground_figure(document: Document, printed: str, span: Span | None) -> Grounding:
    """How ``printed`` stands at ``span``; folding never joins digits across a blank."""
    if span is None:
        return Grounding.NONE
    found = document.text[span.start : span.end]
    if found == printed:
        return _EXACT
    return Grounding.FOLDED if fold_figure(found).strip() == fold_figure(printed).strip() else Grounding.NONE


class LabelGrounding:
    """Whether what stands at a span is the label of a row or a column of one block.

    The cells of a row share its label, those of a column theirs: each is looked at once.
    """

    def __init__(self, document: Document, index: LabelIndex, table: Table, block: Block) -> None:
        self._text = document.text
        self._index = index
        self._place = (table.id, block.id)
        self._is_list = len(block.columns) == 1
        self._rows: dict[tuple[Span, str], bool] = {}
        self._columns: dict[tuple[Span, str], bool] = {}

    def row(self, span: Span | None, row: Row) -> bool:
        """Whether ``span`` holds the row's label, a misprint of it behind its ordinal, or that alone."""
        if span is None:
            return False
        key = (span, row.id)
        known = self._rows.get(key)
        if known is None:
            words, place = self._text[span.start : span.end], self._place
            label = self._index.find(words) or self._index.find_around_figures(_cells_without_figures(words))
            known = label is not None and (
                row.id in label.rows.get(place, ()) or row.id in label.wide_rows.get(place, ())
            )
            known = known or is_misprint(words, row) or is_bare_ordinal(words, row)
            known = known or self._is_mistyped(words, row.id)
            self._rows[key] = known
        return known

    def column(self, span: Span | None, column: Column) -> bool:
        """Whether ``span`` holds the column's label, the second half of it where it is torn, or, in a list
        of indicators, the report's own year."""
        if span is None:
            return False
        key = (span, column.id)
        known = self._columns.get(key)
        if known is None:
            words = self._text[span.start : span.end]
            label = self._index.find(words)
            known = label is not None and column.id in label.columns.get(self._place, ())
            known = known or _is_end(words, column.label) or self._is_mistyped(words, column.id)
            known = known or (self._is_list and is_own_year(self._text, span.start, span.end))
            self._columns[key] = known
        return known

    def _is_mistyped(self, words: str, element: str) -> bool:
        """Whether words are the label of a row or a column of the block with mistakes of typing."""
        label = mistyped_label(words, self._index) if not self._index.units else None
        meanings = label.meanings if label is not None else ()
        return any((one.table, one.block, one.element) == (*self._place, element) for one in meanings)


def _cells_without_figures(words: str) -> list[str]:
    """The parts of a label that is cut over two rows, or stands around its figures, without these."""
    return [cell for cell in _SEPARATORS.split(words) if not is_figure(cell)]


def _is_end(words: str, label: str) -> bool:
    """Whether words are the end of a label, or all of it."""
    key = label_key(fold_label(words))
    return bool(key) and label_key(fold_label(label)).endswith(key)
