"""Labels that are broken over two lines of a text, with their figures on one of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor.documents.document import Span
from extractor.statistics.raw_cells import RawCell, line_indent
from extractor.statistics.words import is_value, next_ordinal, taken_apart
from extractor.text.folding import fold_label

# No label ends so; its next line goes on.
_GOES_ON = re.compile("[的和与及或并对向在、，,]$")
_LONGEST_LABEL = 60
# A number and the blanks behind it: where the next line of a label begins.
_NUMBERED = re.compile(r"[^\s\w]*\w{1,5}?[.．、)）]+[ \u3000]*")


def with_whole_lines(text: str, lines: Sequence[list[RawCell]]) -> list[list[RawCell]]:
    """Lines of a table, those put together over which a label is broken.

    Args:
        text: of the document.
        lines: from top to bottom, the cells of each from left to right.
    """
    whole: list[list[RawCell]] = []
    for place, line in enumerate(lines):
        after = lines[place + 1] if place + 1 < len(lines) else []
        if whole and _is_rest(text, whole[-1], line, after):
            figures = [cell for cell in (*whole[-1], *line) if cell not in (whole[-1][0], line[0])]
            label = _joined(whole[-1][0], line[0])
            whole[-1] = [label, *(cell._replace(column=at) for at, cell in enumerate(figures, 1))]
        else:
            whole.append(line)
    return whole


def _joined(first: RawCell, rest: RawCell) -> RawCell:
    return first._replace(text=first.text + rest.text, span=Span(first.span.start, rest.span.end))


def _is_rest(text: str, above: Sequence[RawCell], line: Sequence[RawCell], after: Sequence[RawCell]) -> bool:
    """Whether the label of a line goes on with that above it; the figures stand on one of the two."""
    if not above or not line or (len(above) > 1 and len(line) > 1):
        return False
    label, rest = fold_label(above[0].text), fold_label(line[0].text)
    words = taken_apart(rest)
    if (
        words.level is not None
        or words.is_part
        or is_value(line[0].text)
        or max(len(label), len(rest)) > _LONGEST_LABEL
    ):
        return False
    if label.count("(") > label.count(")") and rest.count(")") > rest.count("("):
        return True
    if len(above) > 1 or len(line) == 1:
        return False
    further = line_indent(text, line[0]) - line_indent(text, above[0])
    return further >= 0 and (_GOES_ON.search(label) is not None or _hangs(above[0], further, after))


def _hangs(above: RawCell, further: int, after: Sequence[RawCell]) -> bool:
    """Whether a line begins right below the words of a numbered one, and the next number follows it."""
    number = _NUMBERED.match(above.text)
    following = next_ordinal(taken_apart(above.text))
    wide = sum(1 + (one > "\u2e7f") for one in number[0]) if number is not None else 0
    return bool(after) and wide == further > 0 and taken_apart(after[0].text).number == following is not None
