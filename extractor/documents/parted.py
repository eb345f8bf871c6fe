"""Tables whose cells, and the tabs between them, each stand on a line of their own.

Browsers copy tables so whose cells hold paragraphs: between two cells stand an empty line, a tab on a line of
its own and an empty line, between two rows four empty lines (the HTML standard has the way of ``innerText``,
https://html.spec.whatwg.org/multipage/dom.html#the-innertext-idl-attribute).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple, TypeAlias

from extractor.documents.document import GridCell
from extractor.text.figures import is_figure

#: So many tabs that stand alone are the tabs of a table.
FEWEST_TABS = 8
# Empty lines between two rows.
_BETWEEN_ROWS = 4

_Kind: TypeAlias = Literal["tab", "line", "end"]


class Line(NamedTuple):
    """A line of a text.

    Attributes:
        number: of the line.
        start, end: where what is printed on it begins and ends in the text; the same if nothing is.
        raw: the line as it is.
    """

    number: int
    start: int
    end: int
    raw: str


class _Token(NamedTuple):
    kind: _Kind
    line: Line


def cells_between_lone_tabs(lines: Sequence[Line]) -> list[GridCell]:
    """The cells of such a text, each on the row of the first cell of its row; nothing if it is another text.

    Args:
        lines: all lines of the text.
    """
    tabs = [line for line in lines if _is_lone_tab(line)]
    others = any("\t" in line.raw and not _is_lone_tab(line) for line in lines)
    if len(tabs) < FEWEST_TABS or others:
        return []
    return [cell for row in _rows(list(_tokens(lines))) for cell in row]


def _is_lone_tab(line: Line) -> bool:
    return line.raw == "\t"


def _tokens(lines: Sequence[Line]) -> Iterator[_Token]:
    """Tabs, lines that hold text or a blank, and the ends of rows."""
    before: _Kind = "end"
    empty: list[Line] = []
    for line in lines:
        if not line.raw:
            empty.append(line)
            continue
        kind: _Kind = "tab" if _is_lone_tab(line) else "line"
        # A blank cell between two tabs is empty lines, too.
        least = 2 * _BETWEEN_ROWS if before == kind == "tab" else _BETWEEN_ROWS
        if len(empty) >= least:
            yield _Token("end", empty[0])
        empty.clear()
        yield _Token(kind, line)
        before = kind


def _rows(tokens: Sequence[_Token]) -> Iterator[list[GridCell]]:
    """The rows; what stands between two tables is a row of one cell a line."""
    row: list[list[Line]] = [[]]
    for kind, line in tokens:
        if kind == "line":
            row[-1].append(line)
            continue
        # Nothing stands in a blank cell.
        is_blank = not row[-1] and (kind == "tab" or len(row) > 1)
        row[-1] += [line._replace(end=line.start)] if is_blank else []
        if kind == "end":
            yield from _closed(row)
            row = [[]]
            continue
        if len(row) > 1 and _is_end_and_beginning(row[-1]):
            first = row[-1].pop()
            yield from _closed(row)
            row = [[first]]
        elif len(row) == 1:
            # Only the last line above the first tab is of the row.
            yield from ([_cell([above], above.number)] for above in row[0][:-1])
            row[0] = row[0][-1:]
        row.append([])
    yield from _closed(row)


def _is_end_and_beginning(lines: Sequence[Line]) -> bool:
    """Whether what stands between two tabs is the last cell of a table, words, and the first of another."""
    return len(lines) > 1 and (lines[0].start == lines[0].end or is_figure(lines[0].raw))


def _closed(row: list[list[Line]]) -> Iterator[list[GridCell]]:
    """A row that has ended: of what stands behind its last tab the first line alone is of it."""
    *cells, last = row
    others = last[1:] if cells else last
    if cells:
        number = cells[0][0].number
        yield [_cell(lines, number) for lines in (*cells, last[:1]) if lines]
    yield from ([_cell([line], line.number)] for line in others)


def _cell(lines: Sequence[Line], row: int) -> GridCell:
    printed = [line for line in lines if line.start < line.end] or lines[:1]
    return GridCell(printed[0].start, printed[-1].end, row)
