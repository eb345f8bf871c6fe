"""Headers whose columns the layout can't tell, above rows that aren't settled, for another reader to read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from extractor.documents.document import Document
from extractor.layout.headers.header import HeaderMatch
from extractor.layout.headers.header_words import Order
from extractor.layout.headers.told_headers import OpenHeader, start_of_header
from extractor.layout.reading import ReadBlock, Reading
from extractor.layout.rows.rows import PageRow, start_of
from extractor.layout.sections import Section, of_the_report, sections_of
from extractor.text.folding import fold_label
from rules.form import Form

# So many rows with more figures than columns are no accident.
_SEVERAL_ROWS = 2
# Nor are so many words of a header that aren't the form's.
_SEVERAL_WORDS = 3
# The longest word that may be a column's label, or a piece of it.
_LONGEST_WORD = 12
_WORD = re.compile(r"[^\s|｜│┃]+")
_COUNTED = re.compile(r"(\D+)\d{1,2}$")


def open_headers(document: Document, forms: tuple[Form, ...], reading: Reading) -> list[OpenHeader]:
    """The headers whose columns the layout can't tell, above rows that aren't settled, in page order.

    Args:
        document: the input.
        forms: editions of one family, newest first.
        reading: what :func:`read_layout` gives of it.
    """
    doubtful = [
        block
        for block in reading.blocks
        if block.block.orientation == "rows"
        # Without a total, nothing could bear out what was told.
        and any(column.sum_of for column in block.block.columns)
        and 2 * sum(bool(row.doubts) for row in block.found) > sum(not row.is_absent for row in block.found)
    ]
    return [
        header
        for section in of_the_report(sections_of(document, forms))
        for block in doubtful
        if (header := _open_header(section, block, document.text)) is not None
    ]


def short_words(text: str) -> list[str]:
    """The words of a header that may be a column's label, or a piece of one.

    Args:
        text: of the header, or of one of its lines.
    """
    return [word for word in _WORD.findall(text) if len(word) <= _LONGEST_WORD]


def has_own_words(header: OpenHeader, text: str) -> bool:
    """Whether a header names its columns in words of the page's own, and not only in remains of the form's.

    Such words share a character or two with a label of the form (个人 for 自然人), but no more than half of
    theirs: they are no misprint of it. 数据1 shares none.

    Args:
        header: the header.
        text: the document's text.
    """
    columns = header.block.columns
    known = [label for column in columns for label in (column.label, *column.variants)]
    known += [*header.block.corner, *header.block.spanning]
    known += [column.under for column in columns if column.under is not None]
    labels = [set(fold_label(label)) for label in known]
    words = set(_without_counted([fold_label(word) for word in short_words(text[header.start : header.end])]))
    shares = [(max(sum(c in label for c in word) for label in labels), len(word)) for word in words]
    return sum(0 < common <= length / 2 for common, length in shares) >= _SEVERAL_WORDS


def _without_counted(words: Sequence[str]) -> list[str]:
    """Words without those that only count: 项目1, 项目2, 项目3 name no column."""
    stems = [_COUNTED.match(word) for word in words]
    times = Counter(stem[1] for stem in stems if stem is not None)
    return [
        word
        for word, stem in zip(words, stems, strict=True)
        if stem is None or times[stem[1]] < _SEVERAL_WORDS - 1
    ]


def orders_of(document: Document, forms: tuple[Form, ...], header: OpenHeader) -> tuple[Order, ...]:
    """The orders of columns that a header admits, read by the labels of these forms.

    Args:
        document: the input.
        forms: editions of one family, with any wordings of labels.
        header: the header.
    """
    for section in sections_of(document, forms):
        if header.rows[0] in [start_of(row) for row in section.segment.rows]:
            for (form, key), match in section.headers.items():
                if form.edition == header.form.edition and key == header.key:
                    return match.orders
    return ()


def _open_header(section: Section, block: ReadBlock, text: str) -> OpenHeader | None:
    """The header of some rows of a block; None if there are none, or it is read and the rows are like it."""
    key, segment = (block.table.id, block.block.id), section.segment
    match = section.headers.get((block.form, key))
    rows = [row for row in segment.rows if row.figures and row.names.get(key)]
    if not rows or (match is not None and match.complete and not _are_wider(rows, match)):
        return None
    first = segment.rows.index(rows[0])
    start = segment.rows[first - 1].slots[-1].end if first else 0
    if segment.header and not first:
        start = start_of_header(text, segment.header[0].start)
    starts = tuple(start_of(row) for row in rows)
    # What stands before a row's label on its line is of the row; where the page has one line, of the header.
    line = text.rfind("\n", 0, starts[0]) + 1
    end = line if line > start else starts[0]
    return OpenHeader(block.form, block.table, block.block, start, end, starts)


def _are_wider(rows: Sequence[PageRow], header: HeaderMatch) -> bool:
    """Whether rows have more slots than their header names columns: some are none of the form."""
    wider = sum(len(row.slots) > len(header.orders[0]) for row in rows)
    return wider >= _SEVERAL_ROWS and 2 * wider >= len(rows)
