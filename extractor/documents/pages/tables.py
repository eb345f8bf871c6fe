"""Tables of pages: the text of their cells, and a table that goes on on the next page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from extractor.documents.asides import as_cell
from extractor.documents.builder import BuiltCell
from extractor.documents.document import Locator, Sureness, least_sure
from extractor.documents.pages.indents import PlacedLabel, indents_of
from extractor.documents.pages.lines import Line, block_lines, box_of, joined, lines_of
from extractor.documents.pages.measures import CELL_FREE, CELL_MARGINS, SAME_SIDE, STICKING
from extractor.documents.pages.page import Box, Glyph
from extractor.documents.pages.ruled import RuledTable
from extractor.text.figures import is_figure

# How a label of its own begins.
ORDINAL = re.compile(r"\s*(?:[(（]?\s*[一二三四五六七八九十\d]{1,3}\s*[)）、.．]|第)")


@dataclass(slots=True)
class PageCell:
    """A cell.

    Attributes:
        text: what it says.
        page: counted from 1.
        box: of the text; of the cell, where it is blank.
        left, right: its sides.
        is_full: whether its last line has no room for another character; told of those at the end of a page.
        is_open: whether, if it is blank, its text may stand on the next page or the one before.
        sureness: how sure its text is; None if it wasn't recognised from a picture.
        besides: what stands in it and is no part of its text, marked.
        begin: where the first line of its text begins; None if that is where its box does.
        column: in a table without lines, that of its columns of figures which it is of, counted from 1; None
            of labels, and where it isn't clear.
    """

    text: str
    page: int
    box: Box
    left: float
    right: float
    is_full: bool = False
    is_open: bool = False
    sureness: Sureness | None = None
    column: int | None = None
    besides: str = ""
    begin: float | None = None

    def placed(self, row: int, number: int, column: int, left: float) -> PlacedLabel:
        """A label in it, as how far in it begins is told.

        Args:
            row: of its table, counted from 0.
            number: of the cells of its row, counted from 0.
            column: of the labels that it is compared with.
            left: the side that it is measured from.
        """
        begin = self.box[0] if self.begin is None else self.begin
        return PlacedLabel(row, number, column, self.text, begin, self.box[2], left, self.right)

    @property
    def is_figure(self) -> bool:
        """Whether it holds a number or a mark, or what can't be read in the place of one."""
        return is_figure(as_cell(self.text + self.besides).text if self.besides else self.text)

    @property
    def is_label(self) -> bool:
        """Whether it holds words."""
        return bool(self.text) and not self.is_figure

    def is_below(self, other: PageCell) -> bool:
        """Whether it stands in the same column as a cell of another page."""
        return abs(self.left - other.left) <= SAME_SIDE and abs(self.right - other.right) <= SAME_SIDE


@dataclass(slots=True)
class PageTable:
    """A table, or its part on a page: of each row the cells that begin in it.

    Attributes:
        top: where it begins on its page.
        reaching: the cells that reach to its end from above its last row.
        is_ruled: whether lines separate its cells.
        rests: labels at its top that go on with one of the page before, each with the cell of that.
    """

    rows: list[list[PageCell]]
    top: float
    left: float
    right: float
    reaching: list[PageCell]
    is_ruled: bool = False
    rests: list[tuple[PageCell, PageCell]] = field(default_factory=list)

    def built(self, number: int) -> list[list[BuiltCell]]:
        """Its cells for a document, in which it is the table of this number."""
        rows = self._shown()
        places = self._ruled_places(rows) if self.is_ruled else _aligned_places(rows)
        indents = indents_of(_labels(rows, places) if self.is_ruled else _aligned_labels(rows, self.left))
        return [
            [
                BuiltCell(
                    " " * indents.get((i - 1, at), 0) + one.text + one.besides,
                    Locator(one.page, one.box, number, i, place),
                )
                for at, (one, place) in enumerate(zip(row, own, strict=True))
            ]
            for i, (row, own) in enumerate(zip(rows, places, strict=True), 1)
        ]

    def _ruled_places(self, rows: Sequence[Sequence[PageCell]]) -> list[list[int | None]]:
        columns = _columns([cell.left for row in self.rows for cell in row])
        return [[columns[cell.left] for cell in row] for row in rows]

    def sureness(self) -> list[Sureness | None]:
        """Of the cells for a document, in order, how sure each is that was recognised from a picture."""
        return [cell.sureness for row in self._shown() for cell in row]

    def _shown(self) -> list[list[PageCell]]:
        return [[cell for cell in row if cell.text or cell.besides or not cell.is_open] for row in self.rows]


def _labels(
    rows: Sequence[Sequence[PageCell]], places: Sequence[Sequence[int | None]]
) -> Iterator[PlacedLabel]:
    """The labels in the cells of a table, by the columns that these begin at."""
    for row, (cells, own) in enumerate(zip(rows, places, strict=True)):
        for number, (cell, place) in enumerate(zip(cells, own, strict=True)):
            if place is not None and cell.is_label:
                yield cell.placed(row, number, place, cell.left)


def _aligned_labels(rows: Sequence[Sequence[PageCell]], left: float) -> Iterator[PlacedLabel]:
    """The labels below the header of a table without lines, the first words of each row.

    Args:
        rows: of the table.
        left: where its labels begin.
    """
    is_below = False
    for row, cells in enumerate(rows):
        names_columns = any(cell.column is not None and cell.is_label for cell in cells)
        is_below = is_below and not names_columns
        label = next((at for at, cell in enumerate(cells) if cell.column is None and cell.is_label), None)
        if is_below and label is not None:
            yield cells[label].placed(row, label, 0, left)
        is_below = is_below or names_columns


def _columns(sides: Sequence[float]) -> dict[float, int]:
    """The column, counted from 1, that begins at each of the left sides of cells."""
    columns: dict[float, int] = {}
    number, last = 0, -SAME_SIDE
    for side in sorted(set(sides)):
        if side - last >= SAME_SIDE:
            number += 1
        last = side
        columns[side] = number
    return columns


def _aligned_places(rows: Sequence[Sequence[PageCell]]) -> list[list[int | None]]:
    """The columns of the figures of a table without lines, behind as many labels as any row has."""
    labels = [sum(cell.column is None for cell in row) for row in rows if any(cell.column for cell in row)]
    before = max(labels, default=0)
    return [[before + cell.column if cell.column is not None else None for cell in row] for row in rows]


def grids_of(tables: Sequence[RuledTable], glyphs: Sequence[Glyph]) -> list[RuledTable]:
    """The rulings of a page that are tables, with what sticks out of them at the end of a page inside.

    Rulings with one column around lines of several words are the frames of tables without lines.
    """
    return [_stretched(table, glyphs) for table in tables if not _is_frame(table, glyphs)]


def _is_frame(table: RuledTable, glyphs: Sequence[Glyph]) -> bool:
    if len(table.xs) > 2:
        return False
    left, top, right, bottom = table.box
    inside = [one for one in glyphs if left < one.left and one.right < right and top < one.top < bottom]
    return any(len(line.words) > 1 for line in lines_of(inside))


def _stretched(table: RuledTable, glyphs: Sequence[Glyph]) -> RuledTable:
    """A table with an end below the glyphs that begin above it: a page break may cut a line of a cell."""
    left, _, right, bottom = table.box
    ends = [
        end
        for _, _, x0, start, x1, end in glyphs
        if end > bottom and start < bottom - STICKING * (end - start) and left < x0 and x1 < right
    ]
    end = max(ends, default=bottom)
    return table._replace(ys=(*table.ys[:-1], end)) if end > bottom else table


def filled(
    table: RuledTable, glyphs: Sequence[list[Glyph]], page: int, besides: Mapping[int, str]
) -> PageTable:
    """A table of rulings with the text of its cells.

    Args:
        table: its rulings.
        glyphs: those of each of its cells.
        page: counted from 1.
        besides: what else stands in some of its cells, marked, by their positions.
    """
    last, last_begun = len(table.ys) - 2, max(cell.row for cell in table.cells)
    rows: list[list[PageCell]] = [[] for _ in range(last + 1)]
    reaching = []
    for position, (ruled, own) in enumerate(zip(table.cells, glyphs, strict=True)):
        left, right = ruled.box[0], ruled.box[2]
        cell = PageCell("", page, ruled.box, left, right)
        if own:
            lines = block_lines(own)
            cell.text, cell.box = joined([line.text for line in lines]), box_of(own)
            cell.begin = lines[0].box[0] if lines else None
            # No other cell is joined with what stands on the next page.
            is_at_end = ruled.last_row == last or ruled.row == last_begun
            cell.is_full = is_at_end and bool(lines) and _is_full(lines[-1], right - left)
        if position in besides:
            cell.besides = besides[position]
        rows[ruled.row].append(cell)
        if ruled.last_row == last and ruled.row < last:
            reaching.append(cell)
    return PageTable(
        [row for row in rows if row], table.ys[0], table.xs[0], table.xs[-1], reaching, is_ruled=True
    )


def _is_full(line: Line, width: float) -> bool:
    left, _, right, _ = line.box
    return width - (right - left) < CELL_FREE * line.height + CELL_MARGINS


# --- over page breaks ------------------------------------------------------------------------------------


def goes_on(table: PageTable, below: PageTable) -> bool:
    """Whether what stands first on a page goes on with the table that stands last on the page before."""
    return abs(table.left - below.left) <= SAME_SIDE and abs(table.right - below.right) <= SAME_SIDE


def join(table: PageTable, below: PageTable) -> None:
    """Add the part of a table that stands on the next page, without the header that is repeated there."""
    for cell, rest in below.rests:
        _append(cell, rest)
    header = _header(table)
    rows = below.rows
    if header and _texts(rows[: len(header)]) == _texts(header):
        rows = rows[len(header) :]
    reaching = below.reaching
    if rows:
        first = _join_divided(table.rows[-1], _join_merged(table, rows[0]))
        if _is_cut(table.rows[-1], first):
            for cell, rest in _pairs(table.rows[-1], first):
                _append(cell, rest)
            first = []
        else:
            _judge_blanks(_with_room(reversed(table.rows)), _with_room([first, *rows[1:]]))
        rows = [first, *rows[1:]] if first else rows[1:]
        if len(below.rows) > 1 or first:
            table.reaching = reaching
    table.rows += rows


def _header(table: PageTable) -> list[list[PageCell]]:
    return list(takewhile(lambda row: not _has_figures(row), table.rows))


def _texts(rows: Sequence[Sequence[PageCell]]) -> list[list[str]]:
    return [[cell.text for cell in row] for row in rows]


def _is_of_body(row: Sequence[PageCell]) -> bool:
    """Whether a row is no part of a header: it holds figures, or a label with an ordinal."""
    return any(cell.is_figure or ORDINAL.match(cell.text) for cell in row)


def _join_merged(table: PageTable, row: list[PageCell]) -> list[PageCell]:
    """The first row of a page without the merged cells that go on in it from the page before.

    Their text may be cut, may stand on one page alone, or may stand on both.
    """
    if _is_of_body(row) and not any(map(_is_of_body, table.rows)):
        # The labels of the header don't reach below it.
        return row
    own: list[PageCell] = []
    # Before the first label of a row a blank goes on with the label above it.
    is_before_label = _has_labels(row)
    for cell in row:
        above = _merged_above(table, cell, is_before_label=is_before_label)
        if above is not None and (not cell.text or cell.text == above.text):
            continue
        if above is not None and _may_go_on(above, cell):
            _append(above, cell)
            continue
        is_before_label = is_before_label and not cell.text
        own.append(cell)
    return own


def _merged_above(table: PageTable, cell: PageCell, *, is_before_label: bool) -> PageCell | None:
    """The cell of the page before that may go on in one of the next page.

    Args:
        table: as far as it stands on the page before.
        cell: of the first row of the next page.
        is_before_label: whether nothing that says anything stands left of it there, but a label right of it.
    """
    above = next((one for one in table.reaching if cell.is_below(one)), None)
    if above is None and is_before_label and not cell.text:
        return next((one for one in table.rows[-1] if cell.is_below(one) and not one.is_figure), None)
    return above


def _join_divided(row: list[PageCell], below: list[PageCell]) -> list[PageCell]:
    """The first row of a page without the rests of labels of the last row of the page before.

    Labels that are merged over the rows of a header may be cut where a row begins that divides others.
    """
    pairs = _pairs(row, below)
    rests = {id(rest) for _, rest in pairs}
    own = [cell for cell in below if id(cell) not in rests]
    is_header = not (_is_of_body(row) or _is_of_body(below))
    if not (own and is_header and all(any(_divides(cell, one) for one in row) for cell in own)):
        return below
    if any(rest.text and not _may_go_on(cell, rest) for cell, rest in pairs):
        return below
    for cell, rest in pairs:
        _append(cell, rest)
    return own


def _divides(cell: PageCell, above: PageCell) -> bool:
    """Whether a cell stands below a part of a label."""
    is_inside = above.left - SAME_SIDE <= cell.left and cell.right <= above.right + SAME_SIDE
    return above.is_label and is_inside and not cell.is_below(above)


def _may_go_on(cell: PageCell, rest: PageCell) -> bool:
    """Whether a label may be cut between these two: the one is full, and the other begins no label."""
    return cell.is_full and not (cell.is_figure or rest.is_figure or ORDINAL.match(rest.text))


def _pairs(row: Sequence[PageCell], below: Sequence[PageCell]) -> list[tuple[PageCell, PageCell]]:
    """The cells of the last row of a page that others on the next page stand below, with these."""
    return [(cell, rest) for rest in below for cell in row if rest.is_below(cell)]


def _is_cut(row: list[PageCell], below: list[PageCell]) -> bool:
    """Whether the row at the top of a page is the rest of the last one of the page before.

    Then one of its labels is cut within its text, at the end of a full line, or stands on the page
    before alone; figures stand on one of the pages only.
    """
    pairs = _pairs(row, below)
    if len(pairs) != len(below) or (_has_figures(row) and _has_figures(below)):
        return False
    cut = [(cell, rest) for cell, rest in pairs if cell.text and rest.text]
    if not all(_may_go_on(cell, rest) for cell, rest in cut):
        return False
    is_label_alone = _has_labels(row) and not _has_labels(below) and _has_figures(below)
    return bool(cut) or is_label_alone


def _has_figures(row: Sequence[PageCell]) -> bool:
    return any(cell.is_figure for cell in row)


def _has_labels(row: Sequence[PageCell]) -> bool:
    return any(cell.is_label for cell in row)


def _judge_blanks(row: list[PageCell], below: list[PageCell]) -> None:
    """Tell whether blanks beside a page break are blank.

    They are if the row on the other page has a label and figures of its own, or if neither has figures and
    the one below has an ordinal of its own, so that they aren't one row; if it has no label, its figures may
    be those of the row above.
    """
    begins = any(cell.is_label and ORDINAL.match(cell.text) for cell in below)
    are_two = begins and _has_labels(row)
    for one, other in ((row, below), (below, row)):
        if _has_labels(other) and (_has_figures(other) or are_two):
            for cell in one:
                cell.is_open = False
    if not _has_labels(below):
        for cell in row:
            cell.is_open = True


def close(table: PageTable) -> None:
    """Tell that blanks in the last row of a table are blank: it doesn't go on on the next page."""
    for cell in _with_room(reversed(table.rows)):
        cell.is_open = False


def _with_room(rows: Iterable[list[PageCell]]) -> list[PageCell]:
    """The first of some rows that holds figures or blanks; others are labels of groups."""
    return next((row for row in rows if not all(cell.is_label for cell in row)), [])


def _append(cell: PageCell, rest: PageCell) -> None:
    if not cell.text:
        cell.page, cell.box = rest.page, rest.box
    cell.text = joined([cell.text, rest.text])
    cell.besides += rest.besides
    cell.is_full = rest.is_full
    cell.sureness = least_sure((cell.sureness, rest.sureness))
