"""Reading a statistics table without a form: by grids, alignment and numbering."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractor.documents.document import Document, Span
from extractor.statistics.heads import Head, head_of
from extractor.statistics.raw import RawCell, RawTable, raw_tables
from extractor.statistics.table import StatisticsTable, TableFigure, TableRow
from extractor.statistics.words import Words, is_total, is_unit, is_value, parsed, taken_apart

# How much further in a line must begin to stand below the one above it, in blanks.
_INDENTED = 2
_BLANKS = " \u3000\xa0"
_LONGEST_TITLE = 40
# So many rows with figures make a table.
_LEAST_ROWS = 3


class _Line(NamedTuple):
    """A row before it is known what it stands below.

    Attributes:
        words: of its innermost label.
        groups: of the cells to the left of it, merged ones included.
        label: where the innermost label stands.
        unit: in a cell of its own.
        indent: how far in the label begins, in blanks.
        figures: none of a heading's.
    """

    words: Words
    groups: tuple[RawCell, ...]
    label: Span
    unit: str | None
    indent: int
    figures: tuple[TableFigure, ...]


def read_statistics(document: Document) -> tuple[StatisticsTable, ...]:
    """The statistics tables of a document, whatever their form.

    Args:
        document: the input.

    Returns:
        In the order of the page, those with three rows of figures or more.
    """
    tables = (_table(document, raw) for raw in raw_tables(document))
    return tuple(table for table in tables if table is not None)


def _table(document: Document, raw: RawTable) -> StatisticsTable | None:
    head = head_of(raw)
    if head is None:
        return None
    lines = list(_lines(document, raw, head))
    if sum(bool(line.figures) for line in lines) < _LEAST_ROWS:
        return None
    title = _title(document.text, raw.lines[0][0].span.start)
    return StatisticsTable(title, head.columns, tuple(_rows(lines)), head.corner)


def _title(text: str, start: int) -> str:
    """The last line before a table, if it is short."""
    lines = [line.strip(" \t\u3000|｜#*") for line in text[:start].splitlines()]
    last = next((line for line in reversed(lines) if line), "")
    return last if len(last) <= _LONGEST_TITLE and not last.endswith(("。", "；")) else ""


def _lines(document: Document, raw: RawTable, head: Head) -> Iterator[_Line]:
    """The rows below the header, each with its labels, its unit and its figures."""
    above: dict[int, RawCell] = {}
    for cells in raw.lines[head.rows :]:
        at = {cell.column: cell for cell in cells}
        labels = {column: at[column] for column in head.label_columns if column in at and at[column].text}
        if not labels:
            continue
        inner, outer = max(labels), min(labels)
        # What a merged cell, or one left blank, stands beside stands below it.
        above = {column: cell for column, cell in above.items() if column < outer}
        above |= {column: cell for column, cell in labels.items() if column < inner}
        label, figures = labels[inner], tuple(_figures(at, head))
        unit = next((at[c].text for c in head.unit_columns if c in at and is_unit(at[c].text)), None)
        # A heading has blank cells beside it, and no unit.
        is_heading = bool(head.unit_columns) and unit is None and not any(one.printed for one in figures)
        words = taken_apart(label.text)
        if words.words:
            groups = tuple(cell for column, cell in sorted(above.items()) if column < inner)
            indent = _indent(document.text, label.span.start)
            yield _Line(words, groups, label.span, unit, indent, () if is_heading else figures)


def _figures(at: dict[int, RawCell], head: Head) -> Iterator[TableFigure]:
    for number, column in enumerate(head.value_columns):
        cell = at.get(column)
        if cell is None or not (not cell.text or is_value(cell.text)):
            continue
        state, value, unit = parsed(cell.text)
        yield TableFigure(number, cell.text, cell.span, state, value, unit)


def _indent(text: str, start: int) -> int:
    """How many blanks stand right before a label; a wide one counts as two."""
    count, place = 0, start - 1
    while place >= 0 and text[place] in _BLANKS:
        count += 2 if text[place] == "\u3000" else 1
        place -= 1
    return count


class _Open(NamedTuple):
    """A row that the next one may stand below: its position, and how deep it is."""

    position: int
    depth: float
    indent: int


def _rows(lines: Sequence[_Line]) -> Iterator[TableRow]:
    """The rows, each with what it stands below.

    Numbering tells it: (一) stands below 一、, 1. below (一). Behind 其中 a row is a part of the row before
    it, and rows without a number that follow it are, too, where that row has one. Elsewhere what is further
    in stands below what isn't, and what a merged cell stands beside stands below it.
    """
    opened: list[_Open] = []
    whole: int | None = None
    groups: dict[tuple[str, ...], int] = {}
    base = min((line.indent for line in lines), default=0)
    position = 0
    numbered: list[bool] = []
    for line in lines:
        parent: int | None = None
        for count in range(1, len(line.groups) + 1):
            key = tuple(cell.text for cell in line.groups[:count])
            if key not in groups:
                groups[key] = position
                cell = line.groups[count - 1]
                words = taken_apart(cell.text)
                above = groups.get(key[:-1])
                yield TableRow(words.words, cell.span, words.number, words.unit, (), above)
                numbered.append(words.number is not None)
                position += 1
                opened, whole = [], None
            parent = groups[key]
        words, total = line.words, is_total(line.words.words)
        is_part = words.is_part
        depth = _depth(line, base)
        if words.is_part and opened and words.level is None:
            whole = opened[-1].position
            parent = whole
        elif whole is not None and numbered[whole] and words.level is None and not total and depth <= 0:
            parent, is_part = whole, True
        else:
            whole = None
            depth = depth if words.level is not None or depth > 0 else (0.0 if not total else -1.0)
            while opened and opened[-1].depth >= depth:
                opened.pop()
            parent = opened[-1].position if opened else parent
            opened.append(_Open(position, depth, line.indent))
        unit = line.unit or words.unit
        yield TableRow(words.words, line.label, words.number, unit, line.figures, parent, is_part, total)
        numbered.append(words.number is not None)
        position += 1


def _depth(line: _Line, base: int) -> float:
    """How deep a row is: by its number, else by how far in it begins."""
    if line.words.level is not None:
        return line.words.level + 1.0
    further = line.indent - base
    return 0.5 + further / 10 if further >= _INDENTED else 0.0
