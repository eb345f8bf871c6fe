"""Words around a table that name its columns in another order than the form's.

A header may stand below the figures or between them, be a sentence (各列依次为商业企业、自然人…), or have
short, misprinted or English words. What can't be read as a header still says that the form's own order isn't
the page's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby, pairwise

from extractor.layout.words.form_words import is_of_corner
from extractor.text.folding import fold_label, label_key
from rules.form import Block, Column

_LINE_END = re.compile("[\n。；]")
_BETWEEN_CELLS = re.compile(r"[\t|｜│┃]")
_BETWEEN_WORDS = re.compile(r"[、,，/／:：（）()<>《》→]+|\s{2,}")
_DIGIT = re.compile(r"[0-9]")
# So many words that name columns are no accident; no label of a column is longer than that.
_FEWEST_WORDS, _LONGEST_WORD = 3, 16
# A header whose words are broken stands on so many lines.
_MOST_LINES = 3


def tells_another_order(text: str, block: Block) -> bool:
    """Whether words around figures name columns of a block in another order than the form has them.

    Args:
        text: what stands around the figures, and between them.
        block: whose columns they may name.
    """
    lines = _LINE_END.split(text)
    return (
        any(_contradicts(words, block) for line in lines for words in _words_of(line))
        or any(_are_exchanged(_labels_in(line, block)) for line in lines)
        or any(_are_exchanged(_under_groups(words, block)) for words in _words_below_each_other(lines))
        or any(_are_exchanged(_members_in(words, block)) for words in _joined(lines))
    )


def _joined(lines: Sequence[str]) -> Iterator[str]:
    """A few lines as one: converters break lines inside words."""
    for first in range(len(lines) - 1):
        yield "".join(line.strip() for line in lines[first : first + _MOST_LINES])


def _members_in(line: str, block: Block) -> list[int]:
    """The numbers of the columns under groups whose labels stand in a line; others stand on lines above."""
    return [number for number in _labels_in(line, block) if block.columns[number].under is not None]


def _words_of(line: str) -> Iterator[list[str]]:
    """The words of a line or sentence, by its separators and by blanks; of cells, the empty ones, too."""
    if _BETWEEN_CELLS.search(line) is not None:
        yield [cell.strip() for cell in _BETWEEN_CELLS.split(line.strip(" |｜│┃"))]
    else:
        yield [word for word in _BETWEEN_WORDS.split(line) if word]
        yield line.split()


def _words_below_each_other(lines: Sequence[str]) -> Iterator[list[str]]:
    """The words of short lines that follow each other, empty ones between them or not."""
    written = filter(None, map(str.strip, lines))
    for is_short, group in groupby(written, key=lambda line: len(line) <= _LONGEST_WORD):
        if is_short:
            yield [word for line in group for word in line.split()]


def _under_groups(words: Sequence[str], block: Block) -> list[int]:
    """The numbers of the columns under groups that words name: others are higher, and stand anywhere.

    What ends a label that begins further up, 企业 below 商业 科研, names no column once more.
    """
    named = [(word, number) for word in words if (number := _column(word, block)) is not None]
    under = [(word, number) for word, number in named if block.columns[number].under is not None]
    return [
        number
        for place, (word, number) in enumerate(under)
        if not any(_are_one_label(before, word, block.columns[number]) for before, _ in under[:place])
    ]


def _are_one_label(first: str, second: str, column: Column) -> bool:
    """Whether words are a column's label in two pieces."""
    return any(
        label_key(fold_label(first)) + label_key(fold_label(second)) == label_key(fold_label(label))
        for label in (column.label, *column.variants)
    )


def _contradicts(words: Sequence[str], block: Block) -> bool:
    corner = [label_key(fold_label(words)) for words in block.corner]
    words = [word for word in words if not is_of_corner(label_key(fold_label(word)), corner)]
    if len(words) < _FEWEST_WORDS:
        return False
    named = [_column(word, block) for word in words]
    numbers = [number for number in named if number is not None]
    if len(set(numbers)) < _FEWEST_WORDS:
        return False
    if _are_exchanged(numbers):
        return True
    # As many words as columns, maybe with one for the labels of the rows: each names the column that it
    # stands above.
    before = len(words) - len(block.columns)
    return before in (0, 1) and any(
        word and named[before + number] != number for number, word in enumerate(words[before:])
    )


def _are_exchanged(numbers: Sequence[int]) -> bool:
    return len(set(numbers)) >= _FEWEST_WORDS and any(left > right for left, right in pairwise(numbers))


def _labels_in(line: str, block: Block) -> list[int]:
    """The numbers of the columns whose whole labels stand in a line, in its order."""
    folded = fold_label(line).lower()
    for group in {column.under for column in block.columns if column.under is not None}:
        folded = folded.replace(_folded(group), " ")
    places = [
        (folded.find(name), number, len(name))
        for number, column in enumerate(block.columns)
        for name in {_folded(column.label), _folded(column.en or "")}
        if name and name in folded
    ]
    # 其他 and 总计 are words of other labels, too: they count where most others stand.
    is_header = 2 * sum(size >= _FEWEST_WORDS for _, _, size in places) > len(block.columns)
    return [number for _, number, size in sorted(places) if is_header or size >= _FEWEST_WORDS]


def _column(word: str, block: Block) -> int | None:
    """The number of the only column that a word may name, counted from 0."""
    folded = fold_label(word).lower()
    if not 0 < len(folded) <= _LONGEST_WORD or folded.isdigit():
        return None
    near = [
        number
        for number, column in enumerate(block.columns)
        if any(_may_mean(folded, _folded(name)) for name in (column.label, *column.variants))
        or folded == _folded(column.en or "")
    ]
    return near[0] if len(near) == 1 else None


@lru_cache(maxsize=1024)
def _folded(label: str) -> str:
    """A label of a form, folded, in lower case."""
    return fold_label(label).lower()


@lru_cache(maxsize=4096)
def _may_mean(word: str, label: str) -> bool:
    """Whether a word is a label, has it whole, is a part of it in its order, or all but for one character."""
    if len(label) >= _FEWEST_WORDS and label in word and _DIGIT.search(word) is None:
        return True
    rest = iter(label)
    if all(character in rest for character in word):
        return True
    if len(word) != len(label):
        return False
    return sum(a != b for a, b in zip(word, label, strict=True)) == 1
