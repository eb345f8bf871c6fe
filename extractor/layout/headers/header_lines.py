"""The lines of a header, from top to bottom: those of the page, or those that the header of a table has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, takewhile

from extractor.layout.headers.header_words import HeaderWord, is_one_word, sign_of
from rules.form import Block


def lines_of(words: Sequence[HeaderWord], block: Block, text: str) -> Iterator[list[list[HeaderWord]]]:
    """The lines that the words may stand on: those of the page, or, a cell a line, those of a header.

    Args:
        words: of a header, in reading order.
        block: whose columns they may name.
        text: the document's text.
    """
    lines = [list(line) for _, line in groupby(words, key=lambda word: word.item.row)]
    is_a_cell_a_line = all(is_one_word(line, text) for line in lines) or _flow(lines, block, text)
    if not is_a_cell_a_line:
        yield _without_repeated(lines, block)
    # A page of one line has lost its lines, too.
    if len(lines) == 1 or is_a_cell_a_line:
        for cut in _cuts(words, block):
            yield _without_repeated(cut, block)


def _flow(lines: Sequence[Sequence[HeaderWord]], block: Block, text: str) -> bool:
    """Whether whole labels flow into each other, one ending on the line on which the next one begins.

    So viewers copy cells that are broken over lines, one after the other. A cell with lines of its own is
    none of them; and where a column stands that the form hasn't, the page's own lines tell on which side.
    """
    names = {column.id for column in block.columns}
    groups = {column.under for column in block.columns if column.under is not None}
    are_labels = all(
        word.group in groups or (bool(word.ids) and word.ids <= names) for line in lines for word in line
    )
    return are_labels and any(
        len(line) > 1
        and line[0].item.words is not None
        and "\n" in text[line[0].item.start : line[0].item.end]
        for line in lines
    )


def _cuts(words: Sequence[HeaderWord], block: Block) -> Iterator[list[list[HeaderWord]]]:
    """How a header may have had its cells on lines, given them one after the other.

    All on one line; a group's label alone above; the columns under groups on the last line, and nothing else
    there but columns that the form doesn't have: one that stands before these may be of either line.
    """
    firsts = _firsts_of_last_line(words, block)
    heads = len([*takewhile(lambda word: word.group is not None, words)])
    for above in sorted({0, heads}):
        yield [list(words[:above]), list(words[above:])]
        for first in firsts:
            if above < first:
                yield [list(words[:above]), list(words[above:first]), list(words[first:])]


def _firsts_of_last_line(words: Sequence[HeaderWord], block: Block) -> list[int]:
    """At which words the last line of a header may begin that has the columns under groups; none without."""
    members = {column.id for column in block.columns if column.under is not None}
    from_last = [*reversed(words)]
    count = len([*takewhile(lambda word: bool(word.ids) and word.ids <= members, from_last)])
    foreign = len([*takewhile(lambda word: word.is_foreign, from_last[count:])])
    last = len(words) - count
    return [last - more for more in range(foreign + 1)] if count else []


def _without_repeated(lines: Sequence[Sequence[HeaderWord]], block: Block) -> list[list[HeaderWord]]:
    """Lines without what merged cells repeat: a label beside itself, or once more further down."""
    for line in lines:
        if _has_all_columns(line, lines, block):
            # What stands above it are groups, and labels that reach down.
            above = [[word for word in other if not word.ids] for other in lines if other is not line]
            return [*(_once(other) for other in above), list(line)]
    return [_once(line) for line in lines]


def _has_all_columns(line: Sequence[HeaderWord], lines: Sequence[Sequence[HeaderWord]], block: Block) -> bool:
    """Whether a line, one of several, holds a label for every column, and nothing else."""
    size = len(block.columns)
    if len(lines) == 1 or len(line) != size or not all(word.ids for word in line):
        return False
    if len({word.ids for word in line}) != size:
        return False
    names = frozenset(name for word in line for name in word.ids)
    return all(word.ids <= names for other in lines for word in other)


def _once(line: Sequence[HeaderWord]) -> list[HeaderWord]:
    """A line without labels that stand beside themselves."""
    kept: list[HeaderWord] = []
    for word in line:
        is_again = kept and not word.is_stranger and sign_of(kept[-1]) == sign_of(word)
        if not is_again:
            kept.append(word)
    return kept
