"""Several tables in one grid: a title, and a header below it, begin another one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractor.statistics.raw_cells import RawCell, RawTable
from extractor.statistics.words import is_label_head, is_value, taken_apart

# 条数, 浏览量, 金额, 2019年.
_COUNTED = re.compile("(?:[数量额]|率|占比|20\\d\\d年?度?|本[年期]度?数?|累计数?)$")


def apart(table: RawTable) -> Iterator[RawTable]:
    """The tables in the rows of one, without the titles between them.

    Args:
        table: as its cells stand.
    """
    filled = [[cell.text for cell in line if cell.text] for line in table.lines]
    first = next((place for place, texts in enumerate(filled) if any(map(is_value, texts[1:]))), len(filled))
    heads = filled[:first]
    start = 0
    for place in range(first + 2, len(filled)):
        if len(filled[place - 1]) == 1 and _is_header(table.lines[place], filled[place], heads):
            yield table._replace(lines=table.lines[start or _title(filled) : place - 1])
            start = place
    yield table._replace(lines=table.lines[start:])


def _title(filled: Sequence[Sequence[str]]) -> int:
    """How many rows at the beginning are the title of the first of several tables."""
    return int(len(filled[0]) == 1 and len(filled[1]) > 1 and not any(map(is_value, filled[1])))


def _is_header(line: Sequence[RawCell], texts: Sequence[str], heads: Sequence[Sequence[str]]) -> bool:
    """Whether a row behind one of a single cell is a header: words in every cell, as those above the first
    figures or such as 指标, or several that end as names of counts and amounts do."""
    is_of_words = len(texts) > 1 and not any(map(is_value, texts)) and len(texts) == len(line)
    are_counts = all(_COUNTED.search(text) or taken_apart(text).unit is not None for text in texts[1:])
    return is_of_words and (texts in heads or is_label_head(texts[0]) or are_counts)
