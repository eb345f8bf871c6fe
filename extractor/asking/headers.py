"""Reading the headers of tables with a model, and the rows below them by what it says."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from extractor.asking.numbered_lines import NumberedLines
from extractor.asking.schemas import columns_schema
from extractor.documents.document import Document
from extractor.layout.headers.told_headers import OpenHeader, ToldHeader
from extractor.layout.open_headers import short_words
from extractor.layout.reader import read_layout
from extractor.layout.reading import ReadBlock, Reading, ReadRow
from extractor.llm.protocol import Message, Request
from extractor.reports.reading import ReportReading
from extractor.result.cells import LAYOUT, Basis
from extractor.verify.convention import balanced_rows
from extractor.verify.proposals import with_proposals
from extractor.verify.verification import Verification, verify
from prompts.loader import load_prompt

# So many rows with different figures must show where the total stands, so many times more than say otherwise.
_FEWEST_ROWS, _TIMES_MORE = 2, 3
# A header has no more lines, and so many rows below it show how many columns there are.
_MOST_LINES, _ROWS_SHOWN = 12, 3


def lines_of(lines: NumberedLines, header: OpenHeader) -> tuple[int, ...]:
    """The numbers of the lines that are shown with a question about a header.

    Args:
        lines: of the report.
        header: the header.
    """
    above = _above(lines, header)
    below = [lines.at(start).number for start in header.rows[:_ROWS_SHOWN]]
    return (*above, *(n for n in dict.fromkeys(below) if n not in above))


def can_be_told(lines: NumberedLines, header: OpenHeader) -> bool:
    """Whether a header has so many short words that they could name its columns.

    Args:
        lines: of the report.
        header: the header.
    """
    shown = [lines.numbered(number) for number in _above(lines, header)]
    words = [word for line in shown if line is not None for word in short_words(line.text)]
    return len(words) >= len(header.block.columns)


def _above(lines: NumberedLines, header: OpenHeader) -> range:
    """The numbers of the lines of a header itself."""
    before, row = lines.at(header.start), lines.at(header.rows[0])
    first = before.number + (before.end <= header.start)
    return range(max(first, row.number - _MOST_LINES), row.number)


def columns_request(lines: NumberedLines, header: OpenHeader) -> Request:
    """Ask which words of a header name which column.

    The columns are named in an order that is neither the form's nor the page's: who answers by position errs.

    Args:
        lines: of the report.
        header: the header.
    """
    words = load_prompt("columns")
    columns = sorted(header.block.columns, key=lambda column: sha256(column.id.encode()).digest())
    named = "\n".join(f"{column.id} {column.label}" for column in columns)
    shown = lines.shown(lines_of(lines, header))
    return Request(
        (Message("system", words.filled(columns=named)), Message("user", shown)),
        columns_schema(tuple(column.id for column in columns)),
        words.hash,
    )


def read_with(report: ReportReading, told: Sequence[ToldHeader], model: str) -> Reading:
    """The tables of a report, with the columns of some headers as they were told.

    Args:
        report: as its layout gives it.
        told: the headers.
        model: what the reader who has told them is called.
    """
    reading = read_layout(report.document, report.forms, told)
    by_layout = {row.addresses: row for block in report.reading.blocks for row in block.found}
    rows = [
        _of_two(by_layout.get(row.addresses), row, model)
        for block in reading.blocks
        for row in block.found
        if row.basis is Basis.READERS
    ]
    return with_proposals(report.document, reading.with_rows(rows), report.forms)


def _of_two(by_layout: ReadRow | None, row: ReadRow, model: str) -> ReadRow:
    """A row below a header that was told; what the page itself settles stays settled by that."""
    if by_layout is not None and not by_layout.doubts and by_layout.spans == row.spans:
        return by_layout
    return row._replace(readers=(LAYOUT, model))


def bear_out(document: Document, reading: Reading, report: ReportReading, told: ToldHeader) -> bool:
    """Whether the sums of the rows below a header hold, read as it was told.

    Args:
        document: the report.
        reading: from :func:`read_with`.
        report: as its layout gives it.
        told: the header.
    """
    verification = verify(document, reading, report.forms)
    return all(
        _holds(block, verification)
        for block in reading.blocks
        if (block.table.id, block.block.id) == told.key
    )


def _holds(block: ReadBlock, verification: Verification) -> bool:
    rows = [row for row in block.found if row.basis is Basis.READERS and row.spans and not row.doubts]
    balanced = balanced_rows(rows, verification)
    return balanced.with_figures >= max(_FEWEST_ROWS, _TIMES_MORE * balanced.violated)
