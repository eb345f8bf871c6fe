"""Figures whose labels stand neither beside nor before them: above a row of them, or each behind its own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor.documents.document import Span
from extractor.statistics.raw_cells import LEAST_ROWS, RawCell
from extractor.statistics.words import is_value, parsed, taken_apart

# Lines with a cell each: figures, each with its label behind it.
_FIGURES_FIRST = re.compile("(?<![WU])(?:FW){3,}(?![FU])")


def from_above(lines: Sequence[list[RawCell]]) -> list[list[RawCell]]:
    """The lines of a table, an indicator each where its only row has figures alone: their labels stand above.

    Args:
        lines: of the table, from top to bottom.
    """
    *above, labels, figures = lines if len(lines) > 1 else [[], [], *lines]
    columns = [cell.column for cell in figures]
    is_row = len(figures) >= LEAST_ROWS and columns == [cell.column for cell in labels]
    are_words = all(cell.text and not is_value(cell.text) for cell in labels)
    is_alone = all(sum(bool(cell.text) for cell in line) <= 1 for line in above)
    if not (is_row and are_words and is_alone and all(is_value(cell.text) for cell in figures)):
        return [*lines]
    return [
        [label._replace(column=0), figure._replace(column=1)]
        for label, figure in zip(labels, figures, strict=True)
    ]


def figures_before_labels(text: str, spans: Sequence[Span], kinds: str) -> list[list[RawCell]]:
    """Indicators of two lines each where figures stand before their labels; nothing if none do.

    The first figure has no label before it. The unit that each figure has, or each label, tells that it is
    one of them, and the last line no signature.

    Args:
        text: of the document.
        spans: of the lines.
        kinds: of each of them what it is: ``F`` for a figure, ``W`` for a label.
    """
    match = _FIGURES_FIRST.search(kinds)
    own = spans[slice(*match.span())] if match is not None else ()
    figures = [RawCell(text[slice(*span)], span, 1) for span in own[::2]]
    labels = [RawCell(text[slice(*span)], span, 0) for span in own[1::2]]
    have_units = all(parsed(one.text).unit for one in figures)
    if not have_units and not all(taken_apart(one.text).unit for one in labels):
        return []
    return [[label, figure] for label, figure in zip(labels, figures, strict=True)]
