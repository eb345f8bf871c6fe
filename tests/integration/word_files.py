"""Writes reports as Word files, so that tests know what every cell must say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from docx import Document

from eval.cases import Case, GoldCell
from rules.form import Block, Column, Row
from rules.loader import built_in_forms

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_OUTCOMES = "三、本年度办理结果"
# The rows that a report has, and their cells.
Lines: TypeAlias = dict[Row, list[GoldCell]]


class Cell(NamedTuple):
    """A cell of a table, and how far it is merged to the right and down."""

    text: str
    right: int = 1
    down: int = 1


def report(case: Case, *, merged: bool) -> bytes:
    """A case's report as a Word file, its tables with merged cells or without."""
    form = next(form for form in built_in_forms() if form.edition == case.edition)
    gold = {cell.address: cell for cell in case.cells}
    document = Document()
    document.add_paragraph("某县人民政府2023年政府信息公开工作年度报告")
    document.add_paragraph("一、总体情况")
    for number, table in zip("二三四", form.tables, strict=True):
        document.add_paragraph(f"{number}、{table.headings[0]}")
        for block in table.blocks:
            cells = {
                row: [
                    found
                    for column in block.columns
                    if (found := gold.get(f"{table.id}.{row.id}.{column.id}"))
                ]
                for row in block.rows
            }
            write = _wide if block.orientation == "wide" else _list if block.captions else _matrix
            add_table(
                document, write(block, {row: line for row, line in cells.items() if line}, merged=merged)
            )
    document.add_paragraph("五、存在的主要问题及改进情况")
    return saved(document)


def add_table(document: WordDocument, rows: Iterable[list[Cell]]) -> None:
    """Add a table; each row has its own cells only, from left to right."""
    lines = [list(row) for row in rows]
    places = expanded(lines)
    height, width = len(lines), max(column for _, column in places) + 1
    table = document.add_table(height, width)
    grid = [row.cells for row in table.rows]
    for (row, column), (cell, is_origin) in places.items():
        if is_origin:
            own = grid[row][column]
            if (cell.right, cell.down) != (1, 1):
                own = own.merge(grid[row + cell.down - 1][column + cell.right - 1])
            own.text = cell.text


def expanded(rows: list[list[Cell]]) -> dict[tuple[int, int], tuple[Cell, bool]]:
    """Which cell covers each place of a table, and whether it begins there."""
    places: dict[tuple[int, int], tuple[Cell, bool]] = {}
    for row, cells in enumerate(rows):
        column = 0
        for cell in cells:
            while (row, column) in places:
                column += 1
            for down in range(cell.down):
                for right in range(cell.right):
                    places[row + down, column + right] = (cell, down == right == 0)
    return places


def saved(document: WordDocument) -> bytes:
    """The bytes of a document."""
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _label(column: Column, lines: Lines) -> str:
    """A column's label, with its unit where the page states it."""
    stated = any(gold.unit == column.unit for line in lines.values() for gold in line)
    return f"{column.label}（单位：{column.unit}）" if column.unit and stated else column.label


def _list(block: Block, lines: Lines, *, merged: bool) -> list[list[Cell]]:
    """A block of table 2; merged, it is as wide as the widest."""
    last = 4 - len(block.columns) if merged else 1
    ends = [1] * (len(block.columns) - 1) + [last]
    caption = [Cell(block.captions[0], len(block.columns) + last)] if merged else [Cell(block.captions[0])]
    rows = [caption, [Cell(block.corner[0])]]
    rows[1] += [Cell(_label(column, lines), end) for column, end in zip(block.columns, ends, strict=True)]
    for row, line in lines.items():
        rows.append(
            [Cell(row.label), *(Cell(gold.printed, end) for gold, end in zip(line, ends, strict=True))]
        )
    return rows


def _matrix(block: Block, lines: Lines, *, merged: bool) -> list[list[Cell]]:
    """Table 3."""
    return _merged_matrix(block, lines) if merged else _flat_matrix(block, lines)


def _flat_matrix(block: Block, lines: Lines) -> list[list[Cell]]:
    """With one line of header, and blank cells where a group's label goes on."""
    rows = [[Cell(block.corner[1]), Cell(""), *(Cell(column.label) for column in block.columns)]]
    above = None
    for row, line in lines.items():
        group = Cell("" if row.under == above else row.under or "")
        before = [group, Cell(_numbered(row))] if row.under else [Cell(_numbered(row)), Cell("")]
        rows.append([*before, *(Cell(gold.printed) for gold in line)])
        above = row.under
    return rows


def _merged_matrix(block: Block, lines: Lines) -> list[list[Cell]]:
    """With three lines of header and groups of rows, as the official form has it."""
    names = [column.label for column in block.columns]
    rows = [
        [Cell(block.corner[1], 3, 3), Cell(block.corner[0], 7)],
        [Cell(names[0], 1, 2), Cell(str(block.columns[1].under), 5), Cell(names[-1], 1, 2)],
        [Cell(name) for name in names[1:-1]],
    ]
    outcomes = [row for row in lines if row.under]
    groups = Counter(row.under for row in outcomes)
    above = None
    for row, line in lines.items():
        is_in_group = row.under not in (None, _OUTCOMES)
        before = [Cell(_OUTCOMES, 1, len(outcomes))] if row is outcomes[0] else []
        if is_in_group and row.under != above:
            before.append(Cell(str(row.under), 1, groups[row.under]))
        before.append(Cell(_numbered(row), 1 if is_in_group else 2 if row.under else 3))
        rows.append([*before, *(Cell(gold.printed) for gold in line)])
        above = row.under
    return rows


def _numbered(row: Row) -> str:
    return f"{row.number or ''}{row.label}"


def _wide(block: Block, lines: Lines, *, merged: bool) -> list[list[Cell]]:
    """Table 4: every group side by side."""
    first, *others = (row.label for row in lines)
    names = [Cell(column.label) for column in block.columns]
    figures = [Cell(gold.printed) for line in lines.values() for gold in line]
    if not merged:
        above = [cell for row in lines for cell in (Cell(row.label), *[Cell("")] * (len(names) - 1))]
        return [above, names * len(lines), figures]
    return [
        [Cell(first, 5), Cell(block.corner[0], 10)],
        [*(cell._replace(down=2) for cell in names), *(Cell(other, 5) for other in others)],
        names * 2,
        figures,
    ]
