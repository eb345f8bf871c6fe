"""Rows without a label of their own, placed by order: settled where order leaves one row only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain, pairwise
from math import inf

from extractor.documents.document import Span
from extractor.layout.headers.header import HeaderMatch
from extractor.layout.items.items import Item
from extractor.layout.placing.anchors import Anchors
from extractor.layout.placing.beside import figures_may_be_of_a_neighbour
from extractor.layout.placing.page_table import PageTable
from extractor.layout.placing.placed_row import PlacedRow, differing_columns, is_usual, moving_columns
from extractor.layout.placing.slots import Slots
from extractor.layout.reading import Doubt
from extractor.result.cells import Basis
from rules.form import Row

# So many placements of a row are more than one.
_SEVERAL = 2


def placed_between(table: PageTable, anchors: Anchors) -> dict[str, PlacedRow]:
    """The rows between certain ones: as many lines of figures without a label as rows without figures.

    Args:
        table: what the page shows of the block.
        anchors: the rows that labels name.
    """
    fixed = [i for i in sorted(anchors.in_order) if table.proposals[i]]
    borders = [(-1, -1), *((i, table.index[anchors.named[i]]) for i in fixed)]
    borders.append((len(table.candidates), len(table.rows)))
    named = {name for i, name in anchors.named.items() if table.proposals[i]}
    gaps: list[dict[str, PlacedRow]] = []
    for (before, row_before), (after, row_after) in pairwise(borders):
        missing = [row for row in table.rows[row_before + 1 : row_after] if row.id not in named]
        between = [i for i in range(before + 1, after) if _is_loose(table, anchors, i)]
        if not missing:
            continue
        is_repeated = any(table.candidates[i].ids for i in between)
        doubt = Doubt.LABEL_TWICE if is_repeated else Doubt.TORN
        gaps.append(placed_in_order(table, missing, between, doubt, anchors))
    return _seen_together(gaps, _unnamed_lines(table, anchors))


def _unnamed_lines(table: PageTable, anchors: Anchors) -> int:
    """How many lines of figures no label of a row names."""
    candidates = enumerate(table.candidates)
    return sum(bool(one.row.figures) and not one.ids and i not in anchors.named for i, one in candidates)


def _seen_together(gaps: Sequence[Mapping[str, PlacedRow]], unnamed: int) -> dict[str, PlacedRow]:
    """All rows of a table that were placed by order, each with what the others say of it.

    If labels aren't in the order of the form, the figures torn from them needn't be. And even where each of
    several rows is the only one between its neighbours, two of them may have changed places, which nothing on
    the page would show: no balance confirms that they haven't.

    Args:
        gaps: by their ids, the rows placed between two certain ones, in the order of the form.
        unnamed: how many lines of figures of the table no label of a row names, placed or not.
    """
    torn = [{name: row for name, row in gap.items() if _is_by_order(row)} for gap in gaps]
    starts = [[row.label.start for row in rows.values() if row.label is not None] for rows in torn]
    is_several = max(unnamed, sum(map(len, torn))) >= _SEVERAL
    placed = {name: row for gap in gaps for name, row in gap.items()}
    for i, rows in enumerate(torn):
        last = max(chain.from_iterable(starts[:i]), default=-1)
        first = min(chain.from_iterable(starts[i + 1 :]), default=inf)
        is_apart = all(last < start < first for start in starts[i])
        for name, row in rows.items():
            if not is_apart or starts[i] != sorted(starts[i]):
                placed[name] = row._replace(doubts=row.doubts | {Doubt.OUT_OF_ORDER})
            elif is_several:
                placed[name] = row._replace(basis=Basis.SUMS)
    return placed


def _is_by_order(row: PlacedRow) -> bool:
    """Whether a row was placed by order, be it in doubt."""
    return row.basis is not Basis.LABELS or Doubt.TORN in row.doubts


def _is_loose(table: PageTable, anchors: Anchors, position: int) -> bool:
    """Whether a row with figures has no label, or one that stands on the page twice.

    A label that names no row, as a group's, isn't torn from its figures: they may be its own.
    """
    name, candidate = table.names[position], table.candidates[position]
    if position in anchors.named or not table.proposals[position]:
        return False
    return candidate.row.head is None if name is None else name in anchors.twice


def placed_in_order(
    table: PageTable,
    rows: Sequence[Row],
    positions: Sequence[int],
    doubt: Doubt,
    anchors: Anchors | None = None,
) -> dict[str, PlacedRow]:
    """Give figures to rows by order alone, if there are as many of the one as of the other.

    Args:
        table: what the page shows of the block.
        rows: without figures of their own.
        positions: of the candidates that have figures and no label of their own.
        doubt: why labels don't tell whose they are.
        anchors: the rows that labels name; None where labels and figures stand apart everywhere.
    """
    labelled = [row for row in rows if doubt is Doubt.LABEL_TWICE or table.is_on_page(row)]
    if len(labelled) == len(positions):
        # Where a label is lost, there may be as many figures only because another row's are lost too.
        doubts = {doubt} if len(labelled) == len(rows) else {doubt, Doubt.LABEL_LOST}
        settled = len(labelled) == len(rows) and _tells_order(table, rows, positions, doubt, anchors)
        return {
            row.id: _by_order(table, row, position, rows, doubts, settled=settled)
            for row, position in zip(labelled, positions, strict=True)
        }
    if not labelled and len(rows) == len(positions):
        settled = len(rows) == 1 and _tells_order(table, rows, positions, doubt, anchors)
        return {
            row.id: _by_order(table, row, position, rows, {Doubt.UNLABELLED}, settled=settled)
            for row, position in zip(rows, positions, strict=True)
            if table.proposals[position]
        }
    return {row.id: _put(table, row, (), None, {doubt}) for row in labelled if table.is_on_page(row)}


def _tells_order(
    table: PageTable, rows: Sequence[Row], positions: Sequence[int], doubt: Doubt, anchors: Anchors | None
) -> bool:
    """Whether order leaves one row for each line of figures.

    Every line has a figure for every column, or no row beside it lacks any; and of several rows all labels
    stand on the page in the order of the form.
    """
    if doubt is Doubt.LABEL_TWICE or not all(_has_one_placement(table, i) for i in positions):
        return False
    if len(rows) > 1 and not _labels_are_in_order(table, rows):
        return False
    if anchors is None:
        return all(len(table.candidates[i].row.slots) == len(table.columns) for i in positions)
    return not any(_may_be_of_a_neighbour(table, anchors, position) for position in positions)


def _has_one_placement(table: PageTable, position: int) -> bool:
    """Whether there are slots to show for a line, and the page doesn't admit several placements of them."""
    return bool(table.proposals[position]) and len(table.placements[position]) < _SEVERAL


def _labels_are_in_order(table: PageTable, rows: Sequence[Row]) -> bool:
    """Whether the labels of all rows stand on the page, in the order of the form."""
    labels = [table.torn_label(row) for row in rows]
    starts = [label.start for label in labels if label is not None]
    return len(starts) == len(rows) and all(before < after for before, after in pairwise(starts))


def _may_be_of_a_neighbour(table: PageTable, anchors: Anchors, position: int) -> bool:
    """Whether a line may hold figures of a named row right above or below it."""
    return any(
        figures_may_be_of_a_neighbour(table, anchors, named, position)
        for named in (position - 1, position + 1)
        if named in anchors.named
    )


def _by_order(
    table: PageTable, row: Row, position: int, rows: Sequence[Row], doubts: set[Doubt], *, settled: bool
) -> PlacedRow:
    placements = table.placements[position]
    header = table.candidates[position].header
    without_header = set() if placements else {Doubt.HEADER}
    placed = _put(table, row, table.proposals[position], header, without_header if settled else doubts)
    is_one_of_several = settled and len(rows) > 1
    basis = Basis.SUMS if is_one_of_several else Basis.ORDER
    return placed._replace(
        open=differing_columns(placements, table.text),
        moving=moving_columns(placements),
        basis=basis,
        is_one_of_several=is_one_of_several,
        is_usual=settled and is_usual(table, position),
    )


def _put(
    table: PageTable, row: Row, slots: Slots, header: HeaderMatch | None, doubts: set[Doubt]
) -> PlacedRow:
    item: Item | None = table.torn_label(row)
    label = Span(item.start, item.end) if item is not None else None
    is_open = bool(doubts - {Doubt.HEADER})
    in_pieces = {Doubt.LABEL_IN_PIECES} if item is not None and item.label is None and is_open else set()
    return PlacedRow(slots, label, header, frozenset(doubts | in_pieces))
