"""Lists of indicators in plain lines: a figure behind a colon or dots, or cells with commas between them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from extractor.documents.document import Span
from extractor.statistics.indicators import (
    FEWEST_FIGURES,
    indicator_of,
    parts_alone,
    several_in_a_row,
    wholes_with_parts,
    with_parts_further_in,
)
from extractor.statistics.ordinals import with_stops
from extractor.statistics.raw_cells import INDENTED, LEAST_ROWS, RawCell, RawTable, line_indent
from extractor.statistics.whole_labels import with_whole_labels
from extractor.statistics.words import is_title, is_unit, is_unit_head, is_value, next_ordinal, taken_apart
from extractor.text.folding import BLANK

_ENDED = re.compile("[^；;]+[；;]?")
_PIECE = re.compile("[^,，]*")
_WORD = re.compile(r"\S+")
_LONGEST_HEADING = 30
# So many headings follow one another.
_MOST_HEADINGS = 3
# What a heading of a list doesn't hold, but for a colon at its end.
_PUNCTUATION = re.compile("[:：,，。；;]")
# 拆迁安置：条
_BLANK_INDICATOR = re.compile(rf"([^:：,，。；;]{{2,30}}[:：])[_{BLANK}]*([^\W\d_]{{1,3}})")


def tables_of_lists(text: str, spans: Sequence[Span], indents: Mapping[int, int]) -> list[RawTable]:
    """The lists of indicators in lines.

    Args:
        text: of the document.
        spans: of its lines.
        indents: how far in lines begin that the page shows further in than their text does, by their starts.
    """
    spans = with_whole_labels(text, spans, indents)
    wholes = {pieces[0].start: pieces for pieces in wholes_with_parts(text, spans)}
    cut_up = wholes | {pieces[0].start: pieces for pieces in several_in_a_row(text, spans)}
    cut = [(span, piece) for span in spans for piece in _indicators(text, span, cut_up)]
    pieces = [piece for _, piece in cut]
    lines = [_as_far_in(text, span, indicator_of(text, piece)) for span, piece in cut]
    lines = [*with_parts_further_in(text, lines, wholes.values())]
    cells = [line or [_whole(text, piece)] for line, piece in zip(lines, pieces, strict=True)]
    cells = with_stops(cells, 0)
    depths = [line_indent(text, RawCell("", piece, 0, indents.get(piece.start, 0))) for piece in pieces]
    shown = _with_headings(text, pieces, cells, depths)
    tables = [RawTable(list(run), has_merged=False) for run in _runs(text, spans, shown, depths)]
    return tables or list(_with_commas(text, spans))


def _as_far_in(text: str, span: Span, line: list[RawCell]) -> list[RawCell]:
    """An indicator, one that stands inside of a line as far in as that."""
    if not line or line[0].span.start == span.start:
        return line
    return [line[0]._replace(indent=line_indent(text, RawCell("", span, 0))), *line[1:]]


def _whole(text: str, span: Span) -> RawCell:
    return RawCell(text[slice(*span)], span, 0)


def _with_headings(
    text: str, spans: Sequence[Span], lines: Sequence[list[RawCell]], depths: Sequence[int]
) -> list[list[RawCell]]:
    """Indicators, with the lines among them that say what some of them are of, and those without a figure.

    A heading has a number, or what follows it stands further in, or it stands between two indicators. Above
    the first of a run stands another like those between. All other lines are left empty.
    """
    shown = [
        line if len(line) > 1 else _blank_indicator(text, span)
        for line, span in zip(lines, spans, strict=True)
    ]
    between: set[int] = set()
    for place in range(len(spans) - 2, -1, -1):
        is_open = not shown[place] and bool(shown[place + 1])
        is_above = depths[place] + INDENTED <= depths[place + 1]
        is_between = any(len(line) > 1 for line in shown[max(0, place - _MOST_HEADINGS) : place])
        if is_open and _heads_others(lines[place][0].text, is_told=is_above or is_between):
            shown[place] = [*lines[place]]
            between |= {depths[place]} if is_between else set()
    return _with_first_headings(shown, lines, depths, between)


def _with_first_headings(
    shown: Sequence[list[RawCell]], lines: Sequence[list[RawCell]], depths: Sequence[int], between: set[int]
) -> list[list[RawCell]]:
    """Indicators and headings, with the line above the first of each run if it is like those between."""
    return [
        [*lines[place]]
        if not own
        and place + 1 < len(shown)
        and len(shown[place + 1]) > 1
        and depths[place] in between
        and _may_head(lines[place][0].text)
        else own
        for place, own in enumerate(shown)
    ]


def _heads_others(words: str, *, is_told: bool) -> bool:
    """Whether a line without a figure heads others: by its number, or where it stands tells so."""
    is_short = len(words) <= _LONGEST_HEADING and not words.endswith(("。", "；"))
    return (is_short and taken_apart(words).level is not None) or (is_told and _may_head(words))


def _may_head(words: str) -> bool:
    """Whether a line without a number may head others: it is short, and neither a sentence nor a title."""
    is_short = len(words) <= _LONGEST_HEADING and not words.endswith(("。", "；", ";"))
    return is_short and _PUNCTUATION.search(words[:-1]) is None and not is_title(words)


def _blank_indicator(text: str, span: Span) -> list[RawCell]:
    """A line as a label and a unit without the figure between them; nothing if it is anything else."""
    match = _BLANK_INDICATOR.fullmatch(text, *span)
    if match is None or not is_unit(match[2]) or is_unit_head(match[1][:-1]):
        return []
    blank = Span(match.end(1), match.end(1))
    return [
        RawCell(match[1], Span(*match.span(1)), 0),
        RawCell("", blank, 1),
        RawCell(match[2], Span(*match.span(2)), 2),
    ]


def _indicators(text: str, span: Span, wholes: Mapping[int, tuple[Span, ...]]) -> Sequence[Span]:
    """A line's parts that semicolons end, or its whole and parts, if each is an indicator; else the line."""
    ended = [Span(*part.span()) for part in _ENDED.finditer(text, *span)]
    if len(ended) > 1 and all(indicator_of(text, part) for part in ended):
        return ended
    return wholes.get(span.start) or parts_alone(text, span) or (span,)


def _runs(
    text: str, spans: Sequence[Span], lines: Sequence[list[RawCell]], depths: Sequence[int]
) -> Iterator[list[list[RawCell]]]:
    """Lines with figures that follow one another, with headings among them."""
    for is_run, group in groupby(enumerate(lines), key=lambda line: bool(line[1])):
        places = [place for place, _ in group]
        filled = [place for place in places if len(lines[place]) > 1]
        if is_run and len(filled) >= LEAST_ROWS:
            first, last = filled[0], filled[-1] + 1
            rows = lines[first:last]
            above = [
                lines[place]
                for place in range(places[0], first)
                if _heads(lines[place][0].text, depths[place], rows, depths[first:last])
            ]
            yield [*(above or _head_above(text, spans, rows[0])), *rows]


def _heads(words: str, depth: int, rows: Sequence[list[RawCell]], depths: Sequence[int]) -> bool:
    """Whether a line above some rows is the heading of the first: a later one has the next number, or is as
    far in and no further than all of them."""
    apart = taken_apart(words)
    if apart.level is not None:
        return next_ordinal(apart) in {taken_apart(row[0].text).number for row in rows}
    return any(depth == own and len(row) == 1 for row, own in zip(rows, depths, strict=True)) or (
        depth < depths[0] and depth in depths
    )


def _head_above(text: str, spans: Sequence[Span], row: Sequence[RawCell]) -> list[list[RawCell]]:
    """The line above a row of several figures if it has as many words, or one more, as that has figures."""
    figures = [cell.column for cell in row if is_value(cell.text)]
    if len(figures) < FEWEST_FIGURES:
        return []
    above = [span for span in spans if span.end <= row[0].span.start][-1:]
    words = [Span(*match.span()) for span in above for match in _WORD.finditer(text, *span)]
    columns = [0, *figures][-len(words) :]
    if len(words) not in (len(figures), len(figures) + 1):
        return []
    return [[RawCell(text[slice(*span)], span, at) for span, at in zip(words, columns, strict=True)]]


def _with_commas(text: str, spans: Sequence[Span]) -> Iterator[RawTable]:
    """A table whose cells have commas between them: as many in each of its lines."""
    lines = [
        [RawCell(piece[0], Span(*piece.span()), place) for place, piece in enumerate(_pieces(text, span))]
        for span in spans
    ]
    widths = Counter(len(line) for line in lines if any(is_value(cell.text) for cell in line[1:]))
    width, rows = widths.most_common(1)[0] if widths else (0, 0)
    if rows >= LEAST_ROWS:
        runs = [list(group) for count, group in groupby(lines, len) if count == width]
        yield RawTable(max(runs, key=len), has_merged=False)


def _pieces(text: str, span: Span) -> list[re.Match[str]]:
    pieces: list[re.Match[str]] = []
    # The commas of 1,203 are its own.
    place = span.start if not is_value(text[span.start : span.end]) else span.end + 1
    while place <= span.end and (piece := _PIECE.match(text, place, span.end)) is not None:
        pieces.append(piece)
        place = piece.end() + 1
    return pieces
