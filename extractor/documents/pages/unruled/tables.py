"""Tables without lines: columns by the words that stand above each other, rows by their baselines.

A figure is of the column whose header, or whose other figures, it stands below; where it stands below
two of them or none, its row is handed on without blanks, so that it fits no form.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise, zip_longest
from typing import NamedTuple, TypeAlias

from extractor.documents.pages.lines import Line, Word
from extractor.documents.pages.measures import (
    CUT_HEADER_GAP,
    HEADER_GAP,
    HEADER_WORDS,
    LABEL_ROOM,
    MOST_LINES,
    MOST_WORDS,
    RECENT_ROWS,
    ROW_HEIGHTS,
    ROW_STEP,
)
from extractor.documents.pages.tables import PageCell, PageTable
from extractor.documents.pages.unruled.blank_rows import BlankRows
from extractor.documents.pages.unruled.columns import Column, Columns, columns_of
from extractor.documents.pages.unruled.cut_labels import LabelEnd, ends_of, rests_of
from extractor.documents.pages.unruled.labels import Label, is_over, labels_of, with_numbers_beside
from extractor.documents.pages.unruled.words import (
    ends_in_figures,
    first_figure,
    marked,
    middle_of_figures,
    parted,
    with_counts,
)

Part: TypeAlias = Line | PageTable


class HandedOn(NamedTuple):
    """What a page tells the next one of the table that it ends with.

    Attributes:
        columns: of it.
        height: of its last line.
        step: the greatest distance of two of its lines.
        ends: the labels that may go on on the next page.
    """

    columns: Columns
    height: float
    step: float
    ends: Sequence[LabelEnd]

    @property
    def edge(self) -> float:
        """Where the columns begin."""
        return self.columns.columns[0].left


class TableExtent(NamedTuple):
    """Where a table begins and ends, its first line of figures, of labels if it has none, and its columns."""

    start: int
    first: int
    end: int
    columns: Columns


def aligned_tables(
    lines: Sequence[Line],
    page: int,
    width: float,
    above: HandedOn | None,
    held: Sequence[Line] = (),
) -> tuple[list[Part], HandedOn | None]:
    """The lines of a page with the tables among them put together.

    Args:
        lines: what stands on the page outside of ruled tables, from the top.
        page: counted from 1.
        width: of the page, in points.
        above: the table that the page before ends with.
        held: the lines that the page before ends with, if they may be the header of a table.

    Returns:
        The parts in order, lines that were held and are of no table first; and the table that the page
        ends with, if it does.
    """
    originals = [*held, *lines]
    shift = _shift(held, lines)
    together = [*(_shifted(line, shift) for line in held), *lines]
    finder = _Finder(together, page, width, lines[0].top if held and lines else None, shift)
    if len(together) > MOST_LINES or finder.words > MOST_WORDS:
        return [*originals], None
    parts: list[Part] = []
    done = 0
    for area, continued in _areas(finder, above):
        parts += [*originals[done : area.start], finder.table(area, continued)]
        done = area.end
    handed_on = finder.handed_on if done == len(originals) else None
    return [*parts, *originals[done:]], handed_on


def _areas(finder: _Finder, above: HandedOn | None) -> Iterator[tuple[TableExtent, HandedOn | None]]:
    """Where tables stand among the lines of a page, from the top.

    Args:
        finder: of the lines.
        above: the table that the page before ends with.

    Yields:
        A table, and the one on the page before that it is the rest of, if it is.
    """
    done = 0
    for position, has_figures in enumerate(finder.has_figures):
        if position < done:
            continue
        find = finder.area if has_figures else finder.blank_area
        area = find(done, position, above if done == 0 else None)
        if area is not None:
            is_rest = above is not None and area.columns is above.columns
            yield area, above if is_rest else None
            done = area.end


def header_at_end(lines: Sequence[Part], page: int, width: float) -> list[Line]:
    """The lines that a page ends with, where they may be the header of a table on the next page."""
    own: list[Line] = []
    for part in reversed(lines):
        if not isinstance(part, Line):
            break
        own.insert(0, part)
    finder = _Finder(own, page, width)
    held = finder.header_at_end()
    return held if any(len(line.words) >= HEADER_WORDS for line in held) else []


def _shift(held: Sequence[Line], lines: Sequence[Line]) -> float:
    """How far the end of a page has to be moved to stand above the lines of the next one.

    Where every word of these stands below one of the last line that leaves no room beside it, the page break
    cuts a header's labels.
    """
    if not held or not lines:
        return 0.0
    above = held[-1].words
    full = [
        word
        for word, beside in zip_longest(above, above[1:])
        if beside is None or beside.box[0] - word.box[2] <= LABEL_ROOM * word.height
    ]
    is_cut = all(any(is_over(word, below) for word in full) for below in lines[0].words)
    gap = (CUT_HEADER_GAP if is_cut else HEADER_GAP) * held[-1].height
    return lines[0].top - gap - held[-1].bottom


def _shifted(line: Line, shift: float) -> Line:
    glyphs = [one._replace(top=one.top + shift, bottom=one.bottom + shift) for one in line.glyphs]
    return Line(glyphs, line.top + shift, line.bottom + shift, line.text)


class _Finder:
    """Finds tables among the lines of a page.

    Attributes:
        words: how many words the lines have.
        has_figures: of each line, whether it ends in figures.
        handed_on: what is told to the next page of the last table.
    """

    def __init__(
        self, lines: Sequence[Line], page: int, width: float, top: float | None = None, shift: float = 0.0
    ) -> None:
        self._lines, self._page = lines, page
        # What stands above this is of the page before, and moved down by so much.
        self._top, self._shift = top, shift
        words = [line.words for line in lines]
        lefts = [word.box[0] for row in words if len(row) > 1 for word in row]
        self._words = marked(with_counts([parted(row, lefts) for row in words]))
        self.words = sum(map(len, self._words))
        self.has_figures = [ends_in_figures(words) for words in self._words]
        self.handed_on: HandedOn | None = None
        self._blank = BlankRows(lines, self._words, self.has_figures, width)

    def area(self, done: int, first: int, above: HandedOn | None) -> TableExtent | None:
        """The table whose first line of figures this is.

        Args:
            done: the first line that is of no table yet.
            first: the line of figures.
            above: what the page before hands on.

        Returns:
            None if no header stands above it, and no columns are handed on.
        """
        step = above.step if above is not None else 0.0
        end = self._end(first, step)
        if above is not None and done == 0 and self._goes_on(first, above):
            return TableExtent(0, first, end, above.columns)
        start = self._header_from(done, first)
        columns = self._columns(start, first, end)
        if columns is None:
            return (
                TableExtent(0, first, end, above.columns)
                if above is not None and start == done == 0
                else None
            )
        # Words that reach below a column are of the next header.
        own = self._end(first, step, columns.columns[0].left)
        if own < end:
            end = own
            columns = self._columns(start, first, end) or columns
        return TableExtent(self._below_headings(start, first, columns), first, end, columns)

    def _columns(self, start: int, first: int, end: int) -> Columns | None:
        body = [words for i, words in enumerate(self._words[first:end], first) if self.has_figures[i]]
        return columns_of(self._words[start:first], body)

    def blank_area(self, done: int, first: int, above: HandedOn | None) -> TableExtent | None:
        """The table without a figure whose header has this line as the first one of several words.

        Args:
            done: as for :meth:`area`.
            above: as for :meth:`area`.
            first: the line.

        Returns:
            None if it is no such line; the rest of a table of the page before, if that begins with it.
        """
        if above is not None and first == done == 0:
            end = self._blank.going_on(above.edge, above.height, above.step)
            if end and not self._blank.has_figures_below(end):
                return TableExtent(0, 0, end, above.columns)
        rows = self._blank.below(first)
        if rows is None:
            return None
        start = self._header_from(done, first)
        columns = columns_of(self._words[start : rows[0]], self._words[rows[0] : rows[1]])
        if columns is None:
            return None
        return TableExtent(self._below_headings(start, first, columns), *rows, columns)

    def _goes_on(self, first: int, above: HandedOn) -> bool:
        """Whether labels alone stand above the first line of figures, and these stand below the columns."""
        is_blank = self._blank.are_labels(first, above.edge)
        return is_blank and above.columns.place(self._words[first]) is not None

    def _header_from(self, done: int, first: int) -> int:
        """Where a header begins that ends above a line."""
        start = first
        while start > done and self._may_be_header(start - 1) and self._blank.is_near(start - 1):
            start -= 1
        return start

    def _below_headings(self, start: int, first: int, columns: Columns) -> int:
        """Where a header begins, without headings above it."""
        while start < first and columns.is_above(self._words[start]):
            start += 1
        return start

    def header_at_end(self) -> list[Line]:
        """The last lines, as far as they may be of a header and stand close."""
        start = end = len(self._lines)
        while (
            start > 0 and self._may_be_header(start - 1) and (start == end or self._blank.is_near(start - 1))
        ):
            start -= 1
        return list(self._lines[start:end])

    def _may_be_header(self, position: int) -> bool:
        return not self.has_figures[position] and not self._blank.is_prose(position)

    def _end(self, first: int, step: float, edge: float = math.inf) -> int:
        """Where the table ends that has this line: rows of figures, and lines of labels alone.

        Args:
            first: the line.
            step: the greatest distance of two of its lines on the page before; 0 if it begins on this one.
            edge: where its columns begin, as far as that is known.
        """
        zone = min(edge, first_figure(self._words[first]).box[0])
        end = last = first + 1
        while end < len(self._lines) and self._blank.is_near(end - 1):
            if self.has_figures[end]:
                zone = min(zone, first_figure(self._words[end]).box[0])
                last = end + 1
            elif self._words[end][-1].box[2] > zone:
                return self._trailing(last, end, step)
            end += 1
        return self._trailing(last, end, step)

    def _trailing(self, last: int, end: int, step: float) -> int:
        """How far lines of labels alone are rows without figures, below the last row with figures."""
        lines = self._lines
        steps = [b.bottom - a.bottom for a, b in pairwise(lines[max(0, last - RECENT_ROWS) : last])]
        greatest = max([step, *steps])
        while last < end:
            line, above = lines[last], lines[last - 1]
            is_far = line.bottom - above.bottom > ROW_STEP * greatest
            if is_far or abs(line.height - above.height) > ROW_HEIGHTS * above.height:
                break
            last += 1
        return last

    def table(self, area: TableExtent, above: HandedOn | None) -> PageTable:
        """The table of an area.

        Args:
            area: where it stands.
            above: the table on the page before that it is the rest of; None if it begins here.
        """
        columns = area.columns
        own = [i for i in range(area.first, area.end) if self.has_figures[i]]
        middles = [middle_of_figures(self._words[i]) for i in own]
        labels = labels_of(columns.labels_from(self._words[area.start : area.end]), middles)
        rests = rests_of(labels, above.ends) if above is not None else []
        labels = [one for one in labels if not any(one is rest for _, rest in rests)]
        labelled = [(one, self._label(one, columns)) for one in labels]
        self.handed_on = self._handed_on(area, labelled, above)
        return PageTable(
            rows=self._header(columns) + self._body(labelled, own, middles, area),
            top=self._lines[area.start].top,
            left=columns.left,
            right=columns.columns[-1].right,
            reaching=[],
            rests=[(cell, self._label(rest, columns)) for cell, rest in rests],
        )

    def _handed_on(
        self, area: TableExtent, labelled: Sequence[tuple[Label, PageCell]], above: HandedOn | None
    ) -> HandedOn:
        """What the next page is told of a table, as for :meth:`table`, with its labels and their cells."""
        step = max(above.step if above is not None else 0.0, self._blank.greatest_step(area.start, area.end))
        last = self._lines[area.end - 1]
        ends = ends_of(labelled, area.columns.columns[0].left, last.bottom, step)
        return HandedOn(area.columns.handed_on(), last.height, step, ends)

    def _header(self, columns: Columns) -> list[list[PageCell]]:
        """The rows of the header."""
        return [
            [self._cell(words, column, columns.number(column)) for words, column in row]
            for row in columns.header_rows()
        ]

    def _body(
        self,
        labelled: Sequence[tuple[Label, PageCell]],
        own: Sequence[int],
        middles: Sequence[float],
        area: TableExtent,
    ) -> list[list[PageCell]]:
        """The rows below the header, from the top.

        Args:
            labelled: the labels, with their cells.
            own: the lines of figures.
            middles: where the figures of each of these stand, in points from the top of the page.
            area: where the table stands.
        """
        rows = self._rows_of_figures(labelled, own, middles, area.columns)
        named = {label.first_row for label, _ in labelled}
        # Where figures stand beside no label, a label beside no figures may be theirs.
        are_apart = bool(labelled) and any(number not in named for number in range(len(own)))
        at_breaks = self._at_page_breaks([label for label, _ in labelled if label.is_row], middles, area)
        for before, label, cell in with_numbers_beside(labelled):
            if label.first_row is None:
                has_blanks = label.is_row and not are_apart
                blanks = self._values([], area.columns, label) if has_blanks else []
                for blank in blanks:
                    blank.is_open = any(label is one for one in at_breaks)
                rows.append((label.middle, [*before, cell, *blanks]))
        return [row for _, row in sorted(rows, key=lambda row: row[0])]

    def _rows_of_figures(
        self,
        labelled: Sequence[tuple[Label, PageCell]],
        own: Sequence[int],
        middles: Sequence[float],
        columns: Columns,
    ) -> list[tuple[float, list[PageCell]]]:
        """Where each line of figures stands, and it behind the labels beside it.

        Args:
            labelled: the labels, with their cells.
            own: the lines of figures.
            middles: where the figures of each of these stand, in points from the top of the page.
            columns: of the table.
        """
        rows = []
        for number, (i, middle) in enumerate(zip(own, middles, strict=True)):
            beside = [cell for label, cell in labelled if label.first_row == number]
            rows.append((middle, [*beside, *self._values(self._words[i], columns)]))
        return rows

    def _at_page_breaks(
        self, bare: Sequence[Label], middles: Sequence[float], area: TableExtent
    ) -> list[Label]:
        """The labels of rows without figures right at a page break: the figures may be on the other page.

        Args:
            bare: those of rows without figures.
            middles: where the figures of other rows stand, in points from the top of the page.
            area: where the table stands.
        """
        labels = []
        if bare and area.end == len(self._lines):
            last = max(bare, key=lambda one: one.middle)
            if last.middle > max(middles, default=0.0):
                labels.append(last)
        if bare and area.columns.is_handed_on:
            first = min(bare, key=lambda one: one.middle)
            if first.middle < min(middles, default=first.box[3]):
                labels.append(first)
        return labels

    def _values(self, words: Sequence[Word], columns: Columns, label: Label | None = None) -> list[PageCell]:
        """A cell for every column; without blanks where a figure's column isn't clear.

        It is for no row if some stand below no label: those of one column may stand apart.
        """
        top, bottom = (
            (label.box[1], label.box[3]) if label is not None else (words[0].box[1], words[0].box[3])
        )
        found = columns.place(words) if columns.are_named else None
        if found is None:
            figures = [word for word in words if word.is_figure]
            return [PageCell(one.text, self._page, one.box, one.box[0], one.box[2]) for one in figures]
        cells = []
        for column, word in zip(columns.columns, found, strict=True):
            left, right = column.left, column.right
            text, box = (word.text, word.box) if word is not None else ("", (left, top, right, bottom))
            cells.append(PageCell(text, self._page, box, left, right, column=columns.number(column)))
        return cells

    def _label(self, label: Label, columns: Columns) -> PageCell:
        right = columns.columns[0].left
        begin = label.words[0].box[0]
        return PageCell(
            label.text, self._page, label.box, columns.left, right, is_full=label.is_full, begin=begin
        )

    def _cell(self, words: Sequence[Word], column: Column | None, number: int | None) -> PageCell:
        one = Label(list(words))
        left, right = (column.left, column.right) if column is not None else (one.box[0], one.box[2])
        before = [word for word in words if self._top is not None and word.box[1] < self._top]
        if not before:
            return PageCell(one.text, self._page, one.box, left, right, column=number)
        x0, top, x1, bottom = Label(before).box
        box = (x0, top - self._shift, x1, bottom - self._shift)
        return PageCell(one.text, self._page - 1, box, left, right, column=number)
