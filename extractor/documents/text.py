"""Plain text and Markdown: lines, and grids of cells from pipes, tabs, blanks or one cell a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby, pairwise
from typing import Literal, NamedTuple, TypeAlias

from extractor.documents.document import Document, Grid, GridCell, GridKind, line_starts
from extractor.documents.encoding import decode
from extractor.folding import BLANK, INVISIBLE

_PIPES = "|｜│┃"
_PIPE = re.compile(f"[{_PIPES}]")
_STRIPPED = BLANK + INVISIBLE + "\t\r\n\f\v"
_RULER = re.compile(r"^[\s|:｜+-]*-{3}[\s|:｜+-]*$")
_BLANK_RUN = re.compile(f"[{BLANK}]{{2,}}")
_ANY_BLANKS = re.compile(f"[{BLANK}]+")
# A continuation of a cell is a few words; a longer line is prose.
_SHORT = 80
# A table that lost its line breaks: many words, a good part of them digits.
_FLAT_WORDS, _FLAT_DIGITS = 40, 0.2

_Separator: TypeAlias = Literal["pipe", "tab", "none"]


class _Line(NamedTuple):
    number: int
    start: int
    text: str
    separator: _Separator

    @property
    def is_empty(self) -> bool:
        return not self.text.strip(_STRIPPED)


def read_text(data: bytes, name: str) -> Document:
    """Make a document of the bytes of a text.

    Raises:
        UnknownFormatError: if they are no text.
    """
    decoded = decode(data)
    return Document(decoded.text, name, decoded.encoding, tuple(_grids(decoded.text)), decoded.undecodable)


def _grids(text: str) -> Iterator[Grid]:
    readers = {"pipe": _pipe_grid, "tab": _tab_grid, "none": _plain_grid}
    for separator, lines in groupby(_classified(_lines(text)), key=lambda line: line.separator):
        grid = readers[separator](list(lines))
        if grid.cells:
            yield grid


def _lines(text: str) -> list[_Line]:
    starts = [*line_starts(text), len(text)]
    lines = []
    for number, (start, end) in enumerate(pairwise(starts)):
        content = text[start:end].rstrip("\r\n")
        separator: _Separator = "none"
        if _PIPE.search(content):
            separator = "pipe"
        elif "\t" in content:
            separator = "tab"
        lines.append(_Line(number, start, content, separator))
    return lines


def _classified(lines: list[_Line]) -> Iterator[_Line]:
    """Give lines without a separator of their own that of the table they stand in."""
    for index, line in enumerate(lines):
        if line.separator != "none" or len(line.text) > _SHORT:
            yield line
            continue
        before = lines[index - 1] if index else None
        after = lines[index + 1] if index + 1 < len(lines) else None
        if line.is_empty:
            # An empty line ends a table row of the tab layout; elsewhere it means nothing.
            inside = before is not None and before.separator == "tab"
            yield line._replace(separator="tab") if inside else line
        elif _lone_pipe(before) or _lone_pipe(after):
            yield line._replace(separator="pipe")
        elif (
            before is not None
            and before.separator == "tab"
            and (after is None or after.is_empty or after.separator == "tab")
        ):
            yield line._replace(separator="tab")
        else:
            yield line


def _lone_pipe(line: _Line | None) -> bool:
    return line is not None and line.text.strip(_STRIPPED) in _PIPES and not line.is_empty


def _trimmed(line: _Line, start: int, end: int) -> GridCell:
    """The cell in ``line.text[start:end]`` without the blanks around it."""
    piece = line.text[start:end]
    inner = piece.strip(_STRIPPED)
    offset = line.start + start
    if inner and len(inner) < len(piece):
        offset += piece.index(inner)
    return GridCell(offset, offset + len(inner), line.number)


def _kind(cells: list[GridCell], many: GridKind) -> GridKind:
    """A table row a line if any line holds two cells with something in them."""
    rows = [cell.row for cell in cells if cell.end > cell.start]
    return many if len(set(rows)) < len(rows) else "cell_per_line"


# --- pipes ---------------------------------------------------------------------------------------


def _pipe_grid(lines: list[_Line]) -> Grid:
    lines = [line for line in lines if not _RULER.match(line.text)]
    content = [line.text.strip(_STRIPPED) for line in lines if line.text.strip(_STRIPPED + _PIPES)]
    opened = 2 * sum(text[0] in _PIPES for text in content) > len(content)
    closed = 2 * sum(text[-1] in _PIPES for text in content) > len(content)
    cells: list[GridCell] = []
    if content and not any(_PIPE.search(text) for text in content):
        cells.extend(_cells_between_lone_pipes(lines))
    else:
        for line in lines:
            cells.extend(_pipe_cells(line, opened=opened, closed=closed))
    return Grid(_kind(cells, "pipes"), tuple(cells))


def _pipe_cells(line: _Line, *, opened: bool, closed: bool) -> Iterator[GridCell]:
    """Cells of one line; the outer pipes are no separators if the table has them on every line."""
    borders = [match.start() for match in _PIPE.finditer(line.text)]
    edges = [(start, end) for start, end in zip([-1, *borders], [*borders, len(line.text)], strict=True)]
    cells = [_trimmed(line, start + 1, end) for start, end in edges]
    if opened and cells and cells[0].start == cells[0].end:
        cells = cells[1:]
    if closed and cells and cells[-1].start == cells[-1].end:
        cells = cells[:-1]
    yield from cells


def _cells_between_lone_pipes(lines: list[_Line]) -> Iterator[GridCell]:
    """One cell a line and a line with nothing but a pipe between two cells."""
    was_pipe = False
    for line in lines:
        if line.is_empty:
            continue
        is_pipe = _lone_pipe(line)
        if not is_pipe or was_pipe:
            yield _trimmed(line, 0, 0 if is_pipe else len(line.text))
        was_pipe = is_pipe


# --- tabs ----------------------------------------------------------------------------------------


def _tab_grid(lines: list[_Line]) -> Grid:
    content = [line for line in lines if not line.is_empty]
    leading = 2 * sum(line.text.startswith("\t") and "\t" not in line.text.strip() for line in content) > len(
        content
    )
    cells: list[GridCell] = []
    if leading:
        cells.extend(_cells_after_tabs(lines))
    else:
        for line in content:
            starts = [-1, *(match.start() for match in re.finditer("\t", line.text)), len(line.text)]
            cells.extend(_trimmed(line, a + 1, b) for a, b in pairwise(starts))
    return Grid(_kind(cells, "tabs"), tuple(cells))


def _cells_after_tabs(lines: list[_Line]) -> Iterator[GridCell]:
    """A tab before every cell, as Word's text export has it; other lines continue the cell above."""
    adjacent = any(a.text.startswith("\t") and b.text.startswith("\t") for a, b in pairwise(lines))
    pending: GridCell | None = None
    for line in lines:
        if not line.text:
            if pending is not None:
                yield pending._replace(ends_row=adjacent)
            pending = None
            continue
        head, *rest = line.text.split("\t")
        start = len(head)
        if head.strip(_STRIPPED) and pending is not None:
            pending = pending._replace(end=_trimmed(line, 0, start).end)
        elif head.strip(_STRIPPED):
            pending = _trimmed(line, 0, start)
        for piece in rest:
            if pending is not None:
                yield pending
            pending = _trimmed(line, start + 1, start + 1 + len(piece))
            start += 1 + len(piece)
    if pending is not None:
        yield pending


# --- no separator --------------------------------------------------------------------------------


def _plain_grid(lines: list[_Line]) -> Grid:
    cells: list[GridCell] = []
    for line in lines:
        if not line.is_empty:
            cells.extend(_blank_separated(line))
    return Grid(_kind(cells, "blanks"), tuple(cells))


def _blank_separated(line: _Line) -> Iterator[GridCell]:
    words = line.text.split() if len(line.text) > _SHORT else []
    flat = len(words) > _FLAT_WORDS and sum(word[0].isdigit() for word in words) > _FLAT_DIGITS * len(words)
    gaps = (_ANY_BLANKS if flat else _BLANK_RUN).finditer(line.text)
    borders = [0, *(edge for match in gaps for edge in match.span()), len(line.text)]
    for start, end in zip(borders[::2], borders[1::2], strict=True):
        cell = _trimmed(line, start, end)
        if cell.end > cell.start:
            yield cell
