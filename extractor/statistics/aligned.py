"""Cells that only blanks part, in the columns in which they stand on the page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from extractor.documents.document import Span
from extractor.statistics.raw_cells import RawCell
from extractor.statistics.words import is_value
from extractor.text.width import width_in_digits

# So many rows with a cell in every column show where these stand.
_LEAST_FULL = 2
# Of fewer columns each figure has only one; no page has more.
_LEAST_COLUMNS, _MOST_COLUMNS = 3, 40
# How wide a text is: a Chinese character as two digits, or as one character among others.
_Measure: TypeAlias = Callable[[str], int]
_MEASURES: tuple[_Measure, ...] = (width_in_digits, len)


_CHARACTER = re.compile(r"[\u4e00-\u9fff]")


class _Stretch(NamedTuple):
    """Where something begins and ends on its line."""

    left: float
    right: float


def with_whole_words(text: str, lines: Sequence[list[RawCell]]) -> list[list[RawCell]]:
    """The lines of a table, words whose characters blanks part put together: ``部    门``.

    A line with more cells than most others has as many as these if so many at its beginning are one word, if
    single characters that follow one another always are, or two of them.

    Args:
        text: of the document.
        lines: of the table, with its header, each cell at the place that it has in its line.
    """
    filled = Counter(len(line) for line in lines if any(is_value(cell.text) for cell in line[1:]))
    size = filled.most_common(1)[0][0] if filled else 0
    return [_with_whole_words(text, line, size) if len(line) > size else line for line in lines]


def _with_whole_words(text: str, line: list[RawCell], size: int) -> list[RawCell]:
    """A line with its words put together if these are as many as the rows of the table have cells."""
    alone = [_CHARACTER.fullmatch(cell.text) is not None for cell in line]
    more = len(line) - size
    first = [line[: more + 1], *([cell] for cell in line[more + 1 :])]
    in_twos = [line[place : place + 2] for place in range(0, len(line), 2)]
    in_runs = _runs(line, alone)
    if all(alone) and len(in_twos) == size:
        words = in_twos
    elif all(alone[: more + 1]):
        words = first
    else:
        words = in_runs
    return [_whole(text, word, place) for place, word in enumerate(words)] if len(words) == size else line


def _runs(line: Sequence[RawCell], alone: Sequence[bool]) -> list[list[RawCell]]:
    """Single characters that follow one another as one word, others as one each."""
    words: list[list[RawCell]] = []
    for place, cell in enumerate(line):
        if place and alone[place] and alone[place - 1]:
            words[-1].append(cell)
        else:
            words.append([cell])
    return words


def _whole(text: str, word: Sequence[RawCell], column: int) -> RawCell:
    span = Span(word[0].span.start, word[-1].span.end)
    return word[0]._replace(text=text[slice(*span)], span=span, column=column)


def in_columns(text: str, lines: Sequence[list[RawCell]]) -> list[list[RawCell]]:
    """The lines of a table, the cells of shorter ones in the columns below or above which they stand.

    Args:
        text: of the document.
        lines: of the table, with its header, each cell at the place that it has in its line.

    Returns:
        The same lines. Where nothing tells the columns of a row that has fewer figures than others, its
        cells are ``is_open``.
    """
    size, full = _full(lines)
    if not _LEAST_COLUMNS <= size <= _MOST_COLUMNS or all(len(line) >= size for line in lines):
        return [*lines]
    values = [c for c in range(1, size) if 2 * sum(is_value(line[c].text) for line in full) > len(full)]
    columns = _columns(text, full)
    return [_placed(text, line, columns, size, values) if 1 < len(line) < size else line for line in lines]


def _full(lines: Sequence[list[RawCell]]) -> tuple[int, list[list[RawCell]]]:
    """How many columns there are, and the rows that have a cell in each of them."""
    filled = [line for line in lines if any(is_value(cell.text) for cell in line[1:])]
    counts = Counter(map(len, filled))
    size = max((count for count, rows in counts.items() if rows >= _LEAST_FULL), default=0)
    return size, [line for line in filled if len(line) == size]


class _Columns(NamedTuple):
    """Where the columns behind the labels stand, by a measure."""

    stretches: tuple[_Stretch, ...]
    measure: _Measure


def _columns(text: str, full: Sequence[list[RawCell]]) -> _Columns | None:
    """Where the columns behind the labels stand by the rows that have all of them; None if they overlap."""
    for measure in _MEASURES:
        places = [[_stretch(text, cell, measure) for cell in line[1:]] for line in full]
        stretches = tuple(
            _Stretch(min(one.left for one in column), max(one.right for one in column))
            for column in zip(*places, strict=True)
        )
        if all(one.right < other.left for one, other in pairwise(stretches)):
            return _Columns(stretches, measure)
    return None


def _stretch(text: str, cell: RawCell, measure: _Measure) -> _Stretch:
    left = measure(text[text.rfind("\n", 0, cell.span.start) + 1 : cell.span.start])
    return _Stretch(left, left + measure(cell.text))


def _placed(
    text: str, line: list[RawCell], columns: _Columns | None, size: int, values: Sequence[int]
) -> list[RawCell]:
    """The cells of a line that has fewer than there are columns."""
    places = [*_below(text, line, columns)] if columns is not None else []
    if len(places) == len(line) and places == sorted({*places}):
        placed = {place: cell._replace(column=place) for cell, place in zip(line, places, strict=True)}
        end = Span(line[-1].span.end, line[-1].span.end)
        return [placed.get(column) or RawCell("", end, column) for column in range(size)]
    figures = [cell for cell in line[1:] if is_value(cell.text)]
    if not figures:
        return line
    if len(figures) == len(values) and len(line) == len(figures) + 1:
        return [line[0], *(cell._replace(column=c) for cell, c in zip(figures, values, strict=True))]
    return [cell._replace(is_open=True) for cell in line]


def _below(text: str, line: Sequence[RawCell], columns: _Columns) -> Iterator[int]:
    """The column of each cell, as far as each stands in one alone; labels begin left of the others."""
    for cell in line:
        place = _stretch(text, cell, columns.measure)
        within = [
            number
            for number, column in enumerate(columns.stretches, 1)
            if place.left < column.right and column.left < place.right
        ]
        if place.left < columns.stretches[0].left and not within:
            yield 0
        elif len(within) == 1:
            yield within[0]
