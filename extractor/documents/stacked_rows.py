"""Rows of a table that stand in one: a line each in every cell.

Who fills a table in can merge a group's cells and type its rows line by line: eight labels with their
ordinals in one cell, and eight figures in each cell beside it. They are cut into rows where every line says
which row it is of: all cells of figures have as many lines as the cell of labels, and each of those begins
with an ordinal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractor.documents.asides import END
from extractor.documents.document import Locator
from extractor.text.figures import is_figure

# What a label that is one of several begins with: 1. （一） 一、 ①
_ORDINAL = re.compile(
    r"(?:\d{1,2}[.．、]|[(（][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}、|[①-⑳])\S"
)
# So many cells of figures show that the lines are rows: two may be a label and a number broken over lines.
_FEWEST_CELLS = 3


def rows_apart(
    rows: Sequence[Sequence[tuple[str, Locator | None]]],
) -> Iterator[Sequence[tuple[str, Locator | None]]]:
    """The rows of a table, those that stand in one each as its own.

    A cell of another number of lines stands in the first of them, and reaches down to the last.

    Args:
        rows: of each row its own cells, without those that only reach into it from above.
    """
    for row in rows:
        if sum("\n" in text for text, _ in row) <= _FEWEST_CELLS:
            yield row
            continue
        cells = [_lines(text) for text, _ in row]
        count = _lines_of_rows(cells)
        if count is None or any(END in text for text, _ in row):
            yield row
            continue
        for number in range(count):
            yield [
                (lines[number] if len(lines) == count else text, locator)
                for lines, (text, locator) in zip(cells, row, strict=True)
                if number == 0 or len(lines) == count
            ]


def are_rows(cells: Sequence[str]) -> bool:
    """Whether the lines of a row's cells are rows of their own, however long the cell of their labels is.

    Args:
        cells: their texts.
    """
    return _lines_of_rows([_lines(text) for text in cells]) is not None


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.strip().split("\n")]


def _lines_of_rows(cells: Sequence[Sequence[str]]) -> int | None:
    """How many rows the lines of a row's cells are; None if they aren't rows."""
    figures = [len(lines) for lines in cells if all(map(is_figure, lines))]
    labels = {len(lines) for lines in cells if all(map(_ORDINAL.match, lines))}
    if len(figures) < _FEWEST_CELLS or len(set(figures)) != 1 or figures[0] == 1:
        return None
    return figures[0] if figures[0] in labels else None
