"""Labels with their figures side by side in rows without a header: they are one list.

It goes on column after column, unless 其中 within a row, or numbers, tell that it does row after row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from extractor.statistics.raw_cells import LEAST_ROWS, RawCell
from extractor.statistics.words import (
    before_part,
    is_unit,
    is_value,
    next_ordinal,
    says_nothing,
    taken_apart,
)

# What an indicator is made of: words, a unit, a figure.
_WORDS, _UNIT, _VALUE = "W", "U", "V"
_PATTERNS = (_WORDS + _VALUE, _WORDS + _UNIT + _VALUE, _WORDS + _VALUE + _UNIT)
_LEAST_ROWS = 2
# How far in parts within a row are taken to begin.
_OF_PARTS = 4


def one_below_the_other(lines: Sequence[list[RawCell]]) -> list[list[RawCell]]:
    """The lines of a table, an indicator each where all of them hold as many side by side.

    A first line may have the title of each list, merged over it: it heads what stands below it. Lists may be
    shorter than others. Lines of one cell head the rows below them.

    Args:
        lines: of the table, from top to bottom.
    """
    if below := _below_headings(lines):
        return below
    titles = _titles(lines)
    rows = _without_counts(lines[len(titles[:1]) :])
    first = rows[0] if rows else []
    pattern = _pattern(first)
    if pattern is None or len(rows) < _LEAST_ROWS:
        return [*lines]
    starts = [cell.column for cell in first[:: len(pattern)]]
    lists = _lists(rows, starts, pattern)
    if not lists or (titles and [cell.column for cell in titles] != starts):
        return [*lines]
    return [line for own in _in_order(lists, titles) for line in own if line]


def _below_headings(lines: Sequence[list[RawCell]]) -> list[list[RawCell]]:
    """The lines of a table, an indicator each, with lines of one cell among them; empty without any."""
    wide = [line for line in lines if not _is_alone(line)]
    pattern = _pattern(wide[0]) if len(wide) >= _LEAST_ROWS else None
    if pattern is None or len(wide) == len(lines):
        return []
    starts = [cell.column for cell in wide[0][:: len(pattern)]]
    found: list[list[RawCell]] = []
    for is_alone, grouped in groupby(lines, key=_is_alone):
        group = list(grouped)
        own = [*map(_moved_to_first, group)] if is_alone else [*_indicators(_lists(group, starts, pattern))]
        if not own:
            return []
        found += own
    return found


def _indicators(lists: Sequence[list[list[RawCell]]]) -> Iterator[list[RawCell]]:
    """The lines of some lists, in their order."""
    return (line for own in _in_order(lists, []) for line in own if line)


def _moved_to_first(line: Sequence[RawCell]) -> list[RawCell]:
    """A line of one cell with it in the first column."""
    return [cell._replace(column=0) for cell in line if cell.text]


def _is_alone(line: Sequence[RawCell]) -> bool:
    """Whether a line holds one cell, with words in it."""
    filled = [cell.text for cell in line if cell.text]
    return len(filled) == 1 and not is_value(filled[0])


def _in_order(lists: Sequence[list[list[RawCell]]], titles: Sequence[RawCell]) -> list[list[list[RawCell]]]:
    """The lines of each list with its title before them, or, where they go on in rows, those of each row."""
    if not titles and _go_on_in_rows(lists):
        return [[*_with_parts_further_in(row)] for row in zip(*lists, strict=True)]
    return _titled(lists, titles)


def _without_counts(lines: Sequence[list[RawCell]]) -> list[list[RawCell]]:
    """Lines without the numbers before them, where nothing but these count the lines: 1, 2, 3."""
    firsts = [line[0].text.strip() for line in lines if line]
    is_counting = len(firsts) >= LEAST_ROWS and firsts == [str(number + 1) for number in range(len(firsts))]
    has_pairs = all(len(line) % 2 and not is_value(line[1].text) for line in lines if len(line) > 1)
    return [line[1:] for line in lines] if is_counting and has_pairs and len(lines[0]) > 1 else [*lines]


def _go_on_in_rows(lists: Sequence[list[list[RawCell]]]) -> bool:
    """Whether 其中 stands behind the first label of a row, or numbers count on in rows, not in columns."""
    if any(before_part(line[0].text) for own in lists[1:] for line in own if line):
        return True
    in_rows = [line[0].text for row in zip(*lists, strict=True) for line in row if line]
    in_columns = [line[0].text for own in lists for line in own if line]
    return _counting(in_rows) > _counting(in_columns)


def _counting(labels: Sequence[str]) -> int:
    """How many labels have the number that follows that of the one before."""
    words = [taken_apart(label) for label in labels]
    return sum(
        one.number is not None and one.number == next_ordinal(before) for before, one in pairwise(words)
    )


def _with_parts_further_in(row: Sequence[list[RawCell]]) -> Iterator[list[RawCell]]:
    """The indicators of a row, further in from 其中 on: they are parts of the one before that."""
    deeper = 0
    for place, line in enumerate(row):
        deeper = _OF_PARTS if place and line and before_part(line[0].text) else deeper
        yield [line[0]._replace(indent=line[0].indent + deeper), *line[1:]] if line else line


def _titled(lists: Sequence[list[list[RawCell]]], titles: Sequence[RawCell]) -> list[list[list[RawCell]]]:
    """Lists, each with its title before its rows."""
    above = [[title._replace(column=0)] for title in titles] or [[] for _ in lists]
    return [[title, *own] for title, own in zip(above, lists, strict=True)]


def _pattern(line: Sequence[RawCell]) -> str | None:
    """What each indicator of a row is made of that has several; None if a cell is blank, or any other."""
    kinds = "".join(map(_kind, line)) if all(cell.text for cell in line) else ""
    return next((one for one in _PATTERNS if _repeats(kinds, one)), None)


def _lists(rows: Sequence[list[RawCell]], starts: Sequence[int], pattern: str) -> list[list[list[RawCell]]]:
    """The lists that begin at some columns; none if a row has anything else in them, or behind them."""
    lists = [[*_list(rows, start, pattern)] for start in starts]
    end = starts[-1] + len(pattern)
    is_wider = any(cell.column >= end for line in rows for cell in line)
    return [] if is_wider or any(len(own) < len(rows) for own in lists) else lists


def _titles(lines: Sequence[list[RawCell]]) -> list[RawCell]:
    """The cells of a first line, if they are several, as wide as one another, and no figures."""
    filled = [cell for cell in lines[0] if cell.text] if lines else []
    widths = {after.column - cell.column for cell, after in pairwise(filled)}
    is_merged = len(widths) == 1 and widths <= {len(one) for one in _PATTERNS}
    return filled if is_merged and not any(is_value(cell.text) for cell in filled) else []


def _list(rows: Sequence[list[RawCell]], start: int, pattern: str) -> Iterator[list[RawCell]]:
    """The rows of the list that begins at a column, up to the first that is none; empty ones are kept.

    Args:
        rows: of the table.
        start: where the list begins.
        pattern: what each cell of an indicator is.
    """
    for line in rows:
        cells = [cell for cell in line if start <= cell.column < start + len(pattern)]
        if all(says_nothing(cell.text) for cell in cells):
            yield []
        elif "".join(map(_kind, cells)) == pattern:
            yield [cell._replace(column=place) for place, cell in enumerate(cells)]
        else:
            return


def _kind(cell: RawCell) -> str:
    if is_value(cell.text):
        return _VALUE
    return _UNIT if is_unit(cell.text) else _WORDS


def _repeats(kinds: str, pattern: str) -> bool:
    """Whether the cells of a line are twice, or more often, what a pattern says."""
    count, rest = divmod(len(kinds), len(pattern))
    return not rest and count > 1 and kinds == pattern * count
