"""Making a document of paragraphs and tables, for files that aren't text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from extractor.documents.document import Document, Grid, GridCell, Located, Locator


class BuiltCell(NamedTuple):
    """A cell of a table, and where it stands."""

    text: str
    locator: Locator | None = None


class DocumentBuilder:
    """Collects paragraphs and tables in reading order.

    Blanks around a paragraph or a cell aren't kept; everything inside is, as it is.
    """

    def __init__(self) -> None:
        self._text: list[str] = []
        self._length = 0
        self._row = 0
        self._grids: list[Grid] = []
        self._lines: list[GridCell] = []
        self._located: list[Located] = []

    def add_paragraph(self, text: str, locator: Locator | None = None) -> None:
        """Add a paragraph; one without any text is left out."""
        if text.strip():
            start, end = self._add(text, "\n", locator)
            self._lines.append(GridCell(start, end, self._row))
            self._row += 1

    def add_lines(self, lines: Sequence[BuiltCell]) -> None:
        """Add a paragraph whose lines stand at places of their own.

        Blanks at the end of a line are kept, as what parts it from the next one.
        """
        start = end = self._length
        for i, (text, locator) in enumerate(lines, 1):
            after = "\n" if i == len(lines) else text[len(text.rstrip()) :]
            _, end = self._add(text, after, locator)
        if end > start:
            self._lines.append(GridCell(start, end, self._row))
            self._row += 1

    def add_table(
        self, rows: Sequence[Sequence[tuple[str, Locator | None]]], *, is_grid: bool = False
    ) -> None:
        """Add a table.

        Args:
            rows: of each row its own cells, without those that only reach into it from above.
            is_grid: whether the columns of their locators are those of one grid.
        """
        self._end_lines()
        cells: list[GridCell] = []
        end = self._length
        for number, row in enumerate(rows, self._row):
            for text, locator in row:
                start, words = end, text.strip()
                end += len(words)
                self._text += (words, "\t")
                column = None
                if locator is not None:
                    self._located.append((start, end, locator))
                    column = locator.column if is_grid else None
                cells.append(GridCell(start, end, number, False, column))  # noqa: FBT003 - the last one ends it
                end += 1
            if row:
                cells[-1].ends_row = True
                self._text[-1] = "\n"
        self._row += len(rows)
        self._length = end
        if cells:
            self._grids.append(Grid("table", tuple(cells)))

    def document(self, name: str, encoding: str, undecodable: int = 0) -> Document:
        """Everything that was added.

        Args:
            name: what messages call the input.
            encoding: of its bytes; the name of its format where it isn't text.
            undecodable: how many of them could not be decoded.
        """
        self._end_lines()
        text, grids, located = "".join(self._text), tuple(self._grids), tuple(self._located)
        return Document(text, name, encoding, grids, undecodable, located)

    def _add(self, text: str, separator: str, locator: Locator | None) -> tuple[int, int]:
        text = text.strip()
        start, end = self._length, self._length + len(text)
        self._text += (text, separator)
        self._length = end + len(separator)
        if locator is not None:
            self._located.append((start, end, locator))
        return start, end

    def _end_lines(self) -> None:
        if self._lines:
            self._grids.append(Grid("cell_per_line", tuple(self._lines)))
            self._lines = []
