"""Placing the page rows of a block: by their labels, then, between certain rows, by order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from extractor.documents.document import Span
from extractor.layout.headers.header import HeaderMatch
from extractor.layout.items.items import Item, Kind
from extractor.layout.placing.added_rows import with_labels_of_other_versions, without_labels_of_added_rows
from extractor.layout.placing.anchors import Anchors, anchors_of
from extractor.layout.placing.behind_figures import may_stand_behind_figures
from extractor.layout.placing.beside import figures_may_be_of_a_neighbour
from extractor.layout.placing.figures_apart import cut_in_rows
from extractor.layout.placing.in_order import placed_between, placed_in_order
from extractor.layout.placing.labels_apart import where_labels_stand_apart
from extractor.layout.placing.own_order import goes_with_its_group, has_own_ordinal, names_by_itself
from extractor.layout.placing.page_table import Candidate, PageTable, page_table
from extractor.layout.placing.placed_row import PlacedRow, placed_by_label
from extractor.layout.placing.slots import Slots
from extractor.layout.reading import Doubt
from extractor.layout.rows.rows import PageRow
from extractor.result.cells import Basis
from extractor.text.figures import is_figure
from extractor.text.folding import fold_label
from rules.form import Block

# What stands between cells.
_BETWEEN = re.compile(r"[|｜│┃\n\t]")
_AROUND = "|｜│┃ \t\r\n\u3000"
# So many rows whose label stands twice are no slip: there are two reports in the document.
_TWO_REPORTS = 3


class Beside(NamedTuple):
    """A figure of a row in a column that the form hasn't.

    Attributes:
        column_label: where the column's label stands; None if it numbers the rows.
        slot: the figure's.
    """

    column_label: Span | None
    slot: Item


class AddedRow(NamedTuple):
    """A row that an organ has added to the form.

    Attributes:
        placed: its figures in the form's columns.
        beside: those in columns that the form hasn't.
    """

    placed: PlacedRow
    beside: tuple[Beside, ...]


class PlacedBlock(NamedTuple):
    """A block with its rows placed.

    Attributes:
        rows: by the row's id; a row that isn't on the page isn't there.
        expected: the rows that the page can be expected to have.
        twice: how the block seems to be there twice: ``TWO_REPORTS``, ``SIDE_BY_SIDE``; None if once.
        local: rows that the form hasn't, with words of their own before their figures.
        beside: by the row's id, the figures in columns that the form hasn't.
    """

    rows: dict[str, PlacedRow]
    expected: frozenset[str]
    twice: Doubt | None
    local: tuple[AddedRow, ...] = ()
    beside: Mapping[str, tuple[Beside, ...]] = {}


def place_block(
    block: Block,
    candidates: Sequence[Candidate],
    loose: Sequence[Item],
    text: str,
    *,
    pads: Sequence[int] = (),
    drops_blanks: bool = False,
    before: PageRow | None = None,
) -> PlacedBlock:
    """Place the page rows of a block.

    Args:
        block: the block, in the edition that the page follows.
        candidates: page rows in page order.
        loose: labels and short words near the table that no figures are tied to.
        text: the document's text.
        pads: how many blank slots merged cells leave behind the last label of each header, in page order.
        drops_blanks: whether the page leaves no trace of blank cells where slots stand below their label.
        before: the last row of figures before its first header, if that has no label.
    """
    size = len(block.columns)
    known = with_labels_of_other_versions(without_labels_of_added_rows(candidates, block), text)
    parts = cut_in_rows(_with_lost_labels(known, size), loose, size)
    table = page_table(block, *parts, text, pads=pads, drops_blanks=drops_blanks)
    apart = where_labels_stand_apart(table)
    come_first = _values_come_first(table) or may_stand_behind_figures(table, before)
    if come_first or 2 * len(apart) > len(table.candidates):
        everything = range(len(table.candidates))
        placed = placed_in_order(table, table.rows, everything, Doubt.VALUES_FIRST)
    else:
        placed = _placed_by_labels(table, apart)
    local = tuple(_local_rows(table, placed))
    rows = _without_rivals(table, placed)
    return PlacedBlock(rows, frozenset(table.index), _twice(table), local, _beside(table, rows))


def _with_lost_labels(candidates: Sequence[Candidate], size: int) -> list[Candidate]:
    """A header without a column for which the rows below have a slot has lost a label: it tells no order.

    Args:
        candidates: page rows in page order.
        size: how many columns the form has.
    """
    told: dict[int, HeaderMatch] = {}
    for header in {id(candidate.header): candidate.header for candidate in candidates}.values():
        if header is None or not header.lacks or not header.orders:
            continue
        rows = [candidate.row for candidate in candidates if candidate.ids and candidate.header is header]
        if any(len(row.slots) > len(header.orders[0]) for row in rows):
            is_usual = header.may_be_usual and _stand_from(rows, header.first_at, size)
            told[id(header)] = header._replace(orders=(), lacks=frozenset(), may_be_usual=is_usual)
    return [
        candidate._replace(header=told.get(id(candidate.header), candidate.header))
        for candidate in candidates
    ]


def _stand_from(rows: Sequence[PageRow], first: int | None, size: int) -> bool:
    """Whether the last slots of rows, as many as columns, begin at a column of the grid, if that is known."""
    return first is None or all(
        row.slots[-size].grid_column == first for row in rows if len(row.slots) >= size
    )


def _local_rows(table: PageTable, placed: Mapping[str, PlacedRow]) -> Iterator[AddedRow]:
    """Rows that an organ has added to the form: words of their own, and a figure for every column.

    Only where the page admits one placement of their figures, and no row of the form has taken them.
    """
    taken = {slot.start for row in placed.values() for slot in row.slots if slot is not None}
    for candidate, placements in zip(table.candidates, table.placements, strict=True):
        row, header = candidate.row, candidate.header
        is_named = row.head is not None and row.head.kind is Kind.TEXT and row.rival is None
        if not is_named or not row.figures or header is None or header.is_disowned:
            continue
        if len(placements) == 1 and taken.isdisjoint(slot.start for slot in row.slots):
            label, unit = _name_and_unit(table, row)
            own = PlacedRow(placements[0], label, header, frozenset(), unit=unit)
            yield AddedRow(own, _in_other_columns(row, placements[0], header) or ())


def _name_and_unit(table: PageTable, row: PageRow) -> tuple[Span | None, str | None]:
    """Where the words of a row stand, and the unit that the page prints behind them, in a list with units."""
    if row.head is None:
        return None, None
    own, units = Span(row.head.start, row.head.end), {one.unit for one in table.block.rows} - {None}
    words = fold_label(table.text[own.start : own.end])
    # No label has one character; in a list with units it is one that the form doesn't have.
    if words not in units and not (units and len(words) == 1):
        return own, _unit_between(table, row)
    # With a cell a line, or behind a code, the last words before the figures are the unit.
    above = _line_above(table.text, own.start)
    printed = table.text[above.start : above.end]
    return (above, words) if printed and not is_figure(printed) else (own, None)


def _line_above(text: str, place: int) -> Span:
    """The last line with words before a place, without codes behind them; an empty one if there is none."""
    end = place
    while end > 0:
        start = text.rfind("\n", 0, end) + 1
        if text[start:end].strip(_AROUND):
            cells = [cell for cell in _BETWEEN.split(text[start:end]) if cell.strip(_AROUND)]
            words = next((cell for cell in reversed(cells) if not cell.strip().isdecimal()), cells[-1])
            first = text.index(words.strip(_AROUND), start)
            return Span(first, first + len(words.strip(_AROUND)))
        end = max(0, start - 1)
    return Span(place, place)


def _unit_between(table: PageTable, row: PageRow) -> str | None:
    """The unit that the page prints between a row's words and its figures, in a list with units."""
    if row.head is None or not (row.on_line or row.slots[0].grid_column is not None):
        return None
    between = map(fold_label, _BETWEEN.split(table.text[row.head.end : row.slots[0].start]))
    cells = [cell for cell in between if cell and not cell.isdigit()]
    units = {one.unit for one in table.block.rows}
    return cells[0] if len(cells) == 1 and cells[0] in units else None


def _beside(table: PageTable, placed: Mapping[str, PlacedRow]) -> dict[str, tuple[Beside, ...]]:
    """The figures in columns that the form hasn't, of rows that their labels place."""
    beside: dict[str, tuple[Beside, ...]] = {}
    for candidate, name, placements in zip(table.candidates, table.names, table.placements, strict=True):
        header = candidate.header
        if name is None or name not in placed or placed[name].doubts or header is None:
            continue
        others = _in_other_columns(candidate.row, placements[0] if placements else (), header)
        if others is not None:
            beside[name] = others
    return beside


def _in_other_columns(row: PageRow, own: Slots, header: HeaderMatch) -> tuple[Beside, ...] | None:
    """The figures of a row in columns that the form hasn't; None where it isn't known which are whose.

    Args:
        row: of the page.
        own: its slots in the form's columns.
        header: above it.
    """
    left = [slot for slot in row.slots if own and slot not in own]
    if header.foreign_at:
        at = {slot.grid_column: slot for slot in left}
        left = [at[column] for column in sorted(header.foreign_at) if column in at]
    if len(left) != len(header.foreign):
        return None
    return tuple(Beside(label, slot) for label, slot in zip(header.foreign, left, strict=True))


def _placed_by_labels(table: PageTable, apart: AbstractSet[int]) -> dict[str, PlacedRow]:
    """Rows by their own labels, and by order those between them that have none.

    Args:
        table: what the page shows of the block.
        apart: the positions of the candidates whose figures may be another label's.
    """
    anchors = anchors_of(table)
    placed: dict[str, PlacedRow] = {}
    for position, name in anchors.named.items():
        doubts = _label_doubts(table, anchors, position, name)
        doubts |= {Doubt.BARE_LABEL} if position in apart else set()
        placed[name] = placed_by_label(table, position, doubts)
        is_told_by_neighbours = _is_told_by_neighbours(table, anchors, position, name)
        if is_told_by_neighbours and not has_own_ordinal(table, position):
            placed[name] = placed[name]._replace(basis=Basis.SUMS)
    placed |= placed_between(table, anchors)
    for position, name in anchors.named.items():
        beside = (position - 1, position + 1)
        if any(figures_may_be_of_a_neighbour(table, anchors, position, other) for other in beside):
            placed[name] = _doubted(placed[name], Doubt.BESIDE_STRAYS)
    return placed


def _label_doubts(table: PageTable, anchors: Anchors, position: int, name: str) -> set[Doubt]:
    """Why the label of a row may not be that of the figures behind it."""
    is_placed = anchors.is_complete or position in anchors.in_order or _is_free(table, position)
    doubts = set() if is_placed else {Doubt.OUT_OF_ORDER}
    if _is_told_by_neighbours(table, anchors, position, name):
        doubts |= set() if goes_with_its_group(table, position) else {Doubt.OUT_OF_ORDER}
    elif table.has_wrong_ordinal(table.candidates[position], name):
        doubts.add(Doubt.ORDINAL)
    if _follows_a_bare_label(table, position):
        doubts.add(Doubt.BARE_LABEL)
    return doubts


def _is_told_by_neighbours(table: PageTable, anchors: Anchors, position: int, name: str) -> bool:
    """Whether a row's own label doesn't tell which row it is, nor does its place, but the rows beside it may.

    So where all rows are named, and either it has an ordinal of the page's own, or the rows have an order of
    the page's own, in which its words alone are no name.
    """
    has_wrong_ordinal = table.has_wrong_ordinal(table.candidates[position], name)
    has_no_place = len(anchors.in_order) < len(anchors.named) and not names_by_itself(table, position)
    return anchors.is_complete and (has_wrong_ordinal or has_no_place)


def _is_free(table: PageTable, position: int) -> bool:
    """Whether a row may stand anywhere: pages have orders of their own, and it has its label on its line."""
    return table.block.any_order and table.candidates[position].row.on_line


def _follows_a_bare_label(table: PageTable, position: int) -> bool:
    """Whether, a cell a line, another row's label without figures stands right before this row.

    Then the figures may be that row's.
    """
    row = table.candidates[position].row
    head = row.head
    if row.on_line or head is None or not table.bare_labels:
        return False
    before = table.candidates[position - 1].row.slots[-1].end if position else 0
    return any(before <= start < head.start for start in table.bare_labels)


def _values_come_first(table: PageTable) -> bool:
    """Whether the figures, a cell a line, stand before their labels.

    Then figures without any label follow the header, or more rows without a label of the form
    stand before the first one that has one than the form has there. Where labels and figures stand on
    one line, a figure above has lost its label.
    """
    first = table.candidates[0] if table.candidates else None
    if first is None or first.ids or first.row.on_line or not first.row.figures:
        return False
    if _stand_on_their_lines(table):
        return False
    follows_header = first.row.head is None or first.row.head.kind is Kind.LABEL
    leading, missing = _before_first_label(table)
    if missing is None:
        return follows_header
    is_first_lost = first.row.head is None and leading <= missing and not _ends_with_label(table)
    return not is_first_lost and (follows_header or leading > missing)


def _stand_on_their_lines(table: PageTable) -> bool:
    """Whether every label of a row is on the line of its slots, and any of these are figures."""
    named = [candidate.row for candidate in table.candidates if candidate.ids]
    return all(row.on_line for row in named) and any(row.figures for row in named)


def _before_first_label(table: PageTable) -> tuple[int, int | None]:
    """What stands before the first label of an expected row.

    Returns:
        How many rows with figures the page has there, a cell a line, and how many rows the form has there;
        None if there is no such label.
    """
    leading = 0
    for candidate in table.candidates:
        numbers = [table.index[row_id] for row_id in candidate.ids if row_id in table.index]
        if numbers:
            return leading, min(numbers)
        leading += bool(candidate.row.figures) and not candidate.row.on_line
    return leading, None


def _ends_with_label(table: PageTable) -> bool:
    """Whether the last label of a row has no figures behind it, as where figures stand before labels."""
    return bool(table.bare_labels) and max(table.bare_labels) > table.candidates[-1].row.slots[-1].start


def _twice(table: PageTable) -> Doubt | None:
    """How the rows stand twice, if they do."""
    named = [candidate for candidate in table.candidates if candidate.ids]
    times = Counter(row_id for candidate in named for row_id in candidate.ids)
    on_line = Counter((c.row.head.row, row_id) for c in named if c.row.head for row_id in c.ids)
    doubled = sum(
        len(candidate.row.figures) == 2 * len(table.columns) and not _has_columns_beside(candidate)
        for candidate in named
    )
    if max(doubled, sum(count > 1 for count in on_line.values())) >= _TWO_REPORTS:
        return Doubt.SIDE_BY_SIDE
    return Doubt.TWO_REPORTS if sum(count > 1 for count in times.values()) >= _TWO_REPORTS else None


def _has_columns_beside(candidate: Candidate) -> bool:
    """Whether the header has columns that the form hasn't, for which a row has figures, too."""
    orders = candidate.header.orders if candidate.header is not None else ()
    return any(None in order for order in orders)


def _without_rivals(table: PageTable, placed: dict[str, PlacedRow]) -> dict[str, PlacedRow]:
    """If rows of two alternatives hold figures, one label was misread: none of them is settled."""
    shown = {row_id for c in table.candidates if c.row.figures for row_id in c.ids}
    doubted = dict(placed)
    for alternatives in table.block.one_of:
        if sum(not shown.isdisjoint(ids) for ids in alternatives) > 1:
            for row_id in {row_id for ids in alternatives for row_id in ids} & placed.keys():
                doubted[row_id] = _doubted(doubted[row_id], Doubt.ALTERNATIVES)
    return doubted


def _doubted(placed: PlacedRow, doubt: Doubt) -> PlacedRow:
    return placed._replace(doubts=placed.doubts | {doubt})
