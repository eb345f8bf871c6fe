"""Making a document of paragraphs and tables, for files that aren't text."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, zip_longest
from operator import attrgetter
from typing import NamedTuple

from extractor.documents.asides import END, as_cell, without_notes
from extractor.documents.cutting import grids_of, has_separators
from extractor.documents.document import (
    Document,
    Grid,
    GridCell,
    Located,
    Locator,
    Noted,
    Recognised,
    Remarked,
    Sureness,
    least_sure,
)
from extractor.documents.marked_lines import as_line
from extractor.documents.stacked_rows import rows_apart
from extractor.text.folding import indent_of


class BuiltCell(NamedTuple):
    """A cell of a table, and where it stands; blanks before its text say how far in that begins."""

    text: str
    locator: Locator | None = None


class DocumentBuilder:
    """Collects paragraphs and tables in reading order.

    Blanks around a paragraph or a cell aren't kept; everything inside is, as it is. Where paragraphs hold
    tabs, pipes or runs of blanks, they are cut into cells as lines of a text are: people type tables so.
    What is marked in a text (:mod:`extractor.documents.asides`) is taken out of it.
    """

    def __init__(self) -> None:
        self._text: list[str] = []
        self._length = 0
        self._row = 0
        self._grids: list[Grid] = []
        # What stands since the last table: its cells, where it begins, whether its lines hold several cells.
        self._lines: list[GridCell] = []
        self._first = 0
        self._is_separated = False
        self._located: list[Located] = []
        self._sureness: list[Recognised] = []
        self._remarks: list[Remarked] = []
        self._notes: list[Noted] = []

    @property
    def length(self) -> int:
        """How many characters of text there are until now."""
        return self._length

    def add_paragraph(
        self, text: str, locator: Locator | None = None, *, sureness: Sureness | None = None
    ) -> None:
        """Add a paragraph; one without any text is left out.

        Args:
            text: of it; blanks before it say how far in it begins.
            locator: where it stands.
            sureness: how sure it is, if it was recognised from a picture.
        """
        remarks: Sequence[Remarked] = ()
        begin = self._length
        if END in text:
            text, notes = without_notes(text)
            self._notes += ((begin, begin, words) for words in notes)
            text, remarks = as_line(text)
        inner = text.strip()
        if inner:
            # A tab before words alone is an indentation; behind them, it separates them from a blank cell.
            if has_separators(text.lstrip()):
                self._is_separated = True
                inner = _with_outer_tabs(text, inner)
            start, end = self._add(inner, "\n", locator)
            shift = start + inner.index(text.strip()) - text.index(text.strip())
            self._remarks += ((begin + shift, stop + shift, besides) for begin, stop, besides in remarks)
            if sureness is not None:
                self._sureness.append((start, end, sureness))
            self._lines.append(GridCell(start, end, self._row, indent=indent_of(text)))
            self._row += 1

    def add_lines(
        self, lines: Sequence[BuiltCell], sureness: Sequence[Sureness | None] = (), *, indent: int = 0
    ) -> None:
        """Add a paragraph whose lines stand at places of their own.

        Args:
            lines: blanks at the end of one are kept, as what parts it from the next one.
            sureness: how sure each line is that was recognised from a picture.
            indent: how far in it begins, in blanks.
        """
        start = end = self._length
        for i, ((text, locator), sure) in enumerate(zip_longest(lines, sureness), 1):
            after = "\n" if i == len(lines) else text[len(text.rstrip()) :]
            begin, end = self._add(text.strip(), after, locator)
            if sure is not None:
                self._sureness.append((begin, end, sure))
        if end > start:
            self._lines.append(GridCell(start, end, self._row, indent=indent))
            self._row += 1

    def add_table(
        self,
        rows: Sequence[Sequence[tuple[str, Locator | None]]],
        *,
        is_grid: bool = False,
        sureness: Sequence[Sureness | None] = (),
        remarks: Sequence[tuple[str, ...]] = (),
    ) -> None:
        """Add a table.

        Args:
            rows: of each row its own cells, without those that only reach into it from above.
            is_grid: whether the columns of their locators are those of one grid.
            sureness: of a table that was recognised from a picture, how sure each cell is.
            remarks: of a table that another document holds, those on each of its cells.
        """
        self._end_lines()
        rows = rows if sureness or remarks else list(rows_apart(rows))
        cells: list[GridCell] = []
        end = self._length
        for number, row in enumerate(rows, self._row):
            for text, locator in row:
                start, words = end, text.strip()
                if END in words:
                    words, notes = without_notes(words)
                    self._notes += ((start, start, note) for note in notes)
                    words, besides = as_cell(words)
                    if besides:
                        self._remarks.append((start, start + len(words), besides))
                end += len(words)
                self._text += (words, "\t")
                column = None
                if locator is not None:
                    self._located.append((start, end, locator))
                    column = locator.column if is_grid else None
                cells.append(GridCell(start, end, number, column=column, indent=indent_of(text)))
                end += 1
            if row:
                cells[-1].ends_row = True
                self._text[-1] = "\n"
        self._row += len(rows)
        self._length = end
        self._first = len(self._text)
        self._note(cells, sureness, remarks)
        if cells:
            self._grids.append(Grid("table", tuple(cells)))

    def add_note(self, words: str, start: int, end: int) -> None:
        """Add what is said of a stretch of the text and doesn't stand in it.

        Args:
            words: said of it.
            start: where it begins.
            end: where it ends.
        """
        self._notes.append((start, end, words))

    def _note(
        self,
        cells: Sequence[GridCell],
        sureness: Sequence[Sureness | None],
        remarks: Sequence[tuple[str, ...]],
    ) -> None:
        """Note how sure each cell of a table is, and the remarks on it, as far as these are known."""
        sure = ((cell, one) for cell, one in zip(cells, sureness, strict=False) if one is not None)
        self._sureness += ((cell.start, cell.end, one) for cell, one in sure)
        told = ((cell, own) for cell, own in zip(cells, remarks, strict=False) if own)
        self._remarks += ((cell.start, cell.end, own) for cell, own in told)

    def add_document(self, document: Document, tables: int) -> int:
        """Add all that another document holds, whose tables are counted from 1.

        Args:
            document: the other one; its text may be cut into other grids here.
            tables: how many tables stand before it.

        Returns:
            How many tables it has that the file itself has as one.
        """
        found = 0
        for grid in document.grids:
            rows, sure, remarks = [], list[Sureness | None](), list[tuple[str, ...]]()
            for _, group in groupby(grid.cells, key=attrgetter("row")):
                cells = list(group)
                own = [document.sureness_at(cell.start) for cell in cells]
                if grid.kind != "table":
                    words = document.text[cells[0].start : cells[-1].end]
                    self.add_paragraph(words, sureness=least_sure(own))
                    continue
                sure += own
                remarks += (document.remarks_at(cell.start) for cell in cells)
                row = []
                for cell in cells:
                    place = document.locator(cell.start) or Locator()
                    found = max(found, place.table or 0)
                    # The pages of a picture are none of the file's.
                    place = Locator(None, None, (place.table or 0) + tables, place.row, place.column)
                    row.append(BuiltCell(document.text[cell.start : cell.end], place))
                rows.append(row)
            if rows:
                self.add_table(rows, sureness=sure, remarks=remarks)
        return found

    def document(self, name: str, encoding: str, undecodable: int = 0) -> Document:
        """Everything that was added.

        Args:
            name: what messages call the input.
            encoding: of its bytes; the name of its format where it isn't text.
            undecodable: how many of them could not be decoded.
        """
        self._end_lines()
        text, grids, located = "".join(self._text), tuple(self._grids), tuple(self._located)
        return Document(
            text,
            name,
            encoding,
            grids,
            undecodable,
            located,
            sureness=tuple(self._sureness),
            remarks=tuple(self._remarks),
            notes=tuple(self._notes),
        )

    def _add(self, text: str, separator: str, locator: Locator | None) -> tuple[int, int]:
        start, end = self._length, self._length + len(text)
        self._text += (text, separator)
        self._length = end + len(separator)
        if locator is not None:
            self._located.append((start, end, locator))
        return start, end

    def _end_lines(self) -> None:
        if self._is_separated:
            start, row = self._lines[0].start, self._lines[0].row
            indents = {line.start: line.indent for line in self._lines}
            for grid in grids_of("".join(self._text[self._first :])):
                for cell in grid.cells:
                    cell.start += start
                    cell.end += start
                    cell.row += row
                    cell.indent = indents.get(cell.start, 0)
                self._grids.append(grid)
        elif self._lines:
            self._grids.append(Grid("cell_per_line", tuple(self._lines)))
        self._lines = []
        self._is_separated = False


def _with_outer_tabs(text: str, inner: str) -> str:
    """A line with the tabs before and behind its words: blank cells stand between them."""
    before, _, after = text.partition(inner)
    return "\t" * before.count("\t") + inner + "\t" * after.count("\t")
