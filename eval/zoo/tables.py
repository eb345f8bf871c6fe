"""The tables of a report as rows of cells, as the official forms have them and as converters leave them.

A cell knows how far it is merged and which cell of the form it is, so that every format can be written from
the same rows and the gold needs nobody who reads.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from rules.form import Block, Column, Form, Row, Table

_OUTCOMES = "三、本年度办理结果"


class Look(StrEnum):
    """How a piece of a cell is seen, where it isn't seen like the rest."""

    STRUCK = "struck"
    RAISED = "raised"
    HIDDEN = "hidden"
    """By a style of its own."""
    HIDDEN_BY_CLASS = "hidden by a class"
    TINY = "tiny"
    """Of no size."""
    SAME_COLOUR = "same colour"
    """As what is behind it."""
    IMAGE = "image"
    """A picture of it."""
    INPUT = "input"
    """A control that holds it."""
    HIDDEN_ROW = "hidden row"
    """With its whole row."""
    FOOTNOTE = "footnote"
    """At the foot of the page."""
    ENDNOTE = "endnote"
    """At the end of the text."""
    COMMENT = "comment"
    """In the margin."""
    BOX = "box"
    """In a box over the page."""
    WORD_ART = "drawn letters"
    """Drawn, as ornaments are."""
    BY_SHEET = "by a style sheet"
    """Words that a style sheet puts there."""
    CHOSEN = "chosen"
    """The one that is chosen of a list."""
    SVG = "svg"
    """In a drawing."""
    FRAME = "frame"
    """In a frame that has a page of its own."""
    WATERMARK = "watermark"
    """Across each page."""
    PAGE_HEAD = "page head"
    """At the head of each page."""


class Beside(NamedTuple):
    """What else stands in a cell, how it is seen, and whether it is before the cell's text."""

    text: str
    look: Look
    is_before: bool = False


class Cell(NamedTuple):
    """A cell of a table.

    Attributes:
        text: as a person sees it.
        right, down: how far it is merged.
        address: if it is a figure.
        beside: what else stands in it; a file that is nothing but text has none of it.
        look: of its text, if that isn't seen like the rest.
    """

    text: str
    right: int = 1
    down: int = 1
    address: str | None = None
    beside: tuple[Beside, ...] = ()
    look: Look | None = None


Rows: TypeAlias = list[list[Cell]]


class Shape(StrEnum):
    """What became of merged cells."""

    MERGED = "merged"
    """They are merged."""
    FLAT = "flat"
    """The table has one line of header, and blank cells where a group's label goes on."""
    LEFT = "left"
    """Their text stands in their first cell, the others are blank."""
    REPEATED = "repeated"
    """Their text stands in each of their cells."""
    DROPPED = "dropped"
    """Only their first cell is there: what stands behind it has moved to the left."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a report's tables say.

    Attributes:
        printed: by address; a row without any isn't on the page.
        stated: addresses whose unit the header of their column states.
    """

    form: Form
    printed: Mapping[str, str]
    stated: frozenset[str]


class _Line(NamedTuple):
    """A row of a block, and its figures."""

    row: Row
    figures: list[Cell]


def tables_of(content: Content, table: Table, shape: Shape) -> list[Rows]:
    """The blocks of a table, each as rows of cells from left to right."""
    found = []
    for block in table.blocks:
        lines = []
        for row in block.rows:
            addresses = [f"{table.id}.{row.id}.{column.id}" for column in block.columns]
            if any(address in content.printed for address in addresses):
                lines.append(_Line(row, [Cell(content.printed[a], address=a) for a in addresses]))
        write = _wide if block.orientation == "wide" else _list if block.captions else _matrix
        found.append(write(content, block, lines, shape))
    return found


def in_shape(rows: Rows, shape: Shape) -> Rows:
    """Rows with merged cells, as a converter would leave them."""
    if shape is Shape.MERGED:
        return rows
    if shape is Shape.DROPPED:
        return [[cell._replace(right=1, down=1) for cell in row] for row in rows]
    places = expanded(rows)
    width = 1 + max(column for _, column in places)
    shown: Rows = []
    for row in range(len(rows)):
        line = []
        for column in range(width):
            cell, is_first = places.get((row, column), (Cell(""), True))
            is_shown = is_first or (shape is Shape.REPEATED and cell.address is None)
            line.append(cell._replace(right=1, down=1) if is_shown else Cell(""))
        shown.append(line)
    return shown


def expanded(rows: Sequence[Sequence[Cell]]) -> dict[tuple[int, int], tuple[Cell, bool]]:
    """Which cell covers each place of a table, counted from 0, and whether it begins there."""
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


def places_of(rows: Sequence[Sequence[Cell]]) -> Iterator[tuple[Cell, tuple[int, int]]]:
    """Every cell, and the row and column that it begins at, counted from 1."""
    for (row, column), (cell, is_first) in sorted(expanded(rows).items(), key=lambda item: item[0]):
        if is_first:
            yield cell, (row + 1, column + 1)


# --- blocks --------------------------------------------------------------------------------------


def _label(content: Content, column: Column, lines: Sequence[_Line]) -> str:
    """A column's label, with its unit where the page states it."""
    addresses = [cell.address for line in lines for cell in line.figures]
    own = [a for a in addresses if a is not None and a.rpartition(".")[2] == column.id]
    is_stated = not content.stated.isdisjoint(own)
    return f"{column.label}（单位：{column.unit}）" if column.unit and is_stated else column.label


def _list(content: Content, block: Block, lines: Sequence[_Line], shape: Shape) -> Rows:
    """A block of table 2; merged, it is as wide as the widest."""
    is_wide = shape in (Shape.MERGED, Shape.LEFT)
    last = 4 - len(block.columns) if is_wide else 1
    ends = [1] * (len(block.columns) - 1) + [last]
    header = [Cell(_label(content, column, lines)) for column in block.columns]
    rows = [[Cell(block.captions[0], 1 + sum(ends) if is_wide else 1)]]
    for first, others in (
        (Cell(block.corner[0]), header),
        *((Cell(one.row.label), one.figures) for one in lines),
    ):
        rows.append([first, *(cell._replace(right=end) for cell, end in zip(others, ends, strict=True))])
    return in_shape(rows, shape)


def _matrix(_: Content, block: Block, lines: Sequence[_Line], shape: Shape) -> Rows:
    """Table 3."""
    return (
        _flat_matrix(block, lines) if shape is Shape.FLAT else in_shape(_merged_matrix(block, lines), shape)
    )


def _flat_matrix(block: Block, lines: Sequence[_Line]) -> Rows:
    """With one line of header, and blank cells where a group's label goes on."""
    rows = [[Cell(block.corner[0]), Cell(""), *(Cell(column.label) for column in block.columns)]]
    above = None
    for row, figures in lines:
        group = Cell("" if row.under == above else row.under or "")
        before = [group, Cell(_numbered(row))] if row.under else [Cell(_numbered(row)), Cell("")]
        rows.append([*before, *figures])
        above = row.under
    return rows


def _merged_matrix(block: Block, lines: Sequence[_Line]) -> Rows:
    """With three lines of header and groups of rows, as the official form has it."""
    names = [column.label for column in block.columns]
    rows = [
        [Cell(block.corner[0], 3, 3), Cell(block.spanning[0], 7)],
        [Cell(names[0], 1, 2), Cell(str(block.columns[1].under), 5), Cell(names[-1], 1, 2)],
        [Cell(name) for name in names[1:-1]],
    ]
    outcomes = [line.row for line in lines if line.row.under]
    groups = Counter(row.under for row in outcomes)
    above = None
    for row, figures in lines:
        is_in_group = row.under not in (None, _OUTCOMES)
        before = [Cell(_OUTCOMES, 1, len(outcomes))] if row is outcomes[0] else []
        if is_in_group and row.under != above:
            before.append(Cell(str(row.under), 1, groups[row.under]))
        before.append(Cell(_numbered(row), 1 if is_in_group else 2 if row.under else 3))
        rows.append([*before, *figures])
        above = row.under
    return rows


def _numbered(row: Row) -> str:
    return f"{row.number or ''}{row.label}"


def _wide(_: Content, block: Block, lines: Sequence[_Line], shape: Shape) -> Rows:
    """Table 4: every group side by side."""
    first, *others = (line.row.label for line in lines)
    names = [Cell(column.label) for column in block.columns]
    figures = [figure for line in lines for figure in line.figures]
    if shape is Shape.FLAT:
        above = [cell for line in lines for cell in (Cell(line.row.label), *[Cell("")] * (len(names) - 1))]
        return [above, names * len(lines), figures]
    rows = [
        [Cell(first, 5), Cell(block.corner[0], 10)],
        [*(cell._replace(down=2) for cell in names), *(Cell(other, 5) for other in others)],
        names * 2,
        figures,
    ]
    return in_shape(rows, shape)
