"""Columns of words beside the labels of rows that say how, where or by whom: 公开形式, 责任科室."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from extractor.statistics.raw_cells import RawCell
from extractor.statistics.words import is_label_head, says_nothing

# So large a share of the rows says what another one says, too.
_SHARE_ALIKE = 0.5


def says_how(labels: Sequence[int], body: Sequence[Sequence[RawCell]], words: Mapping[int, RawCell]) -> bool:
    """Whether the last column before the figures says something of rows that have their labels already.

    Words of its own stand above it, which don't name indicators; each row has a label of its own before it,
    no two the same; and half of its words stand beside several rows.

    Args:
        labels: the columns before the figures that hold words.
        body: the rows with figures.
        words: above the columns, the last of each.
    """
    *others, last = labels
    if last not in words or is_label_head(words[last].text):
        return False
    rows = [{cell.column: cell.text for cell in line if cell.text} for line in body]
    own = [row[last] for row in rows if last in row and not says_nothing(row[last])]
    alike = sum(own.count(text) > 1 for text in own)
    return alike > _SHARE_ALIKE * len(own) and _are_told_apart(rows, others)


def _are_told_apart(rows: Sequence[Mapping[int, str]], columns: Sequence[int]) -> bool:
    """Whether each row has a label of its own in some columns, and no two the same beside one another's."""
    paths: set[tuple[str, ...]] = set()
    above: dict[int, str] = {}
    for row in rows:
        own = {column: row[column] for column in columns if column in row}
        if not own:
            return False
        above = {column: text for column, text in above.items() if column < min(own)} | own
        path = tuple(above[column] for column in sorted(above))
        if path in paths:
            return False
        paths.add(path)
    return True
