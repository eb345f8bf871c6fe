"""The header of a statistics table, and what its columns hold: labels, units, codes, figures."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from extractor.statistics.head_columns import columns_of, is_of_units, with_whole_words
from extractor.statistics.number_columns import Numbers, numbers_of, numbers_rows
from extractor.statistics.ordinals import with_stop
from extractor.statistics.raw_cells import INDENTED, LEAST_ROWS, RawCell, RawTable, line_indent
from extractor.statistics.table import TableColumn
from extractor.statistics.ways import says_how
from extractor.statistics.words import (
    is_caption,
    is_code_head,
    is_label_head,
    is_sequence,
    is_title,
    is_unit,
    is_unit_head,
    is_value,
    level_of,
    says_nothing,
    taken_apart,
)

# More header rows than this no table has.
_MOST_ROWS = 10
# So many rows stand beside those of years.
_MOST_BESIDE = 4
_YEAR = re.compile(r"(?:19|20)\d\d")


class Head(NamedTuple):
    """What a table's header says.

    Attributes:
        rows: how many rows of the page it takes.
        numbers: what its columns of numbers and codes say of levels.
        label_columns, unit_columns, value_columns: the columns of the page that hold labels of rows, units,
            figures.
        words: above the columns of the page, the last of each.
        columns: the value columns.
        corner: the words above labels, codes and units.
        beside: the words above other columns without figures, such as 备注.
    """

    rows: int
    numbers: Numbers
    label_columns: tuple[int, ...]
    unit_columns: tuple[int, ...]
    value_columns: tuple[int, ...]
    words: Mapping[int, str]
    columns: tuple[TableColumn, ...]
    corner: tuple[str, ...]
    beside: tuple[str, ...]


def head_of(text: str, raw: RawTable) -> Head | None:
    """The header of a table.

    Args:
        text: of the document.
        raw: its cells.

    Returns:
        None if there is no column of labels beside one of figures.
    """
    years = _column_of_years(raw)
    rows = _header_rows(text, raw, years)
    body = _with_figures(raw.lines[rows:])
    heads = [line for line in raw.lines[:rows] if _names_columns([cell.text for cell in line])]
    words = {cell.column: cell for line in heads if not is_of_units(line) for cell in line if cell.text}
    labels, units, values = _by_content(body, words, years)
    if not labels or not values:
        return None
    columns = tuple(columns_of(heads if raw.has_merged else with_whole_words(heads, values), values))
    numbers = numbers_of(text, raw.lines[rows:], words, labels)
    texts = {column: cell.text for column, cell in words.items()}
    others = _other_words(words, units, values)
    return Head(rows, numbers, labels, units, values, texts, columns, *others)


def _names_columns(texts: Sequence[str]) -> bool:
    """Whether a row above the first figures holds the names of columns."""
    return not is_sequence(texts) and not is_caption(texts)


def _other_words(
    words: Mapping[int, RawCell], units: Sequence[int], values: Sequence[int]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words above labels, codes and units, and those above columns beside the figures."""
    others = [c for c in sorted(words) if c not in values]
    corner = tuple(words[c].text for c in others if c < values[0] or c in units)
    return corner, tuple(words[c].text for c in others if c > values[0] and c not in units)


def _with_figures(lines: Sequence[Sequence[RawCell]]) -> list[Sequence[RawCell]]:
    return [line for line in lines if any(is_value(cell.text) for cell in line[1:])]


class _Columns(NamedTuple):
    """The columns of the page that hold labels, units, figures."""

    labels: tuple[int, ...]
    units: tuple[int, ...]
    values: tuple[int, ...]


def _by_content(
    body: Sequence[Sequence[RawCell]], words: Mapping[int, RawCell], years: int | None
) -> _Columns:
    """What each column holds, but for those that number the rows; labels stand before the first figures."""
    columns = sorted({cell.column for line in body for cell in line})
    units = _columns_of_units(columns, body, words)
    others = [column for column in columns if column not in units and not numbers_rows(column, words)]
    if others and _counts_rows(others[0], body):
        del others[0]
    values = tuple(column for column in others if _holds_figures(column, body, years))
    labels = [column for column in others if values and column < values[0]]
    while len(labels) > 1 and says_how(labels, body, words):
        labels.pop()
    return _Columns(tuple(labels), units, values)


def _columns_of_units(
    columns: Sequence[int], body: Sequence[Sequence[RawCell]], words: Mapping[int, RawCell]
) -> tuple[int, ...]:
    """The columns that hold units; 单位 above the first one, which others stand behind, may be offices."""
    units = [column for column in columns if _holds_units(column, body, words)]
    first = next((column for column in columns if not numbers_rows(column, words)), None)
    are_offices = first is not None and not _are_mostly_units(first, body)
    return tuple(column for column in units if not are_offices or column != first)


def _counts_rows(column: int, body: Sequence[Sequence[RawCell]]) -> bool:
    """Whether a first column holds nothing but 1, 2, 3 …, before words."""
    texts = [cell.text for line in body for cell in line if cell.column == column]
    behind = [cell.text for line in body for cell in line if cell.column == column + 1]
    is_counting = all(text.isdecimal() for text in texts) and len(texts) >= LEAST_ROWS
    numbers = [int(text) for text in texts] if is_counting else []
    has_words = not any(map(is_value, behind)) and len(behind) == len(texts)
    return bool(numbers) and numbers == [*range(numbers[0], numbers[0] + len(numbers))] and has_words


def _column_of_years(raw: RawTable) -> int | None:
    """The first column if it holds years without any words, one after the other; else None."""
    first = [line[0] for line in raw.lines if line]
    years = [cell for cell in first if _YEAR.fullmatch(cell.text)]
    steps = {int(after.text) - int(cell.text) for cell, after in pairwise(years)}
    is_all = len(years) >= LEAST_ROWS and len(first) - len(years) <= _MOST_BESIDE
    # They are labels.
    return years[0].column if is_all and len(steps) == 1 and abs(steps.pop()) == 1 else None


def _header_rows(text: str, raw: RawTable, years: int | None) -> int:
    """How many rows stand before the first one with a label and a figure."""
    for number, line in enumerate(raw.lines[: _MOST_ROWS + 1]):
        texts = [cell.text for cell in line]
        if line and line[0].column == years and _YEAR.fullmatch(texts[0]):
            return _without_headings(text, raw, number)
        if is_sequence(texts):
            return number + 1
        if not is_caption(texts) and _is_row(texts):
            return _without_headings(text, raw, number)
    return 0


def _is_row(texts: Sequence[str]) -> bool:
    """Whether the cells of a line are a label and, behind it, a figure; words above labels may have years."""
    label = next((place for place, text in enumerate(texts) if text and not is_value(text)), len(texts))
    is_head = label < len(texts) and (is_label_head(texts[label]) or is_code_head(texts[label]))
    return not is_head and any(is_value(text) for text in texts[label + 1 :])


def _without_headings(text: str, raw: RawTable, first: int) -> int:
    """The rows of a header, without headings of groups and rows of blanks between it and the first row.

    Its last row is the last one that has words above figures, if there is one.
    """
    named = _last_named(raw, first)
    while named is None and first > 0:
        texts = [cell.text for cell in raw.lines[first - 1] if not says_nothing(cell.text)]
        words = [text for text in texts if not is_value(text) and level_of(text) is None]
        is_title = first == 1 and len(words) == 1 and _level_of_label(words[0]) is None
        if len(words) != 1 or (is_title and not _heads_rows(text, raw, first)):
            break
        first -= 1
    return first if named is None else named + 1


def _last_named(raw: RawTable, first: int) -> int | None:
    """The last row above figures that has words in one of their columns; None if none has."""
    figures = {cell.column for cell in raw.lines[first][1:] if is_value(cell.text)}
    return next((place for place in range(first - 1, -1, -1) if _names(raw.lines[place], figures)), None)


def _names(line: Sequence[RawCell], figures: set[int]) -> bool:
    """Whether a row above figures has words in one of their columns."""
    words = [cell.text for cell in line if cell.column in figures and cell.text]
    return any(not is_value(text) or _YEAR.fullmatch(text) for text in words)


def _level_of_label(text: str) -> float | None:
    """How deep its number says that a label is; None if it has none."""
    return taken_apart(with_stop(text)).level


def _heads_rows(text: str, raw: RawTable, first: int) -> bool:
    """Whether the line before a row heads it: another line of one cell like it follows, or the same row does
    behind one; or the row is further in, and one below it isn't."""
    if len(raw.lines[first - 1]) > 1 or is_title(raw.lines[first - 1][0].text):
        return False
    label = raw.lines[first][0].text
    later = pairwise(raw.lines[first:])
    if any(len(line) == 1 and len(after) > 1 and after[0].text == label for line, after in later):
        return True
    depth, *below = (line_indent(text, line[0]) for line in raw.lines[first - 1 :])
    alike = (
        len(line) == 1 and own == depth and _level_of_label(line[0].text) is None
        for line, own in zip(raw.lines[first:], below, strict=True)
    )
    return any(alike) or (below[0] >= depth + INDENTED and depth in below)


def _holds_units(column: int, body: Sequence[Sequence[RawCell]], words: Mapping[int, RawCell]) -> bool:
    texts = [cell.text for line in body for cell in line if cell.column == column and cell.text]
    if column in words and is_unit_head(words[column].text):
        return True
    return len(texts) > 1 and all(is_unit(text) for text in texts)


def _are_mostly_units(column: int, body: Sequence[Sequence[RawCell]]) -> bool:
    texts = [cell.text for line in body for cell in line if cell.column == column and cell.text]
    return 2 * sum(map(is_unit, texts)) > len(texts)


def _holds_figures(column: int, body: Sequence[Sequence[RawCell]], years: int | None) -> bool:
    texts = [cell.text for line in body for cell in line if cell.column == column and cell.text]
    return bool(texts) and column != years and 2 * sum(map(is_value, texts)) > len(texts)
