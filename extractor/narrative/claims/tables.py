"""The tables of a report as its text may repeat them: the cells, and how their form's cells are told of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from extractor.result.cells import Cell
from rules.confront import State, related_rows
from rules.form import Form
from rules.wordings import AskedRow, ToldAs, cells_regex


class Tables(NamedTuple):
    """The cells of a report by address, and the forms of the family that they are of.

    How texts call the cells, and which rows a model is asked about, is the family's: the first of its
    forms that says it says it for all.
    """

    cells: Mapping[str, Cell]
    forms: Sequence[Form]

    @property
    def told_as(self) -> ToldAs | None:
        """How texts call the cells; None if no form of the family says it."""
        return next((form.told_as for form in self.forms if form.told_as is not None), None)

    @property
    def asked_as(self) -> tuple[AskedRow, ...]:
        """The rows that a model is asked about; none if no form of the family names any."""
        return next((form.asked_as for form in self.forms if form.asked_as), ())

    def addresses_of(self, named: Sequence[str]) -> tuple[str, ...]:
        """The cells that are named; for a total that states nothing, the cells that it is the total of.

        Args:
            named: addresses, in which ``*`` stands for any parts (see :func:`rules.wordings.cells_regex`).

        Returns:
            Addresses; none if one of those that are named has no cell in this report.
        """
        result: list[str] = []
        for one in named:
            matching = (one,) if one in self.cells else _matching(tuple(self.cells), one)
            if not matching:
                return ()
            for address in matching:
                result += self._stated(address)
        return tuple(result)

    def totals_named(self, words: str) -> tuple[tuple[str, ...], ...]:
        """The cells of the total that a share names, the likeliest first; none if the form has none.

        Args:
            words: between 占 and the percentage, folded.
        """
        if self.told_as is None:
            return ()
        named = (total.cells for total in self.told_as.totals if re.fullmatch(total.words, words))
        readings = (self.addresses_of(cells) for cells in next(named, ()))
        return tuple(addresses for addresses in readings if addresses)

    def sum_of(self, addresses: Sequence[str]) -> int | Decimal | None:
        """The sum of some cells; None if one of them states no number."""
        values = [self.cells[address].value for address in addresses]
        return None if None in values else sum(value for value in values if value is not None)

    def parts_of(self, address: str) -> tuple[str, ...]:
        """The columns that the column of a cell is the total of; none if it is no total."""
        form = next((form for form in self.forms if address in form.places), None)
        return form.places[address].column.sum_of if form is not None else ()

    def related_rows(self, rows: Iterable[str]) -> frozenset[str]:
        """Some rows, and those that rules relate to them (see :func:`rules.confront.related_rows`).

        Args:
            rows: addresses without their columns.
        """
        rows = frozenset(rows)
        return rows.union(*(related_rows(form).get(row, ()) for form in self.forms for row in rows))

    def _stated(self, address: str) -> list[str]:
        if self.cells[address].state is State.NUMBER:
            return [address]
        parts = self.parts_of(address)
        row = address.rpartition(".")[0]
        stated = [
            part
            for part in (f"{row}.{column}" for column in parts)
            if part in self.cells and self.cells[part].state is State.NUMBER
        ]
        return stated or [address]


@lru_cache(maxsize=256)
def _matching(addresses: tuple[str, ...], cells: str) -> tuple[str, ...]:
    return tuple(filter(cells_regex(cells).fullmatch, addresses))
