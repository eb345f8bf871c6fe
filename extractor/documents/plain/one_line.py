"""Tables that are put in one paragraph, a mark between every two cells: 规章、0、0、0、规范性文件、1、1、9.

Commas, semicolons and the like part words of sentences, too. They part cells where most of what is between
them are figures, of several rows; there tabs take their place, and nothing else changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractor.text.figures import is_figure

_MARKS = "、，；;,/"
# A stop behind a number begins a heading or a row: 三、本年度办理结果.
_CELL_ENDS = {
    mark: re.compile(rf"(?<![一二三四五六七八九十]){mark}" if mark == "、" else re.escape(mark))
    for mark in _MARKS
}
# So many figures in a paragraph are of several rows, if as many words stand among them.
_FEWEST_FIGURES, _FEWEST_WORDS = 14, 3
# No more cells stand between two figures of a table, its header and headings included; no label is longer.
_MOST_WORDS, _LONGEST_CELL = 24, 80
_SENTENCE_END = re.compile("[。！？]")
_ORDINAL = re.compile(r"^[（(]?\d{1,2}[.．、）)]")
_BEGINS_GROUP, _IS_GROUP = re.compile(r"\D?[1-9]\d{0,2}"), re.compile(r"\d{3}(?:\.\d+)?")


def with_parted_cells(text: str) -> str:
    """A text with tabs between the cells of tables that are put in one paragraph.

    Args:
        text: of a file.
    """
    shortest = 2 * _FEWEST_FIGURES
    return "\n".join(_parted(line) if len(line) > shortest else line for line in text.split("\n"))


def _parted(line: str) -> str:
    for mark in _MARKS:
        if line.count(mark) >= _FEWEST_FIGURES:
            places = [match.start() for match in _CELL_ENDS[mark].finditer(line)]
            characters = list(line)
            for first, last in _tables(line, places, mark):
                for place in places[first:last]:
                    characters[place] = "\t"
            line = "".join(characters)
    return line


def _tables(line: str, places: Sequence[int], mark: str) -> Iterator[tuple[int, int]]:
    """Of each table in a line, the first and the last of the marks between its cells.

    Args:
        line: of a text.
        places: where the mark stands in it.
        mark: what parts the cells.
    """
    starts, ends = [0, *(place + 1 for place in places)], [*places, len(line)]
    cells = [line[start:end].strip() for start, end in zip(starts, ends, strict=True)]
    figures = [number for number, cell in enumerate(cells) if is_figure(_SENTENCE_END.sub("", cell))]
    for run in _runs(cells, figures):
        words = sum(not is_figure(cell) for cell in cells[run[0] : run[-1]])
        if len(run) < _FEWEST_FIGURES or words < _FEWEST_WORDS or words > len(run):
            continue
        first = run[0]
        while first > 0 and run[0] - first < _MOST_WORDS and _is_cell(cells[first - 1]):
            first -= 1
        if not _is_ambiguous(cells[first : run[-1] + 1], mark):
            # The mark before the first cell is one, too, and so is that behind the last.
            yield max(first - 1, 0), min(run[-1] + 1, len(places))


def _runs(cells: Sequence[str], figures: Sequence[int]) -> Iterator[list[int]]:
    """The numbers of figures that follow each other, with few other cells between any two."""
    run: list[int] = []
    for number in figures:
        between = cells[run[-1] + 1 : number] if run else []
        if run and (len(between) > _MOST_WORDS or not all(map(_is_cell, between))):
            yield run
            run = []
        run.append(number)
    if run:
        yield run


def _is_cell(cell: str) -> bool:
    """Whether words can be a label: with a figure among them, something else parts them from it."""
    has_figure = any(map(str.isdigit, _ORDINAL.sub("", cell)))
    return len(cell) <= _LONGEST_CELL and _SENTENCE_END.search(cell) is None and not has_figure


def _is_ambiguous(cells: Sequence[str], mark: str) -> bool:
    """Whether the mark may group the digits of a number, or be a cell's own."""
    if mark == "/":
        return "" in cells
    return mark == "," and any(
        _BEGINS_GROUP.fullmatch(one) and _IS_GROUP.fullmatch(other) for one, other in pairwise(cells)
    )
