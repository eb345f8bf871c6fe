"""Numbers of rows that only their order tells from figures and words: 1 公开 … 2 咨询."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor.documents.document import Span
from extractor.statistics.raw_cells import LEAST_ROWS, RawCell
from extractor.text.folding import BLANK

# A number and its words, with nothing but blanks between them; 1.1 tells by its stop what it is.
_SPACED = re.compile(rf"(\d{{1,2}})[{BLANK}\t]+(?=[^\W\d])(.+)", re.S)
_LEAST_NUMBERS = 2


def with_stops(lines: Sequence[list[RawCell]], column: int) -> list[list[RawCell]]:
    """Rows, those labels that begin with a number and a blank written as others are: ``1、公开``.

    They are numbered if they count on from 1, each with words of its own; 1 月 and 2 月 are no numbers.

    Args:
        lines: of the table, without its header.
        column: that of their outermost labels.
    """
    spaced = [
        _SPACED.fullmatch(cell.text.strip()) for line in lines for cell in line if cell.column == column
    ]
    found = [match for match in spaced if match is not None]
    is_counting = [int(match[1]) for match in found] == [*range(1, len(found) + 1)]
    if len(found) < _LEAST_NUMBERS or not is_counting or len({match[2] for match in found}) < len(found):
        return [*lines]
    return [
        [
            cell._replace(text=_SPACED.sub(r"\1、\2", cell.text.strip())) if cell.column == column else cell
            for cell in line
        ]
        for line in lines
    ]


def without_counts(text: str, spans: Sequence[Span], kinds: str, label: str) -> list[Span]:
    """Lines with a cell each, without those that count the rows: each stands right before a label.

    Args:
        text: of the document.
        spans: of the lines.
        kinds: of each of them what it is, a character each.
        label: the character of those that are labels.

    Returns:
        All of them where not every row up to the last counted one is.
    """
    counts: list[int] = []
    for place, span in enumerate(spans[:-1]):
        if kinds[place + 1] == label and text[slice(*span)] == str(len(counts) + 1):
            counts.append(place)
    begins = [place for place in range(1, len(spans)) if kinds[place] == label != kinds[place - 1]]
    rows = [place for place in begins if counts and counts[0] < place <= counts[-1] + 1]
    if len(counts) < LEAST_ROWS or rows != [place + 1 for place in counts]:
        return [*spans]
    return [span for place, span in enumerate(spans) if place not in set(counts)]
