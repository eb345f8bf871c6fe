"""Mutations that cut tables and rows: shifted, lost and doubled ones."""

from __future__ import annotations

from random import Random

from eval.adversary.page import (
    TRACELESS,
    Atom,
    Grid,
    Line,
    Medium,
    Page,
    figure_rows,
    figures_of,
    label_place,
    pick_row,
    place_of_two,
)
from eval.adversary.registry import EVERYWHERE, Stage, mutation

_WITH_TRACES = EVERYWHERE - TRACELESS


@mutation("split-table")
def split(page: Page, rng: Random) -> bool:
    """Table 3 goes on in a second table, with its header again or without, its groups' labels blank."""
    part = page.part("requests")
    grid = part.grids[0]
    rows = figure_rows(grid)
    at = rng.choice(rows[2:])
    header = [list(line) for line in grid[: rows[0]]] if rng.random() < 0.5 else []
    copies: dict[int, Atom] = {}
    for line in header:
        for column, atom in enumerate(line):
            line[column] = copies.setdefault(id(atom), Atom(atom.text))
    above = {id(atom) for line in grid[:at] for atom in line}
    blanks: dict[int, Atom] = {}
    rest = [[blanks.setdefault(id(a), Atom()) if id(a) in above else a for a in line] for line in grid[at:]]
    del grid[at:]
    part.grids[0:1] = [grid, header + rest]
    return True


@mutation("row-shifted-left", Stage.CELLS, _WITH_TRACES)
def shift_left(page: Page, rng: Random) -> bool:
    """A row has lost a blank cell, or a part of its merged label, before its figures."""
    grid, row = pick_row(rng, page, ("requests",)) or (page.matrix(), 0)
    line = grid[row]
    place, columns = label_place(line), [i for i, atom in enumerate(line) if atom.address]
    if place is None or not columns:
        return False
    # Every place before the figures but the last one of the label.
    idle = [i for i in range(columns[0]) if not line[i].text or (i != place and line[i] is line[place])]
    if not idle:
        return False
    if not all(atom.text for atom in figures_of(line)):
        page.leave_open(line)
    del line[rng.choice(idle)]
    return True


@mutation("row-shifted-right", Stage.CELLS, _WITH_TRACES)
def shift_right(page: Page, rng: Random) -> bool:
    """A row has a blank cell too many before its figures, and reaches beyond the table."""
    grid, row = pick_row(rng, page, ("requests",)) or (page.matrix(), 0)
    columns = [i for i, atom in enumerate(grid[row]) if atom.address]
    if not columns:
        return False
    grid[row].insert(columns[0], Atom())
    page.leave_open(grid[row])
    return True


# On a printed page, what stands below a header word is its figure.
@mutation("cell-lost", Stage.CELLS, EVERYWHERE - {Medium.PDF})
def lose_cell(page: Page, rng: Random) -> bool:
    """A figure is lost with its cell, so that those behind it stand further left: nobody can tell."""
    grid, row = _line_of_figures(page, rng)
    columns = [i for i, atom in enumerate(grid[row]) if atom.address]
    page.leave_open(grid[row])
    del grid[row][rng.choice(columns)]
    return True


@mutation("row-lost")
def lose_row(page: Page, rng: Random) -> bool:
    """A row is lost with its label and its figures."""
    found = pick_row(rng, page)
    if found is None or len(figure_rows(found[0])) < 3 or _has_label_of_a_neighbour(*found):
        return False
    del found[0][found[1]]
    return True


def _has_label_of_a_neighbour(grid: Grid, row: int) -> bool:
    """Whether the cell before a row's figures is merged with the row above or below."""
    line = grid[row]
    first = next(column for column, atom in enumerate(line) if atom.address)
    return any(line[first - 1] in other for other in _beside(grid, row))


@mutation("row-doubled", Stage.CELLS)
def double_row(page: Page, rng: Random) -> bool:
    """A row stands twice, label, figures and all."""
    found = pick_row(rng, page)
    if found is None or any(atom in line for atom in found[0][found[1]] for line in _beside(*found)):
        return False
    grid, row = found
    copies = {id(atom): Atom(atom.text, atom.address) for atom in grid[row]}
    grid.insert(row + 1, [copies[id(atom)] for atom in grid[row]])
    return True


def _beside(grid: Grid, row: int) -> list[Line]:
    return [line for at, line in enumerate(grid) if abs(at - row) == 1]


@mutation("pipe-dropped", Stage.CELLS, frozenset({Medium.ROWS}))
def drop_pipe(page: Page, rng: Random) -> bool:
    """What parts two figures of a row is lost: nobody can tell their cells."""
    grid, row = _line_of_figures(page, rng)
    line = grid[row]
    at = place_of_two(rng, line)
    if at is None:
        return False
    page.leave_open(line)
    page.lose(line[at : at + 2])
    line[at : at + 2] = [Atom(f"{line[at].text} {line[at + 1].text}".strip())]
    return True


def _line_of_figures(page: Page, rng: Random) -> tuple[Grid, int]:
    """A row of table 3, or the line of table 4."""
    rows = figure_rows(page.wide())
    if rows and rng.random() < 0.3:
        return page.wide(), rows[0]
    return page.matrix(), rng.choice(figure_rows(page.matrix()))
