"""Several years below each other in each row of a table: whose line is the report's own, its year says.

Behind the label of a row, which is merged over them, stand 2021年, 2022年, 2023年 with figures each; or the
rows of a table without labels are years. The lines of other years are left out: the rest is the form.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from extractor.layout.items.items import Item, Kind
from extractor.layout.items.pairs_of_years import is_head_of_years, tables_of, year_of_cell
from extractor.text.folding import fold_label

_SLOT, _ENDS = Kind.SLOT, (Kind.ROW_END, Kind.TABLE_END)
# So few years without a label are told apart elsewhere.
_FEWEST_WITHOUT_LABEL = 3


class _Line(NamedTuple):
    """A line of a table that one year names.

    Attributes:
        number: of the line in its table.
        items: all that stands on it.
        year: the cell that names it.
        is_own: whether it is the report's own.
        words: the year, folded.
    """

    number: int
    items: list[Item]
    year: Item
    is_own: bool
    words: str

    @property
    def label(self) -> list[Item]:
        """What stands before the year but for blank cells."""
        before = self.items[: self.items.index(self.year)]
        return [item for item in before if item.kind is not _SLOT or not item.is_blank]

    @property
    def slots(self) -> list[Item]:
        """The cells behind the year."""
        return [item for item in self.items[self.items.index(self.year) + 1 :] if item.kind not in _ENDS]


def without_rows_of_other_years(items: list[Item], text: str) -> list[Item]:
    """Items without the lines of a table that are of other years, beside the report's own.

    Args:
        items: of a document, in reading order.
        text: the document's text.
    """
    if not any(year_of_cell(item, text) is False for item in items):
        return items
    result: list[Item] = []
    for table in tables_of(items):
        result += _of_own_year(table, text)
    return result


def _of_own_year(table: list[Item], text: str) -> list[Item]:
    rows = [list(row) for _, row in groupby(table, key=attrgetter("row"))]
    columns: set[int | None] = set()
    for run in _runs(rows, text):
        sweeps = _sweeps(run)
        if not sweeps:
            return table
        columns.add(run[0].year.grid_column)
        for sweep in sweeps:
            _keep_own(sweep, rows)
    if not columns:
        return table
    kept = [item for row in rows for item in row]
    return [item for item in kept if not any(is_head_of_years(item, column, text) for column in columns)]


def _keep_own(sweep: Sequence[_Line], rows: list[list[Item]]) -> None:
    """Leave of the lines of one row the report's own, behind the row's label."""
    own = next(line for line in sweep if line.is_own)
    labels = [replace(label, row=own.year.row) for line in sweep for label in line.label]
    for line in sweep:
        rows[line.number] = [item for item in line.items if item.kind in _ENDS]
    rows[own.number] = [*labels, *own.slots, *rows[own.number]]


def _runs(rows: Sequence[Sequence[Item]], text: str) -> Iterator[list[_Line]]:
    """The lines with a year in the same column that follow one another."""
    run: list[_Line] = []
    for number, row in enumerate(rows):
        line = _line(number, row, text)
        if run and (line is None or line.year.grid_column != run[-1].year.grid_column):
            yield run
            run = []
        if line is not None:
            run.append(line)
    if run:
        yield run


def _line(number: int, row: Sequence[Item], text: str) -> _Line | None:
    """A row as a line of figures behind a year; None if it is none."""
    years = [(item, own) for item in row if (own := year_of_cell(item, text)) is not None]
    if len(years) != 1:
        return None
    year, own = years[0]
    line = _Line(number, list(row), year, own, fold_label(text[year.start : year.end]))
    is_of_figures = bool(line.slots) and all(item.kind is _SLOT for item in line.slots)
    return line if is_of_figures and all(item.kind is not _SLOT for item in line.label) else None


def _sweeps(run: Sequence[_Line]) -> list[Sequence[_Line]]:
    """The lines of a run by the rows of the form that they are of; none where that isn't told.

    Each row has the same years, rising or falling, once the report's own, and one label, which stands above
    that; without labels there is one row. The cells of all lines of a row stand in the same columns.
    """
    words = [line.words for line in run]
    size = words.index(words[0], 1) if words[0] in words[1:] else len(words)
    sweeps = [run[start : start + size] for start in range(0, len(run), size)]
    is_ordered = words[:size] in (sorted(words[:size]), sorted(words[:size], reverse=True))
    is_swept = size > 1 and is_ordered and words == words[:size] * len(sweeps)
    return (
        sweeps if is_swept and _are_labelled(sweeps) and _has_own(run) and all(map(_is_told, sweeps)) else []
    )


def _are_labelled(sweeps: Sequence[Sequence[_Line]]) -> bool:
    """Whether each row has one label, or there is one row of many lines without any."""
    labels = [sum(bool(line.label) for line in sweep) for sweep in sweeps]
    return labels == [1] * len(sweeps) or (labels == [0] and len(sweeps[0]) >= _FEWEST_WITHOUT_LABEL)


def _has_own(run: Sequence[_Line]) -> bool:
    """Whether any line of the report's own year has a figure: else years may stand elsewhere."""
    return any(not slot.is_blank for line in run if line.is_own for slot in line.slots)


def _is_told(sweep: Sequence[_Line]) -> bool:
    """Whether the lines of one row are alike, and one of them is the report's own, below the row's label.

    One right behind its label is read as it stands.
    """
    own = [place for place, line in enumerate(sweep) if line.is_own]
    columns = {tuple(slot.grid_column for slot in line.slots) for line in sweep}
    labelled = [place for place, line in enumerate(sweep) if line.label]
    is_whole = len(own) == 1 and len({line.words for line in sweep}) == len(sweep) and len(columns) == 1
    return is_whole and all(place < own[0] for place in labelled)
