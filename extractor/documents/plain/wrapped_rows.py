"""Rows of a table of pipes that a hard wrap has broken over lines: whole again, each on its first line.

Programs that write text break lines at a width, wherever that falls: in a label, a number, between cells.
Where every row of a table has as many pipes, broken ones included, and every line that was broken reaches the
width, there is one way to put the lines together. The lines behind it are left empty, so that each row stays
on the line of the file on which it begins.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from extractor.text.width import width_in_digits

_PIPE = "|"
# A table has so many pipes in a row, and so many rows that weren't broken.
_FEWEST_PIPES, _FEWEST_WHOLE = 5, 2
# A Chinese character that doesn't fit leaves room for a digit; punctuation may stand beyond the width.
_SLACK = 2
# A row is broken over so many lines at most.
_MOST_LINES = 8


def with_rows_unwrapped(text: str) -> str:
    """A text whose rows of pipes stand on one line each, its lines as many as before.

    Args:
        text: of a file.
    """
    if text.count(_PIPE) < _FEWEST_PIPES:
        return text
    lines: list[str] = []
    for run in _runs(text.split("\n")):
        lines += _unwrapped(run)
    return "\n".join(lines)


def _runs(lines: Sequence[str]) -> Iterator[list[str]]:
    """The lines of each table, and the other lines one by one; a line without pipes may go on with a cell."""
    run: list[str] = []
    for line in lines:
        goes_on = bool(run) and bool(line.strip()) and not run[-1].rstrip().endswith(_PIPE)
        if run and _PIPE not in line and not goes_on:
            yield run
            run = []
        if _PIPE in line or goes_on:
            run.append(line)
        else:
            yield [line]
    if run:
        yield run


def _unwrapped(run: list[str]) -> Sequence[str]:
    """The lines of a table, each row whole, and empty ones behind it for those that it was broken over."""
    if len(run) <= _FEWEST_WHOLE:
        return run
    stripped = [line.strip() for line in run]
    whole = Counter(line.count(_PIPE) for line in stripped if line.startswith(_PIPE) and line.endswith(_PIPE))
    for pipes, times in whole.most_common():
        rows = list(_rows(stripped, pipes)) if pipes >= _FEWEST_PIPES and times >= _FEWEST_WHOLE else []
        if sum(map(len, rows)) == len(run) and _are_broken_at_a_width(rows):
            return [line for row in rows for line in ("".join(row), *[""] * (len(row) - 1))]
    return run


def _rows(lines: Sequence[str], pipes: int) -> Iterator[Sequence[str]]:
    """The lines of each row; none from where they make no row of so many pipes on."""
    first = 0
    while first < len(lines):
        row = lines[first : first + _MOST_LINES]
        counts = [sum(line.count(_PIPE) for line in row[:number]) for number in range(1, len(row) + 1)]
        ends = [number for number, count in enumerate(counts, 1) if count == pipes]
        if not ends or not row[0].startswith(_PIPE) or not row[ends[0] - 1].endswith(_PIPE):
            return
        yield row[: ends[0]]
        first += ends[0]


def _are_broken_at_a_width(rows: Sequence[Sequence[str]]) -> bool:
    """Whether all lines of some rows but the last of each reach as far as the longest one does."""
    widest = max((width_in_digits(line) for row in rows for line in row), default=0)
    broken = [line for row in rows for line in row[:-1]]
    return bool(broken) and all(width_in_digits(line) >= widest - _SLACK for line in broken)
