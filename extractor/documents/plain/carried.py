"""Text as something else carries it: a mail that quotes it, line numbers, branches of a tree, rows of Python.

What was added is taken off, also the names that programs give to columns without any. The lines stay the
lines of the file.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from itertools import groupby, takewhile
from typing import NamedTuple

# Marks before lines are no part of them where so many lines have them, of so many at least.
_LEAST, _FEWEST_LINES = 0.9, 10
_QUOTE = re.compile(r"[ \t]*>[ \t]?")
# No mail quotes more of others, one inside another.
_MOST_QUOTATIONS = 9
# ├─ 网站 · │   └── 微信; what goes on to the right is a table's.
_BRANCH = re.compile(r"[ \u3000]*(?:[│|][ \u3000]*)*[├└][─━-]+[ \u3000]*(?=[^\s─━┬┴┼┤┐┘])(?!.*[│|┤┐┘])")
# As cat, grep and editors number lines; a number with a stop begins an item of a list.
_NUMBER = re.compile(r"[ \t]*(\d{1,6})(?:\t|[:：|│] ?| {2,}|\s*$)")
# The numbers of columns, behind the blank place above those of rows; a row with its own: 0,规章 or 0   规章.
_COLUMN_NUMBERS = re.compile(r"(?:,\d{1,2}){2,30}|[ \t]+\d{1,2}(?:[ \t]+\d{1,2}){1,30}[ \t]*")
_INDEX, _INTEGER = re.compile(r"(\d{1,3})(,|[ \t]+)"), re.compile(r"\d+")
# A tuple, a list or a dictionary of strings, numbers and None. No row of a report is longer.
_PRINTED = re.compile(r"\s*([(\[{](?=\s*(?:['\"]|None\b|-?\d))[^\n\\]{4,2000}[)\]}]),?\s*")
_BROKEN = re.compile(r"\s+")
# What PyMuPDF and pandas call the column of a blank cell of a header, with its number.
_NAMELESS = re.compile(r"\s*(?:Col(\d{1,2})|Unnamed: (\d{1,2})(?:_level_\d)?)\s*")
# So few rows may be words, and so many are of no report.
_FEWEST_ROWS, _MOST_ROWS = 3, 2000


def as_written(text: str) -> str:
    """A text without what quotes it, numbers its lines, draws a tree, or prints its rows as lists.

    Args:
        text: of a file.
    """
    lines = _unnumbered(_unquoted(text.split("\n")))
    if "├" in text:
        lines = _without_branches(lines)
    if "'" in text or '"' in text:
        lines = _with_tabs(lines)
    lines = _without_index(lines)
    if "Col" in text or "Unnamed: " in text:
        lines = [_without_names(line) for line in lines]
    return "\n".join(lines)


def _unquoted(lines: Sequence[str]) -> Sequence[str]:
    """Lines without the marks of a quotation, one inside another too; others may stand around it."""
    for _ in range(_MOST_QUOTATIONS):
        written = [line for line in lines if line.strip()]
        quoted = sum(_QUOTE.match(line) is not None for line in written)
        if len(written) >= _FEWEST_LINES and quoted >= _LEAST * len(written):
            lines = [_QUOTE.sub("", line, count=1) for line in lines]
        elif quoted >= _FEWEST_LINES:
            return _without_quotations(lines)
        else:
            break
    return lines


def _without_quotations(lines: Sequence[str]) -> Sequence[str]:
    """Lines without the marks of those of which enough stand one below the other."""
    written: list[str] = []
    for is_marked, group in groupby(lines, key=lambda line: _QUOTE.match(line) is not None):
        run = list(group)
        is_quoted = is_marked and len(run) >= _FEWEST_LINES
        written += (_QUOTE.sub("", line, count=1) for line in run) if is_quoted else run
    return written


def _unnumbered(lines: Sequence[str]) -> Sequence[str]:
    """Lines without their numbers, if all that aren't blank are numbered one after the other."""
    if _NUMBER.match(next(filter(str.strip, lines), "")) is None:
        return lines
    numbers = [
        (place, int(match[1]) if (match := _NUMBER.match(line)) is not None else None)
        for place, line in enumerate(lines)
        if line.strip()
    ]
    first_place, first = numbers[0]
    if len(numbers) < _FEWEST_LINES or first is None:
        return lines
    by_line = all(number == first + place - first_place for place, number in numbers)
    by_written = all(number == first + step for step, (_, number) in enumerate(numbers))
    return [_NUMBER.sub("", line, count=1) for line in lines] if by_line or by_written else lines


def _without_index(lines: Sequence[str]) -> Sequence[str]:
    """Lines without the numbers of columns above a table and those of its rows, as pandas writes them.

    Both count from 0 without a gap; the lines stay where they are, and as far in.
    """
    if not any(_COLUMN_NUMBERS.fullmatch(line) for line in lines):
        return lines
    written = list(lines)
    for place, line in enumerate(lines):
        if _COLUMN_NUMBERS.fullmatch(line) is None or not _counts_from_0(line):
            continue
        rows = (_INDEX.match(other) for other in lines[place + 1 :])
        counted = takewhile(lambda row: row[1] is not None and int(row[1][1]) == row[0], enumerate(rows))
        matches = [match for _, match in counted if match is not None]
        if len(matches) >= _FEWEST_ROWS:
            written[place] = ""
            for below, match in enumerate(matches, place + 1):
                kept = "" if match[2] == "," else " " * len(match[0])
                written[below] = kept + lines[below][match.end() :]
    return written


def _counts_from_0(line: str) -> bool:
    """Whether the numbers on a line are 0, 1, 2 …, two at least."""
    numbers = [int(number) for number in _INTEGER.findall(line)]
    return len(numbers) > 1 and numbers == list(range(len(numbers)))


def _without_branches(lines: Sequence[str]) -> Sequence[str]:
    """Lines without the branches of a tree before them, as far in as they were; not those of drawn tables."""
    branches = [_BRANCH.match(line) for line in lines]
    if sum(match is not None for match in branches) < _FEWEST_ROWS:
        return lines
    pairs = zip(lines, branches, strict=True)
    return [" " * len(match[0]) + line[match.end() :] if match is not None else line for line, match in pairs]


def _without_names(line: str) -> str:
    """A line without the names that a program gives to columns without any, each with its own number."""
    separator = "|" if "|" in line else "\t"
    cells = line.split(separator)
    first = 1 if separator == "|" and not cells[0].strip() else 0
    for place, cell in enumerate(cells[first:]):
        name = _NAMELESS.fullmatch(cell)
        if name is not None and place == (int(name[1]) - 1 if name[1] else int(name[2])):
            cells[first + place] = ""
    return separator.join(cells)


class _Row(NamedTuple):
    """A row as it is printed: its cells, and the names of its columns where it is a dictionary."""

    names: tuple[str, ...]
    cells: tuple[str, ...]


def _with_tabs(lines: Sequence[str]) -> Sequence[str]:
    """Lines with tabs between the cells of rows that are printed; names of columns stand before the first."""
    printed = {place: match[1] for place, line in enumerate(lines) if (match := _PRINTED.fullmatch(line))}
    if not _FEWEST_ROWS <= len(printed) <= _MOST_ROWS:
        return lines
    rows = {place: row for place, words in printed.items() if (row := _row_of(words)) is not None}
    if len(rows) < _FEWEST_ROWS:
        return lines
    written = list(lines)
    for place, row in rows.items():
        before = rows.get(place - 1)
        names = () if before is not None and before.names == row.names else row.names
        written[place] = "\t".join((*names, *row.cells))
    return written


def _row_of(words: str) -> _Row | None:
    """A row that is printed as a tuple, a list or a dictionary; None if it is something else."""
    try:
        row = ast.parse(words, mode="eval").body
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None
    if isinstance(row, ast.Dict):
        names, cells = [_printed_cell(name, words) for name in row.keys], row.values
    elif isinstance(row, ast.Tuple | ast.List):
        names, cells = [], row.elts
    else:
        return None
    texts = [_printed_cell(cell, words) for cell in cells]
    known = [text for text in (*names, *texts) if text is not None]
    if len(known) < len(names) + len(texts):
        return None
    return _Row(tuple(known[: len(names)]), tuple(known[len(names) :]))


def _printed_cell(node: ast.expr | None, words: str) -> str | None:
    """What a cell says; a number as it is written, and nothing for what is no cell."""
    value = node.operand if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) else node
    if not isinstance(value, ast.Constant):
        return None
    if value.value is None and value is node:
        return ""
    if isinstance(value.value, str) and value is node:
        return _BROKEN.sub(" ", value.value)
    is_number = isinstance(value.value, int | float) and not isinstance(value.value, bool)
    return ast.get_source_segment(words, node) if node is not None and is_number else None
