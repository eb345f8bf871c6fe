"""Labels with their figures side by side in rows without a header: they are one list, column after column."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.statistics.raw_cells import RawCell
from extractor.statistics.words import is_unit, is_value

# What an indicator is made of: words, a unit, a figure.
_WORDS, _UNIT, _VALUE = "W", "U", "V"
_PATTERNS = (_WORDS + _VALUE, _WORDS + _UNIT + _VALUE, _WORDS + _VALUE + _UNIT)
_LEAST_ROWS = 2


def one_below_the_other(lines: Sequence[list[RawCell]]) -> list[list[RawCell]]:
    """The lines of a table, an indicator each where all of them hold as many side by side.

    Args:
        lines: of the table, from top to bottom.
    """
    kinds = {"".join(map(_kind, line)) for line in lines}
    pattern = next((one for one in _PATTERNS if all(_repeats(kind, one) for kind in kinds)), None)
    if pattern is None or len(lines) < _LEAST_ROWS or len(kinds) != 1:
        return [*lines]
    width = len(pattern)
    starts = range(0, len(lines[0]), width)
    return [
        [cell._replace(column=place) for place, cell in enumerate(line[start : start + width])]
        for start in starts
        for line in lines
    ]


def _kind(cell: RawCell) -> str:
    if is_value(cell.text):
        return _VALUE
    return _UNIT if is_unit(cell.text) else _WORDS


def _repeats(kinds: str, pattern: str) -> bool:
    """Whether the cells of a line are twice, or more often, what a pattern says."""
    count, rest = divmod(len(kinds), len(pattern))
    return not rest and count > 1 and kinds == pattern * count
