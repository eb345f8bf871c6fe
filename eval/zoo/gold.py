"""What a document of the zoo really says, and what of that a reader can know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from rules.confront import State

# Where a figure stands: the offset in a text, or row and column of its table, both counted from 1.
Place: TypeAlias = int | tuple[int, int]

_MARKS = frozenset("/-—无")


@dataclass(frozen=True, slots=True)
class GoldCell:
    """What was drawn for a cell, and what became of it on the page.

    ``is_recoverable`` is whether the information is on the page. It is, if someone who knows the form, sees
    nothing but the page and does no sums can say what the page prints for this cell:

    - its figure is on the page, or, if it is blank, an empty place of its own (a cell, a gap between two
      separators) is;
    - its row's label is on the page, whole or in pieces next to each other, and its figures follow it;
      broken lines inside a label and cells lost to its left change nothing about that; or labels and figures
      are torn apart, and there are as many of the one as of the other between rows that are whole, the labels
      in the order of the form;
    - the header names its column, if only in words that the form lists as a variant.

    So it is not,

    - where blank cells leave no trace and one of the row (of table 4: of the line) is blank: which column
      the other figures are of can't be seen; nor in rows beside such a one whose figures are all blank,
      for whose label the figures are can't be seen either;
    - where of torn rows a label or the figures are lost, or some are exchanged: that sums would single out
      one placement is an inference;
    - in a row right above or below such a line of figures without a label, lines of nothing but blanks left
      out, if there aren't most columns in which both print something: they may be one row, whose cells stand
      at different heights or whose longer numbers are broken, and the row that seems to lack its label may
      not be on the page at all. Where most columns print something on both, they are two rows;
    - below a header that has lost a whole line: in the block below it, what is left doesn't tell all columns.

    Attributes:
        printed: as drawn; empty for a blank.
        place: of its figure or its blank; None where that isn't known, or where it isn't on the page.
        is_recoverable: see above.
    """

    printed: str
    place: Place | None = None
    is_recoverable: bool = True

    @property
    def state(self) -> State:
        """What the cell holds."""
        if not self.printed:
            return State.BLANK
        return State.MARK if self.printed in _MARKS else State.NUMBER


# By address.
Gold: TypeAlias = Mapping[str, GoldCell]


class Line(NamedTuple):
    """A line of a table's places, as it stands on the page.

    Attributes:
        row: the address of the row that it is, as ``requests.granted``.
        filled: in which of its places something is printed.
        has_label: whether its row's label stands on it.
    """

    row: str
    filled: frozenset[int]
    has_label: bool


def ambiguous(lines: Sequence[Line], columns: int) -> set[str]:
    """The rows that may be one with a line of figures without a label beside it; see :class:`GoldCell`.

    Args:
        lines: of one table, in page order.
        columns: how many places its rows have.
    """
    return {
        row.row
        for one, other in pairwise(line for line in lines if line.has_label or line.filled)
        for row, beside in ((one, other), (other, one))
        if row.has_label and not beside.has_label and 2 * len(row.filled & beside.filled) <= columns
    }


def without(gold: Gold, lost: frozenset[str]) -> dict[str, GoldCell]:
    """The same, but that nothing of some rows can be known.

    Args:
        gold: of a page.
        lost: addresses of rows, as ``requests.granted``.
    """
    return {
        address: GoldCell(cell.printed, cell.place, is_recoverable=False)
        if address.rpartition(".")[0] in lost
        else cell
        for address, cell in gold.items()
    }
