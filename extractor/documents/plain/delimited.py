"""Tables of text whose cells commas or semicolons part, as spreadsheets write them (RFC 4180).

A cell between quotation marks may hold line breaks. It is put on the first line of its row; the others are
left blank, so that the lines stay the lines of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from extractor.documents.plain.joining import joined, may_be_broken_figures
from extractor.text.figures import is_figure

_DELIMITERS = ",;"
_CELL = {mark: re.compile(rf'(?:"((?:[^"]|"")*)"|([^"{mark}]*))({mark}|$)') for mark in _DELIMITERS}
_QUOTED = re.compile(r'(^|\t)"((?:[^"\t]|"")*)"(?=\t|$)')
# What a spreadsheet is to take as it is written, not as a number: ="12".
_FORMULA = re.compile(r'(?m)(?<![^,;\t\r\n])="([^"\r\n]{0,99})"(?=[,;\t\r\n]|\Z)')
_MAY_BE_GROUPED = re.compile(r"(?<!\d)[1-9]\d{0,2},\d{3}(?!\d)")
# At the end of a row no cell begins so; a code, 001, stands before words.
_IS_GROUPED = re.compile(r"(?<!\d)[1-9]\d{0,2},0\d{2}$")
# A label with the first figure of a list behind it: the list is of other cells than the line.
_WORDS_AND_FIGURE = re.compile(r"[^\W\d]\S*\s+[\d.]+\s*$")
# So many lines of as many cells are a table, if so many of its cells hold figures or nothing.
_FEWEST_LINES, _FEWEST_CELLS, _LEAST_FIGURES = 3, 4, 0.5
# Where all lines of a file have as many cells, it is one table of fewer, too.
_FEWEST_OF_FILE = 2
# A title, a unit and a note may stand on lines of their own beside a file that is a table.
_MOST_BESIDE = 4
_LINE_END = re.compile(r"(\r\n?|\n)")
_WHOLE_CELL = re.compile(r'(?:(?<=[,;\t])|^)"((?:[^"]|"")*)"(?=[,;\t]|$)')
# A row goes over no more lines: the longest label, three characters a line.
_MOST_LINES = 40


class _Row(NamedTuple):
    """A row of a file: what stands in it, on one line, and the ends of the lines that it goes over."""

    words: str
    ends: str


def with_tabs(text: str) -> str:
    """A text with tabs between the cells of such tables, and no quotation marks around cells.

    Its lines stay the lines of the file.
    """
    text = _FORMULA.sub(r'"\1"', text)
    marks = [mark for mark in _DELIMITERS if text.count(mark) >= _FEWEST_LINES]
    is_quoted = '"' in text and "\t" in text
    if not marks and not is_quoted:
        return text
    rows = _rows_of_file(text, marks) if '"' in text else []
    rows = rows or list(_rows(text, _FEWEST_CELLS))
    if is_quoted:
        rows = [row._replace(words=_QUOTED.sub(_unquoted, row.words)) for row in rows]
    for mark in marks:
        rows = list(_rewritten(rows, mark))
    return "".join(row.words + row.ends for row in rows)


def _unquoted(cell: re.Match[str]) -> str:
    return str(cell[1] + cell[2].replace('""', '"'))


def _rows_of_file(text: str, marks: Sequence[str]) -> list[_Row]:
    """The rows of a text that is one table of however few cells; none if it isn't.

    Args:
        text: of the file.
        marks: that may part its cells.
    """
    rows = list(_rows(text, _FEWEST_OF_FILE))
    is_file = any(_is_file([(row, _cells(row.words, mark)) for row in rows], mark) for mark in marks)
    return rows if is_file else []


def _rows(text: str, fewest: int) -> Iterator[_Row]:
    """The rows of a text: its lines, but for those that a cell between quotation marks goes over.

    Args:
        text: of the file.
        fewest: cells of a row that goes over several lines.
    """
    split = _LINE_END.split(text)
    lines, ends = split[::2], [*split[1::2], ""]
    place = 0
    while place < len(lines):
        size = _size_of_row(lines, place, fewest) if lines[place].count('"') % 2 else 1
        yield _Row(joined(lines[place : place + size]), "".join(ends[place : place + size]))
        place += size


def _size_of_row(lines: Sequence[str], first: int, fewest: int) -> int:
    """How many lines a row goes over, on the first of which a cell is open; one if they are no row."""
    marks = 0
    for size, line in enumerate(lines[first : first + _MOST_LINES], 1):
        marks += line.count('"')
        if marks % 2 == 0:
            return size if _is_row(lines[first : first + size], fewest) else 1
    return 1


def _is_row(lines: Sequence[str], fewest: int) -> bool:
    """Whether lines are cells and delimiters, all quotation marks at the edges of cells."""
    words = "\n".join(lines)
    rest = _WHOLE_CELL.sub("", words)
    is_of_cells = any(rest.count(mark) >= fewest - 1 for mark in (*_DELIMITERS, "\t"))
    cells = (cell[1].split("\n") for cell in _WHOLE_CELL.finditer(words))
    return is_of_cells and '"' not in rest and not any(map(may_be_broken_figures, cells))


def _rewritten(rows: Sequence[_Row], mark: str) -> Iterator[_Row]:
    """Rows with tabs instead of a delimiter, where they are of a table."""
    cut = [(row, _cells(row.words, mark)) for row in rows]
    runs = [list(group) for _, group in groupby(cut, key=lambda row: len(row[1]))]
    is_file = _is_file(cut, mark)
    are_tables = [
        (is_file and len(run[0][1]) > 1) or _is_table([cells for _, cells in run], mark) for run in runs
    ]
    for run, is_table in zip(runs, are_tables, strict=True):
        if is_table or (any(are_tables) and _is_of_spreadsheet([cells for _, cells in run], mark)):
            yield from (row._replace(words="\t".join(cells)) for row, cells in run)
        else:
            yield from (row for row, _ in run)


def _is_file(rows: Sequence[tuple[_Row, list[str]]], mark: str) -> bool:
    """Whether a text is one table whatever its cells hold: its lines have as many of them, but for a few.

    Digits that a comma groups tell nothing against it where they stand between quotation marks.
    """
    filled = [(row, cells) for row, cells in rows if len(cells) > 1]
    is_even = len({len(cells) for _, cells in filled}) == 1 and len(filled) >= _FEWEST_LINES
    beside = sum(bool(row.words.strip()) for row, cells in rows if len(cells) < 2)
    if not is_even or beside > _MOST_BESIDE:
        return False
    is_of_lists = any(_WORDS_AND_FIGURE.search(cell) for _, cells in filled for cell in cells)
    return not is_of_lists and not _has_grouped(filled, mark)


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


def _has_grouped(rows: Sequence[tuple[_Row, list[str]]], mark: str) -> bool:
    """Whether commas may group digits of numbers without quotation marks; whatever the header says, they do
    where a row ends so: 1,037."""
    bare = [[cell for cell in cells if f'"{cell}"' not in row.words] for row, cells in rows]
    end_so = mark == "," and any(_IS_GROUPED.search(mark.join(cells)) for cells in bare)
    return end_so or _may_be_grouped(bare, mark)


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
