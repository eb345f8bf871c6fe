"""Placements that the page suggests but doesn't prove: which of them are shown.

Where the layout itself offers several, the one by which more balances hold than by any other is shown. It
stays disputed: what placed a figure can't confirm it. Figures without a label that go to rows by nothing but
their order are left to no row if so much is violated then that nobody can tell what is wrong: they say
nothing of what the page has in those rows, nor may they cast doubt on rows that have their labels.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, groupby

from extractor.documents.document import Document, Span
from extractor.layout.reading import Doubt, ReadBlock, Reading, ReadRow, Stray
from extractor.verify.column_orders import figures_of, rows_by_order_of_columns
from extractor.verify.convention import rows_by_convention
from extractor.verify.verification import Verification, verify
from rules.form import Form

# Doubts of rows whose figures are theirs by nothing but order.
_BY_ORDER = frozenset({Doubt.TORN, Doubt.UNLABELLED})


def with_proposals(document: Document, reading: Reading, forms: tuple[Form, ...]) -> Reading:
    """A layout reading with the placements that are shown.

    Args:
        document: where it was read.
        reading: what was read.
        forms: the forms that it was read by.
    """
    rows = [row for block in reading.blocks for row in block.found]
    has_offers = any(row.offers for row in rows)
    is_usual = any(row.is_usual for row in rows)
    if not has_offers and not is_usual and not any(row.spans and _is_by_order(row) for row in rows):
        return reading
    verification = verify(document, reading, forms)
    if is_usual:
        verification = verification.after(rows_by_convention(verification))
    if has_offers:
        verification = verification.after(rows_by_order_of_columns(document.text, verification))
        verification = verification.after(_chosen_rows(document.text, verification))
    return _without_refuted(verification)


def _chosen_rows(text: str, verification: Verification) -> Iterator[ReadRow]:
    """The rows whose place the rules choose among what the layout offers."""
    for block in verification.reading.blocks:
        for row in block.found:
            if row.offers:
                yield _chosen(text, verification, block, row)


def _without_refuted(verification: Verification) -> Reading:
    """Rows by order alone have no figures where too much is violated to tell what is wrong."""
    reading, refuted = verification.reading, verification.unlocalised
    rows: list[ReadRow] = []
    for block in reading.blocks:
        for is_by_order, group in groupby(block.found, _is_by_order):
            together = list(group)
            # One order gave all of them their figures.
            if is_by_order and any(not refuted.isdisjoint(row.addresses) for row in together):
                rows += together
    if not rows:
        return reading
    strays = [*reading.strays, *chain.from_iterable(map(_left_over, rows))]
    return replace(
        reading.with_rows(row._replace(spans=()) for row in rows),
        strays=tuple(sorted(strays, key=lambda one: one.span)),
    )


def _is_by_order(row: ReadRow) -> bool:
    return row.is_one_of_several or not _BY_ORDER.isdisjoint(row.doubts)


def _left_over(row: ReadRow) -> Iterator[Stray]:
    figures = tuple(span for span in row.spans if span is not None and span.start < span.end)
    if figures:
        yield Stray(Span(figures[0].start, figures[-1].end), figures)


def _chosen(text: str, verification: Verification, block: ReadBlock, row: ReadRow) -> ReadRow:
    """The row by the only placement that violates least and satisfies most, if any satisfies a balance."""
    ranked: dict[tuple[int, int], list[tuple[Span, ...]]] = {}
    for number, spans in enumerate(row.offers):
        violated, satisfied = verification.with_figures(figures_of(text, block, row, number))
        ranked.setdefault((violated, -satisfied), []).append(spans)
    best = min(ranked)
    is_chosen = best[1] < 0 and len(ranked[best]) == 1
    if not is_chosen:
        return row
    return row._replace(spans=ranked[best][0], doubts=row.doubts | {Doubt.CHOSEN_BY_RULES})
