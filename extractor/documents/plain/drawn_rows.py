"""Tables drawn with ``+---+`` whose cells have several lines.

Of each row all cells are put on its first line; the others are left blank, so that the lines stay the lines
of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractor.documents.plain.joining import joined, may_be_broken_figures

_BORDER = re.compile(r"\s*\+(?:[-=]{2,}\+)+\s*")
_ROW_LINE = re.compile(r"\s*\|(.*)\|\s*")
# Between fewer borders, each line is a row: a table whose header alone is underlined.
_FEWEST_BLOCKS = 3


def with_drawn_rows(text: str) -> str:
    """A text with each row of a drawn table on one line.

    Args:
        text: of a file.
    """
    if "+-" not in text and "+=" not in text:
        return text
    lines = text.split("\n")
    for table in _drawn_tables(lines):
        if len(table) >= _FEWEST_BLOCKS:
            for block in table:
                _join_lines(lines, block)
    return "\n".join(lines)


def _drawn_tables(lines: Sequence[str]) -> Iterator[list[range]]:
    """Of each drawn table, the lines between two of its borders."""
    table: list[range] = []
    border: int | None = None
    for place, line in enumerate(lines):
        if _BORDER.fullmatch(line):
            if border is not None and place - border > 1:
                table.append(range(border + 1, place))
            border = place
        elif border is not None and not _ROW_LINE.fullmatch(line):
            yield table
            table, border = [], None
    yield table


def _join_lines(lines: list[str], block: range) -> None:
    """Put the cells of some lines together, if each line has as many."""
    rows = [
        match[1].split("|") for place in block if (match := _ROW_LINE.fullmatch(lines[place])) is not None
    ]
    if len(rows) == 1 or len({len(row) for row in rows}) > 1:
        return
    columns = [[piece.strip() for piece in column] for column in zip(*rows, strict=True)]
    if any(map(may_be_broken_figures, columns)):
        return
    cells = [joined(column) for column in columns]
    lines[block.start] = f"| {' | '.join(cells)} |"
    for place in block[1:]:
        lines[place] = ""
