"""Tables whose cells, and the tabs between them, each stand on a line of their own.

Browsers copy tables so whose cells hold paragraphs: between two cells stand an empty line, a tab on a line of
its own and an empty line, between two rows four empty lines (the HTML standard has the way of ``innerText``,
https://html.spec.whatwg.org/multipage/dom.html#the-innertext-idl-attribute). What browsers put on the
clipboard may have the end of a line there and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple, TypeAlias

from extractor.documents.document import GridCell
from extractor.text.figures import is_figure

#: So many tabs that stand alone are the tabs of a table.
FEWEST_TABS = 8
# Empty lines between two rows; between a tab and a cell.
_BETWEEN_ROWS, _BESIDE_TAB = 4, 1

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


class _Step(NamedTuple):
    """A tab or a line that holds text or a blank, what stands before it, and the empty lines between."""

    before: _Kind
    empty: tuple[Line, ...]
    kind: _Kind
    line: Line


def _steps(lines: Sequence[Line]) -> Iterator[_Step]:
    before: _Kind = "end"
    empty: list[Line] = []
    for line in lines:
        if not line.raw:
            empty.append(line)
            continue
        kind: _Kind = "tab" if _is_lone_tab(line) else "line"
        yield _Step(before, tuple(empty), kind, line)
        empty.clear()
        before = kind


def _tokens(lines: Sequence[Line]) -> Iterator[_Token]:
    """Tabs, lines that hold text or a blank, and the ends of rows."""
    steps = list(_steps(lines))
    ends_row = _ends_row_by_line if _end_by_lines(steps) else _ends_row
    for step in steps:
        if ends_row(step):
            yield _Token("end", step.empty[0] if step.empty else step.line)
        yield _Token(step.kind, step.line)


def _ends_row(step: _Step) -> bool:
    # A blank cell between two tabs is empty lines, too.
    is_between_tabs = step.before == step.kind == "tab"
    return len(step.empty) >= (2 * _BETWEEN_ROWS if is_between_tabs else _BETWEEN_ROWS)


def _ends_row_by_line(step: _Step) -> bool:
    """Whether a row ends before a line where its end is that of a line: so it is behind a last blank cell."""
    if step.kind == "tab" or step.before == "end":
        return False
    return len(step.empty) > _BESIDE_TAB if step.before == "tab" else not step.empty


def _end_by_lines(steps: Sequence[_Step]) -> bool:
    """Whether rows end where lines do: no empty lines part any two, and a figure stands right above words.

    Of one above another nobody can tell whether it goes on there.
    """
    places = [place for place, step in enumerate(steps) if step.kind == "tab"]
    inner = steps[places[0] : places[-1]]
    if any(step.before == "line" and _ends_row(step) for step in inner):
        return False
    pairs = [(above, step) for above, step in pairwise(inner) if step.before == step.kind == "line"]
    below_figures = [is_figure(step.line.raw) for above, step in pairs if is_figure(above.line.raw)]
    return bool(below_figures) and not any(below_figures)


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
    if len(lines) < 2 or is_figure(lines[1].raw):
        return False
    return lines[0].start == lines[0].end or is_figure(lines[0].raw)


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
