"""Labels that may stand behind their figures: a table begins with figures and ends with a label."""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise

from extractor.layout.items.items import Kind
from extractor.layout.placing.page_table import PageTable
from extractor.layout.rows.rows import PageRow
from extractor.text.folding import fold_label, fold_with_offsets

# Shorter labels of rows are those of columns, too (其他, 总计), but for their ordinals.
_FEWEST_CHARACTERS = 4
# Between so few labels no number of figures is a row's.
_FEWEST_GAPS = 3
# A figure, or a mark that stands alone.
_FIGURE = re.compile(r"\d+(?:[,.]\d+)*|(?<![^\s|｜])[-—–－/／](?![^\s|｜])")


def may_stand_behind_figures(table: PageTable, before: PageRow | None) -> bool:
    """Whether the page admits that each row's label stands behind its figures, not before them.

    Then as many figures stand above the first label of a row as between two of them, and none below the last
    one; or some stand above the first, others below the last, and between two of them both. Read the usual
    way, every label would have the figures of the row below it, or those of another table.

    The text tells this whatever its lines were taken for: figures and labels on one line are a row, a
    sentence or loose words.

    Args:
        table: what the page shows of a block.
        before: the last row of figures before its first header; None if there is none.
    """
    if not table.candidates:
        return False
    start, end = _stretch(table, before)
    labels = list(_labels(table, start, end))
    if not labels:
        return False
    starts = [begin for begin, _ in labels]
    places = (match.start() for match in _FIGURE.finditer(table.text, start, end))
    figures = list(_outside(places, labels))
    # Blank cells behind the last label are its own.
    if starts[-1] < table.candidates[-1].row.slots[-1].start:
        return _stand_on_both_sides(starts, figures)
    return _begins_with_row(starts, figures)


def _outside(places: Iterable[int], labels: Sequence[tuple[int, int]]) -> Iterator[int]:
    """The places that aren't in a label, as those of ordinals are."""
    starts = [begin for begin, _ in labels]
    for place in places:
        last = bisect(starts, place) - 1
        if last < 0 or place >= labels[last][1]:
            yield place


def _stretch(table: PageTable, before: PageRow | None) -> tuple[int, int]:
    """From the first row, which may have no label and stand above the header, to the last figure or label."""
    first = before if before is not None and not before.names else table.candidates[0].row
    start = first.slots[0].start if first.head is None else first.head.start
    ends = [item.end for item in table.loose if item.kind is Kind.LABEL]
    return start, max(table.candidates[-1].row.slots[-1].end, *ends, 0)


def _labels(table: PageTable, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where a stretch of the text has labels of rows, short ones with their ordinals, in reading order."""
    pattern = _pattern(frozenset((row.number or "", fold_label(row.label)) for row in table.rows))
    if pattern is not None:
        folded = fold_with_offsets(table.text[start:end], start)
        for match in pattern.finditer(folded.text):
            yield folded.offsets[match.start()], folded.offsets[match.end() - 1] + 1


@cache
def _pattern(rows: frozenset[tuple[str, str]]) -> re.Pattern[str] | None:
    """What finds any of some labels, each with its ordinal where that stands before it."""
    forms = {
        f"(?:{re.escape(number)}){'?' if len(label) >= _FEWEST_CHARACTERS else ''}{re.escape(label)}"
        for number, label in rows
        if number or len(label) >= _FEWEST_CHARACTERS
    }
    return re.compile("|".join(sorted(forms, key=len, reverse=True))) if forms else None


def _stand_on_both_sides(labels: Sequence[int], figures: Sequence[int]) -> bool:
    """Whether between two labels stand as many figures as above the first and below the last together."""
    places = [bisect(figures, start) for start in labels]
    between = Counter(behind - ahead for ahead, behind in pairwise(places))
    above, below = places[0], len(figures) - places[-1]
    is_usual = between.total() >= _FEWEST_GAPS and between.most_common(1)[0][0] == above + below
    return is_usual and min(above, below) > 1


def _begins_with_row(labels: Sequence[int], figures: Sequence[int]) -> bool:
    """Whether as many figures stand above the first label as between two, by the places of both."""
    places = [bisect(figures, start) for start in labels]
    between = Counter(behind - ahead for ahead, behind in pairwise(places))
    if between.total() < _FEWEST_GAPS:
        return False
    usual = between.most_common(1)[0][0]
    return 2 <= usual <= places[0]
