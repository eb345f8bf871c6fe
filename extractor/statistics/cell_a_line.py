"""Tables with a cell a line: a label, a unit, if there is one, and always as many figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from extractor.documents.document import Span
from extractor.statistics.blank_lines import cells_with_blank_lines
from extractor.statistics.counted_cells import counted_cells
from extractor.statistics.labels_apart import figures_before_labels
from extractor.statistics.ordinals import without_counts
from extractor.statistics.raw_cells import LEAST_ROWS, LONGEST_LABEL, RawCell, RawTable, line_indent
from extractor.statistics.words import is_label_head, is_title, is_total, is_unit, is_value, taken_apart

_MOST_COLUMNS = 8
# Lines in which labels are broken are no narrower.
_LEAST_WIDTH = 6
#: How one word of a line, or one line, is written where runs of them are looked for.
LABEL, UNIT, VALUE, OTHER = "W", "U", "F", "."


def kind_of(word: str) -> str:
    """What a word of a line is, or a line: a character.

    Args:
        word: the text.
    """
    if is_unit(word):
        return UNIT
    if is_value(word):
        return VALUE
    is_prose = word.endswith(("。", "！", "？")) or ("，" in word and word.endswith(("：", "；")))
    is_other = is_prose or len(word) > LONGEST_LABEL or is_title(word)
    return OTHER if is_other else LABEL


def _kinds(text: str, spans: Sequence[Span]) -> str:
    """What each line is that holds a cell, a character each."""
    return "".join(kind_of(text[span.start : span.end]) for span in spans)


def tables_of_cells(text: str, spans: Sequence[Span], indents: Mapping[int, int]) -> Iterator[RawTable]:
    """Tables with a cell a line: a label, a unit, if there is one, and always as many figures.

    Args:
        text: of the document.
        spans: of its lines.
        indents: how far in they begin that the page shows further in than their text does, by their starts.
    """
    if told := cells_with_blank_lines(text, spans) or counted_cells(text, spans):
        yield RawTable(told, has_merged=False)
        return
    spans = without_counts(text, spans, _kinds(text, spans), LABEL)
    kinds = _kinds(text, spans)
    if figures_first := figures_before_labels(text, spans, kinds):
        yield RawTable(figures_first, has_merged=False)
        return
    best = _best_run(kinds)
    if best is None:
        return
    start, end, count = best
    while start > 0 and kinds[start - 1] in LABEL + UNIT:
        start -= 1
    lines = list(zip(kinds, spans, strict=True))[start:end]
    wide = 1 + (UNIT in kinds[best[0] : end]) + count
    head = _head_of_cells(text, lines, wide)
    rows = lines[head.stop :]
    widths = [span.end - span.start for kind, span in rows if kind == LABEL]
    whole = _with_whole_labels(text, rows, widths)
    if not _has_groups(text, whole, indents):
        whole = _without_groups(whole)
    above = [[_cell(text, span, place) for place, (_, span) in enumerate(lines[head])]] if head.stop else []
    cells = [(kind, _cell(text, span, 0)) for kind, span in whole]
    body = (_with_open_columns(row, count) for row in _rows_of_cells(cells, wide - count))
    yield RawTable([*above, *body], has_merged=False)


def _best_run(kinds: str) -> tuple[int, int, int] | None:
    """Where most lines are rows with as many figures: from where, up to where, how many; None if none are."""
    best: tuple[int, int, int] | None = None
    for count in range(1, _MOST_COLUMNS + 1):
        row = rf"(?:{LABEL}{{1,3}}{UNIT}?{VALUE}{{{count}}}(?!{VALUE}))"
        # A blank cell has no line.
        short = rf"{LABEL}{UNIT}?{VALUE}{{1,{count - 1}}}(?!{VALUE})" if count > 1 else "(?!)"
        pattern = re.compile(rf"{row}{{{LEAST_ROWS},}}(?:{short}{row}+)*")
        for match in pattern.finditer(kinds):
            if best is None or match.end() - match.start() > best[1] - best[0]:
                best = (match.start(), match.end(), count)
    return best


def _head_of_cells(text: str, lines: Sequence[tuple[str, Span]], wide: int) -> slice:
    """Where the header stands in lines with a cell each; an empty stretch if words for it don't.

    Of several words above labels, 类别 and 内容, the last is that of the rows; others are of their headings.
    """
    named = [is_label_head(text[slice(*span)]) for _, span in lines]
    position = next(
        (at for at, is_head in enumerate(named) if is_head and not any(named[at + 1 : at + 2])), None
    )
    if position is None or any(kind != LABEL for kind, _ in lines[position : position + wide]):
        return slice(0, 0)
    return slice(position, position + wide)


def _cell(text: str, span: Span, column: int) -> RawCell:
    return RawCell(_joined(text, span), span, column)


def _joined(text: str, span: Span) -> str:
    return "".join(text[span.start : span.end].splitlines())


def _with_whole_labels(
    text: str, lines: Sequence[tuple[str, Span]], lengths: Sequence[int]
) -> list[tuple[str, Span]]:
    """Lines with those put together over which a label is broken: the first is as long as lines can be."""
    widest = max(lengths)
    whole: list[tuple[str, Span]] = []
    for kind, span in lines:
        before = whole[-1] if whole else ("", span)
        above = text[slice(*before[1])]
        is_full = before[0] == LABEL and len(above.splitlines()[-1]) == widest and above[-1] not in ":："
        words = taken_apart(text[slice(*span)])
        begins = kind != LABEL or words.level is not None or words.is_part
        if widest >= _LEAST_WIDTH and is_full and not begins:
            whole[-1] = (kind, Span(before[1].start, span.end))
        else:
            whole.append((kind, span))
    return whole


def _has_groups(text: str, lines: Sequence[tuple[str, Span]], indents: Mapping[int, int]) -> bool:
    """Whether a line with words before another may be the heading of a group of rows.

    Groups begin at the first row, unless that is a total. Where it has no words before it, neither numbers
    nor indentation tell of groups, and other rows have two lines of words, these are a label that is broken.
    """
    labels = [span for kind, span in lines if kind == LABEL]
    words = [taken_apart(_joined(text, span)) for span in labels]
    depths = {line_indent(text, RawCell("", span, 0, indents.get(span.start, 0))) for span in labels}
    is_told = any(one.level is not None or one.is_part for one in words) or len(depths) > 1
    is_below_total = "总" in words[0].words or is_total(words[0].words)
    return is_told or is_below_total or lines[1][0] == LABEL


def _without_groups(lines: Sequence[tuple[str, Span]]) -> list[tuple[str, Span]]:
    """Lines with a cell each, all words that follow one another put together: a label."""
    whole: list[tuple[str, Span]] = []
    for kind, span in lines:
        if whole and kind == whole[-1][0] == LABEL:
            whole[-1] = (kind, Span(whole[-1][1].start, span.end))
        else:
            whole.append((kind, span))
    return whole


def _with_open_columns(row: list[RawCell], count: int) -> list[RawCell]:
    """A row; nothing tells the columns of one that has fewer figures than these are."""
    is_open = 0 < sum(is_value(cell.text) for cell in row[1:]) < count
    return [cell._replace(is_open=True) for cell in row] if is_open else row


def _rows_of_cells(cells: Sequence[tuple[str, RawCell]], before: int) -> Iterator[list[RawCell]]:
    """Cells, one a line, put into rows, with so many columns before those of figures."""
    row: list[RawCell] = []
    for kind, cell in cells:
        if kind == LABEL:
            if row:
                yield row
            row = [cell]
        elif row:
            place = 1 if kind == UNIT else max(row[-1].column + 1, before)
            row.append(cell._replace(column=place))
    if row:
        yield row
