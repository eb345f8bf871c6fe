"""Tables with a cell a line whose rows have numbers on lines of their own: 一 before headings, 1 below."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractor.documents.document import Span
from extractor.statistics.raw_cells import LEAST_ROWS, RawCell
from extractor.statistics.words import is_code_head, is_label_head, is_unit, is_unit_head, is_value, level_of

# The header has words above numbers, labels, units and figures.
_LEAST_COLUMNS = 4


def counted_cells(text: str, spans: Sequence[Span]) -> list[list[RawCell]]:
    """The rows of a table with a cell a line, its header first; empty where lines fit no such table.

    Its header names a column of numbers, one of labels and one of units. Blank cells have no line: a row has
    all of its figures behind its unit, a heading nothing, and a row with a number follows it. All numbers
    follow one another, or begin anew.

    Args:
        text: of the document.
        spans: of its lines.
    """
    cells = [RawCell(text[slice(*span)], span, 0) for span in spans]
    head, body = _head_and_body(cells)
    units = [at for at, cell in enumerate(head) if is_unit_head(cell.text)]
    if len(head) < _LEAST_COLUMNS or len(units) != 1:
        return []
    columns = [column for column in range(2, len(head)) if column != units[0]]
    rows = _rows(body, units[0], columns)
    return [[cell._replace(column=at) for at, cell in enumerate(head)], *rows] if _is_table(rows) else []


def _head_and_body(cells: Sequence[RawCell]) -> tuple[Sequence[RawCell], Sequence[RawCell]]:
    """The cells of a header up to the first number, and those from there on."""
    begins = (
        at
        for at, (cell, after) in enumerate(pairwise(cells))
        if is_code_head(cell.text) and is_label_head(after.text)
    )
    first = next(begins, len(cells))
    body = next((at for at in range(first, len(cells)) if level_of(cells[at].text) is not None), len(cells))
    return cells[first:body], cells[body:]


def _rows(cells: Sequence[RawCell], unit: int, columns: Sequence[int]) -> list[list[RawCell]]:
    """Rows of cells, up to the last with figures; empty where one has more figures than columns, or fewer."""
    rows: list[list[RawCell]] = []
    place = 0
    while place < len(cells):
        row = _row(cells[place:][: len(columns) + 3], unit, columns)
        if not row:
            return []
        rows.append(row)
        place += len(row)
    while rows and not _is_filled(rows[-1]):
        rows.pop()
    return rows


def _row(cells: Sequence[RawCell], unit: int, columns: Sequence[int]) -> list[RawCell]:
    """The row that begins with some cells: a number, if it has one, a label, a unit and its figures."""
    count = int(level_of(cells[0].text) is not None)
    label = next(iter(cells[count : count + 1]), None)
    if label is None or is_value(label.text) or is_unit(label.text):
        return []
    row = [*cells[:count], label._replace(column=1)]
    behind = cells[count + 1 :]
    if not behind or not is_unit(behind[0].text):
        return row
    figures = behind[1 : 1 + len(columns)]
    if len(figures) < len(columns) or not all(is_value(cell.text) for cell in figures):
        return []
    of_columns = [cell._replace(column=at) for cell, at in zip(figures, columns, strict=True)]
    return [*row, behind[0]._replace(column=unit), *of_columns]


def _is_filled(row: Sequence[RawCell]) -> bool:
    return is_value(row[-1].text)


def _is_table(rows: Sequence[Sequence[RawCell]]) -> bool:
    """Whether rows are enough, their numbers count, and what lacks figures is no piece of a label."""
    if sum(map(_is_filled, rows)) < LEAST_ROWS:
        return False
    numbers = [int(row[0].text) for row in rows if row[0].column == 0 and row[0].text.isdecimal()]
    is_counting = all(number in (1, before + 1) for before, number in pairwise([0, *numbers]))
    return is_counting and all(_is_filled(row) or after[0].column == 0 for row, after in pairwise(rows))
