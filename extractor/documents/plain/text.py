"""Plain text and Markdown: the text as it is, cut into cells by its own separators.

Converters leave marks of how cells looked: ``**12**``, ``本年新收<br>申请数量``, ``&nbsp;``,
``[bookmark: _Hlk1]``. They are no part of what stands there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate

from extractor.documents.cutting import grids_of
from extractor.documents.document import Document, Grid, GridCell
from extractor.documents.plain.carried import as_written
from extractor.documents.plain.cut_tags import with_tabs_for_tags
from extractor.documents.plain.delimited import with_tabs
from extractor.documents.plain.drawn_rows import with_drawn_rows
from extractor.documents.plain.drawn_tables import DrawnTable, drawn_tables, with_rows_on_lines
from extractor.documents.plain.encoding import decode
from extractor.documents.plain.one_line import with_parted_cells
from extractor.documents.plain.turned_lines import with_turned_unread
from extractor.documents.plain.wrapped_rows import with_rows_unwrapped
from extractor.documents.source import Source

_STRONG = re.compile(r"(?<!\*)\*\*(?=[^\s*])([^*\n|]{1,100})(?<=\S)\*\*(?!\*)")
_BREAK = re.compile(r"<br\s*/?>|&(nbsp|ensp|emsp|thinsp|#160|#12288);", re.I)
# What Word marks for itself; between digits it may part two figures.
_BOOKMARK = re.compile(r"(?<!\d)\[bookmark: ?[^\[\]\n]{0,80}\]|\[bookmark: ?[^\[\]\n]{0,80}\](?!\d)")
# As long as what it stands for, so that offsets stay, and nowhere seen.
_NOTHING = "\u200b"
# As wide as those that stand for them: they say how far in a label begins.
_WIDE = ("emsp", "#12288")


def read_text(source: Source) -> Document:
    """Make a document of a text.

    Raises:
        UnknownFormatError: if they are no text.
    """
    text, encoding, undecodable = decode(source)
    text = with_rows_unwrapped(with_turned_unread(with_tabs_for_tags(as_written(text))))
    tables = drawn_tables(text)
    text = with_drawn_rows(with_rows_on_lines(text, tables))
    text = with_tabs(with_parted_cells(_without_marks(text)))
    return Document(text, source.name, encoding, tuple(_grids(text, tables)), undecodable)


def _grids(text: str, tables: Sequence[DrawnTable]) -> Iterator[Grid]:
    """The grids of a text: those that are drawn in it, and what stands around them."""
    if not tables:
        yield from grids_of(text)
        return
    lines = text.split("\n")
    starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
    line = 0
    for table in tables:
        yield from _between(lines[line : table.start], line, starts[line])
        yield Grid("table", tuple(_cells(table, lines, starts)))
        line = table.stop
    yield from _between(lines[line:], line, starts[line])


def _between(lines: Sequence[str], first: int, start: int) -> Iterator[Grid]:
    """The grids of some lines of a text, of which the first has a number and an offset."""
    for grid in grids_of("\n".join(lines)):
        for cell in grid.cells:
            cell.start += start
            cell.end += start
            cell.row += first
        yield grid


def _cells(table: DrawnTable, lines: Sequence[str], starts: Sequence[int]) -> Iterator[GridCell]:
    """The cells of a drawn table, whose rows stand on lines of their own, with tabs between their cells."""
    for line, cells in table.rows.items():
        offset = starts[line]
        texts = lines[line].split("\t")
        for place, (text, cell) in enumerate(zip(texts, cells, strict=True), 1):
            end = offset + len(text)
            is_last = place == len(cells)
            yield GridCell(offset, end, line, ends_row=is_last, column=cell.column, indent=cell.indent)
            offset = end + 1


def _without_marks(text: str) -> str:
    """A text without the marks of strong and broken cells; its lines stay the lines of the file."""
    if "**" in text:
        text = _STRONG.sub(r"\1", text)
    if "[bookmark:" in text:
        text = _BOOKMARK.sub(lambda mark: _NOTHING * len(mark[0]), text)
    return _BREAK.sub(_blank, text) if "<" in text or "&" in text else text


def _blank(mark: re.Match[str]) -> str:
    return "\u3000" if mark[1] is not None and mark[1].lower() in _WIDE else " "
