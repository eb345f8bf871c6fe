"""Numbers within others that are written alike: 1. 2. further in than their 1., or behind 其中."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.statistics.line import Line
from extractor.statistics.raw_cells import INDENTED
from extractor.statistics.words import is_first_ordinal, next_ordinal

# How much deeper they are: not as deep as the next way to write numbers.
_WITHIN = 0.3
# So many lists within others are told apart.
_DEEPEST = 2


def with_numbers_within(lines: Sequence[Line]) -> list[Line]:
    """The rows, numbers further in than others that are written alike told to be deeper.

    They begin anew behind a number that is further out, 1. 1. 2. 2. 1. 2., or behind 其中, or count on from
    those within an earlier one that are as far in, as Word counts: 1. 1. 2. 2. 3.; one that is only set
    further in counts on.

    Args:
        lines: of the table.
    """
    return [
        line
        if line.words.level is None
        else line._replace(words=line.words._replace(level=line.words.level + _WITHIN * deeper))
        for line, deeper in zip(lines, _depths(lines), strict=True)
    ]


def _depths(lines: Sequence[Line]) -> list[int]:
    """How many numbers written alike each row's own stands within."""
    depths: list[int] = []
    # Of each level, the rows that the next may count on or stand within, from the outermost on.
    opened: dict[float, list[Line]] = {}
    # The last that stood within another one, by its level.
    left: dict[float, Line] = {}
    for line in lines:
        level = line.words.level
        if level is None:
            depths.append(0)
            continue
        opened = {one: rows for one, rows in opened.items() if one <= level}
        rows = opened.setdefault(level, [])
        while len(rows) > 1 and _is_outside(line, rows[-1], rows[-2]):
            left[level] = rows.pop()
        is_within = bool(rows) and (_is_within(line, rows[-1]) or _goes_on(line, left.get(level), rows[-1]))
        if is_within and len(rows) <= _DEEPEST:
            rows.append(line)
        else:
            rows[-1:] = [line]
        depths.append(len(rows) - 1)
    return depths


def _goes_on(line: Line, before: Line | None, other: Line) -> bool:
    """Whether a number further in than another one counts on from one before that, which is as far in."""
    is_further = line.indent >= other.indent + INDENTED
    is_alike = before is not None and before.indent == line.indent
    return is_further and is_alike and before is not None and next_ordinal(before.words) == line.words.number


def _is_outside(line: Line, inner: Line, outer: Line) -> bool:
    """Whether a number is none of those within others: it is further out, or counts on from an outer one."""
    counts_on = [next_ordinal(other.words) == line.words.number for other in (inner, outer)]
    return line.indent <= inner.indent - INDENTED or counts_on == [False, True]


def _is_within(line: Line, other: Line) -> bool:
    """Whether a number begins anew, further in than another one or behind 其中."""
    is_further = line.indent >= other.indent + INDENTED or line.words.is_part
    return is_further and next_ordinal(other.words) != line.words.number and is_first_ordinal(line.words)
