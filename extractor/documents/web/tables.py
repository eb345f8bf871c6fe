"""Tables of web pages: their cells in a grid, and which of them only arrange a page.

A page's own tables are found among those that lay it out: a row is data unless one of its cells holds
another table or prose. What isn't data is read cell by cell, each cell's lines as lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter
from typing import NamedTuple, TypeAlias

from extractor.documents.asides import Mark, as_outside_cells, marked, without_marks
from extractor.documents.dragged_edges import straightened
from extractor.documents.stacked_rows import are_rows
from extractor.documents.web.boxes import Place, placed_in_grid
from extractor.documents.web.cell_widths import Extent, stated_width, widths_of_columns
from extractor.documents.web.moved import mark_as_moved

# Browsers take no more rows; and no form has so many columns: a table that is wider is read, but its
# cells behind the last one count as one column each, so that a huge colspan costs nothing.
_MOST_ROWS, _MOST_COLUMNS = 65534, 200
# The longest label with its explanation has a third of it: a cell with more holds a part of the page.
_LONGEST_CELL = 500
# Where some lines of a cell are blank so many others tell how many there are: those of labels, and of units.
_FEWEST_WHOLE = 2
_INTEGER = re.compile(r"[ \t\n\f\r]*\+?0*(\d*)", re.ASCII)


# A cell whose tag is being read: what stands in it, how many columns and rows it covers (of no rows: all
# that are left of its section), and how wide it says that it is, in pixels, 0 if it doesn't. And a cell of
# data: its text, row and column, both counted from 1. They are hundreds: classes would take most of the time.
OpenCell: TypeAlias = tuple[list["FlowContent"], int, int, float]
DataCell: TypeAlias = tuple[str, int, int]
# The columns that each cell of a row covers, from the first of them on and without the last, from 0.
_Extents: TypeAlias = list[tuple[int, int]]


class DataTable(NamedTuple):
    """Rows of a table that hold data.

    Attributes:
        table: the table of the page that they are of; others of its rows may hold none.
        rows: of each row its own cells.
    """

    table: OpenTable
    rows: list[list[DataCell]]


# A line of a cell that shows nothing but blanks: rows that stand in one may each have a line.
NO_WORDS = ""
# What a page, or a cell, is made of, in order: lines, and the data of tables.
FlowContent: TypeAlias = str | DataTable


class _Section(NamedTuple):
    """Rows that belong together: no cell reaches out of them."""

    name: str
    rows: list[list[OpenCell]]


class OpenTable:
    """A table whose tags are being read.

    Args:
        is_of_boxes: whether a style makes it one; a row of such alone arranges a page.

    Attributes:
        before: what stands in it outside of its cells: browsers show it above the table.
        in_cell: whether a cell is being read.
        lacks_columns: whether a style takes columns of it away.
    """

    def __init__(self, *, is_of_boxes: bool = False) -> None:
        self._is_of_boxes = is_of_boxes
        self.before: list[FlowContent] = []
        self.in_cell = False
        self.lacks_columns = False
        self._sections = [_Section("", [])]
        self._row: list[OpenCell] = []
        self._in_row = False

    def start_section(self, name: str) -> None:
        """Rows begin that belong together; a nameless section holds rows outside of any."""
        self._sections.append(_Section(name, []))
        self._in_row = False

    def end_section(self) -> None:
        """Rows end that belong together."""
        self.start_section("")

    def start_row(self) -> None:
        """A row begins."""
        self._row = []
        self._sections[-1].rows.append(self._row)
        self._in_row = True

    def end_row(self) -> None:
        """A row ends."""
        self._in_row = False

    def start_cell(self, attributes: Mapping[str, str]) -> list[FlowContent]:
        """A cell begins, and with it a row if its tag was left out; what stands in it is to be added."""
        if not self._in_row:
            self.start_row()
        blocks: list[FlowContent] = []
        columns = rows = 1
        width = 0.0
        if attributes:
            width = stated_width(attributes)
            if stated := attributes.get("colspan"):
                columns = _integer(stated) or 1
            if stated := attributes.get("rowspan"):
                rows = _integer(stated)
        self._row.append((blocks, columns, rows, width))
        self.in_cell = True
        return blocks

    def blocks(self) -> Iterator[FlowContent]:
        """What the table says, in reading order."""
        yield from self.before
        sections = self._in_order()
        rows = list(self._rows(sections))
        # A table of one column arranges lines.
        is_list = all(len(row) < 2 for row, _ in rows) or (self._is_of_boxes and len(rows) < 2)
        data: list[list[DataCell]] = []
        for row, cells in rows:
            if is_list or len(cells) < len(row):
                if data:
                    yield DataTable(self, data)
                    data = []
                for blocks, *_ in row:
                    yield from map(_as_line, _shown(blocks)) if self._is_of_boxes else _shown(blocks)
            elif cells:
                data.append(_in_doubt(cells) if self.lacks_columns else cells)
        if data:
            yield DataTable(self, data)

    def _rows(self, sections: Sequence[_Section]) -> Iterator[tuple[list[OpenCell], list[DataCell]]]:
        """The cells of every row, and where those of data begin."""
        return _placed(sections)

    def _in_order(self) -> list[_Section]:
        """The first head is shown first and the first foot last, wherever they are written."""
        first = {section.name: section for section in reversed(self._sections)}
        head, foot = first.get("thead"), first.get("tfoot")
        middle = [section for section in self._sections if section is not head and section is not foot]
        return [*([head] if head else []), *middle, *([foot] if foot else [])]


class OpenGrid(OpenTable):
    """A grid of boxes whose items are being read.

    Args:
        columns: how many columns it has.
    """

    def __init__(self, columns: int) -> None:
        super().__init__(is_of_boxes=True)
        self._columns = columns
        self._places: list[Place | None] = []
        self._placed: list[Place] | None = None

    def start_item(self, place: Place | None) -> list[FlowContent]:
        """An item begins.

        Args:
            place: where it says that it stands; None if that isn't told.
        """
        self._places.append(place)
        return self.start_cell({})

    def blocks(self) -> Iterator[FlowContent]:
        """What the grid says; where its items stand is in doubt if one isn't told, or words are none."""
        self._placed = placed_in_grid(self._places, self._columns)
        if self._placed is not None and not self.before and not self.lacks_columns:
            yield from super().blocks()
            return
        yield from self.before
        for lines, *_ in _items(self._in_order()):
            shown = [*_shown(lines)]
            mark_as_moved(shown)
            yield from shown

    def _rows(self, sections: Sequence[_Section]) -> Iterator[tuple[list[OpenCell], list[DataCell]]]:
        by_row: dict[int, list[tuple[int, OpenCell]]] = {}
        for place, item in zip(self._placed or (), _items(sections), strict=True):
            by_row.setdefault(place.row, []).append((place.column, item))
        for row, cells in sorted(by_row.items()):
            own = sorted(cells, key=itemgetter(0))
            texts = [(_data(item[0]), column) for column, item in own]
            yield (
                [item for _, item in own],
                [(text, row, column) for text, column in texts if text is not None],
            )


def _items(sections: Sequence[_Section]) -> list[OpenCell]:
    return [cell for section in sections for row in section.rows for cell in row]


def _placed(sections: Sequence[_Section]) -> Iterator[tuple[list[OpenCell], list[DataCell]]]:
    """The cells of every row, and where those of data begin, edges that are one to the eye counted once."""
    extents = list(_extents(sections))
    rows = [cells for section in sections for cells in section.rows]
    edges = _straight_edges(rows, extents)
    for number, (cells, own) in enumerate(zip(rows, extents, strict=True), 1):
        columns = [1 + (edges[start] if edges else start) for start, _ in own]
        are_rows = _has_blank_ones(cells)
        data = [
            (text, number, column)
            for (blocks, *_), column in zip(cells, columns, strict=True)
            if (text := _data(blocks, keeps_blank=are_rows)) is not None
        ]
        if len(data) < len(cells):
            data = _stacked(cells, number, columns) or data
        yield cells, data


def _shown(blocks: Sequence[FlowContent]) -> Iterator[FlowContent]:
    """What is in a cell, without lines that show nothing."""
    return (block for block in blocks if block != NO_WORDS)


def _has_blank_ones(cells: Sequence[OpenCell]) -> bool:
    """Whether a row holds rows, a line each in every cell, some of them blank: labels and others have all."""
    counts = {len(blocks) for blocks, *_ in cells if NO_WORDS in blocks}
    if len(counts) != 1:
        return False
    whole = sum(len(blocks) in counts for blocks, *_ in cells if NO_WORDS not in blocks)
    return whole >= _FEWEST_WHOLE


def _straight_edges(rows: Sequence[Sequence[OpenCell]], extents: Sequence[_Extents]) -> Sequence[int]:
    """For each edge of a table's grid the one that it is taken for; none if the page tells nothing of them.

    Args:
        rows: of each its own cells.
        extents: the columns that each of them covers.
    """
    wide = max((end for own in extents for _, end in own), default=0)
    if wide <= max(map(len, rows), default=0):
        return ()
    widths = widths_of_columns(
        Extent(start, end, width)
        for cells, own in zip(rows, extents, strict=True)
        for (*_, width), (start, end) in zip(cells, own, strict=True)
    )
    return straightened(extents, widths) if widths else ()


def _extents(sections: Sequence[_Section]) -> Iterator[_Extents]:
    """Of every row the columns that its cells cover, by the algorithm of the HTML standard."""
    for section in sections:
        # The row of the section from which on each column is free.
        free: list[int] = []
        for row, cells in enumerate(section.rows):
            column = 0
            own: _Extents = []
            for _, columns, rows, _ in cells:
                while column < len(free) and free[column] > row:
                    column += 1
                end = column + (1 if columns == 1 else min(columns, max(1, _MOST_COLUMNS - column)))
                own.append((column, end))
                while len(free) < end:
                    free.append(0)
                # A cell of no rows reaches down to the end of its section; one that is too wide overlaps
                # others, which still reach down as far as they do.
                below = row + (rows or _MOST_ROWS)
                for place in range(column, end):
                    if free[place] < below:
                        free[place] = below
                column = end
            yield own


def _stacked(cells: Sequence[OpenCell], number: int, columns: Sequence[int]) -> list[DataCell]:
    """The cells of a row that holds the rows of a whole table, a line each in every cell; else none.

    Their labels together are as long as prose.

    Args:
        cells: of the row.
        number: of the row.
        columns: where each cell stands.
    """
    texts = ["\n".join(one for one in _shown(blocks) if isinstance(one, str)) for blocks, *_ in cells]
    is_text = all(isinstance(block, str) for blocks, *_ in cells for block in blocks)
    if not is_text or not are_rows(texts):
        return []
    return [(text, number, column) for text, column in zip(texts, columns, strict=True)]


def _as_line(content: FlowContent) -> FlowContent:
    return as_outside_cells(content) if isinstance(content, str) else content


def _in_doubt(cells: Sequence[DataCell]) -> list[DataCell]:
    """Cells of a table that is shown without some columns; which of them are seen isn't told."""
    return [(f"{text}{marked(Mark.OVERLAY)}", row, column) for text, row, column in cells]


def _data(blocks: Sequence[FlowContent], *, keeps_blank: bool = False) -> str | None:
    """The lines in a cell; None if it can't be one of data, as it holds another table or prose.

    Args:
        blocks: what is in it.
        keeps_blank: whether lines that show nothing count.
    """
    text = ""
    for block in blocks:
        if not isinstance(block, str):
            return None
        if block or keeps_blank:
            text = f"{text}\n{block}" if text else block
    if len(text) <= _LONGEST_CELL or len(without_marks(text)) <= _LONGEST_CELL:
        return text
    return None


def _integer(value: str) -> int:
    """A number as browsers read it, whatever stands behind its digits; 1 if it has none."""
    match = _INTEGER.match(value)
    if match is None or not match[0].strip(" \t\n\f\r+"):
        return 1
    return min(int(match[1][:6] or "0"), _MOST_ROWS)
