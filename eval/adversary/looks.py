"""Mutations of what a person sees: struck, raised and hidden numbers, pictures, controls, hidden rows."""

from __future__ import annotations

from random import Random

from eval.adversary.page import Atom, Medium, Page, figures_of, pick_row
from eval.adversary.registry import SEEN, Stage, mutation
from eval.zoo.tables import Beside, Look


def _chosen(page: Page, rng: Random) -> list[Atom]:
    figures = [atom for atom in page.figures() if atom.look is None and not atom.beside]
    return rng.sample(figures, min(len(figures), rng.randint(1, 6)))


def _put_beside(page: Page, rng: Random, look: Look, longest: int) -> bool:
    """Put a number beside some figures."""
    chosen = _chosen(page, rng)
    for atom in chosen:
        number = str(rng.randint(1, 10**longest - 1))
        is_before = look is not Look.RAISED and rng.random() < 0.5
        atom.beside += (Beside(number, look, is_before=is_before),)
    return bool(chosen)


@mutation("footnote-on-figure", Stage.LOOKS, SEEN)
def raise_footnote(page: Page, rng: Random) -> bool:
    """A raised footnote's digit behind some figures."""
    return _put_beside(page, rng, Look.RAISED, 1)


@mutation("struck-beside", Stage.LOOKS, SEEN)
def strike(page: Page, rng: Random) -> bool:
    """A number that is struck through beside some figures."""
    return _put_beside(page, rng, Look.STRUCK, 3)


@mutation("hidden-beside", Stage.LOOKS, SEEN)
def hide(page: Page, rng: Random) -> bool:
    """A number that is hidden beside some figures."""
    return _put_beside(page, rng, Look.HIDDEN, 3)


@mutation("hidden-by-class", Stage.LOOKS, SEEN - {Medium.DOCX})
def hide_by_class(page: Page, rng: Random) -> bool:
    """A number that a style sheet hides beside some figures."""
    return _put_beside(page, rng, Look.HIDDEN_BY_CLASS, 3)


@mutation("tiny-beside", Stage.LOOKS, SEEN)
def shrink(page: Page, rng: Random) -> bool:
    """A number of no size beside some figures."""
    return _put_beside(page, rng, Look.TINY, 3)


@mutation("same-colour", Stage.LOOKS, SEEN)
def colour(page: Page, rng: Random) -> bool:
    """A number in the colour of the paper beside some figures."""
    return _put_beside(page, rng, Look.SAME_COLOUR, 3)


def _replace(page: Page, rng: Random, look: Look) -> bool:
    chosen = [atom for atom in _chosen(page, rng) if atom.text]
    for atom in chosen:
        atom.look = look
    return bool(chosen)


@mutation("figure-image", Stage.LOOKS, frozenset({Medium.HTML}))
def picture(page: Page, rng: Random) -> bool:
    """Pictures in place of some figures."""
    return _replace(page, rng, Look.IMAGE)


@mutation("figure-input", Stage.LOOKS, frozenset({Medium.HTML}))
def control(page: Page, rng: Random) -> bool:
    """Controls that hold some figures."""
    return _replace(page, rng, Look.INPUT)


@mutation("row-hidden", Stage.LOOKS, SEEN)
def hide_row(page: Page, rng: Random) -> bool:
    """A row is hidden, label, figures and all."""
    found = pick_row(rng, page)
    if found is None:
        return False
    grid, row = found
    others = {id(atom) for at, line in enumerate(grid) for atom in line if at != row}
    if any(id(atom) in others for atom in grid[row]):
        return False
    for atom in grid[row]:
        atom.look = Look.HIDDEN_ROW
    return True


@mutation("row-hidden-stranger", Stage.LOOKS, SEEN)
def hide_stranger(page: Page, rng: Random) -> bool:
    """A hidden copy of a row, with other figures, before the row that is seen."""
    found = pick_row(rng, page)
    if found is None:
        return False
    grid, row = found
    others = {id(atom) for at, line in enumerate(grid) for atom in line if at != row}
    if any(id(atom) in others for atom in grid[row]) or not figures_of(grid[row]):
        return False
    copies: dict[int, Atom] = {}
    for atom in grid[row]:
        text = str(rng.randint(0, 500)) if atom.address else atom.text
        copies.setdefault(id(atom), Atom(text, look=Look.HIDDEN_ROW))
    grid.insert(row, [copies[id(atom)] for atom in grid[row]])
    return True
