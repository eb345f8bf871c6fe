"""Making a document of paragraphs and tables, for files that aren't text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from extractor.documents.document import Document, Grid, GridCell, Located, Locator


class BuiltCell(NamedTuple):
    """A cell of a table, where it stands, and how sure its text is if it was recognised from a picture."""

    text: str
    locator: Locator | None = None
    confidence: float | None = None


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
        for i, (text, locator, _) in enumerate(lines, 1):
            after = "\n" if i == len(lines) else text[len(text.rstrip()) :]
            _, end = self._add(text, after, locator)
        if end > start:
            self._lines.append(GridCell(start, end, self._row))
            self._row += 1

    def add_table(self, rows: Sequence[Sequence[BuiltCell]]) -> None:
        """Add a table: of each row its own cells, without those that only reach into it from above."""
        self._end_lines()
        cells = []
        for row in rows:
            for i, (text, locator, confidence) in enumerate(row, 1):
                start, end = self._add(text, "\t" if i < len(row) else "\n", locator, confidence)
                cells.append(GridCell(start, end, self._row, ends_row=i == len(row)))
            self._row += 1
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

    def _add(
        self, text: str, separator: str, locator: Locator | None, confidence: float | None = None
    ) -> tuple[int, int]:
        text = text.strip()
        start, end = self._length, self._length + len(text)
        self._text += (text, separator)
        self._length = end + len(separator)
        if locator is not None:
            self._located.append(Located(start, end, locator, confidence))
        return start, end

    def _end_lines(self) -> None:
        if self._lines:
            self._grids.append(Grid("cell_per_line", tuple(self._lines)))
            self._lines = []
