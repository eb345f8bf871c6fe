"""What the page shows of one block: rows with figures, loose labels, and the rows to be expected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from extractor.layout.headers.header import HeaderMatch
from extractor.layout.items.items import Item
from extractor.layout.placing.slots import Slots, admitted, is_cut_in_cells, proposed
from extractor.layout.rows.margins import UNKNOWN_LEVEL, Margins, RowKind, level_of, margins_of
from extractor.layout.rows.rows import PageRow
from extractor.layout.words.meanings import Role
from extractor.text.folding import fold_label, label_key
from rules.form import Block, Row

# So many characters of a label, behind its ordinal, show that it stands on the page torn.
_TORN_PROBE = 4
# What a line is closed with where blank cells at its end are on the page.
_CLOSING = "|｜│┃"


class Candidate(NamedTuple):
    """A page row that may be a row of the block.

    Attributes:
        ids: the form rows that its label can name; empty without a label of the form.
        header: the header that it stands under, read as this block's, if it can be.
    """

    row: PageRow
    ids: frozenset[str]
    header: HeaderMatch | None


@dataclass(frozen=True)
class PageTable:
    """One block as the page shows it.

    Attributes:
        block: in the edition that the page follows.
        rows: those of the block that the page can be expected to have, in the order of the form.
        candidates: page rows, in page order.
        loose: labels and short words near the table that no figures are tied to.
        text: the document's text.
        pads: how many blank slots merged cells leave behind the last label of each header, in page order.
        drops_blanks: whether the page leaves no trace of blank cells where slots stand below their label.
    """

    block: Block
    rows: tuple[Row, ...]
    candidates: tuple[Candidate, ...]
    loose: tuple[Item, ...]
    text: str
    pads: tuple[int, ...]
    drops_blanks: bool

    @cached_property
    def index(self) -> Mapping[str, int]:
        """Where each expected row stands in the order of the form."""
        return {row.id: i for i, row in enumerate(self.rows)}

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The ids of the columns, in the order of the form."""
        return tuple(column.id for column in self.block.columns)

    @cached_property
    def names(self) -> tuple[str | None, ...]:
        """The one expected row that each candidate's label names; None where it names none, or several."""
        return tuple(self._name(candidate) for candidate in self.candidates)

    def _name(self, candidate: Candidate) -> str | None:
        ids = candidate.ids & self.index.keys()
        return next(iter(ids)) if len(ids) == 1 else None

    @cached_property
    def placements(self) -> tuple[tuple[Slots, ...], ...]:
        """Of each candidate, every assignment of its slots to the columns that the page admits."""
        return tuple(
            tuple(self._admitted(candidate, kind))
            for candidate, kind in zip(self.candidates, self._kinds, strict=True)
        )

    def _admitted(self, candidate: Candidate, kind: RowKind) -> list[Slots]:
        header = candidate.header
        under = self._under.get(id(header), ())
        return admitted(candidate.row, kind, header, self.margins, self.columns, under)

    @cached_property
    def _under(self) -> Mapping[int, Sequence[PageRow]]:
        """The labelled rows under each header, by its identity."""
        under: dict[int, list[PageRow]] = {}
        for candidate in self.candidates:
            if candidate.ids:
                under.setdefault(id(candidate.header), []).append(candidate.row)
        return under

    @cached_property
    def proposals(self) -> tuple[Slots, ...]:
        """Of each candidate, the slots to show: what its header admits, else by their number alone."""
        size = len(self.columns)
        return tuple(
            placements[0] if placements else proposed(candidate.row, kind, self.margins, size)
            for candidate, kind, placements in zip(self.candidates, self._kinds, self.placements, strict=True)
        )

    @cached_property
    def margins(self) -> Margins:
        """What merged cells leave around the figures of the rows."""
        pairs = zip(self.candidates, self._kinds, strict=True)
        # A row of which a cell is broken inside shows no number of slots.
        labelled = [
            (candidate.row, kind)
            for candidate, kind in pairs
            if candidate.ids and not (candidate.row.on_line and is_cut_in_cells(candidate.row.slots))
        ]
        headers = [candidate.header for candidate in self.candidates if candidate.header is not None]
        width = max((len(order) for header in headers for order in header.orders), default=0)
        closed = [self._is_closed(row) for row, _ in labelled if row.on_line]
        return margins_of(
            labelled,
            width or len(self.columns),
            dict(enumerate(self.pads)),
            is_closed=bool(closed) and all(closed),
        )

    @cached_property
    def _kinds(self) -> tuple[RowKind, ...]:
        headers: list[HeaderMatch | None] = []
        numbers = {row.id: row.number for row in self.rows}
        kinds = []
        for candidate, name in zip(self.candidates, self.names, strict=True):
            row = candidate.row
            if not any(header is candidate.header for header in headers):
                headers.append(candidate.header)
            under = next(i for i, header in enumerate(headers) if header is candidate.header)
            level = level_of(numbers[name]) if name is not None else UNKNOWN_LEVEL
            column = row.head.column if row.head is not None else 0
            kinds.append(RowKind(level, row.on_line, column, under, row.follows_group and not row.on_line))
        return tuple(kinds)

    def _is_closed(self, row: PageRow) -> bool:
        """Whether the page closes the last slot of a line as it closes the others."""
        return self.text[row.slots[-1].end :].lstrip(" \t　")[:1] in tuple(_CLOSING)

    @cached_property
    def bare_labels(self) -> tuple[int, ...]:
        """Where labels of expected rows stand that have no figures anywhere.

        A label that ends the document has lost them with the rest of the page, and tells nothing.
        """
        placed = {row_id for candidate in self.candidates for row_id in candidate.ids}
        missing, end = self.index.keys() - placed, len(self.text.rstrip())
        labels = [(item, item.label) for item in self.loose if item.label is not None and item.end < end]
        return tuple(item.start for item, label in labels if not label.all_rows.isdisjoint(missing))

    @cached_property
    def kinds_of_ordinals(self) -> frozenset[str]:
        """The kinds of ordinals that row labels of the page have: it may number groups and not their rows."""
        numbers = {row.id: row.number for row in self.rows}
        kinds: set[str] = set()
        for candidate in self.candidates:
            head = candidate.row.head
            if head is not None and head.label is not None and head.label.number:
                kinds |= {_kind_of(number) for row_id in candidate.ids if (number := numbers.get(row_id))}
        return frozenset(kinds)

    def loose_label(self, row: Row) -> Item | None:
        """Where the label of a row stands, whole or torn, apart from figures of its own."""
        probe = label_key(row.number or "") + label_key(fold_label(row.label))[:_TORN_PROBE]
        for item, key in self._loose_keys:
            is_there = probe in key if item.label is None else row.id in item.label.all_rows
            if is_there:
                return item
        return None

    def torn_label(self, row: Row) -> Item | None:
        """Where the label of a row stands, apart from its figures or before others that can't be a row's."""
        loose = self.loose_label(row)
        if loose is not None:
            return loose
        pairs = zip(self.candidates, self.names, self.proposals, strict=True)
        return next(
            (candidate.row.head for candidate, name, slots in pairs if name == row.id and not slots), None
        )

    @cached_property
    def _loose_keys(self) -> list[tuple[Item, str]]:
        return [(item, label_key(fold_label(self.text[item.start : item.end]))) for item in self.loose]

    def is_on_page(self, row: Row) -> bool:
        """Whether the label of a row stands anywhere, whole or torn."""
        is_head = any(row.id in candidate.ids for candidate in self.candidates)
        return is_head or self.loose_label(row) is not None

    def has_wrong_ordinal(self, candidate: Candidate, row_id: str) -> bool:
        """Whether a label that can also name a column lacks its ordinal or has another row's.

        Args:
            candidate: the page row with the label.
            row_id: of the row that the label names.
        """
        number = self.rows[self.index[row_id]].number
        label = candidate.row.head.label if candidate.row.head is not None else None
        if label is None or number is None or Role.COLUMN not in label.roles:
            return False
        is_numbered = label.number is not None or _kind_of(number) in self.kinds_of_ordinals
        return label.number != label_key(number) and is_numbered


def page_table(
    block: Block,
    candidates: Sequence[Candidate],
    loose: Sequence[Item],
    text: str,
    *,
    pads: Sequence[int],
    drops_blanks: bool,
) -> PageTable:
    """What the page shows of a block; without the alternatives that it didn't choose, and optional rows.

    Args:
        block: in the edition that the page follows.
        candidates: page rows in page order.
        loose: labels and short words near the table that no figures are tied to.
        text: the document's text.
        pads: how many blank slots merged cells leave behind the last label of each header, in page order.
        drops_blanks: whether the page leaves no trace of blank cells where slots stand below their label.
    """
    dropped = {*_not_chosen(block, candidates, loose), *_left_out(block, candidates, loose)}
    rows = tuple(row for row in block.rows if row.id not in dropped)
    return PageTable(block, rows, tuple(candidates), tuple(loose), text, tuple(pads), drops_blanks)


def _kind_of(number: str) -> str:
    """Of which kind an ordinal of the form is: 一、, (一), 1."""
    return number[0] + number[-1] if number[0] == "(" else number[-1]


def _rows_of_loose(loose: Sequence[Item]) -> set[str]:
    """The ids of the rows that labels without figures can name."""
    return {row_id for item in loose if item.label is not None for row_id in item.label.all_rows}


def _not_chosen(block: Block, candidates: Sequence[Candidate], loose: Sequence[Item]) -> Iterator[str]:
    """The ids of the rows of the alternatives of which the page has fewer rows than of another."""
    # Without any such row, labels and figures stand apart.
    sure = {row_id for candidate in candidates if len(candidate.ids) == 1 for row_id in candidate.ids}
    named = sure or _rows_of_loose(loose)
    for alternatives in block.one_of:
        chosen = max(alternatives, key=lambda ids: sum(row_id in named for row_id in ids))
        for ids in alternatives:
            yield from () if ids is chosen else ids


def _left_out(block: Block, candidates: Sequence[Candidate], loose: Sequence[Item]) -> set[str]:
    """The ids of the optional rows that the page has no label of."""
    shown = {row_id for candidate in candidates for row_id in candidate.ids} | _rows_of_loose(loose)
    return {row.id for row in block.rows if row.optional} - shown
