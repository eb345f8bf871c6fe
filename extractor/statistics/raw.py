"""The rows of cells that may be a statistics table, whatever separates them on the page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter

from extractor.documents.document import Document, Grid, GridCell, Span
from extractor.statistics.aligned import in_columns, with_whole_words
from extractor.statistics.beside import tables_beside
from extractor.statistics.broken import with_whole_lines
from extractor.statistics.cell_a_line import UNIT, VALUE, kind_of, tables_of_cells
from extractor.statistics.continued import joined
from extractor.statistics.indicators import indicators_in_cells, pairs_in_lines
from extractor.statistics.labels_apart import from_above
from extractor.statistics.merged_rows import in_their_columns
from extractor.statistics.nested import with_tables_in_cells
from extractor.statistics.ordinals import first_heading, heading_above, with_numbers_before_labels, with_stop
from extractor.statistics.pairs import one_below_the_other
from extractor.statistics.pairs_in_groups import pairs_in_groups
from extractor.statistics.raw_cells import LEAST_ROWS, LONGEST_LABEL, RawCell, RawTable
from extractor.statistics.several import apart
from extractor.statistics.stacked import with_rows_apart
from extractor.statistics.stepped_labels import with_stepped_labels
from extractor.statistics.text_lists import tables_of_lists
from extractor.statistics.words import (
    is_caption,
    is_code_head,
    is_label_head,
    is_note,
    is_part_alone,
    is_title,
    is_value,
    taken_apart,
)
from extractor.text.figures import is_furniture

_WORD = re.compile(r"\S+")
# ## 一、主动公开
_HASHES = re.compile(r"#{1,6}[ \t]+(?=\S)")
# 其中 and a figure behind it.
_PART_AND_FIGURE = 2
# 附件 2 above a table is no row of it.
_NUMBER_OF_ANNEX = re.compile(r"附[件表录]\s*\d{1,2}")
_CONTINUED = re.compile(r"[(（]续[表)）]?[)）]?$")
# So many lines of words that are broken in the header stand above it, so many headings below it.
_MOST_BROKEN, _MOST_HEADINGS = 2, 3
_LONGEST_HEADING = 20


def raw_tables(document: Document) -> Iterator[RawTable]:
    """The tables of a document.

    Args:
        document: the input.
    """
    separate = (one for table in _separate_tables(document) for one in apart(table))
    return joined(document.text, separate)


def _separate_tables(document: Document) -> Iterator[RawTable]:
    """The tables of a document, each part of one that goes on for itself."""
    above: GridCell | None = None
    for grid in with_tables_in_cells(document.text, document.grids):
        if grid.kind in ("cell_per_line", "blanks"):
            yield from (_indented(table, grid) for table in _tables_of_text(document.text, grid))
        else:
            yield from _tables_of_rows(document.text, grid, above)
        above = grid.cells[-1] if grid.kind == "cell_per_line" and grid.cells else None


def _tables_of_rows(text: str, grid: Grid, above: GridCell | None) -> Iterator[RawTable]:
    """The table in a grid whose rows have marks between their cells, or those side by side in it."""
    rows = [list(cells) for _, cells in groupby(grid.cells, key=attrgetter("row"))]
    lines = [_row(text, cells, is_table=grid.kind == "table") for cells in rows]
    lines = _with_open_columns(lines, rows) if grid.kind == "table" else lines
    lines = with_stepped_labels(lines)
    lines = lines if grid.kind == "table" else in_their_columns(lines)
    heading = first_heading(_row(text, [above], is_table=False), lines) if above is not None else []
    grouped = pairs_in_groups(lines)
    for beside in [grouped] if grouped else tables_beside(lines):
        own = grouped or indicators_in_cells(text, beside) or from_above(one_below_the_other(beside))
        own = [*with_rows_apart(text, own)] if grid.kind == "table" else own
        if any(map(_is_filled, own)):
            is_table = grid.kind == "table"
            own = own if is_table else [*heading, *_without_prose(text, own)]
            yield RawTable(own, has_merged=is_table)


def _with_open_columns(
    lines: Sequence[list[RawCell]], rows: Sequence[Sequence[GridCell]]
) -> list[list[RawCell]]:
    """The lines of a table, those ``is_open`` whose figures stand below no word of their own on the page.

    Their order tells the columns where all lines, and the header, have as many cells.
    """
    widths = {len(line) for line in lines if len(line) > 1}
    if len(widths) == 1:
        return [*lines]
    return [
        [cell._replace(is_open=cell.is_open or _is_unplaced(line, row)) for cell in line]
        for line, row in zip(lines, rows, strict=True)
    ]


def _is_unplaced(line: Sequence[RawCell], row: Sequence[GridCell]) -> bool:
    """Whether a line has figures, and the page doesn't tell the column of one behind its first cell."""
    return any(
        cell.column is None and is_value(own.text) for own, cell in zip(line[1:], row[1:], strict=True)
    )


def _is_filled(line: Sequence[RawCell]) -> bool:
    """Whether a line has a figure behind its first cell."""
    return any(is_value(cell.text) for cell in line[1:])


def _row(text: str, cells: Sequence[GridCell], *, is_table: bool) -> list[RawCell]:
    """The cells of a row, in the columns that the file has, or at the places that they have in it."""
    return [
        RawCell(
            text[cell.start : cell.end],
            Span(cell.start, cell.end),
            cell.column if is_table and cell.column is not None else place,
            cell.indent,
        )
        for place, cell in enumerate(cells)
    ]


def _indented(table: RawTable, grid: Grid) -> RawTable:
    """A table in lines, with how far in these begin; what begins inside of a line is as far in as that."""
    indents = {cell.start: cell.indent for cell in grid.cells}
    lines: list[list[RawCell]] = []
    base = 0
    for line in table.lines:
        base = indents.get(line[0].span.start, base)
        lines.append([line[0]._replace(indent=line[0].indent + base), *line[1:]])
    return table._replace(lines=lines)


def _without_prose(text: str, lines: Sequence[list[RawCell]]) -> list[list[RawCell]]:
    """The lines from a table's header to its last figure: what stands above that holds one cell a line."""
    filled = [*map(_is_filled, lines)]
    first, last = filled.index(True), len(filled) - filled[::-1].index(True)
    while first > 0 and (len(lines[first - 1]) > 1 or (first > 1 and len(lines[first - 2]) > 1)):
        first -= 1
    # Rows of blanks may end it.
    while last < len(lines) and len(lines[last]) == len(lines[last - 1]) > 1 and _is_of_blanks(lines[last]):
        last += 1
    return [*heading_above(text, lines[:first], lines[first:last]), *lines[first:last]]


def _is_of_blanks(line: Sequence[RawCell]) -> bool:
    """Whether a line is a row that has a label and a blank cell, rather than a note in the first column."""
    is_label = bool(line[0].text) and not is_note(line[0].text) and not is_caption([line[0].text])
    return is_label and not all(cell.text for cell in line[1:])


def _tables_of_text(text: str, grid: Grid) -> Iterator[RawTable]:
    """Tables in lines without marks between their cells: runs of blanks part these, or single ones do, or
    what leads to a figure; or each line holds a cell."""
    rows = [row for row in _rows_of_spans(text, grid) if not is_furniture(text[row[0].start : row[-1].end])]
    pairs = pairs_in_lines(text, [_cells(text, spans) for spans in rows])
    indents = {cell.start: cell.indent for cell in grid.cells}
    yield from [RawTable(pairs, has_merged=False)] if pairs else _tables_of_lines(text, rows, indents)


def _tables_of_lines(text: str, rows: Sequence[list[Span]], indents: Mapping[int, int]) -> Iterator[RawTable]:
    """Tables in lines, by what most of them say.

    Args:
        text: of the document.
        rows: where the cells of each line stand.
        indents: how far in they begin that the page shows further in than their text does, by their starts.
    """
    lists = tables_of_lists(text, [Span(row[0].start, row[-1].end) for row in rows], indents)
    listed = sum(len(line) > 1 for table in lists for line in table.lines)
    cut = with_whole_lines(text, with_numbers_before_labels(text, [_cells(text, spans) for spans in rows]))
    if sum(map(_is_filled, cut)) >= max(LEAST_ROWS, listed):
        shown = _without_prose(text, one_below_the_other(cut))
        yield RawTable(in_columns(text, with_whole_words(text, shown)), has_merged=False)
        return
    lines = with_whole_lines(text, [_line(text, spans) for spans in rows])
    if sum(map(_is_filled, lines)) >= max(LEAST_ROWS, listed + 1):
        yield RawTable(in_columns(text, _of_single_blanks(text, lines)), has_merged=False)
        return
    yield from lists or tables_of_cells(text, [span for spans in rows for span in spans], indents)


def _rows_of_spans(text: str, grid: Grid) -> list[list[Span]]:
    """Where the cells of each row stand that hold anything."""
    by_row = groupby((cell for cell in grid.cells if cell.end > cell.start), key=attrgetter("row"))
    return [[_without_hashes(text, cell) for cell in cells] for _, cells in by_row]


def _without_hashes(text: str, cell: GridCell) -> Span:
    """Where a cell stands, without the marks of a heading before it."""
    marks = _HASHES.match(text, cell.start, cell.end)
    return Span(marks.end() if marks is not None else cell.start, cell.end)


def _of_single_blanks(text: str, lines: Sequence[list[RawCell]]) -> list[list[RawCell]]:
    """The lines from a table's header to its last figure, without prose."""
    lines = [line for line in lines if _NUMBER_OF_ANNEX.fullmatch(text, *_span_of(line)) is None]
    filled = [*map(_is_filled, lines)]
    first, last = filled.index(True), len(filled) - filled[::-1].index(True)
    place, head = _head_above(text, lines, first)
    if not head:
        return [*heading_above(text, lines[:first], lines[first:last]), *_short(lines[first:last])]
    shown = {text[slice(*_span_of(line))] for line in lines[max(0, place - _MOST_BROKEN) : place + 1]}
    again = (line for line in lines[place + 1 : last] if text[slice(*_span_of(line))] not in shown)
    return [head, *(line for line in _short(again) if len(line) > 1 or not _goes_on(line[0].text))]


def _span_of(line: Sequence[RawCell]) -> Span:
    return Span(line[0].span.start, line[-1].span.end)


def _goes_on(words: str) -> bool:
    """Whether words are the title of a table that goes on on another page: …统计表（续）."""
    return _CONTINUED.search(words) is not None


def _is_numbered(words: str) -> bool:
    """Whether words begin with a number, with a blank behind it or a mark: 一 招生入学."""
    return taken_apart(with_stop(words)).level is not None


def _short(lines: Iterable[list[RawCell]]) -> Iterator[list[RawCell]]:
    """The lines that are no prose."""
    return (line for line in lines if len(line) > 1 or len(line[0].text) <= LONGEST_LABEL)


def _head_above(text: str, lines: Sequence[list[RawCell]], first: int) -> tuple[int, list[RawCell]]:
    """The header above the first row, or above the headings of that, and its place; no cells without one.

    Headings without numbers stand below a header whose first word says that labels do.
    """
    are_numbered = True
    for place in range(first - 1, max(-1, first - 2 - _MOST_HEADINGS), -1):
        if head := _head_line(text, lines[place], lines[first]):
            return (place, head) if are_numbered or is_label_head(head[0].text) else (place, [])
        if len(lines[place]) > 1 or not _may_be_heading(lines[place][0].text):
            return place, []
        are_numbered = are_numbered and _is_numbered(lines[place][0].text)
    return -1, []


def _may_be_heading(words: str) -> bool:
    """Whether a line between a header and the first row may be the heading of that: numbered, or one word."""
    is_word = _WORD.fullmatch(words) is not None and len(words) <= _LONGEST_HEADING and not is_title(words)
    return _is_numbered(words) or (is_word and not is_caption([words]))


def _line(text: str, spans: Sequence[Span]) -> list[RawCell]:
    """The cells of a line: those that runs of blanks part, else what single blanks do."""
    return _split(text, spans[0]) if len(spans) == 1 else _cells(text, spans)


def _cells(text: str, spans: Sequence[Span]) -> list[RawCell]:
    """The cells of a line; 其中 and the words behind it are one."""
    if len(spans) > _PART_AND_FIGURE and is_part_alone(text[slice(*spans[0])]):
        spans = [Span(spans[0].start, spans[1].end), *spans[2:]]
    return [RawCell(text[slice(*span)], span, place) for place, span in enumerate(spans)]


def _split(text: str, span: Span) -> list[RawCell]:
    """A line as a label, a unit, if there is one, and figures; else as one cell."""
    words = [Span(match.start(), match.end()) for match in _WORD.finditer(text, *span)]
    kinds = [kind_of(text[word.start : word.end]) for word in words]
    behind = len(kinds)
    while behind > 0 and kinds[behind - 1] in (VALUE, UNIT):
        behind -= 1
    whole = [RawCell(text[span.start : span.end], span, 0)]
    if behind in (0, len(kinds)) or VALUE not in kinds[behind:] or span.end - span.start > 2 * LONGEST_LABEL:
        return whole
    label = Span(words[0].start, words[behind - 1].end)
    pieces = [label, *words[behind:]]
    return [RawCell(text[piece.start : piece.end], piece, place) for place, piece in enumerate(pieces)]


def _head_line(text: str, above: Sequence[RawCell], row: Sequence[RawCell]) -> list[RawCell]:
    """The line above the first row, cut at its blanks, if it has as many words as that has cells.

    A word above numbers, which stand in one cell with the labels behind them, is left out.
    """
    words = [Span(match.start(), match.end()) for match in _WORD.finditer(text, *_span_of(above))]
    if is_code_head(text[slice(*words[0])]) and _is_numbered(row[0].text):
        del words[0]
    if len(words) != len(row):
        return []
    return [RawCell(text[word.start : word.end], word, place) for place, word in enumerate(words)]
