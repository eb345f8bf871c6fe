"""A page under mutation: tables as grids of atoms, each of which may cover several places.

An atom that is a figure carries the address that its row's label and its column's header name. So a column
that moves with its header, or a row that moves with its label, takes its address along, and gold follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random
from typing import TypeAlias

from eval.gold.expected import Expected
from eval.zoo.gold import GoldCell
from eval.zoo.reports import Report, Section
from eval.zoo.tables import Beside, Cell, Look, Rows, Shape, expanded, in_shape
from rules.confront import State
from rules.form import Form

_YEAR = re.compile("20[0-9]{2}")
_WORD = re.compile("[\u4e00-\u9fff]")
# What columns of remarks have in their cells.
REMARKS = ("", "", "", "已核对", "含上年", "—")
_UNREAD = (Look.IMAGE, Look.INPUT)


class Medium(StrEnum):
    """How a page arrives."""

    ROWS = "rows"
    """Text with a table row a line, parted by pipes or tabs."""
    BLANKS = "blanks"
    """Text with a table row a line, parted by runs of blanks: a blank cell leaves no trace."""
    LINES = "lines"
    """Text with a cell a line: a blank cell leaves no trace."""
    HTML = "html"
    DOCX = "docx"
    PDF = "pdf"


TRACELESS = frozenset({Medium.BLANKS, Medium.LINES})


@dataclass(eq=False, slots=True)
class Atom:
    """A cell; it stands in each of the places that it covers, and is told from others by identity.

    Attributes:
        text, address, beside, look: as :class:`eval.zoo.tables.Cell` has them.
    """

    text: str = ""
    address: str | None = None
    beside: tuple[Beside, ...] = ()
    look: Look | None = None


Line: TypeAlias = list[Atom]
Grid: TypeAlias = list[Line]


@dataclass(slots=True)
class Part:
    """A heading and the tables below it.

    Attributes:
        heading: as printed.
        table: the id of the form's table; empty for one of another year.
        grids: its tables.
        above, below: lines between the heading and the first table, and behind the last one.
        beside: what else stands in the heading's line.
    """

    heading: str
    table: str
    grids: list[Grid]
    above: list[str] = field(default_factory=list)
    below: list[str] = field(default_factory=list)
    beside: list[Beside] = field(default_factory=list)


@dataclass(slots=True)
class Page:
    """A report under mutation.

    Attributes:
        report: as it was drawn.
        medium: how it arrives.
        shape: what becomes of its merged cells.
        parts: its sections.
        before, after: its paragraphs before the tables and after them; the first is the title.
        open: addresses of figures that the page doesn't tell any more.
        lost: figures that don't stand in cells of their own any more, by address.
        disowned: addresses of figures that the page says are wrong, or none of the report's.
        beside: what else stands in the title's line.
        on_pages: what stands on each page besides the text.
    """

    report: Report
    medium: Medium
    shape: Shape
    parts: list[Part]
    before: list[str]
    after: list[str]
    open: set[str] = field(default_factory=set)
    lost: dict[str, Atom] = field(default_factory=dict)
    disowned: set[str] = field(default_factory=set)
    beside: list[Beside] = field(default_factory=list)
    on_pages: list[Beside] = field(default_factory=list)

    @property
    def year(self) -> int:
        """The year that its title names."""
        found = _YEAR.search(self.report.before[0])
        if found is None:
            raise ValueError(f"no year in {self.report.before[0]!r}")
        return int(found[0])

    @property
    def form(self) -> Form:
        """The form that it follows."""
        return self.report.form

    def part(self, table: str) -> Part:
        """The section of a table of the form."""
        return next(part for part in self.parts if part.table == table)

    def matrix(self) -> Grid:
        """The grid of table 3 (its first, if it was split)."""
        return self.part("requests").grids[0]

    def wide(self) -> Grid:
        """The grid of table 4."""
        return self.part("disputes").grids[0]

    def atoms(self) -> Iterator[Atom]:
        """Every atom of the form's tables, once."""
        seen: set[int] = set()
        for part in self.parts:
            for atom in (atom for grid in part.grids for line in grid for atom in line if part.table):
                if id(atom) not in seen:
                    seen.add(id(atom))
                    yield atom

    def figures(self) -> list[Atom]:
        """The figures of the form's tables."""
        return [atom for atom in self.atoms() if atom.address is not None]

    def leave_open(self, atoms: Iterable[Atom]) -> None:
        """Say that nobody can tell these figures from the page."""
        self.open |= {atom.address for atom in atoms if atom.address is not None}

    def lose(self, atoms: Iterable[Atom]) -> None:
        """Say that these figures, though the page shows them, stand in no cell of their own any more."""
        self.lost |= {atom.address: atom for atom in atoms if atom.address is not None}

    def disown(self, *tables: str) -> None:
        """Say that the figures of these tables are none of the report's: a reader that settles one is wrong.

        Args:
            tables: their ids; all of the form's, if there are none.
        """
        names = tables or [table.id for table in self.form.tables]
        self.disowned |= {address for address in self.form.places if _table(address) in names}

    def put_in_shape(self) -> None:
        """Let become of merged cells what the page's shape says."""
        for part in self.parts:
            part.grids = [grid_of(in_shape(rows_of(grid), self.shape)) for grid in part.grids]

    def result(self) -> Report:
        """The report as it is to be written."""
        sections = [
            Section(part.heading, [*map(rows_of, part.grids)], part.above, part.below, part.beside)
            for part in self.parts
        ]
        return Report(self.form, self.before, sections, self.after, frozenset(), self.beside, self.on_pages)

    def gold(self) -> dict[str, Expected]:
        """What the page shows, by address; where the form has more, it shows nothing."""
        shown = self.figures()
        lost = set(self.open)
        if self.medium in TRACELESS:
            blank = {_table(atom.address) for atom in shown if not atom.text}
            lost |= {atom.address for atom in shown if atom.address and _table(atom.address) in blank}
        gold = {address: _expected(atom, is_on_page=False) for address, atom in self.lost.items()}
        for atom in shown:
            if atom.address is not None and atom.look is not Look.HIDDEN_ROW:
                gold[atom.address] = _expected(atom, is_on_page=atom.address not in lost)
        return {address: cell for address, cell in gold.items() if address not in self.disowned}


def _table(address: str | None) -> str:
    return (address or "").partition(".")[0]


def _expected(atom: Atom, *, is_on_page: bool) -> Expected:
    if atom.look in _UNREAD:
        return Expected("", State.UNREAD, is_on_page=is_on_page)
    if atom.look is not None:
        raise ValueError(f"a figure that is {atom.look} as a whole has no gold")
    state = GoldCell(atom.text).state
    is_word = state is State.NUMBER and not any(one.isdigit() for one in atom.text)
    return Expected(atom.text, State.UNREAD if is_word else state, is_on_page=is_on_page)


# --- grids ---------------------------------------------------------------------------------------


def grid_of(rows: Rows) -> Grid:
    """Rows of cells as a grid; a row may be shorter than others."""
    places = expanded(rows)
    width = 1 + max((column for _, column in places), default=0)
    height = 1 + max((row for row, _ in places), default=0)
    atoms: dict[tuple[int, int], Atom] = {}
    for (row, column), (cell, is_first) in sorted(places.items(), key=lambda item: item[0]):
        if is_first:
            atom = Atom(cell.text, cell.address, cell.beside, cell.look)
            for down in range(cell.down):
                atoms |= {(row + down, column + right): atom for right in range(cell.right)}
    return [
        [atoms[row, column] for column in range(width) if (row, column) in atoms] for row in range(height)
    ]


def rows_of(grid: Grid) -> Rows:
    """A grid as rows of cells: what an atom covers is one cell, or several, if it isn't one rectangle."""
    done: set[tuple[int, int]] = set()
    rows: Rows = []
    for row, line in enumerate(grid):
        cells = []
        for column, atom in enumerate(line):
            if (row, column) in done:
                continue
            right = _run(line, column, atom, {c for r, c in done if r == row})
            down = 1
            while _covers(grid, row + down, column, right, atom):
                down += 1
            done |= {(row + i, column + j) for i in range(down) for j in range(right)}
            cells.append(Cell(atom.text, right, down, atom.address, atom.beside, atom.look))
        rows.append(cells)
    return rows


def _run(line: Line, column: int, atom: Atom, done: set[int]) -> int:
    end = column
    while end < len(line) and line[end] is atom and end not in done:
        end += 1
    return end - column


def _covers(grid: Grid, row: int, column: int, width: int, atom: Atom) -> bool:
    """Whether an atom stands in these places of a row, and no further."""
    if row >= len(grid):
        return False
    line = grid[row]
    is_whole = len(line) >= column + width and all(one is atom for one in line[column : column + width])
    goes_on = len(line) > column + width and line[column + width] is atom
    return is_whole and not goes_on and not (column and line[column - 1] is atom)


def figure_rows(grid: Grid) -> list[int]:
    """The numbers of the rows with figures of the form."""
    return [row for row, line in enumerate(grid) if any(atom.address for atom in line)]


def figure_columns(grid: Grid) -> list[int]:
    """The numbers of the places, in the first row of figures, in which figures of the form stand."""
    rows = figure_rows(grid)
    return [column for column, atom in enumerate(grid[rows[0]]) if atom.address] if rows else []


def label_place(line: Line) -> int | None:
    """Where the label of a row of figures stands: the last words before them; None if there are none.

    What stands in columns that the form doesn't have are numbers, and :data:`REMARKS`.
    """
    first = next((column for column, atom in enumerate(line) if atom.address), 0)
    return next((column for column in range(first - 1, -1, -1) if _is_label(line[column].text)), None)


def _is_label(text: str) -> bool:
    return _WORD.search(text) is not None and text not in REMARKS


def labelled(grid: Grid) -> list[int]:
    """The numbers of the rows of figures that have a label."""
    return [row for row in figure_rows(grid) if label_place(grid[row]) is not None]


def pick_row(
    rng: Random, page: Page, tables: tuple[str, ...] = ("requests", "disclosure")
) -> tuple[Grid, int] | None:
    """A grid of one of these tables and a labelled row of it; None if there is none."""
    table = rng.choice(tables)
    rows = [(grid, row) for grid in page.part(table).grids for row in labelled(grid)]
    return rng.choice(rows) if rows else None


def place_of_two(rng: Random, line: Line) -> int | None:
    """The place of a printed figure right before another; None if there is none."""
    places = [
        i
        for i in range(len(line) - 1)
        if all(line[j].address and line[j].text for j in (i, i + 1)) and line[i] is not line[i + 1]
    ]
    return rng.choice(places) if places else None


def figures_of(line: Line) -> list[Atom]:
    """The figures of a row, each once."""
    return list(dict.fromkeys(atom for atom in line if atom.address))
