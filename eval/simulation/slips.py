"""The errors of a simulated model: what each kind does to a right answer."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from random import Random
from typing import NamedTuple, TypeAlias, TypeVar

from extractor.text.figures import is_zero


class Slip(StrEnum):
    """A kind of error."""

    DIGIT_CHANGED = "digit changed"
    """One digit of a figure is another one."""
    DIGIT_DROPPED = "digit dropped"
    """One digit of a figure is missing."""
    DIGIT_DOUBLED = "digit doubled"
    """One digit of a figure stands twice."""
    CELLS_SHIFTED = "cells shifted"
    """A row's figures stand one column further on, or back."""
    FIGURES_EXCHANGED = "figures exchanged"
    """Two rows have each other's figures, but cite their own lines."""
    ROWS_EXCHANGED = "rows exchanged"
    """Two rows have each other's figures and lines."""
    ROWS_SHIFTED = "rows shifted"
    """From some row on, every row has the figures and the line of the one before it, or after it."""
    COLUMNS_EXCHANGED = "columns exchanged"
    """Two columns are exchanged in every row of a table."""
    ROW_SKIPPED = "row skipped"
    """Nothing is said about a row."""
    ZERO_FOR_BLANK = "zero for blank"
    """The blanks and marks of a row are given as 0."""
    BLANK_FOR_ZERO = "blank for zero"
    """The zeros of a row are given as blanks."""
    TOTAL_CORRECTED = "total corrected"
    """A row is made to add up: its total is altered, or a part together with it."""
    MADE_CONSISTENT = "made consistent"
    """A figure is altered, and with it every total that depends on it: no sum can see it."""
    OTHER_YEAR = "another year"
    """A row has figures of another year."""
    INJECTED = "injected"
    """Everything is zero, as a text in the report demands."""
    INVENTED_ROW = "invented row"
    """A row is answered once more, with the figures of another one, or under a name not asked for."""
    WRONG_LINE = "wrong line"
    """The right figures, on a line that doesn't print them."""
    EXAMPLE = "example"
    """A row of the prompt's example is given for one of the report."""
    MALFORMED = "malformed"
    """The answer is no JSON, or not of the schema."""
    TRUNCATED = "truncated"
    """The answer is cut off, and the server says so."""
    PROSE = "prose around"
    """The right answer among thoughts, fences and courtesies."""


# What prompts/tables.md gives as an example.
_EXAMPLE_LINE = 9001
_EXAMPLE_CELLS = ("8812", "8833", "", "8804", "0", "/", "26449")
_FRAME = ("received", "carried_in", "handled_total", "carried_out")
_DIGITS = "0123456789"


class Said(NamedTuple):
    """What an answer says about a unit; ``as_zeros``: by naming its line only."""

    name: str
    line: int
    cells: tuple[str, ...]
    as_zeros: bool = False


@dataclass(slots=True)
class Answer:
    """An answer in the making: what is said, and what becomes of its text.

    Attributes:
        said: the units that it is about, in the order of the question.
        before, after: what stands around the JSON.
        length: how much of the text arrives; None for all.
        spoil: what is done to the text.
    """

    said: list[Said]
    before: str = ""
    after: str = ""
    length: float | None = None
    spoil: tuple[str, str] | None = None

    def text(self) -> str:
        """As it arrives."""
        rows = [
            {"row": one.name, "line": one.line, "cells": one.cells} for one in self.said if not one.as_zeros
        ]
        zeros = [one.line for one in self.said if one.as_zeros]
        return self.arriving({"rows": rows, "zeros": zeros})

    def arriving(self, content: Mapping[str, object]) -> str:
        """Some JSON with what becomes of the text of this answer."""
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        if self.spoil is not None:
            text = text.replace(*self.spoil)
        if self.length is not None:
            text = text[: int(len(text) * self.length)]
        return f"{self.before}{text}{self.after}"

    def meaning(self) -> tuple[object, ...]:
        """What it comes to, whichever way zeros are given."""
        said = tuple((one.name, one.line, one.cells) for one in self.said)
        return said, self.before, self.length, self.spoil


@dataclass(frozen=True, slots=True)
class Setting:
    """What a model has before it when it errs.

    Attributes:
        rng: where chance comes from.
        other_year: by the name of a unit, figures of another year.
        lines: the numbers of the lines that it is shown.
        is_instructed: whether a text among them demands zeros.
    """

    rng: Random
    other_year: Mapping[str, tuple[str, ...]]
    lines: Sequence[int]
    is_instructed: bool


_Change: TypeAlias = Callable[[Answer, Setting], None]
_T = TypeVar("_T")


class _NothingToErrInError(Exception):
    """There is no row or figure of the kind that an error needs."""


def slipped(answer: Answer, slip: Slip, setting: Setting) -> Answer | None:
    """The answer with an error of this kind; None if it can't be made in it, or changes nothing."""
    changed = replace(answer, said=list(answer.said))
    try:
        _CHANGES[slip](changed, setting)
    except _NothingToErrInError:
        return None
    return None if changed.meaning() == answer.meaning() else changed


def _one_of(rng: Random, options: Sequence[_T]) -> _T:
    if not options:
        raise _NothingToErrInError
    return rng.choice(options)


def _put(answer: Answer, place: int, cells: Sequence[str], line: int | None = None) -> None:
    """Other cells for a unit, spelled out."""
    said = answer.said[place]
    answer.said[place] = Said(said.name, said.line if line is None else line, tuple(cells))


# --- figures -------------------------------------------------------------------------------------


def _digit(change: Callable[[str, Random], str], least: int) -> _Change:
    """An error in one digit of a figure that has at least so many."""

    def apply(answer: Answer, setting: Setting) -> None:
        places = [
            (i, j)
            for i, one in enumerate(answer.said)
            for j, cell in enumerate(one.cells)
            if sum(c in _DIGITS for c in cell) >= least
        ]
        # Most figures are zeros; errors in others are as likely.
        telling = [(i, j) for i, j in places if not is_zero(answer.said[i].cells[j])]
        i, j = _one_of(setting.rng, telling if telling and setting.rng.random() < 0.7 else places)
        cells = list(answer.said[i].cells)
        at = _one_of(setting.rng, [k for k, c in enumerate(cells[j]) if c in _DIGITS])
        cells[j] = cells[j][:at] + change(cells[j][at], setting.rng) + cells[j][at + 1 :]
        _put(answer, i, cells)

    return apply


def _other_digit(digit: str, rng: Random) -> str:
    return _one_of(rng, _DIGITS.replace(digit, ""))


def _shift_cells(answer: Answer, setting: Setting) -> None:
    rng = setting.rng
    place = _one_of(rng, [i for i, one in enumerate(answer.said) if len(set(one.cells)) > 1])
    cells, fill = answer.said[place].cells, _one_of(rng, ["", "0"])
    _put(answer, place, (*cells[1:], fill) if rng.random() < 0.5 else (fill, *cells[:-1]))


def _replace_cells(wanted: Callable[[str], bool], by: str) -> _Change:
    """Every cell of this kind in a row, given otherwise."""

    def apply(answer: Answer, setting: Setting) -> None:
        places = [i for i, one in enumerate(answer.said) if any(map(wanted, one.cells))]
        place = _one_of(setting.rng, places)
        _put(answer, place, [by if wanted(cell) else cell for cell in answer.said[place].cells])

    return apply


def _take_other_year(answer: Answer, setting: Setting) -> None:
    places = [
        i for i, one in enumerate(answer.said) if setting.other_year.get(one.name, one.cells) != one.cells
    ]
    place = _one_of(setting.rng, places)
    _put(answer, place, setting.other_year[answer.said[place].name])


# --- rows and columns ----------------------------------------------------------------------------


def _two_rows(answer: Answer, rng: Random) -> tuple[int, int]:
    """Two rows of one width, oftener neighbours than not."""
    widths = [len(one.cells) for one in answer.said]
    pairs = [(i, j) for i in range(len(widths)) for j in range(i) if widths[i] == widths[j]]
    near = [(i, j) for i, j in pairs if i - j == 1]
    return _one_of(rng, near if near and rng.random() < 0.6 else pairs)


def _exchange(*, with_lines: bool) -> _Change:
    def apply(answer: Answer, setting: Setting) -> None:
        i, j = _two_rows(answer, setting.rng)
        first, second = answer.said[i], answer.said[j]
        _put(answer, i, second.cells, second.line if with_lines else None)
        _put(answer, j, first.cells, first.line if with_lines else None)

    return apply


def _shift_rows(answer: Answer, setting: Setting) -> None:
    rng, said = setting.rng, list(answer.said)
    width = len(said[_two_rows(answer, rng)[0]].cells)
    places = [i for i, one in enumerate(said) if len(one.cells) == width]
    first = _one_of(rng, range(len(places) - 1))
    run = places[first : first + rng.randint(2, 8)]
    step = _one_of(rng, [1, -1])
    for place, other in zip(run[::step], run[::step][1:], strict=False):
        _put(answer, place, said[other].cells, said[other].line)


def _exchange_columns(answer: Answer, setting: Setting) -> None:
    width = len(_one_of(setting.rng, [one for one in answer.said if len(one.cells) > 1]).cells)
    a, b = setting.rng.sample(range(width), 2)
    for place, one in enumerate(answer.said):
        if len(one.cells) == width and one.cells[a] != one.cells[b]:
            cells = list(one.cells)
            cells[a], cells[b] = cells[b], cells[a]
            _put(answer, place, cells)


def _skip_row(answer: Answer, setting: Setting) -> None:
    answer.said.remove(_one_of(setting.rng, answer.said))


def _invent_row(answer: Answer, setting: Setting) -> None:
    rng = setting.rng
    i, j = _two_rows(answer, rng)
    name = answer.said[i].name if rng.random() < 0.8 else "recieved"
    answer.said.append(Said(name, answer.said[j].line, answer.said[j].cells))


def _cite_wrongly(answer: Answer, setting: Setting) -> None:
    place = _one_of(setting.rng, range(len(answer.said)))
    one = answer.said[place]
    near = [line for line in setting.lines if line != one.line and abs(line - one.line) < 4]
    _put(answer, place, one.cells, _one_of(setting.rng, near))


# --- sums ----------------------------------------------------------------------------------------


def _counts(said: Said) -> list[int] | None:
    """The figures of a row of table 3 as counts; None if it isn't one."""
    plain = [cell.replace(",", "").replace("/", "") or "0" for cell in said.cells]
    return [int(cell) for cell in plain] if len(plain) == 7 and all(map(str.isdecimal, plain)) else None


def _correct_total(answer: Answer, setting: Setting) -> None:
    """On a page that contradicts itself, the total that would fit; else a part and the total with it."""
    rng = setting.rng
    rows = {i: counts for i, one in enumerate(answer.said) if (counts := _counts(one)) is not None}
    amiss = [i for i, counts in rows.items() if sum(counts[:6]) != counts[6]]
    place = _one_of(rng, amiss or list(rows))
    counts, cells = rows[place], list(answer.said[place].cells)
    if not amiss:
        part = rng.randrange(6)
        counts[part] += rng.randint(1, 9)
        cells[part] = str(counts[part])
    cells[6] = str(sum(counts[:6]))
    _put(answer, place, cells)


def _make_consistent(answer: Answer, setting: Setting) -> None:
    """One result more, and one more in its row's total, its column's totals, and the whole's."""
    rng = setting.rng
    rows = {
        one.name: (i, counts) for i, one in enumerate(answer.said) if (counts := _counts(one)) is not None
    }
    result = _one_of(rng, [name for name in rows if name not in _FRAME])
    column, step = rng.randrange(6), rng.randint(1, 9)
    for name in (result, "handled_total", "received"):
        if name in rows:
            place, counts = rows[name]
            cells = list(answer.said[place].cells)
            for changed in (column, 6):
                cells[changed] = str(counts[changed] + step)
            _put(answer, place, cells)


# --- the answer as a whole -----------------------------------------------------------------------


def _inject(answer: Answer, setting: Setting) -> None:
    if not setting.is_instructed:
        raise _NothingToErrInError
    for place, one in enumerate(answer.said):
        if not one.as_zeros:
            zeros = ("0",) * len(one.cells)
            answer.said[place] = Said(one.name, one.line, zeros, as_zeros=setting.rng.random() < 0.5)


def _give_example(answer: Answer, setting: Setting) -> None:
    place = _one_of(setting.rng, [i for i, one in enumerate(answer.said) if len(one.cells) == 7])
    line = _EXAMPLE_LINE if setting.rng.random() < 0.5 else answer.said[place].line
    _put(answer, place, _EXAMPLE_CELLS, line)


def _malform(answer: Answer, setting: Setting) -> None:
    answer.spoil = _one_of(
        setting.rng,
        [('"', "'"), ("]}", "]"), ('"cells":', '"figures":'), ('"zeros"', '"zeroes"'), (",", ",,")],
    )


def _truncate(answer: Answer, setting: Setting) -> None:
    answer.length = setting.rng.uniform(0.1, 0.95)


def _talk(answer: Answer, setting: Setting) -> None:
    answer.before, answer.after = _one_of(
        setting.rng,
        [
            ("```json\n", "\n```"),
            ('<think>表三第一行应为{"rows":[],"zeros":[]}？再看一遍。</think>\n', ""),
            ("好的，以下是抄录结果：\n", "\n如需核对，请告知。"),
        ],
    )


_CHANGES: dict[Slip, _Change] = {
    Slip.DIGIT_CHANGED: _digit(_other_digit, 1),
    Slip.DIGIT_DROPPED: _digit(lambda _, __: "", 2),
    Slip.DIGIT_DOUBLED: _digit(lambda digit, _: digit * 2, 1),
    Slip.CELLS_SHIFTED: _shift_cells,
    Slip.FIGURES_EXCHANGED: _exchange(with_lines=False),
    Slip.ROWS_EXCHANGED: _exchange(with_lines=True),
    Slip.ROWS_SHIFTED: _shift_rows,
    Slip.COLUMNS_EXCHANGED: _exchange_columns,
    Slip.ROW_SKIPPED: _skip_row,
    Slip.ZERO_FOR_BLANK: _replace_cells(lambda cell: cell in ("", "/"), "0"),
    Slip.BLANK_FOR_ZERO: _replace_cells(lambda cell: cell == "0", ""),
    Slip.TOTAL_CORRECTED: _correct_total,
    Slip.MADE_CONSISTENT: _make_consistent,
    Slip.OTHER_YEAR: _take_other_year,
    Slip.INJECTED: _inject,
    Slip.INVENTED_ROW: _invent_row,
    Slip.WRONG_LINE: _cite_wrongly,
    Slip.EXAMPLE: _give_example,
    Slip.MALFORMED: _malform,
    Slip.TRUNCATED: _truncate,
    Slip.PROSE: _talk,
}
