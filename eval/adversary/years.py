"""Mutations that add tables and columns of another year."""

from __future__ import annotations

from random import Random

from eval.adversary.page import (
    Atom,
    Grid,
    Page,
    Part,
    figure_columns,
)
from eval.adversary.registry import mutation


def _other_year(rng: Random, grid: Grid) -> Grid:
    """The same table with figures of another year, which are none of the form's."""
    copies: dict[int, Atom] = {}

    def copied(atom: Atom) -> Atom:
        text = str(rng.randint(0, 600)) if atom.address and atom.text else atom.text
        return copies.setdefault(id(atom), Atom(text))

    return [[copied(atom) for atom in line] for line in grid]


@mutation("last-year-table")
def add_last_years_table(page: Page, rng: Random) -> bool:
    """Last year's table 3 or 4 before or behind this year's, each below its year."""
    own = page.part(rng.choice(("requests", "disputes")))
    grids = [_other_year(rng, grid) for grid in own.grids]
    title = own.heading.partition("、")[2]
    other = Part(f"附：{page.year - 1}年{title}", "", grids)
    at = page.parts.index(own)
    if rng.random() < 0.5:
        page.parts.insert(at + 1, other)
        return True
    other.heading, own.heading = f"{own.heading}\n{page.year - 1}年：", f"{page.year}年："
    page.parts.insert(at, other)
    return True


@mutation("last-year-instead")
def replace_by_last_year(page: Page, rng: Random) -> bool:
    """Table 4 says that there was nothing this year, and shows last year's figures with their year."""
    own = page.part("disputes")
    own.heading += f"\n{page.year}年未发生行政复议、行政诉讼案件。{page.year - 1}年情况如下："
    own.grids = [_other_year(rng, grid) for grid in own.grids]
    return True


@mutation("years-beside")
def add_year_beside(page: Page, rng: Random) -> bool:
    """Table 3 with the columns of last year beside this year's, each below its year."""
    grid = page.matrix()
    columns = figure_columns(grid)
    first, last = columns[0], columns[-1]
    if any(len(line) <= last for line in grid):
        return False
    other = _other_year(rng, [line[first : last + 1] for line in grid])
    is_own_first = rng.random() < 0.5
    years = [Atom(f"{page.year}年"), Atom(f"{page.year - 1}年")]
    for line, beside in zip(grid, other, strict=True):
        at = last + 1 if is_own_first else first
        line[at:at] = beside
    width = last - first + 1
    above = [*grid[0][:first], *[years[not is_own_first]] * width, *[years[is_own_first]] * width]
    grid.insert(0, [*above, *(Atom() for _ in grid[0][first + 2 * width :])])
    return True
