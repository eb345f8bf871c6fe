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
from rules.form import Form

# A list of indicators follows a form that knows so large a share of its rows.
SHARE_NEEDED = 0.5
# Any form is followed only where so many of its rows are on the page.
_ROWS_NEEDED = 3
_ANYWHERE = frozenset(("其他", "其它"))


def statistics_of(document: Document, reading: Reading, *, is_named: bool) -> Statistics | None:
    """The statistics of a report whose form isn't known; None if a form fits, or it is no such report.

    A form fits if three of its rows are on the page, with figures where the text doesn't name it, and of one
    that is a list of indicators half of its own; else if it knows half of the rows that the page has figures
    in. A list with several columns fits none if none of its rows is settled and no column is the form's.

    Args:
        document: the input.
        reading: by the form that fits best.
        is_named: whether the text names a family of forms; then it is its report, be it without tables.
    """
    known = _known(reading)
    form = reading.form if known or is_named else None
    fits = _fits(reading, form, is_named=is_named)
    is_open = _is_open_list(reading)
    tables = _tables_of_disclosure(document) if not fits or is_open else None
    if tables is None:
        return None
    if not tables:
        is_report = form is None and not is_named and is_titled(document.text)
        return Statistics((), None, 0.0) if is_report else None
    share = known / max(_rows(tables), known, 1)
    if (fits or share >= SHARE_NEEDED) and not (is_open and _are_other_columns(tables, reading.form)):
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


def _is_open_list(reading: Reading) -> bool:
    """Whether the form is a list of indicators, of which every row on the page is in doubt."""
    found = (row for block in reading.blocks for row in block.found if not row.is_absent)
    return reading.form is not None and _is_list(reading.form) and all(row.doubts for row in found)


def _are_other_columns(tables: Sequence[StatisticsTable], form: Form | None) -> bool:
    """Whether a table has several columns with words above them, none of which is the form's."""
    blocks = [block for table in (form.tables if form is not None else ()) for block in table.blocks]
    words = [words for block in blocks for words in block.beside]
    words += [one for block in blocks for column in block.columns for one in (column.label, *column.variants)]
    known = {label_key(fold_label(one)) for one in words}
    names = [[label_key(words) for column in table.columns for words in column.path] for table in tables]
    return any(len(own) > 1 and known.isdisjoint(own) for own in names)


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
