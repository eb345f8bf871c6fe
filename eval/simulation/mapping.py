"""What a simulated model says of the lines of a table: the right answer, and errors in it.

The table has lost its rows and columns, or some rows of it are open.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from eval.simulation.slips import Answer, Said, Setting, Slip, slipped
from eval.zoo.flattened import flat_table, label_of
from eval.zoo.generation import FlatLayout, GeneratedReport
from extractor.asking.numbered_lines import NumberedLines
from rules.form import Column, Row

# How often labels are given to each other's rows or columns, quoted from the figures that are named.
_MISNAMED = 0.5
# How often two labels across are exchanged in an answer that has errors.
_EXCHANGED = 0.15


def _with_slips(
    right: list[Said], shown: frozenset[int], rng: Random, slips: Sequence[Slip], count: int
) -> Answer:
    """An answer with so many errors, each of another kind, if so many can be made."""
    answer = Answer(right)
    setting = Setting(rng, {one.name: one.cells[::-1] for one in right}, sorted(shown), is_instructed=False)
    for slip in rng.sample(slips, len(slips)):
        changed = slipped(answer, slip, setting) if count else None
        if changed is not None:
            answer, count = changed, count - 1
    return answer


def _at_times_exchanged(across: list[dict[str, object]], rng: Random) -> list[dict[str, object]]:
    """Labels across, now and then two of them in each other's place."""
    if rng.random() < _EXCHANGED:
        a, b = rng.sample(range(len(across)), 2)
        across[a], across[b] = across[b], across[a]
    return across


class MappingAnswers:
    """Answers about the lines of table 3 of a flattened report.

    Args:
        report: what is asked about.
        lines: of it, as the model is shown them.
    """

    def __init__(self, report: GeneratedReport, lines: NumberedLines) -> None:
        self._report = report
        self._lines = lines
        self._table = flat_table(report)
        across, series = self._table.columns, self._table.rows
        self._across: Sequence[Row | Column] = across if self._table.by_rows else series
        self._series: Sequence[Row | Column] = series if self._table.by_rows else across

    def answer(self, shown: frozenset[int], rng: Random, slips: Sequence[Slip], count: int) -> str:
        """An answer as it arrives.

        Args:
            shown: the numbers of the lines that are shown.
            rng: where chance comes from.
            slips: the kinds of error that it may have.
            count: how many errors it has.
        """
        right = [said for one in self._series if (said := self._said(one)).line in shown]
        answer = _with_slips(right, shown, rng, slips, count)
        return answer.arriving(self._arranged(answer.said, right, shown, rng))

    def _said(self, series: Row | Column) -> Said:
        cells = [self._report.cells[self._address(series, one)] for one in self._across]
        label = self._label(series, cells[0].start or 0)
        return Said(series.id, self._lines.at(label).number, tuple(cell.printed for cell in cells))

    def _address(self, series: Row | Column, across: Row | Column) -> str:
        row, column = (series, across) if self._table.by_rows else (across, series)
        return f"requests.{row.id}.{column.id}"

    def _label(self, element: Row | Column, end: int) -> int:
        return self._report.text.rindex(label_of(element), 0, end)

    def _arranged(
        self, said: Sequence[Said], right: Sequence[Said], shown: frozenset[int], rng: Random
    ) -> dict[str, object]:
        """The JSON of an answer; a series is quoted with its own words, or with those on the line cited."""
        words = {one.id: label_of(one) for one in (*self._series, *self._across)}
        by_line = {one.line: words[one.name] for one in right}
        is_misnamed = rng.random() < _MISNAMED
        series = [
            {
                "name": one.name,
                "line": one.line,
                "words": by_line.get(one.line, words.get(one.name, one.name))
                if is_misnamed and len(by_line) == len(right)
                else words.get(one.name, one.name),
                "cells": one.cells,
            }
            for one in said
        ]
        across = [
            {"name": one.id, "line": self._line_across(one), "words": words[one.id]} for one in self._across
        ]
        if said != right:
            across = _at_times_exchanged(across, rng)
        across = [one for one in across if one["line"] in shown]
        return {"by": "rows" if self._table.by_rows else "columns", "across": across, "series": series}

    def _line_across(self, element: Row | Column) -> int:
        first = min(
            self._report.cells[self._address(self._series[0], one)].start or 0 for one in self._across
        )
        if self._report.layout is FlatLayout.SENTENCES:
            first = self._report.cells[self._address(self._series[0], element)].start or 0
        return self._lines.at(self._label(element, first)).number


class LeftRowAnswers:
    """Answers about the rows of a table that are open, while others of it are settled.

    Args:
        report: what is asked about.
        lines: of it, as the model is shown them.
    """

    def __init__(self, report: GeneratedReport, lines: NumberedLines) -> None:
        self._report = report
        self._lines = lines

    def answer(
        self, names: frozenset[str], shown: frozenset[int], rng: Random, slips: Sequence[Slip], count: int
    ) -> str:
        """An answer as it arrives: rows where their figures begin, with the words before these.

        Args:
            names: of the rows and columns that are asked about.
            shown: the numbers of the lines that are shown.
            rng: where chance comes from.
            slips: the kinds of error that it may have.
            count: how many errors it has.
        """
        key = self._key(names)
        right, words = self._right(key, names, shown)
        answer = _with_slips(right, shown, rng, slips, count)
        series = [
            {"name": one.name, "line": one.line, "words": words.get(one.line, one.name), "cells": one.cells}
            for one in answer.said
        ]
        columns = self._report.form.blocks[key][1].columns
        across = [{"name": one.id, "line": min(shown), "words": one.label} for one in columns]
        if answer.said != right:
            across = _at_times_exchanged(across, rng)
        return answer.arriving({"by": "rows", "across": across, "series": series})

    def _key(self, names: frozenset[str]) -> tuple[str, str]:
        """The block of the form that all columns asked about are of, and any of the rows."""
        return next(
            key
            for key, (_, block) in self._report.form.blocks.items()
            if names.issuperset(one.id for one in block.columns)
            and any(one.id in names for one in block.rows)
        )

    def _right(
        self, key: tuple[str, str], names: frozenset[str], shown: frozenset[int]
    ) -> tuple[list[Said], dict[int, str]]:
        """What the lines shown say of the rows asked about, and the labels on these lines."""
        words: dict[int, str] = {}
        right: list[Said] = []
        for row, addresses in self._report.form.addressed_rows[key]:
            cells = [self._report.cells[address] for address in addresses if address in self._report.cells]
            start = cells[0].start if row.id in names and cells else None
            if start is not None and self._lines.at(start).number in shown:
                number, label = self._words_before(start)
                words[number] = label
                right.append(Said(row.id, number, tuple(cell.printed for cell in cells)))
        return right, words

    def _words_before(self, start: int) -> tuple[int, str]:
        """The last words before some figures, and the number of the line that they stand on."""
        number = self._lines.at(start).number
        before = self._report.text[self._lines.at(start).start : start]
        while not (words := before.strip(" |\t0123456789")) and number > 1:
            number -= 1
            line = self._lines.numbered(number)
            before = "" if line is None else line.text
        return number, words
