"""Tearing the rows of a table as converters do: labels on lines of their own, figures on others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from random import Random
from typing import NamedTuple

from rules.form import Row

_MOST_TEARS, _LONGEST = 4, 5
# The label and the figures of one row.
_TWO_PIECES = 2


class Tear(StrEnum):
    """What became of the rows of one tear."""

    FAIR = "fair"
    """Every label and every row of figures is there, in the order of the form."""
    FIGURES_LOST = "figures lost"
    """One row of figures isn't on the page."""
    LABEL_LOST = "label lost"
    """One label isn't on the page, and its figures are."""
    BOTH_LOST = "both lost"
    """One row's figures aren't on the page, and another row's label: there are as many of either."""
    LABELS_EXCHANGED = "labels exchanged"
    """Two labels stand in the other's place; the figures are in order."""
    ROWS_EXCHANGED = "rows exchanged"
    """Two rows stand in the other's place, label and figures."""
    FIGURES_EXCHANGED = "figures exchanged"
    """The labels are in order, and two rows' figures stand in the other's place: nothing on the page, and
    no sum, shows it."""


# Those of which the page shows something; only these are drawn unless others are asked for.
VISIBLE_TEARS = tuple(tear for tear in Tear if tear is not Tear.FIGURES_EXCHANGED)


class Piece(NamedTuple):
    """A label, a row of figures, or both on one line.

    Attributes:
        label: the row whose label it is.
        figures: the row whose figures they are.
        group: the label of the group that begins here.
        is_told: whether the page tells whose they are: by its label, or by the order of what is torn.
    """

    label: Row | None
    figures: Row | None
    group: tuple[str, ...] = ()
    is_told: bool = True

    @property
    def is_whole(self) -> bool:
        """Whether label and figures stand together."""
        return self.label is not None and self.label is self.figures


def draw_pieces(rng: Random, rows: Sequence[Row], tears: Sequence[Tear]) -> list[Piece]:
    """The rows of a table, some of them torn.

    Args:
        rng: where chance comes from.
        rows: of the table, in the order of the form.
        tears: what may become of them; the first is drawn as often as all others together.
    """
    pieces: list[Piece] = []
    # The pieces of runs that follow each other: order tells nothing in any of them if it doesn't in one.
    stretch: list[Piece] = []
    place, is_told = 0, True
    torn = set(rng.sample(range(1, len(rows)), rng.randint(1, _MOST_TEARS)))
    while place < len(rows):
        if place not in torn:
            pieces += [piece._replace(is_told=is_told or piece.is_whole) for piece in stretch]
            stretch, is_told = [], True
            pieces.append(Piece(rows[place], rows[place], _group(rows, place)))
            place += 1
            continue
        run = rows[place : place + rng.randint(1, _LONGEST)]
        others = list(tears[1:])
        tear = rng.choice(others) if others and rng.random() < 0.5 else tears[0]
        own = list(_torn(rng, list(run), tear))
        # A row alone has nothing to be exchanged with.
        is_told = is_told and (tear is Tear.FAIR or sum(not piece.is_whole for piece in own) == _TWO_PIECES)
        stretch += own
        place += len(run)
    return pieces + [piece._replace(is_told=is_told or piece.is_whole) for piece in stretch]


def _group(rows: Sequence[Row], place: int) -> tuple[str, ...]:
    """The group's label, on the first of its rows."""
    under = rows[place].under
    first = under is not None and (not place or rows[place - 1].under != under)
    return (under,) if under is not None and first else ()


def _torn(rng: Random, run: list[Row], tear: Tear) -> Iterator[Piece]:
    """The pieces of a run of rows: labels first, then figures, with whole rows among these."""
    torn = [run[0], *(row for row in run[1:] if rng.random() < 0.75)]
    labels, figures, order = list(torn), list(torn), list(run)
    if len(torn) > 1:
        a, b = rng.sample(range(len(torn)), 2)
        labels, figures, order = _harmed(run, torn, tear, a, b)
    elif tear is not Tear.FAIR:
        # One row has nothing to be exchanged with: its figures stand before its label.
        labels = []
    yield from (Piece(row, None) for row in labels)
    for row in order:
        if row not in torn:
            yield Piece(row, row)
        elif row in figures:
            yield Piece(None, row)
    if not labels:
        yield from (Piece(row, None) for row in torn)


def _harmed(
    run: list[Row], torn: list[Row], tear: Tear, a: int, b: int
) -> tuple[list[Row], list[Row], list[Row]]:
    """Labels, figures, and the order of all rows, with two of the torn ones lost or exchanged.

    Args:
        run: all rows.
        torn: those whose labels stand apart from their figures.
        tear: what happens to two of these.
        a: the place of one of them among the torn ones.
        b: that of the other.
    """
    labels, figures, order = list(torn), list(torn), list(run)
    if tear in (Tear.FIGURES_LOST, Tear.BOTH_LOST):
        figures.remove(torn[a])
    if tear in (Tear.LABEL_LOST, Tear.BOTH_LOST):
        labels.remove(torn[b])
    if tear in (Tear.LABELS_EXCHANGED, Tear.ROWS_EXCHANGED):
        labels[a], labels[b] = labels[b], labels[a]
    if tear is Tear.FIGURES_EXCHANGED:
        i, j = figures.index(torn[a]), figures.index(torn[b])
        figures[i], figures[j] = figures[j], figures[i]
        moved = iter(figures)
        order = [next(moved) if row in torn else row for row in order]
    if tear is Tear.ROWS_EXCHANGED:
        i, j = order.index(torn[a]), order.index(torn[b])
        order[i], order[j] = order[j], order[i]
    return labels, figures, order
