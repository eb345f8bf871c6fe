"""Wide tables: one line of figures, right below a header that has all columns under the label of each row."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.layout.headers.header import HeaderMatch
from extractor.layout.placing.placed_block import PlacedBlock
from extractor.layout.placing.placed_row import PlacedRow, differing_columns, moving_columns, whole_placements
from extractor.layout.placing.slots import Slots, admitted
from extractor.layout.reading import Doubt
from extractor.layout.rows.margins import Margins, RowKind
from extractor.layout.rows.rows import PageRow
from extractor.layout.rows.segments import Segment
from extractor.result.cells import Basis
from rules.form import Block


def place_wide(block: Block, headed: Sequence[tuple[Segment, HeaderMatch]], text: str) -> PlacedBlock:
    """Place the rows of a wide block.

    Args:
        block: in the edition that the page follows.
        headed: the headers that can be its header, and what stands below them.
        text: the document's text.
    """
    complete = [(segment, header) for segment, header in headed if header.complete]
    named = complete or [(segment, header) for segment, header in headed if header.rows]
    # Where the line of the rows' labels is lost, the form's own order of them may be the page's.
    chosen = named or [(segment, header) for segment, header in headed if header.may_be_usual]
    rows = _rows_below(*chosen[0], len(chosen), block, text) if chosen else {}
    twice = Doubt.TWO_REPORTS if len(complete) > 1 else None
    return PlacedBlock(rows, frozenset(row.id for row in block.rows), twice)


def _rows_below(
    segment: Segment, header: HeaderMatch, headers: int, block: Block, text: str
) -> dict[str, PlacedRow]:
    """The rows of the table, by id: each has its part of the line of figures below the header.

    Args:
        segment: the header, and what stands below it.
        header: how it is read.
        headers: how many there are that can as well be the table's.
        block: in the edition that the page follows.
        text: the document's text.
    """
    below = [*segment.rows, *segment.blank]
    lines = [slots for row in below if (slots := _admitted(row, segment, header, block, text))]
    doubts = _doubts(segment, header, headers, lines)
    placements = lines[0] if lines else []
    width = len(block.columns)
    rows: dict[str, PlacedRow] = {}
    for number, row in enumerate(block.rows):
        part = [slots[number * width : (number + 1) * width] for slots in placements]
        rows[row.id] = PlacedRow(
            part[0] if part else (),
            header.rows.get(row.id),
            header,
            doubts,
            offers=whole_placements(part, width) if differing_columns(part, text) else (),
            open=differing_columns(part, text),
            moving=moving_columns(part),
            basis=Basis.ORDER if header.is_put_together else Basis.LABELS,
            is_usual=header.may_be_usual,
        )
    return rows


def _doubts(
    segment: Segment, header: HeaderMatch, headers: int, lines: Sequence[Sequence[Slots]]
) -> frozenset[Doubt]:
    """Why the line of figures below a header may not be the table's, or its columns others."""
    doubts = set() if header.orders and not header.lacks else {Doubt.HEADER}
    if headers > 1 or len(lines) > 1:
        doubts.add(Doubt.LABEL_TWICE)
    if sum(row.head is None and row.on_line for row in segment.rows) > 1:
        doubts.add(Doubt.BESIDE_STRAYS)
    if not lines:
        doubts.add(Doubt.SLOTS)
    return frozenset(doubts)


def _admitted(row: PageRow, segment: Segment, header: HeaderMatch, block: Block, text: str) -> list[Slots]:
    """Every assignment of a line's slots to the cells of the table that the page admits."""
    cells = _cells(block)
    if len(row.slots) == len(cells) != len(row.figures) and _may_lack_cells(row, segment, text):
        return []
    column = row.head.column if row.head is not None else 0
    # Where every cell has its figure, what is beside them is what the header leaves.
    pads = len(row.slots) - len(cells) if len(row.figures) == len(cells) else 0
    margins = Margins({}, {}, {}, kept=True, pads={0: pads})
    kind = RowKind("wide", row.on_line, column, 0)
    return admitted(row, kind, _of_one_line(header, block), margins, cells, [row])


def _cells(block: Block) -> list[str]:
    """A name for each cell of the table, row after row."""
    return [f"{row.id} {column.id}" for row in block.rows for column in block.columns]


def _of_one_line(header: HeaderMatch, block: Block) -> HeaderMatch:
    """The header of the line of figures: its columns are the cells of the table."""
    rows = list(header.rows) if header.orders else [row.id for row in block.rows]
    orders = header.orders or (tuple(column.id for column in block.columns),)
    by_line = tuple(tuple(f"{row} {column}" for row in rows for column in order) for order in orders)
    if not header.columns_at:
        return header._replace(orders=by_line)
    at = dict(zip(by_line[0], header.columns_at, strict=True))
    shown: dict[int, str | None] = {column: cell for cell, column in at.items()}
    shown.update(dict.fromkeys(header.foreign_at))
    order = tuple(shown[column] for column in sorted(shown))
    return header._replace(orders=(order,), columns_at=tuple(at[cell] for cell in _cells(block)))


def _may_lack_cells(row: PageRow, segment: Segment, text: str) -> bool:
    """Whether, a cell a line, blanks may be what the header leaves, and figures be lost.

    They may where merged cells leave blanks in the header, several on a line above the figures; and where the
    text ends, figures may be cut off.
    """
    if row.on_line:
        return False
    is_uniform = len({slot.row for slot in row.slots}) == len(row.slots)
    goes_on = bool(text[row.slots[-1].end :].strip(" \t\r\n|"))
    return bool(segment.pads) or not is_uniform or not goes_on
