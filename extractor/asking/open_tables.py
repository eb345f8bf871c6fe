"""Tables that the layout doesn't find though their words are there: which, and what is asked of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import NamedTuple

from extractor.asking.left_rows import left_rows, lines_of, settled_columns
from extractor.asking.numbered_lines import NumberedLines
from extractor.asking.quoted_words import QuotedWords
from extractor.asking.schemas import mapping_schema
from extractor.documents.document import Document, Span
from extractor.layout.reading import ColumnLabel, ReadBlock, Reading, ReadRow
from extractor.layout.words.ordinals import ordinal
from extractor.llm.protocol import Message, Request
from extractor.text.folding import fold_label
from prompts.loader import load_prompt
from rules.form import Element, Form, Row

# A block is looked for where so large a share of its rows, and of its columns, is named in the text, and
# the layout has figures for no more than so large a share of its rows.
_NAMED, _READ = 0.5, 0.25
# A shorter label says nothing by itself: 其他 stands everywhere.
_SHORTEST = 3
# A line of figures has no more characters besides these; one with a piece of a broken label no more at all,
# and no more such lines stand before the next figures.
_MOST_WORDS, _PIECE, _MOST_PIECES = 12, 4, 8
_OF_FIGURES = re.compile(r"[\d|/\s.,—–-]")


class OpenTable(NamedTuple):
    """A block that the layout doesn't find, or lacks rows of.

    Attributes:
        block: as the layout has it.
        lines: the numbers of the lines on which its words are.
        rows: that are asked about.
        across: its columns in the order of the page, and where their labels stand, if settled rows show that.
        is_lost: whether the layout doesn't find it.
    """

    block: ReadBlock
    lines: tuple[int, ...]
    rows: tuple[Row, ...]
    across: tuple[tuple[str, Span | None], ...]
    is_lost: bool


def with_form(document: Document, reading: Reading, forms: Sequence[Form]) -> Reading:
    """A reading by the form most of whose rows a text names, where the layout found no table of any.

    Args:
        document: the report.
        reading: what the layout gives.
        forms: the editions that it is read by.
    """
    if reading.form is not None or not forms:
        return reading
    words = QuotedWords(document.text, without_punctuation=True)

    def named(form: Form) -> int:
        rows = [row for _, block in form.blocks.values() for row in block.rows]
        return sum(bool(_places(row, words)) for row in rows)

    return _reading_of_nothing(max(forms, key=named))


def _reading_of_nothing(form: Form) -> Reading:
    """The reading of a page that has no table of a form: all of its blocks, without a row."""
    blocks = []
    for key, (table, block) in form.blocks.items():
        unusual = {row for choices in block.one_of for choice in choices[1:] for row in choice}
        rows = [one for one in form.addressed_rows[key] if one.row.id not in unusual and not one.row.optional]
        nowhere = (ColumnLabel(None, None),) * len(block.columns)
        found = tuple(
            ReadRow(row, addresses, (), None, nowhere, frozenset(), is_absent=True) for row, addresses in rows
        )
        expected = frozenset(row.row.id for row in found)
        blocks.append(ReadBlock(form, table, block, expected, is_on_page=False, found=found))
    return Reading(form, tuple(blocks), ())


def open_tables(
    document: Document, lines: NumberedLines, reading: Reading, *, with_left_rows: bool
) -> list[OpenTable]:
    """The blocks that the layout doesn't find, though the text has their words, or lacks rows of.

    Args:
        document: the report.
        lines: of it.
        reading: what the layout gives, by a form.
        with_left_rows: whether the blocks that lack rows are among them.

    Returns:
        In the order of the form.
    """
    words = QuotedWords(document.text, without_punctuation=True)
    summed = (one for one in reading.blocks if any(column.sum_of for column in one.block.columns))
    tables = (
        _lost_table(document, lines, words, block)
        if sum(bool(row.spans) for row in block.found) <= _READ * len(block.found)
        else _table_with_left_rows(document, lines, reading, block)
        if with_left_rows
        else None
        for block in summed
    )
    return [table for table in tables if table is not None]


def _table_with_left_rows(
    document: Document, lines: NumberedLines, reading: Reading, block: ReadBlock
) -> OpenTable | None:
    """A block that the layout finds, if it has rows that nothing else settles."""
    rows = left_rows(document, reading, block)
    shown = lines_of(document, lines, block, rows) if rows else ()
    return OpenTable(block, shown, rows, settled_columns(block), is_lost=False) if shown else None


def _lost_table(
    document: Document, lines: NumberedLines, words: QuotedWords, block: ReadBlock
) -> OpenTable | None:
    """A block that the layout doesn't find; None if it isn't there."""
    of_rows, of_columns = (_labels(part, words) for part in (block.block.rows, block.block.columns))
    if not of_rows or not of_columns:
        return None
    section = _section(document.text, words, block, [spans[-1].start for spans in of_rows])
    labels = [span for spans in (*of_rows, *of_columns) for span in spans]
    inside = [span for span in labels if section.start <= span.start and span.end <= section.end]
    if not inside:
        return None
    return OpenTable(block, _lines_of(lines, inside, section), tuple(block.block.rows), (), is_lost=True)


def _lines_of(lines: NumberedLines, labels: Sequence[Span], section: Span) -> tuple[int, ...]:
    """The numbers of the lines of a table: from its first label on, up to the next table's heading."""
    last = lines.at(max(labels).start)
    number = _last_with_figures(lines, last.number)
    after = lines.at(section.end)
    # A paragraph may hold the next heading, too; behind the last table there is none.
    if after.start > last.start and lines.numbered(after.number + 1) is not None:
        number = max(number, after.number - 1)
    return tuple(range(lines.at(min(labels).start).number, number + 1))


def _labels(elements: Sequence[Element], words: QuotedWords) -> list[list[Span]]:
    """Where the labels of rows or columns stand, of each that the text names; none if it names too few."""
    found = [spans for one in elements if (spans := _places(one, words))]
    telling = sum(len(_wording(one)) >= _SHORTEST for one in elements)
    return found if len(found) >= _NAMED * telling else []


def _last_with_figures(lines: NumberedLines, number: int) -> int:
    """The last of the lines from one on that hold figures and few words, or pieces of labels before these."""
    pieces = 0
    while (line := lines.numbered(number + pieces + 1)) is not None:
        figures = len(_OF_FIGURES.findall(line.text))
        if len(line.text) - figures > (_MOST_WORDS if figures else _PIECE) or pieces == _MOST_PIECES:
            break
        number, pieces = (number + pieces + 1, 0) if figures else (number, pieces + 1)
    return number


def _wording(element: Element) -> str:
    return ordinal(fold_label(element.label))[1]


def _places(element: Element, words: QuotedWords) -> list[Span]:
    """Where the label of a row or column stands in a text, in any of its wordings that says enough."""
    wordings = (ordinal(fold_label(label))[1] for label in (element.label, *element.variants))
    return sorted(span for one in wordings if len(one) >= _SHORTEST for span in words.everywhere(one))


def _section(text: str, words: QuotedWords, block: ReadBlock, rows: Sequence[int]) -> Span:
    """The stretch of a text between the headings of its tables that most rows of a block stand in."""
    headings = sorted(span.start for heading in block.table.headings for span in words.everywhere(heading))
    others = sorted(
        span.start
        for table in block.form.tables
        if table is not block.table
        for heading in table.headings
        for span in words.everywhere(heading)
    )
    most = 0.5 * len(rows)
    start = max((one for one in headings if sum(row > one for row in rows) > most), default=0)
    end = min((one for one in others if sum(row < one for row in rows) > most), default=len(text))
    return Span(start, end) if start < end else Span(0, len(text))


def mapping_request(lines: NumberedLines, table: OpenTable, shown: Iterable[int]) -> Request:
    """Ask which lines and words are the rows, columns and figures of a table.

    Rows and columns are named in an order that is neither the form's nor the page's.

    Args:
        lines: of the report.
        table: that is asked about.
        shown: the numbers of the lines that are shown.
    """
    words = load_prompt("mapping")
    block = table.block.block
    rows, columns = (_mixed(elements) for elements in (table.rows, block.columns))
    named = [
        f"{table.block.table.title.zh}",
        "栏名：",
        *(f"{column.id} {column.label}" for column in columns),
        "行名：",
        *(f"{row.id} {f'{row.under}：' if row.under else ''}{_numbered(row)}" for row in rows),
    ]
    return Request(
        (Message("system", words.filled(names="\n".join(named))), Message("user", lines.shown(shown))),
        mapping_schema(tuple(element.id for element in (*columns, *rows))),
        words.hash,
    )


def _numbered(element: Element) -> str:
    number = element.number if isinstance(element, Row) else None
    return f"{number or ''}{min((element.label, *element.variants), key=len)}"


def _mixed(elements: Sequence[Element]) -> list[Element]:
    return sorted(elements, key=lambda element: sha256(element.id.encode()).digest())
