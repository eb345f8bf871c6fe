"""Reading a statistics table without a form: by grids, alignment and numbering."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from extractor.documents.document import Document, Span
from extractor.statistics.heads import Head, head_of
from extractor.statistics.ordinals import with_stops
from extractor.statistics.raw import raw_tables
from extractor.statistics.raw_cells import LEAST_ROWS, RawCell, RawTable, line_indent
from extractor.statistics.table import StatisticsTable, TableFigure, TableRow
from extractor.statistics.words import (
    Words,
    is_caption,
    is_note,
    is_part_alone,
    is_total,
    is_value,
    level_of,
    may_be_unit,
    next_ordinal,
    parsed,
    says_nothing,
    taken_apart,
    unit_stated,
    with_number,
)

# How much further in a line must begin to stand below the one above it, in blanks.
_INDENTED = 2
# A heading without a number: rows that are no further in stand below it, up to the next one.
_OF_HEADING, _OF_TOTAL = -0.5, -1.0
# A row without a number that stands below one that has one: not as deep as the next number.
_OF_ROW = 0.25
_LONGEST_TITLE = 40
# Longer words in a column of figures are no cell of it.
_LONGEST_CELL = 20


class _Line(NamedTuple):
    """A row before it is known what it stands below.

    Attributes:
        words: of its innermost label.
        groups: of the cells to the left of it, merged ones included.
        label: where the innermost label stands.
        unit: in a cell of its own.
        indent: how far in the label begins, in blanks.
        figures: none of a heading's.
        is_disputed: whether it is open which columns they are of.
        is_heading: whether rows without a number that follow stand below it, though it has figures.
    """

    words: Words
    groups: tuple[RawCell, ...]
    label: Span
    unit: str | None
    indent: int
    figures: tuple[TableFigure, ...]
    is_disputed: bool = False
    is_heading: bool = False


def read_statistics(document: Document) -> tuple[StatisticsTable, ...]:
    """The statistics tables of a document, whatever their form.

    Args:
        document: the input.

    Returns:
        In the order of the page, those with three rows of figures or more, or three figures below a header.
    """
    tables = (_table(document, raw) for raw in raw_tables(document))
    return tuple(table for table in tables if table is not None)


def _table(document: Document, raw: RawTable) -> StatisticsTable | None:
    head = head_of(raw)
    if head is None:
        return None
    body = with_stops(raw.lines[head.rows :], head.label_columns[0])
    lines = list(_lines(document, _with_units(body, head) if raw.has_merged else body, head))
    if not _is_table(lines, head):
        return None
    title, unit = _title(document.text, raw.lines[0][0].span.start)
    unit = next(_units_of_all(raw.lines[: head.rows]), unit)
    return StatisticsTable(title, head.columns, tuple(_rows(lines)), head.corner, head.beside, unit)


def _is_table(lines: Sequence[_Line], head: Head) -> bool:
    """Whether rows are enough for a table: three, or below a header fewer with three numbers or more."""
    numbers = [sum(one.value is not None for one in line.figures) for line in lines]
    rows = sum(bool(line.figures) for line in lines)
    return (rows >= LEAST_ROWS and sum(map(bool, numbers)) > 1) or (
        head.rows > 0 and sum(numbers) >= LEAST_ROWS
    )


def _title(text: str, start: int) -> tuple[str, str | None]:
    """The last line before a table, if it is short, and the unit of its figures that is stated there."""
    lines = [line.strip(" \t\u3000|｜#*") for line in text[:start].splitlines()]
    above = (line for line in reversed(lines) if line)
    last, unit = unit_stated(next(above, ""))
    last = last or (next(above, "") if unit is not None else "")
    return last if len(last) <= _LONGEST_TITLE and not last.endswith(("。", "；")) else "", unit


def _units_of_all(head: Iterable[Sequence[RawCell]]) -> Iterator[str]:
    """The units that are stated above the columns: in a cell merged over all of them, beside a title."""
    for cells in head:
        filled = [cell.text for cell in cells if cell.text]
        if len(filled) == 1 or is_caption(filled):
            yield from (unit for text in filled if (unit := unit_stated(text)[1]) is not None)


def _lines(document: Document, rows: Iterable[Sequence[RawCell]], head: Head) -> Iterator[_Line]:
    """The rows below the header, each with its labels, its unit and its figures."""
    above: dict[int, RawCell] = {}
    for cells in rows:
        at = {cell.column: cell for cell in cells}
        if _is_header_again(at, head):
            continue
        labels = _labels(at, head)
        if not labels or is_note(labels[min(labels)].text):
            continue
        inner = max(labels)
        above = _beside(above, labels)
        groups = tuple(cell for column, cell in sorted(above.items()) if column < inner)
        line = _line(document.text, labels[inner], groups, at, head)
        if line.words.words:
            yield line


def _labels(at: dict[int, RawCell], head: Head) -> dict[int, RawCell]:
    """The labels of a row by their columns; one may be merged over the columns of numbers and of labels."""
    labels = {column: at[column] for column in head.label_columns if column in at and at[column].text}
    first = at[min(at)].text if at else ""
    is_merged = not labels and min(at, default=0) < head.label_columns[0]
    if not is_merged or is_value(first) or says_nothing(first) or level_of(first) is not None:
        return labels
    return {head.label_columns[0]: at[min(at)]}


def _with_units(rows: Iterable[Sequence[RawCell]], head: Head) -> Iterator[Sequence[RawCell]]:
    """Rows, those with figures beside a merged cell with their unit; a total counts what several may."""
    above: dict[int, RawCell] = {}
    for cells in rows:
        own = {cell.column for cell in cells}
        above |= {cell.column: cell for cell in cells if cell.column in head.unit_columns}
        is_total_row = any(is_total(cell.text) for cell in cells if cell.column in head.label_columns)
        has_figures = not own.isdisjoint(head.value_columns)
        reaches = has_figures and not is_total_row
        yield [*cells, *(cell for column, cell in above.items() if reaches and column not in own)]
        above = above if has_figures else {}


def _is_header_again(at: dict[int, RawCell], head: Head) -> bool:
    """Whether a row has above its figures' columns what the header has there."""
    filled = [column for column in head.value_columns if column in at and at[column].text]
    return bool(filled) and all(at[column].text == head.words.get(column) for column in filled)


def _beside(above: dict[int, RawCell], labels: dict[int, RawCell]) -> dict[int, RawCell]:
    """The cells of groups that go on beside a row: merged ones, or what the ones below leave blank."""
    inner, outer = max(labels), min(labels)
    going_on = {column: cell for column, cell in above.items() if column < outer}
    return going_on | {column: cell for column, cell in labels.items() if column < inner}


def _line(
    text: str, label: RawCell, groups: tuple[RawCell, ...], at: dict[int, RawCell], head: Head
) -> _Line:
    """A row: its innermost label, what that stands beside, and its cells by their columns."""
    figures = tuple(_figures(at, head))
    inner = tuple(cell for cell in groups if not is_part_alone(cell.text))
    unit = next((at[c].text for c in head.unit_columns if c in at and may_be_unit(at[c].text)), None)
    words = _words(label, at, head, is_part=len(inner) < len(groups))
    # A heading has blank cells beside it, a number and no unit, or none where other rows have one in a cell.
    may_be_heading = bool(head.unit_columns) or (words.level is not None and words.unit is None)
    is_heading = may_be_heading and unit is None and not any(one.printed for one in figures)
    shown = () if is_heading else figures
    # Blanks before a label beside that of its group part the two.
    indent = line_indent(text, label) if label.column == head.label_columns[0] else label.indent
    return _Line(words, inner, label.span, unit, indent, shown, label.is_open)


def _words(label: RawCell, at: dict[int, RawCell], head: Head, *, is_part: bool) -> Words:
    """The words of a row, with the ordinal in a column of its own, and 其中 in the cell beside them."""
    words = taken_apart(label.text)
    if words.level is None and head.number_column in at:
        words = with_number(words, at[head.number_column].text)
    return words._replace(is_part=words.is_part or is_part)


def _figures(at: dict[int, RawCell], head: Head) -> Iterator[TableFigure]:
    for number, column in enumerate(head.value_columns):
        cell = at.get(column)
        if cell is None or len(cell.text) > _LONGEST_CELL:
            continue
        state, value, unit = parsed(cell.text)
        yield TableFigure(number, cell.text, cell.span, state, value, unit)


class _Open(NamedTuple):
    """A row that the next one may stand below: its position, how deep it is, and how far in it begins."""

    position: int
    depth: float
    indent: int


class _Counted(NamedTuple):
    """A row with a number: the one that follows it, and what it stands below."""

    following: str | None
    below: tuple[_Open, ...]


def _rows(lines: Sequence[_Line]) -> Iterator[TableRow]:
    """The rows, each with what it stands below."""
    hierarchy = _Hierarchy(min((line.indent for line in lines), default=0))
    for line in _with_headings(lines):
        yield from hierarchy.groups_of(line)
        yield hierarchy.row_of(line)


def _with_headings(lines: Sequence[_Line]) -> Iterator[_Line]:
    """The rows, those told that are headings though they have figures.

    Where the same words stand behind several numbered rows, they are of each of these.
    """
    runs: list[tuple[int, set[str]]] = []
    for place, line in enumerate(lines):
        if line.words.level is not None:
            runs.append((place, set()))
        elif runs and line.figures and not is_total(line.words.words):
            runs[-1][1].add(line.words.words)
    times = Counter(words for _, run in runs for words in run)
    headings = {place for place, run in runs if any(times[words] > 1 for words in run)}
    return (line._replace(is_heading=place in headings) for place, line in enumerate(lines))


class _Hierarchy:
    """What rows stand below, row after row.

    Numbering tells it: (一) stands below 一、, 1. below (一), 2. beside 1., whatever stands between them; and
    rows without a number below a numbered heading that they follow. Behind 其中 a row is a part of the row
    before it, and rows without a number that follow it are, too, where that row has one. Elsewhere what is
    further in stands below what isn't, and what a merged cell stands beside stands below it.
    """

    def __init__(self, base: int) -> None:
        self._base = base
        self._opened: list[_Open] = []
        self._whole: int | None = None
        self._part_depth = 0.0
        self._groups: dict[tuple[str, ...], int] = {}
        self._numbered: list[bool] = []
        self._counted: dict[int, _Counted] = {}
        self._heading: _Open | None = None

    def groups_of(self, line: _Line) -> Iterator[TableRow]:
        """The rows that the cells beside a row are, where they weren't there before."""
        for count in range(1, len(line.groups) + 1):
            key = tuple(cell.text for cell in line.groups[:count])
            if key in self._groups:
                continue
            words = taken_apart(line.groups[count - 1].text)
            self._groups[key] = len(self._numbered)
            self._numbered.append(words.number is not None)
            self._opened, self._whole, self._heading = [], None, None
            self._counted.clear()
            span, above = line.groups[count - 1].span, self._groups.get(key[:-1])
            yield TableRow(words.words, span, words.number, words.unit, (), above)

    def row_of(self, line: _Line) -> TableRow:
        """The row that a line is."""
        words, total = line.words, is_total(line.words.words)
        depth = _depth(line, self._base)
        if words.is_part and words.level is None and self._opened:
            self._whole, self._part_depth = self._opened[-1].position, depth
        elif not (self._goes_on(words, depth) and not total):
            self._whole = None
        is_part = words.is_part or self._whole is not None
        parent = self._whole if self._whole is not None else self._open(line, depth, is_total=total)
        self._numbered.append(words.number is not None)
        unit = line.unit or words.unit
        is_told = words.level is not None or depth > 0 or is_part or total or bool(line.groups)
        is_told = is_told or self._heading is not None
        return TableRow(
            words.words,
            line.label,
            words.number,
            unit,
            line.figures,
            parent,
            is_part,
            total,
            not is_told,
            is_disputed=line.is_disputed,
        )

    def _goes_on(self, words: Words, depth: float) -> bool:
        """Whether a row without a number goes on with the parts of a whole: as far in as these, if they are
        further in than others, else where the whole has a number."""
        whole = self._whole
        if whole is None or words.level is not None:
            return False
        return depth >= self._part_depth if self._part_depth > 0 else self._numbered[whole] and depth <= 0

    def _open(self, line: _Line, depth: float, *, is_total: bool) -> int | None:
        """What a row stands below, by its depth or merged cells beside it; the next may stand below it."""
        level, has_figures = line.words.level, bool(line.figures)
        if level is None:
            depth = self._depth_of_words(line, depth, is_total=is_total)
        elif (before := self._counted.get(level)) is not None and before.following == line.words.number:
            self._opened = [*before.below]
        while self._opened and self._opened[-1].depth >= depth:
            self._opened.pop()
        beside = self._groups.get(tuple(cell.text for cell in line.groups))
        parent = self._opened[-1].position if self._opened else beside
        # No row stands below one with figures, or a total, only because it follows it.
        opened = _Open(
            len(self._numbered), max(depth, 0.0) if has_figures or is_total else depth, line.indent
        )
        if level is not None:
            self._counted = {one: counted for one, counted in self._counted.items() if one < level}
            self._counted[level] = _Counted(next_ordinal(line.words), (*self._opened,))
            self._heading = None if has_figures and not line.is_heading else opened
        self._opened.append(opened)
        return parent

    def _depth_of_words(self, line: _Line, depth: float, *, is_total: bool) -> float:
        """How deep a row without a number is; behind a heading without one no earlier number goes on."""
        has_figures = bool(line.figures)
        if depth <= 0 and (is_total or not has_figures):
            self._heading = None
            if not has_figures:
                self._counted.clear()
            return _OF_TOTAL if is_total else _OF_HEADING
        if depth <= 0 and self._is_left(line):
            return _OF_HEADING
        if depth > 0:
            above = (one for one in reversed(self._opened) if one.indent <= line.indent - _INDENTED)
            depth = max(depth, next((one.depth + _OF_ROW for one in above), depth))
        return max(depth, self._heading.depth + _OF_ROW) if self._heading is not None else depth

    def _is_left(self, line: _Line) -> bool:
        """Whether a row stands behind those below a heading, which are further in than that and the row."""
        outer = [one for one in self._opened if one.depth == _OF_HEADING]
        further = [one for one in self._opened if one.indent >= line.indent + _INDENTED]
        return bool(outer and further)


def _depth(line: _Line, base: int) -> float:
    """How deep a row is: by its number, else by how far in it begins."""
    if line.words.level is not None:
        return line.words.level + 1.0
    further = line.indent - base
    return 0.5 + further / 10 if further >= _INDENTED else 0.0
