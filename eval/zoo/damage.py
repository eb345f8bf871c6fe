"""What converters and sites do to tables: cells lost, lines lost, labels torn."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from itertools import groupby
from random import Random

from eval.zoo.gold import Line, ambiguous
from eval.zoo.tables import Cell, Rows
from rules.loader import built_in_forms

_SHORT = 4
# Longer labels are broken over lines, as narrow columns break them.
_BROKEN_FROM = 5
# In so many reports more is lost than what a reader can do without.
_TOO_MUCH = 0.25


class Damage(StrEnum):
    """What happens to the tables of a report."""

    NONE = "none"
    SHIFTED = "shifted"
    """Some rows have lost the cells before their label and between it and the figures, so that these stand
    further left; in some reports one has lost its label, too."""
    HEADER = "header"
    """Header cells have lost their second line; in some reports a whole line of a header is lost."""
    BROKEN = "broken"
    """Labels are broken over lines, inside their cells."""
    CUT = "cut"
    """Labels are cut as by a page break: their second part stands in a row of blank cells below."""


def damaged(rng: Random, tables: list[Rows], damage: Damage) -> tuple[list[Rows], frozenset[str]]:
    """Damage the tables of one section.

    Args:
        rng: where chance comes from.
        tables: rows of cells; where lines or cells are to be lost, none of them merged.
        damage: what is to happen.

    Returns:
        The tables, and the addresses of the rows of which the page now tells too little.
    """
    match damage:
        case Damage.NONE:
            return tables, frozenset()
        case Damage.SHIFTED:
            found = [_shifted(rng, table) for table in tables]
        case Damage.HEADER:
            found = [_without_header(rng, table) for table in tables]
        case Damage.BROKEN:
            found = [([[_broken(rng, cell) for cell in row] for row in table], set()) for table in tables]
        case Damage.CUT:
            found = [(_cut(rng, table), set()) for table in tables]
    return [table for table, _ in found], frozenset(row for _, rows in found for row in rows)


def _rows_of(table: Sequence[Sequence[Cell]]) -> set[str]:
    return {cell.address.rpartition(".")[0] for row in table for cell in row if cell.address is not None}


def _label(row: Sequence[Cell]) -> int | None:
    """Where the label of a row of figures stands: the last words before them; None if there are none."""
    figure = next((place for place, cell in enumerate(row) if cell.address is not None), 0)
    return next((place for place in range(figure - 1, -1, -1) if row[place].text), None)


def _labelled(table: Rows) -> list[int]:
    """The rows of figures with a label on their line."""
    return [i for i, row in enumerate(table) if any(cell.address for cell in row) and _label(row) is not None]


def _shifted(rng: Random, table: Rows) -> tuple[Rows, set[str]]:
    rows = _labelled(table)
    if len(rows) < _SHORT:
        return table, set()
    shifted = list(table)
    for place in rng.sample(rows, rng.randint(1, _SHORT)):
        row = table[place]
        label = _label(row)
        shifted[place] = [cell for i, cell in enumerate(row) if i == label or cell.address is not None]
    if rng.random() >= _TOO_MUCH:
        return shifted, set()
    victim = rng.choice(rows)
    shifted[victim] = [cell for cell in table[victim] if cell.address is not None]
    lost = _rows_of([table[victim]])
    for is_figures, run in groupby(enumerate(shifted), key=lambda placed: bool(_rows_of([placed[1]]))):
        if is_figures:
            lines = [_line(row, has_label=place != victim) for place, row in run]
            lost |= ambiguous(lines, sum(cell.address is not None for cell in table[victim]))
    return shifted, lost


def _line(row: Sequence[Cell], *, has_label: bool) -> Line:
    """A row of figures as it stands on the page."""
    addresses = sorted(_rows_of([row]))
    figures = [cell for cell in row if cell.address]
    filled = frozenset(i for i, cell in enumerate(figures) if cell.text)
    return Line(addresses[0], filled, has_label=has_label)


def _without_header(rng: Random, table: Rows) -> tuple[Rows, set[str]]:
    figures = next(i for i, row in enumerate(table) if any(cell.address for cell in row))
    if rng.random() < _TOO_MUCH:
        return [*table[: figures - 1], *table[figures:]], _rows_of(table)
    shorter = [
        [cell._replace(text=_first_line(cell.text)) for cell in row] if i < figures else row
        for i, row in enumerate(table)
    ]
    return shorter, set()


def _first_line(label: str) -> str:
    """The shortest of the variants of a column's label that it begins with."""
    for form in built_in_forms():
        for _, _, _, column in form.places.values():
            if column.label == label:
                return min((one for one in column.variants if label.startswith(one)), key=len, default=label)
    return label


def _broken(rng: Random, cell: Cell) -> Cell:
    if cell.address is not None or len(cell.text) < _BROKEN_FROM or rng.random() < 0.4:
        return cell
    width = rng.randint(2, len(cell.text) - 1)
    lines = [cell.text[start : start + width] for start in range(0, len(cell.text), width)]
    return cell._replace(text="\n".join(lines))


def _cut(rng: Random, table: Rows) -> Rows:
    rows = [i for i in _labelled(table) if len(table[i][_label(table[i]) or 0].text) >= _BROKEN_FROM]
    chosen = set(rng.sample(rows, min(len(rows), rng.randint(1, _SHORT))))
    cut: Rows = []
    for place, row in enumerate(table):
        label = _label(row)
        if place not in chosen or label is None:
            cut.append(row)
            continue
        text = row[label].text
        border = rng.randint(2, len(text) - 2)
        cut.append([cell._replace(text=text[:border]) if i == label else cell for i, cell in enumerate(row)])
        cut.append([Cell(text[border:] if i == label else "") for i in range(len(row))])
    return cut
