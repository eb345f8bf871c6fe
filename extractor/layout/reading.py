"""What a reader hands on: cells with their places, before anything is verified."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from extractor.documents.document import Span
from extractor.result.cells import LAYOUT, Basis
from extractor.statistics.table import StatisticsTable
from rules.form import AddressedRow, Block, Column, FigureKind, Form, Row, Table


class Doubt(StrEnum):
    """Why a placement isn't certain."""

    LABEL_TWICE = "label_twice"
    OUT_OF_ORDER = "out_of_order"
    TORN = "torn"
    SLOTS = "slots"
    HEADER = "header"
    ALTERNATIVES = "alternatives"
    VALUES_FIRST = "values_first"
    ORDINAL = "ordinal"
    TWO_REPORTS = "two_reports"
    SIDE_BY_SIDE = "side_by_side"
    COPIES_DIFFER = "copies_differ"
    BARE_LABEL = "bare_label"
    LABEL_IN_PIECES = "label_in_pieces"
    LABEL_LOST = "label_lost"
    BESIDE_STRAYS = "beside_strays"
    UNLABELLED = "unlabelled"
    CHOSEN_BY_RULES = "chosen_by_rules"
    TWO_LABELS = "two_labels"
    DISOWNED = "disowned"
    UNREAD = "unread"
    READERS_DIFFER = "readers_differ"


class ColumnLabel(NamedTuple):
    """Where a column's label stands, and the unit printed with it; None where there is none.

    Attributes:
        is_put_together: whether it is broken over lines or misprinted, so that what stands there isn't all
            of it.
    """

    span: Span | None
    unit: str | None
    is_put_together: bool = False


class Standing(NamedTuple):
    """How a report stands in a document that holds more than one, or one more than once.

    Attributes:
        number, total: which of how many it is, counted from 1.
        start: where it begins.
        is_copied: whether it, or one of its tables, is there again with the same figures.
    """

    number: int
    total: int
    start: Span
    is_copied: bool = False


class ReadRow(NamedTuple):
    """The cells of one row as a reader found them.

    Attributes:
        addresses: of its cells, in the order of the columns.
        spans: of its figures, empty ones for blank cells, None where the page has no such column; none
            at all if the row isn't on the page or no figures can be tied to it.
        label: where the label stands that it is claimed to belong to.
        columns: where the labels of its columns stand, and the units that they print.
        doubts: why its placement isn't certain; empty if it is.
        is_absent: it isn't on the page.
        offers: other placements of its figures, where nothing on the page decides among them.
        readers: who read it.
        is_agreed: its placement isn't certain, but two readers found it independently of each other.
        is_reread: it was read again because a rule is violated, and stands as before.
        differing: the addresses at which two readers don't read the same.
        open: the addresses of cells that hold another figure in another placement that the page admits.
        moving: the addresses of cells that hold the same figure in all of them, but from another place.
        basis: what settles it where there is no doubt: its labels, order, convention, or the sums.
        is_one_of_several: whether it is one of several rows that only their order tells apart; the sums of
            other rows must then bear it out.
        is_usual: whether its header is lost, and nothing contradicts the form's own order of columns.
        unit: that the page prints with its label, of a row that has one of its own.
    """

    row: Row
    addresses: tuple[str, ...]
    spans: tuple[Span | None, ...]
    label: Span | None
    columns: tuple[ColumnLabel, ...]
    doubts: frozenset[Doubt]
    is_absent: bool = False
    offers: tuple[tuple[Span, ...], ...] = ()
    readers: tuple[str, ...] = (LAYOUT,)
    is_agreed: bool = False
    is_reread: bool = False
    differing: frozenset[str] = frozenset()
    open: frozenset[str] = frozenset()
    moving: frozenset[str] = frozenset()
    basis: Basis = Basis.LABELS
    is_one_of_several: bool = False
    is_usual: bool = False
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class ReadBlock:
    """A block, the edition that the page follows in it, and whether any of it is on the page.

    ``found`` has the rows that the page can be expected to have, in the order of the form.
    """

    form: Form
    table: Table
    block: Block
    expected_rows: frozenset[str]
    is_on_page: bool
    found: tuple[ReadRow, ...]

    @property
    def rows(self) -> tuple[AddressedRow, ...]:
        """Its rows and their addresses."""
        return self.form.addressed_rows[self.table.id, self.block.id]


@dataclass(frozen=True, slots=True)
class Stray:
    """Figures that stand in a table but that no row could take."""

    span: Span
    figures: tuple[Span, ...]


class LocalRow(NamedTuple):
    """A row of a table that an organ has added to the form.

    Attributes:
        table: the id of the table.
        label: where its own words stand.
        columns: those of the form that it has a figure for.
        spans: of its figures, one a column; empty ones for blank cells.
        labels: where the labels of the columns stand, and the units that they print.
        unit: that the page prints between its words and its figures; None if it prints none.
        beside: where the labels stand of columns that the form hasn't, and its figures in these.
    """

    table: str
    label: Span
    columns: tuple[Column, ...]
    spans: tuple[Span, ...]
    labels: tuple[ColumnLabel, ...]
    unit: str | None = None
    beside: tuple[tuple[Span, Span], ...] = ()

    @property
    def all_spans(self) -> tuple[Span, ...]:
        """Of its figures in all columns."""
        return (*self.spans, *(span for _, span in self.beside))


class BesideCell(NamedTuple):
    """A figure of a row of the form in a column that the form hasn't, such as 历年累计.

    Attributes:
        table: the id of the table.
        row: the id of the row.
        figures: those that it may hold.
        label: where the row's label stands.
        column_label: where the column's label stands.
        span: of the figure, an empty one for a blank cell.
        unit: that the page prints with the row; None if it prints none.
    """

    table: str
    row: str
    figures: FigureKind
    label: Span
    column_label: Span
    span: Span
    unit: str | None


class Statistics(NamedTuple):
    """The statistics tables of a report whose form isn't known.

    Attributes:
        tables: in the order of the page.
        nearest: the form that knows the most of their rows; None if none knows any.
        share: how many of their rows it knows, from 0 to 1.
    """

    tables: tuple[StatisticsTable, ...]
    nearest: Form | None
    share: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reader read.

    Attributes:
        form: the edition that the report as a whole follows; None if no table is on the page.
        blocks: every block that the report should have.
        strays: figures left over.
        local_rows: rows that the form hasn't, in the order of the page.
        beside: cells of columns that the form hasn't, in the order of the form's rows.
        statistics: its tables as they were read without a form, where none fits.
        is_repeated: whether a table seems to be there twice.
        standing: where it is not the only report of its document; None if it is.
    """

    form: Form | None
    blocks: tuple[ReadBlock, ...]
    strays: tuple[Stray, ...]
    local_rows: tuple[LocalRow, ...] = ()
    beside: tuple[BesideCell, ...] = ()
    statistics: Statistics | None = None
    is_repeated: bool = False
    standing: Standing | None = None

    def with_rows(self, rows: Iterable[ReadRow]) -> Reading:
        """The same with some rows read otherwise; blocks without any of them stay the same objects.

        Args:
            rows: in the place of those with the same addresses.
        """
        changed = {row.addresses: row for row in rows}
        blocks = [
            replace(block, found=tuple(changed.get(row.addresses, row) for row in block.found))
            if any(row.addresses in changed for row in block.found)
            else block
            for block in self.blocks
        ]
        return replace(self, blocks=tuple(blocks))

    @property
    def block_editions(self) -> dict[str, str]:
        """The edition of every block on the page that follows another one than the report, by its id."""
        return {
            f"{block.table.id}.{block.block.id}": block.form.edition
            for block in self.blocks
            if block.is_on_page and block.form is not self.form
        }

    @property
    def lacks_table(self) -> bool:
        """Whether a whole table that the report should have isn't on the page."""
        tables = {block.table.id for block in self.blocks}
        return self.form is None or tables != {block.table.id for block in self.blocks if block.is_on_page}
