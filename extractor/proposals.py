"""Placements that the layout itself offers, and among which nothing on the page decides.

The one by which more balances hold than by any other is shown. It stays disputed: what placed a figure
can't confirm it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractor.documents.document import Document, Span
from extractor.figures import parse_figure
from extractor.layout.placement import Doubt
from extractor.layout.reading import ReadBlock, Reading, ReadRow
from extractor.verification import Verification
from rules.confront import Figure
from rules.form import Form


def with_proposals(document: Document, reading: Reading, forms: tuple[Form, ...]) -> Reading:
    """A layout reading in which the rules have chosen among what it offers, where they can.

    Args:
        document: where it was read.
        reading: what was read.
        forms: the forms that it was read by.
    """
    if not any(row.offers for block in reading.blocks for row in block.found):
        return reading
    verification = Verification(document, reading, forms)
    blocks = [
        replace(block, found=tuple(_chosen(document.text, verification, block, row) for row in block.found))
        for block in reading.blocks
    ]
    return replace(reading, blocks=tuple(blocks))


def _chosen(text: str, verification: Verification, block: ReadBlock, row: ReadRow) -> ReadRow:
    """The row by the only placement that violates least and satisfies most, if any satisfies a balance."""
    ranked: dict[tuple[int, int], list[tuple[Span, ...]]] = {}
    for spans in row.offers:
        violated, satisfied = verification.with_figures(_figures(text, block, row, spans))
        ranked.setdefault((violated, -satisfied), []).append(spans)
    if not ranked:
        return row
    best = min(ranked)
    is_chosen = best[1] < 0 and len(ranked[best]) == 1
    if not is_chosen:
        return row
    return row._replace(spans=ranked[best][0], doubts=row.doubts | {Doubt.CHOSEN_BY_RULES})


def _figures(text: str, block: ReadBlock, row: ReadRow, spans: Sequence[Span]) -> dict[str, Figure]:
    figures = {}
    for address, span, column in zip(row.addresses, spans, block.block.columns, strict=True):
        state, value, _ = parse_figure(text[span.start : span.end], column)
        figures[address] = Figure(state, value)
    return figures
