"""The figures in columns that the page has beside those of the form: 历年累计."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.documents.document import Span
from extractor.layout.placing.placed_block import PlacedBlock
from extractor.layout.reading import BesideCell
from extractor.text.figures import is_figure
from rules.form import Block


def cells_beside(table: str, block: Block, placed: PlacedBlock, text: str) -> Iterator[BesideCell]:
    """The cells of columns that the page has beside the form's, of rows that their labels place.

    Args:
        table: the id of the block's table.
        block: in the edition that the page follows.
        placed: its rows.
        text: the document's text.

    Yields:
        Figures, marks and blanks, in the order of the form's rows; no words, as in a column of remarks.
    """
    for row in block.rows:
        label = placed.rows[row.id].label if row.id in placed.beside else None
        if label is None:
            continue
        kind = row.figures(block.columns[0])._replace(signed=True)
        for column_label, slot in placed.beside[row.id]:
            if column_label is not None and (slot.is_blank or is_figure(text[slot.start : slot.end])):
                span, unit = Span(slot.start, slot.end), placed.rows[row.id].unit
                yield BesideCell(table, row.id, kind, label, column_label, span, unit)
