"""Tables of text whose cells commas or semicolons part, as spreadsheets write them (RFC 4180)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from extractor.text.figures import is_figure

_DELIMITERS = ",;"
_CELL = {mark: re.compile(rf'(?:"((?:[^"]|"")*)"|([^"{mark}]*))({mark}|$)') for mark in _DELIMITERS}
_QUOTED = re.compile(r'(^|\t)"((?:[^"\t]|"")*)"(?=\t|\r?$)', re.M)
_MAY_BE_GROUPED = re.compile(r"(?<!\d)[1-9]\d{0,2},\d{3}(?!\d)")
# A label with the first figure of a list behind it: the list is of other cells than the line.
_WORDS_AND_FIGURE = re.compile(r"[^\W\d]\S*\s+[\d.]+\s*$")
# So many lines of as many cells are a table, if so many of its cells hold figures or nothing.
_FEWEST_LINES, _FEWEST_CELLS, _LEAST_FIGURES = 3, 4, 0.5


def with_tabs(text: str) -> str:
    """A text with tabs between the cells of such tables, and no quotation marks around cells.

    Its lines stay the lines of the file.
    """
    if '"' in text and "\t" in text:
        text = _QUOTED.sub(lambda cell: cell[1] + cell[2].replace('""', '"'), text)
    for mark in _DELIMITERS:
        if text.count(mark) >= _FEWEST_LINES * (_FEWEST_CELLS - 1):
            text = "\n".join(_rewritten(text.split("\n"), mark))
    return text


def _rewritten(lines: Sequence[str], mark: str) -> Iterator[str]:
    """Lines with tabs instead of a delimiter, where they are of a table."""
    rows = [(line, _cells(line.rstrip("\r"), mark)) for line in lines]
    runs = [list(group) for _, group in groupby(rows, key=lambda row: len(row[1]))]
    are_tables = [_is_table([row for _, row in run], mark) for run in runs]
    for run, is_table in zip(runs, are_tables, strict=True):
        if is_table or (any(are_tables) and _is_of_spreadsheet([row for _, row in run], mark)):
            yield from ("\t".join(row) for _, row in run)
        else:
            yield from (line for line, _ in run)


def _is_table(rows: Sequence[Sequence[str]], mark: str) -> bool:
    """Whether lines of as many cells are of one table, and none of a list of figures behind each label."""
    cells = [cell.strip() for row in rows for cell in row]
    if len(rows) < _FEWEST_LINES or len(rows[0]) < _FEWEST_CELLS:
        return False
    figures = sum(not cell or is_figure(cell) for cell in cells)
    is_of_lists = any(_WORDS_AND_FIGURE.search(cell) for cell in cells)
    return figures >= _LEAST_FIGURES * len(cells) and not is_of_lists and not _may_be_grouped(rows, mark)


def _is_of_spreadsheet(rows: Sequence[Sequence[str]], mark: str) -> bool:
    """Whether lines beside a table that is told are of the same spreadsheet: a header, figures below it."""
    is_of_cells = len(rows) > 1 and len(rows[0]) >= _FEWEST_CELLS
    has_figures = any(any(map(is_figure, row)) for row in rows)
    is_of_lists = any(_WORDS_AND_FIGURE.search(cell) for row in rows for cell in row)
    return is_of_cells and has_figures and not is_of_lists and not _may_be_grouped(rows, mark)


def _may_be_grouped(rows: Sequence[Sequence[str]], mark: str) -> bool:
    """Whether commas may group the digits of a number: not where a header without any has as many cells."""
    if mark != "," or not any(_MAY_BE_GROUPED.search(mark.join(row)) for row in rows):
        return False
    words = [[cell for cell in row if cell.strip()] for row in rows]
    return not any(len(row) > 1 and not any(map(is_figure, row)) for row in words)


def _cells(line: str, mark: str) -> list[str]:
    """The cells of a line; none if a quotation mark stands inside one of them, or a tab."""
    if mark not in line or "\t" in line:
        return []
    cells: list[str] = []
    start = 0
    while True:
        cell = _CELL[mark].match(line, start)
        if cell is None:
            return []
        cells.append(cell[1].replace('""', '"') if cell[1] is not None else cell[2])
        start = cell.end()
        if not cell[3]:
            return cells
