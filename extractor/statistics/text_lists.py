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
    wholes_with_parts,
    with_parts_further_in,
)
from extractor.statistics.raw_cells import LEAST_ROWS, RawCell, RawTable, heading_above
from extractor.statistics.words import is_value, taken_apart

_ENDED = re.compile("[^；;]+[；;]?")
_PIECE = re.compile("[^,，]*")
_WORD = re.compile(r"\S+")
_LONGEST_HEADING = 30
# A line before the first indicator of so many lists of the same is what each of these is of.
_FEWEST_BLOCKS = 2
_PUNCTUATION = re.compile("[:：,，。；;]")


def tables_of_lists(text: str, spans: Sequence[Span]) -> list[RawTable]:
    """The lists of indicators in lines.

    Args:
        text: of the document.
        spans: of its lines.
    """
    wholes = {pieces[0].start: pieces for pieces in wholes_with_parts(text, spans)}
    pieces = [piece for span in spans for piece in _indicators(text, span, wholes)]
    lines = [indicator_of(text, piece) or _heading(text, piece) for piece in pieces]
    lines = [*with_parts_further_in(text, lines, wholes.values())]
    blocks = dict(_blocks(text, pieces, lines))
    shown = [blocks.get(place, line) for place, line in enumerate(lines)]
    tables = [RawTable(list(run), has_merged=False) for run in _runs(text, spans, shown, [*blocks.values()])]
    return tables or list(_with_commas(text, spans))


def _blocks(
    text: str, spans: Sequence[Span], lines: Sequence[list[RawCell]]
) -> Iterator[tuple[int, list[RawCell]]]:
    """The lines that say what a list is of, where several lists begin with the same indicator."""
    places = [
        place
        for place, line in enumerate(lines[:-1])
        if not line and len(lines[place + 1]) > 1 and _may_head(text[slice(*spans[place])])
    ]
    firsts = Counter(lines[place + 1][0].text for place in places)
    for place in places:
        if firsts[lines[place + 1][0].text] >= _FEWEST_BLOCKS:
            yield place, [RawCell(text[slice(*spans[place])], spans[place], 0)]


def _may_head(words: str) -> bool:
    return len(words) <= _LONGEST_HEADING and _PUNCTUATION.search(words) is None


def _indicators(text: str, span: Span, wholes: Mapping[int, tuple[Span, ...]]) -> Sequence[Span]:
    """A line's parts that semicolons end, or its whole and parts, if each is an indicator; else the line."""
    ended = [Span(*part.span()) for part in _ENDED.finditer(text, *span)]
    if len(ended) > 1 and all(indicator_of(text, part) for part in ended):
        return ended
    return wholes.get(span.start, (span,))


def _runs(
    text: str, spans: Sequence[Span], lines: Sequence[list[RawCell]], blocks: Sequence[list[RawCell]]
) -> Iterator[list[list[RawCell]]]:
    """Lines with figures that follow one another, with headings among them."""
    for is_run, group in groupby(lines, key=bool):
        run = list(group)
        filled = [number for number, line in enumerate(run) if len(line) > 1]
        if is_run and len(filled) >= LEAST_ROWS:
            above = heading_above(run[: filled[0]], run[filled[0] :])
            above = above or [line for line in run[max(0, filled[0] - 1) : filled[0]] if line in blocks]
            above = above or _head_above(text, spans, run[filled[0]])
            yield [*above, *run[filled[0] : filled[-1] + 1]]


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


def _heading(text: str, span: Span) -> list[RawCell]:
    """A line as the heading of some others, if it has a number and is short."""
    words = text[span.start : span.end]
    is_heading = len(words) <= _LONGEST_HEADING and taken_apart(words).level is not None
    return [RawCell(words, span, 0)] if is_heading and not words.endswith(("。", "；")) else []


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
