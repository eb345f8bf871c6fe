"""Columns of a statistics table that number its rows, or give them codes: what these say of levels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from extractor.statistics.codes import before_words, code_of, levels_of
from extractor.statistics.raw_cells import RawCell, line_indent
from extractor.statistics.words import is_code_head, is_value, level_of


class Numbers(NamedTuple):
    """What columns of numbers and codes say of levels.

    Attributes:
        column: the column of the page that holds the rows' ordinals, if these are of several levels, or not
            every row has one; None if there is none.
        code_column: the column of the page that holds codes that tell levels, alone or before the words of
            labels; None if there is none.
        codes: how deep each of these says that its row is, from 0.
    """

    column: int | None
    code_column: int | None
    codes: Mapping[str, int]


def numbers_of(
    text: str, lines: Sequence[Sequence[RawCell]], words: Mapping[int, RawCell], labels: Sequence[int]
) -> Numbers:
    """What the columns of a table that number its rows say of levels.

    Args:
        text: of the document.
        lines: of the table, without its header.
        words: above the columns, the last of each.
        labels: the columns of labels.
    """
    columns = [column for column in words if numbers_rows(column, words)]
    numbers = next((column for column in columns if _has_levels(text, column, lines, labels)), None)
    for column in columns:
        codes = _codes(column, lines) if column != numbers else {}
        if codes:
            return Numbers(numbers, column, codes)
    codes = _codes_of_labels(labels[0], lines) if numbers is None else {}
    return Numbers(numbers, labels[0] if codes else None, codes)


def numbers_rows(column: int, words: Mapping[int, RawCell]) -> bool:
    """Whether the words above a column say that it numbers the rows.

    Args:
        column: of the page.
        words: above the columns, the last of each.
    """
    return column in words and is_code_head(words[column].text)


def _has_levels(text: str, column: int, lines: Sequence[Sequence[RawCell]], labels: Sequence[int]) -> bool:
    """Whether a column holds ordinals that tell levels: 1, 1.1, 1.2, 2, or 一 before headings.

    So do those of one level that some rows lack, if all that have one are as far in.
    """
    # A label may be merged over the column: 合计.
    named = [line for line in lines if any(_in(at, line) for at in labels)]
    rows = [line for line in named if _in(column, line) and _has_figures(line)]
    levels = _levels(column, rows)
    if None in levels:
        return False
    if len(levels | (_levels(column, named) - {None})) > 1:
        return True
    return (
        bool(levels) and len(rows) < sum(map(_has_figures, lines)) and _are_as_far_in(text, rows, labels[0])
    )


def _has_figures(line: Sequence[RawCell]) -> bool:
    return any(is_value(cell.text) for cell in line[1:])


def _levels(column: int, lines: Sequence[Sequence[RawCell]]) -> set[int | None]:
    """How deep the ordinals in a column say that rows are; None is that of what is no ordinal."""
    return {level_of(number) for line in lines if (number := _in(column, line))}


def _are_as_far_in(text: str, lines: Sequence[Sequence[RawCell]], column: int) -> bool:
    """Whether the cells of a column all begin as far in."""
    return len({line_indent(text, cell) for line in lines for cell in line if cell.column == column}) == 1


def _in(column: int, line: Sequence[RawCell]) -> str:
    """What a line has in a column; empty if nothing."""
    return next((cell.text for cell in line if cell.column == column), "")


def _codes_of_labels(column: int, lines: Sequence[Sequence[RawCell]]) -> dict[str, int]:
    """How deep the codes before labels say that their rows are; empty unless all labels have one."""
    labels = [label for line in lines if len(line) > 1 and (label := _in(column, line))]
    codes = [before_words(label)[0] for label in labels]
    return levels_of(codes) if all(codes) else {}


def _codes(column: int, lines: Sequence[Sequence[RawCell]]) -> dict[str, int]:
    """How deep the codes in a column say that their rows are; empty where they tell nothing."""
    texts = [_in(column, line) for line in lines if len(line) > 1]
    return levels_of([code_of(text) for text in texts if text])
