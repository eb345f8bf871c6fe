"""What the rows of a table say of those that follow them: headings that have figures, parts behind 其中."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import takewhile

from extractor.statistics.line import Line
from extractor.statistics.words import counts_on_from, is_total

# So many rows behind 其中 are looked at for how far in its parts are.
_MOST_PARTS = 60
# A convention of a page that its sums show holds in so many places.
_LEAST_PLACES = 2
# 水质类, 抄表计量类.
_KIND = "类"
# What adds up to less may do so by chance.
_LEAST_WHOLE = 10


def with_headings(lines: Sequence[Line]) -> Iterator[Line]:
    """The rows, those told that are headings though they have figures.

    Where the same words stand behind several numbered rows, they are of each of these.

    Args:
        lines: of the table.
    """
    runs: list[tuple[int, set[str]]] = []
    for place, line in enumerate(lines):
        if line.words.level is not None:
            runs.append((place, set()))
        elif runs and line.figures and not is_total(line.words.words):
            runs[-1][1].add(line.words.words)
    times = Counter(words for _, run in runs for words in run)
    headings = {place for place, run in runs if any(times[words] > 1 for words in run)}
    return (
        line._replace(is_heading=line.is_heading or place in headings) for place, line in enumerate(lines)
    )


def with_wholes_that_add_up(lines: Sequence[Line]) -> Iterator[Line]:
    """The rows, those with a number told that head the rows without one behind them, where sums alone tell.

    Such rows add up to the numbered one before them in every column: in two places or more, and in every one
    that has rows without a number behind one with figures.

    Args:
        lines: of the table.
    """
    places = [place for place, line in enumerate(lines) if line.words.level is not None and line.figures]
    runs = {place: _without_number(lines, place) for place in places}
    filled = {place: run for place, run in runs.items() if run}
    is_told = len(filled) >= _LEAST_PLACES and all(_add_up(lines[at], run) for at, run in filled.items())
    return (
        line._replace(is_heading=line.is_heading or (is_told and place in filled))
        for place, line in enumerate(lines)
    )


def _without_number(lines: Sequence[Line], place: int) -> list[Line]:
    """The rows behind one up to the next that has a number, is a total or stands further in than it."""
    whole = lines[place]
    return (
        [
            *takewhile(
                lambda line: (
                    line.words.level is None and bool(line.figures) and not is_total(line.words.words)
                ),
                lines[place + 1 : place + 1 + _MOST_PARTS],
            )
        ]
        if place + 1 < len(lines) and lines[place + 1].indent <= whole.indent
        else []
    )


def _add_up(whole: Line, parts: Sequence[Line]) -> bool:
    """Whether several rows add up to another one in every column, and hardly by chance."""
    sums = [sum(column, Decimal(0)) for column in zip(*map(_values, parts), strict=False)]
    are_plain = not any(line.words.is_part for line in parts)
    return are_plain and len(parts) > 1 and sums == _values(whole) and max(sums) >= _LEAST_WHOLE


def with_parts_that_count_on(lines: Sequence[Line]) -> Iterator[Line]:
    """The rows, those with 其中 that only count on from their whole, 14 and 15, without a level of their own.

    Behind a kind of something, 其中：水质类, others are parts, too: 抄表计量类.

    Args:
        lines: of the table.
    """
    whole: Line | None = None
    before: Line | None = None
    for line in lines:
        if before is not None and _is_plain_part(line, before):
            whole = before
            yield _without_level(line)
        elif whole is not None and before is not None and _is_of_kinds(line, before, whole):
            yield _as_part(_without_level(line))
        else:
            whole = None
            yield line
        before = line


def _is_plain_part(line: Line, before: Line) -> bool:
    """Whether 其中 alone tells that a row is a part of the one before it: no number, no indentation."""
    level = line.words.level
    counts_on = level is None or (level == before.words.level and counts_on_from(line.words, before.words))
    return line.words.is_part and counts_on and line.indent == before.indent


def _is_of_kinds(line: Line, before: Line, whole: Line) -> bool:
    """Whether a row is another kind of what a whole is: 抄表计量类 behind 其中：水质类."""
    level = line.words.level
    counts_on = level is None or (level == before.words.level and counts_on_from(line.words, before.words))
    kinds = [one.words.words.endswith(_KIND) for one in (line, before, whole)]
    return counts_on and kinds == [True, True, False] and line.indent == before.indent


def _without_level(line: Line) -> Line:
    return line._replace(words=line.words._replace(level=None))


def with_parts(lines: Sequence[Line]) -> Iterator[Line]:
    """The rows, those with 其中 told how far in the parts are that follow them.

    What is further in than their words stands below them, if other parts aren't.

    Args:
        lines: of the table.
    """
    for place, line in enumerate(lines):
        if line.words.is_part:
            least = _least_indent(line, lines[place + 1 : place + 1 + _MOST_PARTS])
            yield line._replace(words_indent=max(line.words_indent, least))
        else:
            yield line


def _least_indent(first: Line, following: Sequence[Line]) -> int:
    """How far in the rows are, at least, that may go on with the parts of a first one; 0 without any."""
    parts = takewhile(lambda line: _may_be_part(line, first), following)
    return min((line.indent for line in parts), default=0)


def _may_be_part(line: Line, first: Line) -> bool:
    """Whether a row may go on with the parts that begin with a row above it."""
    return line.words.level is None and not line.words.is_part and line.indent >= first.indent


def with_parts_that_add_up(lines: Sequence[Line]) -> list[Line]:
    """The rows, those told that go on with the parts behind 其中, where nothing but sums tells which do.

    Parts and others are as far in as their whole. The page shows its convention where the row with 其中 and
    some that follow it add up to the row before it: in two places or more, and in every one of them. A single
    place shows its own where they do so in several columns that differ; figures of one add up by chance.

    Args:
        lines: of the table.
    """
    places = [
        place
        for place in range(1, len(lines) - 1)
        if lines[place].words.is_part and _is_alike(lines[place - 1], lines[place])
    ]
    found = {place: _rest_of_whole(lines, place) for place in places}
    counts = {place: count for place, count in found.items() if count}
    if len(counts) < _LEAST_PLACES or None in found.values():
        counts = {place: count for place, count in counts.items() if _is_told(lines, place, count)}
    rest = {place + 1 + number for place, count in counts.items() for number in range(count)}
    return [_as_part(line) if place in rest else line for place, line in enumerate(lines)]


def _is_alike(line: Line, other: Line) -> bool:
    """Whether neither number nor indentation tells two rows apart."""
    return line.words.level is None and other.words.level is None and line.indent == other.indent


def _rest_of_whole(lines: Sequence[Line], place: int) -> int | None:
    """How many rows behind one with 其中 are the rest of the row before it; None if their sums don't tell."""
    whole, sums = _values(lines[place - 1]), _values(lines[place])
    for count, line in enumerate(lines[place + 1 : place + 1 + _MOST_PARTS]):
        if sums == whole:
            return count
        more = _values(line)
        if line.words.is_part or is_total(line.words.words) or not _is_alike(lines[place], line):
            return None
        sums = [one + other for one, other in zip(sums, more, strict=False)]
        if len(more) != len(sums) or any(one > other for one, other in zip(sums, whole, strict=False)):
            return None
    return None if sums != whole else len(lines) - place - 1


def _is_told(lines: Sequence[Line], place: int, count: int) -> bool:
    """Whether a row with 其中 and others add up to the row before it in several columns, not by chance."""
    whole, *parts = lines[place - 1 : place + 1 + count]
    columns = {*zip(*map(_values, (whole, *parts)), strict=False)}
    told = [column for column in columns if column[0] >= _LEAST_WHOLE and sum(map(bool, column[1:])) > 1]
    units = {unit for line in (whole, *parts) if (unit := line.unit or line.words.unit) is not None}
    return len(told) >= _LEAST_PLACES and len(units) <= 1


def _values(line: Line) -> list[Decimal]:
    """The figures of a row; blanks and marks count as nothing."""
    return [Decimal(one.value or 0) for one in line.figures]


def _as_part(line: Line) -> Line:
    return line._replace(words=line.words._replace(is_part=True))
