"""Labels of lists that are broken over two lines, the figure on the second: 优惠乘车证 件办理情况……12期."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from extractor.documents.document import Span
from extractor.statistics.indicators import indicator_of
from extractor.statistics.raw_cells import RawCell, line_indent
from extractor.statistics.words import Words, is_total, next_ordinal, taken_apart
from extractor.text.width import width_in_digits

# No page breaks labels that are narrower, in digits.
_LEAST_WIDTH = 24


class _Line(NamedTuple):
    """A line of a list: its words, how far in they begin, where its label ends, whether a figure follows."""

    words: Words
    depth: int
    right: int
    has_figure: bool


def with_whole_labels(text: str, spans: Sequence[Span], indents: Mapping[int, int]) -> list[Span]:
    """Lines, those with their rest over which a label is broken that nothing but its number would head.

    It is numbered, has no figure, though others with numbers like it have, and is wider than any label that
    has one. One line alone is further in than it, with a figure and no number; the next number follows.

    Args:
        text: of the document.
        spans: of the lines.
        indents: how far in lines begin that the page shows further in than their text does, by their starts.
    """
    lines = [_line(text, span, indents) for span in spans]
    widest = max((line.right for line in lines if line.has_figure), default=0)
    filled = {line.words.level for line in lines if line.has_figure}
    bare = Counter(line.words.level for line in lines if not line.has_figure)
    whole: list[Span] = []
    is_rest = False
    for place, (line, span) in enumerate(zip(lines, spans, strict=True)):
        if is_rest:
            whole[-1] = Span(whole[-1].start, span.end)
            is_rest = False
            continue
        level = line.words.level
        may_be_cut = level in filled and bare[level] == 1 and line.right > max(widest, _LEAST_WIDTH - 1)
        is_rest = may_be_cut and _has_rest(line, lines[place + 1 : place + 3])
        whole.append(span)
    return whole


def _line(text: str, span: Span, indents: Mapping[int, int]) -> _Line:
    cells = indicator_of(text, span)
    label = cells[0] if cells else RawCell(text[slice(*span)], span, 0)
    depth = line_indent(text, RawCell("", span, 0, indents.get(span.start, 0)))
    return _Line(taken_apart(label.text), depth, depth + width_in_digits(label.text), bool(cells))


def _has_rest(line: _Line, following: Sequence[_Line]) -> bool:
    """Whether the next line is the rest of a numbered one without a figure, rather than one below it."""
    if line.has_figure or line.words.level is None or not following:
        return False
    rest, *after = following
    is_plain = rest.words.level is None and not rest.words.is_part and not is_total(rest.words.words)
    ends = not after or (after[0].words.level is not None and after[0].depth <= line.depth)
    counts_on = bool(after) and after[0].words.number == next_ordinal(line.words)
    return rest.has_figure and is_plain and rest.depth > line.depth and (ends or counts_on)
