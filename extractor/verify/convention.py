"""The form's own order of columns, for tables whose header is lost: taken where the sums bear it out.

The notice that prescribes a form fixes the order of its columns. Where a table shows no header words that
contradict it, nor words of its own for the columns, every row has exactly the form's slots, and each row's
total stands where the form has it in at least two rows with different figures, the columns are the form's.
In a list of indicators, which has one column, every row must have one figure, and sums of at least two wholes
must hold. What is settled so is never confirmed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from extractor.documents.document import UNREADABLE, Span
from extractor.layout.open_headers import has_own_words, open_headers
from extractor.layout.reading import Doubt, ReadBlock, ReadRow
from extractor.layout.told_order import tells_another_order
from extractor.layout.told_rows import tells_other_rows
from extractor.result.cells import Basis
from extractor.text.folding import fold_label
from extractor.verify.outcomes import is_hard_balance
from extractor.verify.verification import Verification
from rules.confront import Confrontation, Outcome
from rules.form import Block

# So many rows with different figures must show where the total stands.
_FEWEST_ROWS = 2
# A whole with one part is no sum.
_LEAST_FIGURES = 2
# The header of a list stands no more characters before its first figure.
_BEFORE_A_LIST = 160
# What stands further from the figures says nothing of them.
_MOST_BEFORE, _MOST_BEHIND = 1500, 800
# Doubts that say no more than that the header is lost.
_HEADER_LOST = frozenset({Doubt.HEADER, Doubt.CHOSEN_BY_RULES})


def rows_by_convention(verification: Verification) -> Iterator[ReadRow]:
    """The rows that the form's own order of columns settles.

    Args:
        verification: of the reading, whose rows without a header have their figures in the form's order.
    """
    headers = open_headers(verification.document, verification.forms, verification.reading)
    named = {header.key for header in headers if has_own_words(header, verification.document.text)}
    for block in verification.reading.blocks:
        if (block.table.id, block.block.id) in named:
            continue
        lost = [row for row in block.found if _has_lost_its_header(row)]
        if not lost or is_told_otherwise(block, lost, verification):
            continue
        if _bear_it_out(block.block, lost, verification):
            for row in lost:
                yield row._replace(doubts=frozenset(), basis=Basis.CONVENTION, offers=())


def is_told_otherwise(block: ReadBlock, rows: Sequence[ReadRow], verification: Verification) -> bool:
    """Whether words around rows name the columns in another order, or something there can't be read.

    A header that is a picture, or is made by a style sheet, may say anything.

    Args:
        block: that the rows are of.
        rows: of one block, with figures.
        verification: of the reading that they are of.
    """
    own = _spans(rows)
    start, end = min(span.start for span in own), max(span.end for span in own)
    blocks = verification.reading.blocks
    others = [span for other in blocks if other is not block for span in _spans(other.found)]
    before = max((span.end for span in others if span.end <= start), default=0)
    behind = min(
        (span.start for span in others if span.start >= end), default=len(verification.document.text)
    )
    text = verification.document.text
    begin = max(before, start - _MOST_BEFORE)
    around = text[begin : min(behind, end + _MOST_BEHIND)]
    if UNREADABLE in text[begin:start]:
        return True
    if block.block.orientation == "wide":
        labels = [label.span.start for label in rows[0].columns if label.span is not None]
        return tells_other_rows(text[before : min(labels, default=start)], around, block.block)
    return tells_another_order(around, block.block)


def _spans(rows: Iterable[ReadRow]) -> list[Span]:
    """Where the figures of rows stand."""
    return [span for row in rows for span in row.spans if span is not None]


def _has_lost_its_header(row: ReadRow) -> bool:
    return row.is_usual and bool(row.spans) and bool(row.doubts) and row.doubts <= _HEADER_LOST


class Balanced(NamedTuple):
    """What the own balances of some rows say of the order of their columns.

    Attributes:
        with_figures: in how many rows with different figures, some of them beside the total, they hold.
        violated: in how many rows they don't.
    """

    with_figures: int
    violated: int


def balanced_rows(rows: Iterable[ReadRow], verification: Verification) -> Balanced:
    """Count rows by whether their own balances hold.

    Args:
        rows: of one block.
        verification: of the reading that they are of.
    """
    figures = set()
    violated = 0
    for row in rows:
        outcomes = [one.outcome for one in _within(row, verification) if not one.not_stated]
        values = tuple(verification.cells[address].value for address in row.addresses)
        violated += Outcome.VIOLATED in outcomes
        if Outcome.SATISFIED in outcomes and any(values[:-1]):
            figures.add(values)
    return Balanced(len(figures), violated)


def _bear_it_out(block: Block, rows: Sequence[ReadRow], verification: Verification) -> bool:
    """Whether the rows' own balances hold in enough of them, and are violated in none."""
    if len(block.columns) == 1:
        return not _names_another_column(block, rows, verification.document.text) and _sums_hold(
            rows, verification
        )
    balanced = balanced_rows(rows, verification)
    if block.orientation == "wide":
        # The labels of its columns are there: only whose they are is the form's.
        return not balanced.violated
    return balanced.with_figures >= _FEWEST_ROWS and not balanced.violated


def _names_another_column(block: Block, rows: Sequence[ReadRow], text: str) -> bool:
    """Whether what stands before a list says that its figures may be other than the year's."""
    start = min(span.start for row in rows for span in row.spans if span is not None)
    before = fold_label(text[max(0, start - _BEFORE_A_LIST) : start])
    return any(fold_label(label) in before for label in block.beside)


def _sums_hold(rows: Sequence[ReadRow], verification: Verification) -> bool:
    """Whether the sums among the rows of a list hold, of enough wholes with different figures."""
    own = {address for row in rows for address in row.addresses}
    wholes: set[tuple[str, ...]] = set()
    for one in verification.outcomes:
        bound, outcome = one.confrontation.bound, one.confrontation.outcome
        if not is_hard_balance(bound) or not own.issuperset(bound.operands) or one.confrontation.not_stated:
            continue
        if outcome is Outcome.VIOLATED:
            return False
        values = [verification.cells[address].value for address in bound.operands]
        if outcome is Outcome.SATISFIED and sum(map(bool, values)) > _LEAST_FIGURES:
            wholes.add(tuple(map(str, values)))
    return len(wholes) >= _FEWEST_ROWS


def _within(row: ReadRow, verification: Verification) -> Iterator[Confrontation]:
    """The balances of a row's own cells."""
    own = set(row.addresses)
    for one in verification.outcomes:
        bound = one.confrontation.bound
        if is_hard_balance(bound) and own.issuperset(bound.operands):
            yield one.confrontation
