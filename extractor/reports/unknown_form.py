"""Reports whose statistics follow no known form: how well one fits, and what is read where none does."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.documents.document import Document, Span
from extractor.layout.reading import Reading, ReadRow, Statistics
from extractor.reports.names import YEAR_DIGITS
from extractor.reports.self_naming import is_titled
from extractor.result.header import Fact, Header
from extractor.statistics.reading import read_statistics
from extractor.statistics.table import StatisticsTable
from extractor.statistics.words import (
    ON_REQUEST,
    is_of_disclosure,
    is_total,
    may_have_statistics,
    reported,
)
from extractor.text.folding import fold_label, label_key
from rules.form import Block, Form

# A list of indicators follows a form that knows so large a share of its rows.
SHARE_NEEDED = 0.5
# Any form is followed only where so many of its rows are on the page.
_ROWS_NEEDED = 3
_ANYWHERE = frozenset(("其他", "其它"))


def statistics_of(document: Document, reading: Reading, *, is_named: bool) -> Statistics | None:
    """The statistics of a report whose form isn't known; None if a form fits, or it is no such report.

    A form fits if three of its rows are on the page, with figures where the text doesn't name it, and of one
    that is a list of indicators half of its own; else if it knows half of the rows that the page has figures
    in. A table with several columns fits none if none of its rows is settled and its columns aren't the
    form's; where the form has several, too, only if no more than half of the rows are the form's.

    Args:
        document: the input.
        reading: by the form that fits best.
        is_named: whether the text names a family of forms; then it is its report, be it without tables.
    """
    known = _known(reading)
    form = reading.form if known or is_named else None
    fits = _fits(reading, form, is_named=is_named)
    is_open = _is_open(document, reading)
    tables = _tables_of_disclosure(document) if not fits or is_open else None
    if tables is None:
        return None
    if not tables:
        is_report = not (form or is_named) and is_titled(document.text)
        return Statistics((), None, 0.0) if is_report else None
    share = known / max(_rows(tables), known, 1)
    if (fits or share >= SHARE_NEEDED) and not (is_open and _are_other(tables, reading, share)):
        return None
    return Statistics(tables, form if known else None, share)


def _tables_of_disclosure(document: Document) -> tuple[StatisticsTable, ...] | None:
    """The tables of a page that calls itself statistics on open information, or has such; None of others."""
    is_told = may_have_statistics(document.text)
    if not is_told and ON_REQUEST not in document.text:
        return None
    tables = read_statistics(document)
    return tables if is_told or any(map(_is_of_disclosure, tables)) else None


def _is_of_disclosure(table: StatisticsTable) -> bool:
    """Whether a table is of open information by its rows: what is open by itself, and what is on request."""
    words = {row.words for row in table.rows}
    return any(ON_REQUEST in one for one in words) and any(map(is_of_disclosure, words))


def is_told(reading: Reading) -> bool:
    """Whether anything on a page is of a form: a row of its own, or a figure; 总计 stands in every table.

    Args:
        reading: by the form.
    """
    return _known(reading) > 0 or any(row.spans for block in reading.blocks for row in block.found)


def _known(reading: Reading) -> int:
    """How many rows of a form are on the page."""
    return sum(_is_telling(row) for block in reading.blocks for row in block.found)


def _fits(reading: Reading, form: Form | None, *, is_named: bool) -> bool:
    """Whether enough rows of a form are on the page: with figures where it doesn't say that it follows it."""
    rows = (row for block in reading.blocks for row in block.found if _is_telling(row))
    placed = sum(is_named or bool(row.spans) for row in rows)
    return form is not None and placed >= _needed(reading, form)


def _rows(tables: Sequence[StatisticsTable]) -> int:
    """How many rows the page has figures in."""
    return sum(bool(row.figures) for table in tables for row in table.rows)


def _is_open(document: Document, reading: Reading) -> bool:
    """Whether every row of a form that is on a page is in doubt, and, where that has several columns, empty.

    In what was recognised from a picture rows are in doubt by that alone.
    """
    found = [row for block in reading.blocks for row in block.found if not row.is_absent]
    may_be_placed = reading.form is not None and _is_list(reading.form)
    is_empty = not any(row.spans for row in found)
    return not document.is_ocr and all(row.doubts for row in found) and (may_be_placed or is_empty)


def _are_other(tables: Sequence[StatisticsTable], reading: Reading, share: float) -> bool:
    """Whether tables are none of a form's: one has words above each column, and these aren't the form's.

    They are several, and not all of those of a block. A form that has several, too, must know no more than
    half of the page's rows, and less than half of its own must be there, or none of its columns.

    Args:
        tables: of the page.
        reading: by the form, of which every row that is on the page is in doubt.
        share: of the page's rows, those that the form knows.
    """
    form = reading.form
    if form is None:
        return False
    columns = [_keys_of(block) for table in form.tables for block in table.blocks]
    names = [*map(_names_of_columns, tables)]
    if _is_list(form):
        return _are_of_no_block(names, columns)
    is_foreign = _have_one_of_none(names, columns)
    is_foreign = is_foreign or (not _has_most_rows(reading) and _are_of_no_block(names, columns))
    return share <= SHARE_NEEDED and is_foreign


def _are_of_no_block(names: Sequence[set[str]], columns: Sequence[list[set[str]]]) -> bool:
    """Whether a table has several columns, and not all of those of any block."""
    return any(len(own) > 1 and not any(_has_all(own, keys) for keys in columns) for own in names)


def _have_one_of_none(names: Sequence[set[str]], columns: Sequence[list[set[str]]]) -> bool:
    """Whether a table has columns, and none of any block."""
    known = {key for keys in columns for one in keys for key in one}
    return any(own and known.isdisjoint(own) for own in names)


def _has_all(names: set[str], columns: Sequence[set[str]]) -> bool:
    """Whether each column of a block is among some names, by any of its wordings."""
    return all(not one.isdisjoint(names) for one in columns)


def _keys_of(block: Block) -> list[set[str]]:
    """The keys of the wordings of each column of a block."""
    return [
        {label_key(fold_label(words)) for words in (column.label, *column.variants)}
        for column in block.columns
    ]


def _names_of_columns(table: StatisticsTable) -> set[str]:
    """The keys of the words above a table's columns; none if not each has words of its own."""
    names = {label_key(column.path[-1]) for column in table.columns if column.path}
    return names if len(names) == len(table.columns) else set()


def _has_most_rows(reading: Reading) -> bool:
    """Whether half of the rows of a form's blocks are on the page, of those that it has any rows of."""
    blocks = [block.found for block in reading.blocks if any(map(_is_telling, block.found))]
    return _known(reading) >= SHARE_NEEDED * sum(map(len, blocks))


def _needed(reading: Reading, form: Form) -> float:
    """How many rows of a form must be on the page, whatever else is there."""
    expected = sum(len(block.found) for block in reading.blocks)
    return max(_ROWS_NEEDED, SHARE_NEEDED * expected if _is_list(form) else 0)


def with_title_facts(document: Document, header: Header) -> Header:
    """Header facts with the organ and the year of the title, where they lack these: any body may report.

    Args:
        document: the input.
        header: what is known of it.
    """
    title = reported(document.text)
    if title is None:
        return header
    facts = {
        name: Fact(printed=title[name], value=value, span=Span(*title.span(name)))
        for name, value in (("organ", title["organ"]), ("year", title["year"].translate(YEAR_DIGITS)))
        if getattr(header, name) is None
    }
    return header.model_copy(update=facts)


def _is_telling(row: ReadRow) -> bool:
    """Whether a row is on the page, and its label is its form's own: 合计 and 其他 stand in every table."""
    return not row.is_absent and not is_total(row.row.label) and row.row.label not in _ANYWHERE


def _is_list(form: Form) -> bool:
    """Whether a form is a list of indicators: one column of figures."""
    return all(len(block.columns) == 1 for table in form.tables for block in table.blocks)
