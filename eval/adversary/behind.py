"""Mutations that put words behind what they name: labels behind figures, names of columns behind each."""

from __future__ import annotations

from random import Random

from eval.adversary.page import Atom, Page, figure_columns, figure_rows, figures_of
from eval.adversary.registry import Stage, mutation


@mutation("labels-behind")
def labels_behind(page: Page, _: Random) -> bool:
    """In table 3 the labels of all rows stand behind their figures, and the header's corner is blank."""
    grid = page.matrix()
    columns = figure_columns(grid)
    if not columns or not columns[0]:
        return False
    first, rows = columns[0], figure_rows(grid)
    for number, line in enumerate(grid):
        line[:] = line[first:] + (line[:first] if number in rows else [Atom()] * first)
    return True


@mutation("names-behind", Stage.CELLS)
def names_behind(page: Page, _: Random) -> bool:
    """In table 3 each figure has its column's name behind it, in place of a header (93自然人)."""
    grid = page.matrix()
    table = next(table for table in page.form.tables if table.id == "requests")
    names = {column.id: column.label for block in table.blocks for column in block.columns}
    rows = figure_rows(grid)
    lines = [[(atom.address or "").rpartition(".")[2] for atom in figures_of(grid[row])] for row in rows]
    if not rows or any(sorted(line) != sorted(names) for line in lines):
        return False
    named = []
    for row in rows:
        line: list[Atom] = []
        for atom in dict.fromkeys(grid[row]):
            column = (atom.address or "").rpartition(".")[2]
            line += [atom, Atom(names[column])] if column else [atom]
        named.append(line)
    grid[:] = named
    return True
