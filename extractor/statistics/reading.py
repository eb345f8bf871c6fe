"""Reading a statistics table without a form: by grids, alignment and numbering."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from extractor.documents.document import Document
from extractor.statistics.codes import OF_CODES, before_words, code_of
from extractor.statistics.heads import Head, head_of
from extractor.statistics.hierarchy import rows_of
from extractor.statistics.line import Line
from extractor.statistics.ordinals import with_items_further_in, with_stops
from extractor.statistics.raw import raw_tables
from extractor.statistics.raw_cells import (
    INDENTED,
    LEAST_ROWS,
    RawCell,
    RawTable,
    is_behind_mark,
    line_indent,
)
from extractor.statistics.table import StatisticsTable, TableFigure
from extractor.statistics.titles import title_above
from extractor.statistics.words import (
    Words,
    are_captions,
    before_part,
    depth_of_branch,
    is_caption,
    is_note,
    is_part_alone,
    is_total,
    is_value,
    level_of,
    may_be_unit,
    parsed,
    says_nothing,
    taken_apart,
    unit_stated,
    with_number,
)
from extractor.text.width import width_in_digits

# 【信息发布】
_HEADING = re.compile(r"【[^【】]+】")
# Longer words in a column of figures are no cell of it.
_LONGEST_CELL = 20


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
    head = head_of(document.text, raw)
    if head is None:
        return None
    outer = head.label_columns[0]
    body = with_items_further_in(with_stops(raw.lines[head.rows :], outer), outer)
    rows = _lines(document, _with_units(body, head) if raw.has_merged else body, head)
    lines = _without_blanks(_with_marked_headings(document.text, [*rows]))
    if not _is_table(lines, head):
        return None
    title, unit = title_above(document.text, raw.lines[0][0].span.start)
    unit = next(_units_of_all(raw.lines[: head.rows]), unit)
    return StatisticsTable(title, head.columns, tuple(rows_of(lines)), head.corner, head.beside, unit)


def _is_table(lines: Sequence[Line], head: Head) -> bool:
    """Whether rows are enough for a table: three, or below a header fewer with three numbers or more."""
    numbers = [sum(one.value is not None for one in line.figures) for line in lines]
    rows = sum(bool(line.figures) for line in lines)
    return (rows >= LEAST_ROWS and sum(map(bool, numbers)) > 1) or (
        head.rows > 0 and sum(numbers) >= LEAST_ROWS
    )


def _units_of_all(head: Iterable[Sequence[RawCell]]) -> Iterator[str]:
    """The units that are stated above the columns: in a cell merged over all of them, beside a title."""
    for cells in head:
        filled = [cell.text for cell in cells if cell.text]
        if len(filled) == 1 or is_caption(filled):
            yield from (unit for text in filled if (unit := unit_stated(text)[1]) is not None)


def _lines(document: Document, rows: Iterable[Sequence[RawCell]], head: Head) -> Iterator[Line]:
    """The rows below the header, each with its labels, its unit and its figures."""
    above: dict[int, RawCell] = {}
    for cells in rows:
        at = {cell.column: cell for cell in cells}
        if _is_header_again(at, head) or all(says_nothing(cell.text) for cell in cells):
            continue
        labels = _labels(at, head)
        if not labels or is_note(labels[min(labels)].text) or are_captions([cell.text for cell in cells]):
            continue
        inner = max(labels)
        is_outer = inner in above
        above = _beside(above, labels)
        groups = tuple(cell for column, cell in sorted(above.items()) if column < inner)
        line = _line(document.text, labels[inner], groups, at, head)
        # Words merged over columns of labels are centred.
        line = line._replace(indent=0, words_indent=0) if is_outer else line
        if line.words.words:
            yield line


def _with_marked_headings(text: str, lines: Sequence[Line]) -> list[Line]:
    """The rows, those of blank cells whose labels are marked headings, where no row with figures is.

    Args:
        text: of the document.
        lines: of the table.
    """
    marked = {place for place, line in enumerate(lines) if _HEADING.fullmatch(text, *line.label) is not None}
    if any(one.printed for place in marked for one in lines[place].figures):
        return [*lines]
    return [line._replace(figures=()) if place in marked else line for place, line in enumerate(lines)]


def _without_blanks(lines: Sequence[Line]) -> list[Line]:
    """The rows, headings without the blank cells beside them: what follows stands below them.

    Args:
        lines: of the table.
    """
    filled = [line for line in lines if any(one.printed for one in line.figures)]
    in_cells = any(line.unit is not None for line in filled)
    has_units = in_cells or all(line.words.unit is not None for line in filled)
    return [
        _without_figures(line) if after is not None and _is_above(line, after, has_units=has_units) else line
        for line, after in zip(lines, (*lines[1:], None), strict=False)
    ]


def _without_figures(line: Line) -> Line:
    """A row with nothing but blank cells as a heading; with a unit in a cell of its own it is a row, too."""
    if line.unit is None:
        return line._replace(figures=())
    return line._replace(is_heading=line.words.level is not None)


def _is_above(line: Line, after: Line, *, has_units: bool) -> bool:
    """Whether a row with nothing but blank cells heads the one after it.

    Args:
        line: the row.
        after: the one below it.
        has_units: whether rows with figures have a unit, in a cell or in their label.
    """
    if any(one.printed for one in line.figures):
        return False
    level, below = line.words.level, after.words.level
    if level is None:
        is_alone = has_units and _unit(line) is None and _unit(after) is not None
        return after.indent >= line.words_indent + INDENTED or is_alone
    return below > level if below is not None else after.indent >= line.indent


def _unit(line: Line) -> str | None:
    return line.unit or line.words.unit


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
        filled = {cell.column for cell in cells if cell.text}
        above |= {cell.column: cell for cell in cells if cell.column in head.unit_columns}
        is_total_row = any(is_total(cell.text) for cell in cells if cell.column in head.label_columns)
        has_figures = not own.isdisjoint(head.value_columns)
        reaches = not filled.isdisjoint(head.value_columns) and not is_total_row
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


def _line(text: str, label: RawCell, groups: tuple[RawCell, ...], at: dict[int, RawCell], head: Head) -> Line:
    """A row: its innermost label, what that stands beside, and its cells by their columns."""
    figures = tuple(_figures(at, head))
    inner = tuple(cell for cell in groups if not is_part_alone(cell.text))
    unit = next((at[c].text for c in head.unit_columns if c in at and may_be_unit(at[c].text)), None)
    words = _words(label, at, head, is_part=len(inner) < len(groups))
    # Blanks before a label beside that of its group part the two, unless a mark does.
    is_alone = label.column == head.label_columns[0] or is_behind_mark(text, label)
    indent = line_indent(text, label) if is_alone else label.indent
    indent += INDENTED * depth_of_branch(label.text)
    behind = indent + width_in_digits(before_part(label.text)) if words.is_part else indent
    return Line(words, inner, label.span, unit, indent, behind, figures, label.is_open)


def _words(label: RawCell, at: dict[int, RawCell], head: Head, *, is_part: bool) -> Words:
    """The words of a row, with the ordinal in a column of its own, and 其中 in the cell beside them."""
    numbers = head.numbers
    code, rest = before_words(label.text) if label.column == numbers.code_column else ("", label.text)
    words = taken_apart(rest)
    code = code or (code_of(at[numbers.code_column].text) if numbers.code_column in at else "")
    if code in numbers.codes:
        words = words._replace(level=OF_CODES + numbers.codes[code], number=words.number or code)
    elif words.level is None and numbers.column in at:
        words = with_number(words, at[numbers.column].text)
    return words._replace(is_part=words.is_part or is_part)


def _figures(at: dict[int, RawCell], head: Head) -> Iterator[TableFigure]:
    for number, column in enumerate(head.value_columns):
        cell = at.get(column)
        if cell is None or len(cell.text) > _LONGEST_CELL:
            continue
        state, value, unit = parsed(cell.text)
        yield TableFigure(number, cell.text, cell.span, state, value, unit)
