"""What a reader hands on: cells with their places, before anything is verified."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from extractor.documents.document import Span
from extractor.layout.placement import Doubt
from rules.form import AddressedRow, Block, Form, Table


class ReadCell(NamedTuple):
    """One cell as a reader found it.

    Attributes:
        span: of the figure; empty for a blank cell, None for one that isn't on the page or that no
            figure can be tied to.
        row_label, column_label: where the labels stand that it is claimed to belong to.
        unit: the unit that the column's label prints.
        doubts: why its placement isn't certain; empty if it is.
        is_absent: its row or its column isn't on the page.
    """

    address: str
    span: Span | None
    row_label: Span | None
    column_label: Span | None
    unit: str | None
    doubts: frozenset[Doubt]
    is_absent: bool = False


@dataclass(frozen=True, slots=True)
class ReadBlock:
    """A block, the edition that the page follows in it, and whether any of it is on the page."""

    form: Form
    table: Table
    block: Block
    expected_rows: frozenset[str]
    is_on_page: bool

    @property
    def rows(self) -> tuple[AddressedRow, ...]:
        """Its rows and their addresses."""
        return self.form.addressed_rows[self.table.id, self.block.id]


@dataclass(frozen=True, slots=True)
class Stray:
    """Figures that stand in a table but that no row could take."""

    span: Span
    figures: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A set of cells from one reader.

    Attributes:
        form: the edition that the report as a whole follows; None if no table is on the page.
        blocks: every block that the report should have.
        cells: in the order of the blocks.
        strays: figures left over.
    """

    form: Form | None
    blocks: tuple[ReadBlock, ...]
    cells: tuple[ReadCell, ...]
    strays: tuple[Stray, ...]
