"""The order of columns that the sums choose, where a table's header admits several.

One order is that of all rows below a header. Where all balances of a table hold by one of the orders that the
header admits, and by every other some are violated, the columns stand in it. Where nothing but the place of
the total, or of labels broken over lines, is in question, and all balances hold by the form's own order too,
the columns are the form's: with one applicant in each row, the total and that column hold the same, and where
a part stands is told by no sum. What is settled so is never confirmed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from extractor.documents.document import Span
from extractor.layout.reading import Doubt, ReadBlock, ReadRow
from extractor.result.cells import Basis
from extractor.text.figures import parse_figure
from extractor.verify.convention import is_told_otherwise
from extractor.verify.verification import Verification
from rules.confront import Figure

# So many rows with different figures must show it; two balances are the least that tell two orders apart.
_FEWEST_ROWS = 2
# Doubts that say no more than that every cell of a row differs between the orders.
_SEVERAL_ORDERS = frozenset({Doubt.SLOTS})

# An order of columns: for each column of the form, which of a row's figures it has, from the left.
_Order: TypeAlias = tuple[int, ...]


def rows_by_order_of_columns(text: str, verification: Verification) -> Iterator[ReadRow]:
    """The rows that one order of columns settles, of those that their header admits.

    Args:
        text: the document's text.
        verification: of the reading, whose rows offer their figures in every admitted order.
    """
    for block in verification.reading.blocks:
        by_orders: dict[tuple[_Order, ...], list[ReadRow]] = {}
        for row in block.found:
            if len(row.offers) > 1 and row.doubts <= _SEVERAL_ORDERS:
                by_orders.setdefault(tuple(map(_order, row.offers)), []).append(row)
        for orders, rows in by_orders.items():
            whole = _whole_orders(text, verification, block, rows, len(orders))
            broken = [number for number, label in enumerate(rows[0].columns) if label.span is None]
            if broken and is_told_otherwise(block, rows, verification):
                broken = []
            chosen, basis = _chosen(whole, orders, block, broken)
            for row in rows if chosen is not None else ():
                spans = row.offers[chosen or 0]
                settled = row._replace(spans=spans, doubts=frozenset(), basis=basis)
                yield settled._replace(offers=(), open=frozenset())


def _chosen(
    whole: Sequence[int], orders: Sequence[_Order], block: ReadBlock, broken: Sequence[int]
) -> tuple[int | None, Basis]:
    """The number of the order that stands, if one does, and what it rests on.

    Args:
        whole: the numbers of those by which all balances hold.
        orders: all that the header admits.
        block: whose columns they order.
        broken: the columns whose labels don't stand whole, where no words tell another order than the form's.
    """
    usual = tuple(range(len(block.block.columns)))
    totals = [number for number, column in enumerate(block.block.columns) if column.sum_of]
    # Sums say where a total stands, and nothing of how its parts do.
    alike = [
        order for order in orders if whole and _places(order, totals) == _places(orders[whole[0]], totals)
    ]
    if len(whole) == len(alike) == 1:
        return whole[0], Basis.SUMS
    movable = {*totals, *broken}
    others = [[at for column, at in enumerate(order) if column not in movable] for order in orders]
    is_only_of_these = all(order == sorted(order) for order in others)
    is_usual_whole = usual in orders and orders.index(usual) in whole
    return (orders.index(usual) if is_only_of_these and is_usual_whole else None), Basis.CONVENTION


def _places(order: _Order, columns: Sequence[int]) -> list[int]:
    return [order[column] for column in columns]


def _order(spans: Sequence[Span]) -> _Order:
    at = {span: place for place, span in enumerate(sorted(spans))}
    return tuple(at[span] for span in spans)


def _whole_orders(
    text: str, verification: Verification, block: ReadBlock, rows: Sequence[ReadRow], orders: int
) -> list[int]:
    """The numbers of the orders by which no balance is violated; none if too few rows bear one out."""
    figures = [
        {address: figure for row in rows for address, figure in figures_of(text, block, row, order).items()}
        for order in range(orders)
    ]
    if _different_rows(rows, figures[0]) < _FEWEST_ROWS:
        return []
    counts = [verification.with_figures(shown) for shown in figures]
    return [
        order
        for order, (violated, satisfied) in enumerate(counts)
        if not violated and satisfied >= _FEWEST_ROWS
    ]


def _different_rows(rows: Sequence[ReadRow], figures: Mapping[str, Figure]) -> int:
    """How many rows with different figures there are, those without any apart."""
    values = {tuple(figures[address].value for address in row.addresses) for row in rows}
    return sum(any(shown) for shown in values)


def figures_of(text: str, block: ReadBlock, row: ReadRow, offer: int) -> dict[str, Figure]:
    """What the cells of a row hold by one of its placements, by address.

    Args:
        text: the document's text.
        block: that the row is of.
        row: the row.
        offer: the number of the placement among those that it offers.
    """
    figures = {}
    cells = zip(row.addresses, row.offers[offer], block.block.columns, strict=True)
    for address, span, column in cells:
        state, value, _ = parse_figure(text[span.start : span.end], row.row.figures(column))
        figures[address] = Figure(state, value)
    return figures
