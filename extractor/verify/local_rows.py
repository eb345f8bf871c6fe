"""Balances that rows of an organ's own may be parts of: the form's terms alone don't tell whether they hold.

A township that adds 9.其他不予公开情形 counts it in （七）总计. Where what such a balance lacks is what
added rows print in its column, the page contradicts nothing, and nothing is proved either.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from typing import TypeAlias

from extractor.documents.document import Document
from extractor.layout.reading import LocalRow
from extractor.text.figures import parse_figure
from rules.confront import Confrontation, Outcome

# Parts of the row above them, which are in no sum besides it.
_OF_THE_ROW_ABOVE = "其中"
# Of more rows any difference would be the sum of some.
_MOST_ROWS = 3

# The figures of added rows by the ids of table and column.
LocalFigures: TypeAlias = Mapping[tuple[str, str], Sequence[Fraction]]


def local_figures(document: Document, rows: Iterable[LocalRow]) -> LocalFigures:
    """What the rows that an organ has added print in each column, but for parts of the row above them.

    Args:
        document: where they were read.
        rows: that aren't the form's.
    """
    figures: dict[tuple[str, str], list[Fraction]] = {}
    for row in rows:
        if document.text[row.label.start : row.label.end].strip().startswith(_OF_THE_ROW_ABOVE):
            continue
        for column, span in zip(row.columns, row.spans, strict=True):
            value = parse_figure(document.text[span.start : span.end], column.figures).value
            if value:
                figures.setdefault((row.table, column.id), []).append(Fraction(value))
    return figures


def with_local_figures(confrontation: Confrontation, figures: LocalFigures) -> Confrontation:
    """A rule put to the cells; undecided if what it lacks may be what added rows print.

    Args:
        confrontation: its outcome by the form's rows alone.
        figures: of the rows that an organ has added.
    """
    left, right = confrontation.left, confrontation.right
    if not figures or confrontation.outcome is not Outcome.VIOLATED or left is None or right is None:
        return confrontation
    columns = {_table_and_column(address) for address in confrontation.bound.operands}
    rows = {address.rpartition(".")[0] for address in confrontation.bound.operands}
    if len(columns) != 1 or len(rows) < 2:
        return confrontation
    own = figures.get(columns.pop(), ())
    sums = (
        sum(some) for count in range(1, min(len(own), _MOST_ROWS) + 1) for some in combinations(own, count)
    )
    return confrontation._replace(outcome=Outcome.UNDECIDED) if abs(left - right) in sums else confrontation


def _table_and_column(address: str) -> tuple[str, str]:
    return address.partition(".")[0], address.rpartition(".")[2]
