"""Rows whose figures each stand behind the name of their column: 一、本年新收…：自然人159，商业企业18，…."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from typing import NamedTuple

from extractor.layout.items.items import Item, Kind
from extractor.layout.words.labels import LabelIndex
from extractor.layout.words.ordinals import ordinal
from extractor.text.folding import fold_label, fold_with_offsets, label_key

# Fewer figures with names are a sentence's.
_FEWEST = 3
# The labels before a figure are no longer together, in characters.
_MOST_WORDS = 200
# With a unit behind each figure fewer rows are sentences, which may say more than rows of a table.
_FEWEST_ROWS_WITH_UNITS = 5
_FIGURE = re.compile(r"(?P<digits>(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)(?![\d.])(?P<unit>[件条项宗份个])?")
# What a line of a list begins with.
_BULLET = re.compile(r"[-*+•·●▪◦–—]\s+")
# So many characters hold an ordinal and the first character of a label.
_BEGINNING = 6
# What stands between a name, its figure and the next name.
_EDGES = " \t　,，;；:：。、"


class _Part(NamedTuple):
    """A label or a figure, with its offsets in the text; of a figure, whether its unit stands behind it."""

    start: int
    end: int
    is_figure: bool
    names_column: bool = False
    has_unit: bool = False


def with_names_above(items: Sequence[Item], text: str, index: LabelIndex) -> list[Item]:
    """Items in which such rows stand below a header for each table, as the rows of a table do.

    Only where all of them that name a column of another name the same columns, in the same order.

    Args:
        items: of a document, in reading order.
        text: the document's text.
        index: the labels that are looked for.
    """
    named = _rows(items, text, index)
    headers = _headers(named, text)
    if not headers:
        return list(items)
    result: list[Item] = []
    for position, item in enumerate(items):
        if position not in named:
            result.append(item)
            continue
        if position in headers:
            names = (part for part in named[position] if part.names_column)
            result += (_label(item, part, text, index, row=item.row - 1) for part in names)
        result += _row(item, named[position], text, index)
    return result


def _rows(items: Sequence[Item], text: str, index: LabelIndex) -> dict[int, list[_Part]]:
    """The rows whose figures have their names before them, by position.

    A line without a label of a row is one of them if it names the columns of another: it has lost its label,
    or all labels stand behind their figures. Elsewhere it is a sentence.
    """
    lines = {position: parts for position, item in enumerate(items) if (parts := _parts(item, text, index))}
    names = {position: tuple(_names(parts, text)) for position, parts in lines.items()}
    labelled = {names[position] for position, parts in lines.items() if not parts[0].names_column}
    return {position: parts for position, parts in lines.items() if names[position] in labelled}


def _headers(named: Mapping[int, Sequence[_Part]], text: str) -> frozenset[int]:
    """The first row of each table, by its position; none where rows don't look like those of tables.

    Args:
        named: the rows, by position.
        text: the document's text.
    """
    tables: dict[tuple[str, ...], list[int]] = {}
    for position, parts in named.items():
        tables.setdefault(tuple(_names(parts, text)), []).append(position)
    # 总计 is a column of most tables.
    if any(2 * len({*one} & {*other}) > min(len(one), len(other)) for one, other in combinations(tables, 2)):
        return frozenset()
    has_units = any(part.has_unit for parts in named.values() for part in parts)
    if has_units and max(map(len, tables.values()), default=0) < _FEWEST_ROWS_WITH_UNITS:
        return frozenset()
    # Rows of one figure are of tables of one column, which may have the same: each has a header of its own.
    firsts = {positions[0] for positions in tables.values()}
    return frozenset(firsts.union(*(rows for names, rows in tables.items() if len(names) == 1)))


def _parts(item: Item, text: str, index: LabelIndex) -> list[_Part]:
    """The labels and figures that words are made of, if every figure has its column's name before it."""
    is_words = item.kind is Kind.TEXT and item.grid_column is None
    if not is_words:
        return []
    bullet = _BULLET.match(text, item.start, item.end)
    start = item.start if bullet is None else bullet.end()
    # Most lines are prose, in which to look for labels takes long.
    if not _may_begin_with_label(text[start : start + _BEGINNING], index):
        return []
    parts: list[_Part] = []
    behind = start
    for figure in _FIGURE.finditer(text, start, item.end):
        if figure.start() - behind > _MOST_WORDS:
            return []
        labels = list(_labels(text, behind, figure.start(), index))
        if labels and labels[-1].names_column:
            has_unit = figure["unit"] is not None
            parts += [*labels, _Part(*figure.span("digits"), is_figure=True, has_unit=has_unit)]
            behind = figure.end()
    is_whole = not text[behind : item.end].strip(_EDGES)
    is_row = sum(part.is_figure for part in parts) >= _FEWEST or _is_of_one_column(parts, text, index)
    return parts if is_whole and is_row else []


def _is_of_one_column(parts: Sequence[_Part], text: str, index: LabelIndex) -> bool:
    """Whether parts are the labels of a row and of a column of its table, and one figure."""
    if [part.is_figure for part in parts] != [False, False, True] or parts[-1].has_unit:
        return False
    row, column = (index.find(text[part.start : part.end]) for part in parts[:2])
    if row is None or column is None:
        return False
    return not row.names_column and not row.rows.keys().isdisjoint(column.columns.keys())


def _may_begin_with_label(words: str, index: LabelIndex) -> bool:
    return ordinal(fold_label(words))[1][:1] in index.starts


def _labels(text: str, start: int, end: int, index: LabelIndex) -> Iterator[_Part]:
    """The labels that a stretch of a text is made of, the last of which alone may be a column's."""
    words = text[start:end].strip(_EDGES)
    first = text.find(words, start) if words else start
    label = index.find(words) if words else None
    if label is not None:
        yield _Part(first, first + len(words), is_figure=False, names_column=label.names_column)
        return
    offsets = fold_with_offsets(words, first).offsets
    pieces = index.split(fold_label(words))
    for piece in pieces:
        is_last = piece is pieces[-1]
        yield _Part(
            offsets[piece.start],
            offsets[piece.end - 1] + 1,
            is_figure=False,
            names_column=is_last and piece.label.names_column,
        )


def _names(parts: Sequence[_Part], text: str) -> Iterator[str]:
    return (label_key(fold_label(text[part.start : part.end])) for part in parts if part.names_column)


def _row(item: Item, parts: Sequence[_Part], text: str, index: LabelIndex) -> Iterator[Item]:
    """The labels of a row and its figures, without the names of its columns."""
    for column, part in enumerate(part for part in parts if not part.names_column):
        if part.is_figure:
            yield replace(item, kind=Kind.SLOT, start=part.start, end=part.end, column=column)
        else:
            yield _label(item, part, text, index, row=item.row, column=column)


def _label(item: Item, part: _Part, text: str, index: LabelIndex, *, row: int, column: int = 0) -> Item:
    label = index.find(text[part.start : part.end])
    return replace(item, kind=Kind.LABEL, start=part.start, end=part.end, row=row, column=column, label=label)
