"""Tables in the markup of wikis, and tables drawn with ``+---+`` whose cells have several lines.

Of each row all cells are put on its first line, as far as the other lines are of it; these are left blank,
so that the lines stay the lines of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractor.text.figures import is_figure

# --- drawn tables ----------------------------------------------------------------------------------------

_BORDER = re.compile(r"\s*\+(?:[-=]{2,}\+)+\s*")
_ROW_LINE = re.compile(r"\s*\|(.*)\|\s*")
# Between fewer borders, each line is a row: a table whose header alone is underlined.
_FEWEST_BLOCKS = 3


def with_drawn_rows(text: str) -> str:
    """A text with each row of a drawn table on one line.

    Args:
        text: of a file.
    """
    if "+-" not in text and "+=" not in text:
        return text
    lines = text.split("\n")
    for table in _drawn_tables(lines):
        if len(table) >= _FEWEST_BLOCKS:
            for block in table:
                _join_lines(lines, block)
    return "\n".join(lines)


def _drawn_tables(lines: Sequence[str]) -> Iterator[list[range]]:
    """Of each drawn table, the lines between two of its borders."""
    table: list[range] = []
    border: int | None = None
    for place, line in enumerate(lines):
        if _BORDER.fullmatch(line):
            if border is not None and place - border > 1:
                table.append(range(border + 1, place))
            border = place
        elif border is not None and not _ROW_LINE.fullmatch(line):
            yield table
            table, border = [], None
    yield table


def _join_lines(lines: list[str], block: range) -> None:
    """Put the cells of some lines together, if each line has as many."""
    rows = [
        match[1].split("|") for place in block if (match := _ROW_LINE.fullmatch(lines[place])) is not None
    ]
    if len(rows) == 1 or len({len(row) for row in rows}) > 1:
        return
    columns = [[piece.strip() for piece in column] for column in zip(*rows, strict=True)]
    if any(sum(map(is_figure, filter(None, column))) > 1 for column in columns):
        # Several rows, or figures that go on on the next line: nobody can tell.
        return
    cells = [_joined(column) for column in columns]
    lines[block.start] = f"| {' | '.join(cells)} |"
    for place in block[1:]:
        lines[place] = ""


def _joined(pieces: Sequence[str]) -> str:
    """The lines of a cell as one; between digits, or words with blanks between them, a blank stays."""
    text = ""
    for piece in filter(None, pieces):
        is_apart = text and text[-1].isascii() and piece[0].isascii()
        text = f"{text} {piece}" if is_apart else text + piece
    return text


# --- wikis -----------------------------------------------------------------------------------------------

_ATTRIBUTE = re.compile(r"([a-z-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s|\"']+))")
# Possessive: what may be one attribute or two takes forever to try.
_ATTRIBUTES = re.compile(rf"\s*((?:{_ATTRIBUTE.pattern}(?:\s++|(?=\|)))++)\|(?!\|)")
_BETWEEN_CELLS = re.compile(r"\|\||!!")
_EMPHASIS = re.compile("'{2,5}")
_HEADING = re.compile(r"(={1,6})\s*(.+?)\s*\1\s*")
# No form has so many columns: a cell behind these covers one.
_MOST_COLUMNS = 60


class _Cell(NamedTuple):
    """A cell, and how many columns and rows it covers."""

    text: str
    columns: int
    rows: int


def with_wiki_rows(text: str) -> str:
    """A text with the rows of the tables of a wiki as lines with tabs (https://www.mediawiki.org/wiki/Help:Tables).

    Args:
        text: of a file.
    """
    if "{|" not in text or "|}" not in text:
        return text
    table: _WikiTable | None = None
    lines = text.split("\n")
    for place, line in enumerate(lines):
        stripped = line.strip()
        if table is None and stripped.startswith("{|"):
            table = _WikiTable(lines)
            lines[place] = ""
        elif table is None:
            heading = _HEADING.fullmatch(stripped)
            lines[place] = line if heading is None else heading[2]
        elif table.takes(place, stripped):
            table = None
    return "\n".join(lines)


class _WikiTable:
    """A table of a wiki that is being read; its rows are written on the lines that they begin on."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._row: list[_Cell] = []
        self._start = 0
        # By column, how many of the next rows a cell above covers.
        self._covered: dict[int, int] = {}

    def takes(self, place: int, line: str) -> bool:
        """Take a line of the table; whether it is its last one."""
        self._lines[place] = ""
        if line.startswith("|+"):
            self._lines[place] = line[2:].strip()
        elif line.startswith(("|-", "|}")):
            self._end_row()
            return line.startswith("|}")
        elif line[:1] in ("|", "!"):
            if not self._row:
                self._start = place
            self._row += map(_cell, _BETWEEN_CELLS.split(line[1:]))
        elif self._row and line:
            last = self._row[-1]
            self._row[-1] = last._replace(text=_joined((last.text, line)))
        return False

    def _end_row(self) -> None:
        """Write the cells of a row, with blanks where others cover it."""
        if not self._row:
            return
        texts: list[str] = []
        covered = {column: rows - 1 for column, rows in self._covered.items() if rows > 1}
        for cell in self._row:
            while self._covered.get(len(texts)):
                texts.append("")
            columns = max(1, min(cell.columns, _MOST_COLUMNS - len(texts)))
            if cell.rows > 1:
                covered.update(dict.fromkeys(range(len(texts), len(texts) + columns), cell.rows - 1))
            texts += [cell.text, *[""] * (columns - 1)]
        self._lines[self._start] = "\t".join(texts)
        self._row, self._covered = [], covered


def _cell(source: str) -> _Cell:
    attributes = _ATTRIBUTES.match(source)
    if attributes is None:
        return _Cell(_plain(source), 1, 1)
    said = {match[1]: match[2] or match[3] or match[4] or "" for match in _ATTRIBUTE.finditer(attributes[1])}
    columns, rows = _count(said.get("colspan", "")), _count(said.get("rowspan", ""))
    return _Cell(_plain(source[attributes.end() :]), columns, rows)


def _count(stated: str) -> int:
    return int(stated[:4]) if stated[:4].isdecimal() and int(stated[:4]) else 1


def _plain(source: str) -> str:
    return _EMPHASIS.sub("", source).replace("\t", " ").strip()
