"""Plain text and Markdown: lines, and grids of cells from pipes, tabs, blanks or one cell a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby, pairwise
from typing import Literal, NamedTuple, TypeAlias

from extractor.documents.document import Document, Grid, GridCell, GridKind
from extractor.documents.encoding import decode
from extractor.folding import BLANK, INVISIBLE

_PIPES = "|｜│┃"
_LINE_END = re.compile(r"(\r\n?|\n)")
_PIPE = re.compile(f"[{_PIPES}]")
_STRIPPED = BLANK + INVISIBLE + "\t\r\n\f\v"
_RULER = re.compile(r"^[\s|:｜+-]*-{3}[\s|:｜+-]*$")
_BLANK_RUN = re.compile(f"[{BLANK}]{{2,}}")
_ANY_BLANKS = re.compile(f"[{BLANK}]+")
# A continuation of a cell is a few words; a longer line is prose.
_SHORT = 80
# A table that lost its line breaks: many words, a good part of them digits.
_FLAT_WORDS, _FLAT_DIGITS = 20, 0.2

_Separator: TypeAlias = Literal["pipe", "tab", "none"]


class _Line(NamedTuple):
    """A line of the page; ``inner`` is its text without the blanks around it."""

    number: int
    start: int
    text: str
    inner: str
    separator: _Separator


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
    lines = []
    start = 0
    pieces = _LINE_END.split(text)
    for number, (content, end) in enumerate(zip(pieces[::2], [*pieces[1::2], ""], strict=True)):
        separator: _Separator = "none"
        if "|" in content or _PIPE.search(content):
            separator = "pipe"
        elif "\t" in content:
            separator = "tab"
        lines.append(_Line(number, start, content, content.strip(_STRIPPED), separator))
        start += len(content) + len(end)
    return lines


def _classified(lines: list[_Line]) -> Iterator[_Line]:
    """Give lines without a separator of their own that of the table they stand in."""
    for index, line in enumerate(lines):
        if line.separator != "none" or len(line.text) > _SHORT:
            yield line
            continue
        before = lines[index - 1] if index else None
        after = lines[index + 1] if index + 1 < len(lines) else None
        if not line.inner:
            yield line._replace(separator=_around(before, after))
        elif _lone_pipe(before) or _lone_pipe(after):
            yield line._replace(separator="pipe")
        elif (
            before is not None
            and before.separator == "tab"
            and (after is None or not after.inner or after.separator == "tab")
        ):
            yield line._replace(separator="tab")
        else:
            yield line


def _around(before: _Line | None, after: _Line | None) -> _Separator:
    """The table that an empty line stands in: it ends a table row of the tab layout."""
    if before is not None and before.separator == "tab":
        return "tab"
    both = before is not None and after is not None and before.separator == after.separator == "pipe"
    return "pipe" if both else "none"


def _lone_pipe(line: _Line | None) -> bool:
    return line is not None and line.inner != "" and line.inner in _PIPES


def _trimmed(line: _Line, start: int, end: int) -> GridCell:
    """The cell in ``line.text[start:end]`` without the blanks around it."""
    piece = line.text[start:end]
    inner = piece.strip(_STRIPPED)
    offset = line.start + start + piece.find(inner)
    return GridCell(offset, offset + len(inner), line.number)


def _kind(cells: list[GridCell], many: GridKind) -> GridKind:
    """A table row a line if any line holds two cells with something in them."""
    rows = [cell.row for cell in cells if cell.end > cell.start]
    return many if len(set(rows)) < len(rows) else "cell_per_line"


# --- pipes ---------------------------------------------------------------------------------------


def _pipe_grid(lines: list[_Line]) -> Grid:
    lines = [line for line in lines if "---" not in line.text or not _RULER.match(line.text)]
    content = [line.inner for line in lines if line.inner.strip(_STRIPPED + _PIPES)]
    cut = [text for text in content if _PIPE.search(text)]
    opened, closed = (all(text[end] in _PIPES for text in cut) for end in (0, -1))
    cells: list[GridCell] = []
    if content and not cut:
        cells.extend(_cells_between_lone_pipes(lines))
    else:
        for line in (line for line in lines if line.inner):
            cells_of = _cut_at_pipes if len(line.text) <= _SHORT else _cut_at_pipes.__wrapped__
            for start, end in cells_of(line.text, opened=opened, closed=closed):
                cells.append(GridCell(line.start + start, line.start + end, line.number))
    return Grid(_kind(cells, "pipes"), tuple(cells))


@lru_cache(maxsize=2048)
def _cut_at_pipes(text: str, *, opened: bool, closed: bool) -> tuple[tuple[int, int], ...]:
    """Where the cells of one line begin and end, kept as most lines of a table are like ``0 |``.

    The outer pipes are no separators if the table has them on every line.
    """
    cells = []
    start = 0
    for piece in _PIPE.split(text):
        inner = piece.strip(_STRIPPED)
        first = start + piece.find(inner)
        cells.append((first, first + len(inner)))
        start += len(piece) + 1
    if opened and cells[0][0] == cells[0][1]:
        cells = cells[1:]
    if closed and cells and cells[-1][0] == cells[-1][1]:
        cells = cells[:-1]
    return tuple(cells)


def _cells_between_lone_pipes(lines: list[_Line]) -> Iterator[GridCell]:
    """One cell a line and a line with nothing but a pipe between two cells."""
    was_pipe = False
    for line in lines:
        if not line.inner:
            continue
        is_pipe = _lone_pipe(line)
        if not is_pipe or was_pipe:
            yield _trimmed(line, 0, 0 if is_pipe else len(line.text))
        was_pipe = is_pipe


# --- tabs ----------------------------------------------------------------------------------------


def _tab_grid(lines: list[_Line]) -> Grid:
    content = [line for line in lines if line.inner]
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
        if line.inner:
            cells.extend(_blank_separated(line))
    return Grid(_kind(cells, "blanks"), tuple(cells))


def _blank_separated(line: _Line) -> Iterator[GridCell]:
    words = line.inner.split()
    if len(words) == 1:
        yield _trimmed(line, 0, len(line.text))
        return
    flat = len(line.text) > _SHORT and len(words) > _FLAT_WORDS
    flat = flat and sum(word[0].isdigit() for word in words) > _FLAT_DIGITS * len(words)
    gaps = (_ANY_BLANKS if flat else _BLANK_RUN).finditer(line.text)
    borders = [0, *(edge for match in gaps for edge in match.span()), len(line.text)]
    for start, end in zip(borders[::2], borders[1::2], strict=True):
        cell = _trimmed(line, start, end)
        if cell.end > cell.start:
            yield cell
