"""Lines of text cut into grids of cells: by pipes, tabs or blanks, or one cell a line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, count, groupby, pairwise
from typing import Literal, NamedTuple, TypeAlias

from extractor.documents.document import Grid, GridCell, GridKind
from extractor.documents.parted import FEWEST_TABS, Line, cells_between_lone_tabs
from extractor.text.figures import is_figure, is_furniture
from extractor.text.folding import BLANK, INVISIBLE

PIPES = "|｜│┃"
_LINE_END = re.compile(r"(\r\n?|\n)")
_PIPE = re.compile(f"[{PIPES}]")
_STRIPPED = BLANK + INVISIBLE + "\t\r\n\f\v"
# A line drawn between rows: that below a Markdown header, +----+----+, ├────┼────┤, ====  ====.
# One of a few dashes may be a mark in a cell.
_RULES, _JOINTS = "=─━═-", "|｜+:│┃║┌┐└┘├┤┬┴┼┏┓┗┛┣┫┳┻╋╔╗╚╝╠╣╦╩╬"
_RULER = re.compile(
    rf"(?=.*[{_RULES}]{{3}})(?=.*[{_JOINTS}]|.{{8}})[\s{_JOINTS}{_RULES}]*"
    # Markdown needs no three of them: |:--|-:|
    r"|(?=.*:)[\s|｜]*:?-+:?(?:\s*[|｜]\s*:?-+:?)+[\s|｜]*"
)
_RULER_BEGINS = frozenset(_RULES + _JOINTS)
_BLANK_RUN = re.compile(f"[{BLANK}]{{2,}}")
_SEPARATED = re.compile(f"[\t{PIPES}]|[{BLANK}]{{2}}")
_ANY_BLANKS = re.compile(f"[{BLANK}]+")
# A continuation of a cell is a few words; a longer line is prose.
_SHORT = 80
# A table that lost its line breaks: many words, a good part of them digits.
_FLAT_WORDS, _FLAT_DIGITS = 20, 0.2
# A table goes on below so many lines of words; lines of so few cells are a cell and what ends it.
_MOST_BETWEEN, _FEW_CELLS = 3, 2

_Separator: TypeAlias = Literal["pipe", "tab", "none"]


class _Content(NamedTuple):
    """What a line holds, wherever it stands.

    Attributes:
        inner: its text without the blanks around it.
        cells: where the cells between its separators begin and end, the blanks around them left out.
        opens, closes: whether the first and the last character of it are pipes.
        has_words: whether it holds anything but pipes.
        is_led: whether its only tab stands before its text.
    """

    separator: _Separator
    inner: str
    cells: tuple[tuple[int, int], ...]
    opens: bool
    closes: bool
    has_words: bool
    is_led: bool


# A line of the page: its number, the offset of its first character, its text, what it holds.
_Line: TypeAlias = tuple[int, int, str, _Content]


class _Outer(NamedTuple):
    """Whether every line of a table begins, and ends, with a pipe: those separate no cells."""

    opened: bool
    closed: bool


class _Ruled(NamedTuple):
    """A table of pipes: of how many cells its last line is, and what stands at its edges."""

    width: int
    outer: _Outer


def has_separators(line: str) -> bool:
    """Whether a line may hold more than one cell."""
    return _SEPARATED.search(line) is not None or (len(line) > _SHORT and line.count(" ") > _FLAT_WORDS)


def grids_of(text: str) -> Iterator[Grid]:
    """The cells of a text, by the separators of its lines."""
    lines = _lines(text)
    has_lone_tabs = text.count("\n\t\n") >= FEWEST_TABS
    parted = cells_between_lone_tabs([_place(line) for line in lines]) if has_lone_tabs else []
    yield from [Grid("tabs", tuple(parted))] if parted else _grids_of_lines(lines)


def _grids_of_lines(lines: list[_Line]) -> Iterator[Grid]:
    contents = [line[3] for line in lines]
    separators = [content.separator for content in contents]
    for index, separator in enumerate(separators):
        if separator == "none" and len(lines[index][2]) <= _SHORT:
            separators[index] = _table_around(contents, index)
    for blank in _blank_between_tabs(contents):
        separators[blank] = "tab"
    first = 0
    above: _Ruled | None = None
    for separator, group in groupby(separators):
        end = first + sum(1 for _ in group)
        own = lines[first:end]
        first = end
        if separator == "pipe":
            grid, above = _pipe_grid(own, above)
        else:
            grid = _tab_grid(own) if separator == "tab" else _plain_grid(own)
            above = above if sum(content.inner != "" for *_, content in own) <= _MOST_BETWEEN else None
        if grid.cells:
            yield grid


def _lines(text: str) -> list[_Line]:
    pieces = text.split("\n")
    lengths = [len(piece) + 1 for piece in pieces]
    if "\r" in text:
        split = _LINE_END.split(text)
        pieces = split[::2]
        lengths = [len(piece) + len(end) for piece, end in zip(pieces, [*split[1::2], ""], strict=True)]
    contents = [_short_content(piece) if len(piece) <= _SHORT else _content(piece) for piece in pieces]
    lines = zip(count(), accumulate(lengths, initial=0), pieces, contents, strict=False)
    return [line for line in lines if not _is_ruler(line[3].inner)]


def _place(line: _Line) -> Line:
    number, offset, raw, content = line
    start, end = content.cells[0] if content.inner else (0, 0)
    return Line(number, offset + start, offset + end, raw)


def _is_ruler(line: str) -> bool:
    """Whether a line without the blanks around it is drawn between the rows of a table."""
    return line[:1] in _RULER_BEGINS and _RULER.fullmatch(line) is not None


def _content(text: str) -> _Content:
    separator: _Separator = "none"
    pieces = [text]
    if "|" in text or _PIPE.search(text):
        separator, pieces = "pipe", _PIPE.split(text)
    elif "\t" in text:
        separator, pieces = "tab", text.split("\t")
    inner = text.strip(_STRIPPED)
    return _Content(
        separator,
        inner,
        tuple(_cells_in(pieces)),
        opens=inner[:1] in PIPES,
        closes=inner[-1:] in PIPES,
        has_words=bool(inner.strip(_STRIPPED + PIPES)),
        is_led=text.startswith("\t") and "\t" not in text.strip(),
    )


def _cells_in(pieces: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Where the text of every piece of a line stands; a single character is between two pieces."""
    start = 0
    for piece in pieces:
        inner = piece.strip(_STRIPPED)
        first = start + piece.find(inner)
        yield first, first + len(inner)
        start += len(piece) + 1


# Most lines of a table are like ``0 |``.
_short_content = lru_cache(maxsize=2048)(_content)


def _table_around(contents: list[_Content], index: int) -> _Separator:
    """The separator of the table that a line without one of its own stands in."""
    before = contents[index - 1] if index else None
    after = contents[index + 1] if index + 1 < len(contents) else None
    if not contents[index].inner:
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


def _blank_between_tabs(contents: Sequence[_Content]) -> Iterator[int]:
    """The empty lines between two of as many cells that tabs part: line breaks in cells of CSV.

    What is a table of its own has a title above it, or another form of row.
    """
    above: int | None = None
    for index, content in enumerate(contents):
        if not content.inner and content.separator == "none":
            continue
        before = contents[above] if above is not None else None
        if before is not None and content.separator == before.separator == "tab":
            is_alike = len(content.cells) == len(before.cells)
            yield from range((above or 0) + 1, index) if is_alike else ()
        above = index


def _around(before: _Content | None, after: _Content | None) -> _Separator:
    """The table that an empty line stands in: it ends a table row of the tab layout."""
    if before is not None and before.separator == "tab":
        return "tab"
    both = before is not None and after is not None and before.separator == after.separator == "pipe"
    return "pipe" if both else "none"


def _is_lone_pipe(content: _Content | None) -> bool:
    return content is not None and content.inner != "" and content.inner in PIPES


def _kind(cells: Iterable[GridCell], many: GridKind) -> GridKind:
    """A table row a line if any line holds two cells with something in them."""
    last = -1
    for cell in cells:
        if cell.end > cell.start:
            if cell.row == last:
                return many
            last = cell.row
    return "cell_per_line"


# --- pipes ---------------------------------------------------------------------------------------


def _pipe_grid(lines: list[_Line], above: _Ruled | None) -> tuple[Grid, _Ruled | None]:
    """The cells of a table, which may be the rest of one ``above`` it, and how the table is ruled."""
    with_words = [content for _, _, _, content in lines if content.has_words]
    cut = [content for content in with_words if content.separator == "pipe"]
    if with_words and not cut:
        cells = tuple(_cells_between_lone_pipes(lines))
        return Grid(_kind(cells, "pipes"), cells), None
    outer = _outer_pipes(cut, above)
    cells = tuple(_cells_between_pipes(lines, outer))
    ruled = _Ruled(len(cut[-1].cells), outer) if cut else None
    return Grid(_kind(cells, "pipes"), cells), ruled


def _outer_pipes(cut: Sequence[_Content], above: _Ruled | None) -> _Outer:
    """Which pipes of a table stand at its edges.

    Args:
        cut: its lines that pipes cut.
        above: the table above it, of which it may be the rest.
    """
    outer = _Outer(all(content.opens for content in cut), bool(cut) and _are_closed(cut))
    widths = {len(content.cells) for content in cut}
    is_rest = above is not None and above.width > _FEW_CELLS and widths == {above.width}
    if above is not None and is_rest and outer.opened != outer.closed:
        # Rows of blanks begin or end with a pipe, though no other row of their table does.
        return _Outer(outer.opened and above.outer.opened, outer.closed and above.outer.closed)
    return outer


def _are_closed(lines: Sequence[_Content]) -> bool:
    """Whether every line ends with a pipe; the last one may be cut off, where the text ends."""
    *others, last = lines
    is_cut_off = len(others) > _MOST_BETWEEN and len(last.cells) < min(len(line.cells) for line in others)
    return all(line.closes for line in others) and (last.closes or is_cut_off)


def _cells_between_pipes(lines: list[_Line], outer: _Outer) -> Iterator[GridCell]:
    for number, offset, _, content in lines:
        if not content.inner:
            continue
        cells = content.cells
        if outer.opened and cells[0][0] == cells[0][1]:
            cells = cells[1:]
        if outer.closed and cells and cells[-1][0] == cells[-1][1]:
            cells = cells[:-1]
        for start, end in cells:
            yield GridCell(offset + start, offset + end, number)


def _cells_between_lone_pipes(lines: list[_Line]) -> Iterator[GridCell]:
    """One cell a line and a line with nothing but a pipe between two cells."""
    was_pipe = False
    for number, offset, text, content in lines:
        if not content.inner:
            continue
        is_pipe = _is_lone_pipe(content)
        if is_pipe and was_pipe:
            yield GridCell(offset, offset, number)
        elif not is_pipe:
            first = offset + text.find(content.inner)
            yield GridCell(first, first + len(content.inner), number)
        was_pipe = is_pipe


# --- tabs ----------------------------------------------------------------------------------------


def _tab_grid(lines: list[_Line]) -> Grid:
    led = [content.is_led for _, _, _, content in lines if content.inner]
    cells = list(_cells_after_tabs(lines) if 2 * sum(led) > len(led) else _cells_between_tabs(lines))
    return Grid(_kind(cells, "tabs"), tuple(cells))


def _cells_between_tabs(lines: list[_Line]) -> Iterator[GridCell]:
    above = 0
    for number, offset, _, content in lines:
        width = len(content.cells)
        # A line of nothing but tabs, as many as the line above it has, is a row of blanks.
        is_row = content.inner or above == width > _FEW_CELLS
        above = width if is_row else 0
        if is_row:
            for start, end in content.cells:
                yield GridCell(offset + start, offset + end, number)


def _cells_after_tabs(lines: list[_Line]) -> Iterator[GridCell]:
    """A tab before every cell, as Word's text export has it; other lines continue the cell above."""
    # Where a blank line follows every cell, labels that are broken over lines still stand on lines that meet.
    adjacent = any(
        a.startswith("\t") and b.startswith("\t") and (not content.inner or is_figure(content.inner))
        for (_, _, a, _), (_, _, b, content) in pairwise(lines)
    )
    pending: GridCell | None = None
    for number, offset, text, content in lines:
        if not text:
            if pending is not None:
                yield GridCell(pending.start, pending.end, pending.row, ends_row=adjacent)
            pending = None
            continue
        (first, last), *cells = content.cells
        if first < last:
            start, row = (pending.start, pending.row) if pending is not None else (offset + first, number)
            pending = GridCell(start, offset + last, row)
        for start, end in cells:
            if pending is not None:
                yield pending
            pending = GridCell(offset + start, offset + end, number)
    if pending is not None:
        yield pending


# --- no separator --------------------------------------------------------------------------------


def _plain_grid(lines: list[_Line]) -> Grid:
    cells = [cell for line in lines if line[3].inner for cell in _blank_separated(line)]
    return Grid(_kind(cells, "blanks"), tuple(cells))


def _blank_separated(line: _Line) -> Iterator[GridCell]:
    number, offset, text, content = line
    words = content.inner.split()
    if len(words) == 1 or is_furniture(" ".join(words)):
        ((start, end),) = content.cells
        yield GridCell(offset + start, offset + end, number)
        return
    flat = len(text) > _SHORT and len(words) > _FLAT_WORDS
    flat = flat and sum(word[0].isdigit() for word in words) > _FLAT_DIGITS * len(words)
    gaps = (_ANY_BLANKS if flat else _BLANK_RUN).finditer(text)
    borders = [0, *(edge for match in gaps for edge in match.span()), len(text)]
    for start, end in zip(borders[::2], borders[1::2], strict=True):
        inner = text[start:end].strip(_STRIPPED)
        if inner:
            first = offset + text.find(inner, start)
            yield GridCell(first, first + len(inner), number)
