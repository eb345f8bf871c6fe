"""Plain text and Markdown: lines, and grids of cells from pipes, tabs, blanks or one cell a line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain, groupby, pairwise, repeat
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


class _Content(NamedTuple):
    """What a line holds, wherever it stands.

    Attributes:
        inner: its text without the blanks around it.
        opens, closes: whether the first and the last character of it are pipes.
        has_words: whether it holds anything but pipes.
        is_ruler: whether it is the line under a Markdown header.
    """

    separator: _Separator
    inner: str
    opens: bool
    closes: bool
    has_words: bool
    is_ruler: bool


class _Line(NamedTuple):
    """A line of the page."""

    number: int
    start: int
    text: str
    content: _Content


class _Outer(NamedTuple):
    """Whether every line of a table begins, and ends, with a pipe: those separate no cells."""

    opened: bool
    closed: bool


def read_text(data: bytes, name: str) -> Document:
    """Make a document of the bytes of a text.

    Raises:
        UnknownFormatError: if they are no text.
    """
    decoded = decode(data)
    return Document(decoded.text, name, decoded.encoding, tuple(_grids(decoded.text)), decoded.undecodable)


def _grids(text: str) -> Iterator[Grid]:
    readers = {"pipe": _pipe_grid, "tab": _tab_grid, "none": _plain_grid}
    lines = _lines(text)
    separators = [line.content.separator for line in lines]
    for index, separator in enumerate(separators):
        if separator == "none" and len(lines[index].text) <= _SHORT:
            separators[index] = _table_around(lines, index)
    first = 0
    for separator, group in groupby(separators):
        end = first + sum(1 for _ in group)
        grid = readers[separator](lines[first:end])
        first = end
        if grid.cells:
            yield grid


def _lines(text: str) -> list[_Line]:
    lines = []
    start = 0
    ends: Iterable[str]
    pieces, ends = text.split("\n"), repeat("\n")
    if "\r" in text:
        split = _LINE_END.split(text)
        pieces, ends = split[::2], chain(split[1::2], ("",))
    for number, (piece, end) in enumerate(zip(pieces, ends, strict=False)):
        content = _short_content(piece) if len(piece) <= _SHORT else _content(piece)
        lines.append(_Line(number, start, piece, content))
        start += len(piece) + len(end)
    return lines


def _content(text: str) -> _Content:
    separator: _Separator = "none"
    if "|" in text or _PIPE.search(text):
        separator = "pipe"
    elif "\t" in text:
        separator = "tab"
    inner = text.strip(_STRIPPED)
    return _Content(
        separator,
        inner,
        opens=inner[:1] in _PIPES,
        closes=inner[-1:] in _PIPES,
        has_words=bool(inner.strip(_STRIPPED + _PIPES)),
        is_ruler="---" in text and _RULER.match(text) is not None,
    )


# Most lines of a table are like ``0 |``.
_short_content = lru_cache(maxsize=2048)(_content)


def _table_around(lines: list[_Line], index: int) -> _Separator:
    """The separator of the table that a line without one of its own stands in."""
    before = lines[index - 1].content if index else None
    after = lines[index + 1].content if index + 1 < len(lines) else None
    if not lines[index].content.inner:
        return _around(before, after)
    if _is_lone_pipe(before) or _is_lone_pipe(after):
        return "pipe"
    if (
        before is not None
        and before.separator == "tab"
        and (after is None or not after.inner or after.separator == "tab")
    ):
        return "tab"
    return "none"


def _around(before: _Content | None, after: _Content | None) -> _Separator:
    """The table that an empty line stands in: it ends a table row of the tab layout."""
    if before is not None and before.separator == "tab":
        return "tab"
    both = before is not None and after is not None and before.separator == after.separator == "pipe"
    return "pipe" if both else "none"


def _is_lone_pipe(content: _Content | None) -> bool:
    return content is not None and content.inner != "" and content.inner in _PIPES


def _trimmed(line: _Line, start: int, end: int) -> GridCell:
    """The cell in ``line.text[start:end]`` without the blanks around it."""
    piece = line.text[start:end]
    inner = piece.strip(_STRIPPED)
    offset = line.start + start + piece.find(inner)
    return GridCell(offset, offset + len(inner), line.number)


def _kind(cells: list[GridCell], many: GridKind) -> GridKind:
    """A table row a line if any line holds two cells with something in them."""
    last = -1
    for start, end, row, _ in cells:
        if end > start:
            if row == last:
                return many
            last = row
    return "cell_per_line"


# --- pipes ---------------------------------------------------------------------------------------


def _pipe_grid(lines: list[_Line]) -> Grid:
    lines = [line for line in lines if not line.content.is_ruler]
    content = [line.content for line in lines if line.content.has_words]
    cut = [one for one in content if one.separator == "pipe"]
    outer = _Outer(all(one.opens for one in cut), all(one.closes for one in cut))
    cells: list[GridCell] = []
    if content and not cut:
        cells.extend(_cells_between_lone_pipes(lines))
    else:
        for number, offset, text, held in lines:
            if held.inner:
                spans = (
                    _cut_short_at_pipes(text, outer) if len(text) <= _SHORT else _cut_at_pipes(text, outer)
                )
                for start, end in spans:
                    cells.append(GridCell(offset + start, offset + end, number))
    return Grid(_kind(cells, "pipes"), tuple(cells))


def _cut_at_pipes(text: str, outer: _Outer) -> tuple[tuple[int, int], ...]:
    """Where the cells of one line begin and end."""
    cells = []
    start = 0
    for piece in _PIPE.split(text):
        inner = piece.strip(_STRIPPED)
        first = start + piece.find(inner)
        cells.append((first, first + len(inner)))
        start += len(piece) + 1
    if outer.opened and cells[0][0] == cells[0][1]:
        cells = cells[1:]
    if outer.closed and cells and cells[-1][0] == cells[-1][1]:
        cells = cells[:-1]
    return tuple(cells)


_cut_short_at_pipes = lru_cache(maxsize=2048)(_cut_at_pipes)


def _cells_between_lone_pipes(lines: list[_Line]) -> Iterator[GridCell]:
    """One cell a line and a line with nothing but a pipe between two cells."""
    was_pipe = False
    for line in lines:
        if not line.content.inner:
            continue
        is_pipe = _is_lone_pipe(line.content)
        if not is_pipe or was_pipe:
            yield _trimmed(line, 0, 0 if is_pipe else len(line.text))
        was_pipe = is_pipe


# --- tabs ----------------------------------------------------------------------------------------


def _tab_grid(lines: list[_Line]) -> Grid:
    content = [line for line in lines if line.content.inner]
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
        if line.content.inner:
            cells.extend(_blank_separated(line))
    return Grid(_kind(cells, "blanks"), tuple(cells))


def _blank_separated(line: _Line) -> Iterator[GridCell]:
    words = line.content.inner.split()
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
