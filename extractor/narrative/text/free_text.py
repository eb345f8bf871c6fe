"""The free text of a report: its sections without their titles and without the cells of tables."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import attrgetter

from extractor.documents.document import Document, Span
from extractor.layout.reading import Reading, ReadRow
from extractor.result.cells import LAYOUT
from extractor.result.narrative import Section

# In tables a sentence has some length; a label is shorter.
_SHORTEST_SENTENCE = 12
# A line, or the next cell that is long enough to be text: most are too short.
_PIECE = re.compile(rf"(?:[^\n\r|\t]{{0,{_SHORTEST_SENTENCE - 1}}}[|\t][\n\r]*)*+([^\n\r|\t]*)[\n\r]*")
_BARS = frozenset("|\t")
_LINE_BREAKS = frozenset(("\n", "\r\n", "\r"))
_END = attrgetter("end")
_HAN = re.compile(r"[\u3400-\u9fff\u2f00-\u2fdf]")
# A unit has fewer characters.
_NAME = re.compile(r"[\u3400-\u9fff]{2}")
_NUMBER = re.compile(r"\d[\d,.]*")
_SENTENCE_MARK = re.compile(r"[。，,；;！]")
_BRACKETED = re.compile(r"[（(][^（()）]*[)）]?")
# The official form's own words that read like sentences.
_OF_THE_FORM = re.compile(r"勾稽关系|第三项加第四项|区分处理的|不计其他情形")
_ENDS_PARAGRAPH = re.compile(r"(?:[。！？；：:;!?”]|情况|方面|事项|如下)[ \u3000\xa0]*$")
_BEGINS_PARAGRAPH = re.compile(
    r"[ \u3000\xa0]*(?:[（(]?[一二三四五六七八九十]{1,3}[)）、.．]|[一二三四五六七八九十]是"
    r"|[（(]?\d{1,2}[)）、.．](?!\d))"
)
_AFTER_TITLE = frozenset("。：:；;*#")
_TABLE_SECTIONS = frozenset("234")
# A line that a converter has broken is about as long as the next one; a heading is shorter.
_BROKEN = 0.65


def free_text(
    document: Document, sections: Sequence[Section], reading: Reading
) -> tuple[tuple[str, Span], ...]:
    """The stretches of free text in the order of the page, each with the number of its section.

    A stretch is a line or a cell, or the lines of a paragraph that a converter has broken. Where tables
    stand only sentences are taken, so that a page that is one wide table as a whole keeps its text.

    Args:
        document: the report.
        sections: of the report.
        reading: of its tables.
    """
    tables = _tables(document, reading)
    starts = [table.start for table in tables]
    cells = _cells_in_text(document.text, reading)
    figures = sorted({span.start for row in _rows(reading) for span in row.spans if span})
    found: list[tuple[str, Span]] = []
    for section in sections:
        start = _behind_title(document.text, section)
        for span, is_cell in _paragraphs(document.text, Span(start, section.span.end)):
            # A line that begins before a table may have been joined with those of the table.
            place = bisect_right(starts, span.end - 1) - 1
            is_in_table = place >= 0 and span.start < tables[place].end
            words = document.text[span.start : span.end]
            if is_cell or is_in_table or section.number in _TABLE_SECTIONS:
                is_text = _is_sentence(words)
            else:
                is_text = _HAN.search(words) is not None
            is_of_cells = _holds_any(span, cells) or _are_all_cells(words, span, figures)
            if is_text and not is_of_cells:
                found.append((section.number, span))
    return tuple(found)


def _behind_title(text: str, section: Section) -> int:
    """Where a section goes on behind its title, and the marks behind that."""
    start = section.span.start
    if section.title:
        start = text.find(section.title, start) + len(section.title)
        while text[start : start + 1] in _AFTER_TITLE and start < section.span.end:
            start += 1
    return start


def _cells_in_text(text: str, reading: Reading) -> list[int]:
    """Where the cells begin of rows that may be sentences.

    They are those that a model alone has found, and those whose figures each stand behind a column's name.
    """
    in_text = (row for row in _rows(reading) if LAYOUT not in row.readers or _has_names(row, text))
    return sorted(span.start for row in in_text for span in row.spans if span is not None)


def _has_names(row: ReadRow, text: str) -> bool:
    """Whether words stand between all figures of a row, as names of columns do."""
    spans = [span for span in row.spans if span is not None]
    between = [text[one.end : other.start] for one, other in pairwise(sorted(spans))]
    return bool(between) and all(_NAME.search(words) is not None for words in between)


def _are_all_cells(words: str, stretch: Span, figures: Sequence[int]) -> bool:
    """Whether all numbers of some words, several of them, are figures of tables, as in a list with commas."""
    held = bisect_left(figures, stretch.end) - bisect_left(figures, stretch.start)
    return held > 1 and held == sum(1 for _ in _NUMBER.finditer(words))


def _rows(reading: Reading) -> Iterator[ReadRow]:
    return (row for block in reading.blocks for row in block.found)


def _holds_any(stretch: Span, starts: Sequence[int]) -> bool:
    return bisect_left(starts, stretch.start) < bisect_left(starts, stretch.end)


def _tables(document: Document, reading: Reading) -> list[Span]:
    """Where tables stand: those that the file has as such, and what was read of the form's."""
    spans = [
        Span(grid.cells[0].start, grid.cells[-1].end)
        for grid in document.grids
        if grid.kind == "table" and grid.cells
    ]
    for block in reading.blocks:
        places = [
            place
            for row in block.found
            for place in (row.label, *row.spans)
            if place is not None and place.end > place.start
        ]
        if places:
            spans.append(Span(min(places).start, max(map(_END, places))))
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def _paragraphs(text: str, span: Span) -> Iterator[tuple[Span, bool]]:
    """Lines and longer cells, without the blanks around them, broken lines joined; whether each is a cell."""
    start = end = -1
    was_cell = False
    for piece in _PIECE.finditer(text, span.start, span.end):
        first, last = piece.span(1)
        if first == last:
            continue
        is_cell = text[last : last + 1] in _BARS or text[first - 1 : first] in _BARS
        if start >= 0:
            if (
                not (is_cell or was_cell)
                and text[end:first] in _LINE_BREAKS
                and _goes_on(text, start, end, piece[1])
            ):
                end = last
                continue
            if not was_cell or end - start >= _SHORTEST_SENTENCE:
                yield _trimmed(text, start, end), was_cell
        start, end, was_cell = first, last, is_cell
    if start >= 0:
        yield _trimmed(text, start, end), was_cell


def _goes_on(text: str, start: int, end: int, following: str) -> bool:
    """Whether the paragraph so far goes on with the following line."""
    line = max(text.rfind("\n", start, end) + 1, start)
    if end - line < _BROKEN * len(following) or not _HAN.search(following):
        return False
    return not (_ENDS_PARAGRAPH.search(text, max(line, end - 6), end) or _BEGINS_PARAGRAPH.match(following))


def _is_sentence(words: str) -> bool:
    """Whether words among tables are text, and no label, header or figure."""
    if len(words) < _SHORTEST_SENTENCE or not _SENTENCE_MARK.search(words) or _OF_THE_FORM.search(words):
        return False
    bare = _BRACKETED.sub("", words)
    return len(bare) >= _SHORTEST_SENTENCE and _SENTENCE_MARK.search(bare) is not None


def _trimmed(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    return Span(start + len(words) - len(words.lstrip()), start + len(words.rstrip()))
