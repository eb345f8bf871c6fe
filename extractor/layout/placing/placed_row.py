"""Form rows as they are placed, and why a placement is in doubt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from extractor.documents.document import Span
from extractor.layout.headers.header import HeaderMatch
from extractor.layout.items.items import Item
from extractor.layout.placing.page_table import PageTable
from extractor.layout.placing.slots import Slots
from extractor.layout.reading import Doubt
from extractor.layout.rows.margins import windows
from extractor.layout.rows.rows import PageRow
from extractor.result.cells import Basis


class PlacedRow(NamedTuple):
    """A form row with the slots that are its own.

    Attributes:
        slots: one a column; none if no figures can be tied to the row, None where the page has no such
            column.
        label: where its label stands, if it does.
        header: the header that it stands under.
        doubts: why nothing settles it; none if the page admits one placement only.
        offers: the placements among which nothing on the page decides.
        open: the columns, counted from 0, that hold another figure in another placement that the page admits.
        moving: those that hold the same figure, but from another place.
        basis: what settles it where there is no doubt.
        is_one_of_several: whether it is one of several rows that only their order tells apart.
        is_usual: whether its header is lost, and nothing contradicts the form's own order of columns.
        unit: that the page prints with its label.
    """

    slots: Slots
    label: Span | None
    header: HeaderMatch | None
    doubts: frozenset[Doubt]
    offers: tuple[tuple[Item, ...], ...] = ()
    open: frozenset[int] = frozenset()
    moving: frozenset[int] = frozenset()
    basis: Basis = Basis.LABELS
    is_one_of_several: bool = False
    is_usual: bool = False
    unit: str | None = None


def placed_by_label(table: PageTable, position: int, doubts: Iterable[Doubt]) -> PlacedRow:
    """A row that its own label names.

    Args:
        table: what the page shows of the block.
        position: of its candidate.
        doubts: why its label doesn't settle it.
    """
    candidate, placements = table.candidates[position], table.placements[position]
    header, row = candidate.header, candidate.row
    why = set(doubts)
    if header is None or not header.orders:
        why.add(Doubt.HEADER)
    elif not placements:
        # What is shown of the row is a proposal.
        why.add(Doubt.SLOTS)
    slots = table.proposals[position]
    differing = differing_columns(placements, table.text)
    offers = _offers(row, placements, len(table.columns)) if not placements or differing else ()
    if not slots or len(differing) == len(table.columns):
        why.add(Doubt.SLOTS)
    if row.rival is not None:
        why.add(Doubt.TWO_LABELS)
    label = Span(row.head.start, row.head.end) if row.head is not None else None
    placed = PlacedRow(slots, label, header, frozenset(why), offers, differing, moving_columns(placements))
    unit = row.head.label.unit if row.head is not None and row.head.label is not None else None
    return placed._replace(basis=_basis(table, position), is_usual=is_usual(table, position), unit=unit)


def _offers(row: PageRow, placements: Sequence[Slots], size: int) -> tuple[tuple[Item, ...], ...]:
    """What nothing on the page decides among: placements, else as many slots side by side as columns."""
    return whole_placements(placements, size) or windows(row, size)


def whole_placements(placements: Sequence[Slots], size: int) -> tuple[tuple[Item, ...], ...]:
    """The placements of a row, if each of them has a slot for every column; else none.

    Args:
        placements: that the page admits.
        size: how many columns there are.
    """
    whole = [tuple(slot for slot in slots if slot is not None) for slots in placements]
    return tuple(whole) if all(len(slots) == size for slots in whole) else ()


def _basis(table: PageTable, position: int) -> Basis:
    """What settles a row that its own label names, as far as its columns do."""
    candidate = table.candidates[position]
    if not candidate.row.on_line and table.drops_blanks:
        # The number of figures alone tells their columns.
        return Basis.SUMS
    return Basis.ORDER if candidate.header is not None and candidate.header.is_put_together else Basis.LABELS


def is_usual(table: PageTable, position: int) -> bool:
    """Whether nothing contradicts that the figures of a row are in the form's own order of columns.

    As many slots as the form has columns can be meant by one row only, and its header, if it has any, is no
    other one.

    Args:
        table: what the page shows of the block.
        position: of the row's candidate.
    """
    header = table.candidates[position].header
    is_lost = header is None or (not header.orders and header.may_be_usual)
    return is_lost and len(table.proposals[position]) == len(table.columns)


def moving_columns(placements: Iterable[Slots]) -> frozenset[int]:
    """The columns, counted from 0, that don't have their figure at the same place in all placements."""
    starts = [[slot.start if slot else None for slot in slots] for slots in placements]
    return frozenset(i for i, places in enumerate(zip(*starts, strict=True)) if len(set(places)) > 1)


def differing_columns(placements: Iterable[Slots], text: str) -> frozenset[int]:
    """The columns, counted from 0, that don't hold the same figure in all placements."""
    printed = [[text[slot.start : slot.end] if slot else None for slot in slots] for slots in placements]
    return frozenset(i for i, figures in enumerate(zip(*printed, strict=True)) if len(set(figures)) > 1)
