"""Tables with a cell a line whose blank cells have a line, too: each row has as many lines as the header."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise, takewhile

from extractor.documents.document import Span
from extractor.statistics.raw_cells import LEAST_ROWS, LONGEST_LABEL, RawCell
from extractor.statistics.words import is_code_head, is_label_head, is_unit, is_unit_head, is_value, level_of

_YEAR = re.compile(r"(?:19|20)\d\d")
# A label and two more cells; no page has more.
_LEAST_COLUMNS, _MOST_COLUMNS = 3, 10
# So many lines that may begin a header are looked at.
_MOST_HEADS = 8


def cells_with_blank_lines(text: str, spans: Sequence[Span]) -> list[list[RawCell]]:
    """The rows of a table with a cell a line, its header first; empty where lines fit no such table.

    From the header to the last figure of the page every row begins with a label and has a line for each of
    its cells, and no column is blank all the way down: lines that only part rows stand behind all of them.

    Args:
        text: of the document.
        spans: of the lines that hold anything.
    """
    lines = [*_with_blank_ones(text, spans)]
    words = [text[slice(*line)] for line in lines]
    heads = (place for place, own in enumerate(words) if is_label_head(own) or is_code_head(own))
    for first in islice(heads, _MOST_HEADS):
        for width in range(_LEAST_COLUMNS, _MOST_COLUMNS + 1):
            cells = [RawCell(own, span, 0) for own, span in zip(words[first:], lines[first:], strict=True)]
            if rows := _rows(cells, width):
                return [[cell._replace(column=at) for at, cell in enumerate(row)] for row in rows]
    return []


def _with_blank_ones(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    """The lines that hold anything, with the blank ones between them and behind the last."""
    for span, after in pairwise((*spans, Span(len(text), len(text)))):
        yield span
        begins = [place + 1 for place in range(span.end, after.start) if text[place] == "\n"]
        yield from (Span(begin, begin) for begin in begins[: len(begins) - (after.start < len(text))])


def _rows(cells: Sequence[RawCell], width: int) -> list[list[RawCell]]:
    """The header and the rows that cells are, so many each; empty if they are no table of this width."""
    head, body = [*cells[:width]], cells[width:]
    if len(head) < width or any(not cell.text or _is_figure(cell.text) for cell in head):
        return []
    count = int(is_code_head(head[0].text))
    has_units = is_unit_head(head[count + 1].text)
    chunks = ([*body[begin : begin + width]] for begin in range(0, len(body), width))
    rows = [*takewhile(lambda row: _is_row(row, count, has_units=has_units), chunks)]
    rows = [[*row, *[row[-1]._replace(text="")] * (width - len(row))] for row in rows]
    rest = body[len(rows) * width :]
    is_whole = not any(is_value(cell.text) for cell in rest)
    return [head, *rows] if is_whole and _are_table(rows, count) else []


def _are_table(rows: Sequence[Sequence[RawCell]], count: int) -> bool:
    """Whether rows are enough, have blanks beside figures, and no column of theirs is blank."""
    filled = [row[count:] for row in rows if any(is_value(cell.text) for cell in row[count + 1 :])]
    has_blanks = any(not cell.text for row in filled for cell in row)
    are_filled = all(any(cell.text for cell in column) for column in [*zip(*rows, strict=True)][1:])
    return len(filled) >= LEAST_ROWS and has_blanks and are_filled


def _is_figure(text: str) -> bool:
    """Whether a cell of a header is a figure, and no year."""
    return is_value(text) and _YEAR.fullmatch(text) is None


def _is_no_count(cell: RawCell) -> bool:
    """Whether a cell in a column of numbers holds anything else."""
    return bool(cell.text) and level_of(cell.text) is None and not cell.text.isdecimal()


def _is_row(row: Sequence[RawCell], count: int, *, has_units: bool) -> bool:
    """Whether cells are a row: a number where ``count`` is 1, a label, a unit if there are any, figures."""
    numbers = row[:count]
    label, *others = [cell.text for cell in row[count:]] or [""]
    units, figures = others[: int(has_units)], others[int(has_units) :]
    is_label = bool(label) and not is_value(label) and len(label) <= LONGEST_LABEL
    are_figures = all(not text or is_value(text) for text in figures)
    are_units = all(not text or is_unit(text) for text in units)
    return is_label and are_figures and are_units and not any(map(_is_no_count, numbers))
