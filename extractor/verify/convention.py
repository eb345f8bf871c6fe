"""The form's own order of columns, for tables whose header is lost: taken where the sums bear it out.

The notice that prescribes a form fixes the order of its columns. Where a table shows no header words that
contradict it, nor words of its own for the columns, every row has exactly the form's slots, and each row's
total stands where the form has it in at least two rows with different figures, the columns are the form's.
What is settled so is never confirmed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from extractor.layout.open_headers import has_own_words, open_headers
from extractor.layout.reading import Doubt, ReadRow
from extractor.result.cells import Basis
from extractor.verify.outcomes import is_hard_balance
from extractor.verify.verification import Verification
from rules.confront import Confrontation, Outcome

# So many rows with different figures must show where the total stands.
_FEWEST_ROWS = 2
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
        if lost and _bear_it_out(lost, verification):
            for row in lost:
                yield row._replace(doubts=frozenset(), basis=Basis.CONVENTION, offers=())


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


def _bear_it_out(rows: Sequence[ReadRow], verification: Verification) -> bool:
    """Whether the rows' own balances hold in enough of them, and are violated in none."""
    balanced = balanced_rows(rows, verification)
    return balanced.with_figures >= _FEWEST_ROWS and not balanced.violated


def _within(row: ReadRow, verification: Verification) -> Iterator[Confrontation]:
    """The balances of a row's own cells."""
    own = set(row.addresses)
    for one in verification.outcomes:
        bound = one.confrontation.bound
        if is_hard_balance(bound) and own.issuperset(bound.operands):
            yield one.confrontation
