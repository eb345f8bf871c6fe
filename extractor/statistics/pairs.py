"""Labels with their figures side by side in rows without a header: they are one list, column after column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractor.documents.document import Span
from extractor.statistics.raw_cells import LEAST_ROWS, RawCell
from extractor.statistics.words import is_unit, is_value, parsed, says_nothing, taken_apart

# What an indicator is made of: words, a unit, a figure.
_WORDS, _UNIT, _VALUE = "W", "U", "V"
_PATTERNS = (_WORDS + _VALUE, _WORDS + _UNIT + _VALUE, _WORDS + _VALUE + _UNIT)
_LEAST_ROWS = 2
# Lines with a cell each: figures, each with its label behind it.
_FIGURES_FIRST = re.compile("(?<![WU])(?:FW){3,}(?![FU])")


def one_below_the_other(lines: Sequence[list[RawCell]]) -> list[list[RawCell]]:
    """The lines of a table, an indicator each where all of them hold as many side by side.

    A first line may have the title of each list, merged over it: it heads what stands below it. Lists may be
    shorter than others.

    Args:
        lines: of the table, from top to bottom.
    """
    titles = _titles(lines)
    rows = [*lines[bool(titles) :]]
    first = [cell for cell in rows[0] if cell.text] if rows else []
    kinds = "".join(map(_kind, first))
    pattern = next((one for one in _PATTERNS if _repeats(kinds, one)), None)
    if pattern is None or len(rows) < _LEAST_ROWS or len(first) != len(rows[0]):
        return [*lines]
    width = len(pattern)
    starts = [cell.column for cell in first[::width]]
    lists = [[*_list(rows, start, width, pattern)] for start in starts]
    is_whole = all(len(own) == len(rows) for own in lists) and all(
        cell.column < starts[0] + width * len(lists) for line in rows for cell in line
    )
    if not is_whole or (titles and [cell.column for cell in titles] != starts):
        return [*lines]
    if titles:
        return [
            line
            for title, own in zip(titles, lists, strict=True)
            for line in ([title._replace(column=0)], *filter(None, own))
        ]
    return [line for own in lists for line in own if line]


def from_above(lines: Sequence[list[RawCell]]) -> list[list[RawCell]]:
    """The lines of a table, an indicator each where its only row has figures alone: their labels stand above.

    Args:
        lines: of the table, from top to bottom.
    """
    *above, labels, figures = lines if len(lines) > 1 else [[], [], *lines]
    columns = [cell.column for cell in figures]
    is_row = len(figures) >= LEAST_ROWS and columns == [cell.column for cell in labels]
    are_words = all(cell.text and not is_value(cell.text) for cell in labels)
    is_alone = all(sum(bool(cell.text) for cell in line) <= 1 for line in above)
    if not (is_row and are_words and is_alone and all(is_value(cell.text) for cell in figures)):
        return [*lines]
    return [
        [label._replace(column=0), figure._replace(column=1)]
        for label, figure in zip(labels, figures, strict=True)
    ]


def figures_before_labels(text: str, spans: Sequence[Span], kinds: str) -> list[list[RawCell]]:
    """Lines with a cell each, an indicator of each two where figures stand before their labels; else nothing.

    The first figure has no label before it. That it is one of them, and the last line no signature, is told by
    the unit that each figure has, or each label.

    Args:
        text: of the document.
        spans: of the lines.
        kinds: of each of them what it is: ``F`` for a figure, ``W`` for a label.
    """
    match = _FIGURES_FIRST.search(kinds)
    if match is None:
        return []
    own = [text[slice(*span)] for span in spans[match.start() : match.end()]]
    figures, labels = own[::2], own[1::2]
    has_units = all(parsed(one).unit for one in figures) or all(taken_apart(one).unit for one in labels)
    if not has_units:
        return []
    places = range(match.start(), match.end(), 2)
    return [
        [
            RawCell(text[slice(*spans[place + 1])], spans[place + 1], 0),
            RawCell(text[slice(*spans[place])], spans[place], 1),
        ]
        for place in places
    ]


def _titles(lines: Sequence[list[RawCell]]) -> list[RawCell]:
    """The cells of a first line, if they are several, as wide as one another, and no figures."""
    filled = [cell for cell in lines[0] if cell.text] if lines else []
    widths = {after.column - cell.column for cell, after in pairwise(filled)}
    is_merged = len(widths) == 1 and widths <= {len(one) for one in _PATTERNS}
    return filled if is_merged and not any(is_value(cell.text) for cell in filled) else []


def _list(rows: Sequence[list[RawCell]], start: int, width: int, pattern: str) -> Iterator[list[RawCell]]:
    """The rows of the list that begins at a column, up to the first that is none; empty ones are kept.

    Args:
        rows: of the table.
        start: where the list begins.
        width: how many cells an indicator has.
        pattern: what each of them is.
    """
    for line in rows:
        cells = [cell for cell in line if start <= cell.column < start + width]
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
