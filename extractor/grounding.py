"""Grounding: whether the page prints a figure where a reading says, beside the labels it claims.

It trusts no reader, not even the layout reader: spans are checked against the document's text, and
labels against the form. There is no fuzzy match.
"""

from __future__ import annotations

from extractor.documents.document import Document, Span
from extractor.extraction import Grounding
from extractor.folding import fold_figure, fold_label, label_key
from extractor.labels import LabelIndex, Role, ordinal
from rules.form import Block, Column, Row, Table


def ground_figure(document: Document, printed: str, span: Span | None) -> Grounding:
    """How ``printed`` stands at ``span``; folding never joins digits across a blank."""
    if span is None:
        return Grounding.NONE
    found = document.text[span.start : span.end]
    if found == printed:
        return Grounding.EXACT
    return Grounding.FOLDED if fold_figure(found).strip() == fold_figure(printed).strip() else Grounding.NONE


class LabelGrounding:
    """Whether what stands at a span is the label of a row or a column."""

    def __init__(self, document: Document, index: LabelIndex) -> None:
        self._document = document
        self._index = index
        self._known: dict[tuple[Span, str, str, str], bool] = {}

    def row(self, span: Span | None, table: Table, block: Block, row: Row) -> bool:
        """Whether ``span`` holds the row's label, or its ordinal with a misprint of it behind."""
        roles = (Role.ROW, Role.WIDE_ROW)
        if span is None:
            return False
        key = (span, table.id, block.id, row.id)
        if key not in self._known:
            words = fold_label(self._document.text[span.start : span.end])
            same_ordinal = row.number is not None and ordinal(words)[0] == label_key(row.number)
            self._known[key] = same_ordinal or self._names(span, key[1:], roles)
        return self._known[key]

    def column(self, span: Span | None, table: Table, block: Block, column: Column) -> bool:
        """Whether ``span`` holds the column's label, or the second half of it where it is torn."""
        if span is None:
            return False
        key = (span, table.id, block.id, column.id)
        if key not in self._known:
            words = label_key(fold_label(self._document.text[span.start : span.end]))
            torn = bool(words) and label_key(fold_label(column.label)).endswith(words)
            self._known[key] = torn or self._names(span, key[1:], (Role.COLUMN,))
        return self._known[key]

    def _names(self, span: Span, element: tuple[str, str, str], roles: tuple[Role, ...]) -> bool:
        label = self._index.find(self._document.text[span.start : span.end])
        return label is not None and any(m.role in roles and m[1:] == element for m in label.meanings)
