"""JSON as scrapers keep pages in it: what its strings and its tables say, in their order.

A string may be a text with lines, or a web page or a piece of one; lists of lists, records with the same
keys, and keys with figures are tables. A file may hold one value, or one a line. Other numbers, addresses and
names of keys are none of the report.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from typing import NamedTuple, TypeAlias

from extractor.documents.builder import DocumentBuilder
from extractor.documents.document import Document, Locator
from extractor.documents.plain.encoding import decode
from extractor.documents.plain.text import read_text
from extractor.documents.source import Source
from extractor.documents.web.page import read_html

# What a JSON text can be (RFC 8259); true and false are bool.
_Value: TypeAlias = "Mapping[str, _Value] | Sequence[_Value] | str | bool | None"

_TAG = re.compile(r"<(?:p|div|span|table|tr|br|section|h\d)\b[^<>]*>", re.I)
_ESCAPED_TAG = re.compile(r"&lt;(?:p|div|span|table|section)\b", re.I)
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
# What programs write about a report, ours among them, says which of their versions it is by.
_OF_A_PROGRAM = "schema_version"
# A longer text is no cell of a table.
_LONGEST_CELL = 300
# Nothing that is a report is nested more deeply.
_DEEPEST = 30
# A row of a table has so many cells at least, a label and a figure.
_LEAST_CELLS = 2


class _Number(str):
    """A number as it is written: 20.0 isn't made 20, nor rounded."""

    __slots__ = ()


class _Text(NamedTuple):
    """A text with lines, or a web page."""

    words: str

    @property
    def is_page(self) -> bool:
        """Whether it is a web page or a piece of one."""
        return _TAG.search(self.words) is not None


class _Table(NamedTuple):
    """The rows of a table."""

    rows: list[list[str]]


def read_json(source: Source) -> Document:
    """Make a document of JSON, or of the text that only begins like it.

    Each page in it is read as if it stood alone: the style sheets of one say nothing of the next.

    Raises:
        UnknownFormatError: if it is no text.
        TooLargeError: if a page in it is nested more deeply than any real one.
    """
    text, encoding, undecodable = decode(source)
    values = [value for value in _values(text) if not (isinstance(value, Mapping) and _OF_A_PROGRAM in value)]
    parts = [part for value in values for part in _parts_of(value, 0)]
    if not parts:
        return read_text(source)
    builder, tables = DocumentBuilder(), 0
    for part in parts:
        if isinstance(part, _Table):
            tables += 1
            builder.add_table(_located(part, tables), is_grid=True)
        elif part.is_page:
            tables += builder.add_document(read_html(source.part(part.words.encode())), tables)
        else:
            for line in part.words.splitlines():
                builder.add_paragraph(line)
    return builder.document(source.name, encoding, undecodable)


def _located(table: _Table, number: int) -> list[list[tuple[str, Locator | None]]]:
    """The cells of a table, each with its place in it."""
    return [
        [(cell, Locator(None, None, number, row, column)) for column, cell in enumerate(cells, 1)]
        for row, cells in enumerate(table.rows, 1)
    ]


def _values(text: str) -> list[_Value]:
    """The value that a file holds, or those on its lines; none if it is no JSON."""
    for parts in ([text], [line for line in text.splitlines() if line.strip()]):
        try:
            return [
                json.loads(part, parse_int=_Number, parse_float=_Number, object_pairs_hook=_object)
                for part in parts
            ]
        except (ValueError, RecursionError):
            continue
    return []


def _object(pairs: Sequence[tuple[str, _Value]]) -> dict[str, _Value]:
    """An object, none of whose keys is there twice: which of two figures is meant can't be told."""
    value = dict(pairs)
    if len(value) < len(pairs):
        raise ValueError
    return value


def _parts_of(value: _Value, depth: int) -> Iterator[_Text | _Table]:
    """What a value says, from its beginning to its end."""
    if isinstance(value, str):
        words = unescape(value) if _ESCAPED_TAG.search(value) else value
        if _CHINESE.search(words):
            yield _Text(words)
    elif isinstance(value, (Mapping, list)) and depth < _DEEPEST:
        rows = _rows(value)
        if rows is not None:
            yield _Table(rows)
        elif isinstance(value, Mapping):
            for key, inner in value.items():
                if _CHINESE.search(key) and isinstance(inner, (Mapping, list)):
                    yield _Text(key)
                yield from _parts_of(inner, depth + 1)
        else:
            for inner in value:
                yield from _parts_of(inner, depth + 1)


def _rows(value: Mapping[str, _Value] | list[_Value]) -> list[list[str]] | None:
    """The rows of a table that an object or a list is; None if it is none."""
    if isinstance(value, list):
        return _rows_of_lists(value) or _rows_of_records(value)
    return _rows_by_keys(value) or _records_by_keys(value) or _columns_by_keys(value)


def _rows_of_lists(value: list[_Value]) -> list[list[str]] | None:
    """A list of lists."""
    rows = [row for row in value if isinstance(row, list) and _are_cells(row)]
    return [[*map(_cell, row)] for row in rows] if len(rows) == len(value) > 0 else None


def _rows_of_records(value: list[_Value]) -> list[list[str]] | None:
    """A list of records, one a row, whose keys are the header."""
    records = [row for row in value if isinstance(row, Mapping) and _are_cells([*row.values()])]
    keys = list(dict.fromkeys(key for record in records for key in record))
    is_table = len(records) == len(value) and len(keys) >= _LEAST_CELLS and any(map(_holds_number, records))
    return [keys, *([_cell(record.get(key)) for key in keys] for record in records)] if is_table else None


def _rows_by_keys(value: Mapping[str, _Value]) -> list[list[str]] | None:
    """Lists by the labels of their rows."""
    rows = [row for row in value.values() if isinstance(row, list) and _are_cells(row)]
    if not len(rows) == len(value) > 0 or min(map(len, rows)) < _LEAST_CELLS:
        return None
    return [[key, *map(_cell, row)] for key, row in zip(value, rows, strict=True)]


def _records_by_keys(value: Mapping[str, _Value]) -> list[list[str]] | None:
    """Records by the labels of their rows; their keys are the header."""
    records = [row for row in value.values() if isinstance(row, Mapping) and _are_cells([*row.values()])]
    if not len(records) == len(value) > 0 or not all(map(_holds_number, records)):
        return None
    columns = list(dict.fromkeys(column for row in records for column in row))
    named = zip(value, records, strict=True)
    return [["", *columns], *([key, *(_cell(row.get(name)) for name in columns)] for key, row in named)]


def _columns_by_keys(value: Mapping[str, _Value]) -> list[list[str]] | None:
    """Figures by the labels of their columns."""
    is_row = len(value) >= _LEAST_CELLS and all(isinstance(cell, _Number) for cell in value.values())
    return [[*value], [*map(_cell, value.values())]] if is_row else None


def _are_cells(values: Sequence[_Value]) -> bool:
    """Whether values are short enough to stand in cells."""
    return all(value is None or isinstance(value, bool) or _is_short(value) for value in values)


def _is_short(value: _Value) -> bool:
    return isinstance(value, str) and len(value) <= _LONGEST_CELL


def _holds_number(record: Mapping[str, _Value]) -> bool:
    """Whether a record holds figures, as numbers or as they are printed."""
    return any(
        isinstance(value, str) and (isinstance(value, _Number) or value.strip().isdigit())
        for key, value in record.items()
        if _CHINESE.search(key)
    )


def _cell(value: _Value) -> str:
    """What a cell shows."""
    return "" if value is None else " ".join(str(value).split())
