"""Words around a wide table without labels of its rows that may name them, in another order than the form's.

Each row has all columns below its label, side by side. Where that line of labels is lost, what stands above
the columns or around the table still may say whose they are: 行政诉讼 before 行政复议, 应诉 | 复议.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise, takewhile

from extractor.text.folding import fold_label
from rules.form import Block

_LINE_END = re.compile("[\n。；]")
_BETWEEN_CELLS = re.compile(r"[\t|｜│┃]|\s{2,}")
# That what stands there is to be read the other way round.
_BACKWARDS = re.compile("[自从由]右|右起|倒序|逆序")
# No label of a row, nor what may stand for one, is longer.
_LONGEST_WORD = 12
# So many short lines above each other are cells of a header.
_FEWEST_LINES = 2


def tells_other_rows(before: str, around: str, block: Block) -> bool:
    """Whether words may say that the rows of a wide table don't stand in the form's order.

    Args:
        before: what stands between the figures further up and the first label of a column.
        around: that, and what stands behind the figures.
        block: whose rows they are.
    """
    if _BACKWARDS.search(around) is not None or _are_cells(before):
        return True
    lines = (list(_rows_in(line, block)) for line in _LINE_END.split(around))
    return any(first > second for line in lines for first, second in pairwise(line))


def _are_cells(before: str) -> bool:
    """Whether the lines right above the labels of columns look like cells of a header."""
    lines = [line.strip(" \t|｜│┃") for line in before.split("\n")]
    upwards = [line for line in reversed(lines) if line]
    if upwards and _holds_cells(upwards[0]):
        return True
    return len(list(takewhile(lambda line: len(line) <= _LONGEST_WORD, upwards))) >= _FEWEST_LINES


def _holds_cells(line: str) -> bool:
    """Whether a line holds several cells, or short words with nothing but blanks between them."""
    words = line.split()
    are_short = len(words) > 1 and all(len(word) <= _LONGEST_WORD for word in words)
    return are_short or sum(bool(cell.strip()) for cell in _BETWEEN_CELLS.split(line)) > 1


def _rows_in(line: str, block: Block) -> Iterator[int]:
    """The numbers of the rows that a line names, in its order; a group's is that of its first row."""
    names = [
        (fold_label(name), number)
        for number, row in enumerate(block.rows)
        for name in (row.label, *row.variants)
    ]
    groups = {row.under: number for number, row in reversed(list(enumerate(block.rows))) if row.under}
    names += [(fold_label(group), number) for group, number in groups.items()]
    numbers = dict(names)
    # The longest first: a name may have another one in it.
    wanted = "|".join(map(re.escape, sorted(numbers, key=len, reverse=True)))
    for found in re.finditer(wanted, fold_label(line)):
        yield numbers[found.group()]
